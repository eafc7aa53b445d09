"""What somebody owes in her rooms, put together from each room: promises, barriers, onboarding, guidance, feedback, pilots, agreements.

It reaches her on Today (`bring`) and on a page of its own. Nothing is kept here: each app is asked, and what is done there is gone here.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as later
from django.utils.translation import ngettext

from careloom.agreements.queries import due as agreements_due
from careloom.agreements.words import waits_for
from careloom.aims.queries import due_points
from careloom.barriers.queries import answers_to, has_part, owed_by, raised_by
from careloom.barriers.words import title_of
from careloom.changes.queries import came_of
from careloom.changes.queries import due as changes_due
from careloom.commons.presenters.agreements import due_line
from careloom.commons.presenters.aims_points import period_words
from careloom.commons.presenters.home import asks_her
from careloom.infra.access import Viewer
from careloom.infra.ui.brought import Brought
from careloom.kernel.indicators.schedule import InTime
from careloom.kernel.partnership import Tier
from careloom.kernel.partnership.barrier import Deed
from careloom.kernel.partnership.knowing import ONBOARDING
from careloom.knowledge.queries import newcomers
from careloom.meetings.queries import mine
from careloom.partnership.actions.keeping import today
from careloom.partnership.models import Body, Collaborative
from careloom.partnership.standing import Standing, collaboratives_of, reading_once, standing_of

NEWS = timedelta(days=21)
SHORT = 200
DEEDS: dict[Deed, tuple[Any, str, Any]] = {
    Deed.DECIDE: (later("Decide: %(title)s"), "barrier_decide", later("Decide")),
    Deed.TRY: (later("Work on: %(title)s"), "barrier", later("Open it")),
    Deed.RESOLVE: (later("Do what was decided: %(title)s"), "barrier", later("Open it")),
    Deed.TELL: (later("Tell it back: %(title)s"), "barrier_tell", later("Tell it back")),
    Deed.CONFIRM: (later("Say whether it is gone: %(title)s"), "barrier", later("Answer")),
}
CHANGES = {
    "GUIDANCE": later("Acknowledge: %(title)s"), "FEEDBACK": later("Read what %(who)s say about: %(title)s"),
    "PILOT_ENDS": later("Evaluate the pilot: %(title)s"), "PILOT_DECIDE": later("Say what becomes of the pilot: %(title)s"),
}  # fmt: skip


def bring(viewer: Viewer, at: datetime) -> list[Brought]:
    """What the rooms have for a reader's day: what she owes, and answers of the last weeks. One query for who has no part in them."""
    if not has_part(worker_id=viewer.worker_id):
        return []
    with reading_once():
        return [one for row in collaboratives_of(viewer=viewer) for one in owed_in(row, viewer=viewer, at=at)]


def owed_in(row: Collaborative, *, viewer: Viewer, at: datetime) -> Iterator[Brought]:
    """The same of one collaborative, as its rooms hold it."""
    standing, day = standing_of(viewer=viewer, collaborative_id=row.pk), today(at)
    yield from _hers(standing, viewer=viewer)
    yield from _promises(standing, viewer=viewer, at=at, day=day)
    yield from _barriers(standing, viewer=viewer, day=day)
    yield from _onboarding(standing, viewer=viewer, day=day)
    yield from _changes(standing, viewer=viewer, day=day)
    yield from _agreements(standing, viewer=viewer)
    yield from _points(standing, day=day)
    yield from _answers(standing, viewer=viewer, day=day)


def _hers(standing: Standing, *, viewer: Viewer) -> Iterator[Brought]:
    """Training before she takes part, and what waits for her to make it final as an officer."""
    for gap in asks_her(viewer=viewer, standing=standing):
        yield Brought(head=gap.head, where=gap.words, url=gap.url, do=gap.do)


def _promises(standing: Standing, *, viewer: Viewer, at: datetime, day: date) -> Iterator[Brought]:
    found = mine(viewer=viewer, collaborative_id=standing.collaborative.pk, at=at)
    heads = ((found.owed, _("You promised: %(what)s")), (found.late_below, _("Late, and told to you: %(what)s")))
    for rows, head in (*heads, (found.to_verify, _("See whether it is done: %(what)s"))):
        for one in rows:
            url = reverse("commons:promise", args=[standing.collaborative.pk, one.row.pk])
            done = rows is found.to_verify
            yield Brought(
                head=head % {"what": one.row.what}, where=f"{one.row.body.name}, {one.row.owner.name}", url=url, do=_("Open it"),
                due_on=None if done else one.row.due_on, late=not done and one.row.due_on < day,
            )  # fmt: skip


