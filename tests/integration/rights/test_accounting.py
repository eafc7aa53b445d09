"""The accounting: which disclosures stand in it, how far back, in what words; and what an official had held back stays unsaid."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.db import connection
from django.test import Client
from tests.factories.agencies import an_agency, viewer
from tests.factories.plans import a_key
from tests.integration.rights.conftest import Rights, words
from tests.integration.rights.test_answers import looked, pdf

from careloom.agencies.models import Agency
from careloom.disclosures import actions as disclosures
from careloom.infra import clock
from careloom.infra.access import System, acting_as, system
from careloom.infra.access.models import AccessLog, Disclosure
from careloom.kernel.agency_kinds import AgencyKind
from careloom.kernel.clocks import add_months
from careloom.rights import actions
from careloom.rights.accounting import Statement, her_statement, statement_of
from careloom.rights.actions.limiting import officials_of
from careloom.rights.models import HeldBack

ROW = """INSERT INTO access_disclosure (id, hour, identity_id, holder_id, recipient_id, category, purpose, basis, obligations, review_needed)
VALUES (%s, %s, %s, %s, %s, %s, %s, %s, %s, false)"""


def disclosed(
    rights: Rights, to: UUID, *, duties: list[str], at: datetime | None = None, purpose: str = "audit", basis: str = "45 CFR 164.512(d)",
    category: str = "posc.plan_core", holder: UUID | None = None,
) -> None:  # fmt: skip
    """A row of the accounting of Riverbend as a page writes it: as its receiver."""
    recipient = system(System.JOB, holder_id=to)
    with acting_as(recipient), connection.cursor() as cursor:
        cursor.execute("SELECT set_config('careloom.principal', %s, true)", [str(to)])
        cursor.execute(
            ROW,
            [uuid4(), at or clock.now(), rights.mother, holder or rights.riverbend.pk, to, category, purpose, [basis], duties],
        )


def listed(rights: Rights, right: str = "ACCOUNTING", **days: Any) -> Statement:
    return statement_of(
        holder=rights.riverbend, identity_ids=[rights.mother], right=right, on=clock.today(rights.riverbend.zone), at=clock.now(), **days
    )  # fmt: skip


def receivers(statement: Statement) -> set[str]:
    return {entry.to for entry in statement.entries}


def hers(rights: Rights) -> set[str]:
    her = rights.world.her()
    with acting_as(her.viewer):
        zone = rights.riverbend.zone
        return receivers(her_statement(viewer=her.viewer, identity_ids=her.subject_ids, on=clock.today(zone), zone=zone))


@pytest.fixture
def oversight(rights: Rights) -> Agency:
    return an_agency(kind=AgencyKind.STATE_OVERSIGHT, name="State Oversight Office", address="1 Capitol Square")


def test_what_was_disclosed_with_consent_is_listed_with_day_receiver_purpose_and_ground(rights: Rights) -> None:
    looked(rights)
    (entry,) = listed(rights).entries
    assert (entry.to, entry.on, entry.purpose) == (rights.world.harbor.name, clock.today(rights.riverbend.zone), "care_coordination")
    assert entry.categories == ("posc.plan_core",)
    assert any(one.startswith("42 CFR 2.31") for one in entry.basis)
    assert hers(rights) == {rights.world.harbor.name}


def test_treatment_payment_and_operations_are_left_out_and_a_report_to_child_welfare_is_in(rights: Rights) -> None:
    """45 CFR 164.528(a)(1)(i) and 164.512(b): the kernel's own duty decides, and it is kept with the row."""
    plan, cps = an_agency(kind=AgencyKind.HEALTH_PLAN, name="Blue Plan"), an_agency(kind=AgencyKind.CPS_AGENCY, name="County Children")
    disclosed(rights, plan.pk, duties=["MIN_NECESSARY"], purpose="payment")
    disclosed(rights, cps.pk, duties=["ACCOUNT_164_528"], purpose="child_abuse_report_initial", basis="45 CFR 164.512(b)(1)(ii)")
    assert receivers(listed(rights)) == {"County Children"}


