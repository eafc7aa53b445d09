"""Assessments and safety plans, in words for workers. No color says more than the words beside it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from careloom.agencies.models import Agency
from careloom.infra import clock
from careloom.infra.ui.components import ListRow, Status
from careloom.kernel.safety import Answer, Decision, Gap, Response
from careloom.safety import words
from careloom.safety.facts import NONE
from careloom.safety.instruments import Instrument, Item
from careloom.safety.models import AssessedPerson, EarlierInvolvement, Finding, HistoryLook, SafetyAssessment, SafetyPlan, ToldHer
from careloom.safety.profile import Profile
from careloom.safety.queries import Whole


def day(at: datetime | None, *, own: Agency) -> str:
    """The local day of an instant."""
    return date_format(at.astimezone(clock.zone(own.zone))) if at else ""


def last_day(due_at: datetime | None, *, own: Agency) -> str:
    """The last day of a clock: it runs to the next midnight, and people count to the end of the day before it."""
    return day(due_at - timedelta(microseconds=1), own=own) if due_at else ""


def state_mark(row: SafetyAssessment) -> Status:
    """Where an assessment stands."""
    label, tone, icon = words.STATES[row.state]
    return Status(words=str(label), tone=tone, icon=icon)  # type: ignore[arg-type]


def plan_mark(row: SafetyPlan) -> Status:
    """Where a safety plan stands."""
    label, tone, icon = words.PLAN_STATES[row.state]
    return Status(words=str(label), tone=tone, icon=icon)  # type: ignore[arg-type]


def seen_mark(row: SafetyAssessment, *, own: Agency, now: datetime) -> Status:
    """Whether the children and a caregiver were seen, and by when they must be."""
    limit = last_day(row.see_by, own=own)
    if row.met_at is not None:
        return Status(words=_("Seen face to face by %(day)s") % {"day": day(row.met_at, own=own)}, tone="done", icon="check")
    late = row.see_by is not None and now >= row.see_by
    text = _("Late: see each child and a caregiver. It was due by %(day)s") if late else _("See each child and a caregiver by %(day)s")
    return Status(words=text % {"day": limit}, tone="late" if late else "wait", icon="schedule")


def assessment_lines(rows: Iterable[Any], *, own: Agency) -> list[ListRow]:
    """The assessments of a family."""
    return [
        ListRow(
            head=_("Version %(n)s") % {"n": row.version} if row.version > 1 else words.code(row.because, among=words.BECAUSE),
            who=words.code(row.response, among=words.RESPONSES) if row.response else "", when=day(row.started_at, own=own), status=state_mark(row),
            url=reverse("safety:assessment", args=[row.pk]),
        )
        for row in rows
    ]  # fmt: skip


def plan_lines(rows: Iterable[SafetyPlan], *, own: Agency) -> list[ListRow]:
    """The safety plans of a family."""
    return [
        ListRow(head=words.code(row.response, among=words.RESPONSES), who="", when=day(row.started_at, own=own), status=plan_mark(row),
                url=reverse("safety:plan", args=[row.pk]))
        for row in rows
    ]  # fmt: skip


@dataclass(frozen=True, kw_only=True)
class Cell:
    """What stands about one person and one item: the mark where it is not simply present, and the text."""

    mark: str = ""
    is_present: bool = False
    text: str = ""
    is_none: bool = False


def part_a(whole: Whole, *, instrument: Instrument) -> list[tuple[AssessedPerson, list[Cell]]]:
    """Each child with a cell for each domain."""
    return [(child, [_vulnerable(whole.of(child.pk).get(item.id), item) for item in instrument.domains]) for child in whole.children]


def _vulnerable(row: Finding | None, item: Item) -> Cell:
    if row is None or not (row.picked or row.answer):
        return Cell(mark=_("Blank"))
    labels = dict(item.options)
    text = "; ".join(labels.get(code, code) for code in row.picked)
    if row.answer == NONE and not row.picked:
        return Cell(text=_("Nothing noted"), is_none=True)
    return Cell(text=f"{text}. {row.evidence}" if row.evidence else text)


def part_b(whole: Whole, *, instrument: Instrument) -> list[tuple[Item, list[Cell]]]:
    """Each capacity with a cell for each adult."""
    found = {adult.pk: whole.of(adult.pk) for adult in whole.adults}
    return [(item, [_capacity(found[adult.pk].get(item.id)) for adult in whole.adults]) for item in instrument.capacities]


def _capacity(row: Finding | None) -> Cell:
    if row is None or not row.answer:
        return Cell(mark=_("Blank"))
    if row.answer == "PRESENT":
        return Cell(is_present=True, text=row.evidence)
    return Cell(mark=words.code(row.answer, among=words.CAPACITIES), text=row.evidence)


@dataclass(frozen=True, kw_only=True)
class FactorLine:
    """A safety factor as it was answered."""

    item: Item
    answer: str
    is_yes: bool
    says: str
    evidence: str
    is_apart: bool


def part_c(whole: Whole, *, instrument: Instrument) -> tuple[list[FactorLine], list[FactorLine]]:
    """The factors that need attention (yes, cannot tell, blank), and those that were answered with no."""
    found, names = whole.of(None), {person.pk: person.name for person in whole.people}
    lines = [_factor(found.get(item.id), item, names=names) for item in instrument.factors]
    quiet = [line for line in lines if line.answer == words.ANSWERS[Answer.NO]]
    return [line for line in lines if line not in quiet], quiet


def _factor(row: Finding | None, item: Item, *, names: Mapping[UUID, str]) -> FactorLine:
    if row is None or not row.answer:
        return FactorLine(item=item, answer=_("Blank"), is_yes=False, says="", evidence=row.evidence if row else "", is_apart=bool(item.apart))
    children = ", ".join(names.get(pk, "") for pk in row.child_ids)
    when = date_format(row.seen_on) if row.seen_on else ""
    says = ". ".join(part for part in (children, ", ".join(p for p in (row.source, when) if p)) if part)
    return FactorLine(
        item=item, answer=str(words.ANSWERS[row.answer]), is_yes=row.answer == Answer.YES, says=says, evidence=row.evidence, is_apart=bool(item.apart)
    )


@dataclass(frozen=True, kw_only=True)
class Points:
    """What the parts point to so far: the heading, the steps of the rule with whom each is about, and the plain reasons."""

    head: str
    steps: tuple[tuple[str, str, bool], ...]
    reasons: tuple[str, ...]


def points(found: Decision, *, whole: Whole, instrument: Instrument) -> Points:
    """The decision rule as a list a person can follow: a danger, a child, not offset, held back or not."""
    names = {str(person.pk): person.name for person in whole.people}
    numbers = {item.id: _("Factor %(n)s") % {"n": item.prefix} for item in instrument.factors}
    reasons = tuple(str(words.REASONS[reason]) for reason in found.reasons)
    head = words.code(found.points_to, among=words.RESPONSES) if found.points_to else str(words.OPEN_QUESTION)
    if not found.active:
        return Points(head=head, steps=tuple((numbers[key], _("Cannot tell yet"), False) for key in found.unknown), reasons=reasons)
    children = sorted({names[key] for held in found.active for key in held.children})
    helpers = sorted({names[key] for held in found.active for key in held.held_by})
    steps = [
        (_("A danger now"), ", ".join(numbers[held.factor] for held in found.active), False),
        (_("A child who cannot guard against it"), ", ".join(children), False),
        (_("Not offset by who has the daily care"), _("Part B"), False),
    ]
    at_home = found.points_to is Response.IN_HOME
    steps.append((_("Held back at home"), ", ".join(helpers), True) if at_home else (_("Nobody else at home holds it back"), _("Part B"), False))
    return Points(head=head, steps=tuple(steps), reasons=reasons)


def gap_lines(gaps: Sequence[Gap], *, whole: Whole, instrument: Instrument) -> list[str]:
    """What is missing, as a short list: one line for a person's part, one for a factor."""
    names = {str(person.pk): person.name for person in whole.people}
    factors = {item.id: item for item in instrument.factors}
    found: dict[str, None] = {}
    for gap in gaps:
        found.setdefault(_gap(gap, names=names, factors=factors))
    return list(found)


