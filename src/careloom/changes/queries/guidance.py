"""Guidance with who has not acknowledged it, its comments and feedback, and what is due. Source: R-006."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from careloom.changes.models import Addressee, Comment, Feedback, Guidance, GuidanceVersion, Pilot
from careloom.infra import clock
from careloom.infra.access import NotVisible, Viewer
from careloom.partnership.standing import Standing, standing_of

MOST = 500
SOON = timedelta(days=30)  # a pilot that ends so soon is to be evaluated
DECIDE_WITHIN = timedelta(days=35)  # the next monthly meeting says what becomes of it


@dataclass(frozen=True, kw_only=True)
class GuidanceRow:
    """A guidance in the list: its newest version, the one in force if any, and how many of its addressees acknowledged and apply that one."""

    guidance: Guidance
    newest: GuidanceVersion
    in_force: GuidanceVersion | None
    asked: int
    acknowledged: int
    applied: int
    late: int

    @property
    def state(self) -> str:
        """How far it came: the newest version's state, or for one in force how it was received."""
        if self.newest.state != "ISSUED":
            return self.newest.state
        if self.asked and self.applied == self.asked:
            return "IN_USE"
        return "ACKNOWLEDGED" if self.asked and self.acknowledged == self.asked else "ISSUED"


@dataclass(frozen=True, kw_only=True)
class Heard:
    """One guidance with everything that is said about it; newest version first."""

    row: GuidanceRow
    standing: Standing
    versions: tuple[GuidanceVersion, ...]
    addressees: tuple[Addressee, ...]  # of the version in force, those who have not acknowledged first
    comments: tuple[Comment, ...]  # on the newest version
    feedback: tuple[Feedback, ...]


@dataclass(frozen=True, kw_only=True)
class Due:
    """What waits for somebody, with its title, who, and the last day.

    `kind`: GUIDANCE (not acknowledged), FEEDBACK (not read), PILOT_ENDS (to be evaluated) or PILOT_DECIDE (evaluated; what becomes of it?).
    `partner_id` or `body_id` is whose it is; `led_by` the body that issued the guidance or runs the pilot.
    """

    kind: str
    id: UUID  # of the guidance, or of the pilot where `of_pilot`
    of_pilot: bool
    title: str
    who: str
    due_on: date
    late: bool
    partner_id: UUID | None = None
    body_id: UUID | None = None
    led_by: UUID | None = None


def guidance_list(*, viewer: Viewer, collaborative_id: UUID) -> tuple[GuidanceRow, ...]:
    """Every guidance, what is in force and newest first. Six queries. Raises NotVisible."""
    standing_of(viewer=viewer, collaborative_id=collaborative_id)
    rows = list(Guidance.objects.filter(collaborative_id=collaborative_id).select_related("body").order_by("-made_at")[:MOST])
    found = received(rows, today=clock.today())
    ended = ("RETIRED",)
    return tuple(sorted(found, key=lambda one: one.newest.state in ended))


def guidance_of(*, viewer: Viewer, collaborative_id: UUID, guidance_id: UUID) -> Heard:
    """One guidance as a whole. Raises NotVisible."""
    standing = standing_of(viewer=viewer, collaborative_id=collaborative_id)
    guidance = Guidance.objects.filter(pk=guidance_id, collaborative_id=collaborative_id).select_related("body").first()
    if guidance is None:
        raise NotVisible
    row = received([guidance], today=clock.today())[0]
    goes = Addressee.objects.filter(guidance_version=row.in_force).select_related("partner", "body") if row.in_force else []
    return Heard(
        row=row, standing=standing, versions=tuple(guidance.versions.order_by("-number")),
        addressees=tuple(sorted(goes, key=lambda one: (one.acknowledged_on is not None, one.applied_since is not None, name_of(one)))),
        comments=tuple(Comment.objects.filter(guidance_version=row.newest).order_by("made_at")[:MOST]),
        feedback=tuple(guidance.feedback.order_by("-sent_on", "-made_at")[:MOST]),
    )  # fmt: skip


