"""The public site: a folder of pages, tables and files that needs no server and no script (R-087, O11).

Everything in it is read as a stranger reads it: only what a publication let go. It is written beside the old one and takes its place when
it is whole.
"""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path
from typing import Any, Final

from django.contrib.staticfiles import finders
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from careloom.agencies.roles import Permission
from careloom.infra.access import System, Viewer, acting_as, system
from careloom.infra.packs import current_pack
from careloom.infra.packs.indicators import indicators as definitions
from careloom.kernel.indicators.definition import Indicator
from careloom.outcomes.models import Curve, Publication, Snapshot
from careloom.outcomes.presenters import indicator as shown
from careloom.outcomes.presenters.cards import FAIR, card
from careloom.outcomes.presenters.cascade import CODES
from careloom.outcomes.presenters.dashboard import run_again
from careloom.outcomes.presenters.labels import THEMES, group_words
from careloom.outcomes.presenters.rows import told
from careloom.outcomes.presenters.spoken import spoken
from careloom.outcomes.publishing import data
from careloom.outcomes.publishing.plan import shipped_plan
from careloom.outcomes.publishing.protecting import Why
from careloom.outcomes.queries import aimed, numbers
from careloom.outcomes.queries.numbers import Book
from careloom.outcomes.queries.sight import Seen

LANGUAGES: Final = (("en", "English", ""), ("es", "Español", "es/"))
SHEETS: Final = ("vendor/uswds.css", "ui/careloom.css", "ui/work.css")
_ASSETS = "assets/"
_URL = re.compile(r"""url\(["']?(?!data:|https?:|#)([^"')?#]+)""")
_TOLD_WHY: Final = (Why.PROTECTS_PEOPLE.value, Why.TOO_EARLY.value)


class NothingPublished(RuntimeError):
    """There is no publication yet; the text says what to do."""


@dataclass(frozen=True, kw_only=True)
class _Site:
    """What all pages are written from."""

    folder: Path
    snapshot: Snapshot
    figures: Mapping[str, tuple[list[Seen], list[Curve]]]
    indicators: Mapping[str, Indicator]
    aims: Mapping[str, aimed.Aimed]
    notes: tuple[Publication, ...]


def write_site(*, to: Path) -> list[Path]:
    """Write the site in all its languages into the folder `to`, whose former site it replaces. The paths that were written, within the folder.

    :raises NothingPublished: no publication was approved.
    :raises FileExistsError: the folder holds something that is no such site.
    """
    fresh, former = to.with_name(f".{to.name}.new"), to.with_name(f".{to.name}.old")
    if former.exists() and not to.exists():
        former.rename(to)  # somebody was stopped between the two renames below
    if to.exists() and any(to.iterdir()) and not (to / "catalog.json").exists():
        raise FileExistsError(f"{to} holds other files. Name an empty folder, or one that holds a former site.")
    shutil.rmtree(fresh, ignore_errors=True)
    stranger = system(System.JOB)
    with acting_as(stranger):
        site = _read(fresh, stranger)
    for path in _assets():
        _write_bytes(fresh / _ASSETS / path, Path(str(finders.find(path))).read_bytes())
    _files(site)
    for code, _name, under in LANGUAGES:
        with translation.override(code), acting_as(stranger):
            _pages(replace(site, indicators=spoken()), stranger, code, under)
    shutil.rmtree(former, ignore_errors=True)
    if to.exists():
        to.rename(former)
    fresh.rename(to)
    shutil.rmtree(former, ignore_errors=True)
    return sorted(path.relative_to(to) for path in to.rglob("*") if path.is_file())


def _read(folder: Path, stranger: Viewer) -> _Site:
    snapshot = numbers.newest_snapshot(viewer=stranger)
    if snapshot is None:
        raise NothingPublished("Nothing was published yet. Prepare and approve a publication first.")
    plan = shipped_plan()
    codes = [code for code in definitions() if plan.family_of(code)]
    figures = {code: _told(code, *numbers.of_indicator(viewer=stranger, snapshot=snapshot, code=code)) for code in codes}
    # The aims of the state are in its partnership's rooms, which every agency reads; no figure is read with these permissions.
    board = replace(stranger, permissions=frozenset({Permission.PARTNERSHIP_READ, Permission.PARTNERSHIP, Permission.COUNTS_EXACT}))
    with acting_as(board):
        aims = {code: aim for code, aim in aimed.aims_of(viewer=board).items() if aim.is_final}
    notes = Publication.objects.filter(withdrawn_at__isnull=False).order_by("-withdrawn_at")[:20]
    kept = {code: found for code, found in figures.items() if any(not one.hidden for one in found[0]) or found[1]}
    return _Site(folder=folder, snapshot=snapshot, figures=kept, indicators=definitions(), aims=aims, notes=tuple(notes))


