"""The accounting of disclosures of one holder, or of all that she may read: what the law lists, in the form that the law asks for.

42 CFR 2.25: disclosures with consent in the three years before the request. 45 CFR 164.528: six years, without treatment, payment and operations,
without what she authorized or received herself; a report to child welfare under 164.512(b) is in it. Which of the two lists a disclosure belongs to
is the kernel's word, kept with it as a duty (ACCOUNT_2_25, ACCOUNT_164_528). What the law did not permit is always in it.
Content: 164.528(b)(2): date, recipient with address if known, brief description, purpose. Source: R-206.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from uuid import UUID

from careloom.agencies.models import Agency
from careloom.agencies.queries import agencies_by_id
from careloom.consents.given import GivenRow, given_rows
from careloom.consents.models import Consent
from careloom.infra import clock
from careloom.infra.access import System, Viewer, acting_as, require, system
from careloom.infra.access.models import Disclosure
from careloom.kernel.clocks import add_months
from careloom.rights.kinds import Right
from careloom.rights.models import HeldBack

WITH_CONSENT, BY_LAW, INTERMEDIARY = "ACCOUNT_2_25", "ACCOUNT_164_528", "INTERMEDIARY_LIST_2_24"
#: Months back from the day of the request, by duty (42 CFR 2.24(b)(1), 2.25; 45 CFR 164.528(a)(1)).
BACK = {WITH_CONSENT: 36, BY_LAW: 72, INTERMEDIARY: 36}
DUTIES = {Right.ACCOUNTING: (WITH_CONSENT, BY_LAW), Right.INTERMEDIARY: (INTERMEDIARY,)}
MOST = 20_000


@dataclass(frozen=True, kw_only=True)
class Entry:
    """One line: what one receiver was given on one day, for one purpose, on one authority. `by_hand` holds its own description."""

    on: date
    holder_id: UUID
    to: str
    to_kind: str
    address: str
    categories: tuple[str, ...]
    what: str
    purpose: str
    basis: tuple[str, ...]
    permitted: bool = True
    review_needed: bool = False


@dataclass(frozen=True, kw_only=True)
class Statement:
    """The lines between two days, newest first. `cut` says that there are more than a paper holds."""

    entries: tuple[Entry, ...]
    from_on: date
    to_on: date
    cut: bool = False


def first_day(*, right: str, on: date) -> date:
    """The first day that a list may reach back to."""
    return add_months(start=on, months=-max(BACK[duty] for duty in DUTIES[Right(right)]))


def statement_of(
    *, holder: Agency, identity_ids: Iterable[UUID], right: str, on: date, at: datetime, from_on: date | None = None, to_on: date | None = None
) -> Statement:  # fmt: skip
    """What a holder tells her, as its own job reads it. What is held back is left out, and nothing says so (164.528(a)(2))."""
    near = system(System.JOB, holder_id=holder.pk)
    with acting_as(near):
        ids = list(identity_ids)
        held = _held_back(holder_id=holder.pk, identity_ids=ids, at=at)
        found = _lists(viewer=near, identity_ids=ids, holder_id=holder.pk, right=right, on=on, zone=holder.zone, held=held)
    return _cut(found, from_on=max(from_on or date.min, first_day(right=right, on=on)), to_on=min(to_on or on, on))


def her_statement(*, viewer: Viewer, identity_ids: Collection[UUID], on: date, zone: str, holder_id: UUID | None = None) -> Statement:
    """The same list as she reads it on her own pages at once, of every holder. Row security leaves out what is held back."""
    require(viewer)
    found = _lists(viewer=viewer, identity_ids=list(identity_ids), holder_id=holder_id, right=Right.ACCOUNTING, on=on, zone=zone, held=())
    return _cut(found, from_on=first_day(right=Right.ACCOUNTING, on=on), to_on=on)


def receivers_of(*, holder_id: UUID, identity_id: UUID) -> list[tuple[UUID | None, str, str]]:
    """Who was given something by a holder: agency (None for nobody here), name, kind. For the keeper who holds rows back."""
    near = system(System.JOB, holder_id=holder_id)
    with acting_as(near):
        ids = set(Disclosure.objects.filter(holder_id=holder_id, identity_id=identity_id).values_list("recipient_id", flat=True).distinct()[:MOST])
        hand = [r for r in given_rows(viewer=near, identity_ids=[identity_id], start=0, most=MOST) if r.holder_id == holder_id]
    agencies = agencies_by_id(ids=ids | {r.to_agency_id for r in hand if r.to_agency_id})
    found = {(pk, agency.name_outside, agency.kind.lower()) for pk, agency in agencies.items()}
    found |= {(None, r.to, r.to_kind) for r in hand if r.to_agency_id not in agencies}
    return sorted(found, key=lambda one: (one[1], str(one[0])))


def _held_back(*, holder_id: UUID, identity_ids: list[UUID], at: datetime) -> tuple[HeldBack, ...]:
    live = HeldBack.objects.filter(holder_id=holder_id, identity_id__in=identity_ids, lifted_at=None, ends_at__gt=at)
    return tuple(live)


def _lists(
    *, viewer: Viewer, identity_ids: list[UUID], holder_id: UUID | None, right: str, on: date, zone: str, held: tuple[HeldBack, ...]
) -> list[Entry]:  # fmt: skip
    duties = DUTIES[Right(right)]
    since = {duty: add_months(start=on, months=-BACK[duty]) for duty in duties}
    rows = Disclosure.objects.seen_by(viewer).filter(identity_id__in=identity_ids, obligations__overlap=list(duties))
    hand = given_rows(viewer=viewer, identity_ids=identity_ids, start=0, most=MOST)
    if holder_id is not None:
        rows, hand = rows.filter(holder_id=holder_id), [one for one in hand if one.holder_id == holder_id]
    begin = clock.zone(zone)
    earliest = datetime.combine(min(since.values()) - timedelta(days=1), datetime.min.time(), tzinfo=begin)
    pages = list(rows.filter(hour__gte=earliest).order_by("-hour", "id")[:MOST])
    pages = [row for row in pages if not any(_covers(one, row.holder_id, row.identity_id, row.recipient_id, "") for one in held)]
    hand = [one for one in hand if not any(_covers(h, one.holder_id, None, one.to_agency_id, one.to) for h in held)]
    hand = [one for one in hand if one.waits_until is None or one.waits_until < on]
    counted = [
        *((row.hour.astimezone(begin).date(), tuple(row.obligations), row) for row in pages),
        *((one.at.astimezone(begin).date(), one.duties if one.permitted else duties, one) for one in hand if right == Right.ACCOUNTING or one.duties),
    ]  # fmt: skip
    listed = [(day, row) for day, owed, row in counted if any(duty in owed and day >= since[duty] for duty in duties)]
    named = _names(viewer=viewer, rows=[row for _, row in listed if isinstance(row, Disclosure)])
    merged: dict[tuple[object, ...], Entry] = {}
    for day, row in listed:
        entry = _page_entry(day, row, named=named) if isinstance(row, Disclosure) else _hand_entry(day, row)
        key = (entry.on, entry.holder_id, entry.to, entry.purpose, entry.basis, entry.what, entry.permitted)
        same = merged.get(key)
        parts = tuple(sorted({*entry.categories, *(same.categories if same else ())}))
        merged[key] = _with(entry, parts, review=entry.review_needed or bool(same and same.review_needed))
    return sorted(merged.values(), key=lambda entry: (entry.on, entry.to), reverse=True)


def _covers(one: HeldBack, holder_id: UUID | None, identity_id: UUID | None, to: UUID | None, name: str) -> bool:
    if one.holder_id != holder_id or (identity_id is not None and one.identity_id != identity_id):
        return False
    return (one.to_agency_id is not None and one.to_agency_id == to) or (bool(one.to_name) and one.to_name == name.lower())


@dataclass(frozen=True, kw_only=True)
class _Names:
    agencies: dict[UUID, Agency]
    papers: dict[UUID, str]


def _names(*, viewer: Viewer, rows: list[Disclosure]) -> _Names:
    agencies = agencies_by_id(ids={row.recipient_id for row in rows})
    papers = {row.instrument_id for row in rows if row.recipient_id not in agencies and row.instrument_id}
    # A partner without an account, or one of her own people: her consent says who that is.
    found = Consent.objects.seen_by(viewer).filter(pk__in=papers) if papers else ()
    return _Names(agencies=agencies, papers={c.pk: ", ".join(c.recipient_names) for c in found})


def _page_entry(day: date, row: Disclosure, *, named: _Names) -> Entry:
    agency = named.agencies.get(row.recipient_id)
    to = agency.name_outside if agency else named.papers.get(row.instrument_id, "") if row.instrument_id else ""
    return Entry(
        on=day, holder_id=row.holder_id, to=to, to_kind=agency.kind if agency else "", address=agency.address if agency else "",
        categories=(row.category,), what="", purpose=row.purpose, basis=tuple(row.basis), review_needed=row.review_needed,
    )  # fmt: skip


def _hand_entry(day: date, row: GivenRow) -> Entry:
    assert row.holder_id is not None
    return Entry(
        on=day, holder_id=row.holder_id, to=row.to, to_kind=row.to_kind.upper(), address=row.address, categories=row.categories, what=row.what,
        purpose=row.purpose, basis=row.basis, permitted=row.permitted, review_needed=row.review_needed,
    )  # fmt: skip


def _with(entry: Entry, categories: tuple[str, ...], *, review: bool) -> Entry:
    return replace(entry, categories=categories, review_needed=review)


def _cut(found: list[Entry], *, from_on: date, to_on: date) -> Statement:
    lines = [entry for entry in found if from_on <= entry.on <= to_on]
    return Statement(entries=tuple(lines[:MOST]), from_on=from_on, to_on=to_on, cut=len(found) >= MOST)
