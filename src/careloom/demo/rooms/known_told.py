"""Profiles, roles, talks and reviews of the practice county. All of it is made up."""

from __future__ import annotations

#: Partner, who writes it, section, weeks ago, parts.
PROFILES: tuple[tuple[str, str, str, int, dict[str, str]], ...] = (
    ("st_agnes", "larkmeade", "PRACTICE", 86, {
        "PRACTICES": "Mother and infant room together. We ask everybody the same questions.", "POLICIES": "No test of urine without written consent.",
        "PRIORITIES": "Rooming in, nursing, and a first visit before they leave.",
    }),
    ("st_agnes", "larkmeade", "LIMITS", 86, {
        "STATUTE": "The birth records act, and the notification statute.", "FUNDING": "Medicaid pays for the mother until twelve months after birth.",
        "CONFIDENTIALITY": "HIPAA. Records of our addiction service fall under 42 CFR Part 2.", "TIME_LIMITS": "Most go home within 48 hours.",
    }),
    ("st_agnes", "larkmeade", "RESOURCES", 86, {
        "BASELINE": "Two social workers by day, rooms for sixteen couplets.", "GAPS": "No social worker at night.",
        "BARRIERS": "The bus ends at seven.",
    }),
    ("st_agnes", "larkmeade", "TECHNOLOGY", 80, {
        "SYSTEMS": "One electronic record since 2019.", "EXPORTS": "A file each week, by hand.", "INTERFACES": "FHIR R4 since last spring.",
        "TECH_GAPS": "We do not learn what happened after day 30.",
    }),
    ("st_agnes", "larkmeade", "PEOPLE", 80, {
        "LEADER": "Helena Albright, chief executive", "ACCOUNTABLE": "Chief nurse Abernathy answers for the birth center.",
    }),
    ("st_agnes", "larkmeade", "CONDUCT", 78, {
        "CONDUCT": "Staff steps in at once, moves the others to safety, calls the nurse in charge, and writes it down the same day.",
    }),
    ("st_agnes", "larkmeade", "VIEWS", 78, {"CLIENT": "Mother and infant, as one.", "SUCCESS": "They go home together, and nursing goes well."}),
    ("st_agnes", "larkmeade", "RESOURCES", 20, {
        "BASELINE": "Two social workers by day, one on call at night.", "GAPS": "Nobody for fathers.", "BARRIERS": "The bus ends at seven.",
    }),
    ("riverbend", "thistlegate", "PRACTICE", 85, {
        "PRACTICES": "Same-day start for pregnant women. Medication is offered first.",
        "POLICIES": "A return to use changes the plan and ends nothing.",
        "PRIORITIES": "Nobody waits.",
    }),
    ("riverbend", "thistlegate", "LIMITS", 85, {
        "STATUTE": "State license, and the federal opioid treatment rule.", "FUNDING": "Block grant: pregnant women come first.",
        "CONFIDENTIALITY": "42 CFR Part 2. Nothing without her written consent.", "TIME_LIMITS": "Interim services within 48 hours when we are full.",
    }),
    ("riverbend", "thistlegate", "RESOURCES", 84, {
        "BASELINE": "Two prescribers, four counselors.", "GAPS": "No child care.", "BARRIERS": "Many live an hour away.",
    }),
    ("riverbend", "thistlegate", "TECHNOLOGY", 84, {
        "SYSTEMS": "Our own records, and Careloom for plans.", "EXPORTS": "The state’s treatment episode file.", "INTERFACES": "None yet.",
        "TECH_GAPS": "We type every appointment twice.",
    }),
    ("riverbend", "thistlegate", "PEOPLE", 84, {
        "LEADER": "Simon Ardley, executive director", "ACCOUNTABLE": "June Thistlegate answers for the women’s program.",
    }),
    ("riverbend", "thistlegate", "CONDUCT", 60, {
        "CONDUCT": "Written policy for children, youth and adults on our grounds, read by all staff each January.",
    }),
    ("riverbend", "thistlegate", "VIEWS", 84, {"CLIENT": "The woman who came to us.", "SUCCESS": "She is still in care after a year, and says so."}),
    ("pine_children", "reed", "PRACTICE", 83, {
        "PRACTICES": "Family assessment where nobody is in danger.", "POLICIES": "A notification is not a report.", "PRIORITIES": "Children at home.",
    }),
    ("pine_children", "reed", "LIMITS", 83, {
        "STATUTE": "State child welfare code, ASFA, ICWA.", "FUNDING": "Title IV-E pays for prevention with an approved plan.",
        "CONFIDENTIALITY": "State code on reports, who reported stays unknown.",
        "TIME_LIMITS": "A permanency hearing in 12 months; after 15 of 22 months in care we have to ask the court.",
    }),
    ("pine_children", "reed", "RESOURCES", 83, {
        "BASELINE": "Forty workers, six supervisors.", "GAPS": "No worker who speaks Spanish at night.", "BARRIERS": "One in four leaves each year.",
    }),
    ("pine_children", "reed", "VIEWS", 82, {"CLIENT": "The child.", "SUCCESS": "No new danger within a year."}),
    ("pine_court", "whitfield", "LIMITS", 70, {
        "STATUTE": "The juvenile code.", "FUNDING": "A state grant for the docket.", "CONFIDENTIALITY": "Closed hearings.",
        "TIME_LIMITS": "Hearings every 90 days on the family treatment docket.",
    }),
    ("pine_court", "whitfield", "VIEWS", 70, {"CLIENT": "The law, and so the child and the parent alike.", "SUCCESS": "A lasting home in time."}),
    ("eagle_nation", "two_rivers", "VIEWS", 40, {"CLIENT": "The family, and all its relatives.", "SUCCESS": "The child grows up among its own."}),
    ("eagle_nation", "two_rivers", "PRACTICE", 40, {
        "PRACTICES": "Healing Circle Plans, led by the family.", "POLICIES": "The Nation decides who sees them.", "PRIORITIES": "Kin first.",
    }),
    ("early_steps", "lim", "TECHNOLOGY", 66, {
        "SYSTEMS": "The state’s early intervention system.", "EXPORTS": "None that we may make.", "INTERFACES": "None.",
        "TECH_GAPS": "Referrals come by fax.",
    }),
    ("harbor_home_visiting", "ivermoor", "RESOURCES", 64, {
        "BASELINE": "Nine nurses, one van.", "GAPS": "Nobody for the hills on Fridays.", "BARRIERS": "Long roads in winter.",
    }),
)  # fmt: skip

