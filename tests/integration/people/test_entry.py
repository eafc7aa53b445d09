"""On entry the writer sees who may be that person already, among those whom she may see; a hidden person changes nothing."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse
from tests.factories.agencies import a_worker, viewer
from tests.integration.people.conftest import AGAIN, HER, Doubles
from tests.silence.same import ask

from careloom.agencies.roles import Role
from careloom.infra import clock
from careloom.infra.access import acting_as
from careloom.people.actions import PersonFacts
from careloom.people.matching.entry import alike_to
from careloom.people.models import PersonRecord

SignIn = Callable[[Any], Client]
TYPED = {
    "given_name": "Katie", "family_name": "Quillfeather", "birth_date": "1995-03-12", "language": "en", "born_on": "2026-01-03", "babies": "1",
}  # fmt: skip


def typed(client: Client, **more: str) -> Any:
    form = TYPED | {"born_on": clock.today().isoformat(), "request_key": uuid4().hex} | more
    return client.post(reverse("notifications:typed"), form)


@pytest.mark.parametrize(
    "told",
    [
        HER, AGAIN, HER | {"given_name": "Quillfeather", "family_name": "Katherine"}, HER | {"birth_date": date(1995, 12, 3)},
        HER | {"family_name": "Quillfeather-Moss"}, HER | {"family_name": "Moss"}, HER | {"given_name": "Kathrine", "birth_date": None},
    ],
    ids=["the same", "a nickname", "names crosswise", "day and month crosswise", "a double name", "a new family name", "no day"],
)  # fmt: skip
def test_she_is_found_however_she_is_written(doubles: Doubles, told: dict[str, Any]) -> None:
    known = doubles.record(doubles.world.dana)
    doubles.record(doubles.world.dana, given_name="Marisol", family_name="Valdeluna", birth_date=date(1988, 7, 1), phone="555-010-9999")
    by = viewer(doubles.world.dana)
    with acting_as(by):
        found = alike_to(viewer=by, facts=PersonFacts(**({"role": "MOTHER"} | told)))
    assert [alike.record.pk for alike in found] == [known.pk]


def test_a_newborn_is_found_by_mother_and_day_and_a_twin_is_not(doubles: Doubles) -> None:
    mother = doubles.record(doubles.world.dana)
    born = date(2026, 1, 3)
    child = {"role": "INFANT", "mother_identity_id": mother.identity_id, "birth_date": born, "family_name": "Quillfeather", "phone": ""}
    doubles.record(doubles.world.dana, **child, given_name="Baby Girl B", sex="F")
    first = doubles.record(doubles.world.dana, **child, given_name="Baby Girl A", sex="F")
    by, hers = viewer(doubles.world.dana), PersonFacts(**({"role": "MOTHER"} | HER))
    with acting_as(by):
        same = PersonFacts(role="INFANT", given_name="BG A", family_name="Quillfeather", birth_date=born, sex="F")
        assert [one.record.pk for one in alike_to(viewer=by, facts=same, mother=hers)] == [first.pk]
        named = PersonFacts(role="INFANT", given_name="Luna", family_name="Quillfeather", birth_date=born, sex="F")
        assert len(alike_to(viewer=by, facts=named, mother=hers)) == 2, "a name given since may be either twin's: somebody looks"
        brother = PersonFacts(role="INFANT", given_name="Baby Boy", family_name="Quillfeather", birth_date=date(2024, 6, 9), sex="M")
        assert alike_to(viewer=by, facts=brother, mother=hers) == ()


def test_a_typed_birth_shows_who_may_be_the_mother_before_she_is_written_down(doubles: Doubles, sign_in: SignIn) -> None:
    doubles.record(doubles.world.maria, category="hipaa.ob_record")
    browser = sign_in(doubles.world.maria)
    page = typed(browser)
    text = page.content.decode()
    assert page.status_code == 200
    assert "Perhaps she is here already" in text
    assert "Katherine Quillfeather" in text
    assert "in 100" in text
    with acting_as(viewer(doubles.world.maria)):
        assert PersonRecord.objects.filter(given_name="Katie").count() == 0
    assert typed(browser, looked="1").status_code == 302
    with acting_as(viewer(doubles.world.maria)):
        assert PersonRecord.objects.filter(given_name="Katie").count() == 1
    assert len(doubles.matches()) == 1


def test_a_hidden_person_gives_the_same_answer_and_statements(doubles: Doubles, sign_in: SignIn) -> None:
    """42 CFR 2.13(c): neither what a worker types nor what the machine does then tells that somebody else knows her."""
    browser = sign_in(doubles.world.maria)
    browser.get("/me/")
    typed(browser)
    today = clock.today()
    form = TYPED | {
        "given_name": "Zorana",
        "family_name": "Underhollow",
        "birth_date": "1991-02-03",
        "born_on": (today - timedelta(days=40)).isoformat(),
    }
    nowhere = ask(browser, reverse("notifications:typed"), method="post", data=form | {"request_key": uuid4().hex})
    doubles.record(doubles.world.dana, given_name="Zelda", family_name="Overbrook", birth_date=date(1983, 11, 21))
    hidden = TYPED | {
        "given_name": "Zelda",
        "family_name": "Overbrook",
        "birth_date": "1983-11-21",
        "born_on": (today - timedelta(days=20)).isoformat(),
    }
    elsewhere = ask(browser, reverse("notifications:typed"), method="post", data=hidden | {"request_key": uuid4().hex})
    assert (nowhere.status, elsewhere.status) == (302, 302)
    assert [pair for pair in zip(nowhere.statements, elsewhere.statements, strict=True) if pair[0] != pair[1]] == []
    assert doubles.matches() == []


def test_a_colleague_without_her_on_the_caseload_is_shown_nobody(doubles: Doubles) -> None:
    doubles.record(doubles.world.dana)
    for member in (doubles.world.colleague, a_worker(Role.SUPERVISOR, agency=doubles.world.harbor)):
        by = viewer(member)
        with acting_as(by):
            assert alike_to(viewer=by, facts=PersonFacts(**({"role": "MOTHER"} | HER))) == ()
    by = viewer(doubles.world.supervisor)
    with acting_as(by):
        assert len(alike_to(viewer=by, facts=PersonFacts(**({"role": "MOTHER"} | HER)))) == 1
