"""Versions: how the plan stood, and that she agreed. A version keeps each item under the item's own holder and category."""

from __future__ import annotations

from datetime import datetime
from itertools import groupby
from uuid import UUID

from django.db import transaction

from careloom.infra.access import PrincipalKind, System, Viewer, system
from careloom.infra.access.scope import acting_as
from careloom.infra.events.outbox import publish
from careloom.kernel.events import PlanCountsChanged
from careloom.kernel.plan import PlanState
from careloom.plans.actions.keeping import change_plan, find_plan, frame_stamp, keeper_of, note, open_plan
from careloom.plans.actions.results import Reason, Refused, refused
from careloom.plans.items import MODELS, entry_of
from careloom.plans.models import Need, PlanOfSafeCare, PlanRow, PlanVersion, PlanVersionEntry, Strength

METHODS = frozenset({"SCREEN", "PAPER", "SPOKEN"})


@transaction.atomic
def agree_plan(
    *, by: Viewer, at: datetime, plan_id: UUID, method: str, request_key: str, witness: str = "", no_needs_because: str = ""
) -> PlanVersion | Refused:
    """Keep a version that the mother agreed to: on the SCREEN, on PAPER, or SPOKEN before a witness. The plan is active from then on.

    By the lead, or by herself on her screen. A plan has strengths and needs, both (R-120); where she was asked and names no need,
    `no_needs_because` says so and is kept with the version. Idempotent on `request_key`.
    """
    plan = open_plan(by=by, at=at, plan_id=plan_id, lead=True)
    if isinstance(plan, Refused):
        return plan
    known = _made_before(plan=plan, by=by, request_key=request_key)
    if known is not None:
        return known
    problem = _problem(by=by, plan=plan, method=method, witness=witness, no_needs_because=no_needs_because)
    if problem is not None:
        return problem
    why = "STARTED" if plan.agreed_at is None else "AGREED"
    version = make_version(
        by=by, at=at, plan=plan, why=why, method=method, witness=witness, request_key=request_key, no_needs_because=no_needs_because.strip()
    )  # fmt: skip
    change_plan(plan=plan, by=by, status=PlanState.ACTIVE.value, agreed_at=at)
    note("agreed", by=by, at=at, plan=plan, object_id=version.pk, method=method, number=version.number)
    publish(PlanCountsChanged(plan_id=plan.pk, holder_id=plan.holder_id, identity_id=plan.identity_id), at=at)
    return version


def make_version(
    *, by: Viewer, at: datetime, plan: PlanOfSafeCare, why: str, method: str = "", witness: str = "", request_key: str = "",
    no_needs_because: str = "",
) -> PlanVersion:  # fmt: skip
    """Copy every item that the plan's holder keeps or `by` sees into a new version, each under its own holder, identity and category.

    INVARIANT: an entry has exactly the readers of the item it copies; nobody's version shows more than her plan.
    """
    rows = _rows(by=by, plan=plan)
    version = PlanVersion(
        **frame_stamp(by=by, at=at, plan=plan), number=plan.version + 1, why=why, agreed_by_mother=method, witness=witness,
        agreed_at=at if method else None, request_key=request_key, no_needs_because=no_needs_because,
    )  # fmt: skip
    with acting_as(keeper_of(plan=plan, by=by)):
        version.save()
    entries = [
        entry_of(row, version_id=version.pk, plan_id=plan.pk, made_at=at, made_by=version.made_by, changed_at=at)
        for row in sorted(rows, key=lambda row: str(row.holder_id))
    ]
    for holder_id, held in groupby(entries, key=lambda entry: entry.holder_id):
        with acting_as(system(System.JOB, holder_id=holder_id)):
            PlanVersionEntry.objects.bulk_create(held)
    change_plan(plan=plan, by=by, version=version.number)
    return version


def _rows(*, by: Viewer, plan: PlanOfSafeCare) -> list[PlanRow]:
    found: dict[UUID, PlanRow] = {}
    for viewer in (by, keeper_of(plan=plan, by=by)):
        with acting_as(viewer):
            for model in MODELS.values():
                found |= {row.pk: row for row in model.objects.filter(plan_id=plan.pk).order_by("made_at", "id")}
    return list(found.values())


def _made_before(*, plan: PlanOfSafeCare, by: Viewer, request_key: str) -> PlanVersion | None:
    with acting_as(keeper_of(plan=plan, by=by)):
        return PlanVersion.objects.filter(holder_id=plan.holder_id, plan_id=plan.pk, request_key=request_key).first()


def version_of(*, by: Viewer, plan_id: UUID, request_key: str) -> PlanVersion | None:
    """The version that a submission made before, or None."""
    return _made_before(plan=find_plan(by=by, plan_id=plan_id), by=by, request_key=request_key)


def _problem(*, by: Viewer, plan: PlanOfSafeCare, method: str, witness: str, no_needs_because: str) -> Refused | None:
    if method not in METHODS or (by.kind is PrincipalKind.PERSON and method != "SCREEN"):
        return refused(Reason.UNKNOWN_CODE)
    if method == "SPOKEN" and not witness.strip():
        return refused(Reason.WITNESS_NEEDED)
    lacks = []
    if not _holds(Strength, by=by, plan=plan):
        lacks.append(Reason.STRENGTH_NEEDED)
    if not no_needs_because.strip() and not _holds(Need, by=by, plan=plan):
        lacks.append(Reason.NEED_NEEDED)
    return refused(*lacks) if lacks else None


def _holds(model: type[PlanRow], *, by: Viewer, plan: PlanOfSafeCare) -> bool:
    """Whether the plan has such a row, as `by` or the plan's holder knows it: what one of them cannot see may be there."""
    if model.objects.filter(plan_id=plan.pk).exists():
        return True
    with acting_as(keeper_of(plan=plan, by=by)):
        return model.objects.filter(plan_id=plan.pk).exists()