SETTLED = (
    (
        "CLIENT",
        36,
        "The family is our client together. Where its members need different things, the child’s safety comes first, and we say so to all.",
    ),
    ("SUCCESS", 36, "Mother and child are well and together, in care for as long as it helps. A child in danger is safe in time."),
)
#: Weeks ago, why, words, step -> partner -> letters.
ROLES: tuple[tuple[int, str, str, dict[str, dict[str, str]]], ...] = (
    (82, "FIRST", "From the first retreat.", {
        "SCREEN": {"st_agnes": "RA", "pine_womens": "R"}, "NOTIFY": {"st_agnes": "RA", "pine_children": "I"},
        "ASSESS": {"riverbend": "RA", "pine_children": "C"}, "WRITE_PLAN": {"st_agnes": "R", "riverbend": "R"},
        "MONITOR": {"harbor_home_visiting": "RA"}, "REPORT": {"columbia_department": "RA"},
    }),
    (40, "SCOPE", "Plans begin before birth, and the Nation leads its own.", {
        "SCREEN": {"pine_womens": "RA", "st_agnes": "R", "harbor_midwives": "R"}, "NOTIFY": {"st_agnes": "RA", "quillstone": "R",
        "pine_children": "I"},
        "ASSESS": {"riverbend": "RA", "cedar_path": "R", "pine_children": "C"},
        "WRITE_PLAN": {"pine_womens": "RA", "riverbend": "R", "eagle_nation": "RC", "mothers_circle": "C"},
        "MONITOR": {"harbor_home_visiting": "RA", "pine_first_years": "R", "early_steps": "C", "maplecare": "I"},
        "CLOSE": {"harbor_home_visiting": "R", "pine_womens": "C"}, "REPORT": {"columbia_department": "A", "pine_harbor_partnership": "R"},
    }),
)  # fmt: skip

