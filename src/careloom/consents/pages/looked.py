"""Who looked at her records, and what was given to whom under which paper. Source: 42 CFR 2.25; 45 CFR 164.528; R-206."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Q

from careloom.agencies.models import Agency, Worker
from careloom.agencies.queries import agencies_by_id
from careloom.consents.given import GivenRow, given_rows
from careloom.consents.pages.subject import Subject, subject_of
from careloom.consents.queries import known_to
from careloom.infra.access import Viewer
from careloom.infra.access.models import AccessLog, Disclosure

PAGE = 25
MOST = 20_000


@dataclass(frozen=True, kw_only=True)
class Looked:
    """A page of looks and a page of what was given, by pages and by hand, each newest first; and the names that the reader may know."""

    subject: Subject
    looks: tuple[AccessLog, ...]
    gives: tuple[Disclosure, ...]
    more_looks: bool
    more_gives: bool
    agencies: dict[UUID, Agency]
    workers: dict[UUID, str]
    by_hand: tuple[GivenRow, ...] = ()
    more_by_hand: bool = False


def looked(*, viewer: Viewer, identity_id: UUID, at: datetime, page: int = 1, given: int = 1, whole: bool = False) -> Looked:
    """Looks at her and her infants, and disclosures, as far as `viewer` may see them. `whole` gives all rows (for a file), not a page.

    INVARIANT: another agency's workers are not named; only who they work for. A look tells no kind of record that the reader's role does not open.
    """
    subject = subject_of(viewer=viewer, identity_id=identity_id, place="consents:looked", at=at)
    about = {"identity_id__in": subject.identity_ids}
    seen = AccessLog.objects.seen_by(viewer).filter(known_to(viewer, reader="agency_id"), _of_her_role(viewer), found=True, **about)
    looks, more_looks = _cut(seen.order_by("-at", "id"), page, whole=whole)
    for row in looks:
        row.categories = [category for category in row.categories if viewer.may_open(category)]
    had = Disclosure.objects.seen_by(viewer).filter(known_to(viewer, reader="recipient_id"), **about)
    gives, more_gives = _cut(had.order_by("-hour", "id"), given, whole=whole)
    most, start = (MOST, 0) if whole else (PAGE, (given - 1) * PAGE)
    by_hand = given_rows(viewer=viewer, identity_ids=subject.identity_ids, start=start, most=most + 1)
    named = {pk for row in looks if (pk := row.agency_id)} | {pk for row in gives for pk in (row.recipient_id, row.holder_id)}
    own = {row.worker_id for row in (*looks, *gives) if row.worker_id and _is_own(row, viewer)}
    workers = dict(Worker.objects.filter(pk__in=own).values_list("pk", "name"))
    return Looked(
        subject=subject, looks=tuple(looks), gives=tuple(gives), more_looks=more_looks, more_gives=more_gives,
        agencies=agencies_by_id(ids=named), workers=workers, by_hand=tuple(by_hand[:most]), more_by_hand=len(by_hand) > most,
    )  # fmt: skip


def _of_her_role(viewer: Viewer) -> Q:
    """Looks at something that the role of `viewer` opens; the log has its kinds in a list, which row security does not narrow."""
    return Q() if viewer.categories is None else Q(categories__overlap=sorted(viewer.categories))


def _is_own(row: AccessLog | Disclosure, viewer: Viewer) -> bool:
    return (row.agency_id if isinstance(row, AccessLog) else row.recipient_id) == viewer.holder_id


def _cut(rows: Sequence, page: int, *, whole: bool) -> tuple[list, bool]:
    if whole:
        return list(rows[:MOST]), False
    start = (page - 1) * PAGE
    found = list(rows[start : start + PAGE + 1])
    return found[:PAGE], len(found) > PAGE
