"""What came of a form: its meaning in words, who may read it, what must be done at once, and what never happens."""

from __future__ import annotations

import pytest
from django.test import Client
from tests.factories.agencies import a_worker, viewer
from tests.integration.screening.conftest import EPDS, NEVER, PHQ, SAFE, Forms, words

from careloom.agencies.roles import Role
from careloom.consents.preview import rows_seen
from careloom.infra.access import acting_as
from careloom.kernel.agency_kinds import AgencyKind
from careloom.screening.kinds import category_of
from careloom.screening.models import FormDraft, FormResponse
from careloom.screening.previewing import preview_rows

LOW = {**NEVER, "phq-1": "several-days"}
DARK = {**NEVER, "phq-9": "several-days", "phq-difficulty": "somewhat"}


def test_a_result_says_what_it_means_in_words_and_is_no_diagnosis(made: Forms) -> None:
    row = made.filled(made.world.dana, dict(NEVER))
    page = words(made.client(made.world.dana).get(f"/forms/one/{row.pk}/"))
    assert "Total 0 . None or minimal signs of depression." in page
    assert "It is no diagnosis and no measure of a parent." in page
    assert "Little interest or pleasure in doing things Not at all" in page
    assert "No permission required to reproduce" in page


def test_an_answer_about_suicide_is_acted_on_at_once_and_what_was_done_is_written_down(made: Forms) -> None:
    row, client = made.filled(made.world.dana, dict(DARK)), made.client(made.world.dana)
    assert row.alerts == ["SUICIDALITY"]
    page = client.get(f"/forms/one/{row.pk}/")
    assert "Stay with her. Do not leave her alone." in words(page)
    assert 'role="alert"' in page.content.decode()
    assert "Act now on an answer of" in words(client.get("/today/"))
    (owed,) = made.owed(made.world.riverbend)
    assert owed.promised
    assert owed.link == f"/forms/one/{row.pk}/"
    assert owed.due_at is not None
    assert (owed.due_at - row.handed_in_at).total_seconds() == 30 * 60
    unsaid = client.post(f"/forms/one/{row.pk}/done/", {"code": "SUICIDALITY", "words": "She is well"})
    assert unsaid.status_code == 422
    assert made.owed(made.world.riverbend)
    told = {"code": "SUICIDALITY", "did": ["CLINICIAN", "STAYED"], "words": "The nurse took over at noon"}
    for _twice in range(2):
        assert client.post(f"/forms/one/{row.pk}/done/", told).status_code == 302
    assert made.owed(made.world.riverbend) == []
    page = client.get(f"/forms/one/{row.pk}/")
    assert "A clinician saw her the same day" in words(page)
    assert "The nurse took over at noon" in words(page)
    assert "Stay with her. Do not leave her alone." not in words(page)


def test_only_who_holds_the_answers_writes_down_what_was_done(made: Forms) -> None:
    row = made.filled(made.world.dana, dict(DARK))
    told = {"code": "SUICIDALITY", "did": ["CLINICIAN"]}
    for member in (made.world.colleague, made.world.bea, made.caseworker):
        assert made.client(member).post(f"/forms/one/{row.pk}/done/", told).status_code == 404
        assert made.client(member).post(f"/forms/one/{row.pk}/correct/", {"reason": "Because"}).status_code == 404
    assert made.owed(made.world.riverbend)
    other = {"code": "DANGER", "did": ["ADVOCATE"]}  # an alert that this form did not raise
    assert made.client(made.world.dana).post(f"/forms/one/{row.pk}/done/", other).status_code == 404


def test_a_correction_that_takes_the_answer_back_meets_what_was_owed_for_it(made: Forms) -> None:
    row, client = made.filled(made.world.dana, dict(DARK)), made.client(made.world.dana)
    draft = made.draft(client.post(f"/forms/one/{row.pk}/correct/", {"reason": "A slip of the finger"})["Location"].split("/")[-2])
    made.hand_in(made.world.dana, draft, dict(NEVER))
    assert made.owed(made.world.riverbend) == []


def test_the_result_of_a_licensed_instrument_is_kept_without_its_words(made: Forms) -> None:
    told = {"done-on_year": "2026", "done-on_month": "3", "done-on_day": "1", "done-on": "", "total": "12", "item-10": "1", "by-whom": ""}
    row = made.filled(made.world.dana, told, EPDS)
    assert row.alerts == ["SUICIDALITY"]
    page = words(made.client(made.world.dana).get(f"/forms/one/{row.pk}/"))
    assert "Total score 12 . 10 to 12: possible depression." in page
    assert "copyright The Royal College of Psychiatrists" in page


