"""A report about a child: written, decided, corrected with its history, brought in from a file, and read by its own agency alone (law.md 4.1)."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import UUID

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from tests.factories.agencies import a_worker, an_agency
from tests.factories.plans import a_key
from tests.integration.safety.conftest import Safety, saved, words

from careloom.agencies.roles import Role
from careloom.infra import clock
from careloom.infra.access import System, acting_as, system
from careloom.kernel.agency_kinds import AgencyKind
from careloom.people.models import PersonRecord
from careloom.safety.models import ReportOnChild

FACTS = {"source": "MEDICAL", "screened": "IN", "response": "INVESTIGATION", "child-DRUG": "YES", "caretaker-DRUG": "UNKNOWN"}


def day(back: int) -> str:
    return (clock.today() - timedelta(days=back)).isoformat()


def told(safety: Safety, **changed: Any) -> dict[str, Any]:
    return FACTS | {
        "child_id": str(safety.infants[0]), "received_on": day(20), "screened_on": day(19), "started_on": day(18), "request_key": a_key(),
    } | changed  # fmt: skip


def reports(safety: Safety) -> list[ReportOnChild]:
    with acting_as(system(System.JOB, holder_id=safety.agency.pk)):
        return list(ReportOnChild.every.filter(holder_id=safety.agency.pk).order_by("version"))


def write(safety: Safety, **changed: Any) -> ReportOnChild:
    safety.screen_in()
    saved(safety.client().post(f"/safety/of/{safety.mother}/reports/new/", told(safety, **changed)))
    return reports(safety)[-1]


def test_a_report_is_written_with_what_the_hospital_sent_and_stays_open_until_its_disposition(safety: Safety) -> None:
    safety.screen_in()
    page = words(safety.client().get(f"/safety/of/{safety.mother}/reports/new/"))
    assert "Medical personnel" in page
    form = told(safety)
    for _twice in range(2):
        saved(safety.client().post(f"/safety/of/{safety.mother}/reports/new/", form))
    (row,) = reports(safety)
    assert row.received_id == safety.received().pk
    assert (row.child_factors, row.caretaker_factors) == ({"DRUG": "YES"}, {"DRUG": "UNKNOWN"})
    assert row.number.startswith("C")
    assert "No disposition yet" in words(safety.client().get(f"/safety/of/{safety.mother}/"))


def test_a_disposition_is_a_new_version_and_the_one_before_stays(safety: Safety) -> None:
    row = write(safety)
    page = f"/safety/reports/{row.pk}/correct/"
    decided = told(safety, disposition="SUBSTANTIATED", disposed_on=day(2))
    refused = safety.client().post(page, decided)
    assert refused.status_code == 422
    assert "choose at least one kind" in words(refused)
    saved(safety.client().post(page, decided | {"kind-NEGLECT": "SUBSTANTIATED"}))
    first, second = reports(safety)
    assert (first.disposition, first.replaced_by_id, second.corrects_id) == ("", second.pk, first.pk)
    assert second.maltreatments == [{"kind": "NEGLECT", "level": "SUBSTANTIATED"}]
    wrong = f"/safety/reports/{second.pk}/correct/"
    again = told(safety, disposition="UNSUBSTANTIATED", disposed_on=day(2))
    assert safety.client().post(wrong, again).status_code == 422, "a correction after the disposition says why"
    saved(safety.client().post(wrong, again | {"reason": "The appeal was granted."}))
    shown = words(safety.client().get(f"/safety/reports/{reports(safety)[-1].pk}/"))
    assert "Version 3" in shown
    assert "The appeal was granted." in shown
    late = safety.client().post(page, decided | {"request_key": a_key(), "kind-NEGLECT": "SUBSTANTIATED", "reason": "Late"})
    assert "corrected meanwhile" in words(late)


def test_a_report_that_was_screened_out_is_kept_with_the_child_that_the_hospital_named(safety: Safety) -> None:
    got = safety.received()
    saved(safety.client(safety.supervisor).post(f"/births/received/{got.pk}/", {"answer": "SCREENED_OUT", "reason": "No allegation."}))
    page = f"/safety/of/{safety.mother}/reports/new/"
    saved(safety.client(safety.supervisor).post(page, told(safety, screened="OUT", response="", started_on="")))
    (row,) = reports(safety)
    assert (row.screened, row.child_id) == ("OUT", safety.infants[0])
    assert "Screened out" in words(safety.client(safety.supervisor).get(f"/safety/of/{safety.mother}/"))


def test_what_does_not_fit_is_told_at_its_field(safety: Safety) -> None:
    safety.screen_in()
    for changed, said in (
        ({"screened": "OUT", "disposition": "UNSUBSTANTIATED", "disposed_on": day(1)}, "no response and no disposition"),
        ({"disposed_on": day(1)}, "Choose the disposition"),
        ({"disposition": "ALTERNATIVE_VICTIM", "disposed_on": day(1), "kind-NEGLECT": "ALTERNATIVE_VICTIM"}, "a disposition of its own"),
        ({"incident_on": day(3)}, "cannot lie after the report"),
        ({"services_given": "YES"}, "yes needs at least one service"),
        ({"died": "YES"}, "Give the day of the death"),
        ({f"kind-{kind}": "UNSUBSTANTIATED" for kind in ("PHYSICAL", "NEGLECT", "SEXUAL", "OTHER", "TRAFFICKING")}, "Keep the four"),
    ):  # fmt: skip
        answer = safety.client().post(f"/safety/of/{safety.mother}/reports/new/", told(safety, **changed))
        assert answer.status_code == 422
        assert said in words(answer), changed
    assert reports(safety) == []


def test_it_is_taken_back_and_read_by_its_own_agency_alone(safety: Safety) -> None:
    row = write(safety)
    page = f"/safety/reports/{row.pk}/"
    strangers = [(Role.CPS_WORKER, AgencyKind.CPS_AGENCY), (Role.CARE_COORDINATOR, AgencyKind.PART2_PROGRAM), (Role.SUPERVISOR, AgencyKind.HOSPITAL)]
    for role, kind in strangers:
        client = Client()
        client.force_login(a_worker(role, agency=an_agency(kind=kind)).worker.user)
        assert client.get(page).status_code == 404
        assert client.post(f"{page}correct/", told(safety)).status_code == 404
    assert safety.client(safety.social_worker).get(page).status_code == 404
    assert safety.client().get(page).status_code == 200
    saved(safety.client().post(f"/safety/beside/{row.pk}/take-back/", {"reason": "Of another family"}))
    assert safety.client().get(page).status_code == 404
    saved(safety.client().post(f"/safety/of/{safety.mother}/reports/new/", told(safety, number=row.number)))


def numbered(safety: Safety, child: UUID, number: str) -> None:
    with acting_as(system(System.JOB, holder_id=safety.agency.pk)):
        PersonRecord.objects.filter(holder_id=safety.agency.pk, identity_id=child).update(record_number=number)


def test_a_file_is_looked_at_first_and_twice_is_once(safety: Safety) -> None:
    safety.screen_in()
    numbered(safety, safety.infants[0], "CW-77")
    lines = [
        "number,child_number,received_on,source,screened,screened_on,response,disposition,disposed_on,maltreatments,child_factors,services_given",
        f"R-1,CW-77,{day(40)},medical,in,{day(39)},investigation,,,,DRUG=YES,",
    ]

    def post(text: list[str], does: str) -> Any:
        file = SimpleUploadedFile("reports.csv", "\n".join(text).encode(), content_type="text/csv")
        return safety.client(safety.supervisor).post("/safety/reports/from-file/", {"file": file, "does": does})

    assert "would bring 1 new" in words(post(lines, "look"))
    assert reports(safety) == []
    assert "1 new, 0 changed" in words(post(lines, "bring"))
    assert "0 new, 0 changed, 1 as they were" in words(post(lines, "bring"))
    decided = [lines[0], f"R-1,CW-77,{day(40)},medical,in,{day(39)},investigation,substantiated,{day(3)},NEGLECT=SUBSTANTIATED,DRUG=YES,NO"]
    assert "0 new, 1 changed" in words(post(decided, "bring"))
    assert [row.disposition for row in reports(safety)] == ["", "SUBSTANTIATED"]
    wrong = post([*decided, f"R-2,CW-78,{day(4)},medical,,,,,,,,", f"R-3,CW-77,{day(4)},aunt,,,,,,,,"], "bring")
    assert wrong.status_code == 422
    assert "Line 3: child_number: no child of yours carries this number." in words(wrong)
    assert "Line 4: Choose who reported." in words(wrong)
    assert len(reports(safety)) == 2, "a file is taken whole or not at all"
    assert "columns do not fit" in words(post(["a,b", "1,2"], "look"))
    assert safety.client().get("/safety/reports/from-file/").status_code in {403, 404}, "only a supervisor brings files in"
