"""Sections written together: each agency its own texts and checks, one agency that answers for a section, approvals of what stands.

Two agencies write side by side, each in rows of its own; two colleagues meet in one row, and `row_version` decides who read it last.
Source: F11, R-136, R-142; Maryland 3008 V; plan-content.md 2.1.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from uuid import UUID

from django.db import transaction

from careloom.agencies.models import Agency
from careloom.infra.access import PrincipalKind, Viewer
from careloom.infra.access.scope import acting_as
from careloom.infra.access.segments import open_for
from careloom.kernel.labels import Kind
from careloom.kernel.plan import ItemKind
from careloom.plans.actions import owed
from careloom.plans.actions.keeping import (
    CORE,
    PART2_SEGMENT,
    can_see_plan,
    change_row,
    frame_stamp,
    is_herself,
    keeper_of,
    kept_under,
    leads,
    note,
    once,
    open_plan,
    stamp,
)
from careloom.plans.actions.results import Conflict, Reason, Refused, refused
from careloom.plans.models import PlanOfSafeCare, SectionCheck, SectionOwner, SectionSignature, SectionText, SignedLine
from careloom.plans.template_body import section_of

STATES = frozenset({"", "YES", "NEEDED", "ASKED", "NOT_NEEDED"})
TELLING = frozenset({"D", "F"})
"""Sections whose texts tell of substance use whatever their words: exposure, and treatment and recovery."""

TELLING_CHECKS = frozenset({"NALOXONE"})
"""Things that tell of substance use by being there. What every home is asked about, such as a locked cupboard, tells nothing."""


@dataclass(frozen=True, kw_only=True)
class CheckSaid:
    """What a form says of one thing: how it stands, a note, and the version of the row that the form was read with (0: none)."""

    state: str
    note: str = ""
    row_version: int = 0


@transaction.atomic
def write_text(
    *, by: Viewer, at: datetime, plan_id: UUID, section: str, code: str, text: str, row_version: int = 0
) -> SectionText | Conflict | Refused:
    """Write what the agency of `by` (or she herself) answers to one question of a section.

    `row_version` is that of the row which the form was read with, 0 where there was none. A colleague's later words answer as a Conflict with
    both texts. Words that tell of substance use are kept in the plan's Part 2 segment, and never come back from there by themselves.
    """
    plan = open_plan(by=by, at=at, plan_id=plan_id)
    if isinstance(plan, Refused):
        return plan
    known = section_of(plan, section)
    if known is None or code not in known.texts:
        return refused(Reason.UNKNOWN_CODE)
    text = text.strip()[:2000]
    category = PART2_SEGMENT if section in TELLING else kept_under(kind=Kind.NEED, texts=(text,))
    row = SectionText.objects.filter(holder_id=by.holder_id, plan_id=plan.pk, section=section, code=code).first()
    if row is None:
        if not text:
            return refused(Reason.NO_WORDS)
        row = SectionText(**stamp(by=by, at=at, plan=plan, category=category), section=section, code=code, text=text)
        row.save()
        note("section_written", by=by, at=at, plan=plan, object_id=row.pk, section=section, code=code)
        return row
    changes: dict[str, object] = {"text": text}
    if text != row.text and row.row_version == row_version:
        changes |= {"was": row.text}
        if category == PART2_SEGMENT and row.category == CORE:
            changes |= {"category": category}
    problem = change_row(row=row, by=by, at=at, row_version=row_version, changes=changes)
    if problem is not None:
        return problem
    if "category" in changes:
        open_for([row])
    note("section_written", by=by, at=at, plan=plan, object_id=row.pk, section=section, code=code)
    return row


@transaction.atomic
def put_checks(*, by: Viewer, at: datetime, plan_id: UUID, section: str, said: Mapping[str, CheckSaid]) -> int | Conflict | Refused:
    """Write how the things of a section stand: YES, NEEDED, ASKED, NOT_NEEDED. Returns how many rows changed.

    Only what differs is written. Where a colleague changed one of them since the form was read, nothing is written and both are answered.
    What tells of substance use, by the thing itself or by its note, is kept in the plan's Part 2 segment.
    """
    plan = open_plan(by=by, at=at, plan_id=plan_id)
    if isinstance(plan, Refused):
        return plan
    known = section_of(plan, section)
    if known is None or not set(said) <= set(known.checks) or any(one.state not in STATES for one in said.values()):
        return refused(Reason.UNKNOWN_CODE)
    rows = {row.code: row for row in SectionCheck.objects.filter(holder_id=by.holder_id, plan_id=plan.pk, section=section)}
    differ = {code: one for code, one in said.items() if _differs(rows.get(code), one)}
    stale = {code for code, one in differ.items() if code in rows and rows[code].row_version != one.row_version}
    if stale:
        return Conflict(
            mine={code: differ[code].state for code in sorted(stale)}, theirs={code: rows[code].state for code in sorted(stale)}, row_version=0
        )  # fmt: skip
    for code, one in differ.items():
        category = PART2_SEGMENT if section in TELLING or code in TELLING_CHECKS else kept_under(kind=Kind.NEED, texts=(one.note,))
        row = rows.get(code)
        if row is None:
            row = SectionCheck(**stamp(by=by, at=at, plan=plan, category=category), section=section, code=code, state=one.state, note=one.note)
            row.save()
            continue
        apart = {"category": category} if category == PART2_SEGMENT and row.category == CORE else {}
        change_row(row=row, by=by, at=at, row_version=one.row_version, changes={"state": one.state, "note": one.note, **apart})
        if apart:
            open_for([row])
    if differ:
        note("section_checked", by=by, at=at, plan=plan, section=section, codes=sorted(differ))
    return len(differ)


@transaction.atomic
def give_section(*, by: Viewer, at: datetime, plan_id: UUID, section: str, agency_id: UUID, request_key: str) -> SectionOwner | Refused:
    """Ask an agency that sees the plan to answer for a section; the one before is released. By who leads or keeps the plan.

    A treatment program's name as owner lies in the plan's Part 2 segment, as its seat on the team does (42 CFR 2.13(c)).
    """
    plan = open_plan(by=by, at=at, plan_id=plan_id, lead=True)
    if isinstance(plan, Refused):
        return plan
    if section_of(plan, section) is None or not Agency.objects.filter(pk=agency_id, active=True).exists():
        return refused(Reason.UNKNOWN_CODE)
    if not can_see_plan(plan=plan, agency_id=agency_id, by=by, at=at):
        return refused(Reason.CANNOT_SEE_PLAN)
    keeper = keeper_of(plan=plan, by=by)
    with acting_as(keeper):
        now = SectionOwner.objects.filter(plan_id=plan.pk, section=section, ended_at=None).first()
        if now is not None and now.agency_id == agency_id:
            return now
        SectionOwner.objects.filter(plan_id=plan.pk, section=section, ended_at=None).update(ended_at=at, changed_at=at)
        part2 = Agency.objects.filter(pk=agency_id, is_part2_program=True).exists()
        row = SectionOwner(
            **frame_stamp(by=by, at=at, plan=plan, category=PART2_SEGMENT if part2 else CORE), section=section, agency_id=agency_id,
            request_key=request_key,
        )  # fmt: skip
        row.save()
    if now is not None:
        owed.section_settled(by=by, at=at, plan=plan, agency_id=now.agency_id, owner_id=now.pk)
    if agency_id != by.holder_id:
        owed.owe_section(by=by, at=at, plan=plan, agency_id=agency_id, owner_id=row.pk, section=section)
    note("section_given", by=by, at=at, plan=plan, object_id=row.pk, section=section)
    return row


@transaction.atomic
def sign_section(*, by: Viewer, at: datetime, plan_id: UUID, section: str, request_key: str) -> SectionSignature | Refused:
    """Approve a section as it stands, for the agency that answers for it (the lead, where nobody was asked). Idempotent on `request_key`."""
    plan = open_plan(by=by, at=at, plan_id=plan_id)
    if isinstance(plan, Refused):
        return plan
    known = once(SectionSignature, by=by, request_key=request_key)
    if known is not None:
        return known
    if section_of(plan, section) is None or by.kind is not PrincipalKind.AGENCY:
        return refused(Reason.UNKNOWN_CODE)
    owner = _owner(plan=plan, by=by, section=section)
    if (owner.agency_id != by.holder_id) if owner else not leads(by=by, plan=plan):
        return refused(Reason.NOT_OWNER)
    agency = Agency.objects.get(pk=by.holder_id)
    row = _signature(by=by, at=at, plan=plan, section=section, who="AGENCY", name=agency.name_outside, request_key=request_key)
    row.save()
    if owner is not None:
        owed.section_settled(by=by, at=at, plan=plan, agency_id=owner.agency_id, owner_id=owner.pk)
    note("section_signed", by=by, at=at, plan=plan, object_id=row.pk, section=section)
    return row


@transaction.atomic
def cosign_section(
    *, by: Viewer, at: datetime, plan_id: UUID, section: str, name: str, request_key: str, how: str = "SCREEN", witness: str = ""
) -> SectionSignature | Refused:
    """The family signs a section too: she on her screen, or a worker writes down that she signed on paper or said so before a witness."""
    plan = open_plan(by=by, at=at, plan_id=plan_id)
    if isinstance(plan, Refused):
        return plan
    known = once(SectionSignature, by=by, request_key=request_key)
    if known is not None:
        return known
    if section_of(plan, section) is None or how not in {"SCREEN", "PAPER", "SPOKEN"} or (is_herself(by) and how != "SCREEN"):
        return refused(Reason.UNKNOWN_CODE)
    if not name.strip():
        return refused(Reason.NAME_NEEDED)
    if how == "SPOKEN" and not witness.strip():
        return refused(Reason.WITNESS_NEEDED)
    row = _signature(by=by, at=at, plan=plan, section=section, who="FAMILY", name=name.strip()[:120], request_key=request_key)
    row.how, row.witness = how, witness.strip()[:120]
    row.save()
    if is_herself(by):
        _keep_lines(row, by=by, at=at, plan=plan)
    note("section_cosigned", by=by, at=at, plan=plan, object_id=row.pk, section=section, how=how)
    return row


def _owner(*, plan: PlanOfSafeCare, by: Viewer, section: str) -> SectionOwner | None:
    with acting_as(keeper_of(plan=plan, by=by)):
        return SectionOwner.objects.filter(plan_id=plan.pk, section=section, ended_at=None).first()


def _signature(*, by: Viewer, at: datetime, plan: PlanOfSafeCare, section: str, who: str, name: str, request_key: str) -> SectionSignature:
    """A signature under what the signer saw. It lies apart where the signer is a treatment program or the section tells by itself."""
    part2 = section in TELLING or Agency.objects.filter(pk=by.holder_id, is_part2_program=True).exists()
    return SectionSignature(
        **stamp(by=by, at=at, plan=plan, category=PART2_SEGMENT if part2 else CORE), section=section, who=who, name=name,
        content=content_of(plan=plan, section=section), version=plan.version, request_key=request_key,
    )  # fmt: skip


def _keep_lines(signature: SectionSignature, *, by: Viewer, at: datetime, plan: PlanOfSafeCare) -> None:
    """Her own copy of what her name stands under: each line in a row of hers, under the line's own category."""
    for text in SectionText.objects.filter(plan_id=plan.pk, section=signature.section).exclude(text="").order_by("pk"):
        kept = {"item_kind": ItemKind.TEXT.value, "item_id": text.pk, "text": text.text}
        SignedLine(**stamp(by=by, at=at, plan=plan, category=text.category), signature_id=signature.pk, **kept).save()
    for check in SectionCheck.objects.filter(plan_id=plan.pk, section=signature.section).exclude(state="").order_by("pk"):
        kept = {"item_kind": ItemKind.CHECK.value, "item_id": check.pk, "text": check.state, "note": check.note}
        SignedLine(**stamp(by=by, at=at, plan=plan, category=check.category), signature_id=signature.pk, **kept).save()


def content_of(*, plan: PlanOfSafeCare, section: str) -> str:
    """A fingerprint of the texts and checks that the signer sees, each with its version: which state of the section was approved."""
    seen = []
    for model in (SectionText, SectionCheck):
        rows = model.objects.filter(plan_id=plan.pk, section=section).order_by("pk")
        seen += [f"{pk}:{version}" for pk, version in rows.values_list("pk", "row_version")]
    return sha256("\n".join(seen).encode()).hexdigest()


def _differs(row: SectionCheck | None, said: CheckSaid) -> bool:
    return bool(said.state or said.note) if row is None else (row.state, row.note) != (said.state, said.note)
