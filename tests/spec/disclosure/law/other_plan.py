"""The plan of safe care, the notification of a birth, published counts, and HIPAA's words in hands HIPAA does not bind (law.md 0.3, 2, 3.1)."""

from __future__ import annotations

from typing import Final

from tests.spec.disclosure.law.other_words import (
    CASEWORKER,
    CPS,
    DATA_MANAGER,
    EMPLOYER,
    FOSTER,
    GAL,
    HEALTH_DEPARTMENT,
    HOSPITAL,
    HUB,
    INSURER,
    INTAKE,
    JUDGE,
    LANDLORD,
    MOTHER,
    OB,
    OBSTETRICIAN,
    OTHER_COUNTY,
    POLICE,
    PRESS,
    PRINCIPAL,
    PROGRAM,
    PROSECUTOR,
    PRUDENTIAL,
    SCHOOL,
    VISITOR,
    WEBSITE,
    Situation,
    asker,
    consent,
    deny,
    holder,
    permit,
)

PAPERS = "45 CFR 164.508"
ONLY = "45 CFR 164.502(a)"
BIRTH = "42 USC 5106a(b)(2)(B)(ii)"
MONITOR = "42 USC 5106a(b)(2)(B)(iii)"
REQUIRED = "45 CFR 164.512(a)"
DEIDENTIFIED = "45 CFR 164.514(b)"
SMALL = "small-cell policy"
COUNTS = "42 USC 5106a(d)"
CW = "42 USC 5106a(b)(2)(B)(viii)"
CORE = consent("capta_release", by=CPS, to=VISITOR, info=["posc.plan_core"], purpose=["posc_monitoring"], patient="infant")
SEGMENT = consent("specific", by=CPS, to=VISITOR, info=["posc.plan_part2_segment"], purpose=["posc_monitoring"])
HOME_VISITING = holder("Bright Start Home Visiting", "home_visiting")

PLAN_CORE: Final = Situation(
    name="L-CORE",
    source=CPS,
    asker=VISITOR,
    subject="infant",
    category="posc.plan_core",
    purpose="posc_monitoring",
    consents=[CORE],
    cases=[
        permit("42 CFR 2.12(a)", "The plan's core holds nothing of a program and goes where her release says (2.12(a)).", "SEGMENT_EXCLUDE",
               "CW_CONFIDENTIAL"),
        permit("42 CFR 2.12(a)", "The last day of the release.", "SEGMENT_EXCLUDE", request__date="2027-05-01"),
        permit("42 CFR 2.12(a)", "The release is taken back later.", consent__revoked="2026-10-01"),
        permit("42 CFR 2.12(a)", "It says itself that nothing of a program is in it.", facts={"contains_part2": False}),
        deny("42 CFR", "A plan that does hold something of a program needs more (2.31).", facts={"contains_part2": True}, certainty=PRUDENTIAL),
        deny(CW, "No release.", consents=[]),
        deny(CW, "The release has ended.", request__date="2027-05-02"),
        deny(CW, "The release is not signed yet.", request__date="2026-04-30"),
        deny(CW, "The release was taken back.", consent__revoked="2026-09-15"),
        deny(CW, "The release is for somebody else.", consent__recipients=["Oak Elementary"]),
        deny(CW, "The release is for other information.", consent__info=["posc.referral_status"]),
        deny(CW, "The release is for another purpose.", consent__purpose=["research"]),
        deny(CW, "The landlord is not in the release.", asker=LANDLORD, request__purpose="care_coordination"),
        deny(CW, "The employer is not in the release.", asker=EMPLOYER, request__purpose="employment"),
        deny(CW, "A friend cannot sign it.", consent__signer="friend"),
        deny("42 CFR 2.31", "A general release does not open the segment of the program (2.31).", request__category="posc.plan_part2_segment",
             request__subject="mother"),
        deny("42 CFR 2.31", "Even when it names the segment: it is no Part 2 consent (2.31).", request__category="posc.plan_part2_segment",
             request__subject="mother", consent__info=["posc.plan_part2_segment"], consent__patient="mother", certainty=PRUDENTIAL),
    ],
)  # fmt: skip

