"""The published tables through the whole product: T1, T2, T4, T5 and T6 of synthetic-county.md part 2, from an extract that another place sends
to the file and the page that a reader opens.

Each study comes in by the door of every received extract, one snapshot is taken of all of them, and it is published. The state's lead then opens the
exact figures, and a partner opens what is published. docs/reference/measures-of-others.md says which cells are references only, and why.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import pytest
from django.db import transaction
from django.test import Client, override_settings
from tests.databases import own_database
from tests.factories.agencies import a_worker, an_agency
from tests.made_places import (
    BIRTHS,
    CALIFORNIA,
    CONNECTICUT,
    DELAWARE,
    DELAWARE_BEFORE,
    MASSACHUSETTS,
    PLACES,
    STRATA,
    WASHINGTON,
    Place,
    send,
    site_of,
)

from careloom.agencies.roles import Role
from careloom.demo.population.cohorts import published
from careloom.infra import clock
from careloom.infra.packs import current_pack
from careloom.kernel.agency_kinds import AgencyKind
from careloom.outcomes.extracting.realms import realm_of
from careloom.outcomes.extracting.running import receive_theirs
from careloom.outcomes.publishing.operating import publish_newest
from careloom.outcomes.snapshots.taking import take

Line = Mapping[str, str]


@dataclass(kw_only=True)
class Reader:
    """Somebody who opens pages and files of indicators."""

    client: Client

    def lines(self, code: str) -> list[Line]:
        """The rows of an indicator's CSV file."""
        answer = self.client.get(f"/numbers/indicators/{code}/figures.csv")
        assert answer.status_code == 200, code
        return list(csv.DictReader(io.StringIO(answer.content.decode())))

    def page(self, code: str) -> str:
        """The page of an indicator."""
        answer = self.client.get(f"/numbers/indicators/{code}/")
        assert answer.status_code == 200, code
        return str(answer.content.decode())

    def line(self, code: str, year: int, *, by: str = "", group: str = "", variant: str = "") -> Line:
        """One row of the file: of that year, for everybody or one group."""
        asked = (str(year), by, group)
        found = [
            row for row in self.lines(code) if (row["period"], row["by"], row["group"]) == asked and row["variant"] in (variant or code, variant)
        ]
        (one,) = found
        assert not one["hidden"], (code, asked)
        return one

    def of(self, code: str, place: Place, *, variant: str = "") -> tuple[int, int, float]:
        """Counted, met and the value of a study, as the file says them."""
        return told(self.line(code, place.year, by="county", group=place.county, variant=variant))

    def sites(self, code: str, place: Place) -> dict[str, int]:
        """How many are counted in each site of the studies of a year."""
        return {row["group"]: int(row["counted"]) for row in self.lines(code) if (row["period"], row["by"]) == (str(place.year), "site")}


@dataclass(frozen=True, kw_only=True)
class Readers:
    """Who keeps the exact figures, and a partner who reads what is published."""

    keeper: Reader
    partner: Reader


def told(line: Line) -> tuple[int, int, float]:
    """Counted, met, value."""
    return int(line["counted"]), int(line["met"]), float(line["value"])


def share(part: int, whole: int) -> float:
    """Of 100, one digit, halves upward as the journals print them."""
    return int(1000 * part / whole + 0.5) / 10


def signed_in(membership: Any) -> Reader:
    client = Client()
    client.force_login(membership.worker.user, backend="django.contrib.auth.backends.ModelBackend")
    return Reader(client=client)


@pytest.fixture(scope="module")
def readers(django_db_setup: None, django_db_blocker: Any, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Readers]:
    """The studies received, one snapshot of them taken and published, in a database of its own."""
    home = tmp_path_factory.mktemp("state")
    with own_database(django_db_blocker), override_settings(CARELOOM_HOME=home):
        for name, folder in send(home / "sent", realm=realm_of(current_pack().manifest.jurisdiction)):
            receive_theirs(folder=folder, name=name, at=clock.now(), say=lambda _: None)
        snapshot = take(at=clock.now(), request_key="published tables")
        assert {one["name"] for one in snapshot.inputs} == {place.name for place in PLACES}
        assert "Published" in publish_newest(at=clock.now(), because="Studies have no quality page")
        with transaction.atomic():
            keeper = a_worker(Role.STATE_LEAD, agency=an_agency(kind=AgencyKind.STATE_OVERSIGHT))
            partner = a_worker(Role.PARTNERSHIP_COORDINATOR)
        yield Readers(keeper=signed_in(keeper), partner=signed_in(partner))