def _told(code: str, rows: list[Seen], curves: list[Curve]) -> tuple[list[Seen], list[Curve]]:
    """What the plan tells of an indicator: its shown figures, and those of its tables that are hidden for a reason one may know."""
    plan = shipped_plan()
    family = plan.families[str(plan.family_of(code))]
    present = {(one.period, one.by) for one in rows if not one.hidden}
    return [
        one
        for one in rows
        if not one.hidden
        or (one.is_year and one.hidden in _TOLD_WHY and (one.by == "" or (one.by in family.cuts and (one.period, one.by) in present)))
    ], curves


def _files(site: _Site) -> None:
    every = []
    for code, (rows, _curves) in site.figures.items():
        lines = data.rows_of(site.indicators[code], rows)
        every += lines
        _write(site.folder / "data" / f"{code}.csv", data.as_csv(lines))
        _write_bytes(site.folder / "data" / f"{code}.parquet", data.as_parquet(lines))
    _write(site.folder / "data" / "figures.csv", data.as_csv(every))
    _write_bytes(site.folder / "data" / "figures.parquet", data.as_parquet(every))
    _write(site.folder / "catalog.json", json.dumps(_catalog(site), indent=1, ensure_ascii=False) + "\n")


def _catalog(site: _Site) -> dict[str, Any]:
    """The site for machines, in the words of DCAT 3 (W3C)."""
    manifest = current_pack().manifest
    return {
        "@context": {"dcat": "http://www.w3.org/ns/dcat#", "dct": "http://purl.org/dc/terms/"},
        "@type": "dcat:Catalog",
        "dct:title": f"How families are doing: {manifest.title}",
        "dct:issued": site.snapshot.made_at.date().isoformat(),
        "careloom:snapshot": str(site.snapshot.pk),
        "careloom:code": site.snapshot.code_version,
        "careloom:figures": site.snapshot.figures_hash,
        "dcat:dataset": [_dataset(site, code) for code in site.figures],
    }


def _dataset(site: _Site, code: str) -> dict[str, Any]:
    one, rows = site.indicators[code], site.figures[code][0]
    dataset: dict[str, Any] = {
        "@type": "dcat:Dataset",
        "dct:identifier": code,
        "dct:title": one.title,
        "dct:description": f"{one.question} Counted: {one.numerator} Among: {one.denominator}",
        "dct:source": one.source,
        "dct:publisher": one.owner,
        "dcat:distribution": [
            {"@type": "dcat:Distribution", "dcat:downloadURL": f"data/{code}.{kind}", "dcat:mediaType": media.partition(";")[0]}
            for kind, media in (("csv", "text/csv"), ("parquet", "application/vnd.apache.parquet"))
        ],
        "dcat:landingPage": f"indicators/{code}.html",
    }
    if rows:
        first, last = min(row.starts_on for row in rows), max(row.ends_on for row in rows) - timedelta(days=1)
        dataset["dct:temporal"] = {"dcat:startDate": first.isoformat(), "dcat:endDate": last.isoformat()}
    return dataset


def _pages(site: _Site, viewer: Viewer, code: str, under: str) -> None:
    sheets = [_ASSETS + sheet for sheet in SHEETS if finders.find(sheet)]
    for path, template, context in _each(site, viewer):
        deep = path.count("/")
        up = "../" * (deep + under.count("/"))
        frame = {
            "lang": code, "state": current_pack().manifest.title, "sheets": sheets, "up": up, "home": "../" * deep,
            "languages": [(other, name, f"{up}{where}{path}") for other, name, where in LANGUAGES if other != code],
            "source": shown.counted_on(site.snapshot), "english": frozenset() if code == "en" else _reviewed(),
        }  # fmt: skip
        _write(site.folder / f"{under}{path}", render_to_string(f"outcomes/site/{template}.html", {**context, **frame}))


def _reviewed() -> frozenset[str]:
    """What stands in English on every page, for it was reviewed word by word: pages in another language mark it so, for voices that read aloud."""
    every = definitions().values()
    return frozenset(words for one in every for words in (
        one.success, one.numerator, one.denominator, " ".join(one.exclusions), one.source, one.basis, one.owner,
    ))  # fmt: skip


