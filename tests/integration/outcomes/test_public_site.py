"""The public site needs no server and no script, hides what is hidden, and hangs together; files on screen say what the page says. R-087, O11."""

from __future__ import annotations

import csv
import io
import json
import re
from datetime import timedelta
from html import unescape
from pathlib import Path
from urllib.parse import urljoin

import pyarrow.parquet as pq
import pytest
from django.contrib.staticfiles import finders
from django.test import Client
from tests.factories.agencies import a_worker, an_agency
from tests.factories.figures import a_snapshot
from tests.integration.outcomes.test_publishing import entries, lead, published

from careloom.agencies.roles import Role
from careloom.infra import clock
from careloom.infra.access import System, acting_as, system
from careloom.kernel.agency_kinds import AgencyKind
from careloom.outcomes.models import Snapshot
from careloom.outcomes.publishing.actions import withdraw
from careloom.outcomes.publishing.operating import publish_newest
from careloom.outcomes.publishing.site import NothingPublished, write_site

pytestmark = pytest.mark.django_db


@pytest.fixture
def site(tmp_path: Path) -> Path:
    snapshot, who = a_snapshot(sealed=False), lead()
    entries(snapshot, "2023")
    entries(snapshot, "2024")
    published(snapshot, who)
    write_site(to=tmp_path / "site")
    return tmp_path / "site"


def test_every_page_hangs_together_without_script_or_server(site: Path) -> None:
    pages = sorted(site.rglob("*.html"))
    names = {str(page.relative_to(site)) for page in pages}
    assert {"index.html", "card.html", "method.html", "indicators/P1.html", "es/index.html", "es/indicators/P1.html"} <= names
    for page in pages:
        text = page.read_text(encoding="utf-8")
        assert "<script" not in text
        assert ' style="' not in text
        for link in re.findall(r'(?:href|src)="([^"#]+)', text):
            assert not link.startswith(("/", "http")), (page, link)
            target = site / urljoin(str(page.relative_to(site)), link)
            assert target.is_file(), (page, link)
    for sheet in site.rglob("*.css"):
        for name in re.findall(r"""url\(["']?(?!data:|#)([^"')?#]+)""", sheet.read_text(encoding="utf-8")):
            # Fonts are fetched when a machine is set up; a checkout that never was has none.
            target = (sheet.parent / name).resolve()
            assert target.is_file() or finders.find(str(target.relative_to((site / "assets").resolve()))) is None, (sheet, name)


@pytest.mark.requirement("R-087")
def test_a_stranger_reads_what_is_published_and_nothing_else(site: Path) -> None:
    rows = list(csv.DictReader((site / "data" / "P1.csv").open(encoding="utf-8")))
    state = next(row for row in rows if row["period"] == "2024" and not row["by"])
    assert (state["met"], state["counted"], state["value"]) == ("210", "450", "46.7")
    small = next(row for row in rows if row["group"] == "Aspen")
    assert (small["met"], small["hidden"]) == ("", "PROTECTS_PEOPLE")
    shown = [int(row[name]) for row in rows if not row["hidden"] for name in ("met", "counted", "apart")]
    assert not any(0 < number < 11 for number in shown)
    table = pq.read_table(site / "data" / "P1.parquet").to_pylist()
    assert [(row["group"], row["met"]) for row in table] == [(row["group"], int(row["met"]) if row["met"] else None) for row in rows]
    page = (site / "indicators" / "P1.html").read_text(encoding="utf-8")
    assert "210" in page
    assert "Hidden, to protect people" in page
    for part in ("Counted", "Among", "Left out", "Source", "Owner", "Looked at again"):
        assert part in page


def test_machines_find_every_file_in_the_catalog(site: Path) -> None:
    catalog = json.loads((site / "catalog.json").read_text(encoding="utf-8"))
    links = [one["dcat:downloadURL"] for dataset in catalog["dcat:dataset"] for one in dataset["dcat:distribution"]]
    assert "data/P1.parquet" in links
    assert all((site / link).is_file() for link in links)


def test_what_was_taken_back_is_gone_and_the_note_stands(tmp_path: Path) -> None:
    first, who = a_snapshot(sealed=False), lead()
    entries(first, "2023")
    row = published(first, who)
    second = a_snapshot(sealed=False)
    entries(second, "2023")
    entries(second, "2024")
    published(second, who)
    withdraw(publication_id=row, by=who, at=clock.now(), because="A county had counted twice")
    write_site(to=tmp_path / "site")
    assert "A county had counted twice" in (tmp_path / "site" / "index.html").read_text(encoding="utf-8")
    assert {line["period"] for line in csv.DictReader((tmp_path / "site" / "data" / "P1.csv").open(encoding="utf-8")) if not line["hidden"]} == {
        "2024"
    }


