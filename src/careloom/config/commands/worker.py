"""Run the jobs of the queue until told to stop. ``careloom up`` starts one; a bigger installation starts more.

With a PostgreSQL server of its own (CARELOOM_DATABASE_URL) it outlives the server: it waits for one that takes writes, and goes on there.
"""

from __future__ import annotations

import argparse
import asyncio
import contextlib
import os
import signal
import sys
import time
from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING, Any, Final

from careloom.config.commands import django_with_database

if TYPE_CHECKING:
    from procrastinate.manager import JobManager

    from careloom.config.environment import Environment

_GONE: Final = 60.0  # seconds without a heartbeat, which comes every ten
_AGAIN: Final = 2.0  # seconds between two looks for a server


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--concurrency", type=int, default=1, help="how many jobs at once (default 1)")
    parser.add_argument("--once", action="store_true", help="do the jobs that are due, then end")


def run(args: argparse.Namespace) -> int:
    with django_with_database() as settings:
        if settings.database_url and not args.once:
            _outlive(settings, concurrency=max(1, args.concurrency))
        else:
            asyncio.run(_work(concurrency=max(1, args.concurrency), once=args.once))
        _seal()
    return 0


def _outlive(settings: Environment, *, concurrency: int) -> None:
    """Work until told to stop. When the server goes away, wait for it or for the one that takes over: ``careloom up`` starts the worker of the
    embedded server again, but it would give up after five ends a minute, and a change of servers may take longer."""
    from procrastinate.exceptions import ConnectorException

    # A worker whose listener lost the server ends by itself, with an error or without one.
    with contextlib.suppress(ConnectorException):
        if asyncio.run(_until_told(concurrency=concurrency)):
            return
    print("The database server went away. Waiting for one that takes writes.", flush=True)
    time.sleep(_AGAIN)
    while not _answers(settings):
        time.sleep(_AGAIN)
    # A new program in the same process: no thread keeps a connection to the server that is gone.
    os.execv(sys.executable, sys.orig_argv)


async def _until_told(*, concurrency: int) -> bool:
    """Whether it ended because somebody asked it to."""
    working, told = asyncio.create_task(_work(concurrency=concurrency, once=False, own_signals=False)), False

    def stop() -> None:
        nonlocal told
        told = True
        working.cancel()

    for sign in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(sign, stop)
    with contextlib.suppress(asyncio.CancelledError):
        await working
    return told


def _answers(settings: Environment) -> bool:
    import psycopg

    from careloom.infra.postgres import clients

    try:
        clients.connect(settings, "app").close()
    except psycopg.OperationalError:
        return False
    return True


def _seal() -> None:
    """What the last minute wrote to the logs is sealed before the lights go out; when the database is gone already, the next start does it."""
    from django.db import DatabaseError

    from careloom.infra import clock
    from careloom.infra.audit.sealing import seal

    with contextlib.suppress(DatabaseError):
        seal(at=clock.now(), patience=1)


async def _work(*, concurrency: int, once: bool, own_signals: bool = True) -> None:
    from procrastinate import PsycopgConnector
    from procrastinate.contrib.django import app
    from procrastinate.contrib.django.utils import connector_params

    # LISTEN needs a connection of its own; the connector takes the app role's entry, so a job is bound by row security like a page.
    # The rest are opened when they are needed: each that waits costs the server some megabytes.
    worker = app.with_connector(PsycopgConnector(kwargs=connector_params(), min_size=1, max_size=4))
    async with worker.open_async():
        clearing = asyncio.create_task(_clear(worker.job_manager))
        # Arguments of jobs are ids only; done ones are removed all the same, so the queue tells no history.
        try:
            await worker.run_worker_async(
                concurrency=concurrency,
                wait=not once,
                delete_jobs="successful",
                shutdown_graceful_timeout=10,
                worker_middleware=[_told],
                install_signal_handlers=own_signals,
            )
        finally:
            clearing.cancel()


async def _clear(jobs: JobManager) -> None:
    """Once a minute: let go of jobs that a worker held which was killed. All of ours are periodic, so the next run does their work again."""
    from procrastinate.exceptions import ConnectorException
    from procrastinate.jobs import Status

    while True:
        with contextlib.suppress(ConnectorException):
            for job in await jobs.get_stalled_jobs(seconds_since_heartbeat=_GONE):
                await jobs.finish_job(job, status=Status.FAILED, delete_job=True)
        await asyncio.sleep(_GONE)


async def _told(call_next: Callable[[], Awaitable[Any]], context: Any, worker: Any) -> Any:
    """Tell of a job when it is over: its name, how long, and the kind of what ended it."""
    from careloom.infra.watching import telemetry

    began, broke = time.perf_counter(), None
    try:
        return await call_next()
    except BaseException as error:
        broke = error
        raise
    finally:
        telemetry.job_over(name=context.task.name if context.task else "unknown", began=began, error=broke)
