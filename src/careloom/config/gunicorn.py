"""Settings of the web server: the code is loaded once and shared by the workers, and the log holds no address that people opened."""

from __future__ import annotations

import gc
import os
from typing import Any

from careloom.config.environment import load

_environment = load()
if _environment.pool_url and _environment.database_url:
    # Pages go through the pooler; migrations, backups and the job worker (which listens) need a connection that stays theirs.
    os.environ["CARELOOM_DATABASE_URL"] = _environment.pool_url
bind = [f"[{_environment.host}]:{_environment.port}" if ":" in _environment.host else f"{_environment.host}:{_environment.port}"]
workers = _environment.web_workers
worker_class = "gthread"
threads = 2
preload_app = True
timeout = 60
graceful_timeout = 8
keepalive = 5
accesslog = None
errorlog = "-"
loglevel = "warning"
worker_tmp_dir = "/dev/shm" if os.path.isdir("/dev/shm") else None
proc_name = "careloom-web"
forwarded_allow_ips = "127.0.0.1,::1"


def pre_fork(server: Any, worker: Any) -> None:
    """No database connection may be shared by two processes; what is loaded is set aside from garbage collection so that pages stay shared."""
    from django.db import connections

    connections.close_all()
    gc.collect()
    gc.freeze()


def post_worker_init(worker: Any) -> None:
    """What screens are opened is counted in each process and written every few minutes."""
    from careloom.usage import recording

    recording.start()


def worker_exit(server: Any, worker: Any) -> None:
    """What was counted and not written yet is written when the process ends."""
    from careloom.usage import recording

    recording.stop()
