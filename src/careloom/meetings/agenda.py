"""What comes on an agenda by itself: the standing duties, minutes to approve, promises that are late, whose agency speaks, and what other rooms hold.

Source: workflows 6.11; R-032, R-053. Each source answers with topics; a room that lands beside adds its own to SOURCES.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from careloom.agreements.queries import Due as AgreementDue
from careloom.agreements.queries import due as agreements_due
from careloom.agreements.words import waits_for
from careloom.aims.queries import aims_for, proposals_for
from careloom.barriers.queries import open_for
from careloom.barriers.words import title_of
from careloom.changes.queries import Due, due
from careloom.infra.access import Viewer
from careloom.kernel.indicators.quality import Verdict
from careloom.kernel.partnership import OWED, Block, Tier, next_in_turn
from careloom.meetings.holding import SAT
from careloom.meetings.models import ActionItem, AgendaItem, Meeting
from careloom.meetings.queries.promises import told_of
from careloom.meetings.words import BLOCKS
from careloom.partnership.actions.keeping import today
from careloom.partnership.models import Partner, Seat

MOST_OF_A_KIND = 8
MOST = 200
CHANGES = {"GUIDANCE": "guidance", "FEEDBACK": "feedback", "PILOT_ENDS": "pilot", "PILOT_DECIDE": "pilot-end"}
ABOUT_AGENCY = 5
SHORT = 200


@dataclass(frozen=True, kw_only=True)
class Topic:
    """A point that belongs on the agenda; `key` makes it stand there once."""

    key: str
    kind: str
    title: str
    minutes: int = 10
    who: str = ""
    block: str = ""
    for_families: str = ""
    about_kind: str = ""
    about_id: UUID | None = None


AgendaSource = Callable[[Viewer, Meeting, datetime], Iterator[Topic]]


def topics_for(*, by: Viewer, meeting: Meeting, at: datetime) -> tuple[Topic, ...]:
    """Everything that belongs on the agenda of a meeting now, in the order in which it is talked about."""
    return tuple(topic for source in SOURCES for topic in source(by, meeting, at))


def before(meeting: Meeting) -> Meeting | None:
    """The meeting of the body that was held last before this one."""
    return Meeting.objects.filter(body_id=meeting.body_id, state__in=SAT, starts_at__lt=meeting.starts_at).order_by("-starts_at").first()


def _minutes(by: Viewer, meeting: Meeting, at: datetime) -> Iterator[Topic]:
    waiting = Meeting.objects.filter(body_id=meeting.body_id, state__in=("HELD", "MINUTES_DRAFT"), starts_at__lt=meeting.starts_at)
    for row in waiting.order_by("starts_at")[:MOST_OF_A_KIND]:
        day = f"{row.planned_on:%B} {row.planned_on.day}"
        yield Topic(
            key=f"minutes:{row.pk.hex}", kind="MINUTES", title=_("Approve the minutes of %(day)s") % {"day": day}, minutes=5,
            for_families=_("What was decided for them stands written, and can be asked for."), about_kind="meetings.meeting", about_id=row.pk,
        )  # fmt: skip


def _late(by: Viewer, meeting: Meeting, at: datetime) -> Iterator[Topic]:
    rows = ActionItem.objects.select_related("owner").filter(body_id=meeting.body_id, state__in=OWED, due_on__lt=today(at)).order_by("due_on")
    for row in rows[:MOST_OF_A_KIND]:
        yield Topic(
            key=f"action:{row.pk.hex}", kind="ACTION", title=_("Late: %(what)s") % {"what": row.what}, minutes=5, who=row.owner.name,
            for_families=row.for_families, about_kind="meetings.action", about_id=row.pk,
        )  # fmt: skip


def _standing(by: Viewer, meeting: Meeting, at: datetime) -> Iterator[Topic]:
    last = before(meeting)
    said = {row.block: row.for_families for row in AgendaItem.objects.filter(meeting=last, kind="BLOCK")} if last else {}
    for block in Block:
        yield Topic(key=f"block:{block}", kind="BLOCK", title=str(BLOCKS[block]), minutes=15, block=block, for_families=said.get(block, ""))


def _barriers(by: Viewer, meeting: Meeting, at: datetime) -> Iterator[Topic]:
    """What stands in the way of families and is held by this body, the latest due first."""
    for row in open_for(viewer=by, collaborative_id=meeting.collaborative_id, body_id=meeting.body_id)[:MOST_OF_A_KIND]:
        yield Topic(
            key=f"barrier:{row.pk.hex}", kind="BARRIER", title=_("Barrier: %(title)s") % {"title": title_of(row)}, block=Block.BARRIERS,
            who=row.owner.name if row.owner else "", for_families=row.plain, about_kind="barriers.barrier", about_id=row.pk,
        )  # fmt: skip


def _about_agency(by: Viewer, meeting: Meeting, at: datetime) -> Iterator[Topic]:
    """The one whose turn it is to speak of her agency: who never did, else whose turn is longest ago (R-053)."""
    seats = Seat.objects.filter(body_id=meeting.body_id, left_on=None)
    partners = {row.pk: row for row in Partner.objects.filter(pk__in=seats.values("partner_id"), left_on=None).order_by("joined_on", "name")}
    spoke = AgendaItem.objects.filter(meeting__body_id=meeting.body_id, kind="ABOUT_AGENCY", taken_off=False).exclude(meeting=meeting)
    last: dict[UUID, date] = {}
    for about_id, day in spoke.exclude(meeting__state="CANCELLED").order_by("meeting__planned_on").values_list("about_id", "meeting__planned_on"):
        if about_id is not None:
            last[about_id] = day
    if (turn := next_in_turn(of=list(partners), last=last)) is not None:
        yield Topic(
            key="agency", kind="ABOUT_AGENCY", title=_("About my agency: %(name)s") % {"name": partners[turn].name}, minutes=ABOUT_AGENCY,
            for_families=_("Everybody here knows what this agency can do for them."), about_kind="partnership.partner", about_id=turn,
        )  # fmt: skip


def _late_below(by: Viewer, meeting: Meeting, at: datetime) -> Iterator[Topic]:
    """For the core team: what another body promised and is so late that the core team hears of it."""
    if meeting.body.tier != Tier.CORE:
        return
    day = today(at)
    rows = ActionItem.objects.select_related("owner", "body").filter(collaborative_id=meeting.collaborative_id, state__in=OWED, due_on__lt=day)
    heard = [row for row in rows.exclude(body_id=meeting.body_id).order_by("due_on", "pk")[:MOST] if "CORE" in told_of(row, on=day)]
    for row in heard[:MOST_OF_A_KIND]:
        yield Topic(
            key=f"above:{row.pk.hex}", kind="ACTION", title=_("Late at %(body)s: %(what)s") % {"body": row.body.name, "what": row.what}, minutes=5,
            who=row.owner.name, for_families=row.for_families, about_kind="meetings.action", about_id=row.pk,
        )  # fmt: skip


def _changes(by: Viewer, meeting: Meeting, at: datetime) -> Iterator[Topic]:
    """Guidance that this body issued or got and that somebody has not acknowledged, feedback to read, and pilots that come to an end."""
    rows: dict[tuple[str, UUID], list[Due]] = {}
    for one in due(viewer=by, collaborative_id=meeting.collaborative_id):
        ours = one.led_by == meeting.body_id or one.body_id == meeting.body_id
        if ours or (one.kind == "PILOT_DECIDE" and meeting.body.tier == Tier.CORE):
            rows.setdefault((one.kind, one.id), []).append(one)
    for (kind, about), some in list(rows.items())[:MOST_OF_A_KIND]:
        titles = {
            "GUIDANCE": ngettext("One has not acknowledged: %(title)s", "%(n)s have not acknowledged: %(title)s", len(some)),
            "FEEDBACK": _("What the places say: %(title)s"), "PILOT_ENDS": _("The pilot ends: %(title)s"),
            "PILOT_DECIDE": _("What becomes of the pilot: %(title)s"),
        }  # fmt: skip
        yield Topic(
            key=f"{CHANGES[kind]}:{about.hex}", kind="CHANGE", title=titles[kind] % {"n": len(some), "title": some[0].title}, block=Block.POLICY,
            who=", ".join(one.who for one in some), about_kind="changes.pilot" if some[0].of_pilot else "changes.guidance", about_id=about,
        )  # fmt: skip


def _agreements(by: Viewer, meeting: Meeting, at: datetime) -> Iterator[Topic]:
    """For the core team: agreements that wait for a review, a signature, a notice or a report, the late ones first."""
    if meeting.body.tier != Tier.CORE:
        return
    rows: dict[str, list[AgreementDue]] = {}
    for one in agreements_due(viewer=by, collaborative_id=meeting.collaborative_id):
        if one.agreement is not None:
            rows.setdefault(f"{one.code[:8]}:{(one.row_id or one.agreement.pk).hex}", []).append(one)
    for key, some in list(rows.items())[:MOST_OF_A_KIND]:
        first, agreement = some[0], some[0].agreement
        names = [agreement.title, *(one.name for one in some if one.name != agreement.title)] if agreement else []
        yield Topic(
            key=f"paper:{key}", kind="AGREEMENT", title=waits_for(first.code, ", ".join(names)), minutes=5, block=Block.POLICY,
            about_kind="agreements.agreement", about_id=agreement.pk if agreement else None,
        )  # fmt: skip


def _aims(by: Viewer, meeting: Meeting, at: datetime) -> Iterator[Topic]:
    """Outcomes that this body agreed on and that are to be looked at by then; for the core team also measures that are tested and wait for a word."""
    goals, _may = aims_for(viewer=by, collaborative_id=meeting.collaborative_id)
    looks = [one.aim for one in goals if one.aim.body_id == meeting.body_id and one.aim.review_on <= meeting.planned_on]
    for aim in looks[:MOST_OF_A_KIND]:
        yield Topic(
            key=f"aim:{aim.pk.hex}", kind="AIM", title=_("Look at: %(aim)s") % {"aim": aim.outcome}, block=Block.OUTCOMES, who=aim.owner_name,
            for_families=aim.success, about_kind="aims.aim", about_id=aim.pk,
        )  # fmt: skip
    if meeting.body.tier != Tier.CORE:
        return
    measures, _may = proposals_for(viewer=by, collaborative_id=meeting.collaborative_id)
    for one in [one for one in measures if one.is_open and one.verdict is not Verdict.OPEN][:MOST_OF_A_KIND]:
        yield Topic(
            key=f"measure:{one.row.pk.hex}", kind="MEASURE", title=_("Decide about a measure: %(name)s") % {"name": one.row.name},
            block=Block.OUTCOMES, who=one.row.proposed_by, for_families=one.row.question, about_kind="aims.proposal", about_id=one.row.pk,
        )  # fmt: skip


SOURCES: tuple[AgendaSource, ...] = (_minutes, _late, _late_below, _standing, _barriers, _changes, _agreements, _aims, _about_agency)