def test_a_slot_takes_no_number_that_the_instrument_cannot_give(made: Forms) -> None:
    told = {"done-on_year": "2026", "done-on_month": "3", "done-on_day": "1", "done-on": "", "total": "31", "item-10": "0"}
    answer = made.hand_in(made.world.dana, made.begun(made.world.dana, EPDS), told)
    assert answer.status_code == 422
    assert "Type a number that is 30 or less." in words(answer)


def shared(made: Forms) -> Client:
    """The mother's consent opens Riverbend's whole record to home visiting, and Bea works with the family."""
    plan = made.world.a_plan(mother_id=made.mother, agreed=True)
    made.world.share(plan, to=made.world.bea, information=("posc.plan_core", "part2.full_record", "dv.victim_record"))
    return made.client(made.world.bea)


def test_a_consent_that_names_it_opens_what_was_handed_in_and_nothing_else(made: Forms) -> None:
    client = shared(made)
    row = made.filled(made.world.dana, dict(LOW))
    draft = made.begun(made.world.dana)
    page = words(client.get(f"/forms/{made.mother}/"))
    assert "PHQ-9" in page.split("Handed in")[1].split("Fill a form")[0]
    assert "Begun, not handed in" not in page
    assert client.get(f"/forms/one/{row.pk}/").status_code == 200
    assert "Begin a correction" not in words(client.get(f"/forms/one/{row.pk}/"))
    assert client.get(f"/forms/fill/{draft.pk}/").status_code == 404


def test_what_she_says_about_safety_at_home_is_shared_with_nobody_and_never_printed(made: Forms) -> None:
    client = shared(made)
    asked = {"alone": "yes", "afraid": "yes", "hurt": "no", "control": "no", "forced": "no", "now": "no", "wants": ["numbers"]}
    draft = made.begun(made.world.dana, SAFE)
    made.client(made.world.dana).post(f"/forms/fill/{draft.pk}/", made.sent(draft, {"alone": "yes", "afraid": "yes"}, **{"continue": "1"}))
    done = made.hand_in(made.world.dana, made.draft(draft.pk), asked)
    row = made.response(done["Location"].split("/")[-2])
    assert row.category == "dv.victim_record"
    assert client.get(f"/forms/one/{row.pk}/").status_code == 404
    assert "Safe at home" not in words(client.get(f"/forms/{made.mother}/")).split("Fill a form")[0]
    page = made.client(made.world.dana).get(f"/forms/one/{row.pk}/")
    assert "These answers are never printed and never shared." in words(page)
    by = viewer(made.world.dana)
    with acting_as(by):
        assert not [one for one in rows_seen(viewer=by, identity_ids=[made.mother]) if isinstance(one.record, FormResponse)]


def test_nobody_is_asked_about_safety_at_home_who_is_not_alone(made: Forms) -> None:
    draft = made.begun(made.world.dana, SAFE)
    client = made.client(made.world.dana)
    client.post(f"/forms/fill/{draft.pk}/", made.sent(draft, {"alone": "no"}, **{"continue": "1"}))
    page = client.get(f"/forms/fill/{draft.pk}/")
    assert "Do not ask now." in words(page)
    assert 'name="afraid"' not in page.content.decode()


def test_answers_never_go_to_child_welfare_by_themselves(made: Forms) -> None:
    """Not by being handed in, not with the plan, not with a consent that does not name them."""
    plan = made.world.a_plan(mother_id=made.mother, agreed=True)
    row = made.filled(made.world.dana, dict(DARK))
    client = made.client(made.caseworker)
    assert client.get(f"/forms/one/{row.pk}/").status_code == 404
    assert client.get(f"/forms/{made.mother}/").status_code == 404
    made.world.share(plan, to=made.world.bea)  # plan and referrals, as most consents do
    seen = made.client(made.world.bea).get(f"/forms/{made.mother}/")
    assert "No form that you may read." in words(seen)
    assert made.client(made.world.bea).get(f"/forms/one/{row.pk}/").status_code == 404
    assert made.owed(made.county) == []


