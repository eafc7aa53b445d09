"""Words for the numbers page: each figure is a sentence first."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext as _

from careloom.kernel.suppression import Cell
from careloom.outcomes.queries import FederalThree, Published, Reconciled


@dataclass(frozen=True, kw_only=True)
class Figure:
    """One count: a title, the sentence, the number for the federal file and the number that may be published (None when hidden)."""

    title: str
    sentence: str
    exact: int
    published: int | None
    source: str


def figures(three: FederalThree, published: Published) -> tuple[Figure, ...]:
    """The three counts as figures."""
    whole = three.identified
    return (
        Figure(
            title=_("Infants identified"),
            sentence=_("%(n)s infants were identified as affected by prenatal exposure.") % {"n": whole},
            exact=whole,
            published=_shown(published.identified),
            source="42 U.S.C. 5106a(d)(18)(A)",
        ),
        Figure(
            title=_("With a plan"),
            sentence=_of_hundred(three.with_plan, whole, _("have a plan of safe care")),
            exact=three.with_plan,
            published=_shown(published.with_plan),
            source="42 U.S.C. 5106a(d)(18)(B)",
        ),
        Figure(
            title=_("With a referral"),
            sentence=_of_hundred(three.with_referral, whole, _("have a referral for the infant or a caregiver")),
            exact=three.with_referral,
            published=_shown(published.with_referral),
            source="42 U.S.C. 5106a(d)(18)(C)",
        ),
    )


def reconciliation(found: Reconciled) -> str:
    """What the comparison with the notifications says, in one sentence."""
    if found.agrees:
        return _("Every notified infant is counted once.")
    if found.waiting and found.difference <= found.waiting:
        return _("%(n)s notified infants wait for tonight's batch; then every one is counted once.") % {"n": found.difference}
    return _("%(n)s notified infants are not counted, and nothing here says why. Ask the hospitals to compare their receipts.") % {
        "n": found.difference
    }


def _of_hundred(part: int, whole: int, what: str) -> str:
    if whole == 0:
        return _("Too early to say.")
    share = round(100 * part / whole)
    return _("%(share)s of 100 infants %(what)s (%(part)s of %(whole)s).") % {"share": share, "what": what, "part": part, "whole": whole}


def _shown(cell: Cell) -> int | None:
    return cell.value
