"""A family with everything the product keeps about one, in a database of its own, and the two persons who expunge it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import psycopg
import pytest
from django.conf import settings
from django.db import transaction
from tests.databases import own_database
from tests.factories.agencies import a_worker, viewer
from tests.silence.hidden import Hidden, a_hidden_family

from careloom.agencies.models import Membership
from careloom.agencies.roles import Role
from careloom.config import subscriptions
from careloom.infra import clock
from careloom.infra.access import acting_as
from careloom.infra.answers import Done, Refused
from careloom.infra.clock.reading import forget
from careloom.infra.tombstones import Ledger
from careloom.keeping import actions
from careloom.keeping.carrying_out import carry_out


@contextmanager
def owner() -> Iterator[Any]:
    """A connection of the role that owns the tables of the database that Django uses now."""
    entry = settings.DATABASES["owner"]
    names = {"HOST": "host", "PORT": "port", "USER": "user", "PASSWORD": "password", "NAME": "dbname"}
    with psycopg.connect(**{names[key]: entry[key] for key in names if entry.get(key)}, autocommit=True) as connection:
        yield connection


class Known:
    """The family, its agency Riverbend with two officers, and a ledger."""

    def __init__(self, hidden: Hidden, home: Path) -> None:
        self.hidden, self.world, self.mother = hidden, hidden.world, hidden.plan.identity_id
        self.agency = hidden.world.riverbend.pk
        self.first, self.second = (a_worker(Role.PRIVACY_OFFICER, agency=hidden.world.riverbend) for _ in range(2))
        self.ledger = Ledger(home=home)

    def propose(self, by: Membership | None = None, **more: Any) -> Done | Refused:
        told = {
            "family": self.mother,
            "ground": "COURT_ORDER",
            "authority": "Order 12-345",
            "reason": "Quillfeather asked",
            "request_key": uuid4().hex,
        }
        who = viewer(by or self.first)
        with acting_as(who):
            return actions.propose(by=who, at=clock.now(), **(told | more))

    def confirm(self, one: UUID, by: Membership | None = None) -> Done | Refused:
        who = viewer(by or self.second)
        with acting_as(who):
            return actions.confirm(by=who, at=clock.now(), expunging_id=one)

    def lift_holds(self) -> None:
        with owner() as connection:
            connection.execute("UPDATE keeping_hold SET lifted_at = now()")
            connection.execute("UPDATE keeping_expunging SET state = 'WITHDRAWN' WHERE authority = 'F.S. 1'")

    def agreed(self) -> UUID:
        """Proposed by one, confirmed by the other."""
        self.lift_holds()
        made = self.propose()
        assert isinstance(made, Done), made
        assert isinstance(self.confirm(made.row_id), Done)
        return made.row_id

    def carry_out(self, one: UUID) -> bool:
        with owner() as connection:
            return carry_out(connection=connection, ledger=self.ledger, expunging_id=one, at=clock.now())


@pytest.fixture
def known(django_db_setup: None, django_db_blocker: Any, tmp_path: Path) -> Iterator[Known]:
    """In a database of its own that commits."""
    with own_database(django_db_blocker):
        subscriptions.join()
        with transaction.atomic():
            made = Known(a_hidden_family(), tmp_path)
        yield made
    forget()
