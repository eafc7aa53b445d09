"""One quiet mail a day for each worker who wants it: numbers and neutral words, no names, never in her quiet hours (issue 4, "digests")."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import Q
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from careloom.agencies.models import Agency, Membership
from careloom.agencies.queries import viewer_of
from careloom.agencies.roles import Permission
from careloom.infra import clock
from careloom.infra.access import acting_as
from careloom.kernel.clocks import local_day, start_of_day
from careloom.messages.providers import provider
from careloom.work.models import WorkerSetting
from careloom.work.queries import Counted, counts
from careloom.work.standing_in import is_quiet


def run(*, at: datetime) -> int:
    """Send what is due now; how many mails went out. Twice on a day sends one."""
    return sum(_agency(agency, at=at) for agency in Agency.objects.filter(active=True).order_by("pk"))


def sentence(*, counted: Counted) -> str:
    """The whole mail. It says how many, and where to look; nothing of what, of whom, or for whom."""
    parts = []
    if counted.late:
        parts.append(ngettext("%(n)s thing on your list is late.", "%(n)s things on your list are late.", counted.late) % {"n": counted.late})
    if counted.due:
        parts.append(ngettext("%(n)s thing is due today.", "%(n)s things are due today.", counted.due) % {"n": counted.due})
    return " ".join([*parts, _("Sign in to see your list.")])


def is_due(*, setting: WorkerSetting, at: datetime) -> bool:
    """Whether her mail goes out now: she wants it, it is past its hour, outside her quiet hours, not sent today, and she is not away."""
    local = at.astimezone(clock.zone(settings.TIME_ZONE))
    away = setting.away_from is not None and setting.away_until is not None and setting.away_from <= local.date() <= setting.away_until
    hour = local.time().replace(tzinfo=None)
    wanted = setting.digest and not away and setting.digest_sent_on != local.date()
    return wanted and hour >= setting.digest_at and not is_quiet(setting=setting, local=hour)


def _agency(agency: Agency, *, at: datetime) -> int:
    known = {row.worker_id: row for row in WorkerSetting.objects.filter(agency_id=agency.pk)}
    live = Membership.objects.filter(agency=agency, starts_at__lte=at, ends_at__gt=at).select_related("worker__user", "agency")
    return sum(_send(member, known.get(member.worker_id), at=at) for member in live)


def _send(member: Membership, setting: WorkerSetting | None, *, at: datetime) -> bool:
    setting = setting or WorkerSetting(agency_id=member.agency_id, worker_id=member.worker_id)
    viewer = viewer_of(member)
    if not is_due(setting=setting, at=at) or not viewer.can(Permission.FAMILY_READ):
        return False
    today = local_day(at=at, zone=settings.TIME_ZONE)
    until = start_of_day(day=today, zone=settings.TIME_ZONE) + timedelta(days=1)
    with transaction.atomic(), acting_as(viewer):
        counted = counts(viewer=viewer, at=at, until=until)
        WorkerSetting.objects.get_or_create(agency_id=member.agency_id, worker_id=member.worker_id)
        mine = WorkerSetting.objects.filter(agency_id=member.agency_id, worker_id=member.worker_id)
        # Marked first and in the same transaction: two jobs at once send one mail.
        fresh = mine.filter(Q(digest_sent_on=None) | ~Q(digest_sent_on=today)).update(digest_sent_on=today)
    if not fresh or not (counted.late or counted.due):
        return False
    with translation.override(member.worker.language):
        provider().send(channel="EMAIL", address=member.worker.user.email, text=sentence(counted=counted))
    return True
