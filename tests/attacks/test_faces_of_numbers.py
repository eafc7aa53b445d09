"""Every face of the numbers draws from the open cells: no page, paper or file that others read holds a count that was hidden (decision 0016)."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from pathlib import Path

import pyarrow.parquet as pq
import pypdf
import pytest
from django.test import Client
from tests.factories.agencies import a_worker, an_agency, viewer
from tests.factories.figures import a_snapshot, figure
from tests.integration.outcomes.test_publishing import lead, published

from careloom.agencies.roles import Role
from careloom.infra.access import System, acting_as, system
from careloom.kernel.agency_kinds import AgencyKind
from careloom.outcomes.models import Figure, Snapshot
from careloom.outcomes.presenters.drafted import year_lines
from careloom.outcomes.publishing.site import write_site

pytestmark = pytest.mark.django_db
YEAR = "2024"
CHANCE = 1_000  # smaller numbers stand on any page: days, years, sizes
# One small county in each table, so that the protection must hide others with it; counts that stand nowhere else by chance.
COUNTIES = {"": (48_673, 91_139), "Alder": (31_013, 57_037), "Sumac": (17_653, 34_081), "Aspen": (7, 21)}
RACES = {"": (48_673, 91_139), "WHITE": (30_211, 58_237), "BLACK": (18_455, 32_887), "ASIAN": (7, 15)}
PAGES = (
    "", "card/", "from-birth-to-help/", "quality/", "what-others-published/", "indicators/P1/", "indicators/P1/?by=county", "indicators/P1/?by=race",
    "indicators/P1/figures.csv", "federal-three/", "federal-three.csv",
)  # fmt: skip


@pytest.fixture
def snapshot() -> Snapshot:
    """A published snapshot of one indicator by county and by race."""
    row, who = a_snapshot(sealed=False), lead()
    for by, table in (("county", COUNTIES), ("race", RACES)):
        for value, counts in table.items():
            if value or by == "county":
                figure(row, "P1", YEAR, counts, by=by if value else "", value=value, hidden=None)
    published(row, who)
    return row


def hidden_counts(snapshot: Snapshot) -> set[int]:
    """The counts of hidden cells, and of those who did not meet, that no open cell has."""
    with acting_as(system(System.EXTRACT)):
        rows = list(Figure.objects.filter(snapshot=snapshot))
    told = {True: set(), False: set()}  # type: dict[bool, set[int]]
    for row in rows:
        told[row.hidden == ""] |= {row.met, row.counted, row.counted - row.met}
    return {count for count in told[False] - told[True] if count > CHANCE}


def numbers_in(text: str) -> set[int]:
    """Every whole number that a reader could read out of a text, however its thousands are set apart.

    Digits among letters are none: a random token of a form holds any five of them now and then.
    """
    return {int(re.sub(r"\D", "", found)) for found in re.findall(r"(?<!\w)(?:\d{1,3}(?:[.,\s\u00a0\u202f]\d{3})+|\d+)(?!\w)", text)}


def site_texts(folder: Path) -> Iterator[tuple[str, str]]:
    """Each file of the public site as text."""
    for path in sorted(folder.rglob("*")):
        if path.suffix == ".parquet":
            yield path.name, str(pq.read_table(path).to_pylist())
        elif path.suffix in (".html", ".csv", ".json", ".svg"):
            yield str(path.relative_to(folder)), path.read_text(encoding="utf-8")


def screen_texts(client: Client) -> Iterator[tuple[str, str]]:
    """Each page and file on screen as text."""
    for path in PAGES:
        answer = client.get(f"/numbers/{path}")
        assert answer.status_code == 200, path
        # The reader's own name and agency stand on each page; the tests number them on and on.
        yield path, re.sub(r"\b(Worker|Agency) \d+", "", answer.content.decode())
    yield "parquet", str(pq.read_table(io.BytesIO(client.get("/numbers/indicators/P1/figures.parquet").content)).to_pylist())
    paper = pypdf.PdfReader(io.BytesIO(client.get("/numbers/card.pdf").content))
    yield "card.pdf", " ".join(page.extract_text() for page in paper.pages)


def test_no_face_that_others_read_holds_a_hidden_count(snapshot: Snapshot, tmp_path: Path, sign_in: object) -> None:
    hidden = hidden_counts(snapshot)
    assert len(hidden) >= 6  # else nothing had to be protected, and this test shows nothing
    write_site(to=tmp_path / "site")
    partner = a_worker(Role.PARTNERSHIP_COORDINATOR)
    keeper = a_worker(Role.STATE_LEAD, agency=an_agency(kind=AgencyKind.STATE_OVERSIGHT))
    found = {name: hidden & numbers_in(text) for name, text in site_texts(tmp_path / "site")}
    found |= {name: hidden & numbers_in(text) for name, text in screen_texts(sign_in(partner))}  # type: ignore[operator]
    assert {name: counts for name, counts in found.items() if counts} == {}
    assert 91_139 in numbers_in((tmp_path / "site" / "indicators" / "P1.html").read_text(encoding="utf-8"))  # what is open is found by the same eyes
    # Who keeps the exact figures reads them all on screen, and in what others get from her still none.
    exact = dict(screen_texts(sign_in(keeper)))  # type: ignore[operator]
    assert hidden & numbers_in(exact["indicators/P1/figures.csv"])
    with acting_as(viewer(keeper)):
        assert not hidden & numbers_in(" ".join(year_lines(viewer=viewer(keeper), year=int(YEAR))))
