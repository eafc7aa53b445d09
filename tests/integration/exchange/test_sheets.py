"""Families come in from a spreadsheet: the columns, the dry run, the job; stopped, killed, sent again, and seen by nobody else."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from tests.factories.agencies import a_worker, an_agency, viewer
from tests.factories.fhir import an_administrator

from careloom.agencies.models import Agency, Membership
from careloom.agencies.roles import Role
from careloom.config.commands import CommandProblem, import_sheet
from careloom.exchange.models import Sheet, SheetMapping
from careloom.exchange.sheets import actions, work
from careloom.health.models import Birth, Exposure
from careloom.infra import clock
from careloom.infra.access import System, acting_as, system
from careloom.infra.access.models import Caseload
from careloom.kernel.agency_kinds import AgencyKind
from careloom.people.models import PersonRecord

pytestmark = pytest.mark.django_db
SignIn = Callable[[Any], Client]
HOME = "/import/sheets/"
HEAD = "Case,Mother,Mother DOB,Infant,DOB,Birth weight,Substances,Worker"


@dataclass
class Office:
    """A county's hub, whose coordinator brings her log."""

    agency: Agency
    dana: Membership
    browser: Client

    def row(self, number: int = 1, **changes: str) -> str:
        day = str(clock.today() - timedelta(days=90))
        told = {
            "case": str(number), "mother": f"Mother{number} Practice", "born": "1994-05-01", "infant": f"Baby{number}", "dob": day, "weight": "2810",
            "drug": "Methadone", "worker": "",
        } | changes  # fmt: skip
        return ",".join(told.values())

    def bring(self, *rows: str, head: str = HEAD, **form: Any) -> Any:
        file = SimpleUploadedFile("log.csv", "\n".join([head, *rows]).encode())
        return self.browser.post(HOME, {"file": file, "kept": "", "request_key": uuid4().hex} | form)

    def brought(self, *rows: str, **form: Any) -> str:
        answer = self.bring(*rows, **form)
        assert answer.status_code == 302, answer.content.decode()
        return str(answer.headers["Location"])

    def checked(self, page: str, **changes: str) -> Any:
        """Press the button of the dry run with what the page proposes."""
        form = self.browser.get(page).context["form"]
        told = {name: form[name].value() or "" for name in form.fields} | changes
        return self.browser.post(page, told | {"does": "check"}, follow=True)

    def sheet(self, page: str) -> Sheet:
        with acting_as(system(System.JOB)):
            return Sheet.objects.get(pk=UUID(page.split("/")[3]))

    def rows(self, model: Any) -> list[Any]:
        with acting_as(system(System.JOB, holder_id=self.agency.pk)):
            return list(model.objects.filter(holder_id=self.agency.pk))


@pytest.fixture
def office(db: None, sign_in: SignIn) -> Office:
    hub = an_agency(kind=AgencyKind.COORDINATION_HUB, name="Pine Care Hub")
    dana = a_worker(Role.CARE_COORDINATOR, agency=hub)
    return Office(agency=hub, dana=dana, browser=sign_in(dana))


def test_from_the_file_to_the_families(office: Office) -> None:
    other = a_worker(Role.CARE_COORDINATOR, agency=office.agency)
    page = office.brought(office.row(1), office.row(2, worker=other.worker.user.email), office.row(3, dob="soon"))
    text = office.browser.get(page).content.decode()
    assert "What the columns mean" in text
    assert not office.rows(PersonRecord)
    found = office.checked(page).content.decode()
    assert "2 rows can be brought in." in found
    assert "Row 4" in found
    assert "Child: birth date: it is no day in the form that you chose" in found
    assert not office.rows(PersonRecord), "a dry run writes nothing"
    assert "1 new" not in found
    office.browser.post(page, {"does": "begin"})
    assert work.work(now=clock.now) == 3
    done = office.browser.get(page).content.decode()
    assert "2 new children with their mothers, 0 who were here already." in done
    people = office.rows(PersonRecord)
    assert sorted(one.role for one in people) == ["INFANT", "INFANT", "MOTHER", "MOTHER"]
    assert {one.source_system for one in people} == {"spreadsheet"}
    assert {one.weight_g for one in office.rows(Birth)} == {2810}
    assert {one.substance for one in office.rows(Exposure)} == {"METHADONE"}
    with acting_as(system(System.JOB, holder_id=office.agency.pk)):
        mine = set(Caseload.objects.filter(worker_id=office.dana.worker_id).values_list("identity_id", flat=True))
        hers = set(Caseload.objects.filter(worker_id=other.worker_id).values_list("identity_id", flat=True))
    assert len(mine) == len(hers) == 2
    assert not mine & hers


