"""What the router may know about a birth, and nothing else."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from careloom.kernel.notification.vocabulary import (
    Basis,
    FasdSigns,
    InTreatment,
    PlanStatus,
    Substance,
    SubstanceGroup,
    ToldMother,
    Use,
    Withdrawal,
    YesNoUnsure,
    group_of,
)


@dataclass(frozen=True, kw_only=True, slots=True)
class Exposure:
    """One exposure before birth, with how it is known."""

    substance: Substance
    prescribed: YesNoUnsure
    as_prescribed: YesNoUnsure = YesNoUnsure.UNSURE
    basis: frozenset[Basis] = frozenset()

    @property
    def group(self) -> SubstanceGroup:
        """The group that rules speak of."""
        return group_of(substance=self.substance)

    @property
    def use(self) -> Use:
        """How it was used. Anything unsure stays unsure and is never read against her."""
        if self.prescribed is YesNoUnsure.NO:
            return Use.NOT_PRESCRIBED
        if self.prescribed is YesNoUnsure.UNSURE or self.as_prescribed is YesNoUnsure.UNSURE:
            return Use.UNSURE
        return Use.AS_DIRECTED if self.as_prescribed is YesNoUnsure.YES else Use.NOT_AS_DIRECTED


@dataclass(frozen=True, kw_only=True, slots=True)
class BirthFacts:
    """The facts of one birth (twins share them: one plan, two infant records).

    # INVARIANT: prior child-welfare history, race, payer and marital status do not exist here,
    so no pack can route by them (DESIGN 5). tests/unit/kernel/notification keeps the list closed.
    # INVARIANT: the words of a safety concern do not enter; only that they were written down.

    `discharge_on` is the planned day of discharge, when known. `indian_child` answers whether
    there is reason to know that the child is an Indian child (25 CFR 23.107).
    """

    exposures: tuple[Exposure, ...] = ()
    withdrawal: Withdrawal = Withdrawal.NONE
    fasd: FasdSigns = FasdSigns.NONE
    in_treatment: InTreatment = InTreatment.DECLINED_TO_SAY
    safety_concern: bool = False
    safety_concern_explained: bool = False
    plan_status: PlanStatus = PlanStatus.WANTS_ONE
    told_mother: ToldMother = ToldMother.NOT_YET
    indian_child: YesNoUnsure = YesNoUnsure.UNSURE
    discharge_on: date | None = None

    @property
    def affected(self) -> bool:
        """Say whether there is an exposure or a sign in the infant."""
        return bool(self.exposures or self.withdrawal is not Withdrawal.NONE or self.fasd is not FasdSigns.NONE)
