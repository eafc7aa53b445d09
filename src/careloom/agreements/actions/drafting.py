"""Writing an agreement: beginning it, its parties, clauses, tables and element schedule. Each action is one transaction.

Source: R-101, R-104, R-178 to R-182, R-187, R-193 to R-203, R-219, R-228; workflows.md 6.10.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from careloom.agreements.checklists import checklists
from careloom.agreements.facts import AgreementFacts, ElementFacts, PartyFacts
from careloom.agreements.models import Agreement, Clause, Element, Line, Party
from careloom.agreements.words import FREQUENCIES, KINDS, ROLES, TABLES
from careloom.infra.access import NotVisible, Viewer
from careloom.infra.answers import Done, Refused, Stale, said
from careloom.kernel.disclosure import Category, Purpose
from careloom.kernel.partnership.agreements import OPEN, State, Takes
from careloom.partnership.actions.keeping import listed, put, row_of, today, values_of, wrong
from careloom.partnership.models import Body, Partner
from careloom.partnership.standing import Standing, standing_of
from careloom.partnership.turns import take_turn

MOST_LETTERS = 8000


def opened(*, by: Viewer, agreement_id: UUID) -> tuple[Agreement, Standing]:
    """An agreement with how `by` stands to its collaborative, held until the transaction ends. Raises NotVisible."""
    row = Agreement.objects.filter(pk=agreement_id).first()
    standing = standing_of(viewer=by, collaborative_id=row.collaborative_id if row else agreement_id)
    if row is None:
        raise NotVisible
    take_turn(agreement_id)
    row.refresh_from_db()
    return row, standing


def may_write(row: Agreement, standing: Standing) -> tuple[str, ...]:
    """Why somebody may not write in it now."""
    if not standing.runs:
        return ("NOT_ALLOWED",)
    return () if row.state in OPEN else ("NOT_OPEN",)


@transaction.atomic
def put_agreement(
    *,
    by: Viewer,
    at: datetime,
    collaborative_id: UUID,
    facts: AgreementFacts,
    request_key: str = "",
    agreement_id: UUID | None = None,
    version: int = 0,
) -> Done | Refused | Stale:
    """Say that an agreement is needed, or change its title, area and days while it is written (R-178, R-205, R-228).

    Refused codes: NOT_ALLOWED, NOT_OPEN, KIND, TITLE, ENDS_ON, REVIEW_ON, FREQUENCY. Raises NotVisible.
    """
    standing = standing_of(viewer=by, collaborative_id=collaborative_id)
    take_turn(agreement_id or collaborative_id)
    row = Agreement.objects.filter(pk=agreement_id, collaborative_id=standing.collaborative.pk).first() if agreement_id else None
    if (agreement_id and row is None) or not standing.runs:
        return Refused(codes=("NOT_ALLOWED",))
    if row is not None and row.state not in OPEN:
        return Refused(codes=("NOT_OPEN",))
    starts = facts.starts_on
    codes = wrong(
        {
            "KIND": facts.kind not in KINDS or (row is not None and row.kind != facts.kind),
            "TITLE": not facts.title.strip(),
            "ENDS_ON": bool(starts and facts.ends_on and facts.ends_on < starts),
            "REVIEW_ON": bool(starts and facts.review_on and facts.review_on <= starts),
            "FREQUENCY": facts.frequency not in {"", *FREQUENCIES},
        }
    )
    values = {**values_of(facts), "title": said(facts.title, most=160), "because": facts.because.strip()[:2000], "places": listed(facts.places)}
    if row is None:
        values |= {"checklist": checklists().version, "state": State.NEEDED}
    return put(Agreement, row, codes=codes, values=values, version=version, standing=standing, by=by, at=at, request_key=request_key)


@transaction.atomic
def put_party(
    *, by: Viewer, at: datetime, agreement_id: UUID, facts: PartyFacts, request_key: str = "", party_id: UUID | None = None, version: int = 0
) -> Done | Refused | Stale:
    """Add a party, or change its contact, signer and contract. A partner may name its own contact and signer (R-178, R-179, R-185, R-228).

    Refused codes: NOT_ALLOWED, NOT_OPEN, PARTNER, PARTNER_TAKEN, ROLE. Raises NotVisible.
    """
    agreement, standing = opened(by=by, agreement_id=agreement_id)
    row = Party.objects.filter(pk=party_id, agreement=agreement, left_on=None).first() if party_id else None
    own = row is not None and standing.speaks_for(row.partner_id)
    if (party_id and row is None) or not (standing.runs or own):
        return Refused(codes=("NOT_ALLOWED",))
    partner = row_of(Partner, standing, facts.partner_id)
    others = Party.objects.filter(agreement=agreement, left_on=None).exclude(pk=party_id).exclude(request_key=request_key or "-")
    codes = wrong(
        {
            "NOT_OPEN": agreement.state not in OPEN,
            "PARTNER": partner is None or (row is not None and row.partner_id != facts.partner_id),
            "PARTNER_TAKEN": others.filter(partner_id=facts.partner_id).exists(),
            "ROLE": facts.role not in ROLES or (row is not None and not standing.runs and row.role != facts.role),
        }
    )
    values = {key: said(value, most=120) if isinstance(value, str) else value for key, value in values_of(facts).items()}
    values |= {"contract": values["contract"][:80]}
    extra = {"agreement_id": agreement.pk} if row is None else {}
    return put(Party, row, codes=codes, values=values | extra, version=version, standing=standing, by=by, at=at, request_key=request_key)


@transaction.atomic
def put_clause(
    *, by: Viewer, at: datetime, agreement_id: UUID, code: str, text: str = "", codes: tuple[str, ...] = (), version: int = 0, request_key: str
) -> Done | Refused | Stale:
    """Write a clause as it stood at `version`. Refused codes: NOT_ALLOWED, NOT_OPEN, CODES. Raises NotVisible, for no such clause too."""
    agreement, standing = opened(by=by, agreement_id=agreement_id)
    clause = checklists().kinds[agreement.kind].clause(code)
    if clause is None or clause.rule.takes not in {Takes.TEXT, Takes.CODES, Takes.PARTNERS, Takes.BODY}:
        raise NotVisible
    chosen = tuple(dict.fromkeys(codes))
    known: set[str] = set(clause.options)
    if clause.rule.takes is Takes.PARTNERS:
        known = {str(pk) for pk in Partner.objects.filter(collaborative_id=agreement.collaborative_id).values_list("pk", flat=True)}
    elif clause.rule.takes is Takes.BODY:
        known = {str(pk) for pk in Body.objects.filter(collaborative_id=agreement.collaborative_id, ends_on=None).values_list("pk", flat=True)}
    refused = (*may_write(agreement, standing), *wrong({"CODES": not set(chosen) <= known}))
    values: dict[str, Any] = {"text": text.strip()[:MOST_LETTERS], "codes": list(chosen)}
    row = Clause.objects.filter(agreement=agreement, code=code).first()
    if row is None:
        values |= {"agreement_id": agreement.pk, "code": code}
    elif row.request_key == request_key:
        return Done(row_id=row.pk)
    return put(Clause, row, codes=refused, values=values, version=version, standing=standing, by=by, at=at, request_key=request_key)


@transaction.atomic
def put_line(
    *, by: Viewer, at: datetime, agreement_id: UUID, table: str, cells: tuple[str, ...], request_key: str = "", line_id: UUID | None = None,
    version: int = 0, leaves: bool = False,
) -> Done | Refused | Stale:  # fmt: skip
    """Add a row to one of its tables, change it, or take it off (R-101, R-104, R-178, R-193, R-200).

    Who holds the position and where it works is written while the agreement is in force too. Refused codes: NOT_ALLOWED, NOT_OPEN, CELLS.
    Raises NotVisible, for no such table too.
    """
    agreement, standing = opened(by=by, agreement_id=agreement_id)
    if table not in TABLES:
        raise NotVisible
    row = Line.objects.filter(pk=line_id, agreement=agreement, table=table, left_on=None).first() if line_id else None
    if line_id and row is None:
        return Refused(codes=("NOT_ALLOWED",))
    told = [said(one, most=300) for one in (*cells, *[""] * len(TABLES[table]))][: len(TABLES[table])]
    refused = may_write(agreement, standing)
    if table in {"HOLDER", "SITE"} and standing.runs and agreement.state != State.TERMINATED:
        refused = ()
    codes = (*refused, *wrong({"CELLS": not told[0]}))
    values: dict[str, Any] = {"cells": told} | ({"left_on": today(at)} if leaves else {})
    if row is None:
        values |= {"agreement_id": agreement.pk, "table": table}
    return put(Line, row, codes=codes, values=values, version=version, standing=standing, by=by, at=at, request_key=request_key)


@transaction.atomic
def put_element(
    *, by: Viewer, at: datetime, agreement_id: UUID, facts: ElementFacts, request_key: str = "", element_id: UUID | None = None, version: int = 0,
    leaves: bool = False,
) -> Done | Refused | Stale:  # fmt: skip
    """Add a line to the element schedule, change it, or take it off. It carries nothing before every party has signed.

    Refused codes: NOT_ALLOWED, NOT_OPEN, DISCLOSER, RECIPIENT, CATEGORIES, PURPOSES. Raises NotVisible.
    """
    agreement, standing = opened(by=by, agreement_id=agreement_id)
    row = Element.objects.filter(pk=element_id, agreement=agreement, left_on=None).first() if element_id else None
    if (element_id and row is None) or agreement.kind not in {"DATA_SHARING", "QSOA"}:
        return Refused(codes=("NOT_ALLOWED",))
    works = Party.objects.filter(agreement=agreement, left_on=None, partner__agency_id__isnull=False)
    able = set(works.values_list("partner_id", flat=True))
    codes = (
        *may_write(agreement, standing),
        *wrong(
            {
                "DISCLOSER": facts.discloser_id not in able,
                "RECIPIENT": facts.recipient_id not in able or facts.recipient_id == facts.discloser_id,
                "CATEGORIES": not facts.categories or not set(facts.categories) <= {one.value for one in Category},
                "PURPOSES": not facts.purposes or not set(facts.purposes) <= {one.value for one in Purpose},
            }
        ),
    )
    values = values_of(facts) | ({"left_on": today(at)} if leaves else {})
    if row is None:
        values |= {"agreement_id": agreement.pk}
    return put(Element, row, codes=codes, values=values, version=version, standing=standing, by=by, at=at, request_key=request_key)