def test_the_same_file_again_changes_nothing_and_a_mended_row_meets_what_it_made(office: Office) -> None:
    for rows in ((office.row(1),), (office.row(1),), (office.row(1, mother="Mother1 Mended", weight="2900"),)):
        page = office.brought(*rows)
        office.checked(page)
        office.browser.post(page, {"does": "begin"})
        work.work(now=clock.now)
    assert "0 new children with their mothers, 1 who were here already." in office.browser.get(page).content.decode()
    people = office.rows(PersonRecord)
    assert len(people) == 2
    assert {one.family_name for one in people if one.role == "MOTHER"} == {"Mended"}
    assert [one.weight_g for one in office.rows(Birth)] == [2900]
    assert len(office.rows(Exposure)) == 1


def test_one_press_twice_is_one_file(office: Office) -> None:
    first, second = (office.brought(office.row(1), request_key="same") for _ in range(2))
    assert first == second


def test_it_is_stopped_killed_and_goes_on_with_each_row_once(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(work, "AT_ONCE", 2)
    page = office.brought(*(office.row(number) for number in range(1, 7)))
    office.checked(page)
    office.browser.post(page, {"does": "begin"})
    whole, calls = work.put_family, []

    def killed(told: Any, **rest: Any) -> bool:
        calls.append(told.number)
        if len(calls) == 4:
            raise KeyboardInterrupt
        return whole(told, **rest)

    monkeypatch.setattr(work, "put_family", killed)
    with pytest.raises(KeyboardInterrupt):
        work.work(now=clock.now)
    monkeypatch.setattr(work, "put_family", whole)
    assert office.sheet(page).place == 2, "the batch that was killed is not there"
    assert len(office.rows(PersonRecord)) == 4
    assert work.work(now=clock.now) == 0, "whoever took it still may have it"
    office.browser.post(page, {"does": "stop"})
    later = clock.now() + work.LEASE + timedelta(seconds=1)
    assert work.work(now=lambda: later) == 0, "stopped is stopped"
    office.browser.post(page, {"does": "begin"})
    assert work.work(now=clock.now) == 4
    assert len(office.rows(PersonRecord)) == 12
    assert (office.sheet(page).state, office.sheet(page).made) == ("DONE", 6)


def test_what_always_fails_is_given_up(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    page = office.brought(office.row(1))
    office.checked(page)
    office.browser.post(page, {"does": "begin"})

    def broken(*_: Any, **__: Any) -> bool:
        raise RuntimeError

    monkeypatch.setattr(work, "put_family", broken)
    at = clock.now()
    for turn in range(work.MOST_TRIES + 1):
        moment = at + turn * (work.LEASE + timedelta(seconds=1))
        try:
            work.work(now=lambda moment=moment: moment)  # type: ignore[misc]
        except RuntimeError:
            continue
    assert office.sheet(page).state == "FAILED"


def test_rows_to_mend_come_as_a_file_with_what_to_do(office: Office) -> None:
    page = office.brought(office.row(1), office.row(2, dob="", infant="=cmd()"))
    office.checked(page)
    lines = list(csv.reader(io.StringIO(office.browser.get(f"{page}refused.csv").content.decode("utf-8-sig"))))
    assert lines[0][-1] == "What to do"
    assert len(lines) == 2
    assert lines[1][3] == "'=cmd()", "a formula stays text"
    assert lines[1][-1] == "Child: birth date: it is empty"


def test_words_are_given_a_meaning_and_the_mapping_is_kept_for_the_next_file(office: Office) -> None:
    page = office.brought(office.row(1, drug="Kratom"))
    assert "“kratom” (Substances before birth)" in office.browser.get(page).content.decode()
    assert "0 rows can be brought in." in office.checked(page).content.decode()
    found = office.checked(page, **{"w-exposures-0": "OTHER_SUBSTANCE", "keep_as": "Our log"}).content.decode()
    assert "1 row can be brought in." in found
    kept = SheetMapping.objects.get()
    saved = office.browser.get(f"{HOME}mapping/{kept.pk}.json").content
    assert json.loads(saved)["codes"] == {"exposures": {"kratom": "OTHER_SUBSTANCE"}}
    again = office.brought(office.row(2, drug="kratom"), kept=str(kept.pk))
    assert "“kratom”" not in office.browser.get(again).content.decode()
    third = office.brought(office.row(3, drug="kratom"), mapping_file=SimpleUploadedFile("m.json", saved))
    assert office.sheet(third).spec == kept.spec


@pytest.mark.parametrize(("head", "said"), [("A,A,B,C,D,E,F,G", "Two columns have the same name"), ("A", "A column has no name")])
def test_a_file_that_cannot_be_read_says_what_to_do(office: Office, head: str, said: str) -> None:
    answer = office.bring(office.row(1), head=head)
    assert answer.status_code == 422
    assert said in answer.content.decode()


def test_another_file_is_no_mapping_and_columns_that_are_needed_are_asked_for(office: Office) -> None:
    assert "This is no mapping file" in office.bring(office.row(1), mapping_file=SimpleUploadedFile("m.json", b"<x>")).content.decode()
    page = office.brought(office.row(1))
    assert "Choose at least a column" in office.checked(page, **{"c-child.birth_date": ""}).content.decode()


def test_the_file_lies_sealed_and_goes(office: Office) -> None:
    page = office.brought(office.row(1))
    row = office.sheet(page)
    assert b"Mother1" not in bytes(row.sealed)
    assert "Mother1" not in json.dumps([row.spec, row.wrong])
    work.work(now=lambda: clock.now() + actions.LIES + timedelta(minutes=1))
    assert office.sheet(page).sealed is None
    second = office.brought(office.row(1))
    office.browser.post(second, {"does": "drop"})
    assert office.sheet(second).sealed is None
    assert "Nothing of the file lies here any more." in office.browser.get(second).content.decode()
    assert office.browser.get(f"{second}refused.csv").status_code == 404


def test_nobody_else_has_it(office: Office, sign_in: SignIn) -> None:
    page = office.brought(office.row(1))
    office.checked(page, keep_as="Our log")
    kept = SheetMapping.objects.get()
    colleague, stranger = (
        a_worker(Role.CARE_COORDINATOR, agency=office.agency),
        a_worker(Role.CARE_COORDINATOR, agency=an_agency(kind=AgencyKind.COORDINATION_HUB)),
    )
    for who in (colleague, stranger, an_administrator(office.agency)):
        browser = sign_in(who)
        for path in (page, f"{page}refused.csv"):
            assert browser.get(path).status_code == 404
        assert browser.post(page, {"does": "begin"}).status_code == 404
        assert page not in browser.get(HOME).content.decode()
    assert sign_in(stranger).get(f"{HOME}mapping/{kept.pk}.json").status_code == 404
    assert sign_in(a_worker(Role.DIRECTORY_STEWARD, agency=office.agency)).get(HOME).status_code == 404
    assert re.search(r"rows? can", office.browser.get(page).content.decode())


def test_who_leaves_brings_nothing_more(office: Office) -> None:
    page = office.brought(office.row(1))
    office.checked(page)
    office.browser.post(page, {"does": "begin"})
    Membership.objects.filter(pk=office.dana.pk).update(ends_at=clock.now())
    work.work(now=clock.now)
    assert office.sheet(page).state == "FAILED"
    assert not office.rows(PersonRecord)


def test_a_family_that_another_agency_has_is_not_told(office: Office) -> None:
    elsewhere = a_worker(Role.CARE_COORDINATOR, agency=an_agency(kind=AgencyKind.COORDINATION_HUB))
    by = viewer(elsewhere)
    from careloom.people.actions import PersonFacts, put_person

    with acting_as(by):
        put_person(by=by, at=clock.now(), facts=PersonFacts(role="MOTHER", given_name="Mother1", family_name="Practice"), category="posc.plan_core")
    page = office.brought(office.row(1), office.row(2))
    text = office.checked(page).content.decode()
    assert "2 rows can be brought in." in text
    office.browser.post(page, {"does": "begin"})
    work.work(now=clock.now)
    assert "2 new children with their mothers, 0 who were here already." in office.browser.get(page).content.decode()


def test_the_command_line_takes_the_same_steps(office: Office, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file, by = tmp_path / "log.csv", viewer(office.dana)
    file.write_text("\n".join([HEAD, office.row(1), office.row(2, dob="soon")]))
    assert import_sheet.run(file=file, mapping_file=None, dry_run=True, viewer=by) == 1
    said = capsys.readouterr().out
    assert "Row 3: Child: birth date" in said
    assert "Nothing was written" in said
    assert not office.rows(PersonRecord)
    mapping = tmp_path / "mapping.json"
    mapping.write_text("{}")
    with pytest.raises(CommandProblem):
        import_sheet.run(file=file, mapping_file=mapping, dry_run=False, viewer=by)
    assert import_sheet.run(file=file, mapping_file=None, dry_run=False, viewer=by) == 1
    assert "New children: 1" in capsys.readouterr().out
    assert len(office.rows(PersonRecord)) == 2
    file.write_text("A,A\n1,2\n")
    assert import_sheet.run(file=file, mapping_file=None, dry_run=False, viewer=by) == 1
    assert "Two columns have the same name" in capsys.readouterr().out
