"""Numbers in the place of ids, so that two forms that differ only in whom they name are one question to the kernel.

INVARIANT: a form's paper is made from its numbered row and from nothing else, and that row is the key: what two forms differ in cannot be lost.
A number looks like an id. No text on a numbered form can be taken for one: a form with such a text keeps its ids and is asked about by itself.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from careloom.consents import papers
from careloom.consents.rows import ConsentRow
from careloom.kernel import disclosure

PAPER = "00000000-0000-4000-9000-000000000000"
_LIKE_AN_ID = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}", re.IGNORECASE)
_NUMBERS = tuple(f"00000000-0000-4000-8000-{number:012d}" for number in range(64))


def number(place: int) -> str:
    """What the agency in this place of a form is called."""
    return _NUMBERS[place] if place < len(_NUMBERS) else f"00000000-0000-4000-8000-{place:012d}"


@dataclass(frozen=True, kw_only=True)
class Papers:
    """The paper that is tried, as the kernel reads it, what stands beside it, and the facts that go with it."""

    consents: tuple[disclosure.Consent, ...] = ()
    orders: tuple[disclosure.CourtOrder, ...] = ()
    agreements: tuple[disclosure.Agreement, ...] = ()
    facts: disclosure.Facts = field(default_factory=disclosure.Facts)
    # INVARIANT: a grant rests on the paper that it names, so that ending the paper ends exactly what it opened. None: on no paper.
    rests_on: str | None = None


@dataclass(eq=False)
class Shape:
    """A numbered form and the papers made of it, by what its discloser is called and whose record it is about."""

    row: ConsentRow
    _papers: dict[tuple[str, disclosure.Subject], Papers] = field(default_factory=dict)

    def papers(self, *, discloser: str, subject: disclosure.Subject) -> Papers:
        """The form as the kernel reads it, alone."""
        made = self._papers.get((discloser, subject))
        if made is None:
            form = papers.kernel_consent(self.row, discloser=discloser, subject=subject)
            made = self._papers[discloser, subject] = Papers(consents=(form,), facts=papers.kernel_facts(self.row), rests_on=form.id)
        return made


def numbered(row: ConsentRow, *, hers: Iterable[UUID] = ()) -> tuple[ConsentRow, Mapping[UUID, str]]:
    """The row with a number for each agency and without what no question asks, and the number of each holder and recipient.

    Recipients have the first numbers in the order of the form, then disclosers, then `hers` (she herself as a holder of her words).
    Empty names: the form keeps its ids.
    """
    if _has_text_like_an_id(row):
        return _bare(row, pk=str(row.pk), recipients=row.recipient_ids), {}
    places = {pk: number(place) for place, pk in enumerate(dict.fromkeys((*row.recipient_ids, *row.discloser_ids, *sorted(hers))))}
    return _bare(row, pk=PAPER, recipients=tuple([places[pk] for pk in row.recipient_ids])), places


def _has_text_like_an_id(row: ConsentRow) -> bool:
    texts = (row.said, row.recipient_class, row.expiry_event, row.signer, *row.recipient_names, *row.information, *row.purposes)
    return _LIKE_AN_ID.search("\n".join(texts)) is not None


def _bare(row: ConsentRow, *, pk: str, recipients: tuple[Any, ...]) -> ConsentRow:
    # Whose form it is, who took it and at what instant: asked of the row itself (`discloses`, `valid_from`), never of the kernel.
    nobody: Any = None
    name: Any = pk
    return ConsentRow(name, nobody, nobody, (), (), recipients, None, *row[7:])
