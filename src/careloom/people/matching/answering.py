"""What somebody who looked at both records says: one person, two people, or later; and taking a join back."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from django.conf import settings
from django.db import transaction

from careloom.agencies.roles import Permission
from careloom.infra.access import System, Viewer, acting_as, require, system
from careloom.infra.answers import Done, Refused, Stale
from careloom.infra.audit.actions import record
from careloom.infra.events.outbox import publish
from careloom.kernel.clocks import local_day
from careloom.kernel.events import PossibleMatchAnswered
from careloom.people.joining import join_identities, undo_join
from careloom.people.matching.looking import get_join, get_pair
from careloom.people.models import Identity, Join, PersonPrincipal, PersonRecord, PossibleMatch
from careloom.people.models.matching import LATER, NOT_SAME, OPEN, SAME

#: Why two records are not of one person, and why a join is taken back. Codes; the words stand in `words`.
NOT_BECAUSE = ("TWINS", "RELATIVES", "SAME_NAME", "OTHER_FACTS")
UNDO_BECAUSE = ("TWO_PEOPLE", "TOO_SOON")


@transaction.atomic
def say_same(*, by: Viewer, at: datetime, match_id: UUID, row_version: int) -> Done | Refused | Stale:
    """Say that both records are of one person: their identities become one. The answer's `row_id` is the join.

    Refused: NOT_ALLOWED, ANSWERED, and what `join_identities` refuses. Raises NotVisible.
    """
    match = _asked(by=by, match_id=match_id, row_version=row_version)
    if not isinstance(match, PossibleMatch):
        return match
    pair = get_pair(viewer=by, match_id=match_id)
    if pair.is_one:
        _say(match, by=by, at=at, state=SAME, because="KNOWN")
        return Done(row_id=match.pk)
    keep, gone = _kept_first(pair.left.identity_id, pair.right.identity_id)
    done = join_identities(by=by, at=at, keep=keep, gone=gone, because="MATCH_REVIEW", match_id=match.pk)
    if isinstance(done, Done):
        _say(match, by=by, at=at, state=SAME)
        _settle_others(keep=keep, at=at)
    return done


@transaction.atomic
def say_not_same(*, by: Viewer, at: datetime, match_id: UUID, row_version: int, because: str) -> Done | Refused | Stale:
    """Say that the records are of two people. It is remembered: the pair is not asked about again."""
    match = _asked(by=by, match_id=match_id, row_version=row_version)
    if not isinstance(match, PossibleMatch):
        return match
    if because not in NOT_BECAUSE:
        return Refused(codes=("BECAUSE",))
    _say(match, by=by, at=at, state=NOT_SAME, because=because)
    return Done(row_id=match.pk)


@transaction.atomic
def say_later(*, by: Viewer, at: datetime, match_id: UUID, row_version: int, look_again_on: date) -> Done | Refused | Stale:
    """Put the question off to a day; Today brings it back then. Refused: DAY for one that is not to come."""
    match = _asked(by=by, match_id=match_id, row_version=row_version)
    if not isinstance(match, PossibleMatch):
        return match
    if look_again_on <= local_day(at=at, zone=settings.TIME_ZONE):
        return Refused(codes=("DAY",))
    _say(match, by=by, at=at, state=LATER, look_again_on=look_again_on)
    return Done(row_id=match.pk)


@transaction.atomic
def take_back(*, by: Viewer, at: datetime, join_id: UUID, because: str) -> Done | Refused:
    """Take a join of the agency back. The pair is then known as two people, or open again where it was only too soon. Raises NotVisible."""
    require(by)
    if not by.can(Permission.IDENTITY_JOIN):
        return Refused(codes=("NOT_ALLOWED",))
    if because not in UNDO_BECAUSE:
        return Refused(codes=("BECAUSE",))
    made = get_join(viewer=by, join_id=join_id)
    if made.undone_at is not None:
        return Done(row_id=made.pk)
    done = undo_join(by=by, at=at, join_id=join_id, because=because)
    if isinstance(done, Done):
        _ask_again(made, by=by, at=at, state=NOT_SAME if because == "TWO_PEOPLE" else OPEN)
    return done


def _asked(*, by: Viewer, match_id: UUID, row_version: int) -> PossibleMatch | Refused | Stale:
    """The match that an answer is about, locked, if `by` may answer it now. Raises NotVisible."""
    require(by)
    if not by.can(Permission.IDENTITY_JOIN):
        return Refused(codes=("NOT_ALLOWED",))
    get_pair(viewer=by, match_id=match_id)
    match = PossibleMatch.objects.select_for_update().get(pk=match_id)
    if match.row_version != row_version:
        return Stale(current=match)
    return Refused(codes=("ANSWERED",)) if match.state in {SAME, NOT_SAME} else match


def _say(match: PossibleMatch, *, by: Viewer, at: datetime, state: str, because: str = "", look_again_on: date | None = None) -> None:
    match.state, match.because, match.look_again_on = state, because, look_again_on
    match.said_at, match.said_by, match.row_version = at, by.worker_id, match.row_version + 1
    match.save(update_fields=["state", "because", "look_again_on", "said_at", "said_by", "row_version"])
    record(by=by, at=at, action="people.match_answered", object_id=match.pk, detail={"state": state, "because": because})
    publish(PossibleMatchAnswered(match_id=match.pk, state=state), at=at)


def _kept_first(one: UUID, other: UUID) -> tuple[UUID, UUID]:
    """Which identity stays: hers who has a page of her own, else the older one."""
    with acting_as(system(System.MATCHING)):
        paged = set(PersonPrincipal.objects.filter(identity_id__in=[one, other], kind="SELF", ended_at=None).values_list("identity_id", flat=True))
        made = dict(Identity.objects.filter(pk__in=[one, other]).values_list("pk", "made_at"))
    keep, gone = sorted((one, other), key=lambda pk: (pk not in paged, made[pk], str(pk)))
    return keep, gone


def _settle_others(*, keep: UUID, at: datetime) -> None:
    """Every other pair that the join made one is answered with it."""
    with acting_as(system(System.MATCHING)):
        ids = list(PersonRecord.objects.filter(identity_id=keep).values_list("pk", flat=True))
        others = PossibleMatch.objects.filter(left_id__in=ids, right_id__in=ids, state__in=[OPEN, LATER])
        for pk in list(others.values_list("pk", flat=True)):
            PossibleMatch.objects.filter(pk=pk).update(state=SAME, because="JOINED", said_at=at)
            publish(PossibleMatchAnswered(match_id=pk, state=SAME), at=at)


def _ask_again(made: Join, *, by: Viewer, at: datetime, state: str) -> None:
    """What the join answered is answered anew: the pair itself as `state`, and others that it settled are open again."""
    with acting_as(system(System.MATCHING)):
        pair = [made.identity_id, made.gone_id]
        of = {identity: list(PersonRecord.objects.filter(identity_id=identity).values_list("pk", flat=True)) for identity in pair}
        for one, other in (pair, pair[::-1]):
            settled = PossibleMatch.objects.filter(left_id__in=of[one], right_id__in=of[other], state=SAME)
            settled.exclude(pk=made.match_id).update(state=OPEN, because="", said_at=None, said_by=None)
        because = "OTHER_FACTS" if state == NOT_SAME else ""
        PossibleMatch.objects.filter(pk=made.match_id).update(state=state, because=because, said_at=at, said_by=by.worker_id)