PLAN_SEGMENT: Final = Situation(
    name="L-SEGMENT",
    source={**CPS, "provenance": "part2_via_specific", "received_via": "C1"},
    asker=VISITOR,
    subject="mother",
    category="posc.plan_part2_segment",
    purpose="posc_monitoring",
    consents=[consent("specific", by=PROGRAM, to=CASEWORKER, info=["part2.attendance"], purpose=["posc_monitoring"])],
    cases=[
        deny("42 CFR 2.12(d)", "Child welfare holds the segment by a consent that names only itself (2.12(d)(2), 2.32).",),
        deny("42 CFR 2.12(d)", "Nor may it go to a foster parent (2.32).", asker=FOSTER, request__purpose="care_coordination"),
        deny("42 CFR 2.12(d)", "Nor to a volunteer (2.32).", asker=GAL, request__purpose="permanency_hearing", facts={"appointed": True}),
        deny("42 CFR 2.12(d)", "Nor to the court against her (2.12(d)(1)).", asker=JUDGE, request__purpose="dependency_proceeding",
             facts={"against_patient": True}),
        deny("42 CFR 2.12(d)", "Nor to the public after a death (2.12(d)).", asker=PRESS, request__purpose="public_disclosure",
             facts={"fatality_or_near_fatality": True}),
        deny("42 CFR 2.12(d)", "A need to protect does not carry it on (2.12(d)).", asker=OTHER_COUNTY, request__purpose="safety_assessment",
             facts={"need_to_protect_child": True}),
        permit("42 CFR 2.31", "Her consent that names holder, recipient, segment and purpose (2.31, 2.33).", "NOTICE_2_32", "CONSENT_COPY_OR_SCOPE",
               "ACCOUNT_2_25", consents=[consent("specific", by=PROGRAM, to=CASEWORKER, info=["part2.attendance"], purpose=["posc_monitoring"]),
                                         {**SEGMENT, "id": "C2"}], certainty=PRUDENTIAL),
        deny("42 CFR 2.31", "The same consent, taken back (2.31(a)(6)).",
             consents=[consent("specific", by=PROGRAM, to=CASEWORKER, info=["part2.attendance"], purpose=["posc_monitoring"]),
                       {**SEGMENT, "id": "C2", "revoked": "2026-09-01"}]),
    ],
)  # fmt: skip

STATUS: Final = Situation(
    name="L-STATUS",
    source=CPS,
    asker=VISITOR,
    subject="infant",
    category="posc.referral_status",
    purpose="posc_monitoring",
    consents=[consent("capta_release", by=CPS, to=VISITOR, info=["posc.referral_status"], purpose=["posc_monitoring"], patient="infant")],
    cases=[
        permit("42 USC 5106a(b)(2)(B)(iii)", "Whether the referral was taken up, with her release ((iii)(II)).", certainty=PRUDENTIAL),
        permit(MONITOR, "A partner tells child welfare, which monitors, with her release ((iii)(II)).", source=HOME_VISITING, asker=CASEWORKER,
               consents=[consent("capta_release", by=HOME_VISITING, to=CASEWORKER, info=["posc.referral_status"], purpose=["posc_monitoring"],
                                 patient="infant")], certainty=PRUDENTIAL),
        deny(MONITOR, "No release: home visiting does not monitor ((iii)(II)).", consents=[]),
        deny(MONITOR, "A landlord does not monitor.", consents=[], asker=LANDLORD, request__purpose="care_coordination"),
        deny(MONITOR, "An employer does not monitor.", consents=[], asker=EMPLOYER, request__purpose="employment"),
        deny(MONITOR, "The press does not.", consents=[], asker=PRESS, request__purpose="public_disclosure"),
        deny("42 CFR 2.31", "A program's word whether she came is attendance, and needs her consent (2.31, 2.13(c)).", source=PROGRAM,
             asker=CASEWORKER, consents=[], request__subject="mother", certainty=PRUDENTIAL),
    ],
)  # fmt: skip

