"""The papers of a court in plain words: what each kind is, what it must say, and for what it may open a record.

The questions are the kernel's own fields (`disclosure.CourtOrder`); whether a paper qualifies is asked of the kernel, never decided here.
Source: 42 CFR 2.61 to 2.67; 45 CFR 164.512(e); 42 USC 5106a(b)(2)(B)(viii), (b)(3); law.md 1.8; R-107.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from careloom.kernel.disclosure import OrderKind


@dataclass(frozen=True, kw_only=True)
class Question:
    """One finding of an order, asked as "Does the order say that ...?", with the text that asks for it."""

    finding: str
    asks: Any
    citation: str


@dataclass(frozen=True, kw_only=True)
class Paper:
    """One kind of paper. `needed` are the findings without which it opens nothing; `also` are asked because they change what follows."""

    kind: OrderKind
    label: Any
    says: Any
    citation: str
    needed: tuple[Question, ...] = ()
    also: tuple[Question, ...] = ()
    purposes: tuple[str, ...] = ()
    grounds: bool = False  # may open confidential communications, with a ground of 42 CFR 2.63
    matters: bool = False  # says what it is about: custody, a case plan
    target: str = "patient"

    @property
    def questions(self) -> tuple[Question, ...]:
        """Every question of this kind, the needed ones first."""
        return (*self.needed, *self.also)


def _q(finding: str, asks: Any, citation: str) -> Question:
    return Question(finding=finding, asks=asks, citation=citation)


_OTHER_WAYS = _("other ways to learn this are not there, or would not work?")
_BALANCE = _("the public interest and the need weigh more than the harm to her, to her trust in care and to care for others?")
_LIMITS = _("only the needed parts go only to those who need them, and how they are kept from others, such as a sealed file?")
_SUBPOENA = _q("accompanying_subpoena", _("a subpoena or another mandate comes with it? That may be a second paper."), "42 CFR 2.61(a)")
_CHAMBERS = _("the judge looks at the record in chambers?")

PAPERS: tuple[Paper, ...] = (
    Paper(
        kind=OrderKind.CIVIL_264, label=_("Order to open a treatment record, not in a criminal case"),
        says=_("Made under 42 CFR part 2, in a case about a child, custody or another civil matter."), citation="42 CFR 2.64",
        needed=(
            _q("notice_given", _("she and the agency that holds the record were told of the request?"), "42 CFR 2.64(b)(1)"),
            _q("opportunity_to_respond", _("both had a chance to answer?"), "42 CFR 2.64(b)(2)"),
            _q("finding_other_ways", _OTHER_WAYS, "42 CFR 2.64(d)(1)"),
            _q("finding_balance", _BALANCE, "42 CFR 2.64(d)(2)"),
            _q("protective_terms", _LIMITS, "42 CFR 2.64(e)"),
        ),
        also=(_SUBPOENA,), grounds=True,
        purposes=("dependency_proceeding", "permanency_hearing", "posc_monitoring", "safety_assessment", "child_abuse_followup", "legal_defense"),
    ),
    Paper(
        kind=OrderKind.CRIMINAL_265, label=_("Order to open a treatment record in a criminal case against her"),
        says=_("Made under 42 CFR part 2 for an investigation or a charge."), citation="42 CFR 2.65",
        needed=(
            _q("notice_given", _("the agency that holds the record was told of the request?"), "42 CFR 2.65(b)(1)"),
            _q("opportunity_to_respond", _("it had a chance to answer?"), "42 CFR 2.65(b)(2)"),
            _q("holder_had_counsel_opportunity", _("it could be heard with a lawyer of its own?"), "42 CFR 2.65(b)(3)"),
            _q("extremely_serious_crime", _("the crime is extremely serious, such as one that caused death or serious injury?"), "42 CFR 2.65(d)(1)"),
            _q("substantial_value", _("the record will likely be of substantial value to the case?"), "42 CFR 2.65(d)(2)"),
            _q("finding_other_ways", _OTHER_WAYS, "42 CFR 2.65(d)(3)"),
            _q("finding_balance", _BALANCE, "42 CFR 2.65(d)(4)"),
            _q("protective_terms", _LIMITS, "42 CFR 2.65(e)"),
        ),
        also=(_SUBPOENA,), grounds=True, purposes=("criminal_proceeding",),
    ),
    Paper(
        kind=OrderKind.PROGRAM_266, label=_("Order to investigate or prosecute the program"),
        says=_("Made under 42 CFR part 2. It is about the program and may never be used against a patient."), citation="42 CFR 2.66",
        needed=(
            _q("finding_other_ways", _OTHER_WAYS, "42 CFR 2.66(c)"),
            _q("finding_balance", _BALANCE, "42 CFR 2.66(c)"),
            _q("protective_terms", _("names and other marks of patients are left out of what becomes public?"), "42 CFR 2.66(d)(1)"),
        ),
        also=(_SUBPOENA,), purposes=("criminal_proceeding", "audit"), target="program",
    ),
    Paper(
        kind=OrderKind.CW_ACCESS_FINDING, label=_("Court finding that child welfare records are necessary"),
        says=_("A court may see child welfare records that it needs to decide an issue before it."), citation="42 USC 5106a(b)(2)(B)(viii)(V)",
        needed=(_q("finding_necessary", _("the record is necessary to decide an issue before the court?"), "42 USC 5106a(b)(2)(B)(viii)(V)"),),
        also=(_q("in_camera", _CHAMBERS, "42 USC 5106a(b)(2)(B)(viii)(V)"), _SUBPOENA),
        purposes=("dependency_proceeding", "permanency_hearing", "criminal_proceeding"),
    ),
    Paper(
        kind=OrderKind.REPORTER_IDENTITY_ORDER, label=_("Order to name the person who reported"),
        says=_("Only a court that found the report knowingly false, after a look in chambers, opens that name."), citation="42 USC 5106a(b)(3)",
        needed=(
            _q("in_camera", _CHAMBERS, "42 USC 5106a(b)(3)"),
            _q("finding_knowingly_false", _("there is reason to believe that the report was knowingly false?"), "42 USC 5106a(b)(3)"),
        ),
        also=(_SUBPOENA,), purposes=("dependency_proceeding", "criminal_proceeding"),
    ),
    Paper(
        kind=OrderKind.GENERAL_ORDER, label=_("Another order of a court"),
        says=_("Custody, a case plan, or an order for health records. It opens no treatment record."), citation="45 CFR 164.512(e)(1)(i)",
        also=(_q("protective_terms", _LIMITS, "45 CFR 164.512(e)(1)(i)"), _q("in_camera", _CHAMBERS, "45 CFR 164.512(e)(1)(i)"), _SUBPOENA),
        purposes=("dependency_proceeding", "permanency_hearing", "criminal_proceeding", "posc_monitoring", "safety_assessment"), matters=True,
    ),
    Paper(
        kind=OrderKind.SUBPOENA, label=_("Subpoena without an order"),
        says=_("A lawyer or a clerk asks for records. It never opens a treatment record."), citation="45 CFR 164.512(e)(1)(ii); 42 CFR 2.61(a)",
        needed=(
            _q(
                "qualified_protective_order", _("the parties may use it for this case only, and give it back or destroy it afterwards?"),
                "45 CFR 164.512(e)(1)(v)",
            ),
        ),
        purposes=("dependency_proceeding", "permanency_hearing", "criminal_proceeding", "legal_defense"),
    ),
)  # fmt: skip
_BY_KIND = {paper.kind.value: paper for paper in PAPERS}

PURPOSES: dict[str, Any] = {
    "dependency_proceeding": _("Decide in the child welfare case"),
    "permanency_hearing": _("Decide where the child will live"),
    "criminal_proceeding": _("Decide in a criminal case"),
    "posc_monitoring": _("Follow how the plan goes"),
    "safety_assessment": _("Assess whether the child is safe"),
    "child_abuse_followup": _("Follow up a report"),
    "legal_defense": _("Defend in a case"),
    "audit": _("Review the program"),
}
GROUNDS: dict[str, Any] = {
    "threat_child_abuse": _("A threat to life or of serious injury, such as suspected child abuse or neglect"),
    "threat_life": _("Another existing threat to life or of serious injury"),
    "extremely_serious_crime": _("An extremely serious crime is investigated or charged"),
    "patient_put_in_evidence": _("She put what was said into evidence herself"),
}
MATTERS: dict[str, Any] = {
    "CUSTODY": _("Custody or placement"),
    "CASE_PLAN": _("The case plan"),
    "DISCLOSURE": _("Giving records"),
    "OTHER": _("Something else"),
}
ENDINGS: dict[str, Any] = {
    "VACATED": _("The court took it back"),
    "REPLACED": _("A newer order took its place"),
    "CASE_CLOSED": _("The case is closed"),
    "MISTAKE": _("It was written down by mistake"),
}
# Groups of what an order may list, so that twenty-nine kinds of record are read in five short lists.
SCOPES: tuple[tuple[Any, tuple[str, ...]], ...] = (
    (
        _("Treatment"),
        (
            "part2.presence", "part2.attendance", "part2.medication", "part2.diagnosis", "part2.drug_screens", "part2.treatment_summary",
            "part2.full_record", "part2.billing", "part2.confidential_communications", "part2.counseling_notes",
        ),
    ),
    (_("The plan"), ("posc.plan_core", "posc.referral_status", "posc.plan_part2_segment")),
    (
        _("Health"),
        (
            "hipaa.ob_record", "hipaa.newborn_record", "hipaa.toxicology", "hipaa.mental_health", "hipaa.psychotherapy_notes",
            "notif.capta_identified", "medicaid.claims",
        ),
    ),
    (_("Child welfare"), ("cw.report", "cw.reporter_identity", "cw.case_record", "cw.case_plan", "cw.history")),
    (_("Other"), ("edu.partc", "edu.school", "wic.record", "dv.victim_record")),
)  # fmt: skip
SPOKEN = frozenset({"part2.confidential_communications", "part2.counseling_notes"})


def paper_of(kind: str) -> Paper | None:
    """The paper of a kind (a value of `disclosure.OrderKind`), or None for no such kind."""
    return _BY_KIND.get(kind)


def not_said(*, kind: str, findings: Iterable[str], scope: Iterable[str], ground: str) -> list[tuple[Any, str]]:
    """What a paper of this kind lacks to open what it lists: the finding that was not made, and the text that asks for it."""
    paper, made = _BY_KIND[kind], set(findings)
    lacking: list[tuple[Any, str]] = [(one.asks, one.citation) for one in paper.needed if one.finding not in made]
    if paper.grounds and SPOKEN & set(scope) and ground not in GROUNDS:
        lacking.append((_("why what she said in confidence may be opened?"), "42 CFR 2.63(a)"))
    return lacking