def test_nothing_is_written_before_a_publication_or_over_other_files(tmp_path: Path) -> None:
    with pytest.raises(NothingPublished):
        write_site(to=tmp_path / "site")
    (tmp_path / "other").mkdir()
    (tmp_path / "other" / "letter.txt").write_text("mine", encoding="utf-8")
    with pytest.raises(FileExistsError):
        write_site(to=tmp_path / "other")
    assert (tmp_path / "other" / "letter.txt").read_text(encoding="utf-8") == "mine"


def test_a_site_that_was_being_replaced_when_the_machine_stopped_is_there_again(site: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    whole = Path.rename

    def stops(self: Path, target: Path) -> Path:
        if self.name.endswith(".new"):
            raise KeyboardInterrupt
        return whole(self, target)

    monkeypatch.setattr(Path, "rename", stops)
    with pytest.raises(KeyboardInterrupt):
        write_site(to=site)
    monkeypatch.undo()
    assert not site.exists()  # as a machine leaves it that stops between the two renames
    with acting_as(system(System.EXTRACT)):
        Snapshot.objects.update(sealed_at=None)
    with pytest.raises(NothingPublished):  # even a run that cannot write a new one
        write_site(to=site)
    assert (site / "index.html").is_file()


def test_files_on_screen_go_through_the_readers_eyes(sign_in: object) -> None:
    snapshot, who = a_snapshot(sealed=False), lead()
    entries(snapshot)
    published(snapshot, who)
    keeper: Client = sign_in(a_worker(Role.STATE_LEAD, agency=an_agency(kind=AgencyKind.STATE_OVERSIGHT)))  # type: ignore[operator]
    partner: Client = sign_in(a_worker(Role.PARTNERSHIP_COORDINATOR))  # type: ignore[operator]
    counts = {}
    for name, client in (("keeper", keeper), ("partner", partner)):
        answer = client.get("/numbers/indicators/P1/figures.csv")
        assert answer.status_code == 200
        counts[name] = {row["group"]: row["met"] for row in csv.DictReader(io.StringIO(answer.content.decode()))}
        table = pq.read_table(io.BytesIO(client.get("/numbers/indicators/P1/figures.parquet").content)).to_pylist()
        assert {row["group"] for row in table} == set(counts[name])
    assert counts["keeper"]["Aspen"] == "5"
    assert counts["partner"]["Aspen"] == ""
    for path in ("/numbers/indicators/NONE/figures.csv", "/numbers/indicators/P1/figures.xlsx"):
        assert keeper.get(path).status_code == 404
    outsider: Client = sign_in(a_worker(Role.HOME_VISITOR))  # type: ignore[operator]
    assert outsider.get("/numbers/indicators/P1/figures.csv").status_code == 404


def test_an_operator_publishes_what_is_new_once(tmp_path: Path) -> None:
    snapshot = a_snapshot(sealed=False)
    entries(snapshot)
    assert "Published" in publish_newest(at=clock.now(), because="The practice county has one operator")
    assert "Nothing is new" in publish_newest(at=clock.now() + timedelta(minutes=1), because="Again")
    assert Path("index.html") in write_site(to=tmp_path / "site")


def test_the_spanish_pages_are_in_spanish_and_mark_what_is_not(site: Path) -> None:
    page = unescape((site / "es" / "indicators" / "P1.html").read_text(encoding="utf-8"))
    assert '<html lang="es">' in page
    assert "Un hogar permanente en un año" in page
    assert "47 de cada 100 niños que entraron en cuidado tenían un hogar para siempre en un año." in page
    assert "Oculto, para proteger a las personas" in page
    assert '<dd lang="en">Left care to reunification' in page
    for page in ((site / "es" / name).read_text(encoding="utf-8") for name in ("index.html", "card.html")):
        assert "Cómo están las familias" in page
        for english in ("of 100", "more than chance", "Report card", "What to do", "Next:", "Counted"):
            assert english not in page
    assert 'lang="en">' not in (site / "indicators" / "P1.html").read_text(encoding="utf-8").split("<main")[1]