IDENTIFIED: Final = Situation(
    name="L-NOTICE",
    source=HOSPITAL,
    asker=INTAKE,
    subject="infant",
    category="notif.capta_identified",
    purpose="capta_notification",
    facts={"state_law_requires_identified_notification": True},
    cases=[
        permit(BIRTH, "The state's law makes the hospital name the infant ((ii); 164.512(a)).", "ACCOUNT_164_528", "TRACK_NOTIFICATION"),
        permit(BIRTH, "A notification is no report of abuse ((ii)(I)).", "TRACK_NOTIFICATION", facts__label="notification_not_report"),
        permit(BIRTH, "No safety concern is needed ((ii)).", "TRACK_NOTIFICATION", facts__safety_concern=False),
        permit(REQUIRED, "HIPAA lets what the law requires (164.512(a)).", "ACCOUNT_164_528"),
        permit(BIRTH, "The obstetric clinic took part in the care ((ii)).", "TRACK_NOTIFICATION", source=OB, certainty=PRUDENTIAL),
        permit(BIRTH, "She refused: the law requires it all the same ((ii)).", facts__patient_refused=True, certainty=PRUDENTIAL),
        deny(BIRTH, "No law requires the name ((ii); 164.512(a)).", facts={"state_law_requires_identified_notification": False}),
        deny(BIRTH, "Nothing says that the law requires the name ((ii)).", facts={}),
        deny(BIRTH, "No law, no concern ((ii)).", facts={"state_law_requires_identified_notification": False, "safety_concern": False}),
        deny(BIRTH, "The notification goes to child welfare, not to the police (164.502(a)).", asker=POLICE, certainty=PRUDENTIAL),
        deny(BIRTH, "Nor to a prosecutor (164.502(a)).", asker=PROSECUTOR, certainty=PRUDENTIAL),
        deny(BIRTH, "Nor to a school (164.502(a)).", asker=PRINCIPAL, certainty=PRUDENTIAL),
        deny(BIRTH, "Nor to an employer (164.502(a)).", asker=EMPLOYER, request__purpose="employment"),
        deny("42 CFR 2.12(c)(6)", "A treatment program does not name its patient in a notification that is no report (2.12(c)(6)).", source=PROGRAM,
             certainty=PRUDENTIAL),
        deny("42 CFR 2.12(c)(6)", "A program's fact is not in it either (2.12(c)(6)).", source=PROGRAM, request__subject="mother",
             request__category="part2.medication", facts__report_under_state_law=False, certainty=PRUDENTIAL),
    ],
)  # fmt: skip

UNNAMED: Final = Situation(
    name="L-DEID",
    source=HOSPITAL,
    asker=asker("intake_system", "cps_agency", "Pine County Children and Families"),
    subject="infant",
    category="notif.capta_deid",
    purpose="capta_notification",
    facts={"fields": ["birth_year", "state", "substance_class"], "state_law_requires_identified_notification": False},
    cases=[
        permit(BIRTH, "Year, state and class of substance name nobody ((ii); 164.514(b)(2)).", "TRACK_NOTIFICATION", certainty=PRUDENTIAL),
        permit(DEIDENTIFIED, "Nothing of the eighteen is left (164.514(b)(2)).", certainty=PRUDENTIAL),
        permit(BIRTH, "A state that wants names loses nothing by a row without ((ii)).", facts__state_law_requires_identified_notification=True,
               certainty=PRUDENTIAL),
        permit(DEIDENTIFIED, "Declared de-identified by safe harbor (164.514(b)(2)).", facts={"deidentified": "safe_harbor"}, certainty=PRUDENTIAL),
        *[deny("45 CFR 164.514(b)(2)", f"One identifier is left: {word} (164.514(b)(2)(i)).", facts__fields=["substance_class", word])
          for word in ("birth_date", "zip5", "name", "mrn", "address", "admission_date", "discharge_date", "county", "mother_name", "phone")],
        deny(DEIDENTIFIED, "Nothing is said of what it holds (164.514(b)).", facts={}, certainty=PRUDENTIAL),
        deny(DEIDENTIFIED, "It is not de-identified (164.514(b)).", facts={"deidentified": False}, certainty=PRUDENTIAL),
    ],
)  # fmt: skip

