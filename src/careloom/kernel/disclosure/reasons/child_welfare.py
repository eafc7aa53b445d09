"""Reasons of child welfare law: CAPTA, title IV-E, ICWA and state access lists."""

from __future__ import annotations

from careloom.kernel.disclosure.reasons.reason import Reason

_LIST = "42 USC 5106a(b)(2)(B)(viii)"


class ChildWelfare(Reason):
    """CAPTA confidentiality and its doors."""

    NO_BASIS = (f"{_LIST}; 42 USC 5106a(b)(2)(B)(viii)(VI)", "Child welfare records go only to those whom the law lists.")
    AGENCY_USE = (f"{_LIST}(II); {_LIST}", "The agency's own staff may use the record to protect children.")
    PROTECTING_AGENCY = (
        "42 USC 5106a(b)(2)(B)(ix); ORC 2151.423; 42 USC 5106a(b)(2)(B)(viii)(II)",
        "A government body, or its agent, that needs the record to protect a child may have it.",
    )
    CONTRACTED_AGENT = (
        "42 USC 5106a(b)(2)(B)(viii)(II); 42 USC 5106a(b)(2)(B)(ix); s. 39.202(2)(a) F.S.; s. 39.202 F.S.",
        "A contracted provider acts for the agency and may have what its task needs.",
        True,
    )
    NOT_CONTRACTED = (
        "42 USC 5106a(b)(2)(B)(viii)(II); s. 39.202(2)(a) F.S.; s. 39.202",
        "The provider acts under no contract with the agency.",
        True,
    )
    SUBJECT = (f"{_LIST}(I)", "A subject of the report may see it, without the name of the reporter.")
    COURT_FINDING = (f"{_LIST}(V); s. 39.202(2)(f) F.S.", "The court found that the record is needed for an issue before it.")
    NO_COURT_FINDING = (f"{_LIST}(V)", "A court needs a finding that the record is necessary to an issue before it.")
    REVIEW_PANEL = (f"{_LIST}(III); {_LIST}(IV); {_LIST}", "A citizen review or child fatality review panel may see the record.")
    STATE_CLASS = (f"{_LIST}(VI)", "State law lists this recipient for a legitimate state purpose.", True)
    FATALITY = ("42 USC 5106a(b)(2)(B)(x)", "Findings about a child's death or near death are made public.")
    PUBLIC_CLOSED = (f"{_LIST}; 42 USC 5106a(b)(2)(B)(x); 42 USC 671(a)(8)", "The public and legislators see no record of a family.")
    IVE_CLOSED = ("42 USC 671(a)(8)", "No information that identifies a family goes to a legislative body or the public.")
    IVE_ADMINISTRATION = ("42 USC 671(a)(8)(A); 42 USC 671(a)(8)", "The record serves the administration of the state's title IV-E plan.")
    IVE_NOT_THIS = ("42 USC 671(a)(8)", "A title IV-E record serves the plan, its audits and child protection, and nothing else.")
    IVE_REPORT = ("42 USC 671(a)(8)(E); 42 USC 671(a)(9)", "A title IV-E agency reports known or suspected abuse to the authority.", True)
    FLORIDA_LIST = (
        f"s. 39.202(2) F.S.; s. 39.202; {_LIST}(VI)",
        "Florida's list names this recipient for child welfare records.",
        True,
    )
    IVE_AUDIT = ("42 USC 671(a)(8)(D); 42 USC 671(a)(8)", "An authorized audit of the program may see the record.")
    GUARDIAN_AD_LITEM = ("42 USC 5106a(b)(2)(B)(xiii)", "The child's appointed representative may see the record.")
    NOT_APPOINTED = ("42 USC 5106a(b)(2)(B)(xiii); 42 USC 5106a(b)(2)(B)(viii)", "No appointment for this child is recorded.")
    RELEASE = (f"{_LIST}(I); {_LIST}", "A subject of the record released it in writing.", True)
    REPORTER_HIDDEN = ("42 USC 5106a(b)(3); s. 39.202(5) F.S.", "The name of the person who reported is not given.")
    REPORTER_ORDER = (
        "42 USC 5106a(b)(3)",
        "After review in chambers a court found the report knowingly false and ordered the name.",
    )
    ICWA_NOTICE = ("25 USC 1912(a); 25 CFR 23.111", "The Tribe must have notice when there is reason to know of an Indian child.")
    ICWA_PARTY = ("25 USC 1912(c)", "Each party may examine the papers filed with the court.")
    ICWA_CLOSED = ("25 USC 1912(a); 25 USC 1912(c)", "Neither notice nor party standing is recorded.")
    CAREGIVER_RECORDS = ("42 USC 675(5)(D); 42 USC 675(1)(C)", "The child's health and education record goes with each placement.")
    CAREGIVER_LIMITS = (f"42 USC 675(5)(D); {_LIST}", "A caregiver gets the child's own health and education record only.")
    NOTIFICATION = (
        "42 USC 5106a(b)(2)(B)(ii); 45 CFR 164.512(a); 45 CFR 164.512(a)(1)",
        "State law requires this identified notification; it is not an allegation of abuse or neglect.",
    )
    NOTIFICATION_NOT_REQUIRED = (
        "42 USC 5106a(b)(2)(B)(ii); 45 CFR 164.512(a)",
        "No state law is recorded that requires an identified notification, so a de-identified one is sent.",
    )
    NOTIFICATION_DEID = (
        "45 CFR 164.514(b); 42 USC 5106a(b)(2)(B)(ii); 42 CFR 2.12(a)",
        "The notification names no one and still tells that an infant was affected.",
    )
    NOTIFICATION_AUTHORITY = ("42 USC 5106a(b)(2)(B)(ii)", "A notification goes to the child protective services agency.")
    LEGAL_PROTECTION = ("42 USC 5106a(b)(2)(B)(ix); 42 USC 5106a(b)(2)(B)(viii)", "Need to protect a child is not recorded.")
