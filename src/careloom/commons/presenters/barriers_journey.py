"""One barrier's way in words: the picture over the tiers, the steps up and back, cycles, and what the reader may do next."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as later
from django.utils.translation import ngettext

from careloom.barriers.models import Barrier, Cycle, Step
from careloom.barriers.queries import Journey
from careloom.barriers.words import CAUSES, DECISIONS, DEEDS, KINDS, OUTCOMES, RESULTS, SOURCES, STATES, service_words, title_of
from careloom.changes.rights import leads_any
from careloom.commons.presenters.barriers import families_words, late_of, raised_words
from careloom.commons.presenters.barriers_came import came_knots, came_lines, came_steps, decided
from careloom.commons.presenters.noted import mark_of, told_of
from careloom.infra.ui.components import Fact, Facts, Lane, Path, PathKnot, Status
from careloom.kernel.partnership import Tier
from careloom.kernel.partnership.barrier import OVER, Deed, Source
from careloom.meetings.models import Decision
from careloom.partnership.models import Noted
from careloom.partnership.queries import noted_about

LANE_OF = {Tier.OVERSIGHT: 0, Tier.CORE: 1, Tier.WORK_GROUP: 2, Tier.LOCAL_TEAM: 2}
GROUND = 3
# Deeds that move it; what was tried on the way stands in the list beneath.
DRAWN = (Deed.TRIAGE, Deed.JOIN, Deed.REJECT, Deed.UP, Deed.DECIDE, Deed.OUTCOME, Deed.RESOLVE, Deed.TELL, Deed.CONFIRM, Deed.REOPEN, Deed.CLOSE)
AT_GROUND = (Deed.TELL, Deed.CONFIRM, Deed.JOIN, Deed.REJECT, Deed.CLOSE)
MOST_KNOTS = 9
BACK = (Deed.DECIDE, Deed.OUTCOME, Deed.RESOLVE, Deed.TELL, Deed.CONFIRM, Deed.REOPEN, Deed.CLOSE)

#: The deeds that have a page, in the order of their buttons.
DOES: tuple[tuple[Deed, str, Any], ...] = (
    (Deed.TRIAGE, "barrier_triage", later("Triage it")),
    (Deed.DECIDE, "barrier_decide", later("Decide")),
    (Deed.CONFIRM, "barrier_confirm", later("Yes, it is gone")),
    (Deed.REOPEN, "barrier_reopen", later("No, it still stands in the way")),
    (Deed.TELL, "barrier_tell", later("Tell it back")),
    (Deed.TRY, "barrier_try", later("Write down what was tried")),
    (Deed.CYCLE, "barrier_cycle", later("Plan a try")),
    (Deed.UP, "barrier_up", later("Send it up")),
    (Deed.OUTCOME, "barrier_outcome", later("Say what it turns into")),
    (Deed.RESOLVE, "barrier_resolve", later("It is resolved")),
    (Deed.CLOSE, "barrier_close", later("Close it")),
)


def journey_context(found: Journey, *, decisions: list[Decision], today: date) -> dict[str, Any]:
    """The page of one barrier."""
    row, pk = found.row, found.standing.collaborative.pk
    running = any(cycle.ended_on is None for cycle in found.cycles)
    does = [
        {"url": reverse(f"commons:{name}", args=[pk, row.pk]), "words": words}
        for deed, name, words in DOES
        if deed in found.may and not (deed is Deed.CYCLE and running) and not (deed is Deed.CLOSE and row.due_on and row.due_on >= today)
    ]  # fmt: skip
    does = [*_drafts(found), *does]
    noted = noted_about(step.pk for step in found.steps if step.deed == Deed.DECIDE)
    drafts = _drafted(found)
    steps = [_step(step, noted=noted.get(step.pk), drafts=drafts) for step in found.steps]
    beside = decided(steps, decisions)
    back = [(step.on, line) for step, line in zip(found.steps, steps, strict=True) if line["back"]]
    first = [_first(found)] if row.source == Source.FAMILIES else []
    return {
        "row": found.standing.collaborative, "barrier": row, "title": title_of(row), "lede": _lede(found), "facts": _facts(found, today=today),
        "path": path_of(found, today=today), "does": does[:1], "more": does[1:],
        "up": first + [step for step in steps if not step["back"]],
        "down": [line for _on, line in sorted([*back, *came_steps(found.came, row)], key=lambda pair: pair[0])],
        "came": came_lines(found.came), "beside": beside,
        "cycles": [_cycle(cycle, found) for cycle in found.cycles],
        "joined": [{"title": title_of(one), "url": reverse("commons:barrier", args=[pk, one.pk]), "when": raised_words(one)} for one in found.joined],
        "joined_to": {"title": title_of(row.joined_to), "url": reverse("commons:barrier", args=[pk, row.joined_to.pk])} if row.joined_to else None,
        "about": _about(row), "told": bool(row.plain), "next": _next(found),
    }  # fmt: skip


def path_of(found: Journey, *, today: date) -> Path:
    """The picture: three tiers over the families and those who work with them."""
    row = found.row
    groups = [step.body.name for step in found.steps if step.body and step.tier in _GROUPS]
    group = groups[-1] if groups else ""
    lanes = (
        Lane(label=_("Oversight"), note=_("Leaders")), Lane(label=_("Core team"), note=_("Managers")), Lane(label=_("Work group"), note=group[:26]),
        Lane(label=_("Families"), note=_("and their workers")),
    )  # fmt: skip
    begins = "start" if row.source == Source.FAMILIES else "k"
    said = _("Families say it") if row.source == Source.FAMILIES else row.partner.name if row.partner else str(SOURCES[row.source])
    knots = [PathKnot(lane=GROUND, label=_month(row) if row.source == Source.FAMILIES else _day(row.raised_on), note=said, kind=begins)]  # type: ignore[arg-type]
    drawn = [step for step in found.steps if step.deed in DRAWN]
    drawn = drawn if len(drawn) <= MOST_KNOTS - 2 else [*drawn[:3], *drawn[-(MOST_KNOTS - 5) :]]
    drafts = _drafted(found)
    moves = [(step.on, PathKnot(lane=_lane(step), label=_day(step.on), note=drafts.get(step.request_key) or _short(step))) for step in drawn]
    events = came_knots(found.came)[-max(0, MOST_KNOTS - 2 - len(moves)) :] if len(moves) < MOST_KNOTS - 2 else []
    knots += [knot for _on, knot in sorted([*moves, *events], key=lambda pair: pair[0])]
    if row.state in OVER:
        return Path(lanes=lanes, knots=tuple(knots))
    here = GROUND if row.state == "TOLD" else LANE_OF[Tier(row.tier)]
    knots.append(PathKnot(lane=here, label=_("Today"), note=str(STATES[row.state]), kind="wait"))
    if row.due_on and row.due_on >= today:
        knots.append(PathKnot(lane=here, label=_day(row.due_on), note=_("Due"), kind="o"))
    if row.state != "TOLD":
        knots.append(PathKnot(lane=GROUND, label=_("Then"), note=_("Told back"), kind="o"))
    return Path(lanes=lanes, knots=tuple(knots))


_GROUPS = (Tier.WORK_GROUP, Tier.LOCAL_TEAM)


def _lane(step: Step) -> int:
    if step.deed in AT_GROUND:
        return GROUND
    return 0 if step.deed == Deed.DECIDE else LANE_OF[Tier(step.tier)] if step.tier else GROUND


def _short(step: Step) -> str:
    if step.deed == Deed.DECIDE:
        return str(DECISIONS.get(step.decision, DEEDS[step.deed]))
    if step.deed == Deed.UP and step.families:
        return families_words_of(step.families)
    return str(DEEDS[step.deed])


def families_words_of(count: int) -> str:
    """A rounded number of families."""
    return _("About %(n)s families") % {"n": count}


def _drafts(found: Journey) -> list[dict[str, Any]]:
    """The way to the guidance or the pilot that was said to come and is not drafted yet."""
    row, to = found.row, {"GUIDANCE": ("barrier_guidance", _("Draft the guidance")), "PILOT": ("barrier_pilot", _("Propose the pilot"))}
    if row.outcome_kind not in to or row.outcome_id is not None or Deed.OUTCOME not in found.may or not leads_any(found.standing):
        return []
    name, words = to[row.outcome_kind]
    return [{"url": reverse(f"commons:{name}", args=[found.standing.collaborative.pk, row.pk]), "words": words}]


def _lede(found: Journey) -> str:
    row = found.row
    who = _("You raised this on %(day)s.") if found.raised_it else _("Raised %(day)s.")
    return f"{who % {'day': raised_words(row)}} {STATES[row.state]}."


def _facts(found: Journey, *, today: date) -> Facts:
    row = found.row
    holder = row.owner.name if row.owner else _("Nobody owns it yet") if row.state not in OVER else ""
    started = row.raised_on
    days = (today - started).days
    late = [step for step in found.steps if step.days_late]
    on_time = ngettext("One step was late", "%(n)s steps were late", len(late)) % {"n": len(late)} if late else _("Every step was on time")
    over = row.state in OVER
    items = [
        Fact(label=_("Now"), value=row.body.name if row.body else _("Triage"), note=holder),
        Fact(label=_("Families it touches"), value=families_words(found.families) or _("Nobody counted"), note=_("No names on this page, ever")),
        Fact(label=_("Open for"), value=ngettext("%(n)s day", "%(n)s days", days) % {"n": days} if not over else _("It is over"), note=on_time),
    ]
    if row.source == Source.FAMILIES and not over:
        months = max(1, (today.year - started.year) * 12 + today.month - started.month)
        items[2] = Fact(label=_("Open for"), value=ngettext("%(n)s month", "%(n)s months", months) % {"n": months}, note=on_time)
    if row.due_on and not over:
        late_now = late_of(row, today=today)
        items.append(Fact(label=_("Next date"), value=date_format(row.due_on, "F j, Y"), note=late_now.words if late_now else str(STATES[row.state])))
    return Facts(items=tuple(items))


def _about(row: Barrier) -> str:
    parts = [str(KINDS[row.kind]), str(SOURCES[row.source]), str(CAUSES.get(row.cause, "")), service_words(row.service), row.county]
    return ". ".join(part for part in parts if part)


def _first(found: Journey) -> dict[str, Any]:
    row = found.row
    return {"when": _month(row), "iso": f"{row.raised_on:%Y-%m}", "head": _("From families, without a name"), "words": "", "quote": row.quote}


def _drafted(found: Journey) -> dict[str, str]:
    """Words for the steps that drafted an answer, by key: a draft carries the key of its step. What was said to come is the same deed."""
    guidance: dict[str, str] = {one.guidance.request_key: _("Guidance drafted") for one in found.came.guidance}
    return guidance | {row.request_key: _("Pilot proposed") for row in found.came.pilots}


def _step(step: Step, *, noted: Noted | None, drafts: dict[str, str]) -> dict[str, Any]:
    head = drafts.get(step.request_key) or str(DEEDS[step.deed])
    if step.deed == Deed.UP and step.body:
        head = _("Up to: %(body)s") % {"body": step.body.name}
    elif step.deed == Deed.TRIAGE and step.body:
        head = _("Taken by: %(body)s") % {"body": step.body.name}
    elif step.deed == Deed.DECIDE:
        back = _("back to: %(body)s") % {"body": step.body.name} if step.body and step.decision != "REFER" else ""
        head = ", ".join(part for part in (f"{DEEDS[step.deed]}: {DECISIONS.get(step.decision, '')}", back) if part)
    late = ngettext("%(n)s day late", "%(n)s days late", step.days_late) % {"n": step.days_late} if step.days_late else ""
    families = families_words_of(step.families) if step.families and step.deed == Deed.UP else ""
    return {
        "mark": mark_of(noted), "noted": told_of(noted),
        "when": date_format(step.on, "M j, Y"), "iso": step.on.isoformat(), "head": head, "words": step.words, "name": step.name,
        "families": families, "late": Status(words=late, tone="late", icon="update") if late else None, "back": step.deed in BACK,
        "due": date_format(step.due_on, "F j, Y") if step.due_on and step.deed == Deed.DECIDE and step.decision != "DECLINE" else "",
        "deed": step.deed, "key": step.request_key,
    }  # fmt: skip


def _cycle(cycle: Cycle, found: Journey) -> dict[str, Any]:
    may_end = cycle.ended_on is None and Deed.CYCLE in found.may
    args = [found.standing.collaborative.pk, found.row.pk, cycle.pk]
    return {
        "number": cycle.number, "change": cycle.change, "who": cycle.stakeholders, "measure": cycle.measure, "before": cycle.before, "aim": cycle.aim,
        "after": cycle.after, "from": date_format(cycle.starts_on, "M j, Y"), "until": date_format(cycle.ended_on or cycle.due_on, "M j, Y"),
        "happened": cycle.happened, "learned": cycle.learned, "result": RESULTS.get(cycle.result, ""),
        "end": reverse("commons:barrier_cycle_end", args=args) if may_end else "",
    }  # fmt: skip


def _next(found: Journey) -> str:
    row = found.row
    if row.outcome_kind and row.state not in OVER:
        return _("It turns into: %(kind)s. %(words)s") % {"kind": OUTCOMES[row.outcome_kind], "words": row.outcome_words}
    if row.state == "TOLD":
        return _("You are asked if the barrier is gone before anyone may close it.") if Deed.CONFIRM in found.may else ""
    return ""


def _day(day: date) -> str:
    return date_format(day, "M j")


def _month(row: Barrier) -> str:
    return date_format(row.raised_on, "M Y")
