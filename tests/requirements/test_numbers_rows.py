"""The numbers on their screens, each computed through the whole way: a small extract, a snapshot, the page that its reader opens."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from tests.factories.agencies import a_worker, an_agency
from tests.made_extract import write_extract
from tests.requirements.conftest import SignIn, text_of

from careloom.agencies.roles import Role
from careloom.kernel.agency_kinds import AgencyKind
from careloom.outcomes.snapshots import places, taking
from careloom.outcomes.snapshots.computing import compute

AT = datetime(2026, 11, 2, 3, tzinfo=UTC)
UNTIL = date(2026, 10, 31)
RACES = ("WHITE", "BLACK")
Tables = dict[str, list[dict[str, Any]]]


def on(day: str, plus: int = 0) -> date:
    return date.fromisoformat(day) + timedelta(days=plus)


def infants(tables: Tables, *, year: int, first: int, count: int, with_plan: int, removed: int, **facts: Any) -> None:
    """Infants of a year with their mothers: so many have a plan before birth, and so many are taken into care and go home after 100 days."""
    for place in range(count):
        child, mother = first + place, 1_000_000 + first + place
        born = on(f"{year}-02-01", place % 200)
        race = RACES[place % 2]
        both = {"family": mother, "county": "Alder", "payer": "MEDICAID" if place % 3 else "PRIVATE", "language": "en", "arm": "pilot"} | facts
        tables["subjects"] += [
            {"subject": child, "role": "INFANT", "born_on": born, "race": race, **both},
            {"subject": mother, "role": "CAREGIVER", "race": race, **both},
        ]
        tables["births"].append({"subject": child, "on_date": born, "gestation_weeks": 36 if place % 10 == 0 else 39, "hospital_nights": 3})
        tables["notifications"].append({"subject": child, "on_date": born + timedelta(days=1), "basis": "EXPOSURE"})
        tables["supplies"].append({"subject": mother, "on_date": born - timedelta(days=60), "days": 300})
        tables["enrolments"].append(
            {"subject": mother, "on_date": on(f"{year}-03-01"), "kind": "treatment", "left_on": on(f"{year}-03-01", 200 if place % 2 else 60),
             "completed": bool(place % 2), "rating": 4}
        )  # fmt: skip
        tables["systems"].append({"subject": mother, "on_date": on(f"{year}-01-05"), "system": "child_welfare"})
        if place % 4 == 0:
            tables["systems"].append({"subject": mother, "on_date": on(f"{year}-01-05"), "system": "behavioral_health"})
        if place < with_plan:
            tables["plans"].append({"subject": child, "on_date": born - timedelta(days=30), "plan": str(child), "prenatal": True})
        if place < removed:
            entered = born + timedelta(days=20)
            tables["episodes"].append(
                {"subject": child, "episode": 1, "entered_on": entered, "left_on": entered + timedelta(days=100), "reason": "reunification"}
            )
            tables["reports"].append(
                {"subject": child, "on_date": entered, "incident_on": entered, "disposition": "substantiated", "source": "medical", "screened": "in"}
            )


# What the test reads: a snapshot of all takes long where eight people share two processors.
CODES = (
    "RH6", "RH12", "HOME12", "REUNIFIED", "REUNTIME", "S2", "HARM6", "P4", "IN_TREATMENT", "KEPT90", "KEPT180", "COMPLETED", "RATED", "TREATED",
    "PRETERM_PLAN", "PRETERM_OTHER", "PREVENTED", "COMMON", "POSC",
)  # fmt: skip


@pytest.fixture
def evaluator(db: None, tmp_path: Path, settings: Any, monkeypatch: pytest.MonkeyPatch, sign_in: SignIn) -> Client:
    """The state's lead, who reads exact figures, once a snapshot was taken of an extract of two years and two arms."""
    settings.CARELOOM_HOME = tmp_path
    lead = sign_in(a_worker(Role.STATE_LEAD, agency=an_agency(kind=AgencyKind.STATE_OVERSIGHT)))
    tables: Tables = {
        name: [] for name in ("subjects", "births", "notifications", "plans", "episodes", "reports", "supplies", "enrolments", "systems")
    }
    infants(tables, year=2022, first=1, count=60, with_plan=20, removed=30)
    infants(tables, year=2024, first=1001, count=60, with_plan=48, removed=12)
    infants(tables, year=2024, first=2001, count=40, with_plan=12, removed=20, county="Sumac", arm="comparison")
    write_extract(places.own(), tables)
    told = {"data_until": UNTIL.isoformat(), "tables": {name: {"rows": len(rows), "sha256": "0" * 64} for name, rows in tables.items()}}
    (places.own() / places.MANIFEST).write_text(json.dumps(told), encoding="utf-8")

    def here(folders: Sequence[Path], *, engine: str, since: str, until: date, out: Path | None) -> Iterator[Any]:
        return compute(folders=folders, until=until, engine_name=engine, out=out, codes=CODES)

    monkeypatch.setattr(taking, "_lines", here)  # the lines of the child process, made in this one for these indicators
    taking.take(at=AT, request_key="one")
    return lead


def row_of(page: str, title: str) -> str:
    """The row of a measure on the dashboard, as text."""
    found = next((one for one in re.split(r'<article class="cl-measure">', page)[1:] if f">{title}</a>" in one.split("</h3>")[0]), "")
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", found.split("</article>")[0]))


