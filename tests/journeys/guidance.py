"""What a coordinator fills in on the path of Guidance 19: the partners, and for each thing that the agreement lacks the values that mend it."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

PARTNERS = {"Bayline": "MENTAL_HEALTH", "Coastal": "CHILD_WELFARE", "House of Hope": "SUBSTANCE_USE"}
PARTIES = ("Bayline", "Coastal")
SIGNS = {"signer_name": "Ada Reed", "signer_title": "Director"}
FILED = {"contract": "ZZ-17", "manager": "Cy Moss"}
SPEAKS = {"contact_name": "Ada Reed", "contact_reach": "555-0100"}


Mend = tuple[str, str, dict[str, Any]]
EMPTY = "Not filled in yet."
STAFF = "Department regional staff who took part"


def _text(label: str) -> Mend:
    return label, EMPTY, {"text": f"{label}, as both agreed."}


GROUP, WAY = "The ongoing workgroup, with subcontractors", "How the workgroup works"
OWNER, LABEL, FOR = "Who answers for the position", "As it stands in the state system", "Which families it is for"
SKILLS, TERM = "Skills and resources to engage the whole family", "First day, last day and yearly review"
CONTACTS, SIGNERS = "A nominated contact person at each party", "Who signs for each party"
FILING = "The contract manager of each party, who gets the final copy"
AGREED = (
    "When a family is admitted and discharged", "The contracted network provider, and how it works with the lead agency",
    "Self-audit and review: who, how often, by which questions", "How this agreement is reviewed and changed", "How the Department hears of a change",
)  # fmt: skip
#: What the page says is missing, in which words, and what is filled in where its link leads. Some are mended by half first: then it says the rest.
MENDS: list[Mend] = [
    ("Parties", "Nobody is a party as: Managing Entity", {"partner_id": "Bayline"}),
    ("Parties", "It takes at least two parties.", {"partner_id": "Coastal", "role": "CBC"}),
    *(
        (head, f"{says} {name}", values)
        for name in PARTIES
        for head, says, values in (
            (CONTACTS, "No contact person is nominated at:", SPEAKS),
            (SIGNERS, "Nobody is named who signs for:", SIGNS),
            (FILING, "No contract and contract manager are named for:", FILED),
        )
    ),
    ("Geographic area", EMPTY, {"places": "Pine"}),
    (STAFF, EMPTY, {"cell_0": "Bo Lane", "cell_1": "Northwest region", "cell_2": "Read the draft", "cell_3": "In March"}),
    *(_text(label) for label in ("Purpose: the families whom both parties serve", "How we communicate", "How problems are resolved")),
    _text("System inventory: the plan"),
    ("System inventory: the results", EMPTY, {}),  # drafted from the inventory: she keeps it as it stands
    _text("Needs assessment: the plan"),
    ("Needs assessment: the results", EMPTY, {}),
    *(_text(label) for label in ("Gaps that were found", "How they were found")),
    (GROUP, EMPTY, {"ticks": ("Pine workgroup",), "text": "Barriers of the families whom both serve."}),
    (GROUP, "The workgroup has no member of: Bayline", {"name": "Ada Reed", "partner_id": "Bayline"}),
    (GROUP, "The workgroup has no member of: Coastal", {"name": "Bo Lane", "partner_id": "Coastal"}),
    (GROUP, "The workgroup has no member of a service provider.", {"name": "Gus Quill", "partner_id": "House of Hope"}),
    (WAY, EMPTY, {"codes": ["MONTHLY"]}),
    (WAY, "The document demands this choice: The lead rotates", {"codes": ["ROTATES"]}),
    (WAY, "The document demands this choice: One can take part by video or phone", {"codes": ["REMOTE"]}),
    _text("Outline of the integration position"),
    (LABEL, EMPTY, {"codes": ["SAP"]}),
    (OWNER, EMPTY, {"ticks": ("Coastal",)}),
    (OWNER, "This has to be the party that is: Managing Entity", {"ticks": ("Bayline",)}),
    ("Who plans it with them", EMPTY, {"ticks": ("Coastal",), "text": "With the regional staff."}),
    (FOR, EMPTY, {"codes": ["CHILD_WELFARE"]}),
    (FOR, "The document demands this choice: A child was found unsafe", {"codes": ["UNSAFE_CHILD"]}),
    (SKILLS, EMPTY, {"codes": ["MOTIVATION", "FAMILY"]}),
    ("The first contact that admits", EMPTY, {"codes": ["FACE_TO_FACE", "HOME_VISIT"]}),
    ("The reasons that discharge", EMPTY, {"codes": ["LINKED", "MOVED"]}),
    *(_text(label) for label in AGREED),
    ("Annual report to the Department", EMPTY, {"frequency": "YEARLY", "report_due_on": timedelta(days=300)}),
    (TERM, EMPTY, {"starts_on": timedelta(0)}),
    (TERM, "The last day is not set.", {"ends_on": timedelta(days=730)}),
    (TERM, "The day of the yearly review is not set.", {"review_on": timedelta(days=365)}),
]  # fmt: skip
