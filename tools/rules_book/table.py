"""The decision table of a regime: for each purpose, which recipients may have the record, and what opens it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from tools.rules_book.keys import ASKED, DAY, KEYS, NOTHING
from tools.rules_book.words import cell, listed, plain

from careloom.kernel.disclosure import Actor, Category, Provenance, Purpose, Request, Source, Subject, decide
from careloom.kernel.disclosure.regimes import Regime, regime_of

#: What opens a record: the words of the key and the main citation of the permit.
Opened = tuple[tuple[str, str], ...]


def tables(regime: Regime) -> Iterator[str]:
    """One table for each category that stands for the regime."""
    source, whose, categories = ASKED[regime.name]
    for category in categories:
        asked = replace(source, provenance=Provenance.ORIGINATING)
        found = {purpose: {actor: _opened(regime, actor, purpose, category, Subject(whose), asked) for actor in Actor} for purpose in Purpose}
        yield "".join(_lines(category, plain(whose), found))


def _opened(regime: Regime, actor: Actor, purpose: Purpose, category: Category, subject: Subject, source: Source) -> Opened:
    request = Request(actor=actor, actor_org=f"The {plain(actor)}", subject=subject, category=category, purpose=purpose, on=DAY)
    found: list[tuple[str, str]] = []
    for key in KEYS:
        scenario = key.build(request, source)
        if regime_of(scenario) is not regime:
            continue
        decision = decide(scenario)
        if decision.permits:
            found.append((key.words, decision.basis[0]))
            if key is NOTHING:
                break
    return tuple(found)


def _lines(category: Category, whose: str, found: dict[Purpose, dict[Actor, Opened]]) -> Iterator[str]:
    yield f"### {plain(category)} of the {whose}\n\n"
    same: dict[tuple[tuple[Actor, Opened], ...], list[Purpose]] = {}
    for purpose, cells in found.items():
        same.setdefault(tuple(cells.items()), []).append(purpose)
    yield "| Purpose | Recipient | Opened by |\n| --- | --- | --- |\n"
    closed = [purpose for cells, purposes in same.items() if not any(opened for _, opened in cells) for purpose in purposes]
    for cells, purposes in same.items():
        yield from _rows(listed([plain(purpose) for purpose in purposes]), cells)
    if closed:
        yield f"| {cell(listed([plain(purpose) for purpose in closed]))} | anyone | nothing that was tried |\n"
    yield "\n"


def _rows(purposes: str, cells: tuple[tuple[Actor, Opened], ...]) -> Iterator[str]:
    if not any(opened for _, opened in cells):
        return
    groups: dict[Opened, list[Actor]] = {}
    for actor, opened in cells:
        groups.setdefault(opened, []).append(actor)
    shared = _shared(groups)
    rows: list[tuple[str, Opened]] = []
    for opened, actors in groups.items():
        rest = tuple(one for one in opened if one not in shared)
        if rest or not opened:
            rows.append((listed([plain(actor) for actor in actors]) if len(actors) <= len(Actor) / 2 else "all others", rest))
    rows.sort(key=lambda row: row[0] == "all others")
    if shared:
        bare = any(not opened or _is_free(opened) for opened in groups)
        rows.insert(0, ("anyone" if not bare else "anyone who is not named below with nothing, or with nothing more", shared))
    for number, (whom, opened) in enumerate(rows):
        more = "also " if number and shared and opened and not _is_free(opened) else ""
        what = "; ".join(f"{words} ({citation})" for words, citation in opened) or "nothing that was tried"
        yield f"| {cell(purposes) if number == 0 else ''} | {cell(whom)} | {cell(more + what)} |\n"


def _shared(groups: dict[Opened, list[Actor]]) -> Opened:
    """What opens the record to every recipient who needs a key at all; empty when most recipients have none."""
    keyed = [opened for opened in groups if opened and not _is_free(opened)]
    if not keyed or (len(keyed) == 1 and len(groups) > 1 and len(groups[keyed[0]]) < len(Actor) / 2):
        return ()
    barred = sum(len(actors) for opened, actors in groups.items() if not opened)
    return tuple(one for one in keyed[0] if all(one in opened for opened in keyed)) if barred < len(Actor) / 2 else ()


def _is_free(opened: Opened) -> bool:
    return bool(opened) and opened[0][0] == NOTHING.words
