"""Turns the parsed files of a pack into a `Pack`, or into the list of what is wrong."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from zoneinfo import available_timezones

from careloom.kernel.clocks import BusinessCalendar, EscalationStep, ReviewSchedule
from careloom.kernel.packs.following_reader import read_following
from careloom.kernel.packs.local_law import read_overlays, read_reviews
from careloom.kernel.packs.meetings_reader import read_meetings
from careloom.kernel.packs.merge import Documents
from careloom.kernel.packs.plan_sections import read_contents, read_sections
from careloom.kernel.packs.problems import Problem, Severity
from careloom.kernel.packs.reader import LANGUAGES, Reader
from careloom.kernel.packs.rules import read_tables
from careloom.kernel.packs.schema import (
    ClockName,
    ClockRule,
    Closing,
    CodedText,
    Manifest,
    Pack,
    Place,
    PlaceKind,
    PlanTemplate,
    Source,
    Text,
    Words,
)
from careloom.kernel.suppression import SuppressionSettings

DOCUMENTS = ("manifest", "rules", "plan", "clocks", "closing", "words", "calendar", "outcomes", "disclosure", "following", "meetings")
"""The files of a pack. A child pack may leave out all but the manifest."""


@dataclass(frozen=True, kw_only=True, slots=True)
class ParsedPack:
    """The pack when it may be used, and every problem found."""

    pack: Pack | None
    problems: tuple[Problem, ...]


def parse_pack(*, documents: Documents) -> ParsedPack:
    """Read merged documents. The pack is None when one problem is an error."""
    problems: list[Problem] = []
    for name in documents:
        if name not in DOCUMENTS:
            problems.append(
                Problem(
                    file=f"{name}.yaml",
                    where="file",
                    what="This file is not part of a pack.",
                    fix=f"Use one of {', '.join(DOCUMENTS)}.",
                )
            )
    readers = {name: Reader(data=documents.get(name, {}), file=f"{name}.yaml", where=name, problems=problems) for name in DOCUMENTS}
    manifest = _manifest(readers["manifest"])
    pack = Pack(
        manifest=manifest,
        rule_versions=read_tables(document=readers["rules"], jurisdiction=manifest.jurisdiction),
        plan=_plan(readers["plan"]),
        overdue_review=_escalation(readers["clocks"]),
        clocks=_clocks(readers["clocks"]),
        closing=_closing(readers["closing"]),
        words=_words(readers["words"]),
        calendar=_calendar(readers["calendar"], manifest.zone),
        suppression=_suppression(readers["outcomes"]),
        reviews=read_reviews(readers["disclosure"]),
        overlays=read_overlays(readers["disclosure"], fictional=manifest.fictional),
        following=read_following(readers["following"]),
        meetings=read_meetings(readers["meetings"]),
    )
    broken = any(problem.severity is Severity.ERROR for problem in problems)
    return ParsedPack(pack=None if broken else pack, problems=tuple(problems))


def _manifest(reader: Reader) -> Manifest:
    reader.raw("extends")
    manifest = Manifest(
        name=reader.text("name"),
        title=reader.text("title"),
        jurisdiction=reader.text("jurisdiction"),
        zone=reader.text("zone"),
        effective_from=reader.day("effective_from"),
        effective_to=reader.optional_day("effective_to"),
        reviewed_by=reader.optional_text("reviewed_by"),
        reviewed_on=reader.optional_day("reviewed_on"),
        fictional=reader.flag("fictional", default=False),
        sources=tuple(_source(source) for source in reader.children("sources")),
        open_questions=reader.texts("open_questions"),
        places=tuple(_place(place) for place in reader.children("places")),
    )
    if manifest.zone and manifest.zone not in available_timezones():
        reader.problem("This is no IANA time zone.", "Write one such as America/New_York.", key="zone")
    if (manifest.reviewed_by is None) != (manifest.reviewed_on is None):
        reader.problem("A review has a reviewer and a day, or neither.", "Fill in both, or set both to null.", key="reviewed_by")
    reader.done()
    return manifest


def _source(reader: Reader) -> Source:
    source = Source(citation=reader.text("citation"), says=reader.text("says"), status=reader.status())
    reader.done()
    return source


def _place(reader: Reader) -> Place:
    place = Place(code=reader.text("code"), name=reader.text("name"), kind=reader.code("kind", PlaceKind))
    reader.done()
    return place


def _plan(reader: Reader) -> PlanTemplate:
    reviews = reader.child("reviews")
    days = tuple(day for day in reviews.items("days") if isinstance(day, int))
    every = reviews.number("then_every") if "then_every" in reviews else None
    try:
        schedule = ReviewSchedule(days=days, then_every=every, until_day=reviews.number("until_day"))
    except ValueError as error:
        reviews.problem("This is no review schedule.", str(error))
        schedule = ReviewSchedule(days=(30,))
    template = PlanTemplate(
        name=reader.words("name"),
        values=reader.words("values") if "values" in reader else {},
        reviews=schedule,
        approval_needed=reader.flag("approval_needed"),
        before_discharge=reader.flag("before_discharge"),
        minimum_content=reader.texts("minimum_content"),
        status=reader.status(),
        citations=reader.texts("citations"),
        sections=read_sections(reader),
        contents=read_contents(reader),
    )
    reviews.done()
    for code in template.minimum_content:
        if code not in template.contents:
            reader.problem(f"Nothing says what {code} is.", "Write it under contents, with its section, words and filled_by.", key="minimum_content")
    reader.done()
    return template


def _clocks(reader: Reader) -> dict[ClockName, ClockRule]:
    clocks = reader.child("clocks")
    found: dict[ClockName, ClockRule] = {}
    for key in clocks.keys():  # noqa: SIM118
        if key not in set(ClockName):
            clocks.problem("This clock is not known.", f"Use one of {', '.join(ClockName)}.", key=key)
            continue
        inner = clocks.child(key)
        found[ClockName(key)] = ClockRule(
            name=ClockName(key),
            due=inner.due("due"),
            counts_from=inner.text("counts_from"),
            status=inner.status(),
            citations=inner.texts("citations"),
        )
        inner.done()
    for name in ClockName:
        if name not in found:
            clocks.problem("This clock is missing.", "Add it, or extend the base pack.", key=name)
    reader.done()
    return found


def _escalation(reader: Reader) -> tuple[EscalationStep, ...]:
    steps = []
    for inner in reader.children("overdue_review"):
        steps.append(EscalationStep(after_business_days=inner.number("after_business_days"), tell=inner.text("tell")))
        inner.done()
    return tuple(steps)


def _closing(reader: Reader) -> Closing:
    lost = reader.child("lost_contact")
    closing = Closing(
        checklist=_coded(reader, "checklist"),
        reasons=_coded(reader, "reasons"),
        lost_contact_tries=lost.number("tries"),
        lost_contact_days=lost.number("days"),
    )
    lost.done()
    reader.done()
    return closing


def _coded(reader: Reader, key: str) -> tuple[CodedText, ...]:
    found = []
    for inner in reader.children(key):
        found.append(CodedText(code=inner.text("code"), words=inner.words("words")))
        inner.done()
    if not found:
        reader.problem("The list is empty.", "Add at least one, or extend the base pack.", key=key)
    return tuple(found)


def _words(reader: Reader) -> Words:
    texts = reader.child("texts")
    found: dict[str, Text] = {key: texts.words(key) for key in texts.keys()}  # noqa: SIM118
    for key, text in found.items():
        _same_blanks(texts, key, text)
    words = Words(texts=found, reviewed_by=reader.optional_text("reviewed_by"))
    reader.done()
    return words


def _same_blanks(reader: Reader, key: str, text: Text) -> None:
    blanks = {language: {part.split("}")[0] for part in text[language].split("{")[1:]} for language in LANGUAGES}
    if len({frozenset(names) for names in blanks.values()}) > 1:
        reader.problem("The languages do not have the same blanks.", "Use the same {names} in each.", key=key)


def _calendar(reader: Reader, zone: str) -> BusinessCalendar:
    holidays = reader.child("holidays")
    days: dict[date, str] = {}
    for key in holidays.keys():  # noqa: SIM118
        name = holidays.text(key)
        try:
            days[date.fromisoformat(str(key))] = name
        except ValueError:
            holidays.problem("A holiday needs a date.", "Write it as 2026-12-25.", key=str(key))
    weekend = frozenset(day for day in reader.items("weekend") if isinstance(day, int))
    calendar = BusinessCalendar(zone=zone, holidays=days, weekend=weekend, covers_to=reader.optional_day("covers_to"))
    reader.done()
    return calendar


def _suppression(reader: Reader) -> SuppressionSettings:
    inner = reader.child("suppression")
    threshold, show_zero = inner.number("threshold"), inner.flag("show_zero")
    if threshold < 11:
        inner.problem("A threshold under 11 is not allowed.", "Use 11 or more: counts of 1 to 10 are never shown.", key="threshold")
        threshold = 11
    inner.done()
    reader.done()
    return SuppressionSettings(threshold=threshold, show_zero=show_zero)
