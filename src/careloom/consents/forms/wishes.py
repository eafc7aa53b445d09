"""What she wants to happen, in plain words, and the kind of paper that the law asks for it. Nobody chooses a kind by its name.

A wish fixes what the law fixes (its purposes, its content, whom it may name, how it ends); the form asks only for the rest, so that forms that
must stand apart cannot be mixed. Source: 42 CFR 2.31(a) to (d), 2.34, 2.35, 2.36; 45 CFR 164.508(b)(3)(ii); law.md 1.4 to 1.6.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from careloom.agencies.models import Agency
from careloom.consents.forms import sharing
from careloom.consents.forms.sharing import (
    CASE_CLOSES,
    COURT_CASE_ENDS,
    DISPOSITION,
    NO_END,
    PLAN_CLOSES,
    STUDY_ENDS,
    TREATMENT_ENDS,
)  # fmt: skip
from careloom.consents.jurisdiction import jurisdiction
from careloom.kernel.agency_kinds import AgencyKind as Kind

TOGETHER = "TOGETHER"
DAYS = ("30", "90", "180", "365", "DATE")
CLINICAL = tuple(kind.value for kind in (Kind.HOSPITAL, Kind.OB_CLINIC, Kind.PEDIATRIC_CLINIC, Kind.PART2_PROGRAM))
PAYERS = (Kind.HEALTH_PLAN.value, Kind.MEDICAID_AGENCY.value)
# The class of 42 CFR 2.31(a)(4)(i), in the rule's own words: the form is in English, and her page says it in Spanish beside it.
TPO_CLASS = "my treating providers, health plans, third-party payers, and people helping to operate this program"


@dataclass(frozen=True, kw_only=True)
class Wish:
    """One thing that she may want. `kind` is empty where content and holder decide it (`sharing.kind_for`).

    `purposes` are what may be ticked; with `fixed_purposes` all of them are on the form and none is asked. `content` are the groups that may be
    ticked (None: those of the holder); `fixed_content` are on the form unasked. `names` are the kinds of agency that may be named (None: the
    usual ones; empty: by name only). `citation` is where the law says that the form stands apart.
    """

    code: str
    label: Any
    says: Any
    citation: str
    ends: tuple[str, ...]
    kind: str = ""
    purposes: tuple[str, ...] = ()
    fixed_purposes: bool = True
    content: tuple[str, ...] | None = None
    fixed_content: bool = False
    names: tuple[str, ...] | None = ()
    asks_matter: Any = ""
    infants: bool = False

    @property
    def apart(self) -> bool:
        """Whether it is a form of its own."""
        return self.code != TOGETHER


WISHES: dict[str, Wish] = {
    wish.code: wish
    for wish in (
        Wish(
            code=TOGETHER, label=_("My team plans together"), says=_("Agencies and my own people hear what is marked, and nothing else."),
            citation="42 CFR 2.31(a)", ends=(*DAYS, PLAN_CLOSES, CASE_CLOSES), purposes=tuple(sharing.PURPOSES), fixed_purposes=False, names=None,
            infants=True,
        ),
        Wish(
            code="CARE", label=_("Those who treat me may share, for all of my care"),
            says=_("One yes for treatment, payment and running the clinic, now and later. Never for court, and never for child welfare."),
            citation="42 CFR 2.31(a)(4)(i), (a)(5)", kind="tpo_single", purposes=("treatment", "payment", "health_care_operations"),
            fixed_purposes=False, content=("ALL_TREATMENT", "TREATMENT", "SUMMARY", "ATTENDANCE", "MEDICINE", "TESTS", "BILLS"),
            names=CLINICAL + PAYERS, ends=(NO_END, *DAYS),
        ),
        Wish(
            code="NETWORK", label=_("A network may pass it on to those who treat me"),
            says=_("The form names the network, and either its members by name or those of them who treat me."),
            citation="42 CFR 2.31(a)(4)(ii)", kind="specific", purposes=("treatment", "care_coordination"),
            content=("TREATMENT", "SUMMARY", "ATTENDANCE", "MEDICINE", "TESTS"), names=CLINICAL, ends=(*DAYS, TREATMENT_ENDS),
        ),
        Wish(
            code="NOTES", label=_("Someone may read my counselor’s notes"),
            says=_("Only the notes, on a form of their own. Nothing in my care may depend on it."),
            citation="42 CFR 2.31(b)", kind="counseling_notes", purposes=("treatment", "care_coordination"), fixed_purposes=False,
            content=("NOTES",), fixed_content=True, names=CLINICAL, ends=(*DAYS, TREATMENT_ENDS),
        ),
        Wish(
            code="THERAPY", label=_("Someone may read my therapist’s private notes"),
            says=_("Only the notes, on a form of their own. Nothing in my care may depend on it."),
            citation="45 CFR 164.508(a)(2), (b)(3)(ii)", kind="hipaa_authorization", purposes=("treatment", "care_coordination"),
            fixed_purposes=False, content=("THERAPY",), fixed_content=True, names=CLINICAL, ends=(*DAYS, TREATMENT_ENDS),
        ),
        Wish(
            code="COURT", label=_("A judge may use it in my case"),
            says=_("For one court case and nothing else. It can be used against me. I can talk to a lawyer first."),
            citation="42 CFR 2.31(d)", kind="proceedings", purposes=("dependency_proceeding", "permanency_hearing", "criminal_proceeding"),
            fixed_purposes=False, names=(Kind.COURT.value,), ends=(COURT_CASE_ENDS, *DAYS), asks_matter=_("Which court case"),
        ),
        Wish(
            code="CRIMINAL", label=_("A criminal court or probation officer follows my treatment"),
            says=_("Only where treatment is a condition of a criminal sentence, probation, parole or release. Never for family court."),
            citation="42 CFR 2.35", kind="criminal_justice", purposes=("criminal_justice_monitoring",),
            content=("TREATMENT", "SUMMARY", "ATTENDANCE", "TESTS"), ends=(DISPOSITION,), asks_matter=_("Which criminal matter"),
        ),
        Wish(
            code="REGISTRY", label=_("The registry may check that only one program gives me medicine"),
            says=_("Only so that two programs do not give the same medicine."), citation="42 CFR 2.34", kind="central_registry",
            purposes=("treatment",), content=("TREATMENT", "MEDICINE"), fixed_content=True, ends=(TREATMENT_ENDS, *DAYS),
        ),
        Wish(
            code="MEDICINE_LIST", label=_("My medicine may go on the state’s prescription list"),
            says=_("The law of this state asks for the report, and it still needs my yes."), citation="42 CFR 2.36", kind="pdmp",
            purposes=("pdmp_reporting",), content=("MEDICINE",), fixed_content=True, ends=(TREATMENT_ENDS, *DAYS),
        ),
        Wish(
            code="STUDY", label=_("A study may use it"),
            says=_("My care stays the same if I say no. Reports of the study never name me."), citation="42 CFR 2.31(a)(5)",
            kind="research", purposes=("research",), ends=(STUDY_ENDS, *DAYS), asks_matter=_("Which study"),
        ),
    )
}  # fmt: skip


def wishes_for(holder: Agency) -> list[Wish]:
    """What can be wished of the record of `holder`, in the order of the page."""
    return [wish for wish in WISHES.values() if _fits(wish, holder)]


def wish_of(code: str, *, holder: Agency) -> Wish | None:
    """The wish with this code (none said: that the team plans together), or None where this holder has no such form."""
    wish = WISHES.get(code or TOGETHER)
    return wish if wish is not None and _fits(wish, holder) else None


def kind_of(wish: Wish, *, holder: Agency, information: tuple[str, ...], own_people_only: bool) -> str:
    """The kind of paper: the wish's own; for a record that is no program's, the lighter paper that still stands apart."""
    usual = sharing.kind_for(holder=holder, information=information, own_people_only=own_people_only)
    if not wish.kind:
        return usual
    # A judge or a study needs the Part 2 form only for what Part 2 protects; for the rest the one purpose keeps the paper apart.
    return usual if wish.code in {"COURT", "STUDY"} and usual != "specific" else wish.kind


def content_for(wish: Wish, *, holder: Agency) -> tuple[str, ...]:
    """The groups that its form offers for the record of `holder`."""
    offered = sharing.groups_for(holder) if wish.content is None else wish.content
    return tuple(key for key in offered if holder.is_part2_program or key not in sharing.PROGRAM_ONLY)


def _fits(wish: Wish, holder: Agency) -> bool:
    if wish.code in {TOGETHER, "COURT"}:
        return True
    if wish.code == "MEDICINE_LIST":
        return holder.is_part2_program and jurisdiction(holder.pack).must_report is True
    if wish.code in {"THERAPY", "STUDY"}:
        return holder.is_covered_entity or (wish.code == "STUDY" and holder.is_part2_program)
    return holder.is_part2_program