TABLE: Final = Situation(
    name="L-TABLE",
    source=CPS,
    asker=WEBSITE,
    subject="cohort",
    category="agg.table",
    purpose="public_disclosure",
    facts={"min_cell": 3},
    cases=[
        deny(SMALL, "A cell of three, shown.", certainty=PRUDENTIAL),
        deny(SMALL, "A cell of ten is small: fewer than eleven.", facts={"min_cell": 10}, certainty=PRUDENTIAL),
        deny(SMALL, "A cell of one.", facts={"min_cell": 1}, certainty=PRUDENTIAL),
        deny(SMALL, "Only the small cell is hidden: the total gives it back.", facts={"min_cell": 3, "suppressed": True,
             "complementary_suppression": False}, certainty=PRUDENTIAL),
        deny(SMALL, "Nothing said of the others: the total may give it back.", facts={"min_cell": 3, "suppressed": True}, certainty=PRUDENTIAL),
        deny(SMALL, "Hidden others, the small cell shown.", facts={"min_cell": 3, "suppressed": False, "complementary_suppression": True},
             certainty=PRUDENTIAL),
        deny(SMALL, "Nobody knows how small the cells are.", facts={}, certainty=PRUDENTIAL),
        permit(DEIDENTIFIED, "Hidden, and the others that would give it back (164.514(b)).", "SUPPRESS_SMALL_CELLS",
               facts={"min_cell": 3, "suppressed": True, "complementary_suppression": True}, certainty=PRUDENTIAL),
        permit(DEIDENTIFIED, "Eleven is not small (164.514(b)).", facts={"min_cell": 11}, certainty=PRUDENTIAL),
        permit(DEIDENTIFIED, "Fourteen is not small (164.514(b)).", facts={"min_cell": 14}, certainty=PRUDENTIAL),
        permit(COUNTS, "The state's yearly counts (5106a(d)(15), (18)).", "SUPPRESS_SMALL_CELLS", asker=DATA_MANAGER,
               request__purpose="federal_reporting", facts={"min_cell": 11}),
        permit(COUNTS, "With small cells hidden (5106a(d)(18)).", "SUPPRESS_SMALL_CELLS", asker=DATA_MANAGER, request__purpose="federal_reporting",
               facts={"min_cell": 3, "suppressed": True, "complementary_suppression": True}, certainty=PRUDENTIAL),
        permit(DEIDENTIFIED, "For the partners' own evaluation (164.514(b)).", asker=DATA_MANAGER, request__purpose="program_evaluation",
               facts={"min_cell": 14}, certainty=PRUDENTIAL),
        permit(DEIDENTIFIED, "A program's table to the health department (164.514(b); 2.54).", source=PROGRAM, asker=HEALTH_DEPARTMENT,
               request__purpose="public_health", facts={"min_cell": 14}, certainty=PRUDENTIAL),
        permit(DEIDENTIFIED, "A hospital's table (164.514(b)).", source=HOSPITAL, facts={"min_cell": 20}, certainty=PRUDENTIAL),
    ],
)  # fmt: skip

UNBOUND: Final = Situation(
    name="L-UNBOUND",
    source={**HOME_VISITING, "provenance": "self_reported"},
    asker=OBSTETRICIAN,
    subject="mother",
    category="hipaa.ob_record",
    purpose="care_coordination",
    consents=[consent("hipaa_authorization", by=HOME_VISITING, to=OBSTETRICIAN, info=["hipaa.ob_record"], purpose=["care_coordination"])],
    cases=[
        permit(PAPERS, "HIPAA does not bind a home visitor; her own authorization lets it go (0.3(8), 164.508).", certainty=PRUDENTIAL),
        deny(ONLY, "Without her word a landlord gets nothing.", consents=[], asker=LANDLORD, certainty=PRUDENTIAL),
        deny(ONLY, "Nor an employer.", consents=[], asker=EMPLOYER, request__purpose="employment", certainty=PRUDENTIAL),
        deny(ONLY, "Nor a life insurer.", consents=[], asker=INSURER, request__purpose="insurance_underwriting", certainty=PRUDENTIAL),
        deny(ONLY, "Nor the press.", consents=[], asker=PRESS, request__purpose="public_disclosure", certainty=PRUDENTIAL),
        deny(ONLY, "Her authorization has ended.", request__date="2027-05-02", certainty=PRUDENTIAL),
        deny(ONLY, "Her authorization was taken back.", consent__revoked="2026-09-15", certainty=PRUDENTIAL),
        deny(ONLY, "It names somebody else.", consent__recipients=["Lakeside Pediatrics"], certainty=PRUDENTIAL),
        permit(PAPERS, "A school nurse's note, let go by her (164.508).", source={**SCHOOL, "provenance": "self_reported"},
               consent__discloser="Oak Elementary", certainty=PRUDENTIAL),
        permit(PAPERS, "A coordination hub that is nobody's business associate (164.508).", source={**HUB, "provenance": "self_reported"},
               consent__discloser="CarePath Hub", certainty=PRUDENTIAL),
        permit("45 CFR 164.524", "She sees her own (164.524).", consents=[], asker=MOTHER, request__purpose="patient_access", certainty=PRUDENTIAL),
        deny("42 USC 5106a(b)(2)(B)(viii)", "A hospital record in child welfare's file stays confidential there (viii).", source=CPS, consents=[],
             asker=LANDLORD, certainty=PRUDENTIAL),
    ],
)  # fmt: skip

SITUATIONS: Final = (PLAN_CORE, PLAN_SEGMENT, STATUS, IDENTIFIED, UNNAMED, TABLE, UNBOUND)
