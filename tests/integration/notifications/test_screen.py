"""The one screen of a birth, as the hospital's social worker uses it (journey J1), with and without script."""

from __future__ import annotations

import re
import shutil
from html.parser import HTMLParser
from pathlib import Path

import pytest
from django.test import Client
from tests.factories.agencies import a_worker, an_agency
from tests.factories.births import ANSWERED, a_birth, a_draft

from careloom.agencies.models import Membership
from careloom.agencies.roles import Role
from careloom.infra.access import System, acting_as, system
from careloom.infra.packs import packs_folder
from careloom.notifications.models import Notification

TAPS = {"as_prescribed": "YES", "in_treatment": "YES", "safety_concern": "NO", "plan_status": "WANTS_ONE", "told": "IN_HER_LANGUAGE"}


class Inputs(HTMLParser):
    """Names of the controls that a person can see inside the form of the birth."""

    def __init__(self) -> None:
        super().__init__()
        self.names: set[str] = set()
        self.inside = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = dict(attrs)
        if tag == "form":
            self.inside = values.get("id") == "birth"
        if self.inside and tag in {"input", "select", "textarea"} and values.get("type") not in {"hidden", "submit"}:
            self.names.add(str(values["name"]))

    def handle_endtag(self, tag: str) -> None:
        self.inside = self.inside and tag != "form"


def inputs(html: str) -> set[str]:
    parser = Inputs()
    parser.feed(html)
    return parser.names


def posted(html: str, **answers: str) -> dict[str, str]:
    """What a browser would send: the hidden version and key of this page, with `answers`."""
    hidden = dict(re.findall(r'name="(version|form_key)" value="([^"]+)"', html))
    return hidden | answers


def stored(row: Notification) -> Notification:
    with acting_as(system(System.JOB, holder_id=row.holder_id)):
        return Notification.objects.get(pk=row.pk)


def page_of(night: Client, row: Notification, query: str = "") -> str:
    answer = night.get(f"/births/{row.pk}/{query}")
    assert answer.status_code == 200
    return answer.content.decode()


@pytest.mark.requirement("R-151")
@pytest.mark.parametrize(
    ("exposures", "answers", "title", "rule"),
    [
        ((("PRESCRIPTION_OPIOID", "YES"),), {"in_treatment": "NO"}, "Tell the state, without names", "ZZ-L0"),
        ((("BUPRENORPHINE", "YES"),), {}, "Tell the state, without names", "ZZ-L1"),
        ((("CANNABIS", "NO"),), {"in_treatment": "NO"}, "Tell the state, without names", "ZZ-L2"),
        ((("FENTANYL", "NO"),), {"in_treatment": "NO"}, "Tell child welfare, with names", "ZZ-L3"),
        ((("FENTANYL", "NO"),), {"safety_concern": "YES", "safety_words": "Seen at 2 AM"}, "Make a report, and tell child welfare", "ZZ-L4"),
        ((), {}, "Nothing to send", "ZZ-NOTHING"),
    ],
)
def test_the_screen_says_what_each_birth_calls_for(
    night: Client, worker: Membership, exposures: tuple[tuple[str, str], ...], answers: dict[str, str], title: str, rule: str
) -> None:
    row = a_draft(a_birth(worker, exposures=exposures), **(ANSWERED | answers))
    html = page_of(night, row)
    assert title in html
    assert f"rule {rule}," in html
    assert ("Not a child-abuse report" in html) is (rule != "ZZ-L4")


@pytest.mark.requirement("R-151")
def test_a_prescribed_medicine_in_treatment_is_level_one_with_its_program_in_the_lead(night: Client, worker: Membership) -> None:
    html = page_of(night, a_draft(a_birth(worker), **ANSWERED))
    assert "The plan would be led by her treatment program." in html
    assert "Medication for opioid use disorder is treatment." in html
    assert "Columbia Family Care Rule 1.2 (fictional)" in html
    for chip in ("A random receipt number", "2026", "Buprenorphine", "Prescribed", "No plan yet"):
        assert f"<li>{chip}</li>" in html
    assert "<li>Her name</li>" not in html