@pytest.mark.parametrize(
    ("duty", "months", "days", "stands"),
    [
        ("ACCOUNT_164_528", 72, 0, True), ("ACCOUNT_164_528", 72, -1, False), ("ACCOUNT_2_25", 36, 0, True), ("ACCOUNT_2_25", 36, -1, False),
        ("ACCOUNT_164_528", 40, 0, True), ("ACCOUNT_2_25", 40, 0, False),
    ],
)  # fmt: skip
def test_six_years_by_law_and_three_with_consent(rights: Rights, oversight: Agency, duty: str, months: int, days: int, stands: bool) -> None:
    day = add_months(start=clock.today(rights.riverbend.zone), months=-months) + timedelta(days=days)
    disclosed(rights, oversight.pk, duties=[duty], at=datetime(day.year, day.month, day.day, 17, tzinfo=UTC))
    assert bool(listed(rights).entries) is stands


def test_a_shorter_time_is_hers_to_ask(rights: Rights, oversight: Agency) -> None:
    today = clock.today(rights.riverbend.zone)
    day = today - timedelta(days=40)
    disclosed(rights, oversight.pk, duties=["ACCOUNT_164_528"], at=datetime(day.year, day.month, day.day, 17, tzinfo=UTC))
    assert listed(rights, from_on=today - timedelta(days=39)).entries == ()
    assert len(listed(rights, from_on=today - timedelta(days=41)).entries) == 1
    assert listed(rights, to_on=today - timedelta(days=41)).entries == ()


def test_what_was_given_by_hand_stands_in_it_also_when_the_law_did_not_permit_it(rights: Rights) -> None:
    by_hand(rights)
    (entry,) = listed(rights).entries
    assert (entry.to, entry.address, entry.what, entry.permitted) == ("A landlord", "12 Elm Street", "Told on the telephone", False)


def by_hand(rights: Rights, **changes: Any) -> None:
    by = viewer(rights.world.dana)
    told = {
        "identity_id": rights.mother, "to_kind": "other_private", "to_name": "A landlord", "to_address": "12 Elm Street", "to_agency_id": None,
        "how": "PHONE", "categories": ("posc.plan_core",), "purpose": "employment", "what": "Told on the telephone", "papers": "", "facts": (),
        "given_at": clock.now(),
    } | changes  # fmt: skip
    with acting_as(by):
        done = disclosures.note_given(by=by, at=clock.now(), told=disclosures.ByHand(**told), request_key=a_key())
    assert isinstance(done, disclosures.Done)


def test_only_this_holders_rows_are_its_to_tell(rights: Rights, oversight: Agency) -> None:
    disclosed(rights, oversight.pk, duties=["ACCOUNT_164_528"], holder=rights.world.hospital.pk)
    assert listed(rights).entries == ()


def test_the_list_of_an_intermediary_has_what_it_passed_on_and_nothing_else(rights: Rights, oversight: Agency) -> None:
    clinic = an_agency(kind=AgencyKind.OB_CLINIC, name="Pine Clinic")
    disclosed(rights, clinic.pk, duties=["ACCOUNT_2_25", "INTERMEDIARY_LIST_2_24"], purpose="treatment", basis="42 CFR 2.31(a)(4)(ii)")
    disclosed(rights, oversight.pk, duties=["ACCOUNT_164_528"])
    assert receivers(listed(rights, "INTERMEDIARY")) == {"Pine Clinic"}
    row = rights.asked("INTERMEDIARY")
    assert rights.answer(row, "list").status_code == 302
    text = pdf(rights.client(rights.officer).get(f"/rights/{row.pk}/paper/").content)
    assert "List of those whom an intermediary told" in text
    assert "Pine Clinic" in text
    assert "State Oversight Office" not in text


