"""What child welfare and court staff ask a provider before a referral, and what the provider answered: kept on its profile (R-130).

The questions are the pack's (S1, Understanding substance use disorder tool). Answers are added and never changed, so that what a later one
replaced is kept.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.conf import settings
from django.db import connection, transaction

from careloom.directory.models import ProviderAnswer, Service
from careloom.infra.access import Viewer, require
from careloom.infra.answers import Done, Refused, Stale, said
from careloom.infra.audit.actions import record
from careloom.infra.packs import current_pack
from careloom.kernel.clocks import local_day
from careloom.kernel.packs.following import Said

MOST = 600


@dataclass(frozen=True, kw_only=True)
class Answered:
    """One question of the list, and the newest answer to it, if there is one."""

    question: Said
    answer: ProviderAnswer | None


def questions() -> tuple[Said, ...]:
    """The questions of the jurisdiction, in their order."""
    return current_pack().following.provider_questions


def answers_of(*, service_id: UUID) -> tuple[Answered, ...]:
    """Every question with the newest answer that is kept for a service. One query."""
    newest = {row.code: row for row in ProviderAnswer.objects.filter(service_id=service_id).order_by("made_at", "pk")}
    return tuple(Answered(question=question, answer=newest.get(question.code)) for question in questions())


def answered_for(*, service_ids: Iterable[UUID]) -> dict[UUID, list[ProviderAnswer]]:
    """The newest answers of some services, by service. One query."""
    newest: dict[tuple[UUID, str], ProviderAnswer] = {}
    for row in ProviderAnswer.objects.filter(service_id__in=set(service_ids)).order_by("made_at", "pk"):
        newest[row.service_id, row.code] = row
    order = {one.code: place for place, one in enumerate(questions())}
    found: dict[UUID, list[ProviderAnswer]] = {}
    for row in sorted(newest.values(), key=lambda row: order.get(row.code, len(order))):
        if row.code in order:
            found.setdefault(row.service_id, []).append(row)
    return found


def may_ask(*, viewer: Viewer, service: Service) -> bool:
    """Who writes answers down: who refers families or works a case, the directory's steward, and the provider itself."""
    own = service.agency_id is not None and service.agency_id == viewer.holder_id and viewer.can("DIRECTORY_READ")
    return service.active and (own or any(viewer.can(p) for p in ("CASE_WRITE", "PLAN_WRITE", "DIRECTORY_EDIT", "PARTNERSHIP")))


@transaction.atomic
def keep_answers(
    *, by: Viewer, at: datetime, service: Service, given: Mapping[str, str], spoke_with: str, on: date, seen: int
) -> Done | Refused | Stale:
    """Add the answers that differ from those kept. `seen` is how many rows stood there when the form was read; Stale where there are more now.

    Refused codes: NOT_ALLOWED, LATER_DAY, SPOKE_WITH (nobody is named as having answered).
    """
    require(by)
    wrong = {
        "NOT_ALLOWED": not may_ask(viewer=by, service=service), "LATER_DAY": on > local_day(at=at, zone=settings.TIME_ZONE),
        "SPOKE_WITH": len(spoke_with.strip()) < 2,
    }  # fmt: skip
    codes = tuple(code for code, is_wrong in wrong.items() if is_wrong)
    if codes:
        return Refused(codes=codes)
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [f"directory:asked:{service.pk}"])
    kept = answers_of(service_id=service.pk)
    different = {one.question.code: text for one in kept if (text := said(given.get(one.question.code, ""), most=MOST)) != _text(one)}
    if not different:
        return Done(row_id=service.pk)
    if ProviderAnswer.objects.filter(service_id=service.pk).count() != seen:
        return Stale(current=kept)
    ProviderAnswer.objects.bulk_create(
        ProviderAnswer(service=service, code=code, text=text, spoke_with=said(spoke_with, most=120), on=on, agency_id=by.holder_id, made_at=at)
        for code, text in different.items()
    )
    record(by=by, at=at, action="directory.provider_answered", object_id=service.pk, detail={"codes": sorted(different)})
    return Done(row_id=service.pk)


def _text(one: Answered) -> str:
    return one.answer.text if one.answer else ""
