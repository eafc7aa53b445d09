"""The Child File and the Agency File: what is written, by whom, how errors come to who can mend them, and that a stopped job goes on."""

from __future__ import annotations

import csv
import hashlib
import io
from datetime import UTC, date, datetime, timedelta
from uuid import UUID

import pytest
from django.db import DatabaseError, connection, transaction
from django.test.utils import CaptureQueriesContext
from tests.factories.agencies import a_worker, an_agency
from tests.factories.births import a_birth, sent
from tests.integration.federal.conftest import FIRST, State
from tests.integration.safety.conftest import Safety, words

from careloom.agencies.roles import Role
from careloom.federal import tasks
from careloom.federal.layouts import layouts
from careloom.infra import clock
from careloom.infra.access import System, acting_as, system
from careloom.kernel.agency_kinds import AgencyKind

LAYOUT = layouts(pack="columbia")["ncands-child-2024"]


def cells(line: str) -> dict[str, str]:
    """A record of fixed width by the names of its fields."""
    return {one.name: line[one.start - 1 : one.start - 1 + one.length].strip() for one in LAYOUT.fields}


def test_a_record_for_each_report_and_child_that_was_decided_in_the_year(state: State) -> None:
    twins = [state.a_child(), state.a_child(sex="MALE")]
    for family in twins:
        state.a_report(family, number="R-twins", died="NO", services_given="YES", services_on=date(2025, 2, 1), services=["SUBSTANCE"])
    state.a_report(screened="OUT", response="", started_on=None, disposition="", disposed_on=None)
    state.a_report(disposition="", disposed_on=None)
    state.a_report(received_on=date(2025, 9, 20))  # decided after the year
    before = state.a_report(received_on=date(2024, 9, 20), disposed_on=FIRST)  # decided on the first day of it
    page = state.written("CHILD", "FFY2025")
    records = [cells(line) for line in state.text(page).splitlines()]
    assert {len(line) for line in state.text(page).splitlines()} == {LAYOUT.record_length}
    assert len(records) == 3
    one, other = [record for record in records if record["SERVDATE"] == "02012025"]
    assert one["RPTID"] == other["RPTID"]
    assert one["CHID"] != other["CHID"]
    assert {one["CHSEX"], other["CHSEX"]} == {"1", "2"}
    kept = {name: one[name] for name in ("SUBYR", "STATERR", "RPTCNTY", "RPTDT", "RPTSRC", "RPTDISP", "RPTDISDT", "CHAGE", "CHMAL1", "MAL1LEV")}
    assert kept == {
        "SUBYR": "2025", "STATERR": "ZZ", "RPTCNTY": "999", "RPTDT": "01122025", "RPTSRC": "02", "RPTDISP": "01", "RPTDISDT": "02112025",
        "CHAGE": "00", "CHMAL1": "2", "MAL1LEV": "1",
    }  # fmt: skip
    flags = {name: one[name] for name in ("CDALC", "CDDRUG", "CDLEARN", "FCDRUG", "FCALC", "SUBABUSE", "HOUSING", "FIELD151", "FIELD152", "CHRACWH")}
    assert flags == {
        "CDALC": "2", "CDDRUG": "1", "CDLEARN": "", "FCDRUG": "1", "FCALC": "", "SUBABUSE": "1", "HOUSING": "2", "FIELD151": "1", "FIELD152": "2",
        "CHRACWH": "1",
    }  # fmt: skip
    early = next(record for record in records if record["RPTDT"] == "09202024")
    assert (early["CHAGE"], early["HOUSING"]) == ("77", ""), "the report came before the birth; nobody asked about services"
    assert str(before.child_id) not in state.text(page)


def test_ids_are_the_same_in_every_file_and_the_page_says_why_it_is_a_draft(state: State) -> None:
    family = state.a_child()
    state.a_report(family)
    state.a_report(family, received_on=date(2025, 11, 3), number="R-2")
    first, second = state.written("CHILD", "FFY2025"), state.written("CHILD", "FFY2026")
    (one,), (two,) = ([cells(line) for line in state.text(page).splitlines()] for page in (first, second))
    assert one["CHID"] == two["CHID"]
    assert one["RPTID"] != two["RPTID"]
    assert (one["CHPRIOR"], two["CHPRIOR"]) == ("", "1"), "a founded report before this one makes the child a victim before"
    page = words(state.client().get(first))
    assert "Fields of the layout are not confirmed against the federal document." in page
    answer = state.client().get(f"{first}download/")
    assert 'filename="DRAFT-ncands-child-FFY2025.txt"' in answer["Content-Disposition"]
    assert "145 of 152 fields not confirmed" in words(state.client().get("/numbers/federal/"))
    assert "short name not found" in words(state.client().get("/numbers/federal/layouts/ncands-child-2024/"))
    assert "Plan of safe care" in words(state.client().get(f"{first}preview/"))


