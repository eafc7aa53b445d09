"""The database's scope is that of the viewer at each statement, however transactions and savepoints lie around it."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

import pytest
from django.db import DataError, connection, transaction

from careloom.infra.access import PrincipalKind, Viewer, acting_as

pytestmark = pytest.mark.django_db(transaction=True)


def somebody() -> Viewer:
    principal = uuid4()
    return Viewer(principal_id=principal, kind=PrincipalKind.AGENCY, purpose="care_coordination", holder_id=principal)


def in_scope() -> str:
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_setting('careloom.principal', true)")
        return str(cursor.fetchone()[0] or "")


def test_each_statement_runs_as_who_acts_then() -> None:
    one, two = somebody(), somebody()
    with transaction.atomic(), acting_as(one):
        assert in_scope() == str(one.principal_id)
        with acting_as(two):
            assert in_scope() == str(two.principal_id)
        assert in_scope() == str(one.principal_id)


def test_nobody_acts_after_the_block_and_outside_a_transaction() -> None:
    one = somebody()
    with transaction.atomic():
        with acting_as(one):
            assert in_scope() == str(one.principal_id)
        assert in_scope() == ""
    with acting_as(one):
        assert in_scope() == ""


def test_a_rolled_back_savepoint_leaves_no_other_scope_behind() -> None:
    one, two = somebody(), somebody()
    with transaction.atomic(), acting_as(one):
        point = transaction.savepoint()
        assert in_scope() == str(one.principal_id)
        with acting_as(two):
            assert in_scope() == str(two.principal_id)
            transaction.savepoint_rollback(point)
            assert in_scope() == str(two.principal_id)
        assert in_scope() == str(one.principal_id)


def test_a_statement_that_failed_leaves_no_other_scope_behind() -> None:
    one, two = somebody(), somebody()
    with transaction.atomic(), acting_as(one):
        with pytest.raises(DataError), transaction.atomic(), acting_as(two):
            _divide_by_zero()
        assert in_scope() == str(one.principal_id)


def test_a_transaction_that_begins_with_a_savepoint_has_its_own_scope() -> None:
    one = somebody()
    with acting_as(one):
        for _ in range(2):
            with transaction.atomic(), transaction.atomic():
                assert in_scope() == str(one.principal_id)


def test_rows_of_a_named_cursor_are_fetched_as_who_acts_then() -> None:
    one, two = somebody(), somebody()
    with transaction.atomic(), acting_as(one), connection.chunked_cursor() as rows:
        rows.execute("SELECT current_setting('careloom.principal', true) FROM generate_series(1, 3)")
        assert _first(rows) == str(one.principal_id)
        with acting_as(two):
            assert in_scope() == str(two.principal_id)
        assert _first(rows) == str(one.principal_id)


def _divide_by_zero() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1 / 0")


def _first(rows: Any) -> str:
    return str(rows.fetchone()[0])