def test_answers_lie_under_the_kind_of_record_that_their_topic_and_their_holder_make_them(made: Forms) -> None:
    world = made.world
    assert category_of(topic="mood", agency=world.riverbend) == "part2.full_record"
    assert category_of(topic="progress", agency=world.riverbend) == "part2.treatment_summary"
    assert category_of(topic="mood", agency=world.st_agnes) == "hipaa.mental_health"
    assert category_of(topic="substance-use", agency=world.st_agnes) == "hipaa.toxicology"
    assert category_of(topic="newborn", agency=world.st_agnes) == "hipaa.newborn_record"
    assert category_of(topic="social-needs", agency=world.harbor) == "posc.plan_core"
    assert category_of(topic="mood", agency=made.county) == "cw.case_record"
    assert {category_of(topic="safe-at-home", agency=one) for one in (world.riverbend, world.st_agnes, made.county)} == {"dv.victim_record"}


def test_a_form_about_a_baby_is_about_a_baby(made: Forms) -> None:
    form = {"url": "urn:careloom:form:newborn-discharge", "about": str(made.mother), "language": "en"}
    answer = made.client(made.world.dana).post(f"/forms/{made.mother}/start/", form)
    assert answer.status_code == 422
    assert "This form is about the baby." in words(answer)


@pytest.mark.parametrize(("role", "status"), [(Role.SUPERVISOR, 200), (Role.PRIVACY_OFFICER, 404), (Role.DIRECTORY_STEWARD, 404)])
def test_who_may_open_the_forms_of_a_family(made: Forms, role: Role, status: int) -> None:
    client = made.client(a_worker(role, agency=made.world.riverbend))
    assert client.get(f"/forms/{made.mother}/").status_code == status
    assert client.get(f"/forms/{made.mother}/protocol/").status_code == status


def test_what_was_handed_in_is_read_in_the_language_in_which_it_was_asked(made: Forms) -> None:
    row = made.filled(made.world.dana, dict(NEVER), PHQ, language="es")
    page = made.client(made.world.dana).get(f"/forms/one/{row.pk}/")
    assert "Poco interés o placer en hacer cosas Ningún día" in words(page)
    assert row.response["language"] == "es"


def test_a_hospital_reads_its_own_and_not_the_programs(made: Forms) -> None:
    row = made.filled(made.world.dana, dict(LOW))
    hospital = a_worker(Role.CLINICIAN, agency=made.world.st_agnes)
    assert made.world.st_agnes.kind == AgencyKind.HOSPITAL
    assert made.client(hospital).get(f"/forms/one/{row.pk}/").status_code == 404


def test_a_form_that_was_handed_in_by_mistake_is_taken_back_and_nobody_else_reads_it(made: Forms) -> None:
    """Filled for another family: it stays with its holder, marked, with all its versions; nothing is owed for it and nothing shares it."""
    row, client = made.filled(made.world.dana, dict(DARK)), made.client(made.world.dana)
    assert client.post(f"/forms/one/{row.pk}/correct/", {"reason": "She said otherwise"}).status_code == 302
    for member in (made.world.colleague, made.world.bea, made.caseworker):
        assert made.client(member).post(f"/forms/one/{row.pk}/take-back/", {"because": "Not ours"}).status_code == 404
    assert client.post(f"/forms/one/{row.pk}/take-back/", {"because": " "}).status_code == 422
    by = viewer(made.world.dana)
    with acting_as(by):
        assert [one.record.pk for one in preview_rows(viewer=by, identity_ids=[row.identity_id])] == [row.pk]
    for _twice in range(2):
        assert client.post(f"/forms/one/{row.pk}/take-back/", {"because": "Filled for another family"}).status_code == 302
    with acting_as(by):
        assert preview_rows(viewer=by, identity_ids=[row.identity_id]) == []
        assert not FormResponse.objects.filter(pk=row.pk).exists()
        assert not FormDraft.objects.filter(amends_id=row.pk, state="OPEN").exists()
    assert made.owed(made.world.riverbend) == []
    page = words(client.get(f"/forms/one/{row.pk}/"))
    assert "Taken back: Filled for another family" in page
    assert "Begin a correction" not in page
    assert "Taken back" in words(client.get(f"/forms/{row.family_id}/"))
    assert client.post(f"/forms/one/{row.pk}/correct/", {"reason": "Once more"}).status_code == 422
