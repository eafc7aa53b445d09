"""Needs: named from the catalogue, wanted or not by her, and what became of them. Source: workflows 6.3, R-117."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from uuid import UUID

from django.db import transaction

from careloom.directory.needs import catalogue
from careloom.infra.access import PrincipalKind, Viewer
from careloom.kernel.labels import Kind
from careloom.kernel.labels.codes import NEED
from careloom.plans.actions.keeping import PART2_SEGMENT, VICTIM, change_row, find_row, kept_under, note, once, open_plan, stamp
from careloom.plans.actions.owed import owe_her_words
from careloom.plans.actions.results import Conflict, Reason, Refused, refused
from careloom.plans.models import Need, NeedStep, PlanOfSafeCare

CHOICES = frozenset({"YES", "NOT_NOW", "NO"})
RESULTS = frozenset({"OPEN", "MET", "PARTLY", "UNMET"})
RESTRICTED = frozenset({"SAFETY_ADVOCATE", "SAFETY_PLANNING"})
"""Needs that would tell of violence: kept where no plan consent reaches (plan-content 2.4, domain 5)."""


def category_of(code: str) -> str:
    """The category under which a need of the catalogue is kept: a recovery need reveals treatment, and so do the words of some others."""
    if code in RESTRICTED:
        return VICTIM
    need = catalogue().needs[code]
    return PART2_SEGMENT if need.domain == "RECOVERY" else kept_under(kind=Kind.NEED, codes=((NEED, code),), texts=tuple(need.labels.values()))


@transaction.atomic
def add_need(
    *,
    by: Viewer,
    at: datetime,
    plan_id: UUID,
    code: str,
    request_key: str,
    identity_id: UUID | None = None,
    title: str = "",
    for_whom: str = "",
    priority: int = 2,
    her_choice: str = "NOT_ASKED",
    her_words: str = "",
    existing_service: str = "",
    owner_worker_id: UUID | None = None,
    next_on: date | None = None,
) -> Need | Refused:
    """Name a need (a code of the catalogue) of somebody in the family: `identity_id` of an infant, else the mother's.

    `title` defaults to the catalogue's English words, for workers; her pages and papers show the catalogue's
    words in her language. Her answer, when she gave it at once, is `her_choice`.
    """
    plan = open_plan(by=by, at=at, plan_id=plan_id)
    if isinstance(plan, Refused):
        return plan
    known = once(Need, by=by, request_key=request_key)
    if known is not None:
        return known
    if code not in catalogue().needs:
        return refused(Reason.UNKNOWN_CODE)
    row = Need(
        **stamp(by=by, at=at, plan=plan, category=category_of(code), identity_id=identity_id),
        code=code,
        title=title or catalogue().needs[code].label("en"),
        for_whom=for_whom,
        priority=priority,
        existing_service=existing_service,
        owner_worker_id=owner_worker_id or (by.worker_id if by.kind is PrincipalKind.AGENCY else None),
        next_on=next_on,
        request_key=request_key,
    )
    row.save()
    if her_choice in CHOICES:
        put_choice(by=by, at=at, plan=plan, need=row, choice=her_choice, words=her_words, request_key=f"{request_key}:choice"[:64])
    note("need_added", by=by, at=at, plan=plan, object_id=row.pk, code=code)
    return row


@transaction.atomic
def change_need(
    *,
    by: Viewer,
    at: datetime,
    need_id: UUID,
    row_version: int,
    title: str | None = None,
    for_whom: str | None = None,
    priority: int | None = None,
    existing_service: str | None = None,
    owner_worker_id: UUID | None = None,
    next_on: date | None = None,
) -> Need | Conflict | Refused:
    """Change how a need is described, its priority, owner or next day, in a row of the agency of `by`."""
    row = find_row(Need, by=by, row_id=need_id)
    plan = open_plan(by=by, at=at, plan_id=row.plan_id)
    if isinstance(plan, Refused):
        return plan
    asked = {
        "title": title, "for_whom": for_whom, "priority": priority, "existing_service": existing_service,
        "owner_worker_id": owner_worker_id, "next_on": next_on,
    }  # fmt: skip
    problem = change_row(row=row, by=by, at=at, row_version=row_version, changes={name: value for name, value in asked.items() if value is not None})
    if problem is not None:
        return problem
    note("need_changed", by=by, at=at, plan=plan, object_id=row.pk)
    return row


@transaction.atomic
def record_choice(*, by: Viewer, at: datetime, need_id: UUID, choice: str, request_key: str, words: str = "") -> NeedStep | Refused:
    """Her yes, not now or no to a need, with her words. NO ends the thread in calm: nothing is opened and nothing escalates.

    A worker writes it for her; she herself writes it as PERSON (J4.3), in a row of her own.
    """
    need = find_row(Need, by=by, row_id=need_id)
    plan = open_plan(by=by, at=at, plan_id=need.plan_id)
    if isinstance(plan, Refused):
        return plan
    if choice not in CHOICES:
        return refused(Reason.UNKNOWN_CODE)
    known = once(NeedStep, by=by, request_key=request_key)
    if known is not None:
        return known
    step = put_choice(by=by, at=at, plan=plan, need=need, choice=choice, words=words, request_key=request_key)
    note("need_choice", by=by, at=at, plan=plan, object_id=need.pk, choice=choice)
    if by.kind is PrincipalKind.PERSON:
        owe_her_words(by=by, at=at, plan=plan, row_id=step.pk, kind="HER_CHOICE", category=need.category)
    return step


@transaction.atomic
def resolve_need(*, by: Viewer, at: datetime, need_id: UUID, result: str, request_key: str, reason: str = "", words: str = "") -> NeedStep | Refused:
    """Say what became of a need: MET, PARTLY, UNMET (with its reason, such as NO_SERVICE or WAITLIST), or OPEN again."""
    need = find_row(Need, by=by, row_id=need_id)
    plan = open_plan(by=by, at=at, plan_id=need.plan_id)
    if isinstance(plan, Refused):
        return plan
    if result not in RESULTS:
        return refused(Reason.UNKNOWN_CODE)
    if result == "UNMET" and not reason:
        return refused(Reason.REASON_NEEDED)
    known = once(NeedStep, by=by, request_key=request_key)
    if known is not None:
        return known
    step = put_result(by=by, at=at, plan=plan, need=need, result=result, reason=reason, words=words, request_key=request_key)
    note("need_result", by=by, at=at, plan=plan, object_id=need.pk, result=result, reason=reason)
    return step


def put_result(*, by: Viewer, at: datetime, plan: PlanOfSafeCare, need: Need, result: str, reason: str, words: str, request_key: str) -> NeedStep:
    """The step of a result, and the need's own row where it belongs to the agency of `by`."""
    values = {"result": result, "result_reason": reason, "resolved_at": None if result == "OPEN" else at}
    return _step(by=by, at=at, plan=plan, need=need, step="RESULT", value=result, reason=reason, words=words, request_key=request_key, own=values)


