"""What can open a record: each paper in its best form, and the facts of each exception. The decision tables try every one of them.

A key is a paper or a set of facts that names exactly this holder, recipient, person, category and purpose. What a key does not open here,
its law does not open.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from careloom.kernel.disclosure import (
    Agreement,
    AgreementKind,
    Category,
    Consent,
    ConsentKind,
    CourtOrder,
    OrderKind,
    Request,
    Scenario,
    Source,
    Statements,
)
from careloom.kernel.disclosure.facts import Event, Facts

DAY = date(2026, 9, 15)
_ALL_SAID = Statements(revocation_right=True, hipaa_redisclosure_statement=True, may_be_redisclosed=True, refusal_consequences=True)
_OWN_PURPOSES: dict[ConsentKind, tuple[str, ...]] = {
    ConsentKind.TPO_SINGLE: ("treatment", "payment", "health_care_operations"),
    ConsentKind.CRIMINAL_JUSTICE: ("criminal_justice_monitoring",),
    ConsentKind.PDMP: ("pdmp_reporting",),
    ConsentKind.RESEARCH: ("research",),
    ConsentKind.CENTRAL_REGISTRY: ("treatment",),
}
_CLASS = "my treating providers, health plans, third-party payers, and people helping to operate this program"
Build = Callable[[Request, Source], Scenario]


@dataclass(frozen=True)
class Key:
    """One thing that may open a record, in words, and how a scenario with it is built."""

    words: str
    build: Build


def _consent(kind: ConsentKind, **facts: Any) -> Build:
    def build(request: Request, source: Source) -> Scenario:
        assert request.category is not None
        assert request.purpose is not None
        consent = Consent(
            id="C1",
            kind=kind,
            patient=request.subject,
            discloser=source.holder,
            recipients=(_CLASS, request.actor_org) if kind is ConsentKind.TPO_SINGLE else (request.actor_org,),
            info=("part2.full_record", request.category.value) if kind is ConsentKind.TPO_SINGLE else (request.category.value,),
            purposes=_OWN_PURPOSES.get(kind, (request.purpose.value,)),
            signed=date(2026, 6, 1),
            expires=date(2027, 6, 1),
            signer="mother",
            statements=_ALL_SAID,
        )
        return Scenario(request=request, source=replace(source, received_via="C1"), consents=(consent,), facts=Facts(**facts))

    return build


def _order(kind: OrderKind, **facts: Any) -> Build:
    def build(request: Request, source: Source) -> Scenario:
        assert request.category is not None
        found = dict.fromkeys(
            (
                "notice_given",
                "opportunity_to_respond",
                "finding_other_ways",
                "finding_balance",
                "finding_necessary",
                "finding_knowingly_false",
                "protective_terms",
                "in_camera",
                "extremely_serious_crime",
                "substantial_value",
                "holder_had_counsel_opportunity",
                "qualified_protective_order",
                "accompanying_subpoena",
            ),
            True,
        )
        order = CourtOrder(
            id="O1",
            kind=kind,
            court="Family Court",
            issued=date(2026, 6, 1),
            scope=(request.category.value,),
            recipients=(request.actor_org,),
            ground_2_63="threat_child_abuse",
            **found,
        )
        return Scenario(request=request, source=source, orders=(order,), facts=Facts(**facts))

    return build


def _agreement(kind: AgreementKind, **facts: Any) -> Build:
    def build(request: Request, source: Source) -> Scenario:
        paper = Agreement(
            id="A1",
            kind=kind,
            parties=(source.holder, request.actor_org),
            start=date(2026, 1, 1),
            end=date(2026, 12, 31),
            irb=True,
            privacy_board_waiver=True,
            part2_undertaking=True,
            lawful_authority=True,
        )
        return Scenario(request=request, source=source, agreements=(paper,), facts=Facts(**facts))

    return build


def _facts(role: str = "", **facts: Any) -> Build:
    return lambda request, source: Scenario(request=replace(request, actor_role=role), source=source, facts=Facts(**facts))


_REPORTED: dict[str, Any] = {"report_under_state_law": True, "initial_report": True, "suspicion": True}
_NAMELESS: dict[str, Any] = {"deidentified": "safe_harbor", "fields": ("birth_year", "state")}
_CONDITION: dict[str, Any] = {"treatment_condition_of_criminal_disposition": True, "events": (Event(name="final_disposition"),)}

NOTHING = Key("nothing more", _facts())
KEYS = (
    NOTHING,
    Key("specific consent", _consent(ConsentKind.SPECIFIC)),
    Key("single consent for treatment, payment and operations", _consent(ConsentKind.TPO_SINGLE)),
    Key("counseling notes consent", _consent(ConsentKind.COUNSELING_NOTES)),
    Key("proceedings consent", _consent(ConsentKind.PROCEEDINGS)),
    Key("criminal justice consent, treatment being a condition", _consent(ConsentKind.CRIMINAL_JUSTICE, **_CONDITION)),
    Key("drug monitoring consent, where state law requires the report", _consent(ConsentKind.PDMP, state_law_requires_pdmp=True)),
    Key("research consent", _consent(ConsentKind.RESEARCH)),
    Key("central registry consent", _consent(ConsentKind.CENTRAL_REGISTRY)),
    Key("release for child welfare", _consent(ConsentKind.CAPTA_RELEASE)),
    Key("HIPAA authorization", _consent(ConsentKind.HIPAA_AUTHORIZATION)),
    Key("plan agreement", _consent(ConsentKind.PLAN_AGREEMENT)),
    Key("civil order (2.64) with every finding", _order(OrderKind.CIVIL_264)),
    Key("criminal order (2.65) with every finding", _order(OrderKind.CRIMINAL_265)),
    Key("order to investigate the program (2.66)", _order(OrderKind.PROGRAM_266, target="program")),
    Key("court finding that child welfare records are necessary", _order(OrderKind.CW_ACCESS_FINDING)),
    Key("general court order", _order(OrderKind.GENERAL_ORDER)),
    Key("order on a knowingly false reporter", _order(OrderKind.REPORTER_IDENTITY_ORDER)),
    Key("subpoena with assurance", _order(OrderKind.SUBPOENA, satisfactory_assurance=True)),
    Key("service organization agreement", _agreement(AgreementKind.QSOA)),
    Key("business associate agreement", _agreement(AgreementKind.BAA)),
    Key("data use agreement for a limited data set", _agreement(AgreementKind.DUA, limited_data_set=True)),
    Key("memorandum or working agreement", _agreement(AgreementKind.MOU)),
    Key("approved study", _agreement(AgreementKind.RESEARCH_APPROVAL)),
    Key("audit agreement", _agreement(AgreementKind.AUDIT_AGREEMENT)),
    Key("contract of 2.33(c)", _agreement(AgreementKind.CONTRACT_233C)),
    Key("a treating relationship", _facts(treating_relationship=True)),
    Key("staff of the holder who need to know", _facts(same_program=True, need_to_know=True)),
    Key("an emergency in which consent cannot be had", _facts(emergency=True, consent_obtainable=False)),
    Key("a disaster that closed the program", _facts(declared_disaster=True, program_closed=True, consent_obtainable=False)),
    Key("a crime at the program", _facts(crime_on_premises=True)),
    Key("a report of suspected abuse under state law", _facts(**_REPORTED)),
    Key("a law that requires it", _facts(required_by_law=True)),
    Key("a state law on identified notifications", _facts(state_law_requires_identified_notification=True)),
    Key("audit or oversight authority", _facts(audit_authority=True, oversight_authority=True)),
    Key("a reporting law", _facts(state_reporting_law=True, public_health_authority=True)),
    Key("de-identification by a named method", _facts(**_NAMELESS)),
    Key("a directory that shows no substance use", _facts(reveals_sud=False, directory_only=True)),
    Key(
        "a minor applicant in danger, to the parent",
        _facts("parent_of_minor", minor_applicant=True, director_capacity_finding=True, substantial_threat=True, patient_age=15),
    ),
    Key("an inquiry into a death", _facts("coroner", patient_deceased=True, cause_of_death_inquiry_law=True)),
    Key("being the writer of the notes", _facts(originator=True)),
    Key("an action that the patient brought, to the holder's counsel", _facts("program_counsel", action_brought_by_patient=True)),
    Key("a request in writing for the list of recipients", _facts(request_in_writing=True, lookback_years=3)),
    Key("her agreement that this person may hear", _facts(patient_agreed=True)),
    Key("being a legal parent", _facts(legal_parent=True)),
    Key("legal custody with the child welfare agency", _facts(legal_custody="cps", case_plan_access=True)),
    Key("a need to protect a child", _facts(need_to_protect_child=True)),
    Key("a contract with the child welfare agency", _facts(contract_provider=True)),
    Key("being a subject of the report", _facts(subject_of_report=True)),
    Key("a death or near death of a child", _facts(fatality_or_near_fatality=True)),
    Key("an appointment for this child", _facts(appointed=True)),
    Key("reason to know of an Indian child", _facts(reason_to_know_indian_child=True)),
    Key("being a party", _facts(party=True)),
    Key("placement of the child", _facts(placement=True)),
    Key("a class listed by state law", _facts(state_authorized_class=True)),
    Key("a serious and imminent threat that the recipient can prevent", _facts(serious_imminent_threat=True, recipient_can_prevent=True)),
    Key("a warrant", _facts(legal_process="warrant")),
    Key("an infant affected by prenatal exposure", _facts(affected_by_prenatal_exposure=True)),
    Key("no cell of 1 to 10", _facts(min_cell=11)),
    Key("small cells hidden, and those beside them", _facts(min_cell=3, suppressed=True, complementary_suppression=True)),
)

_OTP = Source(holder="The program", holder_type="part2_program", is_covered_entity=True, is_part2_program=True)
_HOSPITAL = Source(holder="The hospital", holder_type="hospital", is_covered_entity=True)
_AGENCY = Source(holder="The agency", holder_type="cps_agency")
_VISITORS = Source(holder="The home visitors", holder_type="home_visiting")


def _at(holder_type: str, *, covered: bool = False) -> Source:
    return Source(holder="The holder", holder_type=holder_type, is_covered_entity=covered)


#: Where each regime is asked: the holder, whose record, and the categories that are shown.
ASKED: dict[str, tuple[Source, str, tuple[Category, ...]]] = {
    "PART2": (_OTP, "mother", (Category.PART2_MEDICATION, Category.PART2_PRESENCE, Category.PART2_COUNSELING_NOTES)),
    "HIPAA": (_HOSPITAL, "mother", (Category.HIPAA_OB_RECORD, Category.HIPAA_PSYCHOTHERAPY_NOTES)),
    "POSC": (_VISITORS, "mother", (Category.POSC_PLAN_CORE,)),
    "POSC_HIPAA": (_HOSPITAL, "mother", (Category.POSC_PLAN_CORE,)),
    "POSC_CW": (_AGENCY, "mother", (Category.POSC_PLAN_CORE,)),
    "NOTIFICATION": (_HOSPITAL, "infant", (Category.NOTIF_CAPTA_IDENTIFIED, Category.NOTIF_CAPTA_DEID)),
    "CW": (_AGENCY, "infant", (Category.CW_CASE_RECORD,)),
    "CW_REPORTER": (_AGENCY, "infant", (Category.CW_REPORTER_IDENTITY,)),
    "FERPA": (_at("school"), "infant", (Category.EDU_SCHOOL, Category.EDU_PARTC)),
    "VAWA": (_at("dv_program"), "mother", (Category.DV_VICTIM_RECORD,)),
    "WIC": (_at("wic"), "mother", (Category.WIC_RECORD,)),
    "MEDICAID": (_at("medicaid_agency"), "mother", (Category.MEDICAID_CLAIMS,)),
    "AGG": (_AGENCY, "cohort", (Category.AGG_TABLE,)),
    "DEID": (_HOSPITAL, "cohort", (Category.DEID_EXTRACT,)),
    "UNCOVERED": (_VISITORS, "mother", (Category.HIPAA_OB_RECORD,)),
}
