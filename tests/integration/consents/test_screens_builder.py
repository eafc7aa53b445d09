"""The builder: what she allows, the preview by the real kernel, what is missing, not now, and the signature."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.urls import reverse
from tests.factories.agencies import a_worker, viewer
from tests.factories.plans import a_key
from tests.integration.consents.conftest import Screens

from careloom.agencies.roles import Role
from careloom.consents.models import Consent
from careloom.infra import clock
from careloom.infra.access import System, acting_as, system
from careloom.infra.access.caseload import assign
from careloom.infra.access.models import Disclosure, Grant, Segment
from careloom.infra.audit.models import AuditRow
from careloom.messages.actions import plan_appointment
from careloom.people.actions import put_family_member
from careloom.plans import actions

MORE = "There may be more; ask the care team line."
HTMX = {"HX-Request": "true"}


def counts() -> tuple[int, ...]:
    """Consents, grants and segments of the whole database, as the role that makes grants reads them."""
    with acting_as(system(System.GRANTS)):
        return Consent.objects.count(), Grant.objects.count(), Segment.objects.count()


def test_everything_is_private_until_she_says_so(screens: Screens) -> None:
    page = screens.client().get(reverse("consents:new", args=[screens.mother]))
    text = page.content.decode()
    assert page.status_code == 200
    assert page.context["form"].cleaned_data["share"] == []
    assert "Keep private" in text
    assert "May share" in text
    assert MORE in text
    assert "counseling_notes" not in text


@pytest.mark.requirement("R-106")
def test_a_referral_that_lacks_a_consent_leads_here_filled_in(screens: Screens) -> None:
    asked = {
        "recipients": str(screens.world.bea.agency_id), "disclosers": str(screens.world.maria.agency_id),
        "information": "posc.referral_status,posc.plan_part2_segment", "purposes": "treatment",
    }  # fmt: skip
    page = screens.client().get(reverse("consents:new", args=[screens.mother]), asked)
    clean = page.context["form"].cleaned_data
    assert (clean["share"], clean["purposes"], clean["recipients"]) == (["PLAN", "TREATMENT"], ["treatment"], [screens.world.bea.agency_id])
    assert screens.world.st_agnes.name in page.content.decode()


@pytest.mark.parametrize("who", ["clinician", "stranger"])
def test_who_may_not_take_a_consent_finds_no_builder(screens: Screens, who: str) -> None:
    outsider = a_worker(Role.CLINICIAN, agency=screens.world.riverbend) if who == "clinician" else screens.world.bea
    for name in ("new", "sign", "paper"):
        assert screens.post(name, screens.form(), who=outsider).status_code == 404
        assert screens.client(outsider).get(reverse(f"consents:{name}", args=[screens.mother])).status_code == 404
    assert screens.post("new", screens.form()).status_code == 200


def test_a_switch_swaps_in_what_the_other_agency_would_see_and_leaves_nothing(screens: Screens) -> None:
    before = counts()
    part = screens.post("new", screens.form(), headers=HTMX)
    text = part.content.decode()
    assert "<html" not in text
    for shown in ("New with this consent", "Marisol Valdeluna", "A home of our own", "A door I can lock", "Care team line, 555-0100", MORE):
        assert shown in text
    assert counts() == before
    assert not screens.seen(screens.world.bea)
    off = screens.post("new", screens.form(share=[]), headers=HTMX).content.decode()
    assert "New with this consent" not in off
    assert MORE in off


def test_what_is_shared_already_is_not_called_new(screens: Screens) -> None:
    screens.world.share(screens.plan, to=screens.world.bea)
    text = screens.post("new", screens.form(), headers=HTMX).content.decode()
    assert "Already shared" in text
    assert "New with this consent" not in text


def test_what_the_other_agency_keeps_itself_counts_as_seen_as_far_as_the_worker_reads_it(screens: Screens) -> None:
    """Harbor wrote an aunt down and let Riverbend read it: Harbor has it already. What Riverbend may not read is not counted."""
    bea = viewer(screens.world.bea)
    with acting_as(bea):
        put_family_member(by=bea, at=screens.world.at, identity_id=screens.mother, name="Aunt Harborside", relation="aunt", contact="OK")
    assert "Already shared" not in screens.post("new", screens.form(), headers=HTMX).content.decode()
    with acting_as(bea):
        assign(by=bea, worker_id=bea.worker_id, identity_ids=[screens.mother], at=screens.world.at)  # type: ignore[arg-type]
    screens.world.share(screens.plan, to=screens.world.dana, holder=screens.world.bea.agency_id)
    text = screens.post("new", screens.form(), headers=HTMX).content.decode()
    assert "Already shared, of what you see" in text
    assert "Her family: Aunt Harborside" in text


def test_appointments_to_come_are_in_the_preview(screens: Screens) -> None:
    by = viewer(screens.world.dana)
    with acting_as(by):
        for days, title in ((3, "Ride to the crib class"), (-3, "A visit that was")):
            plan_appointment(
                by=by, at=screens.world.at, identity_id=screens.mother, kind="VISIT", title=title, neutral_title=title,
                starts_at=clock.now() + timedelta(days=days), plan_id=screens.plan.pk,
            )  # fmt: skip
    text = screens.post("new", screens.form(), headers=HTMX).content.decode()
    assert "Appointments to come" in text
    assert "Ride to the crib class" in text
    assert "A visit that was" not in text
    assert "Ride to the crib class" not in screens.post("new", screens.form(share=["HEALTH"]), headers=HTMX).content.decode()


def test_a_preview_shows_no_row_that_the_previewer_cannot_see(screens: Screens) -> None:
    """Harbor's own rows, and what another holder let Harbor see, stay unsaid."""
    bea, maria = viewer(screens.world.bea), viewer(screens.world.maria)
    for by, name in ((bea, "Aunt Harborside"), (maria, "Aunt Agnesia")):
        with acting_as(by):
            put_family_member(by=by, at=screens.world.at, identity_id=screens.mother, name=name, relation="aunt", contact="OK")
    screens.world.share(screens.plan, to=screens.world.bea, holder=screens.world.maria.agency_id)
    with acting_as(bea):
        assert Grant.objects.filter(recipient_id=bea.principal_id, holder_id=maria.holder_id).exists()
    text = screens.post("new", screens.form(), headers=HTMX).content.decode()
    assert "A home of our own" in text
    assert "Agnesia" not in text
    assert "Harborside" not in text