def test_only_a_stated_safety_concern_leads_to_a_report_and_the_plan_is_still_offered(night: Client, worker: Membership) -> None:
    row = a_draft(a_birth(worker, exposures=(("FENTANYL", "NO"),)), **(ANSWERED | {"in_treatment": "NO"}))
    calm = page_of(night, row)
    assert "Call now, and say this" not in calm
    answer = night.post(f"/births/{row.pk}/decide/", posted(calm, **(TAPS | {"in_treatment": "NO", "safety_concern": "YES"})))
    panel = answer.content.decode()
    assert "Call now, and say this" in panel
    assert "A plan of safe care is offered." in panel
    assert re.search(r'id="safety-words"[^>]* hx-swap-oob="true"', panel)
    assert "hidden" not in re.sub(r'type="hidden"', "", re.findall(r"<textarea[^>]*>", panel)[0])


def test_five_taps_and_at_most_twelve_inputs(night: Client, worker: Membership) -> None:
    row = a_draft(a_birth(worker))
    html = page_of(night, row)
    assert inputs(html) == set(TAPS)
    all_open = set(TAPS)
    for number in (3, 4, 5, 6, 7):
        all_open |= inputs(page_of(night, row, f"?change={number}"))
    assert 5 < len(all_open) <= 12
    assert "Buprenorphine" in html
    assert "3,160 g" in html


def test_a_fact_is_changed_without_script(night: Client, worker: Membership) -> None:
    row = a_draft(a_birth(worker))
    html = page_of(night, row, "?change=3")
    night.post(f"/births/{row.pk}/", posted(html, open="3", substances="FENTANYL", go="show") | TAPS)
    assert [e["substance"] for e in stored(row).facts["exposures"]] == ["FENTANYL"]
    # Something new on the list begins as not sure, and not sure is never read against her.
    assert stored(row).facts["exposures"][0]["prescribed"] == "UNSURE"
    html = page_of(night, row, "?change=4")
    night.post(f"/births/{row.pk}/", posted(html, open="4", prescribed_FENTANYL="NO", go="show") | TAPS | {"in_treatment": "NO"})
    assert "Tell child welfare, with names" in page_of(night, row)


def test_htmx_opens_one_fact_in_its_place(night: Client, worker: Membership) -> None:
    row = a_draft(a_birth(worker))
    part = night.get(f"/births/{row.pk}/?change=5", headers={"HX-Request": "true"}).content.decode()
    assert part.lstrip().startswith('<div class="cl-field" id="fact-5">')
    assert "<html" not in part


def test_before_she_is_told_the_button_leads_to_the_script_in_her_language(night: Client, worker: Membership) -> None:
    row = a_draft(a_birth(worker))
    html = page_of(night, row)
    assert "First, tell her" in html
    assert "Send without names" not in html
    untold = {name: value for name, value in TAPS.items() if name != "told"}
    answer = night.post(f"/births/{row.pk}/", posted(html, go="tell") | untold)
    assert answer.headers["Location"] == f"/births/{row.pk}/tell/"
    script = night.get(f"/births/{row.pk}/tell/").content.decode()
    assert '<blockquote class="cl-said" lang="es"><p>El hospital manda un número al estado.' in script
    assert script.index('lang="es"><p>') < script.index('lang="en"><p>')
    night.post(f"/births/{row.pk}/tell/", posted(script, told="INTERPRETER"))
    told = stored(row)
    assert (told.told_how, told.told_by, told.told_at is not None) == ("INTERPRETER", worker.worker_id, True)
    assert "Send without names" in page_of(night, row)


