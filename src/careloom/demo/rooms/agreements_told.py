"""What stands in the agreements of Pine and Harbor. Every person and place is made up."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class PartyOf:
    """A party by the key of its partner."""

    partner: str
    role: str = "MEMBER"
    contact: str = ""
    reach: str = ""
    signer: str = ""
    title: str = ""
    contract: str = ""
    manager: str = ""


Texts = dict[str, tuple[str, tuple[str, ...]]]

BAYLINE = PartyOf(
    partner="bayline", role="ME", contact="Odile Renner", reach="555-0240", signer="Terrence Vance", title="Chief executive", contract="ZZ-4410",
    manager="Priya Stonewell",
)  # fmt: skip
COASTAL = PartyOf(
    partner="coastal", role="CBC", contact="Wes Tolliver", reach="555-0241", signer="Marguerite Dove", title="Chief executive", contract="ZZ-2207",
    manager="Hollis Brandt",
)  # fmt: skip
ST_AGNES = PartyOf(
    partner="st_agnes",
    role="HOSPITAL",
    contact="Social work on call",
    reach="555-0242, day and night",
    signer="Helena Albright",
    title="Chief executive",
)
PINE_CHILDREN = PartyOf(partner="pine_children", contact="Liaison desk", reach="555-0243", signer="Carla Haverstock", title="Director")
PINE_HEALTH = PartyOf(partner="pine_health", contact="Nurse coordinator", reach="555-0244", signer="Dr. Miriam Osgood", title="Health officer")
CEDAR = PartyOf(partner="cedar_path", contact="Paul Greyhollow", reach="555-0155", signer="Paul Greyhollow", title="Program supervisor")
EARLY = PartyOf(partner="early_steps", contact="Intake desk", reach="555-0245", signer="Tamsin Oakhurst", title="Director")
RIVERBEND = PartyOf(partner="riverbend", role="PROGRAM", contact="Noor Copperlea", reach="555-0151")

PARTIES: dict[str, tuple[PartyOf, ...]] = {
    "working": (BAYLINE, COASTAL),
    "memorandum": (ST_AGNES, PINE_CHILDREN, PINE_HEALTH),
    "hospital": (ST_AGNES, PINE_CHILDREN),
    "communication": (PINE_HEALTH, PINE_CHILDREN, COASTAL),
    "schedule": (CEDAR, EARLY),
    "service": (RIVERBEND,),
}

FLOWS = (
    ("A barrier that a work group cannot lift", "Chair of the work group", "Core team", "Within 30 days", "The barrier’s page", "45 days"),
    ("New guidance", "Secretary of oversight", "Every partner’s contact", "On the day of issue", "Message with a receipt", "5 business days"),
    ("A question about one agency’s rule", "Any member", "That agency’s contact", "At any time", "Phone, then a note", "2 business days"),
)
TABLES: dict[str, dict[str, tuple[tuple[str, ...], ...]]] = {
    "working": {
        "STAFF": (("Lorna Quist", "Department, northwest region", "Read two drafts and came to the signing", "Spring of the first year"),),
        "SITE": (
            ("Pine County child welfare office", "Mondays and Wednesdays", "Coastal Community Care"),
            ("Harbor courthouse annex", "Thursdays", "Harbor court"),
        ),
        "HOLDER": (
            ("Dana Whitlock", "Riverbend, for Bayline", "The first year", "Substance Abuse Professional"),
            ("Second position, open since spring", "Cedar Path, for Bayline", "", "Substance Abuse Professional"),
        ),
    },
    "memorandum": {
        "ROLE": (
            ("Tells the mother and offers a plan", "Hospital social worker", "Her nurse", "Her doctor, if she agrees"),
            ("Writes the plan with her", "The agency that she chose to lead", "Everybody on her team", "Her, on paper"),
            ("Follows the plan", "The lead", "Home visitor", "The team at each review"),
            ("Counts and reports", "Coordinator", "Pine health department", "The state, without names"),
        ),
        "CHANGE": (("Plans may begin before birth", "The second spring", "Guidance of the oversight committee"),),
    },
    "hospital": {"FLOW": (("A birth to notify", "Social worker", "Pine children’s services", "Before discharge", "Careloom", "1 hour"),)},
    "communication": {"FLOW": FLOWS},
}  # fmt: skip

TEXTS: dict[str, Texts] = {
    "working": {
        "purpose": ("To serve as one the families whom child welfare and treatment both meet.", ()),
        "communication": (
            "A call within a business day about any shared family that has allowed it; a written note each week on what stands in the way.",
            (),
        ),
        "problems": ("Front line within 2 days, supervisors within 5, directors within 10, then the oversight committee.", ()),
        "inventory_plan": ("Each spring both parties list their services by place, payer and open places.", ()),
        "inventory_results": ("Twenty-three services, four of them with a wait of more than two weeks.", ()),
        "needs_plan": ("Needs that plans name are counted by month, without names, and set against the inventory.", ()),
        "needs_results": ("Rides, housing with children, and evening groups are named most often.", ()),
        "gaps": ("No residential place in Harbor County takes mother and child together.", ()),
        "methodology": ("The inventory form of the workgroup, and counts under 11 hidden.", ()),
        "workgroup": ("It takes up what stands in the way of families whom both serve, month by month.", ("integration",)),
        "workgroup_way": ("", ("MONTHLY", "ROTATES", "REMOTE", "REGION")),
        "position_outline": ("It engages parents in treatment, and joins what child welfare and treatment do for them.", ()),
        "position_label": ("", ("SAP",)),
        "position_owner": ("Bayline names, employs through its network and administers the position.", ("bayline",)),
        "position_planners": ("Planned with the regional staff of the Department.", ("coastal", "columbia_department")),
        "position_population": ("", ("CHILD_WELFARE", "UNSAFE_CHILD", "SUBSTANCE_USE")),
        "position_skills": ("", ("MOTIVATION", "FAMILY", "TREATMENT", "CHILD_SAFETY", "TRAVEL")),
        "position_definitions": (
            "Admitted with the first contact in which the parent takes part. Discharged when goals are met or she asks.",
            (),
        ),
        "position_admits": ("", ("FACE_TO_FACE", "HOME_VISIT", "VIDEO", "PHONE")),
        "position_discharges": ("", ("LINKED", "DECLINED", "CASE_CLOSED", "MOVED", "NO_CONTACT", "OTHER")),
        "position_provider": ("Riverbend and Cedar Path, contracted by Bayline; they sit with Coastal’s supervisors every week.", ()),
        "position_handover": (
            "The two former Family Intervention Specialists became this position on the first day; their open families were met within a week.",
            (),
        ),
        "audit": ("Both contact persons answer the thirteen questions each year, with evidence.", ()),
        "update": ("Looked at each year and whenever a partner joins or a law changes.", ()),
        "notice": ("Within ten business days, in writing, to the regional contract office.", ()),
    },
    "working_2": {
        "workgroup": ("It takes up what stands in the way of families whom both serve, month by month, and rides in each meeting.", ("integration",)),
        "inventory_results": ("Twenty-six services, two of them with a wait of more than two weeks.", ()),
        "gaps": ("No residential place in Harbor County takes mother and child together. Rides end at 6 in the evening.", ()),
    },
    "memorandum": {
        "basis": ("CAPTA as amended by CARA, the state’s law on plans of safe care, and a resolution of Eagle Nation’s council.", ()),
        "vision": ("Mothers and babies stay together, with a plan that the mother calls hers.", ()),
        "governance": ("Oversight committee, core team and work groups; consensus, then a vote.", ()),
        "resources": ("Each party gives a contact person and four hours a month.", ()),
        "training": ("New staff learn together twice a year.", ()),
        "referral": ("A pregnant woman is admitted first, and within 48 hours gets help while she waits.", ()),
        "plans": ("One plan, one lead, whom she chooses.", ()),
        "communication": ("A business day for an answer; the on-call line at night.", ()),
        "information": ("Only what she allows, and by data-sharing agreements of their own.", ()),
        "outcomes": ("Counted by quarter, small counts hidden.", ()),
        "access": ("Interpreters, ramps, and nobody turned away for medicine that treats opioid use disorder.", ()),
        "tribes": ("Eagle Nation decides on its families and its data.", ()),
        "disputes": ("Front line, supervisors, directors, oversight: 2, 5 and 10 business days.", ()),
        "joinder": ("A new partner signs a page; every party looks at the whole again.", ()),
        "update": ("By all parties in writing; one leaves with 60 days’ notice.", ()),
    },
    "hospital": {
        "told_first": ("That a plan is support, that nobody takes her baby because of it, and what is written down about her.", ()),
        "identified": ("Without her name, unless a report is due or she asks for a plan.", ()),
        "discharge": ("", ("NO_HOLD",)),
        "handoff": ("In the room, with the home visitor on the phone.", ()),
        "receipt": ("Within an hour, day and night.", ()),
    },
    "communication": {
        "governance": ("Oversight committee, core team, four work groups.", ()),
        "reporting": ("Work groups write to the core team each month, the core team to oversight each quarter.", ()),
        "after_hours": ("The on-call line of the county’s liaison desk.", ()),
        "disputes": ("After twice the agreed time the chair calls; after that the core team takes it up.", ()),
    },
    "schedule": {
        "purpose": ("So that a child’s referral is answered, and her plan says so.", ()),
        "authority": ("The mother’s consent, under 42 CFR 2.31.", ()),
        "method": ("In Careloom, as it happens; matched by the person whom both know.", ()),
        "consent": ("Each element flows only under a consent that names Early Steps.", ()),
        "access": ("Intake workers who were trained in 42 CFR part 2.", ()),
        "limits": ("", ("IMMIGRATION", "PROSECUTION", "EMPLOYMENT", "BENEFITS", "MODELS")),
        "onward": ("Nothing is passed on; the notice of 42 CFR 2.32 goes with each page.", ()),
        "security": ("Encrypted, two factors, every look logged.", ()),
        "retention": ("Kept for the time of the plan, then returned or destroyed with a note.", ()),
        "breach": ("A call within 24 hours, a letter within five days.", ()),
        "publication": ("Counts under 11 are hidden.", ()),
        "tribes": ("Data of a Tribe’s families stay the Tribe’s.", ()),
        "disputes": ("Directors within ten business days.", ()),
    },
}

COMMENTS = (
    ("reed", "flows", "Two business days are short in a week with a holiday.", ""),
    ("reed", "after_hours", "Who is told in the morning?", "The liaison desk, by a note before 9."),
)

# Question: answer, what shows it, what was found, what is done, by whom, and whether it is done.
ANSWERS = {
    "contacts": ("YES", "Both contact persons were called in the week of the audit.", "", "", "", False),
    "workgroup": (
        "PARTLY", "Minutes of eleven months.", "One month was missed when both leads were away.", "Name a second lead", "Odile Renner", True,
    ),
    "attendance": (
        "PARTLY", "Attendance of eleven meetings.", "Regional staff came to six of eleven.", "Send the link a week before", "Leah Harrowmere", True,
    ),
    "barriers": ("YES", "Nine raised, seven closed, 41 days in the middle.", "", "", "", False),
    "inventory": ("YES", "Inventory of this spring.", "", "", "", False),
    "gaps": (
        "PARTLY", "Rides began.", "No residential place for mother and child in Harbor County.", "Ask for two prices", "Terrence Vance", False,
    ),
    "position": ("PARTLY", "One of two positions is filled.", "The second stands open.", "Fill the second position", "Odile Renner", False),
    "episodes": ("YES", "Definitions of the agreement’s version.", "", "", "", False),
    "data_points": ("YES", "Delivered in each quarter.", "", "", "", False),
    "state_entry": ("YES", "Entered within two business days in most weeks.", "", "", "", False),
    "colocation": ("YES", "Days of the two sites.", "", "", "", False),
    "relevance": ("YES", "Looked at with both directors.", "", "", "", False),
    "notices": ("NONE", "", "", "", "", False),
}  # fmt: skip

SECTIONS = {
    "operation": "The agreement was in force all year in Pine and Harbor counties. Both contact persons stayed the same.",
    "workgroup": "The workgroup met in eleven months, led in turn by Bayline and Coastal, with Riverbend and Cedar Path at the table.",
    "barriers": "Nine barriers were raised and seven closed. Two went to the core team.",
    "inventory": "Twenty-three services were listed. Harbor County has no residential place for mother and child.",
    "position": "One position was held all year, beside child welfare on two days a week.",
    "clients": "Counts of each quarter are kept by the Department. Counts under 11 are hidden.",
    "audit": "The first self-audit is planned for the second year.",
    "changes": "The agreement did not change.",
    "next": "Rides after 6 in the evening, and the second position.",
}
