"""Other citations that a fair reader may put first: a decision names the rule that permits, and the rule that a denial missed."""

from __future__ import annotations

from tests.spec.disclosure.law.part2 import (
    bare,
    consent,
    covered,
    hubs,
    justice,
    lawful,
    notes,
    orders,
    reports,
    roads,
    service,
    shapes,
    signers,
    silence,
    single,
    studies,
    urgent,
)
from tests.spec.disclosure.law.part2.forms import Row

AREAS = (bare, consent, covered, hubs, justice, lawful, notes, orders, reports, roads, service, shapes, signers, silence, single, studies, urgent)
# A row of another module, and sections of title 42 CFR (or a whole citation) that may be its main one.
FIRST = """
P-spec-cps: 2.31(a); 2.33(a)(1); 2.13(a); 2.31(a)(4)(i); 2.32
P-spec-cps-last-day: 2.31(a)(7)
P-spec-cps-ended-yesterday: 2.31(a)(7); 2.31(c)(1)
P-spec-cps-revoked-before: 2.31(a)(6); 2.31(c)(3)
P-spec-cps-revoked-after: 2.31(a)(6)
P-spec-cps-event-ahead: 2.31(a)(7)
P-spec-cps-signed-that-day: 2.31(a)(9); 2.31(a)(8)
P-spec-cps-other-recipient: 2.31(a)(4); 2.33(a)(1); 2.13(a)
P-spec-cps-purpose: 2.31(a)(5); 2.13(a)
P-spec-cps-against-her: 2.12(d)(1); 2.31(d); 42 USC 290dd-2(c)
P-spec-cps-category: 2.31(a)(3); 2.13(a)
P-spec-cps-known-false: 2.31(c)(4)
P-spec-home: 2.31; 2.33(a)(1)
P-shape-class: 2.31(a)(4)(i); 2.31(a)(4)
P-shape-title: 2.31(a)
P-tpo-ob: 2.31(a)(4)(i); 2.33(a)(2); 2.31(a)(5); 45 CFR 164.506(c); 2.31(a)(4)(iii); 42 USC 290dd-2(b)(1)
P-tpo-plan: 2.33(a)(2); 45 CFR 164.506(c)(3); 45 CFR 164.506
P-tpo-ob-asked-by-cps: 2.31(a)(4); 2.33(a)(2); 2.31(a)(5); 2.13(a)
P-tpo-ob-for-posc_monitoring: 2.31(a)(5); 2.33(a)(2)
P-tpo-ob-no-relationship: 2.31(a)(4)(i); 2.33(a)(2); 2.11
P-tpo-fund: 2.31(a)(5)(iii); 2.33(a)(2)
P-tpo-ob-dated: 2.31(a)(7)
P-rest-plan-paid: 2.26(a); 45 CFR 164.522(a)(1)(vi); 2.26(a)(5)
P-rest-mercy-agreed: 2.26; 45 CFR 164.522(a); 2.26(a)(3)
P-rest-emergency: 2.26; 2.51; 2.26(a)(3); 2.51(a)(1)
P-legacy: 2.31; 89 FR 12472
P-legacy-after: 2.31(a)(4)(iii); 2.31(a)(10)
P-inside-full_record: 2.12(c)(3)
P-qso-host: 2.12(c)(4); 2.11
P-qso-bypass-cps: 2.11; 2.12(c)(4)
P-qso-host-ended: 2.11; 2.12(c)(4)
P-paper-cps-posc_monitoring-MOU: 2.12(c)(4); 2.31; 2.13(a)
P-qso-onward-cps: 2.11; 2.12(c)(4); 2.12(d)(2); 2.33(b); 2.32
P-qso-back: 2.12(c)(4); 2.11
P-crime: 2.12(c)(5)
P-crime-part2.diagnosis: 2.12(c)(5); 2.13(a)
P-report: 2.12(c)(6); 42 USC 290dd-2(e)
P-report-not-initial: 2.12(c)(6); 42 USC 290dd-2(e)
P-report-notification: 2.12(c)(6); 2.31; 2.13(a)
P-report-notification-paper: 2.12(c)(6); 2.31; 2.13(a); 42 USC 5106a(b)(2)(B)(ii)
P-none-employer-employment-presence: 2.13(c); 2.13(a); 2.31
P-none-cps-posc_monitoring-attendance: 2.31; 2.13(a)
P-none-police-criminal_proceeding-presence: 2.13(c); 2.13(b); 2.12(d)(1); 2.65; 2.61
P-none-judge-dependency_proceeding-attendance: 2.12(d)(1); 2.31(d); 2.64; 2.61; 2.13(b)
P-none-prosecutor-criminal_proceeding-full_record: 2.12(d)(1); 2.65; 2.61
P-none-pdmp-pdmp_reporting-attendance: 2.36
P-none-probation-criminal_justice_monitoring-attendance: 2.35; 2.31
P-none-researcher-research-full_record: 2.52; 2.52(a)
P-none-health-public_health-full_record: 2.54
P-none-coordinator-care_coordination-attendance: 2.31(a)(4)(ii); 2.31
P-none-ob-treatment-attendance: 2.31; 2.13(a)
P-none-ob-treatment-counseling_notes: 2.31(b)
P-subpoena-police: 2.13(b); 2.61; 2.61(a); 2.61(b)
P-directory: 2.13(c)(2); 2.13(c); 45 CFR 164.510(a)
P-directory-reveals: 2.13(c)(2)
P-directory-program: 2.13(c)(1)
P-self-attendance: 2.23; 2.23(a); 45 CFR 164.524
P-self-attendance-by-father: 2.31; 2.23; 2.13(a)
P-self-attendance-father: 2.31
P-count: 2.25; 45 CFR 164.528
P-list: 2.24
P-list-spoken: 2.24
P-told: 2.12(d)(2)(ii); 2.11; 45 CFR 164.506(c)
P-notes: 2.31(b); 2.31(b)(1)
P-notes-own: 2.31(b)(1)(i)(A)
P-notes-own-colleague: 2.31(b); 2.31(b)(1)(i)(A)
P-notes-sued: 2.31(b)(1)(i)(C)
P-notes-with-part2.medication: 2.31(b)(2); 2.31(c)(2)
P-proc-court: 2.31(d); 2.33(a)(1); 2.12(d)(1)
P-proc-court-with-treatment: 2.31(d); 2.31(c)(2)
P-proc-court-only-tpo: 2.31(d); 2.12(d)(1); 42 USC 290dd-2(c)
P-cj: 2.35; 2.35(a); 2.35(b); 2.31(a)
P-cj-revoked-early: 2.35(c); 2.35(b)
P-cj-no-condition: 2.35(a)
P-cj-civil: 2.35(a); 2.31(a)(6); 2.31(d); 2.12(d)(1)
P-cj-revoked-late: 2.35(c); 2.31(a)(6)
P-cj-disposed: 2.35(b); 2.31(a)(7); 2.35
P-cj-onward-cps-safety_assessment: 2.35(d); 2.12(d)
P-cj-no-period: 2.35(b); 2.31(a)(7)
P-cj-revocable: 2.31(a)(6); 2.35(c)
P-pdmp: 2.36; 2.31
P-pdmp-law-only: 2.36; 2.31
P-pdmp-no-law: 2.36
P-pdmp-screens: 2.36
P-minor: 2.14(a); 2.14; 2.31(a)(8); 2.33(a)(1)
P-minor-both: 2.14(b); 2.14(b)(2)
P-minor-both-alone: 2.14(b); 2.31(a)(8); 2.14(b)(2)
P-minor-not-alone: 2.14(b); 2.31(a)(8)
P-minor-parent-signed: 2.14(a); 2.31(a)(8)
P-minor-of-age: 2.31(a)
P-minor-threat: 2.14(c)
P-minor-threat-no-finding: 2.14(c)
P-minor-parent: 2.14(a); 2.14(b)
P-guardian: 2.15(a)(1)
P-guardian-not-found: 2.15(a); 2.15(a)(1); 2.31(a)(8)
P-director: 2.15(a)(2)
P-director-for-treatment: 2.15(a)(2)
P-dead: 2.15(b)(2)
P-dead-friend: 2.15(b)(2)
P-dead-none: 2.15(b)(2); 2.15(b)
P-cause: 2.15(b)(1)
P-dead-alive: 2.31(a)(8); 2.15(b)(2)
P-infant-dead: 2.31; 2.13(a)
P-o64-agency: 2.64; 2.64(d); 2.64(e); 2.61
P-o64-agency-no-other-ways: 2.64(d)(1); 2.64(d)
P-o64-agency-no-balance: 2.64(d)(2)
P-o64-agency-no-subpoena: 2.61; 2.61(b); 2.64
P-o64-agency-ended: 2.64; 2.61
P-o64-agency-scope: 2.64(e); 2.64(e)(1)
P-o64-agency-recipient: 2.64(e); 2.64(e)(2)
P-o64-agency-no-terms: 2.64(e); 2.64(e)(3)
P-o64-agency-type-general: 2.61; 2.64; 2.64(d)
P-o64-agency-type-subpoena: 2.61; 2.13(b)
P-o64-follow: 2.64
P-o63: 2.63(a)(1); 2.64
P-o63-no-ground: 2.63; 2.63(a)
P-o65-prosecutor: 2.65; 2.65(d)
P-o65-prosecutor-no-other-ways: 2.65(d)(3)
P-o65-prosecutor-no-extremely_serious_crime: 2.65(d)(1)
P-o65-prosecutor-no-holder_had_counsel_opportunity: 2.65(d)(5); 2.65(d)
P-o65-prosecutor-as-2.64: 2.65; 2.61
P-o65-prosecutor-as-2.66: 2.65; 2.66; 2.66(d)(2)
P-o66: 2.66
P-o66-against-her: 2.66(d)(2); 2.12(d)(1); 2.65
P-o66-onward-prosecutor: 2.66(d)(2); 2.12(d)(1)
P-er-ed-medication: 2.51(a); 2.51(a)(1); 2.51
P-er-ed-medication-calm: 2.51(a)
P-er-closed: 2.51(a)(2)
P-er-ed-medication-to-cps: 2.51(a)
P-res: 2.52; 2.52(a); 45 CFR 164.512(i)
P-res-no-review: 2.52(a); 45 CFR 164.512(i)
P-res-onward-cps: 2.52(b); 2.12(d)
P-res-onward-judge: 2.62; 2.52(b); 2.12(d)(1)
P-res-back: 2.52(b)
P-audit: 2.53(a); 2.53
P-audit-copy: 2.53(b)
P-audit-copying: 2.53(b)
P-audit-onward-cps: 2.53(f)
P-audit-onward-prosecutor: 2.53(f); 2.62; 2.12(d)(1)
P-audit-evaluation: 2.53(c); 2.53(a); 2.53
P-audit-no-authority: 2.53; 2.53(a)
P-ph-part2.full_record: 2.54; 45 CFR 164.514(b)
P-on-hospital: 2.33(b)(1); 45 CFR 164.506(c)
P-on-hospital-to-cps-posc_monitoring: 2.33(b)(1); 2.31; 2.12(d)
P-on-hospital-against-judge-dependency_proceeding: 2.33(b)(1); 2.12(d)(1); 42 USC 290dd-2(c); 2.31(d)
P-on-hospital-revoked-since: 2.33(b)(1); 2.31(a)(6)
P-on-report: 2.12(c)(6); 45 CFR 164.512(b)(1)(ii)
P-on-follow: 2.12(c)(6); 2.33(b)(1); 2.12(d)
P-on-named: 2.31; 2.33(a)(1)
P-b2: 2.33(b)(2)
P-b2-to-cps-posc_monitoring: 2.33(b)(2); 2.31(a)(4)
P-b2-revoked: 2.31(a)(6); 2.33(b)(2)
P-pay: 2.33(b)(3); 2.33(c)
P-pay-none: 2.33(c); 2.33(b)(3)
P-pay-to-cps-posc_monitoring: 2.33(b)(3); 2.12(d); 2.33(b); 2.32
P-held-cps-casa-permanency_hearing: 2.12(d)(2)(i)(C); 2.32; 2.33(b); 2.12(d)(1)
P-held-cps-named: 2.33(a)(1); 2.33(b); 2.31; 2.32; 2.31(a)(4)
P-held-cps-named-revoked: 2.31(a)(6); 2.33
P-registry-cps: 2.34; 2.34(c); 2.12(d)
P-hub: 2.31(a)(4)(ii)(B); 2.24
P-hub-named: 2.31(a)(4)(ii)(A)
P-to-hub: 2.31(a)(4)(ii); 2.31
P-hub-not-treating: 2.31(a)(4)(ii)(B); 2.11
P-hub-nameless: 2.31(a)(4)(ii)
P-hie: 2.11; 2.33(a)(2); 2.12(c)(4)
P-hie-no-papers: 2.31(a)(4)(ii); 2.11
P-rely: 2.31(a)(6); 2.33(a)(2)
P-rely-silent: 2.31(a)(6)
"""
# Duties that the law brings beside those that the first rows name: 45 CFR 164.528 leaves out only treatment, payment, operations, the person herself,
# authorizations, directories and limited data sets, so a covered program accounts for orders, studies under a waiver and audits.
DUTIES = {
    "P-o64-agency": ("ACCOUNT_164_528", "LIMIT_PURPOSE", "NO_REDISCLOSURE"),
    "P-o65-prosecutor": ("ACCOUNT_164_528", "LIMIT_PURPOSE"),
    "P-o66": ("ACCOUNT_164_528", "SEAL"),
    "P-res": ("ACCOUNT_164_528", "LIMIT_PURPOSE"),
    "P-audit": ("ACCOUNT_164_528", "NO_REDISCLOSURE", "LIMIT_PURPOSE"),
    "P-report": ("ACCOUNT_164_528", "LIMIT_PURPOSE", "MIN_NECESSARY", "VERIFY_164_514H"),
    "P-crime": ("ACCOUNT_164_528", "LIMIT_PURPOSE", "MIN_NECESSARY"),
    "P-cause": ("ACCOUNT_164_528", "LIMIT_PURPOSE"),
    "P-pay": ("CONTRACT_2_33C", "LIMIT_PURPOSE", "NO_REDISCLOSURE"),
    "P-cj": ("NO_REDISCLOSURE", "PROCEEDINGS_BAR", "LIMIT_PURPOSE"),
    "P-pdmp": ("NO_REDISCLOSURE", "LIMIT_PURPOSE"),
    "P-hub": ("INTERMEDIARY_LIST_2_24", "NOTICE_2_32", "PROCEEDINGS_BAR"),
    "P-tpo-plan": ("RESTRICTION_CHECK", "LIMIT_PURPOSE", "PROCEEDINGS_BAR"),
    "P-tpo-ob": ("RESTRICTION_CHECK", "PROCEEDINGS_BAR"),
    "P-qso-skills": ("QSOA_TERMS", "LIMIT_PURPOSE", "NO_REDISCLOSURE"),
    "P-er-ed-medication": ("EMERGENCY_DOC_2_51", "MIN_NECESSARY", "LIMIT_PURPOSE"),
    "P-rest-emergency": ("EMERGENCY_DOC_2_51", "NO_REDISCLOSURE"),
    "P-self-attendance": ("VERIFY_164_514H", "PROCEEDINGS_BAR"),
    "P-spec-cps-category": ("LIMIT_PURPOSE", "NEUTRAL_DENIAL"),
    "P-spec-cps-purpose": ("LIMIT_PURPOSE", "NEUTRAL_DENIAL"),
    "P-o64-agency-scope": ("ORDER_SCOPE_ONLY", "NEUTRAL_DENIAL"),
    "P-seg-held-to-press": ("SEGMENT_EXCLUDE",),
}


def whole(citation: str) -> str:
    return citation if citation[:3] in ("42 ", "45 ", "89 ") else f"42 CFR {citation}"


def cited() -> list[Row]:
    by_id = {row["id"]: row for area in AREAS for row in area.ROWS}
    rows = []
    for line in FIRST.strip().splitlines():
        name, _, sections = line.partition(": ")
        rows += [by_id[name] | {"id": f"{name}-as-{section}", "basis": whole(section)} for section in sections.split("; ")]
    return rows + [by_id[name] | {"id": f"{name}-duties", "obligations": list(duties)} for name, duties in DUTIES.items()]


ROWS = cited()
