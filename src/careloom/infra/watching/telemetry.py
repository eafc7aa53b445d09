"""Traces and metrics by OpenTelemetry, sent to the collector that CARELOOM_OTLP_ENDPOINT names; where none is named nothing is loaded or sent.

Names follow the semantic conventions for HTTP servers (opentelemetry.io, stable). What a trace holds: method, pattern of the address, status,
how long, and of an error its kind. What it never holds: an address, a query, a header, a name, a text.
"""

from __future__ import annotations

import logging
import os
import sys
import threading
import time
from typing import Any

from django.conf import settings

SECONDS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0)
_lock = threading.Lock()
_sender: tuple[int, Sender] | None = None


class Sender:
    """The pipes of one process. `spans` and `readers` are the exporter's in the product, and a test's own in a test."""

    def __init__(self, *, release: str, spans: Any, reader: Any, share: float) -> None:
        from opentelemetry.sdk.metrics import MeterProvider
        from opentelemetry.sdk.metrics.view import ExplicitBucketHistogramAggregation, View
        from opentelemetry.sdk.resources import Resource
        from opentelemetry.sdk.trace import TracerProvider
        from opentelemetry.sdk.trace.sampling import TraceIdRatioBased

        told = Resource({"service.name": "careloom", "service.version": release, "service.instance.id": f"{os.getpid()}"})
        self.traces = TracerProvider(resource=told, sampler=TraceIdRatioBased(share), shutdown_on_exit=True)
        self.traces.add_span_processor(spans)
        buckets = View(instrument_name="*.duration", aggregation=ExplicitBucketHistogramAggregation(SECONDS))
        self.meters = MeterProvider(resource=told, metric_readers=[reader], views=[buckets])
        self.tracer = self.traces.get_tracer("careloom")
        meter = self.meters.get_meter("careloom")
        self.requests = meter.create_histogram("http.server.request.duration", unit="s", description="How long a page took.")
        self.jobs = meter.create_histogram("careloom.job.duration", unit="s", description="How long a job took.")

    def request(self, *, route: str, method: str, status: int, lasted: float, error: str) -> None:
        """One request that is over."""
        facts: dict[str, Any] = {"http.request.method": method, "http.response.status_code": status}
        facts |= {"http.route": route} if route else {}
        facts |= {"error.type": error or str(status)} if status >= 500 else {}
        self.requests.record(lasted, facts)
        self._span(f"{method} {route}".strip(), facts, lasted=lasted, failed=status >= 500, kind="SERVER")

    def job(self, *, name: str, lasted: float, error: str) -> None:
        """One job that is over; `error` is the kind of what ended it, or ""."""
        facts: dict[str, Any] = {"careloom.job.name": name} | ({"error.type": error} if error else {})
        self.jobs.record(lasted, facts)
        self._span(f"job {name}", facts, lasted=lasted, failed=bool(error), kind="CONSUMER")

    def close(self) -> None:
        """Send what waits, and end."""
        self.traces.shutdown()
        self.meters.shutdown()

    def _span(self, name: str, facts: dict[str, Any], *, lasted: float, failed: bool, kind: str) -> None:
        from opentelemetry.trace import SpanKind, Status, StatusCode

        now = time.time_ns()
        span = self.tracer.start_span(name, kind=SpanKind[kind], attributes=facts, start_time=now - int(lasted * 1e9))
        if failed:
            span.set_status(Status(StatusCode.ERROR))
        span.end(now)


def request_over(*, route: str, method: str, status: int, began: float) -> None:
    """Tell of a request that began at `began` (`time.perf_counter`) and is over."""
    sender = _of_this_process()
    if sender is not None:
        sender.request(route=route, method=method, status=status, lasted=time.perf_counter() - began, error=_broke.kind)
        _broke.kind = ""


def request_broke() -> None:
    """Keep the kind of the error that the running request broke on, until it is over."""
    kind = sys.exc_info()[0]
    _broke.kind = kind.__qualname__ if kind is not None else ""


def job_over(*, name: str, began: float, error: BaseException | None = None) -> None:
    """Tell of a job that began at `began` (`time.perf_counter`) and is over."""
    sender = _of_this_process()
    if sender is not None:
        sender.job(name=name, lasted=time.perf_counter() - began, error=type(error).__qualname__ if error is not None else "")


class _Broke(threading.local):
    kind = ""


_broke = _Broke()


def use(sender: Sender | None) -> None:
    """Let this process tell `sender` (None: begin anew when next asked)."""
    global _sender
    _sender = (os.getpid(), sender) if sender is not None else None


def _of_this_process() -> Sender | None:
    """Made at the first request of each process: threads that send do not live on in a process that was forked."""
    global _sender
    if _sender is not None and _sender[0] == os.getpid():
        return _sender[1]
    if not settings.CARELOOM_OTLP_ENDPOINT:
        return None
    with _lock:
        if _sender is None or _sender[0] != os.getpid():
            _sender = (os.getpid(), _to_collector(settings.CARELOOM_OTLP_ENDPOINT, share=settings.CARELOOM_TRACE_SHARE / 100))
    return _sender[1]


def _to_collector(endpoint: str, *, share: float) -> Sender:
    from opentelemetry.exporter.otlp.proto.http.metric_exporter import OTLPMetricExporter
    from opentelemetry.exporter.otlp.proto.http.trace_exporter import OTLPSpanExporter
    from opentelemetry.sdk.metrics.export import PeriodicExportingMetricReader
    from opentelemetry.sdk.trace.export import BatchSpanProcessor

    # A collector that is away is not told of on each try: pages go on, and its own monitor says that nothing comes.
    logging.getLogger("opentelemetry").setLevel(logging.CRITICAL)
    spans = BatchSpanProcessor(OTLPSpanExporter(endpoint=f"{endpoint}/v1/traces", timeout=5), max_queue_size=2048)
    reader = PeriodicExportingMetricReader(OTLPMetricExporter(endpoint=f"{endpoint}/v1/metrics", timeout=5), export_interval_millis=30_000)
    return Sender(release=settings.CARELOOM_RELEASE, spans=spans, reader=reader, share=share)