def test_t1_delaware(readers: Readers) -> None:
    printed, keeper = published("T1")["published"], readers.keeper
    assert keeper.of("IPSE", DELAWARE)[0] == keeper.of("CAPTA_A", DELAWARE)[0] == 1436
    assert keeper.of("POSC", DELAWARE) == (1436, 1347, printed["with_plan"])
    kinds = keeper.sites("CAPTA_A", DELAWARE)
    assert share(kinds["CANNABIS"], sum(kinds.values())) == printed["one_substance"]
    assert 89.5 <= keeper.of("RH12", DELAWARE)[2] < 90  # "nearly 90"
    assert keeper.of("RECOVERY_REFERRED", DELAWARE) == (1436, 625, printed["mothers_referred"])
    assert 57.5 <= keeper.of("EI_REFERRED", DELAWARE)[2] < 58  # "nearly 58"
    assert keeper.of("CAPTA_A", DELAWARE_BEFORE)[0] == 1222
    assert share(keeper.of("INVESTIGATED", DELAWARE_BEFORE)[0], 1222) == published("T1_BEFORE")["published"]


def test_t1_delaware_as_everybody_may_read_it(readers: Readers) -> None:
    """Delaware is the whole state of its year: its table stands in the published figures for everybody, on the page too."""
    partner, year = readers.partner, DELAWARE.year
    assert told(partner.line("POSC", year)) == (1436, 1347, 93.8)
    assert told(partner.line("RH12", year)) == told(readers.keeper.line("RH12", year))
    assert told(partner.line("EI_REFERRED", year)) == told(readers.keeper.line("EI_REFERRED", year))
    page = partner.page("POSC")
    assert all(words in page for words in ("1,347 of 1,436", "94%"))  # a page says whole percents


def test_t2_connecticut(readers: Readers) -> None:
    printed, keeper = published("T2")["published"], readers.keeper
    diverted = keeper.of("DIVERTED", CONNECTICUT)
    assert diverted == (4763, 2453, printed["diverted"])
    ways = {name: keeper.line("REPORTED", CONNECTICUT.year, variant=name) for name in ("with_plan", "without_plan")}
    assert told(ways["with_plan"]) == (4763, 733, printed["reported_with_plan"])
    assert told(ways["without_plan"]) == (4763, 1577, printed["reported_without_plan"])
    assert keeper.of("POSC", CONNECTICUT)[:2] == (4763, 3186)
    assert keeper.of("REPORTED", CONNECTICUT)[:2] == (4763, 2310)
    births = keeper.line("NOTIFIED_BIRTHS", CONNECTICUT.year)
    whole, of_births = int(births["whole"]), printed["of_births"]
    assert int(births["part"]) == 4763
    assert 5.5 < 100 * 4763 / whole < 6  # "over 5.5"
    assert (share(2453, whole), share(733, whole) < 1) == (of_births["diverted"], True)
    assert of_births["reported_without_plan"] <= 100 * 1577 / whole < of_births["reported_without_plan"] + 0.1
    kinds = keeper.sites("CAPTA_A", CONNECTICUT)

    def any_of(*words: str) -> float:
        return 100 * sum(count for kind, count in kinds.items() if any(word in kind for word in words)) / 4763

    assert (round(any_of("CANNABIS")), round(any_of("OPIOID", "MOUD"))) == (printed["cannabis"], printed["opioid"])
    assert any_of("ALCOHOL") < 3
    assert "2,453" in keeper.page("DIVERTED")
    assert told(readers.partner.line("POSC", CONNECTICUT.year))[:2] == (4763, 3186)