def test_nothing_is_sent_before_she_is_told_unless_a_reason_is_written(night: Client, worker: Membership) -> None:
    row = a_draft(a_birth(worker), **(ANSWERED | {"told_mother": "NOT_YET", "told_how": ""}))
    html = page_of(night, row)
    night.post(f"/births/{row.pk}/", posted(html, go="send") | TAPS | {"told": "NOT_YET"})
    assert stored(row).status == "DRAFT"
    # Saying that it is not safe without the reason is not enough either.
    night.post(f"/births/{row.pk}/", posted(html, go="send") | TAPS | {"told": "NOT_SAFE_TO_TELL"})
    assert stored(row).status == "DRAFT"
    tell = night.get(f"/births/{row.pk}/tell/").content.decode()
    assert night.post(f"/births/{row.pk}/tell/", posted(tell, because="  ")).status_code == 422
    night.post(f"/births/{row.pk}/tell/", posted(tell, because="She is asleep after surgery."))
    html = page_of(night, row)
    assert "Send without names" in html
    night.post(f"/births/{row.pk}/", posted(html, go="send") | TAPS | {"told": "NOT_SAFE_TO_TELL"})
    assert (stored(row).status, stored(row).not_told_because) == ("SENT", "She is asleep after surgery.")


def test_missing_answers_are_named_and_linked(night: Client, worker: Membership) -> None:
    row = a_draft(a_birth(worker))
    html = page_of(night, row)
    answer = night.post(f"/births/{row.pk}/", posted(html, go="send", told="IN_HER_LANGUAGE"))
    assert answer.status_code == 422
    assert answer.content.decode().count("Choose one to go on.") >= 4
    concern = night.post(f"/births/{row.pk}/", posted(html, go="send") | TAPS | {"safety_concern": "YES", "safety_words": ""})
    assert "Write in a sentence what was seen or said." in concern.content.decode()
    assert stored(row).status == "DRAFT"


def test_sending_twice_sends_once_and_shows_the_receipt(night: Client, worker: Membership) -> None:
    row = a_draft(a_birth(worker, babies=2))
    fields = posted(page_of(night, row), go="send") | TAPS
    first, second = (night.post(f"/births/{row.pk}/", fields) for _ in range(2))
    assert first.headers["Location"] == second.headers["Location"] == f"/births/{row.pk}/receipt/"
    receipt = night.get(f"/births/{row.pk}/receipt/")
    assert receipt.headers["Cache-Control"] == "no-store"
    numbers = re.findall(r"<code>([0-9a-f-]{36})</code>", receipt.content.decode())
    assert len(set(numbers)) == 2
    assert "Receipt numbers, one for each baby" in receipt.content.decode()
    assert not any(number in page_of(night, row, "receipt/").split("<main")[0] for number in numbers)
    assert not any(number in night.get("/births/").content.decode() for number in numbers)


def test_a_second_writer_sees_both_texts_and_nothing_is_written_over(client: Client, worker: Membership) -> None:
    born = a_birth(worker)
    row = a_draft(born)
    client.force_login(worker.worker.user)
    mine = posted(page_of(client, row), **(TAPS | {"in_treatment": "WAITING"}))
    other = Client()
    other.force_login(worker.worker.user)
    other.post(f"/births/{row.pk}/", posted(page_of(other, row), go="show") | TAPS | {"in_treatment": "NO"})
    answer = client.post(f"/births/{row.pk}/", mine | {"go": "show"})
    assert answer.status_code == 409
    html = answer.content.decode()
    assert "Waiting for a place" in html
    assert "Keep what I wrote" in html
    assert stored(row).facts["in_treatment"] == "NO"
    auto = client.post(f"/births/{row.pk}/save/", mine, headers={"X-Autosave": "1"})
    assert (auto.status_code, auto.json()["url"]) == (409, f"/births/{row.pk}/conflict/")
    both = client.get(auto.json()["url"]).content.decode()
    version = re.findall(r'name="version" value="(\d+)"', both)[0]
    client.post(f"/births/{row.pk}/", {"go": "mine", "version": version})
    assert stored(row).facts["in_treatment"] == "WAITING"


def test_a_page_that_saves_as_one_types_is_not_in_conflict_with_itself(night: Client, worker: Membership) -> None:
    row = a_draft(a_birth(worker))
    html = page_of(night, row)
    saved = night.post(f"/births/{row.pk}/save/", posted(html, in_treatment="YES"), headers={"X-Autosave": "1"})
    assert saved.status_code == 200
    assert saved.json()["version"] == "2"
    assert night.post(f"/births/{row.pk}/", posted(html, go="show") | TAPS).status_code == 302


