"""How each member takes part, what pulls in different directions, how help should be given, and which systems are in her life.

Source: R-050, R-067, R-121, R-122.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from careloom.infra.access import Viewer
from careloom.infra.access.segments import open_for
from careloom.kernel.labels import Kind
from careloom.people.queries import family_of, with_infants
from careloom.plans.actions.after_event import review_after_event
from careloom.plans.actions.keeping import CORE, PART2_SEGMENT, change_row, find_row, kept_under, moved_apart, note, once, open_plan, stamp
from careloom.plans.actions.results import Conflict, Reason, Refused, refused
from careloom.plans.models import Involvement, Participation, PlanOfSafeCare, Preference, Tension

STATUSES = frozenset({"NOT_STARTED", "ACTIVE", "PAUSED", "ENDED"})
FEATURES = frozenset({"TAKES_PREGNANT", "CHILDREN_ON_SITE", "WOMEN_SPECIFIC", "TRAUMA_INFORMED", "TELEHEALTH", "MEDICAID"})
SYSTEMS = frozenset({
    "CHILD_WELFARE", "TREATMENT", "COURT", "HOSPITAL", "EARLY_INTERVENTION", "HOME_VISITING", "CRIMINAL_JUSTICE", "EDUCATION",
})  # fmt: skip


@transaction.atomic
def note_participation(
    *, by: Viewer, at: datetime, plan_id: UUID, member_id: UUID, status: str, starts_on: date, request_key: str, words: str = ""
) -> Participation | Refused:
    """Write down how one member takes part from a day on. Members need not start and stop together (R-121).

    `member_id` is the mother, an infant, or somebody of the family as she defines it; who is not safe is kept where no plan consent reaches.
    """
    plan = open_plan(by=by, at=at, plan_id=plan_id)
    if isinstance(plan, Refused):
        return plan
    known = once(Participation, by=by, request_key=request_key)
    if known is not None:
        return known
    found = _member(by=by, plan=plan, member_id=member_id)
    if found is None or status not in STATUSES:
        return refused(Reason.UNKNOWN_CODE)
    name, category = found
    if category == CORE:
        category = kept_under(kind=Kind.NEED, texts=(words,))
    row = Participation(
        **stamp(by=by, at=at, plan=plan, category=category), member_id=member_id, name=name, status=status, starts_on=starts_on, words=words.strip(),
        request_key=request_key,
    )  # fmt: skip
    row.save()
    note("participation", by=by, at=at, plan=plan, object_id=row.pk, status=status)
    return row


@transaction.atomic
def note_tension(*, by: Viewer, at: datetime, plan_id: UUID, kind: str, words: str, request_key: str, hers: str = "") -> Tension | Refused:
    """Write down needs that compete, or a crisis. A crisis asks for a review soon; neither closes the plan or reports anybody (R-122)."""
    plan = open_plan(by=by, at=at, plan_id=plan_id)
    if isinstance(plan, Refused):
        return plan
    known = once(Tension, by=by, request_key=request_key)
    if known is not None:
        return known
    if kind not in {"COMPETING", "CRISIS"}:
        return refused(Reason.UNKNOWN_CODE)
    if not words.strip():
        return refused(Reason.NO_WORDS)
    row = Tension(
        **stamp(by=by, at=at, plan=plan, category=kept_under(kind=Kind.NEED, texts=(words, hers))), kind=kind, words=words.strip(), hers=hers.strip(),
        request_key=request_key,
    )  # fmt: skip
    row.save()
    note("tension_noted", by=by, at=at, plan=plan, object_id=row.pk, kind=kind)
    if kind == "CRISIS":
        review_after_event(by=by, at=at, plan_id=plan.pk, why="CRISIS")
    return row


@transaction.atomic
def resolve_tension(*, by: Viewer, at: datetime, tension_id: UUID, resolution: str, row_version: int) -> Tension | Conflict | Refused:
    """Say how it was resolved. Only by the agency that wrote it down; another writes its own beside it."""
    row = find_row(Tension, by=by, row_id=tension_id)
    plan = open_plan(by=by, at=at, plan_id=row.plan_id)
    if isinstance(plan, Refused):
        return plan
    if not resolution.strip():
        return refused(Reason.NO_WORDS)
    changes: dict[str, object] = {"resolution": resolution.strip()} | moved_apart(row, texts=(resolution,))
    if row.resolved_at is None and row.row_version == row_version:
        changes["resolved_at"] = at
    problem = change_row(row=row, by=by, at=at, row_version=row_version, changes=changes)
    if problem is not None:
        return problem
    if "category" in changes:
        open_for([row])
    note("tension_resolved", by=by, at=at, plan=plan, object_id=row.pk)
    return row


@transaction.atomic
def put_preference(
    *, by: Viewer, at: datetime, plan_id: UUID, row_version: int, languages: Iterable[str] = (), features: Iterable[str] = (), culture: str = "",
    faith: str = "", helps: str = "", helps_not: str = "",
) -> Preference | Conflict | Refused:  # fmt: skip
    """Write how help should be given. Choosing a service filters by `languages` and `features` (R-067). One row for each holder."""
    plan = open_plan(by=by, at=at, plan_id=plan_id)
    if isinstance(plan, Refused):
        return plan
    wanted = sorted(set(features))
    if not set(wanted) <= FEATURES:
        return refused(Reason.UNKNOWN_CODE)
    texts = {"culture": culture.strip(), "faith": faith.strip(), "helps": helps.strip(), "helps_not": helps_not.strip()}
    values: dict[str, object] = {"languages": sorted(set(languages)), "features": wanted, **texts}
    row = Preference.objects.filter(holder_id=by.holder_id, plan_id=plan.pk).first()
    if row is None:
        row = Preference(**stamp(by=by, at=at, plan=plan, category=kept_under(kind=Kind.NEED, texts=tuple(texts.values()))), **values)
        row.save()
    else:
        values |= moved_apart(row, texts=tuple(texts.values()))
        problem = change_row(row=row, by=by, at=at, row_version=row_version, changes=values)
        if problem is not None:
            return problem
        if "category" in values:
            open_for([row])
    note("preference_put", by=by, at=at, plan=plan, object_id=row.pk)
    return row


@transaction.atomic
def note_involvement(
    *, by: Viewer, at: datetime, plan_id: UUID, system: str, starts_on: date, request_key: str, ends_on: date | None = None, words: str = ""
) -> Involvement | Refused:
    """Write down that a system is in the family's life (R-050). Treatment is kept in the plan's Part 2 segment, as are words that tell of it."""
    plan = open_plan(by=by, at=at, plan_id=plan_id)
    if isinstance(plan, Refused):
        return plan
    known = once(Involvement, by=by, request_key=request_key)
    if known is not None:
        return known
    if system not in SYSTEMS or (ends_on is not None and ends_on < starts_on):
        return refused(Reason.UNKNOWN_CODE)
    category = PART2_SEGMENT if system == "TREATMENT" else kept_under(kind=Kind.NEED, texts=(words,))
    row = Involvement(
        **stamp(by=by, at=at, plan=plan, category=category), system=system, words=words.strip(), starts_on=starts_on, ends_on=ends_on,
        request_key=request_key,
    )  # fmt: skip
    row.save()
    note("involvement_noted", by=by, at=at, plan=plan, object_id=row.pk, system=system)
    return row


@transaction.atomic
def end_involvement(*, by: Viewer, at: datetime, involvement_id: UUID, ends_on: date, row_version: int) -> Involvement | Conflict | Refused:
    """Say on which day a system left the family's life. By the agency that wrote it down."""
    row = find_row(Involvement, by=by, row_id=involvement_id)
    plan = open_plan(by=by, at=at, plan_id=row.plan_id)
    if isinstance(plan, Refused):
        return plan
    if ends_on < row.starts_on:
        return refused(Reason.UNKNOWN_CODE)
    problem = change_row(row=row, by=by, at=at, row_version=row_version, changes={"ends_on": ends_on})
    if problem is not None:
        return problem
    note("involvement_ended", by=by, at=at, plan=plan, object_id=row.pk)
    return row


def _member(*, by: Viewer, plan: PlanOfSafeCare, member_id: UUID) -> tuple[str, str] | None:
    """The name and category of a member whom `by` sees."""
    for person in with_infants(viewer=by, identity_ids=[plan.identity_id]):
        if person.identity_id == member_id:
            return person.preferred_name or person.given_name, CORE
    for member in family_of(viewer=by, identity_id=plan.identity_id):
        if member.pk == member_id:
            return member.name, member.category
    return None