def test_a_job_that_was_stopped_goes_on_and_writes_nothing_twice(state: State, monkeypatch: pytest.MonkeyPatch) -> None:
    for _each in range(5):
        state.a_report()
    whole = state.written("CHILD", "FFY2025")
    monkeypatch.setattr(tasks, "CHUNK", 2)
    parts = state.written("CHILD", "FFY2025", all_of_it=False)
    assert tasks.one_step(at=clock.now())
    assert "2 of 5 records are written." in words(state.client().get(parts))
    assert state.client().get(f"{parts}download/").status_code == 404, "half a file is no file"
    monkeypatch.setattr(tasks, "_note", lambda file, records: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        tasks.one_step(at=clock.now())
    monkeypatch.undo()
    assert tasks.work(at=clock.now()) >= 2
    assert state.text(parts) == state.text(whole)
    file = state.file(parts)
    assert (file.records, file.digest) == (5, hashlib.sha256(state.text(parts).encode()).hexdigest())


def test_an_error_comes_to_who_can_mend_it_and_leaves_no_name_with_the_state(state: State) -> None:
    row = state.a_report(state.a_child(born=None))
    page = state.written("CHILD", "FFY2025")
    shown = words(state.client().get(page))
    assert "2 errors must be mended before the file can be final." in shown
    assert "Needed, and not there" in shown
    listed = b"".join(state.client().get(f"{page}faults.csv").streaming_content).decode()  # type: ignore[attr-defined]
    found = list(csv.DictReader(io.StringIO(listed)))
    assert {(line["field"], line["code"]) for line in found} == {("CHAGE", "MISSING"), ("CHBDATE", "MISSING")}
    assert str(row.pk) not in listed
    theirs = state.client(state.supervisor).get("/numbers/federal/mend/")
    assert f"/safety/reports/{row.pk}/" in theirs.content.decode()
    other = a_worker(Role.SUPERVISOR, agency=an_agency(kind=AgencyKind.CPS_AGENCY))
    assert "Nothing is to be mended." in words(state.client(other).get("/numbers/federal/mend/"))
    without = a_worker(Role.CPS_WORKER, agency=state.county)
    assert "Nothing is to be mended." in words(state.client(without).get("/numbers/federal/mend/")), "the family is not on her caseload"
    assert state.client().get("/numbers/federal/mend/").status_code == 404


def test_only_the_states_office_finds_its_files_and_no_row_of_a_family(state: State) -> None:
    state.a_report()
    page = state.written("CHILD", "FFY2025")
    elsewhere = a_worker(Role.STATE_LEAD, agency=an_agency(kind=AgencyKind.STATE_OVERSIGHT))
    for who in (state.supervisor, a_worker(Role.PARTNERSHIP_COORDINATOR, agency=state.office)):
        for path in ("/numbers/federal/", page, f"{page}download/", f"{page}faults.csv", f"{page}agreement/", f"{page}preview/"):
            assert state.client(who).get(path).status_code == 404
    assert state.client(elsewhere).get(page).status_code == 404
    assert state.client().get(page).status_code == 200
    asked = [
        ("SELECT * FROM federal_reports(%s, %s, NULL, 5)", (FIRST, date(2025, 10, 1))),
        ("SELECT * FROM federal_removals(%s, %s, NULL, 5)", (FIRST, date(2025, 10, 1))), ("SELECT * FROM federal_events('CHILD')", ()),
        ("SELECT federal_agency(%s, %s)", (FIRST, date(2025, 10, 1))),
    ]  # fmt: skip
    for sql, given in asked:
        with acting_as(system(System.EXTRACT)), connection.cursor() as cursor:
            cursor.execute(sql, given)
        refused = pytest.raises(DatabaseError, match="Only the extract reads this")
        with acting_as(system(System.JOB, holder_id=state.county.pk)), refused, transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(sql, given)


@pytest.mark.requirement("R-099")
def test_the_child_file_agrees_with_the_notifications_and_the_indicator(state: State) -> None:
    at, born = datetime(2025, 1, 11, 15, tzinfo=UTC), []
    for _each in range(4):
        born.append(a_birth(a_worker(Role.HOSPITAL_SOCIAL_WORKER, agency=an_agency(kind=AgencyKind.HOSPITAL)), at=at))
        sent(born[-1], at=at)

    def known(place: int) -> tuple[UUID, UUID]:
        return state.a_child(mother=born[place].mother_id, child=born[place].births[0].identity_id)

    state.a_report(known(0))  # in the file
    state.a_report(known(1), screened="OUT", response="", started_on=None, disposition="", disposed_on=None)
    state.a_report(known(2), disposition="", disposed_on=None)  # still open; the fourth was notified without a report
    state.a_report()  # reported without a notification
    state.a_report(received_on=date(2024, 9, 20), disposed_on=FIRST)  # before the birth: the rule does not count it
    page = state.written("CHILD", "FFY2025")
    told = state.file(page).agreement
    assert (told["notified"], told["notified_in_file"], told["not_notified"], told["in_file"], told["indicator"]) == (4, 1, 1, 2, 4)
    assert told["apart"] == {
        "other_state": 0, "no_report": 1, "not_by_rule": 0, "screened_out": 1, "no_disposition": 1, "not_written": 0,
        "other_period": 0,
    }  # fmt: skip
    assert told["indicator_apart"] == {"screened_out": 1, "no_disposition": 1, "not_written": 0, "other_period": 0}
    assert [told[name] for name in told if name.startswith("unexplained")] == [0, 0, 0]
    shown = words(state.client().get(f"{page}agreement/"))
    assert "4 and 2: every difference has its reason, and nothing is unexplained." in shown
    assert "less: no report was made about the infant" in shown


def test_a_report_that_is_not_written_down_yet_is_a_reason_of_its_own(safety: Safety, state: State) -> None:
    """The hospital's report came in; child welfare has not written it down, so the indicator has it and the Child File cannot."""
    year = clock.today().year + (clock.today().month >= 10)
    with clock.at(clock.now() + timedelta(days=1)):
        page = state.written("CHILD", f"FFY{year}")
    told = state.file(page).agreement
    count = len(safety.infants)
    assert (told["notified"], told["in_file"], told["indicator"]) == (count, 0, count)
    assert told["apart"]["not_written"] == told["indicator_apart"]["not_written"] == count
    assert [told[name] for name in told if name.startswith("unexplained")] == [0, 0, 0]


def test_the_agency_file_counts_what_the_child_file_cannot_hold(state: State) -> None:
    state.a_report(screened="OUT", response="", started_on=None, disposition="", disposed_on=None)
    state.a_report(received_on=date(2025, 1, 12), started_on=date(2025, 1, 14))
    page = state.written("AGENCY", "FFY2025")
    lines = {line["item"]: line["value"] for line in csv.DictReader(io.StringIO(state.text(page)))}
    assert (lines["SCREENED_IN"], lines["SCREENED_OUT"], lines["IPSE_SCREENED_OUT"], lines["IPSE_SCREENED_OUT_WITH_PLAN"]) == ("1", "1", "1", "1")
    assert (lines["RESPONSE_HOURS"], lines["PART_C_ELIGIBLE"], lines["PREVENTION_CHILDREN"]) == ("48", "1", "")
    assert "Prevention services" in words(state.client().get(f"{page}preview/"))


@pytest.mark.parametrize("path", ["download/", "faults.csv"])
def test_what_is_sent_after_the_request_is_read_in_a_transaction_of_its_own(state: State, path: str) -> None:
    """The request's own transaction is over when a file goes out; without another one no scope is set, and row security shows nothing."""
    state.a_report(state.a_child(born=None))
    answer = state.client().get(f"{state.written('CHILD', 'FFY2025')}{path}")
    with CaptureQueriesContext(connection) as asked:
        assert len(b"".join(answer.streaming_content)) > 100  # type: ignore[attr-defined]
    statements = [one["sql"].split()[0] for one in asked.captured_queries]
    assert statements[0] == "SAVEPOINT"
    assert statements[-1] == "RELEASE"
    assert "SELECT" in statements or "DECLARE" in statements
