"""A form is saved as one types, gone on with elsewhere, met by a colleague's text, thrown away, handed in once."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest
from django.test import Client
from tests.factories.agencies import a_worker, viewer
from tests.integration.screening.conftest import NEVER, PHQ, SOCIAL, Forms, words

from careloom.agencies.roles import Role
from careloom.infra.access import System, acting_as, system
from careloom.infra.audit.models import AuditRow
from careloom.screening.models import FormDraft, FormResponse


def autosaved(client: Client, draft: FormDraft, form: dict[str, Any]) -> Any:
    return client.post(f"/forms/fill/{draft.pk}/save/", form, headers={"X-Autosave": "1", "Accept": "application/json"})


def ticked(answer: Any) -> list[str]:
    """The values of the choices that are made on a page."""
    chosen = re.findall(r"<input[^>]*\schecked[^>]*>", answer.content.decode())
    return [match[1] for one in chosen if (match := re.search(r'value="([^"]*)"', one))]


def test_a_draft_is_saved_quietly_and_gone_on_with_on_another_device(made: Forms) -> None:
    dana = made.world.dana
    draft = made.begun(dana)
    saved = autosaved(made.client(dana), draft, made.sent(draft, {"phq-1": "several-days"}))
    assert saved.status_code == 200
    told = json.loads(saved.content)
    assert told["version"] == "2"
    assert told["at"]
    assert made.draft(draft.pk).answers == {"phq-1": ["several-days"]}
    page = made.client(dana).get(f"/forms/fill/{draft.pk}/")  # another browser
    assert "Saved at" in words(page)
    assert ticked(page) == ["several-days", "SPOKEN"]
    assert "PHQ-9" in words(made.client(dana).get(f"/forms/{made.mother}/")).split("Handed in")[0]


def test_a_session_that_ends_with_a_full_form_loses_nothing(made: Forms) -> None:
    dana, client = made.world.dana, made.client(made.world.dana)
    draft = made.begun(dana)
    autosaved(client, draft, made.sent(draft, dict(NEVER)))
    client.logout()
    late = autosaved(client, draft, made.sent(draft, {"phq-1": "several-days"}))
    assert late.status_code == 401  # the page keeps it on the device and tries again
    client.force_login(dana.worker.user)
    assert ticked(client.get(f"/forms/fill/{draft.pk}/")) == ["not-at-all"] * 9 + ["SPOKEN"]
    again = autosaved(client, draft, made.sent(made.draft(draft.pk), {"phq-1": "several-days"}))
    assert again.status_code == 200
    assert made.draft(draft.pk).answers["phq-1"] == ["several-days"]


def test_beginning_twice_goes_on_with_the_same_draft(made: Forms) -> None:
    assert made.begun(made.world.dana).pk == made.begun(made.world.dana).pk
    assert made.begun(made.world.dana, SOCIAL).pk != made.begun(made.world.dana).pk


def both_typed(made: Forms) -> tuple[FormDraft, Client, Client]:
    """Dana and her supervisor have the same draft open; the supervisor saves first."""
    draft = made.begun(made.world.dana)
    dana, boss = made.client(made.world.dana), made.client(made.world.supervisor)
    assert autosaved(boss, draft, made.sent(draft, {"phq-1": "several-days", "phq-2": "several-days"}) | {"tab": "boss"}).status_code == 200
    return draft, dana, boss


def test_two_people_on_one_draft_see_both_texts_and_nothing_is_overwritten(made: Forms) -> None:
    draft, dana, _boss = both_typed(made)
    met = autosaved(dana, draft, made.sent(draft, {"phq-1": "nearly-every-day", "phq-2": "several-days"}))
    assert met.status_code == 409
    assert json.loads(met.content)["url"] == f"/forms/fill/{draft.pk}/both/"
    assert made.draft(draft.pk).answers["phq-1"] == ["several-days"]
    page = words(dana.get(f"/forms/fill/{draft.pk}/both/"))
    assert "Several days Saved now" in page
    assert "Nearly every day What you typed" in page
    assert page.count("Saved now") == 1  # what both say alike is not asked
    version = made.draft(draft.pk).row_version
    dana.post(f"/forms/fill/{draft.pk}/both/", {"version": version, "keep:phq-1": "mine"})
    settled = made.draft(draft.pk)
    assert settled.answers == {"phq-1": ["nearly-every-day"], "phq-2": ["several-days"]}
    assert settled.others == []


def test_a_text_that_waits_keeps_the_form_from_being_handed_in(made: Forms) -> None:
    draft, dana, boss = both_typed(made)
    autosaved(dana, draft, made.sent(draft, {"phq-1": "nearly-every-day"}))
    stands = made.draft(draft.pk)
    full = {"asked": list(NEVER), **NEVER, "version": stands.row_version, "tab": "boss", "how": "SPOKEN", "shown": "1", "hand_in": "1"}
    refused = boss.post(f"/forms/fill/{draft.pk}/", full)
    assert refused.status_code == 422
    assert "Say first which text stands" in words(refused)
    assert made.draft(draft.pk).state == "OPEN"


def test_without_javascript_a_colleagues_text_is_met_as_well(made: Forms) -> None:
    draft, dana, _boss = both_typed(made)
    answer = dana.post(f"/forms/fill/{draft.pk}/", made.sent(draft, dict(NEVER), hand_in="1", how="SPOKEN", shown="1"))
    assert answer["Location"] == f"/forms/fill/{draft.pk}/both/"
    assert made.draft(draft.pk).others[0]["answers"]["phq-9"] == ["not-at-all"]


def test_one_page_that_saves_twice_on_the_way_does_not_meet_itself(made: Forms) -> None:
    draft, client = made.begun(made.world.dana), made.client(made.world.dana)
    for answer in ("several-days", "not-at-all"):
        assert autosaved(client, draft, made.sent(draft, {"phq-1": answer})).status_code == 200
    assert made.draft(draft.pk).answers == {"phq-1": ["not-at-all"]}


def test_a_draft_is_thrown_away_with_what_was_typed(made: Forms) -> None:
    draft, client = made.begun(made.world.dana), made.client(made.world.dana)
    autosaved(client, draft, made.sent(draft, {"phq-1": "several-days"}))
    client.post(f"/forms/fill/{draft.pk}/discard/")
    gone = made.draft(draft.pk)
    assert (gone.state, gone.answers) == ("DISCARDED", {})
    assert client.get(f"/forms/fill/{draft.pk}/").status_code == 302


def test_handing_in_says_what_is_missing_at_its_question(made: Forms) -> None:
    draft = made.begun(made.world.dana)
    answer = made.hand_in(made.world.dana, draft, {"phq-1": "several-days"})
    assert answer.status_code == 422
    assert answer.content.decode().count("Choose one to go on.") >= 8
    assert 'href="#id_phq-2_0"' in answer.content.decode()
    assert made.draft(draft.pk).answers == {"phq-1": ["several-days"]}


def test_handing_in_twice_makes_one_record(made: Forms) -> None:
    draft = made.begun(made.world.dana)
    first, second = (made.hand_in(made.world.dana, draft, dict(NEVER)) for _ in range(2))
    assert first["Location"] == second["Location"]
    with acting_as(system(System.MATCHING)):
        assert FormResponse.objects.filter(identity_id=made.mother).count() == 1
    assert made.draft(draft.pk).answers == {}  # what was typed stands in the record alone


def test_an_answer_opens_a_question_by_going_on_and_with_htmx_at_once(made: Forms) -> None:
    draft, client = made.begun(made.world.dana, SOCIAL), made.client(made.world.dana)
    form = made.sent(draft, {"housing": "yes"}, **{"continue": "1"})
    assert client.post(f"/forms/fill/{draft.pk}/", form).status_code == 302
    assert 'name="housing-now"' in client.get(f"/forms/fill/{draft.pk}/").content.decode()
    part = client.post(f"/forms/fill/{draft.pk}/save/", made.sent(made.draft(draft.pk), {"housing": "no"}), headers={"HX-Request": "true"})
    assert part.status_code == 200
    assert 'name="housing-now"' not in part.content.decode()
    same = {"asked": re.findall(r'name="asked" value="([^"]*)"', part.content.decode()), "housing": "not-now", "version": "1", "tab": "tab-one"}
    assert client.post(f"/forms/fill/{draft.pk}/save/", same, headers={"HX-Request": "true"}).status_code == 204
    assert made.draft(draft.pk).answers["housing"] == ["not-now"]
    assert 'value="tab-one"' in part.content.decode()


def test_a_correction_has_a_reason_keeps_the_old_answers_and_is_in_the_trail(made: Forms) -> None:
    old, client = made.filled(made.world.dana, dict(NEVER)), made.client(made.world.dana)
    assert client.post(f"/forms/one/{old.pk}/correct/", {"reason": ""}).status_code == 422
    began = client.post(f"/forms/one/{old.pk}/correct/", {"reason": "She said it differently the same day"})
    draft = made.draft(began["Location"].split("/")[-2])
    assert draft.answers == old.answers
    done = made.hand_in(made.world.dana, draft, {**NEVER, "phq-1": "nearly-every-day"})
    new = made.response(done["Location"].split("/")[-2])
    assert (new.number, new.series_id, new.scores["total"], new.response["status"]) == (2, old.pk, 3, "amended")
    assert made.response(old.pk).answers == old.answers
    assert made.response(old.pk).replaced_at is not None
    assert "These answers were corrected." in words(client.get(f"/forms/one/{old.pk}/"))
    assert "She said it differently the same day" in words(client.get(f"/forms/one/{new.pk}/"))
    assert words(client.get(f"/forms/{made.mother}/")).count("Corrected") == 1
    with acting_as(viewer(made.world.supervisor)):
        assert AuditRow.objects.filter(action="screening.amended", object_id=new.pk).count() == 1


@pytest.mark.parametrize("path", ["{draft}/", "{draft}/both/"])
def test_a_colleague_without_the_family_and_a_role_without_forms_find_nothing(made: Forms, path: str) -> None:
    draft = made.begun(made.world.dana)
    steward = a_worker(Role.PRIVACY_OFFICER, agency=made.world.riverbend)
    place = "/forms/fill/" + path.format(draft=draft.pk)
    assert made.client(made.world.dana).get(place).status_code in (200, 302)
    for member in (made.world.colleague, made.world.bea, steward):
        assert made.client(member).get(place).status_code == 404


def test_only_her_workers_save_hand_in_and_throw_away(made: Forms) -> None:
    draft = made.begun(made.world.dana)
    for member in (made.world.colleague, made.world.bea):
        client = made.client(member)
        for place in ("save/", "discard/", ""):
            answer = client.post(f"/forms/fill/{draft.pk}/{place}", made.sent(draft, dict(NEVER), hand_in="1", how="SPOKEN", shown="1"))
            assert answer.status_code == 404
        assert client.post(f"/forms/{made.mother}/start/", {"url": PHQ, "about": str(made.mother), "language": "en"}).status_code == 404
    assert made.draft(draft.pk).state == "OPEN"
    assert made.hand_in(made.world.dana, draft, dict(NEVER)).status_code == 302
