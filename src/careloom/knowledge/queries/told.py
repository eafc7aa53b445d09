"""What partners told and agreed on: words, profiles, roles, guides. Source: R-055, R-069 to R-073, R-079, R-086."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from careloom.infra.access import NotVisible, Viewer
from careloom.kernel.partnership.knowing import GUIDES, PROFILE, SETTLED_TOGETHER
from careloom.kernel.partnership.knowing_rules import RoleGap, in_conflict, role_gaps
from careloom.knowledge.models import Agreed, Answer, Matrix, Meaning, Part, Settled, Task, Term
from careloom.partnership.models import Seat
from careloom.partnership.standing import Standing, standing_of

MOST = 2000


@dataclass(frozen=True, kw_only=True)
class Word:
    """A word: what it means at each partner, what all agreed on (the newest first), and whether the meanings differ."""

    term: Term
    meanings: tuple[Meaning, ...]
    agreed: tuple[Agreed, ...]

    @property
    def in_conflict(self) -> bool:
        """Whether partners mean different things by it."""
        return in_conflict(row.words for row in self.meanings)

    @property
    def now(self) -> Agreed | None:
        """What it means to all, as agreed last."""
        return self.agreed[0] if self.agreed else None


def words_of(*, viewer: Viewer, collaborative_id: UUID, find: str = "") -> list[Word]:
    """The glossary by word, narrowed to words that hold `find`. Six queries. Raises NotVisible."""
    standing_of(viewer=viewer, collaborative_id=collaborative_id)
    terms = list(Term.objects.filter(collaborative_id=collaborative_id, name__icontains=find).order_by("name")[:MOST])
    return _with_meanings(terms)


def word(*, viewer: Viewer, term_id: UUID) -> tuple[Word, Standing]:
    """One word with how the reader stands to its collaborative. Raises NotVisible."""
    row = Term.objects.filter(pk=term_id).first()
    standing = standing_of(viewer=viewer, collaborative_id=row.collaborative_id if row else term_id)
    if row is None:
        raise NotVisible
    return _with_meanings([row])[0], standing


def profile(*, viewer: Viewer, collaborative_id: UUID, partner_id: UUID) -> dict[str, list[Part]]:
    """A partner's profile: part -> its versions, the newest first. Raises NotVisible."""
    standing_of(viewer=viewer, collaborative_id=collaborative_id)
    found: dict[str, list[Part]] = {}
    for row in Part.objects.filter(collaborative_id=collaborative_id, partner_id=partner_id).order_by("-version"):
        found.setdefault(row.part, []).append(row)
    return found


def side_by_side(*, viewer: Viewer, collaborative_id: UUID, section: str) -> dict[UUID, dict[str, Part]]:
    """A section of all profiles: partner -> part -> as it stands. Raises NotVisible."""
    standing_of(viewer=viewer, collaborative_id=collaborative_id)
    if section not in PROFILE:
        raise NotVisible
    found: dict[UUID, dict[str, Part]] = {}
    rows = Part.objects.filter(collaborative_id=collaborative_id, part__in=PROFILE[section], partner__left_on=None).order_by("version")
    for row in rows[:MOST]:
        found.setdefault(row.partner_id, {})[row.part] = row
    return found


def profiles_told(*, viewer: Viewer, collaborative_id: UUID) -> dict[UUID, set[str]]:
    """Which parts each partner has told. Raises NotVisible."""
    standing_of(viewer=viewer, collaborative_id=collaborative_id)
    found: dict[UUID, set[str]] = {}
    for partner_id, part in Part.objects.filter(collaborative_id=collaborative_id).exclude(words="").values_list("partner_id", "part").distinct():
        found.setdefault(partner_id, set()).add(part)
    return found


def settled(*, viewer: Viewer, collaborative_id: UUID) -> dict[str, list[Settled]]:
    """How differences were settled: part -> versions, the newest first. Raises NotVisible."""
    standing_of(viewer=viewer, collaborative_id=collaborative_id)
    found: dict[str, list[Settled]] = {part: [] for part in SETTLED_TOGETHER}
    for row in Settled.objects.filter(collaborative_id=collaborative_id).order_by("-version"):
        found.setdefault(row.part, []).append(row)
    return found


