"""Words for the numbers page: each figure is a sentence first."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext as _

from careloom.kernel.suppression import Cell, SuppressionSettings, publish_share
from careloom.outcomes.queries import FederalThree, Published


@dataclass(frozen=True, kw_only=True)
class Figure:
    """One count: a title, the sentence, the number for the federal file and the number that may be published (None when hidden).

    `exact` is None for a reader who does not keep the counted rows.
    """

    title: str
    sentence: str
    exact: int | None
    published: int | None
    source: str


def figures(three: FederalThree, published: Published, *, settings: SuppressionSettings, keeper: bool) -> tuple[Figure, ...]:
    """The three counts as figures.

    INVARIANT: only `keeper` (who keeps all counted rows, the state's own file) reads an exact number, in the sentences as in the columns.
    """
    three_counts = (
        (_("Infants identified"), "", three.identified, published.identified, "42 U.S.C. 5106a(d)(18)(A)"),
        (_("With a plan"), _("have a plan of safe care"), three.with_plan, published.with_plan, "42 U.S.C. 5106a(d)(18)(B)"),
        (
            _("With a referral"), _("have a referral for the infant or a caregiver"), three.with_referral, published.with_referral,
            "42 U.S.C. 5106a(d)(18)(C)",
        ),
    )  # fmt: skip
    whole = Cell(value=three.identified) if keeper else published.identified
    told = []
    for title, what, exact, cell, source in three_counts:
        part = Cell(value=exact) if keeper else cell
        sentence = _of_hundred(part, whole, what, settings, keeper=keeper) if what else _identified(part)
        told.append(Figure(title=title, sentence=sentence, exact=exact if keeper else None, published=cell.value, source=source))
    return tuple(told)


def reconciliation(unexplained: Cell) -> str:
    """What the comparison with the notifications says, in one sentence that is the same while tonight's batch fills."""
    if unexplained.value == 0:
        return _("Every notified infant is counted once. What a hospital sends today is counted in tonight's batch.")
    if unexplained.value is None:
        return _("A few notified infants are not counted, and nothing here says why. Ask the hospitals to compare their receipts.")
    return _("%(n)s notified infants are not counted, and nothing here says why. Ask the hospitals to compare their receipts.") % {
        "n": unexplained.value
    }


def _identified(cell: Cell) -> str:
    if cell.value is None:
        return _hidden()
    return _("%(n)s infants were identified as affected by prenatal exposure.") % {"n": cell.value}


def _of_hundred(part: Cell, whole: Cell, what: str, settings: SuppressionSettings, *, keeper: bool) -> str:
    if whole.value == 0:
        return _("Too early to say.")
    if part.value is None or whole.value is None or (not keeper and publish_share(part=part, whole=whole, settings=settings).value is None):
        return _hidden()
    share = round(100 * part.value / whole.value)
    return _("%(share)s of 100 infants %(what)s (%(part)s of %(whole)s).") % {
        "share": share, "what": what, "part": part.value, "whole": whole.value,
    }  # fmt: skip


def _hidden() -> str:
    return _("Hidden, so that nobody can be found in a small count.")