def _each(site: _Site, viewer: Viewer) -> Iterator[tuple[str, str, dict[str, Any]]]:
    """Every page: its path, its template, what stands on it."""
    threshold = current_pack().suppression.threshold
    book = numbers.book(viewer=viewer, snapshot=site.snapshot)
    reasons = numbers.by_groups(viewer=viewer, snapshot=site.snapshot, codes=CODES, by="reason")
    groups = site.figures.get(FAIR, ([], []))[0]
    state = card(book=book, indicators=site.indicators, aims=site.aims, groups=groups, reasons=reasons, threshold=threshold)
    cards = [(state.place, "card.html")]
    yield "card.html", "card", {"card": state, "counted": shown.counted_on(site.snapshot)}
    for by, value in numbers.places_of(viewer=viewer, snapshot=site.snapshot):
        place = group_words(by, value)
        path = f"places/{_slug(place)}.html"
        of_place = numbers.book(viewer=viewer, snapshot=site.snapshot, by=by, group=value)
        found = card(book=of_place, indicators=site.indicators, aims=site.aims, threshold=threshold, place=place)
        if found.rows:
            cards.append((place, path))
            yield path, "card", {"card": found, "counted": shown.counted_on(site.snapshot)}
    yield from (_indicator_page(site, code, book) for code in site.figures)
    yield "method.html", "method", _method(site, book)
    yield "index.html", "index", {"lede": state.lede, "cards": cards, "themes": _themes(site, book), "notes": _notes(site)}


def _indicator_page(site: _Site, code: str, book: Book) -> tuple[str, str, dict[str, Any]]:
    one, (rows, curves) = site.indicators[code], site.figures[code]
    context = {
        "one": one,
        "words": told(one, book, site.aims.get(code, aimed.NOTHING)).sentence,
        "facts": shown.definition(one),
        "reference": shown.reference(one),
        "time": shown.over_time(one, rows),
        "strata": shown.by_group(one, rows),
        "waiting": shown.waiting(one, curves),
    }
    return f"indicators/{code}.html", "indicator", context


def _themes(site: _Site, book: Book) -> list[tuple[str, list[dict[str, str]]]]:
    found: dict[str, list[dict[str, str]]] = {}
    for theme, words in THEMES.items():
        for code in site.figures:
            one = site.indicators[code]
            if one.theme is theme:
                said = told(one, book, site.aims.get(code, aimed.NOTHING)).sentence
                found.setdefault(str(words), []).append({"title": one.title, "href": f"indicators/{code}.html", "words": said})
    return list(found.items())


def _method(site: _Site, book: Book) -> dict[str, Any]:
    threshold = current_pack().suppression.threshold
    protects = [
        _("No number of people from 1 to %(most)s is shown, and none that would give one away.") % {"most": threshold - 1},
        _("Groups that are too small are shown together as one. One that is large enough is always among them."),
        _("A year is told once, when all its answers are known, and stays as it was told. Corrections stand on the first page."),
        _("Tribal nations own the numbers of their citizens. A nation without a leave in force is not shown apart."),
    ]
    each = [
        {"code": code, "title": one.title, "question": one.question, "href": f"indicators/{code}.html", "facts": shown.definition(one)}
        for code in site.figures
        for one in (site.indicators[code],)
    ]
    return {"protects": protects, "again": run_again(book), "definitions": each}


def _notes(site: _Site) -> list[dict[str, str]]:
    return [{"day": date_format(row.withdrawn_at, "F j, Y"), "words": row.withdrawn_because} for row in site.notes if row.withdrawn_at]


def _assets() -> list[str]:
    """The style sheets and every file that they name."""
    wanted, found = list(SHEETS), []
    while wanted:
        path = wanted.pop()
        real = finders.find(path)
        if path in found or real is None:
            continue
        found.append(path)
        if path.endswith(".css"):
            text = Path(str(real)).read_text(encoding="utf-8")
            wanted += [_joined(path, name) for name in _URL.findall(text)]
    return sorted(found)


def _joined(sheet: str, name: str) -> str:
    parts = sheet.split("/")[:-1]
    for part in name.split("/"):
        if part == "..":
            parts.pop()
        elif part != ".":
            parts.append(part)
    return "/".join(parts)


def _slug(words: str) -> str:
    return re.sub(r"[^a-z0-9]+", "-", words.lower()).strip("-")


def _write(path: Path, text: str) -> None:
    _write_bytes(path, text.encode("utf-8"))


def _write_bytes(path: Path, content: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)
