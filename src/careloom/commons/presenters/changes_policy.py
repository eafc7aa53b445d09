"""Proposals, pilots and the trace from law to practice, in words and pictures."""

from __future__ import annotations

from uuid import UUID

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from careloom.changes.models import Pilot, Proposal
from careloom.changes.queries import PilotPage, Trace
from careloom.changes.rights import leads_any, leads_tier
from careloom.changes.words import KINDS, MARKS, PILOTS, PROPOSALS, STATES, UNITS
from careloom.commons.presenters.changes_guidance import feedback_section, to
from careloom.commons.presenters.changes_parts import TONES, Line, Section, Table, Way, told
from careloom.infra.ui.components.changes import Course, Courses, RestsOn, Thing
from careloom.kernel.partnership import Tier
from careloom.kernel.partnership.changes import ChangeKind, Node
from careloom.partnership.standing import Standing

MOST_DRAWN = 12


def proposal_line(row: Proposal) -> Line:
    """A proposal in the list."""
    return Line(
        head=row.title, url=to("proposal", row.collaborative_id, row.pk), status=STATES[row.state], tone=TONES[row.state],
        quiet=f"{PROPOSALS[row.kind]}. {row.body.name}", tags=tuple(MARKS[one] for one in row.marks),
    )  # fmt: skip


def proposal_sections(row: Proposal, standing: Standing) -> list[Section]:
    """One proposal: what would change, the answer, and the way it took."""
    pk, drafts = row.collaborative_id, standing.leads(row.body_id)
    ways: list[Way] = []
    if drafts and row.state in ("DRAFT", "RETURNED"):
        words = _("Propose it to oversight") if row.state == "DRAFT" else _("Propose it again")
        ways.append(Way(words=words, url=to("proposal_propose", pk, row.pk), post=True, version=row.row_version, first=True))
        ways.append(Way(words=_("Change it"), url=to("proposal_edit", pk, row.pk)))
    if row.state == "PROPOSED" and leads_tier(standing, Tier.OVERSIGHT):
        ways.append(Way(words=_("Decide"), url=to("proposal_decide", pk, row.pk), first=True))
    if drafts and row.state == "APPROVED":
        ways.append(Way(words=_("It is in effect"), url=to("proposal_effect", pk, row.pk), first=True))
    if leads_any(standing):
        ways.append(Way(words=_("What it puts into practice"), url=f"{to('trace_link', pk)}?of=POLICY:{row.pk}"))
    body = Line(
        head=str(PROPOSALS[row.kind]), quiet=row.body.name, tags=tuple(MARKS[one] for one in row.marks),
        parts=told((_("Now:"), row.now), (_("Then:"), row.new), (_("Why:"), row.why), (_("In effect since"), row.effective_on)),
    )  # fmt: skip
    steps = tuple(
        Line(head=str(STATES[one.to]), quiet=date_format(one.on), parts=told(("", one.words))) for one in row.steps.order_by("on", "made_at")
    )
    return [
        Section(id="what", head=_("What would change"), lines=(body,), ways=tuple(ways)),
        Section(id="steps", head=_("The way it took"), lines=steps, empty=_("It is a draft. Nobody has proposed it yet.")),
    ]


def pilot_line(row: Pilot) -> Line:
    """A pilot in the list."""
    days = {"from": date_format(row.starts_on), "to": date_format(row.until)}
    return Line(
        head=row.title, url=to("pilot", row.collaborative_id, row.pk), status=STATES[row.state], tone=TONES[row.state],
        quiet=f"{PILOTS[row.kind]}. {row.body.name}. " + _("%(from)s to %(to)s") % days, tags=tuple(MARKS[one] for one in row.marks),
    )  # fmt: skip


