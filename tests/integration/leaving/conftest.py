"""A county with three agencies that is left, and other installations into which an agency is brought."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any
from uuid import UUID

import psycopg
import pytest
from django.conf import settings
from django.db import transaction
from tests.databases import own_database
from tests.factories import births
from tests.factories.agencies import viewer
from tests.factories.papers import a_picture
from tests.factories.plans import PlanWorld

from careloom.config import subscriptions
from careloom.config.leaving import bringing, form, taking
from careloom.config.leaving.bringing import Brought
from careloom.consents.signing import keep_scan
from careloom.infra import clock
from careloom.infra.access import acting_as
from careloom.infra.clock.reading import forget
from careloom.infra.documents.uploads import Upload
from careloom.people.actions import put_family_member
from careloom.people.models import FamilyMember

SCAN = a_picture()


@dataclass(frozen=True, kw_only=True)
class Left:
    """What stands in the county that is left, and the folders into which its agencies were written."""

    folder: Path
    hospital: Path
    visitor: Path
    riverbend: UUID
    harbor: UUID
    st_agnes: UUID
    mother: UUID
    plan: UUID
    at: datetime


@contextmanager
def owner() -> Iterator[Any]:
    """A connection of the role that owns the tables of the database that Django uses now."""
    entry = settings.DATABASES["owner"]
    names = {"HOST": "host", "PORT": "port", "USER": "user", "PASSWORD": "password", "NAME": "dbname"}
    with psycopg.connect(**{names[key]: entry[key] for key in names if entry.get(key)}, autocommit=True) as connection:
        connection.execute("SET timezone = 'UTC'")
        yield connection


def write(agency_id: UUID, folder: Path, *, home: Path | None = None) -> dict[str, Any]:
    """Write an agency out of the database that Django uses now."""
    with owner() as connection, connection.transaction():
        return taking.take(
            connection=connection, home=home or Path(settings.CARELOOM_HOME), agency_id=agency_id, folder=folder, at=clock.now(), release="0.1.0"
        )  # fmt: skip


def bring(folder: Path, home: Path, **more: Any) -> Brought:
    """Bring a folder into the database that Django uses now."""
    with owner() as connection:
        return bringing.bring(connection=connection, home=home, folder=folder, at=clock.now(), **more)


def counted() -> dict[str, int]:
    """How many rows there are of each kind, whoever holds them."""
    with owner() as connection:
        return {k.table: connection.execute(f"SELECT count(*) FROM {k.table}").fetchone()[0] for k in bringing.all_kinds()}


def rows(folder: Path, table: str) -> list[dict[str, Any]]:
    """The rows of a kind in a folder."""
    return [json.loads(line) for line in (folder / form.lines_of(table)).read_text().splitlines()]


@pytest.fixture(scope="session")
def left(django_db_setup: None, django_db_blocker: Any, tmp_path_factory: pytest.TempPathFactory) -> Left:
    """A family of Riverbend, its plan shared with Harbor, a birth at St. Agnes; and the three agencies written out."""
    root = tmp_path_factory.mktemp("left")
    with own_database(django_db_blocker):
        subscriptions.join()
        with transaction.atomic():
            world = PlanWorld()
            plan = world.a_plan(agreed=True)
            born = births.a_birth(world.maria, at=world.at)
            signed = world.share(plan, to=world.bea)
            by = viewer(world.dana)
            with acting_as(by):
                keep_scan(by=by, at=world.at, consent=signed.consent, scan=Upload(media_type="image/jpeg", content=SCAN))
                put_family_member(by=by, at=world.at, identity_id=plan.identity_id, name="A practice aunt", relation="aunt", kind="KIN")
                told = FamilyMember.objects.get(name="A practice aunt")
                # What the hospital let Riverbend have: it stays when Riverbend leaves.
                FamilyMember(
                    holder_id=told.holder_id, identity_id=told.identity_id, category=told.category, provenance="part2_via_tpo", name="Received",
                    relation="aunt", kind="KIN", at=world.at,
                ).save()  # fmt: skip
            assert born.member.agency_id == world.st_agnes.pk
        for name, agency in (("riverbend", world.riverbend), ("st_agnes", world.st_agnes), ("harbor", world.harbor)):
            write(agency.pk, root / name)
    forget()
    return Left(
        folder=root / "riverbend", hospital=root / "st_agnes", visitor=root / "harbor", riverbend=world.riverbend.pk, harbor=world.harbor.pk,
        st_agnes=world.st_agnes.pk, mother=plan.identity_id, plan=plan.pk, at=world.at,
    )  # fmt: skip


@pytest.fixture
def elsewhere(django_db_setup: None, django_db_blocker: Any, left: Left) -> Iterator[None]:
    """Another installation, empty."""
    with own_database(django_db_blocker):
        subscriptions.join()
        yield
    forget()


@pytest.fixture(scope="module")
def untouched(django_db_setup: None, django_db_blocker: Any, left: Left) -> Iterator[None]:
    """Another installation for imports that keep nothing."""
    with own_database(django_db_blocker):
        subscriptions.join()
        yield
    forget()


@pytest.fixture(scope="module")
def arrived(django_db_setup: None, django_db_blocker: Any, left: Left, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Brought, Path]]:
    """Another installation into which Riverbend was brought: what became of the rows, and its data folder."""
    home = tmp_path_factory.mktemp("home")
    with own_database(django_db_blocker):
        subscriptions.join()
        yield bring(left.folder, home), home
    forget()


@pytest.fixture
def tampered(left: Left, tmp_path: Path) -> Callable[[str, Callable[[dict[str, Any]], Any]], Path]:
    """A copy of Riverbend's folder in which the last line of a kind was changed by somebody who also changed the manifest."""

    def change(table: str, how: Callable[[dict[str, Any]], Any]) -> Path:
        folder = tmp_path / "tampered"
        for path in left.folder.rglob("*"):
            if path.is_file():
                form.write(folder / path.relative_to(left.folder), path.read_bytes())
        file = folder / form.lines_of(table)
        lines = file.read_bytes().splitlines(keepends=True)
        changed = how(json.loads(lines[-1]))
        file.write_bytes(b"".join(lines[:-1]) + (changed if isinstance(changed, bytes) else form.line(changed)))
        manifest = json.loads((folder / form.MANIFEST).read_bytes())
        manifest["kinds"][table]["sha256"] = form.digest_of(file)
        (folder / form.MANIFEST).write_text(json.dumps(manifest))
        return folder

    return change