@dataclass(frozen=True, kw_only=True)
class Roles:
    """Who does what: every version, the newest first, what is unclear in it, and how many members came or left since."""

    versions: tuple[Matrix, ...]
    came: int
    left: int

    @property
    def now(self) -> Matrix | None:
        """The version in force."""
        return self.versions[0] if self.versions else None

    @property
    def gaps(self) -> tuple[RoleGap, ...]:
        """What is unclear in it."""
        return role_gaps(self.now.cells) if self.now else ()


def roles(*, viewer: Viewer, collaborative_id: UUID) -> Roles:
    """The role matrix with its versions. A member who came or left after it was adopted asks for a new one (R-055). Raises NotVisible."""
    standing_of(viewer=viewer, collaborative_id=collaborative_id)
    versions = tuple(Matrix.objects.filter(collaborative_id=collaborative_id).order_by("-version")[:200])
    seats = Seat.objects.filter(collaborative_id=collaborative_id)
    since = versions[0].adopted_on if versions else None
    came = seats.filter(starts_on__gt=since, left_on=None).count() if since else 0
    left = seats.filter(left_on__gt=since).count() if since else 0
    return Roles(versions=versions, came=came, left=left)


@dataclass(frozen=True, kw_only=True)
class Talk:
    """A guide as members answered it: answers by question, the reader's own, and what is done about it."""

    answers: dict[int, list[Answer]]
    own: dict[int, Answer]
    tasks: tuple[Task, ...]


def talk(*, viewer: Viewer, collaborative_id: UUID, guide: str) -> Talk:
    """One guide. Raises NotVisible."""
    standing_of(viewer=viewer, collaborative_id=collaborative_id)
    if guide not in GUIDES:
        raise NotVisible
    rows = Answer.objects.select_related("partner").filter(collaborative_id=collaborative_id, guide=guide).order_by("question", "made_at")[:MOST]
    answers: dict[int, list[Answer]] = {}
    for row in rows:
        if row.words:
            answers.setdefault(row.question, []).append(row)
    own = {row.question: row for row in rows if row.worker_id == viewer.worker_id}
    tasks = (
        Task.objects.select_related("partner").filter(collaborative_id=collaborative_id, task_list="guide", topic=guide).order_by("due_on", "made_at")
    )
    return Talk(answers=answers, own=own, tasks=tuple(tasks[:200]))


def talks_count(*, viewer: Viewer, collaborative_id: UUID) -> dict[str, int]:
    """How many members answered each guide. Raises NotVisible."""
    standing_of(viewer=viewer, collaborative_id=collaborative_id)
    found: dict[str, set[UUID]] = {}
    for guide, worker_id in Answer.objects.filter(collaborative_id=collaborative_id).exclude(words="").values_list("guide", "worker_id").distinct():
        found.setdefault(guide, set()).add(worker_id)
    return {guide: len(found.get(guide, ())) for guide in GUIDES}


def agreed_words(*, collaborative_ids: list[UUID], at: datetime) -> dict[str, Agreed]:
    """What words mean by agreement, by word in small letters, for the tooltip; the first collaborative that agreed on a word says it.

    Nothing here is of anybody: an agreed meaning is for everybody who reads the word. One query.
    """
    rows = Agreed.objects.select_related("term").filter(collaborative_id__in=collaborative_ids, made_at__lte=at).order_by("version")[:MOST]
    rank = {pk: place for place, pk in enumerate(collaborative_ids)}
    found: dict[str, Agreed] = {}
    for row in rows:
        name = row.term.name.casefold()
        known = found.get(name)
        if known is None or rank[row.collaborative_id] <= rank[known.collaborative_id]:
            found[name] = row
    return found


def _with_meanings(terms: list[Term]) -> list[Word]:
    ids = [row.pk for row in terms]
    meanings: dict[UUID, list[Meaning]] = {}
    for row in Meaning.objects.select_related("partner").filter(term_id__in=ids, partner__left_on=None).order_by("partner__name"):
        meanings.setdefault(row.term_id, []).append(row)
    agreed: dict[UUID, list[Agreed]] = {}
    for one in Agreed.objects.filter(term_id__in=ids).order_by("-version"):
        agreed.setdefault(one.term_id, []).append(one)
    return [Word(term=row, meanings=tuple(meanings.get(row.pk, ())), agreed=tuple(agreed.get(row.pk, ()))) for row in terms]
