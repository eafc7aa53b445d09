"""What is told of a request: its number on the page and in the log, traces and metrics by pattern; and nothing of anybody."""

from __future__ import annotations

import json
import logging
import threading
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import Any
from uuid import uuid4

import pytest
from django.http import HttpRequest, HttpResponse
from django.test import Client, override_settings
from opentelemetry.sdk.metrics.export import InMemoryMetricReader
from opentelemetry.sdk.trace.export import SimpleSpanProcessor
from opentelemetry.sdk.trace.export.in_memory_span_exporter import InMemorySpanExporter

from careloom.config.logs import JsonFormatter
from careloom.infra.ui import views
from careloom.infra.watching import numbers, telemetry

pytestmark = pytest.mark.django_db
WORDS = "marisol-reyes-of-elm-street"


@pytest.fixture
def told() -> Iterator[tuple[InMemorySpanExporter, InMemoryMetricReader]]:
    """What the process tells while the test runs: its spans and its metrics."""
    spans, reader = InMemorySpanExporter(), InMemoryMetricReader()
    sender = telemetry.Sender(release="1.0 (test)", spans=SimpleSpanProcessor(spans), reader=reader, share=1)
    telemetry.use(sender)
    yield spans, reader
    telemetry.use(None)
    sender.close()


@pytest.fixture
def breaks(monkeypatch: pytest.MonkeyPatch) -> None:
    """The page about accessibility breaks, and its error quotes a person."""

    whole = views.render

    def render(request: HttpRequest, name: str, *args: Any, **facts: Any) -> HttpResponse:
        if name == "ui/accessibility.html":
            raise ValueError(f"{WORDS} was not found")
        return whole(request, name, *args, **facts)

    monkeypatch.setattr(views, "render", render)


def test_a_request_is_told_by_its_pattern(told: tuple[InMemorySpanExporter, InMemoryMetricReader]) -> None:
    spans, reader = told
    plan = uuid4()
    Client().get(f"/plans/{plan}/?q={WORDS}", headers={"user-agent": WORDS})
    Client().get(f"/{WORDS}/")
    Client().generic(WORDS.upper(), "/help/")
    one, none, other = spans.get_finished_spans()
    assert one.name == "GET plans/<uuid:plan_id>/"
    assert one.attributes["http.response.status_code"] == 302
    assert none.name == "GET"
    assert other.name.startswith("_OTHER")
    everything = "".join(span.to_json() for span in spans.get_finished_spans()) + reader.get_metrics_data().to_json()
    assert str(plan) not in everything
    assert WORDS not in everything.lower()
    assert '"http.server.request.duration"' in everything


def test_what_broke_is_found_by_its_number_and_tells_no_text(
    breaks: None, told: tuple[InMemorySpanExporter, InMemoryMetricReader], caplog: pytest.LogCaptureFixture
) -> None:
    answer = Client(raise_request_exception=False).get(f"/accessibility/?q={WORDS}")
    assert answer.status_code == 500
    number = answer["X-Request-ID"]
    assert f"say this number: {number}" in answer.content.decode()
    (record,) = [row for row in caplog.records if row.name == "careloom.request"]
    line = json.loads(JsonFormatter().format(record))
    assert (line["level"], line["words"]) == ("ERROR", f"{number} GET broke on accessibility/")
    assert "ValueError at " in line["error"]
    assert WORDS not in json.dumps(line)
    (span,) = told[0].get_finished_spans()
    assert span.attributes["error.type"] == "ValueError"
    assert not span.status.is_ok
    assert numbers.current() == ""  # the thread forgets it
    Client().get("/help/")
    assert told[0].get_finished_spans()[-1].status.is_unset


def test_a_line_in_json_is_one_line_with_the_number_of_its_request() -> None:
    number = numbers.begin()
    row = logging.LogRecord("careloom.jobs", logging.INFO, __file__, 1, "two\nlines of %s", ("it",), None)
    text = JsonFormatter().format(row)
    numbers.end()
    assert "\n" not in text
    assert json.loads(text) | {"time": ""} == {"time": "", "level": "INFO", "logger": "careloom.jobs", "words": "two\nlines of it", "request": number}


def test_nothing_is_sent_where_no_collector_is_named() -> None:
    telemetry.use(None)
    Client().get("/help/")
    assert telemetry._sender is None


class Collector(BaseHTTPRequestHandler):
    """Takes what is sent to it."""

    taken: list[tuple[str, bytes]]

    def do_POST(self) -> None:
        self.taken.append((self.path, self.rfile.read(int(self.headers["Content-Length"]))))
        self.send_response(200)
        self.end_headers()

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing."""


def test_a_collector_gets_traces_and_metrics_and_one_that_is_away_breaks_nothing() -> None:
    Collector.taken = []
    server = HTTPServer(("127.0.0.1", 0), Collector)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        with override_settings(CARELOOM_OTLP_ENDPOINT=f"http://127.0.0.1:{server.server_port}", CARELOOM_TRACE_SHARE=100):
            telemetry.use(None)
            assert Client().get("/help/").status_code == 200
            telemetry.job_over(name="outbox", began=time.perf_counter(), error=KeyError(WORDS))
            assert telemetry._sender is not None
            telemetry._sender[1].close()
    finally:
        server.shutdown()
        server.server_close()
        telemetry.use(None)
    sent = dict(Collector.taken)
    assert set(sent) == {"/v1/traces", "/v1/metrics"}
    for words in (b"help/", b"KeyError"):
        assert words in sent["/v1/traces"]
    assert b"careloom.job.duration" in sent["/v1/metrics"]
    assert WORDS.encode() not in b"".join(sent.values())
    with override_settings(CARELOOM_OTLP_ENDPOINT="http://127.0.0.1:9"):
        assert Client().get("/help/").status_code == 200
    telemetry.use(None)