def version_text(*, viewer: Viewer, collaborative_id: UUID, guidance_id: UUID, number: int | None) -> GuidanceVersion:
    """A version by its number, else the one in force or the newest. Raises NotVisible."""
    found = guidance_of(viewer=viewer, collaborative_id=collaborative_id, guidance_id=guidance_id)
    if number is None:
        return found.row.in_force or found.row.newest
    for one in found.versions:
        if one.number == number:
            return one
    raise NotVisible


def due(*, viewer: Viewer, collaborative_id: UUID) -> tuple[Due, ...]:
    """Guidance that was not acknowledged, feedback that was not read and pilots that come to an end, the oldest day first.

    For agendas, the home page and what somebody owes. Six queries. Raises NotVisible.
    """
    standing_of(viewer=viewer, collaborative_id=collaborative_id)
    today = clock.today()
    goes = Addressee.objects.filter(collaborative_id=collaborative_id, acknowledged_on=None, guidance_version__state="ISSUED")
    found = [
        Due(
            kind="GUIDANCE", id=one.guidance_version.guidance_id, of_pilot=False, title=one.guidance_version.guidance.title, who=name_of(one),
            due_on=one.due_on, late=one.due_on < today, partner_id=one.partner_id, body_id=one.body_id,
            led_by=one.guidance_version.guidance.body_id,
        )
        for one in goes.select_related("guidance_version__guidance", "partner", "body").order_by("due_on")[:MOST]
    ]  # fmt: skip
    unread = Feedback.objects.filter(collaborative_id=collaborative_id, read_on=None, closed_on=None).select_related("guidance", "pilot")
    for item in unread.order_by("read_by")[:MOST]:
        about = item.guidance or item.pilot
        assert about is not None
        found.append(
            Due(
                kind="FEEDBACK", id=about.pk, of_pilot=item.pilot_id is not None, title=about.title, who=item.who, due_on=item.read_by,
                late=item.read_by < today, body_id=about.body_id, led_by=about.body_id,
            )
        )  # fmt: skip
    found += _pilots(collaborative_id, today=today)
    return tuple(sorted(found, key=lambda one: (one.due_on, one.title, one.who)))


def _pilots(collaborative_id: UUID, *, today: date) -> list[Due]:
    rows = Pilot.objects.filter(collaborative_id=collaborative_id, state__in=("RUNNING", "EVALUATED")).select_related("body").order_by("until")
    found = []
    for row in rows[:MOST]:
        ends = row.state == "RUNNING"
        day = row.until if ends or row.evaluated_on is None else row.evaluated_on + DECIDE_WITHIN
        if not ends or day <= today + SOON:
            found.append(
                Due(
                    kind="PILOT_ENDS" if ends else "PILOT_DECIDE", id=row.pk, of_pilot=True, title=row.title, who=row.body.name, due_on=day,
                    late=day < today, body_id=row.body_id if ends else None, led_by=row.body_id,
                )
            )  # fmt: skip
    return found


def name_of(row: Addressee) -> str:
    """The partner or the body to whom a version went."""
    to = row.partner or row.body
    return to.name if to else ""


def received(rows: list[Guidance], *, today: date) -> list[GuidanceRow]:
    """These with their newest version and how the one in force was received. Two queries."""
    versions = list(GuidanceVersion.objects.filter(guidance__in=rows).order_by("number"))
    newest = {one.guidance_id: one for one in versions}
    in_force = {one.guidance_id: one for one in versions if one.state == "ISSUED"}
    goes: dict[UUID, list[Addressee]] = {}
    for one in Addressee.objects.filter(guidance_version__in=in_force.values()):
        goes.setdefault(one.guidance_version_id, []).append(one)
    made = []
    for row in rows:
        now = in_force.get(row.pk)
        to = goes.get(now.pk, []) if now else []
        made.append(
            GuidanceRow(
                guidance=row, newest=newest[row.pk], in_force=now, asked=len(to), acknowledged=sum(one.acknowledged_on is not None for one in to),
                applied=sum(one.applied_since is not None for one in to),
                late=sum(one.acknowledged_on is None and one.due_on < today for one in to),
            )
        )  # fmt: skip
    return made