def test_the_paper_is_kept_as_it_was_given(rights: Rights, oversight: Agency) -> None:
    disclosed(rights, oversight.pk, duties=["ACCOUNT_164_528"])
    row = rights.asked("ACCOUNTING")
    page = rights.page(row)
    assert "Hand over the copy" not in page
    assert "Form bound" not in page
    assert "State Oversight Office" in page
    assert "Counsel has not confirmed this note." in page
    assert "It is free" in page
    assert rights.answer(row, "list").status_code == 302
    text = pdf(rights.client(rights.officer).get(f"/rights/{row.pk}/paper/").content)
    for said in ("Accounting of disclosures", "State Oversight Office", "1 Capitol Square", "an audit", "45 CFR 164.512(d)", "42 CFR 2.25"):
        assert said in text
    disclosed(rights, rights.world.hospital.pk, duties=["ACCOUNT_164_528"])
    assert pdf(rights.client(rights.officer).get(f"/rights/{row.pk}/paper/").content) == text


def test_the_first_list_is_free_and_of_a_fee_for_another_she_is_told_before(rights: Rights) -> None:
    first, today = rights.asked("ACCOUNTING", at=clock.now() - timedelta(days=20)), clock.today(rights.riverbend.zone)
    assert "fee_told_on" not in str(rights.client(rights.officer).get(f"/rights/{first.pk}/").content)
    rights.answer(first, "list")
    second = rights.asked("ACCOUNTING")
    assert "It is not the first within twelve months." in rights.page(second)
    assert rights.answer(second, "list", fee_told_on=(today + timedelta(days=1)).isoformat()).status_code == 422
    assert rights.answer(second, "list", fee_told_on=today.isoformat()).status_code == 302


# Held back (45 CFR 164.528(a)(2))


def hold(rights: Rights, *, days: int = 60, in_writing: bool = True, key: str = "") -> Any:
    ((receiver, _, _),) = officials_of(holder_id=rights.riverbend.pk, identity_id=rights.mother)
    form = {"receiver": receiver, "said_by": "A. Auditor, State Oversight", "until": (clock.today() + timedelta(days=days)).isoformat()}
    form |= {"request_key": key or a_key()} | ({"in_writing": "on"} if in_writing else {})
    return rights.client(rights.officer).post(held_page(rights), form)


def held_page(rights: Rights) -> str:
    return f"/rights/of/{rights.mother}/held/"


def her_screens(phone: Client) -> list[str]:
    phone.cookies["django_language"] = "en"
    return [words(phone.get(path)) for path in ("/my/told/", "/my/looked/", "/my/given/", "/my/rights/")] + [
        pdf(phone.get("/my/told/paper/").content)
    ]


def test_what_is_held_back_is_on_no_list_of_hers_and_nothing_says_so(rights: Rights, oversight: Agency) -> None:
    phone, row = rights.world.signed_in(), rights.asked("ACCOUNTING")
    before = her_screens(phone)
    disclosed(rights, oversight.pk, duties=["ACCOUNT_164_528"])
    by_hand(rights, to_kind="state_oversight", to_name=oversight.name, to_agency_id=oversight.pk, purpose="audit", how="LETTER")
    a_look(rights, oversight)
    assert hers(rights) == {"State Oversight Office"}
    assert hold(rights).status_code == 302
    assert her_screens(phone) == before
    assert listed(rights).entries == ()
    assert [step.code for step in rights.steps(row)] == ["RECEIVED"]
    # The holder's own book keeps the rows, and its officer sees that they are held back.
    with acting_as(viewer(rights.officer)):
        assert Disclosure.objects.filter(recipient_id=oversight.pk).exists()
    assert "A. Auditor, State Oversight" in words(rights.client(rights.officer).get(held_page(rights)))
    assert "Left out for an official" in rights.page(row)
    for who in (rights.world.dana, rights.their_officer):
        assert rights.client(who).get(held_page(rights)).status_code == 404


