"""Who may read which row, said slowly and plainly from the documents: the model that the product is compared with.

Written from DESIGN section 2, law.md 1.4 and the architecture page, not from the code. It knows no SQL, no grants and no kernel.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID


@dataclass(frozen=True, kw_only=True)
class Row:
    """One fact: whose record it is, about whom, of which kind."""

    id: UUID
    holder: UUID
    identity: UUID
    category: str
    trail: bool = False  # what was asked or given, which is no part of a record


@dataclass(frozen=True, kw_only=True)
class Paper:
    """A release as it was written down: who took it, who may give what to whom, for which purposes, until when."""

    taker: UUID
    signer: UUID
    subjects: frozenset[UUID]
    disclosers: frozenset[UUID]
    recipients: frozenset[UUID]
    categories: frozenset[str]
    purposes: frozenset[str]
    last_day: date
    revoked: bool


@dataclass(frozen=True, kw_only=True)
class Work:
    """That a worker of an agency works with a person, from one instant until another."""

    agency: UUID
    worker: UUID
    identity: UUID
    begins: datetime
    ends: datetime


@dataclass(frozen=True, kw_only=True)
class Reader:
    """A worker acting in an agency for a purpose. `everywhere`: her role looks beyond her caseload. `opens`: the categories of her role."""

    agency: UUID
    worker: UUID
    purpose: str
    everywhere: bool
    opens: frozenset[str]


def may_read(reader: Reader, row: Row, *, papers: list[Paper], works: list[Work], now: datetime, today: date) -> bool:
    """Whether this reader may read this row at this instant."""
    if row.category not in reader.opens:
        return False
    if row.holder == reader.agency:
        return reader.everywhere or any(works_with(work, reader, row.identity, now) for work in works)
    if row.trail:
        return False
    return any(allows(paper, reader, row, today) for paper in papers)


def works_with(work: Work, reader: Reader, identity: UUID, now: datetime) -> bool:
    """Inside an agency the caseload decides who looks."""
    mine = work.agency == reader.agency and work.worker == reader.worker
    return mine and work.identity == identity and work.begins <= now < work.ends


def allows(paper: Paper, reader: Reader, row: Row, today: date) -> bool:
    """A form lets a holder's record go: one that the holder itself took, that names the holder, the reader, the person, the kind and
    the purpose, and that is in force (its last day counts). A form that somebody else wrote about the holder is none of the holder's."""
    if paper.revoked or today > paper.last_day:
        return False
    if paper.taker != row.holder:
        return False
    if row.holder not in paper.disclosers or reader.agency not in paper.recipients:
        return False
    return row.identity in paper.subjects and row.category in paper.categories and reader.purpose in paper.purposes
