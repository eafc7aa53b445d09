"""What changed between two versions of a plan, item by item, as a reader may see them.

Both sides hold only items that the reader sees, so an item that was hidden on one side is not told as a change of the other:
the caller passes the same reader's view for both. Source: workflows 6.2; R-142.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from uuid import UUID


class ItemKind(StrEnum):
    """Kinds of items that a version holds."""

    TEAM = "TEAM"
    INFANT = "INFANT"
    STRENGTH = "STRENGTH"
    GOAL = "GOAL"
    NEED = "NEED"
    STEP = "STEP"
    """A step of a need's thread; it is folded into its need and never told by itself."""
    REFERRAL = "REFERRAL"
    TEXT = "TEXT"
    """What an agency wrote in a section."""
    CHECK = "CHECK"
    """Something of the home that is there or not."""
    MINUTE = "MINUTE"
    """A line of the minutes of a family meeting."""


class ChangeKind(StrEnum):
    """What became of an item."""

    ADDED = "ADDED"
    CHANGED = "CHANGED"
    RESOLVED = "RESOLVED"
    ENDED = "ENDED"


@dataclass(frozen=True, kw_only=True, slots=True)
class Item:
    """One item as it stands. `body` holds its readable fields as text; an empty text is an unset field."""

    kind: ItemKind
    id: UUID
    body: Mapping[str, str]
    supersedes: UUID | None = None
    of: UUID | None = None
    """The need that a step belongs to."""
    at: str = ""
    """When a step was said, as an ISO instant in UTC, so that steps compare as text."""
    hers: bool = False

    @property
    def title(self) -> str:
        """What a reader calls the item."""
        return self.body.get(_TITLE[self.kind], "")


@dataclass(frozen=True, kw_only=True, slots=True)
class Change:
    """One change. `field`, `old` and `new` tell a changed field in both words; `hers` says that the words are her own."""

    kind: ChangeKind
    item_kind: ItemKind
    item_id: UUID
    title: str
    field: str = ""
    old: str = ""
    new: str = ""
    hers: bool = False


_TITLE = {
    ItemKind.TEAM: "name",
    ItemKind.INFANT: "infant",
    ItemKind.STRENGTH: "text",
    ItemKind.GOAL: "words",
    ItemKind.NEED: "title",
    ItemKind.STEP: "value",
    ItemKind.REFERRAL: "organization",
    ItemKind.TEXT: "asks",
    ItemKind.CHECK: "what",
    ItemKind.MINUTE: "words",
}
_ORDER = {kind: place for place, kind in enumerate(ItemKind)}
_RESOLVED = {(ItemKind.NEED, "result", "MET"), (ItemKind.GOAL, "state", "MET")}
_ENDED = {(ItemKind.GOAL, "state", "LET_GO"), (ItemKind.TEAM, "ended", "YES"), (ItemKind.INFANT, "ended", "YES")}
_HER_FIELDS = frozenset({"her_choice", "her_words"})
_CLOSED = {"state": {"LET_GO"}, "ended": {"YES"}}


def current_items(items: Iterable[Item]) -> tuple[Item, ...]:
    """What a page shows of these items: each need with the latest answers that were said about it, and of goals only those that stand.

    An item that another visible one takes the place of (her own goal in place of an agency's words) is left out.
    """
    # Two holders may each keep a row of one infant: one item, and it stands as long as one of them says so.
    held = tuple({item.id: item for item in sorted(items, key=lambda item: not _over(item))}.values())
    replaced = {item.supersedes for item in held if item.supersedes is not None}
    steps = sorted((item for item in held if item.kind is ItemKind.STEP), key=lambda step: step.at)
    said: dict[UUID, list[Item]] = {}
    for step in steps:
        if step.of is not None:
            said.setdefault(step.of, []).append(step)
    return tuple(_with_steps(item, said.get(item.id, [])) for item in held if item.kind is not ItemKind.STEP and item.id not in replaced)


def _with_steps(item: Item, steps: list[Item]) -> Item:
    if not steps:
        return item
    body = dict(item.body)
    for step in steps:
        if step.body.get("step") == "CHOICE":
            body |= {"her_choice": step.body.get("value", ""), "her_words": step.body.get("words", "")}
        else:
            body |= {"result": step.body.get("value", ""), "result_reason": step.body.get("reason", "")}
    return replace(item, body=body)


def difference(*, old: Iterable[Item], new: Iterable[Item]) -> tuple[Change, ...]:
    """Return every change from `old` to `new`, by kind of item and then by title.

    An item that takes the place of another is compared with that one, so that her change of a goal reads as a change and not as
    one goal gone and one come.
    """
    before = {item.id: item for item in current_items(old)}
    stands = tuple(new)
    chain = {item.id: item for item in stands}
    changes: list[Change] = []
    met: set[UUID] = set()
    for item in current_items(stands):
        was = _was(item, before, chain)
        if was is None:
            # What came and ended between the two versions was never on either page.
            changes += [] if _over(item) else [_plain(ChangeKind.ADDED, item)]
            continue
        met.add(was.id)
        changes += _compare(was, item)
    changes += [_plain(ChangeKind.ENDED, item) for key, item in before.items() if key not in met and not _over(item)]
    return tuple(sorted(changes, key=lambda change: (_ORDER[change.item_kind], change.title, change.field)))


def _was(item: Item, before: Mapping[UUID, Item], chain: Mapping[UUID, Item]) -> Item | None:
    step: Item | None = item
    for _ in range(len(chain) + 1):
        if step is None or step.id in before:
            break
        # Her own row may replace words that this reader saw in the old version only.
        if step.supersedes is not None and step.supersedes in before:
            return before[step.supersedes]
        step = chain.get(step.supersedes) if step.supersedes is not None else None
    return before.get(step.id) if step is not None else None


def _compare(was: Item, item: Item) -> list[Change]:
    fields = [name for name in dict.fromkeys((*item.body, *was.body)) if was.body.get(name, "") != item.body.get(name, "")]
    return [_field(name, was, item) for name in fields]


def _field(name: str, was: Item, item: Item) -> Change:
    old, new = was.body.get(name, ""), item.body.get(name, "")
    key = (item.kind, name, new)
    kind = ChangeKind.RESOLVED if key in _RESOLVED else ChangeKind.ENDED if key in _ENDED else ChangeKind.CHANGED
    hers = item.hers or name in _HER_FIELDS
    return Change(kind=kind, item_kind=item.kind, item_id=item.id, title=item.title, field=name, old=old, new=new, hers=hers)


def _plain(kind: ChangeKind, item: Item) -> Change:
    return Change(
        kind=kind, item_kind=item.kind, item_id=item.id, title=item.title, new=item.title if kind is ChangeKind.ADDED else "", hers=item.hers
    )


def _over(item: Item) -> bool:
    return any(item.body.get(name, "") in values for name, values in _CLOSED.items())