def put_choice(*, by: Viewer, at: datetime, plan: PlanOfSafeCare, need: Need, choice: str, words: str, request_key: str) -> NeedStep:
    """The step of her answer, and the need's own row where it belongs to the agency of `by`."""
    values = {"her_choice": choice, "her_words": words, "chosen_at": at}
    return _step(by=by, at=at, plan=plan, need=need, step="CHOICE", value=choice, reason="", words=words, request_key=request_key, own=values)


def _step(*, by: Viewer, at: datetime, plan: PlanOfSafeCare, need: Need, own: dict[str, object], **said: str) -> NeedStep:
    before = NeedStep.objects.filter(need_id=need.pk, at__gte=at).order_by("-at").values_list("at", flat=True).first()
    row = NeedStep(
        **stamp(by=by, at=at, plan=plan, category=need.category, identity_id=need.identity_id),
        need_id=need.pk,
        # What is said after another step stays after it, also where both carry the same instant.
        at=before + timedelta(microseconds=1) if before is not None else at,
        hers=by.kind is PrincipalKind.PERSON,
        **said,
    )
    row.save()
    if need.holder_id == by.holder_id:
        need.row_version += 1
        values = own | {"changed_at": at, "row_version": need.row_version}
        Need.objects.filter(pk=need.pk).update(**values)
        for name, value in own.items():
            setattr(need, name, value)
    return row