def reads_each_r_and_what_stands_beside_it(evaluator: Client) -> None:
    page = text_of(evaluator.get("/numbers/"))
    order = [
        page.index(f">{title}</h2>") for title in ("Recovery", "Remaining at home", "Reunification", "Repeat maltreatment", "Plans of safe care")
    ]
    assert order == sorted(order)
    # Remain at home: 32 of 100 infants of 2024 were taken into care, half of 60 in 2022.
    assert "68 of 100 notified infants were never taken into care in their first six months." in row_of(page, "At home with a parent at six months")
    assert "68 of 100" in row_of(page, "At home with a parent at six months")
    assert "Better than in 2022, when it was 50%. That is more than chance." in row_of(page, "At home with a parent at six months")
    assert "68 of 100 notified infants" in row_of(page, "At home with a parent at twelve months")
    # Reunification: number and timeliness.
    assert "100 of 100 children who had to leave home were home within a year." in row_of(page, "Home within a year")
    assert re.search(r"\b32 children went home from care", row_of(page, "Children who went home"))
    assert "within 100 days" in row_of(page, "Days until a child goes home")
    # Repeat maltreatment and re-entry: nobody.
    assert "0 of 100 children with a confirmed report were maltreated again within a year." in row_of(page, "Maltreated again within a year")
    assert "0 of 100 children with a confirmed report" in row_of(page, "Maltreated again within six months")
    assert "0 of 100 children who left care to home or kin were back in care within a year." in row_of(
        page, "Back in care within a year of going home"
    )
    # Recovery: enrolled, kept, completed, in her own words.
    assert "100 parents were in treatment." in row_of(page, "Parents in treatment")
    assert "100 of 100 parents" not in row_of(page, "Still in treatment after 90 days")
    assert "50 of 100 parents who began treatment were still in it after 90 days." in row_of(page, "Still in treatment after 90 days")
    assert "50 of 100 parents who began treatment were still in it after 180 days." in row_of(page, "Still in treatment after 180 days")
    assert "50 of 100 parents who left treatment had completed it." in row_of(page, "Treatment completed")
    assert "100 of 100 parents who were asked say that their recovery goes well." in row_of(page, "Recovery that goes well, in her own words")
    # Women treated with medicine in pregnancy; early birth with a plan beside without; families never reported; common clients.
    assert "100 pregnant women were treated with medicine for addiction." in row_of(page, "Pregnant women treated with medications")
    assert "12 of 100 pregnancies with a plan ended before 37 weeks." in row_of(page, "Early birth with a plan before birth")
    assert "8 of 100 pregnancies without a plan ended before 37 weeks." in row_of(page, "Early birth without a plan before birth")
    assert "were not reported to child welfare at birth." in row_of(page, "Families never reported at birth")
    assert "25 of 100 families whom child welfare or behavioral health serves are served by both." in row_of(page, "Families whom two systems serve")
    # Children, parents and families apart.
    adults = text_of(evaluator.get("/numbers/", {"of": "ADULT"}))
    assert row_of(adults, "Still in treatment after 90 days")
    assert not row_of(adults, "At home with a parent at six months")
    families = text_of(evaluator.get("/numbers/", {"of": "FAMILY"}))
    assert row_of(families, "Families whom two systems serve")
    assert not row_of(families, "Still in treatment after 90 days")


def reads_groups_and_pilots_and_the_card(evaluator: Client, sign_in: SignIn) -> None:
    page = text_of(evaluator.get("/numbers/indicators/POSC/"))
    assert "Pilot sites: 50 more in 100 than Comparison sites. Chance allows anything from 31 to 64." in page
    for title in ("Race", "Language", "County", "Payer"):
        assert f"By: {title}, 2024" in page
    assert re.search(
        r"(Black or African American and White|White and Black or African American): less than 1 in 100 apart. Chance could explain it.", page
    )
    assert "SELECT" in page  # the query is shown
    place = text_of(evaluator.get("/numbers/", {"place": "county:Sumac"}))
    assert "50 of 100 notified infants were never taken into care in their first six months." in row_of(place, "At home with a parent at six months")
    assert evaluator.get("/numbers/", {"place": "county:Nowhere"}).status_code == 404
    page = text_of(evaluator.get("/numbers/card/"))
    assert "How families are doing" in page
    assert "better than at the start" in page
    for title in ("Recovery", "Remaining at home", "Reunification", "Repeat maltreatment", "Re-entry"):
        assert f"<h3>{title}</h3>" in page
    assert "What to do" in page
    assert "Agree on a target for:" in page
    paper = evaluator.get("/numbers/card.pdf")
    assert paper["Content-Type"] == "application/pdf"
    # Before anything is published: how good each site's data are.
    quality = text_of(evaluator.get("/numbers/quality/"))
    assert "is under the line. Mend it there, or publish with a reason." in quality
    assert quality.index("Ethnicity is known") < quality.index("No notification stands twice")
    # What is not protected yet is nobody else's: the coordinator reads nothing of it, and a worker of a family has no such page.
    hub = sign_in(a_worker(Role.PARTNERSHIP_COORDINATOR, agency=an_agency(kind=AgencyKind.COORDINATION_HUB)))
    assert "Nothing was counted yet." in text_of(hub.get("/numbers/card/"))
    worker = sign_in(a_worker(Role.CARE_COORDINATOR))
    for path in (
        "/numbers/",
        "/numbers/card/",
        "/numbers/card.pdf",
        "/numbers/from-birth-to-help/",
        "/numbers/indicators/POSC/",
        "/numbers/quality/",
    ):
        assert worker.get(path).status_code == 404


@pytest.mark.requirement("R-026", "R-085", "R-087", "R-092", "R-093", "R-094", "R-095", "R-096", "R-097", "R-100", "R-204", "R-210", "R-211")
def test_the_evaluator_reads_every_measure_as_a_sentence_from_the_data(evaluator: Client, sign_in: SignIn) -> None:
    reads_each_r_and_what_stands_beside_it(evaluator)
    reads_groups_and_pilots_and_the_card(evaluator, sign_in)