def test_no_one_of_the_program_is_named_until_she_shares_it(screens: Screens) -> None:
    by = viewer(screens.world.dana)
    with acting_as(by):
        actions.add_team_member(
            by=by, at=screens.world.at, plan_id=screens.plan.pk, name="Practice Counselor", role="PEER", agency_id=by.holder_id, request_key=a_key()
        )
    closed = screens.post("new", screens.form(), headers=HTMX).content.decode()
    opened = screens.post("new", screens.form(share=["PLAN", "TREATMENT"]), headers=HTMX).content.decode()
    frame = closed[: closed.index('id="sentence"')]
    assert "Practice Counselor" not in frame
    assert screens.world.riverbend.name not in frame
    assert "Practice Counselor" in opened


def test_an_infant_is_included_by_a_switch(screens: Screens) -> None:
    infant = screens.world.an_infant(mother_id=screens.mother, by=screens.world.dana)
    form = screens.client().get(reverse("consents:new", args=[screens.mother])).context["form"]
    assert form.cleaned_data["infants"] == [infant]
    screens.sign(infants=[str(infant)], request_key="with")
    screens.sign(request_key="without")
    by = viewer(screens.world.dana)
    with acting_as(by):
        kept = {c.request_key: c.subject_ids for c in Consent.objects.filter(identity_id=screens.mother)}
    assert kept == {"with": [screens.mother, infant], "without": [screens.mother]}


MISSING = [
    ({"recipients": None}, "42 CFR 2.31(a)(4)(i)"), ({"share": None}, "42 CFR 2.31(a)(3)"), ({"purposes": None}, "42 CFR 2.31(a)(5)"),
    ({"until": "DATE"}, "42 CFR 2.31(a)(7)"),
]  # fmt: skip


@pytest.mark.parametrize(("changes", "citation"), MISSING)
@pytest.mark.requirement("R-106")
def test_a_missing_element_is_named_with_its_citation_and_nothing_is_signed(screens: Screens, changes: dict[str, Any], citation: str) -> None:
    answer = screens.sign(**changes)
    assert answer.status_code == 422
    assert citation in answer.content.decode()
    assert screens.post("paper", screens.form(**changes)).status_code == 422
    with acting_as(viewer(screens.world.dana)):
        assert not Consent.objects.filter(identity_id=screens.mother).exists()


