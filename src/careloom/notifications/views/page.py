"""What every screen of one notification asks for: the row, its family, the rules' answer, and who looked."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.http import HttpRequest

from careloom.agencies.models import Worker
from careloom.agencies.signed_in import viewer_of
from careloom.infra import clock
from careloom.infra.access.accounting import account
from careloom.infra.packs import load_pack
from careloom.kernel.clocks import local_day
from careloom.kernel.notification import NotificationAnswer
from careloom.kernel.packs import Pack
from careloom.notifications import presenters, queries
from careloom.notifications.facts import NotificationFacts
from careloom.notifications.models import Notification


@dataclass(frozen=True, kw_only=True)
class Birth:
    """One notification with its family, in the hospital's own chart."""

    row: Notification
    family: queries.Family
    facts: NotificationFacts
    pack: Pack

    @property
    def title(self) -> str:
        """The page's title."""
        return presenters.family_title(self.family)

    @property
    def name(self) -> str:
        """How the page calls the mother."""
        return presenters.her_name(self.family)

    @property
    def told_by_system(self) -> bool:
        """Whether the hospital's own record system began it, and no worker."""
        return self.row.started_by == self.row.holder_id

    @property
    def language(self) -> str:
        """The language in which she is told."""
        return self.family.mother.language if self.family.mother else "en"

    @property
    def zone(self) -> str:
        """The jurisdiction's zone."""
        return self.pack.manifest.zone

    def answer(self, facts: NotificationFacts | None = None) -> NotificationAnswer:
        """What the rules say of these facts, or of the stored ones."""
        return queries.answer_for(facts=facts or self.facts, pack=self.row.pack, identified_at=self.row.started_at)

    def panel(self, facts: NotificationFacts | None = None, *, sent: bool = False) -> presenters.Panel:
        """The answer as the page shows it."""
        shown = facts or self.facts
        at = self.row.sent_at or clock.now()
        return presenters.panel(
            answer=self.answer(shown),
            facts=shown,
            row=self.row,
            pack=self.pack,
            name=self.name,
            language=self.language,
            year=local_day(at=at, zone=self.zone).year,
            told_by=worker_name(self.row.told_by),
            sent=sent,
        )


def load(request: HttpRequest, notification_id: UUID, *, place: str) -> Birth:
    """The notification, its family, and one look in the access log. Raises NotVisible when it is hidden or absent."""
    viewer = viewer_of(request)
    row = queries.get_notification(viewer=viewer, notification_id=notification_id)
    family = queries.family_of(viewer=viewer, row=row)
    seen: list[Any] = [row, *family.births, *family.infants, *([family.mother] if family.mother else [])]
    account(viewer=viewer, place=place, rows=seen, at=clock.now())
    return Birth(row=row, family=family, facts=queries.facts_of(row), pack=load_pack(name=row.pack))


def worker_name(worker_id: UUID | None) -> str:
    """A worker's name, or nothing."""
    found = Worker.objects.filter(pk=worker_id).first() if worker_id else None
    return found.name if found else ""