def pilot_sections(found: PilotPage) -> list[Section]:
    """One pilot: what is tried, its measure as a picture with its table, its cycles, what the places say, and what became of it."""
    row, standing, pk = found.pilot, found.standing, found.pilot.collaborative_id
    runs, decides = standing.leads(row.body_id), leads_tier(standing, Tier.CORE, Tier.OVERSIGHT)
    tried = ", ".join(one.name for one in found.sites if not one.compares)
    compared = ", ".join(one.name for one in found.sites if one.compares)
    days = _("%(from)s to %(to)s") % {"from": date_format(row.starts_on), "to": date_format(row.until)}
    parts = told(
        ("", row.what), (_("Where:"), tried), (_("To compare:"), compared), (_("When:"), days),
        (_("Measure:"), f"{row.measure} ({UNITS[row.unit]})"), (_("Before:"), f"{row.baseline:f}"), (_("Wanted:"), f"{row.target:f}"),
        (_("Approved on"), row.approved_on),
    )  # fmt: skip
    ways = _pilot_ways(found, runs=runs, decides=decides)
    shown = [
        Section(
            id="what", head=_("What is tried"), ways=ways,
            lines=(Line(head=str(PILOTS[row.kind]), quiet=row.body.name, parts=parts, tags=tuple(MARKS[one] for one in row.marks)),),
        )
    ]  # fmt: skip
    if row.evaluated_on:
        end = told((_("What the evaluation found:"), row.result), (_("Lesson:"), row.lesson), (_("Decided on"), row.decided_on))
        shown.append(Section(id="end", head=_("What became of it"), lines=(Line(head=str(STATES[row.state]), parts=end),)))
    if row.state != "PROPOSED":
        shown += [_seen(found, runs=runs), _cycles(found, runs=runs)]
        send = (Way(words=_("Say how it goes"), url=to("feedback_pilot", pk, row.pk)),)
        shown.append(feedback_section(found.feedback, standing, ways=send))
    return shown


def _pilot_ways(found: PilotPage, *, runs: bool, decides: bool) -> tuple[Way, ...]:
    row, pk = found.pilot, found.pilot.collaborative_id
    ways: list[Way] = []
    if row.state == "PROPOSED" and decides:
        ways.append(Way(words=_("Approve it"), url=to("pilot_approve", pk, row.pk), post=True, version=row.row_version, first=True))
    if row.state in ("APPROVED", "ADAPT") and runs:
        ways.append(Way(words=_("Start it"), url=to("pilot_start", pk, row.pk), post=True, version=row.row_version, first=True))
    if row.state == "RUNNING" and runs:
        ways.append(Way(words=_("Evaluate it"), url=to("pilot_evaluate", pk, row.pk)))
    if row.state == "EVALUATED" and decides:
        ways.append(Way(words=_("Decide what becomes of it"), url=to("pilot_decide", pk, row.pk), first=True))
    if leads_any(found.standing):
        ways.append(Way(words=_("What it puts into practice"), url=f"{to('trace_link', pk)}?of=PILOT:{row.pk}"))
    return tuple(ways)


def _seen(found: PilotPage, *, runs: bool) -> Section:
    row, pk = found.pilot, found.pilot.collaborative_id
    hidden = _("under 11 families")

    def cell(site: UUID, month: object) -> str:
        seen = found.seen.get((site, month))  # type: ignore[arg-type]
        return "" if seen is None else hidden if seen.value is None else f"{seen.value:f}" + (f" ({seen.note})" if seen.note else "")

    months = tuple(date_format(month, "M Y") for month in found.months)
    picture = None
    if found.months:
        courses = tuple(
            Course(label=site.name[:22], compares=site.compares, values=tuple(_value(found, site.pk, month) for month in found.months))
            for site in found.sites
        )
        picture = Courses(
            months=months, courses=courses, base=float(row.baseline), target=float(row.target), base_word=_("before"), target_word=_("wanted")
        )
    heads = (_("Month"), *(f"{site.name} ({_('to compare')})" if site.compares else site.name for site in found.sites))
    rows = tuple((words, *(cell(site.pk, month) for site in found.sites)) for words, month in zip(months, found.months, strict=True))
    ways = (Way(words=_("Write down a month"), url=to("pilot_observe", pk, row.pk)),) if runs and row.state == "RUNNING" else ()
    return Section(
        id="seen", head=row.measure, picture=picture, table=Table(heads=heads, rows=rows) if rows else None, ways=ways,
        note="" if rows else _("No month was written down yet."),
    )  # fmt: skip


