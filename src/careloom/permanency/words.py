"""What the codes of a case are called for workers. Codes stay in the database; people read these. Her own page has words of its own."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _

KINDS: dict[str, Any] = {
    "VOLUNTARY_IN_HOME": _("Voluntary, at home"),
    "COURT_IN_HOME": _("At home, under a court"),
    "REMOVAL": _("Child in care"),
}
KIND_HINTS: dict[str, Any] = {
    "VOLUNTARY_IN_HOME": _("She wants help and agrees to it. Custody stays with the parent."),
    "COURT_IN_HOME": _("A court supervises. Custody stays with the parent."),
    "REMOVAL": _("A removal is being asked for. It is recorded on its own page, after a completed safety assessment."),
}
OUTCOMES: dict[str, Any] = {
    "GOALS_MET": _("The goals are met"), "RETURNED": _("Home again"), "SERVED_ELSEWHERE": _("Others go on with the family"),
    "PARENT_ENDED": _("The parent ended a voluntary case"), "OTHER_PERMANENCY": _("Another permanent home"), "MISTAKE": _("Opened by mistake"),
}  # fmt: skip
RESOURCES: dict[str, Any] = {
    "MONEY": _("Money for one need"), "RIDES": _("Rides"), "CHILD_CARE": _("Child care"), "HOUSING": _("Help with housing"),
    "SUPPLIES": _("Things for the baby"), "PARENTING": _("Someone who helps at home"), "RECOVERY": _("Support for recovery"),
    "OTHER": _("Something else"),
}  # fmt: skip
ITEMS: dict[str, Any] = {"GOAL": _("Goal"), "SERVICE": _("Service"), "STEP": _("Step")}
WHO: dict[str, Any] = {"PARENT": _("The parent"), "AGENCY": _("The agency"), "PROVIDER": _("The provider")}
FITS: dict[str, Any] = {"YES": _("Realistic"), "WITH_CHANGE": _("Realistic with a change"), "NO": _("Not realistic now")}
ITEM_STATES: dict[str, Any] = {"OPEN": _("Open"), "DONE": _("Reached"), "DROPPED": _("Taken out")}
SIGNED: dict[str, Any] = {"SIGNED": _("Signed"), "SPOKEN": _("Agreed by word of mouth"), "NOT_SIGNED": _("Not signed")}
COPIES: dict[str, Any] = {"PARENT": _("The parent"), "PROVIDER": _("A provider, with her consent"), "COURT": _("The court")}
REVIEWS: dict[str, Any] = {"CASE": _("Case review"), "SIX_MONTHS": _("Six-month review")}
SAFE: dict[str, Any] = {"YES": _("Nothing new on safety or risk"), "LOOK": _("Look at safety again now")}
AUTHORITIES: dict[str, Any] = {
    "COURT_ORDER": _("A court order"), "EMERGENCY": _("An emergency, before a court could be asked"),
    "AGREEMENT": _("A voluntary agreement with the parent"),
}  # fmt: skip
ENTERED: dict[str, Any] = {"FINDING": _("the first finding of the court"), "SIXTY_DAYS": _("sixty days after the removal")}
EXITS: dict[str, Any] = {
    "REUNIFIED": _("Home with the parent"), "RELATIVE": _("Living with relatives"), "LEGAL_CUSTODY": _("Legal custody of kin"),
    "GUARDIANSHIP": _("Guardianship"), "ADOPTION": _("Adoption"), "TRANSFER": _("Another agency or a Tribe"), "OTHER": _("Something else"),
}  # fmt: skip
NO_FILING: dict[str, Any] = {
    "KIN": _("A relative cares for the child (42 USC 675(5)(E)(i))"),
    "COMPELLING": _("A compelling reason is documented in the case plan ((E)(ii))"),
    "NO_SERVICES": _("The services of the case plan were not given ((E)(iii))"),
}
#: Least restrictive first. Living with the mother in residential treatment comes before all: the two stay together.
SETTINGS: dict[str, Any] = {
    "WITH_PARENT": _("With the mother in residential family treatment"), "RELATIVE": _("A relative"), "KIN": _("Kin or a close friend"),
    "FOSTER": _("Foster family"), "GROUP": _("Group home"), "HOSPITAL": _("Hospital, for care that it needs"),
}  # fmt: skip
LEAST_FIRST = ("WITH_PARENT", "RELATIVE", "KIN", "FOSTER", "GROUP")
PLACEMENT_ENDS: dict[str, Any] = {
    "HOME": _("The child went home"), "CLOSER": _("A home closer to the family"), "CAREGIVER": _("The caregiver asked"),
    "NEED": _("The child needed something else"), "OTHER": _("Something else"),
}  # fmt: skip
SIBLINGS: dict[str, Any] = {"YES": _("Together with brothers and sisters in care"), "NO": _("Apart from them"), "NONE": _("There are none in care")}
CUSTODY: dict[str, Any] = {
    "PARENT": _("The parent"), "SUPERVISION": _("The parent, with protective supervision"), "EMERGENCY": _("Emergency or shelter care"),
    "TEMPORARY_AGENCY": _("Temporary custody of the agency"), "TEMPORARY_RELATIVE": _("Temporary custody of a relative"),
    "LEGAL_KIN": _("Legal custody of kin"), "GUARDIAN": _("Guardianship"), "PERMANENT_AGENCY": _("Permanent custody of the agency"),
    "ADOPTED": _("Adopted"), "PLANNED": _("Planned permanent home"),
}  # fmt: skip
PAUSES: dict[str, Any] = {"TRIAL_HOME_VISIT": _("Home on trial"), "RUNAWAY": _("Away without leave")}
HEARINGS: dict[str, Any] = {
    "SHELTER": _("Shelter care hearing"), "ADJUDICATION": _("Adjudication"), "DISPOSITION": _("Disposition"), "REVIEW": _("Review hearing"),
    "PERMANENCY": _("Permanency hearing"), "TERMINATION": _("Hearing on parental rights"), "TREATMENT": _("Family treatment court"),
}  # fmt: skip
PATHS: dict[str, Any] = {
    "REUNIFY": _("Home with the parent"), "EXTEND": _("More time, with a reason"), "LEGAL_CUSTODY": _("Legal custody of kin"),
    "GUARDIANSHIP": _("Guardianship"), "ADOPTION": _("Adoption"), "TERMINATE": _("End parental rights"), "PLANNED": _("A planned permanent home"),
    "CONTINUE": _("Go on as it is"),
}  # fmt: skip
EXTENSIONS: dict[str, Any] = {
    "TREATMENT": _("Progress in treatment"), "CASE_PLAN": _("Progress on the case plan"), "SERVICES": _("Services came late"),
    "OTHER": _("Another reason"),
}  # fmt: skip
ORDERS: dict[str, Any] = {
    "SHELTER": _("Shelter care"), "CUSTODY": _("Custody"), "DISPOSITION": _("Disposition"), "EXTENSION": _("Extension"), "VISITS": _("Visits"),
    "NO_EFFORTS": _("Efforts to reunify not required"), "RETURN": _("Return home"), "GUARDIANSHIP": _("Guardianship"),
    "TERMINATION": _("Parental rights ended"), "ADOPTION": _("Adoption"), "OTHER": _("Another order"),
}  # fmt: skip
TOLD: dict[str, Any] = {"LETTER": _("By letter"), "PHONE": _("By telephone"), "PERSON": _("In person")}
NOT_TOLD: dict[str, Any] = {"VIOLENCE": _("Not told, because of violence at home"), "NOT_FOUND": _("Could not be found")}
KIN_ANSWERS: dict[str, Any] = {"HOME": _("Can offer a home"), "CONTACT": _("Wants to keep contact"), "NO": _("Does not want to take part")}
VISITS: dict[str, Any] = {"PLANNED": _("Planned"), "HELD": _("Held"), "MISSED": _("Missed")}
WHOSE: dict[str, Any] = {
    "PARENT": _("The parent"),
    "AGENCY": _("The agency"),
    "CAREGIVER": _("The caregiver"),
    "OTHER": _("Somebody else, or the weather"),
}
ASKED: dict[str, Any] = {"MOTHER": _("The mother"), "FATHER": _("The father"), "CUSTODIAN": _("An Indian custodian"), "RELATIVE": _("Relatives")}
SIGNS: dict[str, Any] = {
    "SAID": _("Somebody in the case says that the child is an Indian child"), "FOUND": _("Information was found that says so"),
    "CHILD_SAID": _("The child says so"), "HOME": _("The child or a parent lives on a reservation or in an Alaska Native village"),
    "WARD": _("The child is or was a ward of a Tribal court"), "CARD": _("A parent or the child has an identity card of a Tribe"),
}  # fmt: skip
PROCEEDINGS: dict[str, Any] = {
    "FOSTER_CARE": _("Foster care placement"), "TERMINATION": _("Ending of parental rights"), "PREADOPTIVE": _("Placement before adoption"),
    "ADOPTION": _("Adoption"),
}  # fmt: skip
TRIBE_ANSWERS: dict[str, Any] = {
    "JOINS": _("The Tribe takes part"), "TRANSFER": _("The Tribe asks that its own court hears the case"),
    "NOT_OURS": _("Not a member and not eligible"),
    "NO": _("The Tribe does not take part now"),
}  # fmt: skip
EFFORTS: dict[str, Any] = {
    "ASSESS": _("Looked at the family's situation with the Tribe"), "SERVICES": _("Helped the family to get services"),
    "KIN": _("Looked for extended family"),
    "CULTURE": _("Services of the Tribe and its ways"), "TOGETHER": _("Kept brothers and sisters together"),
    "VISITS": _("Visits in the most natural setting"),
    "BARRIER": _("Took something out of the way"), "OTHER": _("Another effort"),
}  # fmt: skip
TREATMENT_ENDS: dict[str, Any] = {"GRADUATED": _("She finished"), "LEFT": _("She left"), "ENDED": _("The court ended it")}
SECTIONS: dict[str, Any] = {
    "CHILD": _("The child and the family"), "CASE": _("The case"), "REMOVAL": _("Removal and reasons"), "PLACEMENT": _("Custody and placement"),
    "PLAN": _("Case plan"), "SERVICES": _("Services"), "TREATMENT": _("Treatment"), "VISITS": _("Visits"), "HEARINGS": _("Hearings and reviews"),
    "EFFORTS": _("Efforts"), "CLOCK": _("Time in care"), "RECOMMENDATION": _("Recommendation"),
}  # fmt: skip

GAPS: dict[str, Any] = {
    "REASON": _("Say why, in a sentence or two."),
    "DECIDED_LATER": _("The day cannot lie ahead."),
    "LATER": _("The day cannot lie ahead."),
    "ONE_OPEN": _("This family has an open case already. Go on in that one."),
    "CHILD": _("Choose the child."),
    "CRITERION": _("Say how you will both know that the goal is reached."),
    "BY_ON": _("Give the goal a day."),
    "PROVIDER": _("Choose the provider whose work it touches, or say that it touches none."),
    "NO_SHARE": _("That agency cannot read the case plan. Ask her for a consent first, or write down what the provider said to you."),
    "WITNESS": _("Name who was there when she agreed."),
    "NO_GOAL": _("Write at least one goal and one step with her before it is signed."),
    "NO_FIT": _("A goal still waits for the provider's word whether it is realistic. Ask for it, or change the goal."),
    "HER_COPY": _("Give the parent her copy."),
    "NOT_UNSAFE": _("A removal needs a completed safety assessment that says unsafe for this child. Complete it, have it approved, and come back."),
    "INSUFFICIENT": _("Say what less restrictive was tried or weighed, and why it was not enough."),
    "IN_CARE": _("This child is in care already."),
    "NOT_IN_CARE": _("This child is not in care."),
    "SKIPPED": _("Explain why each less restrictive setting was not used."),
    "TOGETHER": _("Say whether brothers and sisters in care live together."),
    "BEFORE": _("The day lies before the beginning. Compare both."),
    "STILL_OPEN": _("A child is still in care. Record how that ended first."),
    "TOO_MANY": _("No further extension is possible: the most that this place allows were given."),
    "TOO_LONG": _("An extension cannot be longer than this place allows."),
    "NOT_LATER": _("The new day must be later than the one that runs now."),
    "ORDER": _("An extension needs the court's order. Keep the order first."),
    "EVIDENCE": _(
        "Progress in treatment may be shown to the court only with a consent or an order for it. None is in force; ask her, or choose another reason."
    ),
    "WHOSE": _("Say whose reason it was."),
    "WORDS": _("Write what was found."),
    "FILED": _("Write the day on which the recommendation was filed."),
    "TOLD": _("Say how the relative was told, or why not."),
    "ASKED": _("Mark who was asked."),
    "TRIBE": _("Name the Tribe."),
    "RECEIPT": _("Write the number of the registered letter."),
    "TOO_EARLY": _(
        "The Tribe must have at least ten days after it received notice, and twenty more when it asks. Choose a later day (25 USC 1912(a))."
    ),
    "NO_NOTICE": _("A Tribe was named and its notice has not been received. Send it, or record its receipt, before this hearing (25 USC 1912(a))."),
    "NOT_LAST": _("A later one follows it. Take that one back first."),
    "IN_USE": _("Something that stands rests on it. Take that back first."),
    "OVER": _("This hearing was held or cancelled already. Look at how it stands."),
    "CLOSED": _("This case is closed. Open a new one with its own reason."),
    "ENROLLED": _("She is in a family treatment court already. Go on there."),
    "ENDED": _("Her time in that court is over."),
    "NO_ANSWER_SHARE": _("Your answer would tell child welfare that you know her. Ask her for a consent toward child welfare first."),
    "NO_REASON": _("Ask the questions about a Tribe first, and keep the answers. A notice goes out where there is reason to know."),
    "NOT_PERMITTED": _("The rules do not let this notice go to that agency. Ask your privacy officer."),
    "CONTACT": _("Name the worker of the Tribe who takes part."),
    "ENDED_BECAUSE": _("Say why the placement before ends."),
    "ANSWER": _("Choose what the relative answered."),
    "NOTHING": _("Choose or write at least one thing."),
}


def code(value: str, *, among: Mapping[str, Any]) -> str:
    """The words of a code; nothing for an unknown one."""
    return str(among.get(value, ""))


def gap(value: str) -> Any:
    """What to do next where an action was refused."""
    return GAPS.get(value, _("Check what you wrote."))