def test_t4_california_care_by_exposure(readers: Readers) -> None:
    """Both columns as printed, and all infants; the row's own percent where a whole number gives it."""
    keeper, rows, year = readers.keeper, published("T4")["rows"]["care"], CALIFORNIA.year
    assert keeper.of("INVESTIGATED", CALIFORNIA)[0] == int(keeper.line("INVESTIGATED", year)["counted"]) == 22855
    assert keeper.sites("INVESTIGATED", CALIFORNIA) == {"PSE": 5988, "NONE": 16867}
    assert int(keeper.line("INVESTIGATED", year, by="exposure", group="OTHER")["counted"]) == 5988
    for code, name in (("INVESTIGATED_CARE36", "in_care"), ("INVESTIGATED_NEW36", "new_family"), ("INVESTIGATED_AWAY36", "away")):
        row = rows[name]
        every, of_pse, of_none = (told(keeper.line(code, year, **where)) for where in ({}, site("PSE"), site("NONE")))
        assert (every[1], of_pse[2], of_none[2]) == (row["all"], row["pse"], row["no"])
        assert abs(share(of_pse[1], every[1]) - row["row"]) < 0.15
        assert f"{row['all']:,}" in keeper.page(code)


def site(code: str) -> dict[str, str]:
    return {"by": "site", "group": code}


def test_t4_california_every_stratum(readers: Readers) -> None:
    """Each row of the table: all infants and the two columns as printed, and the row's percent off by at most the least that is possible."""
    off: list[float] = []
    for place in STRATA:
        sites = readers.keeper.sites("INVESTIGATED", place)
        for value, (every, _, of_pse, of_none, of_row) in published("T4")["rows"][place.stratum].items():
            pse, none = (sites[site_of(place.stratum, value, exposure)] for exposure in ("PSE", "NONE"))
            assert (pse + none, share(pse, 5988), share(none, 16867)) == (every, of_pse, of_none), value
            off.append(round(abs(share(pse, every) - of_row), 1))
        assert readers.keeper.of("INVESTIGATED", place)[0] == 22855
    assert len(off) == 22
    assert max(off) <= 0.2


def test_t4_california_by_the_strata_that_the_product_knows(readers: Readers) -> None:
    keeper, rows = readers.keeper, published("T4")["rows"]

    def counted(by: str, group: str) -> int:
        return int(keeper.line("INVESTIGATED", CALIFORNIA.year, by=by, group=group)["counted"])

    for group in ("WHITE", "BLACK", "ASIAN", "NATIVE", "OTHER"):
        assert counted("race", group) == rows["race"][group][0]
    assert counted("race", "HISPANIC") == rows["race"]["HISPANIC_US_BORN"][0] + rows["race"]["HISPANIC_FOREIGN_BORN"][0]
    assert {group: counted("payer", group) for group in ("MEDICAID", "PRIVATE")} == {group: row[0] for group, row in rows["payer"].items()}


def test_t5_california_2006_and_washington(readers: Readers) -> None:
    keeper = readers.keeper
    for place in (BIRTHS, WASHINGTON):
        printed = published(place.table)["published"]
        assert keeper.of("REPORTED", place)[2] == printed["reported"]
        assert keeper.of("SUPPORT1", place)[2] == printed["placed"]
    births = keeper.line("NOTIFIED_BIRTHS", BIRTHS.year)
    assert (births["whole"], births["part"], births["value"], births["per"]) == ("551232", "7994", "14.5", "1000")  # 1.45 of 100
    assert keeper.line("NOTIFIED_BIRTHS", WASHINGTON.year, by="county", group=WASHINGTON.county)["whole"] == "760863"
    assert readers.partner.line("NOTIFIED_BIRTHS", BIRTHS.year)["part"] == "7994"


def test_t6_massachusetts_early_intervention(readers: Readers) -> None:
    printed, keeper, year = published("T6")["published"], readers.keeper, MASSACHUSETTS.year
    for group in ("NAS", "OTHER"):
        referred, enrolled = (told(keeper.line(code, year, **site(group))) for code in ("EI_REFERRED", "EI_ENROLLED"))
        assert [*referred[1:], *enrolled[1:]] == printed[group]
        assert enrolled[0] == referred[1]
    assert [*keeper.of("EI_REFERRED", MASSACHUSETTS), *keeper.of("EI_ENROLLED", MASSACHUSETTS)[1:]] == printed["all"]
    assert list(told(readers.partner.line("EI_REFERRED", year))) == printed["all"][:3]
    assert "5,602" in readers.partner.page("EI_REFERRED")


def test_what_is_not_published_stays_with_the_keeper(readers: Readers) -> None:
    """A partner's file of an indicator that no plan of publication names has no figure in it."""
    for code in ("DIVERTED", "INVESTIGATED", "EI_ENROLLED"):
        assert [row for row in readers.partner.lines(code) if not row["hidden"]] == []