def _value(found: PilotPage, site: UUID, month: object) -> float | None:
    seen = found.seen.get((site, month))  # type: ignore[arg-type]
    return None if seen is None or seen.value is None else float(seen.value)


def _cycles(found: PilotPage, *, runs: bool) -> Section:
    row, pk = found.pilot, found.pilot.collaborative_id
    runs = runs and row.state == "RUNNING"
    lines = tuple(
        Line(
            head=_("Cycle %(n)s") % {"n": one.number}, status=_("Closed") if one.closed_on else _("Open"), tone="done" if one.closed_on else "move",
            quiet=date_format(one.starts_on) + (f" – {date_format(one.closed_on)}" if one.closed_on else ""),
            parts=told((_("Plan:"), one.plan), (_("Do:"), one.did), (_("Study:"), one.studied), (_("Act:"), one.acts)),
            ways=(Way(words=_("Close this cycle"), url=to("pilot_cycle", pk, one.pk)),) if runs and one.closed_on is None else (),
        )
        for one in found.cycles
    )  # fmt: skip
    opened = any(one.closed_on is None for one in found.cycles)
    ways = (Way(words=_("Begin a cycle"), url=to("pilot_cycle_new", pk, row.pk)),) if runs and not opened else ()
    return Section(id="cycles", head=_("Cycles of plan, do, study, act"), lines=lines, empty=_("No cycle yet."), ways=ways)


def trace_sections(found: Trace) -> list[Section]:
    """The trace as a picture with its table; then each thing, with the way to say what it puts into practice."""
    pk, may = found.standing.collaborative.pk, leads_any(found.standing)
    missing = {start.key for start, chain in found.chains if chain.missing}
    linked = {node for pair in found.links for node in pair}

    def column(kind: ChangeKind) -> tuple[Thing, ...]:
        rows = sorted(found.of(kind), key=lambda node: node not in linked)[:MOST_DRAWN]
        return tuple(Thing(key=node.key, words=found.nodes[node], tone="gap" if node.key in missing else "") for node in rows)

    kinds = list(ChangeKind)
    picture = RestsOn(
        heads=tuple(str(KINDS[kind]) for kind in kinds), columns=tuple(column(kind) for kind in kinds),
        links=tuple((lower.key, upper.key) for lower, upper in found.links),
    )  # fmt: skip
    rows = tuple(
        (
            found.nodes[start],
            *("; ".join(found.nodes[node] for node in chain.held if node.kind is kind and node != start) for kind in kinds[:-1]),
            ", ".join(str(KINDS[kind]) for kind in chain.missing),
        )
        for start, chain in found.chains
    )  # fmt: skip
    heads = (_("What it comes down to"), *(str(KINDS[kind]) for kind in kinds[:-1]), _("Missing"))
    shown = [
        Section(
            id="trace", head=_("From law to practice"), picture=picture if found.nodes else None,
            empty="" if found.nodes else _("Nothing yet. Write down a law, a policy or a practice, then say what it puts into practice."),
            table=Table(heads=heads, rows=rows) if rows else None,
            note=_("What is drawn with a broken line lacks a law, a policy or a protocol above it.") if missing else "",
        )
    ]  # fmt: skip
    for kind in kinds[1:]:
        lines = tuple(_node_line(found, node, pk=pk, may=may) for node in found.of(kind))
        shown.append(Section(id=f"kind-{kind.lower()}", head=str(KINDS[kind]), lines=lines, empty=_("None yet.")))
    return shown


def _node_line(found: Trace, node: Node, *, pk: UUID, may: bool) -> Line:
    above = [found.nodes[upper] for lower, upper in found.links if lower == node]
    ways = (Way(words=_("What it puts into practice"), url=f"{to('trace_link', pk)}?of={node.kind}:{node.key}", about=found.nodes[node]),)
    status = "" if above else _("Rests on nothing yet")
    return Line(
        head=found.nodes[node], status=status, tone="" if above else "wait", parts=told((_("Puts into practice:"), "; ".join(above))),
        ways=ways if may else (),
    )  # fmt: skip
