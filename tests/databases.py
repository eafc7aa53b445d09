"""A database of its own for tests that commit: a copy of the migrated template, used by `default` and `owner` while the block lasts.

The application role may not truncate, so such tests throw their copy away instead of emptying it.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count
from typing import Any

from django.conf import settings
from django.db import connections
from tests.conftest import TEST_HOME

from careloom.infra import clock
from careloom.infra.clock.reading import forget
from careloom.infra.postgres import Supervisor

_number = count(1)
ALIASES = ("default", "owner")


@contextmanager
def own_database(blocker: Any) -> Iterator[str]:
    """Point Django at a fresh copy of the template and let it commit. Needs `django_db_setup` to have run. Yields the database's name."""
    supervisor = Supervisor(TEST_HOME, durable=False)
    running = supervisor.start()
    name = f"test_own_{os.environ.get('PYTEST_XDIST_WORKER', 'main')}_{os.getpid()}_{next(_number)}"
    before = settings.DATABASES["default"]["NAME"]
    supervisor.create_database(name, template=os.environ["PYTEST_CARELOOM_TEMPLATE"])
    try:
        with blocker.unblock():
            _use(name)
            forget()
            clock.now()
            yield name
            _use(before)
    finally:
        supervisor.drop_database(name)
        running.release()


def _use(database: str) -> None:
    for alias in ALIASES:
        connections[alias].close()
        settings.DATABASES[alias]["NAME"] = database
        connections[alias].settings_dict["NAME"] = database
