"""The test database: our own embedded PostgreSQL, a migrated template, and one copy of it for each test process.

Tests run as the application role, so row security is in force in every one of them.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import django
import hypothesis
import pytest

ROOT = Path(__file__).resolve().parent.parent
# The settings refuse names they do not know, so the wish is handed on to the test processes under a name that is not a setting.
TEST_HOME = Path(os.environ.pop("CARELOOM_TEST_HOME", None) or os.environ.get("PYTEST_CARELOOM_HOME") or ROOT / ".careloom" / "test")
os.environ["PYTEST_CARELOOM_HOME"] = str(TEST_HOME)
os.environ["CARELOOM_HOME"] = str(TEST_HOME)
os.environ["CARELOOM_WORLD"] = "demo"
os.environ["DJANGO_SETTINGS_MODULE"] = "careloom.config.settings"

# Django is set up here, after the lines above: a setting read earlier would point at the data of somebody's practice county.
django.setup()

# Pages are tested without collecting files first, and passwords without the time that a real hash takes on purpose.
from django.conf import settings as _settings  # noqa: E402

# How fast a machine makes examples is no property of the code: a test that a busy machine fails says nothing.
hypothesis.settings.register_profile("day", deadline=None, suppress_health_check=[hypothesis.HealthCheck.too_slow])
hypothesis.settings.load_profile("day")
# At night the properties are tried on many more worlds (bin/nightly).
hypothesis.settings.register_profile("nightly", max_examples=5000, deadline=None, suppress_health_check=list(hypothesis.HealthCheck))

_settings.STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
_settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
_settings.STATIC_ROOT.mkdir(parents=True, exist_ok=True)


def _fingerprint() -> str:
    digest = hashlib.sha256()
    sources = [*(ROOT / "src").glob("**/migrations/*.py"), ROOT / "src/careloom/infra/access/sql.py", ROOT / "src/careloom/infra/access/rights.py"]
    for path in sorted(sources):
        digest.update(path.read_bytes())
    return digest.hexdigest()[:12]


@pytest.fixture(autouse=True)
def own_language() -> Iterator[None]:
    """The language of a request outlives it in its thread: a page in Spanish may not decide what the next test reads."""
    from django.utils import translation

    yield
    translation.deactivate()


@pytest.fixture(autouse=True)
def own_time(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """The demo clock is read anew every second, which a test that counts statements would now and then see. Here only after it was moved."""
    from careloom.infra.clock import reading

    monkeypatch.setattr(reading, "REREAD_SECONDS", 1e9)
    before = reading._cached["ahead_by"]
    yield
    if reading._cached["ahead_by"] != before:
        reading.forget()


@pytest.fixture
def sign_in() -> Callable[[Any], Any]:
    """Gives a browser in which the worker of a membership is signed in."""
    from django.test import Client

    def enter(membership: Any) -> Client:
        client = Client()
        client.force_login(membership.worker.user, backend="django.contrib.auth.backends.ModelBackend")
        return client

    return enter


@pytest.fixture(scope="session")
def django_db_setup(django_db_blocker: pytest.FixtureRequest) -> Iterator[None]:
    """Start (or join) the test server, migrate a template once for these migrations, and copy it."""
    from django.conf import settings
    from django.db import connections

    from careloom.infra.access import rights
    from careloom.infra.postgres import Supervisor
    from careloom.infra.postgres.locks import exclusive

    supervisor = Supervisor(TEST_HOME, durable=False)
    running = supervisor.start()
    # Said once: a migration that somebody edits while the tests run does not change which template they copy.
    template = os.environ["PYTEST_CARELOOM_TEMPLATE"] = f"template_{_fingerprint()}"
    name = f"test_{os.environ.get('PYTEST_XDIST_WORKER', 'main')}_{os.getpid()}"

    def use(database: str) -> None:
        for alias in ("default", "owner"):
            connections[alias].close()
            settings.DATABASES[alias]["NAME"] = database
            connections[alias].settings_dict["NAME"] = database

    with exclusive(TEST_HOME / "template.lock", doing="migrating the test template"):
        with supervisor.admin() as admin:
            known = admin.execute("SELECT 1 FROM pg_database WHERE datname = %s", [template]).fetchone()
        if known is None:
            making = f"{template}_{os.getpid()}"
            supervisor.create_database(making)
            use(making)
            with django_db_blocker.unblock():  # type: ignore[attr-defined]
                from django.core.management import call_command

                call_command("migrate", database="owner", verbosity=0)
                rights.give(connections["owner"])
                connections["owner"].close()
            with supervisor.admin() as admin:
                admin.execute(f'ALTER DATABASE "{making}" RENAME TO "{template}"')
        supervisor.create_database(name, template=template)
    use(name)
    yield
    with django_db_blocker.unblock():  # type: ignore[attr-defined]
        for alias in ("default", "owner"):
            connections[alias].close()
    supervisor.drop_database(name)
    running.release()
