"""Her messages with her team, in the words of her pages: people by name, agencies by what they do, nothing telling on the screen unasked."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext as _

from careloom.agencies.models import Agency
from careloom.agencies.queries import agencies_by_id
from careloom.infra.access.accounting import account
from careloom.messages.models import Entry, Participant, Thread
from careloom.messages.models.thread import HER
from careloom.messages.presenters import names_of_workers
from careloom.messages.queries import Reader, ThreadLine, readers_of, thread_page, threads_about, who_may_join
from careloom.portal import words
from careloom.portal.door import Her
from careloom.portal.pages import plan_of
from careloom.portal.presenters import hour_words, local, short_day


@dataclass(frozen=True, kw_only=True)
class Talk:
    """One thread in her list."""

    id: UUID
    topic: str
    who: str
    day: str
    unread: int


@dataclass(frozen=True, kw_only=True)
class Bubble:
    """One message. `private`: its words tell too much for a screen that others may see; they show when she asks for them."""

    id: UUID
    who: str
    when: str
    words: str
    mine: bool
    private: bool
    has_paper: bool


@dataclass(frozen=True, kw_only=True)
class Talks:
    """A page of her threads."""

    rows: tuple[Talk, ...]
    page: int
    has_more: bool


@dataclass(frozen=True, kw_only=True)
class TalkPage:
    """One thread of hers."""

    id: UUID
    topic: str
    who: str
    bubbles: tuple[Bubble, ...]
    may_write: bool
    page: int
    has_more: bool


def talks(*, her: Her, at: datetime, page: int) -> Talks:
    """Her threads, the newest first, accounted."""
    found = threads_about(viewer=her.viewer, identity_ids=[her.identity_id], page=page, a_page=15)
    account(viewer=her.viewer, place="my:messages", rows=[row.thread for row in found.rows], at=at)
    agencies = agencies_by_id(ids={seat.party_id for row in found.rows for seat in row.seats if seat.party_id})
    return Talks(rows=tuple(_talk(row, agencies=agencies) for row in found.rows), page=found.page, has_more=found.has_more)


def _talk(row: ThreadLine, *, agencies: dict[UUID, Agency]) -> Talk:
    return Talk(
        id=row.thread.pk, topic=str(words.TOPICS.get(row.thread.topic, words.TOPICS["OTHER"])), who=_with(row.seats, agencies=agencies),
        day=short_day(local(row.last_at).date()), unread=row.unread,
    )  # fmt: skip


def talk_page(*, her: Her, at: datetime, thread_id: UUID, page: int, shown: UUID | None) -> tuple[TalkPage, Thread]:
    """One thread with its row, accounted. `shown` is the private message that she asked to see. Raises NotVisible for one that is not hers."""
    found = thread_page(viewer=her.viewer, thread_id=thread_id, page=page)
    account(viewer=her.viewer, place="my:thread", rows=[found.thread, *found.seats, *found.entries], at=at)
    agencies = agencies_by_id(ids={seat.party_id for seat in found.seats if seat.party_id} | {row.holder_id for row in found.entries})
    workers = names_of_workers(found.entries)
    bubbles = tuple(_bubble(row, her=her, agencies=agencies, workers=workers, shown=shown, has_paper=row.pk in found.papers) for row in found.entries)
    told = TalkPage(
        id=found.thread.pk, topic=str(words.TOPICS.get(found.thread.topic, words.TOPICS["OTHER"])), who=_with(found.seats, agencies=agencies),
        bubbles=bubbles, may_write=found.may_write, page=found.page, has_more=found.has_more,
    )  # fmt: skip
    return told, found.thread


def _bubble(row: Entry, *, her: Her, agencies: dict[UUID, Agency], workers: dict[UUID, str], shown: UUID | None, has_paper: bool) -> Bubble:
    mine = row.holder_id == her.principal.pk
    name = workers.get(row.worker_id, "") if row.worker_id else ""
    place = words.agency_words(agencies[row.holder_id].kind) if row.holder_id in agencies else ""
    who = _("You") if mine else ", ".join(part for part in ("" if words.tells(name) else name, place) if part) or _("Someone on your team")
    private = not mine and words.tells(row.words) and shown != row.pk
    when = f"{short_day(local(row.written_at).date())}, {hour_words(row.written_at)}"
    return Bubble(id=row.pk, who=who, when=when, words="" if private else row.words, mine=mine, private=private, has_paper=has_paper)


def _with(seats: tuple[Participant, ...], *, agencies: dict[UUID, Agency]) -> str:
    known = [words.agency_words(agencies[seat.party_id].kind) for seat in seats if seat.party != HER and seat.party_id in agencies]
    return ", ".join(dict.fromkeys(known))


def who_she_may_write(*, her: Her, at: datetime) -> list[tuple[str, str]]:
    """Those of her team who would read what she writes, by what they do for her, with the names of her people there."""
    joining = who_may_join(viewer=her.viewer, identity_id=her.identity_id, at=at)
    able: list[Reader] = [one for one in readers_of(viewer=her.viewer, identity_id=her.identity_id, agencies=joining, at=at) if one.core]
    names = _names_on_team(her=her)
    return [(str(one.agency.pk), _label(one.agency, names=names.get(one.agency.pk, ()))) for one in able]


def _names_on_team(*, her: Her) -> dict[UUID, list[str]]:
    plan = plan_of(her=her)
    found: dict[UUID, list[str]] = {}
    for member in plan.team if plan else ():
        if member.agency_id and not words.tells(member.name):
            found.setdefault(member.agency_id, []).append(member.name)
    return found


def _label(agency: Agency, *, names: list[str] | tuple[str, ...]) -> str:
    what = words.agency_words(agency.kind)
    return f"{what} ({', '.join(list(dict.fromkeys(names))[:3])})" if names else what