def _barriers(standing: Standing, *, viewer: Viewer, day: date) -> Iterator[Brought]:
    rows = owed_by(viewer=viewer, collaborative_id=standing.collaborative.pk, today=day)
    for one in rows:
        if one.deed in DEEDS:
            head, name, do = DEEDS[one.deed]
            yield Brought(
                head=str(head) % {"title": title_of(one.row)}, where=one.row.body.name if one.row.body else standing.collaborative.name,
                url=reverse(f"commons:{name}", args=[standing.collaborative.pk, one.row.pk]), do=str(do), due_on=one.row.due_on, late=one.late,
            )  # fmt: skip
    if waits := [one for one in rows if one.deed is Deed.TRIAGE]:
        # Many may wait, and what came from families comes many at once: one line for all of them.
        head = ngettext("Triage one barrier", "Triage %(n)s barriers", len(waits)) % {"n": len(waits)}
        url = f"{reverse('commons:barriers', args=[standing.collaborative.pk])}?state=LOGGED"
        yield Brought(
            head=head, where=standing.collaborative.name, url=url, do=_("See them"), due_on=waits[0].row.due_on, late=any(one.late for one in waits)
        )


def _onboarding(standing: Standing, *, viewer: Viewer, day: date) -> Iterator[Brought]:
    if not standing.sits_in:
        return
    for one in newcomers(viewer=viewer, collaborative_id=standing.collaborative.pk, today=day):
        if one.seat.worker_id == viewer.worker_id and not one.complete:
            left = len(set(ONBOARDING) - one.done)
            head = ngettext("One step of your start is open", "%(n)s steps of your start are open", left) % {"n": left}
            url = reverse("commons:onboarding", args=[standing.collaborative.pk])
            yield Brought(head=head, where=one.seat.body.name, url=url, do=_("See them"), due_on=one.due_on, late=one.late)


def _changes(standing: Standing, *, viewer: Viewer, day: date) -> Iterator[Brought]:
    if not standing.sits_in:
        return
    core = _core(standing)
    for one in changes_due(viewer=viewer, collaborative_id=standing.collaborative.pk):
        ours = one.body_id in standing.officer_of if one.partner_id is None else one.partner_id in standing.partner_ids
        if ours or (one.kind == "PILOT_DECIDE" and core):
            url = reverse(f"commons:{'pilot' if one.of_pilot else 'guidance'}", args=[standing.collaborative.pk, one.id])
            words = str(CHANGES[one.kind]) % {"title": one.title, "who": one.who}
            where = one.who if one.kind != "FEEDBACK" else standing.collaborative.name
            yield Brought(head=words, where=where, url=url, do=_("Open it"), due_on=one.due_on, late=one.late)


def _agreements(standing: Standing, *, viewer: Viewer) -> Iterator[Brought]:
    """For the officers of the core team."""
    if not _core(standing):
        return
    for one in agreements_due(viewer=viewer, collaborative_id=standing.collaborative.pk):
        line = due_line(one, standing=standing)
        head = waits_for(one.code, one.name)[:SHORT]
        url = line["url"] or reverse("commons:agreements", args=[standing.collaborative.pk])
        yield Brought(head=head, where=line["title"] or standing.collaborative.name, url=url, do=_("Open it"), due_on=one.on, late=one.late)


def _points(standing: Standing, *, day: date) -> Iterator[Brought]:
    """Figures that her agency sends, of periods that are over (R-201)."""
    for one, period in due_points(standing=standing, today=day):
        yield Brought(
            head=_("Send: %(what)s, %(period)s") % {"what": one.row.name, "period": period_words(period.starts_on, period.ends_on)},
            where=one.row.to_whom, url=reverse("commons:points_send", args=[standing.collaborative.pk, one.row.pk]), do=_("It went"),
            due_on=period.due_on, late=period.stands is InTime.LATE,
        )  # fmt: skip


def _answers(standing: Standing, *, viewer: Viewer, day: date) -> Iterator[Brought]:
    """What came back to barriers that she raised: the newest answer of each, and guidance that was issued."""
    pk, since = standing.collaborative.pk, day - NEWS
    for row, step in answers_to(viewer=viewer, collaborative_id=pk, since=since):
        url, head = reverse("commons:barrier", args=[pk, row.pk]), _("An answer came back: %(title)s") % {"title": title_of(row)}
        yield Brought(head=head, where=step.words[:SHORT] or standing.collaborative.name, url=url, do=_("Read it"), news=True)
    ids = raised_by(viewer=viewer, collaborative_id=pk)
    events = came_of(viewer=viewer, collaborative_id=pk, barrier_ids=ids).events if ids else ()
    for event in events:
        if event.code == "ISSUED" and event.on >= since:
            head = _("Guidance came of what you raised: %(title)s, version %(n)s") % {"title": event.title, "n": event.number}
            url = reverse("commons:guidance", args=[pk, event.id])
            yield Brought(head=head, where=standing.collaborative.name, url=url, do=_("Read it"), news=True)


def _core(standing: Standing) -> bool:
    """Whether she is an officer of the core team."""
    return Body.objects.filter(pk__in=standing.officer_of, tier=Tier.CORE, ends_on=None).exists()
