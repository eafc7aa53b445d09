"""What an affected infant is here, beside what the notification rules do: where they differ, and the row that would bring them together.

The definition is a body's words and a list of what it covers (R-224); the rules are the jurisdiction's pack. Both are asked about the same births,
one for each thing that a definition may cover. Source: 42 U.S.C. 5106a(b)(2)(B)(ii) and (iii), which leave the definition to the State.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any, Final

from careloom.kernel.notification import BirthFacts, Exposure, FasdSigns, Notify, RuleTable, Substance, Withdrawal, YesNoUnsure

_YES, _NO = YesNoUnsure.YES, YesNoUnsure.NO


def _exposed(substance: Substance, *, prescribed: YesNoUnsure, as_prescribed: YesNoUnsure = YesNoUnsure.UNSURE) -> BirthFacts:
    return BirthFacts(exposures=(Exposure(substance=substance, prescribed=prescribed, as_prescribed=as_prescribed),))


# One birth for each thing that a definition may cover, with nothing else in it.
BIRTHS: Final[dict[str, BirthFacts]] = {
    "MEDICATION_FOR_OUD": _exposed(Substance.BUPRENORPHINE, prescribed=_YES, as_prescribed=_YES),
    "OTHER_MEDICATION": _exposed(Substance.PSYCHIATRIC_MEDICATION, prescribed=_YES, as_prescribed=_YES),
    "NOT_AS_DIRECTED": _exposed(Substance.PRESCRIPTION_OPIOID, prescribed=_YES, as_prescribed=_NO),
    "ILLEGAL": _exposed(Substance.METHAMPHETAMINE, prescribed=_NO),
    "CANNABIS": _exposed(Substance.CANNABIS, prescribed=_NO),
    "ALCOHOL": _exposed(Substance.ALCOHOL, prescribed=_NO),
    "WITHDRAWAL": BirthFacts(withdrawal=Withdrawal.OBSERVED),
    "FASD": BirthFacts(fasd=FasdSigns.SUSPECTED),
}

# How the language of packs says the same; what is unsure about a medicine is never read against her.
_EXPOSURES: Final[dict[str, dict[str, list[str]]]] = {
    "MEDICATION_FOR_OUD": {"group": ["MEDICATION_FOR_OUD"], "use": ["AS_DIRECTED", "UNSURE"]},
    "OTHER_MEDICATION": {"group": ["OTHER_MEDICATION"], "use": ["AS_DIRECTED", "UNSURE"]},
    "NOT_AS_DIRECTED": {"group": ["MEDICATION_FOR_OUD", "OTHER_MEDICATION"], "use": ["NOT_AS_DIRECTED", "NOT_PRESCRIBED"]},
    "ILLEGAL": {"group": ["OTHER_SUBSTANCE", "NOT_KNOWN"]},
    "CANNABIS": {"group": ["CANNABIS"]},
    "ALCOHOL": {"group": ["ALCOHOL"]},
}
_SIGNS: Final = {"WITHDRAWAL": ("withdrawal", "NONE"), "FASD": ("fasd", "NONE")}
ROW: Final = "OUTSIDE-THE-DEFINITION"


@dataclass(frozen=True, kw_only=True, slots=True)
class Compared:
    """One thing that a definition may cover: whether this one does, and what the rules in use send of such a birth."""

    code: str
    covered: bool
    notify: Notify

    @property
    def agrees(self) -> bool:
        """Whether the rules tell of it exactly when the definition covers it."""
        return self.covered == (self.notify is not Notify.NONE)


def compared(*, covers: Collection[str], rules: RuleTable) -> tuple[Compared, ...]:
    """The definition beside the rules, thing by thing."""
    return tuple(
        Compared(code=code, covered=code in covers, notify=rules.effective_notify(outcome=rules.row_for(facts=birth).then))
        for code, birth in BIRTHS.items()
    )  # fmt: skip


def outside_row(*, covers: Collection[str], citation: str) -> dict[str, Any]:
    """The row of a pack's rules by which nothing is sent of a birth that the definition does not cover. A stated concern is not touched by it.

    The plan is offered all the same: a definition says of whom the State is told, not who may have help.
    """
    asked = [{"some_exposure": matcher} for code, matcher in _EXPOSURES.items() if code in covers]
    when: dict[str, Any] = {"safety_concern": ["NO"], "affected": ["YES"]}
    when |= {fact: [value] for code, (fact, value) in _SIGNS.items() if code in covers}
    when |= {"not": {"any": asked}} if asked else {}
    then = {"notify": "NONE", "report": False, "level": "L0", "plan_offered": True, "lead": "OBSTETRIC_CARE"}
    return {"id": ROW, "when": when, "then": then, "citations": [citation], "status": "OPEN"}