#: Guide, who, weeks ago, three answers.
ANSWERS: tuple[tuple[str, str, int, tuple[str, str, str]], ...] = (
    ("authority", "larkmeade", 78, ("We see the family first, for two days.", "We have to notify.", "To say whether an infant may go home.")),
    ("authority", "reed", 78, ("We look whether a child is safe.", "We have to answer every report.", "To make treatment places.")),
    ("authority", "two_rivers", 42, ("The Nation leads for its families.", "Notice under ICWA.", "To be asked after all was decided.")),
    ("recovery", "thistlegate", 74, ("That it is an illness.", "She wants to live, and says what she needs.", "They help until a judge reads them.")),
    ("recovery", "brackwater", 74, ("Some still say it is a choice.", "A Tuesday without fear.", "When one of us is asked only for her story.")),
    ("medication", "hazelthorne", 56, ("To stay on it.", "That it is safe to nurse.", "A ward nurse told her to stop.")),
    ("medication", "castillo", 56, ("What her program says.", "It depends on whom you ask at night.", "At discharge.")),
    ("stigma", "brackwater", 34, ("At the front desk.", "We changed the sign at the door.", "The hold music. Pine Women’s helps.")),
    ("stigma", "ivermoor", 34, ("In the word on our form.", "The form.", "How we speak in the van.")),
    ("missing", "reed", 24, ("Fathers’ groups.", "Families in the hills.", "I ask the pastor this month.")),
    ("missing", "harrowmere", 24, ("The sheriff’s dispatcher.", "Fathers.", "The core team, by fall.")),
    ("efforts", "thistlegate", 70, ("The opioid task force.", "Naloxone in every clinic.", "Their peers could come to the ward.")),
    ("practice", "larkmeade", 48, ("Fewer days on medicine for infants.", "Two mothers rewrote the leaflet; not enough.", "Visiting hours.")),
    ("better", "riocedro", 20, ("I am asked first.", "My son sleeps at home.", "The road is long.")),
    ("reflection", "larkmeade", 32, ("Our form said abuser.", "We tested some and not others.", "We say it in the corridor, kindly, the same day.")),
    ("reflection", "reed", 31, ("Dirty and clean, for a test.", "We ask mothers and not fathers.", "The supervisor speaks with her.")),
)  # fmt: skip
#: Guide, words, partner, weeks until it is due (negative: ago), weeks ago when it was done, or None.
GUIDE_TASKS = (
    ("stigma", "New words on every intake form", "harbor_home_visiting", -20, 18),
    ("medication", "One card for the night shift: medication and nursing", "st_agnes", -1, None),
    ("missing", "Invite the fathers’ group to the core team", "pine_harbor_partnership", 5, None),
)
OUTREACH = (
    ("A table at the county fair in Stillwater", "harbor_home_visiting", True, -10, 9),
    ("A talk with the pastors of Upper Pine", "pine_harbor_partnership", True, 4, None),
    ("A spot in Spanish on the radio", "pine_first_years", False, 8, None),
)
#: Kind, weeks ago, words, weeks until the next, from then.
REVIEWS = (
    ("champions", 58, "Two we knew, and one from outside. Nobody yet for the hills.", 52),
    ("table", 70, "No Tribe, no school, no father sits here. We ask the Nation first.", 26),
    ("table", 44, "The Nation and the schools sit with us now. Fathers are missing still.", 26),
    ("table", 18, "The fathers’ group is asked. We look for somebody from the hills.", 26),
)
#: Partner, who, weeks ago, policies, outcomes, a task.
EQUITY = (
    ("st_agnes", "larkmeade", 50, "We found that testing was left to whoever was on shift. One rule stands now.",
     "Black and Native mothers had been tested more often. We look at it each quarter.", "Read the testing numbers each quarter"),
    ("riverbend", "thistlegate", 30, "Our hours kept those out who work by day.", "Women from the hills left earlier.",
    "An evening clinic on Wednesdays"),
    ("pine_children", "reed", 26, "Native families were offered fewer services at home.", "More of their children were placed.",
    "Ask the Nation first"),
)  # fmt: skip
KICK_OFF = {
    "riverbend": ("VISIT", "ROLES", "SERVICES", "REQUIREMENTS", "SUPPORTS", "PLAN"),
    "cedar_path": ("VISIT", "ROLES", "SERVICES"),
}
START = ("STRUCTURE", "PARTNERS", "VALUES")
#: Seats whose onboarding is not complete, with what is missing.
LATE = {"r-ferris": ("STIGMA", "NUMBERS"), "c-okonjo": ("CONFIDENTIALITY",)}
PROCESS = (
    "The two talk with each other, with the coordinator in the room: 10\nThe co-chairs hear both: 15\nA mediator from outside: 30",
    "The mediator of the family court, who works for no partner",
    "The chair of the oversight committee",
)
