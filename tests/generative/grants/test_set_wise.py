"""Many families at once have the grants that each would have alone: remembered answers are those of the kernel, the database compares as Python does.

The memory of these tests lives through all generated worlds, so that an answer that was given to one family is used for the next.
"""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.db import connection, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.generative.grants.worlds import Played, worlds

from careloom.consents import granting
from careloom.consents.flows import by_consent, to_herself
from careloom.consents.flows.asking import permitted
from careloom.consents.flows.flow import Flow
from careloom.consents.flows.memory import Memory, Permit
from careloom.consents.flows.shape import PAPER, numbered
from careloom.consents.flows.told import Told, gather
from careloom.consents.materialise import materialise, wanted_flows
from careloom.consents.rows import ConsentRow
from careloom.infra.access import System, acting_as, system
from careloom.infra.access.models import Grant
from careloom.people.actions import make_person_principal

WORLDS = int(os.environ.get("CARE_WORLDS", "60"))
SETTINGS = settings(max_examples=WORLDS, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
OF_ALL_WORLDS = Memory()


@dataclass(eq=False)
class Forgetful(Memory):
    """Asks the kernel each time."""

    def answer(self, question: Any, *, ask: Any) -> Permit | None:
        return ask()


@contextmanager
def real_ids(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Questions name everybody by id, as the papers do."""

    def bare(row: ConsentRow, **_: Any) -> tuple[ConsentRow, dict[UUID, str]]:
        return row, {}

    with monkeypatch.context() as patch:
        patch.setattr(by_consent, "numbered", bare)
        patch.setattr(to_herself, "permitted", lambda *args, names, **kwargs: permitted(*args, **kwargs))
        yield


def said(flows: Iterable[Flow]) -> Counter[tuple[object, ...]]:
    return Counter((*flow.key, flow.valid_from, flow.begins_later) for flow in flows)


def told_of(played: Played, *, memory: Memory) -> Told:
    with acting_as(system(System.GRANTS)):
        return gather(played.people.values(), at=played.now, memory=memory)


def with_her(played: Played) -> None:
    """She has a door of her own, and is asked about too."""
    by = played.viewer(0)
    with acting_as(by):
        make_person_principal(by=by, at=played.at, identity_id=played.people["mother"], subject_ids=list(played.people.values()))
    materialise(played.people.values(), at=played.now)


@pytest.mark.slow
@SETTINGS
@given(drawn=worlds())
def test_what_is_remembered_is_what_the_kernel_says(db: None, monkeypatch: pytest.MonkeyPatch, drawn: dict[str, Any]) -> None:
    with transaction.atomic():
        played = Played(drawn)
        with_her(played)
        remembered = said(wanted_flows(told_of(played, memory=OF_ALL_WORLDS)))
        with real_ids(monkeypatch):
            asked = said(wanted_flows(told_of(played, memory=Forgetful())))
        assert remembered == asked
        assert not [flow for flow, times in remembered.items() if times > 1], "a grant that would be made twice"
        transaction.set_rollback(True)


def rows() -> Counter[tuple[object, ...]]:
    """All grants but for their own ids."""
    names = [field.attname for field in Grant._meta.concrete_fields if field.attname != "id"]
    with acting_as(system(System.GRANTS)):
        found = Grant.objects.values_list(*names)
        return Counter(tuple(tuple(value) if isinstance(value, list) else value for value in row) for row in found)


SPOILED = (
    "purposes = '{treatment,audit}'", "basis = '{x}'", "obligations = '{}'", "review_needed = NOT review_needed", "valid_to = valid_from",
    "instrument_id = gen_random_uuid()", "recipient_id = gen_random_uuid()", "provenance = 'part2_via_court'", "valid_to = '3000-01-01'",
)  # fmt: skip


def spoil(changes: list[str]) -> None:
    """Every third grant says something else than it should; some say it twice."""
    with acting_as(system(System.GRANTS)), connection.cursor() as cursor:
        for place, change in enumerate(changes):
            cursor.execute(
                f"UPDATE access_grant SET {change} WHERE id IN (SELECT id FROM (SELECT id, row_number() OVER (ORDER BY id) n FROM access_grant) g "
                f"WHERE n %% 3 = %s)", [place % 3],
            )  # fmt: skip
        for grant in list(Grant.objects.order_by("pk")[:2]):
            grant.pk = uuid4()
            grant.save(force_insert=True)


@pytest.mark.slow
@SETTINGS
@given(drawn=worlds(), changes=st.lists(st.sampled_from(SPOILED), max_size=3))
def test_the_database_ends_and_begins_the_same_grants(db: None, drawn: dict[str, Any], changes: list[str]) -> None:
    with transaction.atomic():
        played = Played(drawn)
        with_her(played)
        ids = list(played.people.values())
        before = rows()
        told = told_of(played, memory=OF_ALL_WORLDS)
        with acting_as(system(System.GRANTS)):
            for change in (granting.one_by_one, granting.set_wise):
                assert change(ids, wanted_flows(told), told=told) == 0, "grants followed each paper as it came"
        assert rows() == before
        spoil(changes)
        after = []
        for change in (granting.one_by_one, granting.set_wise):
            mark = transaction.savepoint()
            with acting_as(system(System.GRANTS)):
                count = change(ids, wanted_flows(told), told=told)
            after.append((count, rows()))
            transaction.savepoint_rollback(mark)
        assert after[0] == after[1]
        transaction.set_rollback(True)


@pytest.mark.slow
@SETTINGS
@given(drawn=worlds(), other=worlds())
def test_who_else_is_asked_about_changes_nothing(db: None, drawn: dict[str, Any], other: dict[str, Any]) -> None:
    with transaction.atomic():
        first, second = Played(drawn), Played(other)
        with_her(first)
        alone = [said(wanted_flows(_told([pk], first))) for pk in (*first.people.values(), *second.people.values())]
        together = said(wanted_flows(_told([*first.people.values(), *second.people.values()], first)))
        assert sum(alone, Counter()) == together
        transaction.set_rollback(True)


def _told(ids: list[UUID], played: Played) -> Told:
    with acting_as(system(System.GRANTS)):
        return gather(ids, at=played.now)


def a_row(**changes: Any) -> ConsentRow:
    one, two, three = UUID(int=1), UUID(int=2), UUID(int=3)
    row = ConsentRow(
        pk=uuid4(), identity_id=uuid4(), holder_id=three, subject_ids=(uuid4(),), discloser_ids=(three,), recipient_ids=(one, two), signed_at=None,
        recipient_names=("Harbor",), kind="specific", recipient_class="", information=("posc.plan_core",), purposes=("treatment",), signed_on=None,
        expires_on=None, expiry_event="", event_on=None, signer="mother", signature_method="SCREEN", revoked_at=None, said="{}",
    )  # fmt: skip
    return row._replace(**changes)


def test_forms_that_differ_only_in_whom_they_name_have_one_shape() -> None:
    moved = a_row(recipient_ids=(UUID(int=7), UUID(int=8)), discloser_ids=(UUID(int=9),), holder_id=UUID(int=9))
    (row, names), (same, others) = numbered(a_row()), numbered(moved)
    assert row == same
    assert row.pk == PAPER
    assert [names[UUID(int=n)] for n in (1, 2, 3)] == [others[UUID(int=n)] for n in (7, 8, 9)]


@pytest.mark.parametrize(
    "changes",
    [{"purposes": ("payment",)}, {"information": ()}, {"recipient_names": ()}, {"said": '{"revocation_right": true}'}, {"signer": "guardian"},
     {"kind": "tpo_single"}, {"recipient_ids": (UUID(int=1),)}, {"recipient_ids": (UUID(int=1), UUID(int=1))}, {"expiry_event": "birth"}],
    ids=lambda changes: next(iter(changes)),
)  # fmt: skip
def test_forms_that_differ_in_anything_else_have_two(changes: dict[str, Any]) -> None:
    assert numbered(a_row())[0] != numbered(a_row(**changes))[0]


def test_a_form_with_a_text_like_an_id_keeps_its_ids() -> None:
    """Else a name that reads like a number could stand for another agency."""
    row, names = numbered(a_row(recipient_names=("00000000-0000-4000-8000-000000000000",)))
    assert not names
    assert (row.pk, row.recipient_ids) != (PAPER, numbered(a_row())[0].recipient_ids)


def test_the_memory_is_bounded_and_forgets_nothing_that_matters() -> None:
    memory, made = Memory(most=3), []
    for question in (1, 2, 3, 4, 1, 1):
        memory.answer(question, ask=lambda: made.append(0))  # type: ignore[func-returns-value]
    assert (memory.asked, len(memory._answers)) == (5, 2)


def test_the_comparison_can_see_a_wrong_grant(db: None) -> None:
    """The pair of the agreement above: a grant that nothing wants is ended by both."""
    played = Played({"rows": [(0, "mother", "posc.plan_core", "originating")], "papers": [], "later": [], "treated": None})
    ids, told = list(played.people.values()), told_of(played, memory=Memory())
    for change in (granting.one_by_one, granting.set_wise):
        with acting_as(system(System.GRANTS)):
            Grant.objects.create(
                identity_id=ids[0], category="posc.plan_core", holder_id=played.agencies[0].pk, provenance="originating",
                recipient_id=played.agencies[3].pk, purposes=["treatment"], valid_from=played.at, valid_to=replace(told).at.replace(year=3000),
                basis=[], obligations=[], instrument_id=uuid4(),
            )  # fmt: skip
            assert change(ids, wanted_flows(told), told=told) == 1
            assert not Grant.objects.filter(identity_id=ids[0], valid_to__gt=played.now).exists()
