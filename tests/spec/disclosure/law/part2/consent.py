"""42 CFR 2.31(a): consents to one recipient for one purpose, each element by element and day by day."""

from __future__ import annotations

from tests.spec.disclosure.law.part2.forms import CONSENTED, CPS, ELM, HOME, MERCY, PLAN, STEPS, Row, ask, case, consent
from tests.spec.disclosure.law.part2.papers import formed, lived

MONITOR = "posc_monitoring"
ALL = "42 CFR 2.31(a), 2.33(a)(1)"
BOUND = (*CONSENTED, "NO_REDISCLOSURE", "PROCEEDINGS_BAR")


def specific() -> list[Row]:
    """Consents to one recipient for one purpose, each lived through and each with its elements missing."""
    told = {
        "cps": ("cps", CPS, MONITOR, "part2.attendance", "Pine County Children and Families Foundation", BOUND),
        "cps-follow": ("cps", CPS, "child_abuse_followup", "part2.treatment_summary", "Pine County", BOUND),
        "cps-safety": ("cps", CPS, "safety_assessment", "part2.drug_screens", "Children and Families", BOUND),
        "home": ("home", HOME, "care_coordination", "part2.treatment_summary", "Bright Start", BOUND),
        "ei": ("ei", STEPS, "care_coordination", "part2.medication", "Early Steps", BOUND),
        "housing": ("landlord", "Hillside Homes", "care_coordination", "part2.attendance", "Hillside", BOUND),
        "tribe": ("tribe", "Eagle Nation", "icwa_notice", "part2.attendance", "Eagle Nation Casino", BOUND),
        "defender": ("defender", "Public Defender", "legal_defense", "part2.treatment_summary", "Public Defender of Harbor County", CONSENTED),
        "employer": ("employer", "City Staffing", "employment", "part2.attendance", "City Staffing Agency", BOUND),
        "insurer": ("insurer", "Granite Life", "insurance_underwriting", "part2.attendance", "Granite", BOUND),
        "school": ("school", "Oak Elementary", "education", "part2.attendance", "Oak Elementary PTA", BOUND),
        "casa": ("casa", "County CASA", "care_coordination", "part2.attendance", "County CASA Friends", BOUND),
        "ob": ("ob", ELM, "treatment", "part2.medication", "Elm OB East", CONSENTED),
        "hospital": ("hospital", MERCY, "treatment", "part2.medication", "Mercy Hospital", CONSENTED),
        "plan": ("plan", PLAN, "payment", "part2.attendance", "MapleCare", CONSENTED),
    }
    rows = []
    for key, (who, name, purpose, category, near, duties) in told.items():
        why = "A live specific consent names program, recipient, information and purpose."
        row = case(f"spec-{key}", why, "permit", ALL, ask(who, category, purpose), consents=[consent([name], [purpose])], obligations=duties)
        other = "permanency_hearing" if purpose == "research" else "research"
        rows += [row, *lived(row, ends=purpose not in ("treatment", "payment")), *formed(row, near=near, category="part2.billing", purpose=other)]
    return rows


ROWS = specific()