@pytest.mark.parametrize(
    ("changes", "said"),
    [({"typed": " "}, "42 CFR 2.31(a)(8)"), ({"how": "PAPER"}, "42 CFR 2.31(a)(9)"), ({"how": "SPOKEN"}, "42 CFR 2.31(a)(8)")],
)
def test_a_signature_of_a_treatment_release_needs_her_hand_and_its_day(screens: Screens, changes: dict[str, str], said: str) -> None:
    answer = screens.sign(**changes)
    assert answer.status_code == 422
    assert said in answer.content.decode()
    assert not screens.seen(screens.world.bea)


def test_she_signs_on_the_screen_once_however_often_it_is_sent(screens: Screens) -> None:
    first = screens.sign(request_key="once")
    second = screens.sign(request_key="once")
    assert (first.status_code, second.status_code) == (302, 302)
    with acting_as(viewer(screens.world.dana)):
        consent = Consent.objects.get(identity_id=screens.mother)
    assert first.headers["Location"] == second.headers["Location"] == reverse("consents:one", args=[consent.pk])
    assert (consent.kind, consent.signature_method, consent.reader) == ("specific", "SCREEN", "Dana")
    assert consent.expires_on == clock.today() + timedelta(days=180)
    assert screens.seen(screens.world.bea)


def test_paper_keeps_the_day_that_stands_on_it(screens: Screens) -> None:
    day = clock.today() - timedelta(days=1)
    assert screens.sign_on_paper(signed_on=day.isoformat()).status_code == 302
    with acting_as(viewer(screens.world.dana)):
        assert Consent.objects.get(identity_id=screens.mother).signed_on == day
    printed = screens.post("paper", screens.form())
    assert printed.content.startswith(b"%PDF")


def test_a_plan_agreement_of_an_agency_that_treats_nobody_may_be_spoken(screens: Screens) -> None:
    world = screens.world
    mother = world.a_mother(by=world.bea, given_name="Ana")
    form = screens.form(recipients=[str(world.maria.agency_id)], purposes=["treatment"])
    address = reverse("consents:sign", args=[mother])
    assert screens.client(world.bea).post(address, form | {"how": "SPOKEN"}).status_code == 302
    with acting_as(viewer(world.bea)):
        consent = Consent.objects.get(identity_id=mother)
    assert (consent.kind, consent.signature_method) == ("plan_agreement", "SPOKEN")
    with acting_as(viewer(world.maria)):
        assert Grant.objects.filter(recipient_id=world.maria.agency_id, identity_id=mother).exists()


def test_the_case_can_be_its_end(screens: Screens) -> None:
    assert screens.sign(until="cps_case_closed").status_code == 302
    with acting_as(viewer(screens.world.dana)):
        assert Consent.objects.get(identity_id=screens.mother).expiry_event == "cps_case_closed"
    assert screens.seen(screens.world.bea)


def test_not_now_is_noted_and_changes_nothing(screens: Screens) -> None:
    before = counts()
    answer = screens.post("new", screens.form(go="no"))
    assert answer.status_code == 302
    with acting_as(viewer(screens.world.dana)):
        assert AuditRow.objects.filter(action="consents.offered", identity_id=screens.mother, detail={"answer": "NOT_NOW"}).count() == 1
    assert counts() == before
    assert not screens.seen(screens.world.bea)


def test_a_recipient_that_reads_for_another_purpose_is_told_of(screens: Screens) -> None:
    form = screens.form(recipients=[str(screens.world.maria.agency_id)])
    assert "or it sees nothing" in screens.post("new", form, headers=HTMX).content.decode()
    form["purposes"] = ["treatment"]
    assert "or it sees nothing" not in screens.post("new", form, headers=HTMX).content.decode()


def test_a_past_day_is_no_end(screens: Screens) -> None:
    answer = screens.sign(until="DATE", until_on="2020-01-01")
    assert answer.status_code == 422
    assert "Choose today or a later day." in answer.content.decode()


def test_looking_at_a_preview_tells_nobody_that_the_recipient_looked(screens: Screens) -> None:
    screens.post("new", screens.form(), headers=HTMX)
    with acting_as(viewer(screens.world.dana)):
        assert not Disclosure.objects.filter(recipient_id=screens.world.bea.agency_id).exists()