def a_look(rights: Rights, by: Agency) -> None:
    with acting_as(system(System.JOB, holder_id=by.pk)), connection.cursor() as cursor:
        cursor.execute("SELECT set_config('careloom.principal', %s, true)", [str(by.pk)])
        cursor.execute(
            "INSERT INTO access_log (id, at, principal_id, agency_id, purpose, place, identity_id, holder_id, categories, found)"
            " VALUES (%s, %s, %s, %s, 'audit', 'desk:family', %s, %s, '{posc.plan_core}', true)",
            [uuid4(), clock.now(), by.pk, by.pk, rights.mother, rights.riverbend.pk],
        )


def test_it_is_shown_again_when_the_time_is_over_or_the_officer_ends_it(rights: Rights, oversight: Agency) -> None:
    disclosed(rights, oversight.pk, duties=["ACCOUNT_164_528"])
    hold(rights)
    assert hers(rights) == set()
    with acting_as(viewer(rights.officer)):
        held = HeldBack.objects.get()
        HeldBack.objects.filter(pk=held.pk).update(begins_at=clock.now() - timedelta(days=9), ends_at=clock.now() - timedelta(days=1))
    assert hers(rights) == {"State Oversight Office"}
    hold(rights)
    assert hers(rights) == set()
    with acting_as(viewer(rights.officer)):
        again = HeldBack.objects.exclude(pk=held.pk).get()
    assert rights.client(rights.their_officer).post(f"/rights/held/{again.pk}/lift/").status_code == 404
    assert rights.client(rights.officer).post(f"/rights/held/{again.pk}/lift/").status_code == 302
    assert hers(rights) == {"State Oversight Office"}


@pytest.mark.parametrize(("days", "in_writing", "status"), [(30, False, 302), (31, False, 422), (31, True, 302), (0, True, 422)])
def test_a_spoken_word_holds_for_thirty_days_at_most(rights: Rights, oversight: Agency, days: int, in_writing: bool, status: int) -> None:
    disclosed(rights, oversight.pk, duties=["ACCOUNT_164_528"])
    assert hold(rights, days=days, in_writing=in_writing).status_code == status


def test_the_word_is_an_officials_and_is_kept_once(rights: Rights, oversight: Agency) -> None:
    """Home visiting is no law enforcement and no oversight: its rows cannot be held back at all."""
    looked(rights)
    key = a_key()
    assert officials_of(holder_id=rights.riverbend.pk, identity_id=rights.mother) == []
    assert rights.client(rights.officer).get(held_page(rights)).status_code == 404
    disclosed(rights, oversight.pk, duties=["ACCOUNT_164_528"])
    for _ in range(2):
        hold(rights, key=key)
    with acting_as(viewer(rights.officer)):
        assert HeldBack.objects.count() == 1
    for who in (rights.world.dana, rights.their_officer):
        with acting_as(viewer(who)):
            assert not HeldBack.objects.exists()
    with acting_as(rights.world.her().viewer):
        assert not HeldBack.objects.exists()


def test_the_seal_and_the_receiver_see_every_row(rights: Rights, oversight: Agency) -> None:
    """Holding back is for her lists: the sealed log and the receiver's own book lose nothing."""
    disclosed(rights, oversight.pk, duties=["ACCOUNT_164_528"])
    a_look(rights, oversight)
    hold(rights)
    with acting_as(system(System.SEAL)):
        assert Disclosure.objects.filter(recipient_id=oversight.pk).count() == 1
        assert AccessLog.objects.filter(agency_id=oversight.pk, identity_id=rights.mother).count() == 1


def test_an_answer_is_refused_to_who_is_not_known_to_be_her_and_to_nobody_else(rights: Rights) -> None:
    row = rights.asked("ACCOUNTING")
    with acting_as(viewer(rights.officer)):
        refused = actions.deny(
            by=viewer(rights.officer), at=clock.now(), right_id=row.pk, codes=("NOT_AGREED",), words="We would rather not give it.", row_version=1
        )  # fmt: skip
    assert isinstance(refused, actions.Refused)
    assert "CODES" in refused.codes