def test_a_draft_is_handed_to_a_colleague_who_finds_it(night: Client, worker: Membership) -> None:
    row = a_draft(a_birth(worker))
    day = a_worker(Role.HOSPITAL_SOCIAL_WORKER, agency=worker.agency)
    a_worker(Role.AGENCY_ADMIN, agency=worker.agency)
    theirs = Client()
    theirs.force_login(day.worker.user)
    assert theirs.get(f"/births/{row.pk}/").status_code == 404
    answer = night.post(f"/births/{row.pk}/", posted(page_of(night, row), go="hand") | TAPS)
    assert answer.headers["Location"] == f"/births/{row.pk}/hand-over/"
    offered = night.get(answer.headers["Location"]).content.decode()
    assert offered.count('name="worker"') == 1
    night.post(answer.headers["Location"], {"worker": str(day.worker_id)})
    assert theirs.get(f"/births/{row.pk}/").status_code == 200


def test_a_locked_screen_keeps_the_draft(night: Client, worker: Membership) -> None:
    row = a_draft(a_birth(worker))
    fields = posted(page_of(night, row), go="show") | TAPS
    session = night.session
    session["locked"] = True
    session.save()
    assert "/unlock/" in night.post(f"/births/{row.pk}/", fields).headers["Location"]
    assert night.session["kept_form"]["path"] == f"/births/{row.pk}/"
    assert "WANTS_ONE" not in str(night.session["kept_form"])


@pytest.mark.parametrize(("role", "same"), [(Role.HOSPITAL_SOCIAL_WORKER, False), (Role.CARE_COORDINATOR, True), (Role.DIRECTORY_STEWARD, True)])
def test_another_hospital_and_a_worker_who_may_not_notify_get_the_page_of_nothing(client: Client, worker: Membership, role: Role, same: bool) -> None:
    row = a_draft(a_birth(worker))
    stranger = a_worker(role, agency=worker.agency if same else an_agency())
    client.force_login(stranger.worker.user)
    hidden = client.get(f"/births/{row.pk}/")
    absent = client.get("/births/6f1d2a34-5b6c-4d7e-8f90-a1b2c3d4e5f6/")
    assert (hidden.status_code, absent.status_code) == (404, 404)
    masked = [re.sub(r'(value|data-csrf|data-owner|nonce)="[^"]*"', "", a.content.decode()) for a in (hidden, absent)]
    assert masked[0] == masked[1]
    assert client.post(f"/births/{row.pk}/decide/", TAPS).status_code == 404
    assert client.post(f"/births/{row.pk}/save/", TAPS).status_code == 404


def test_a_pack_that_asks_for_month_or_county_is_said_to_identify(
    night: Client, worker: Membership, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    copy = tmp_path / "packs"
    shutil.copytree(packs_folder(), copy)
    rules = copy / "columbia" / "rules.yaml"
    rules.write_text(rules.read_text().replace("deidentified: [RECEIPT, STATE, YEAR,", "deidentified: [RECEIPT, STATE, YEAR, MONTH, COUNTY,"))
    row = a_draft(a_birth(worker), **ANSWERED)
    monkeypatch.setattr("careloom.infra.packs.reading.packs_folder", lambda: copy)
    html = page_of(night, row)
    assert "This jurisdiction asks for month, county." in html
    assert "so this notification counts as identified" in html
    assert 'aria-current="true"><span class="dot"></span>With names' in html
    assert "Send with names" in html


def test_rules_that_nobody_reviewed_say_so(night: Client, worker: Membership) -> None:
    row = a_draft(a_birth(worker), **ANSWERED)
    with acting_as(system(System.JOB, holder_id=row.holder_id)):
        Notification.objects.filter(pk=row.pk).update(pack="base")
    assert "has not been checked by counsel" in page_of(night, row)