def _gap(gap: Gap, *, names: Mapping[str, str], factors: Mapping[str, Item]) -> str:
    match gap.what:
        case "NO_CHILD":
            return _("Add a child.")
        case "NO_CAREGIVER":
            return _("Say who has the daily care.")
        case "SEEN":
            return _("%(name)s was not seen yet.") % {"name": names[gap.person]}
        case "CAREGIVER_SEEN":
            return _("Nobody with the daily care was seen yet.")
    if gap.part == "A":
        return _("Part A, %(name)s: something is blank.") % {"name": names[gap.person]}
    if gap.part == "B":
        return _("Part B, %(name)s: something is blank.") % {"name": names[gap.person]}
    missing = {"EVIDENCE": _("what was seen"), "SOURCE": _("where it comes from"), "DATE": _("the day"), "CHILD": _("which child")}
    return _("Factor %(n)s: %(what)s is missing.") % {"n": factors[gap.item].prefix, "what": missing.get(gap.what, _("the answer"))}


def history_lines(rows: Iterable[EarlierInvolvement], *, agencies: Mapping[UUID, Agency], own: Agency) -> list[tuple[str, str, str, str, str, str]]:
    """Earlier involvement: days, type, outcome, statute, holder, and where an own line is taken back."""
    return [
        (
            _("%(first)s to %(last)s") % {"first": date_format(row.from_on), "last": date_format(row.to_on) if row.to_on else _("today")},
            words.code(row.kind, among=words.HISTORY_KINDS), words.code(row.outcome, among=words.HISTORY_OUTCOMES), row.statute,
            agencies[row.holder_id].name_outside if row.holder_id in agencies else "", _back(row, own=own),
        )
        for row in rows
    ]  # fmt: skip


def look_lines(rows: Iterable[HistoryLook], *, own: Agency, names: Mapping[UUID, str]) -> list[tuple[str, str, str]]:
    """Who of the agency asked: day and name, reason, words."""
    return [
        (", ".join(p for p in (day(row.at, own=own), names.get(row.worker_id, "") if row.worker_id else "") if p),
         words.code(row.reason, among=words.LOOK_REASONS), row.words)
        for row in rows
    ]  # fmt: skip


def _back(row: EarlierInvolvement | ToldHer, *, own: Agency) -> str:
    return reverse("safety:take_back", args=[row.pk]) if row.holder_id == own.pk else ""


def told_lines(rows: Iterable[ToldHer], *, profile: Profile, own: Agency) -> list[tuple[str, str, list[str], str, str]]:
    """What she was told: day, how, points, what she asked, and where an own line is taken back."""
    said = {point.id: point.en for point in profile.points}
    return [
        (
            date_format(row.told_on),
            words.code(row.how, among=words.TOLD_HOW),
            [said.get(point, point) for point in row.points],
            row.asked,
            _back(row, own=own),
        )
        for row in rows
    ]
