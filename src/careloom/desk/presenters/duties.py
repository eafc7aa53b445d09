"""Verb-first words for what an agency owes, by kind of obligation. Names come from the page, never from the obligation."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as now
from django.utils.translation import gettext_lazy as _

from careloom.desk.presenters.case_duties import CASES
from careloom.desk.presenters.duty import Words


@dataclass(frozen=True, kw_only=True)
class About:
    """What a referral's obligation is about, as the reader may see it; empty texts when it is hidden from her."""

    need: str = ""
    org: str = ""


WORDS: Mapping[str, Words] = {
    "FIRST_CONTACT": Words(
        did=_("Reached"),
        before=_("Reach"),
        after=_("after going home"),
        do=_("Write down the contact"),
        why=_("The first contact after discharge."),
        icon="phone",
    ),
    "HOME_VISIT": Words(did=_("Visited"), before=_("Visit"), after=_("at home"), do=_("Write down the visit")),
    "REVIEW_DUE": Words(did=_("Held the review with"), before=_("Hold the review with"), do=_("Get ready")),
    "REVIEW_OVERDUE_SUPERVISOR": Words(
        before=_("See that a review is held with"),
        why=_("The review is late. You can take it, or hand the family to a colleague."),
        do=_("Open the plan"),
        read=True,
    ),
    "FAMILY_WITHOUT_NEXT": Words(
        did=_("Gave an owner and a next day to"),
        before=_("Give an owner and a next day to"),
        why=_("Nobody owns what comes next, or no day is set."),
        do=_("See what follows"),
    ),
    "UNREACHED": Words(
        did=_("Was in touch with"),
        before=_("Find another way to reach"),
        why=_("Several tries reached nobody. Losing touch is no reason for a report."),
        do=_("See how she was tried"),
    ),
    "SECTION_ASKED": Words(
        did=_("Approved a section of the plan of"),
        before=_("Write and approve your section of the plan of"),
        do=_("Open the section"),
        why=_("The lead asked your agency to answer for it."),
    ),
    "MEETING_AGREED": Words(
        did=_("Did what was agreed with"), before=_("Do what you agreed at the meeting with"), do=_("Read the minutes"), read=True
    ),
    "HER_VIEW": Words(before=_("Read what"), after=_("wrote beside the plan"), do=_("Read and answer"), read=True),
    "HER_GOAL": Words(before=_("Read the goal that"), after=_("changed"), do=_("Read it"), read=True),
    "HER_CHOICE": Words(before=_("Read what"), after=_("chose"), why=_("Her choice stands. Nothing is asked of her."), do=_("Read it"), read=True),
    "PLAN_RATED": Words(before=_("Read how the plan was for"), why=_("The plan is closed. She says how it was."), do=_("Read it"), read=True),
    "HER_BETWEEN": Words(before=_("Read how things are with"), why=_("She answered on her page between visits."), do=_("Read it"), read=True),
    "HER_THINGS": Words(
        before=_("Find things for the baby with"), why=_("She says on her page what she needs."), do=_("See what she needs"), read=True
    ),
    "MESSAGE_WAITING": Words(did=_("Read a message about"), before=_("Read a message about"), do=_("Read and answer")),
    "RIDE_ASKED": Words(before=_("Arrange a ride for"), why=_("She asked for it on her page."), do=_("Arrange the ride")),
    "VISIT_MOVE_ASKED": Words(before=_("Find another time with"), why=_("She asked for it on her page."), do=_("Pick a time")),
    "TEAM_JOINED": Words(
        did=_("Joined the care team of"),
        before=_("Get to know the plan of"),
        why=_("You are on the care team. She lets your agency see it."),
        do=_("Open the plan"),
        read=True,
    ),
    "LEAD_OFFERED": Words(did=_("Answered who leads for"), before=_("Answer whether you will lead the plan for"), do=_("Read and answer")),
    "LEAD_STAYS": Words(
        before=_("You still lead the plan for"), why=_("The other agency did not take the lead over."), do=_("Open the plan"), read=True
    ),
    "REFERRAL_WAITING": Words(did=_("%(org)s answered about %(need)s for"), before=_("%(org)s: %(need)s for"), do=_("See where it stands")),
    "REFERRAL_CALL": Words(
        did=_("Called %(org)s about %(need)s for"), before=_("Call %(org)s about %(need)s for"), do=_("Write down what they said"), icon="phone"
    ),
    "REFERRAL_ANSWER": Words(
        did=_("Answered a request for"), before=_("Answer a request from the care team of"), why=_("%(need)s"), do=_("Read and answer")
    ),
    "REFERRAL_PLAN_VISIT": Words(before=_("Plan a visit with"), why=_("%(need)s"), do=_("Pick a time")),
    "REFERRAL_VISIT": Words(
        did=_("%(org)s: the visit is known for"), before=_("Ask"), after=_("how the visit went"), why=_("%(org)s: %(need)s"), do=_("Write it down")
    ),
    "REFERRAL_SAY_VISIT": Words(before=_("Say whether"), after=_("came to the visit"), do=_("Say what happened")),
    "REFERRAL_OUTREACH": Words(
        before=_("Go and see"), after=_("about %(need)s"), why=_("Two visits did not happen. A visit in person may help."), do=_("Open")
    ),
    "REFERRAL_MISSED": Words(before=_("Call"), after=_("about %(need)s"), why=_("The visit with %(org)s did not happen."), icon="phone"),
    "REFERRAL_WAITLIST": Words(
        before=_("Look for another place than %(org)s for"), why=_("%(need)s. There is a waiting list."), do=_("See the others")
    ),
    "REFERRAL_SAY_ROOM": Words(before=_("Say whether there is room for"), do=_("Say how it stands")),
    "REFERRAL_ASK_FAMILY": Words(
        did=_("%(need)s: asked"), before=_("Ask"), after=_("whether %(org)s helped"), why=_("%(need)s"), do=_("Write down the answer")
    ),
    "REFERRAL_SAY_OUTCOME": Words(before=_("Say what came of the service for"), do=_("Say what happened")),
    "REFERRAL_HELP_PARTLY": Words(
        before=_("Call"), after=_("about %(need)s"), why=_("She answered “Partly” to “Did you get help?”"), do=_("Open"), icon="phone"
    ),
    "REFERRAL_HELP_NO": Words(
        did=_("Found a next step on %(need)s with"),
        before=_("Call"),
        after=_("about %(need)s"),
        why=_("She answered “No” to “Did you get help?”"),
        do=_("Open and call"),
        icon="phone",
    ),
    "REFERRAL_NEXT": Words(
        did=_("Chose the next service with"),
        before=_("Choose the next service with"),
        why=_("%(need)s. %(org)s could not take it."),
        do=_("Choose the next service"),
    ),
    "REFERRAL_NO_ANSWER": Words(before=_("Ask %(org)s again about %(need)s for"), do=_("Remind them")),
    "REFERRAL_REMINDER": Words(before=_("Answer the request for"), why=_("It was asked some days ago."), do=_("Read and answer")),
    "REFERRAL_REROUTE": Words(before=_("Choose another service with"), why=_("%(need)s. %(org)s has not answered."), do=_("Choose the next service")),
    "REFERRAL_CONSENT": Words(
        before=_("Ask"), after=_("whether %(org)s may know"), why=_("%(need)s. It is sent only if she says yes."), do=_("Open")
    ),
    "REFERRAL_CONSENT_ENDED": Words(
        before=_("Ask"), after=_("how to go on with %(need)s"), why=_("She stopped sharing, so %(org)s no longer sees it."), do=_("Open")
    ),
    "FINISH_NOTIFICATION": Words(before=_("Finish the birth notification for"), do=_("Go on with it")),
    "ANSWER_CHILD_WELFARE": Words(before=_("Answer child welfare’s question about"), do=_("Read and answer")),
    "CALL_CHILD_WELFARE": Words(before=_("Call the report line about"), do=_("Open the call sheet"), icon="phone"),
    "RECEIVED_NOTIFICATION": Words(before=_("Answer the notification about"), do=_("Read and answer")),
    "RECEIVED_IDENTIFIED": Words(before=_("Answer the notification about"), do=_("Read and answer")),
    "RECEIVED_REPORT": Words(before=_("Answer the report about"), do=_("Read and answer")),
    "RECORDS_ASKED": Words(
        did=_("Answered a request for records of"),
        before=_("Answer a request for records of"),
        why=_("Say to nobody whether she is known here before you have checked it."),
        do=_("Check it"),
    ),
    "RIGHTS_ASKED": Words(
        did=_("Answered what a patient asked:"),
        before=_("Answer what a patient asks:"),
        why=_("The law sets the time for it."),
        do=_("Read and answer"),
    ),
    "RIGHTS_REVIEW": Words(before=_("Have a denied copy reviewed for"), why=_("She asked for it. Somebody who took no part decides."), do=_("Open")),
    "RIGHTS_END": Words(before=_("End a limit on sharing for"), why=_("She asked for it on her own pages."), do=_("Open")),
    "RIGHTS_LATE": Words(
        before=_("See that a patient gets an answer:"), why=_("The time that the law sets is over."), do=_("Read and answer"), read=True
    ),
    "EXPUNGED_ELSEWHERE": Words(
        before=_("Decide whether you keep copies about"),
        why=_("An agency that had shared records expunged its own. Yours are yours to decide about."),
        do=_("Open"),
        read=True,
    ),
    "RECORD_CORRECTED": Words(
        before=_("Read a correction to a record of"), why=_("Its holder put it beside what you were given."), do=_("Read it"), read=True
    ),
    "EMERGENCY_REVIEW": Words(
        did=_("Reviewed an emergency look at"),
        before=_("Emergency look: review within 1 business day for"),
        why=_("Somebody opened your records in a medical emergency."),
        do=_("Review it"),
    ),
    "EMERGENCY_MANY": Words(
        before=_("Somebody of your own opened records in emergencies more than three times in a week, last for"),
        why=_("Ask what stands behind it before you conclude anything."),
        do=_("See the list"),
        read=True,
    ),
    "EMERGENCY_NOT_JUSTIFIED": Words(before=_("An emergency look was not justified:"), do=_("Look into it")),
    "BREACH_TOLD": Words(
        did=_("Assessed a disclosure about"),
        before=_("Assess a disclosure that was not permitted, and tell"),
        why=_("Without delay, and no later than 60 days after it was found."),
        do=_("See what follows"),
    ),
    "IDENTITY_REVIEW": Words(
        did=_("Looked at two records that may be of"),
        before=_("Look at two records that may be of"),
        why=_("You may read both. Say whether they are of one person."),
        do=_("See both"),
    ),
    "MORE_ASKED": Words(before=_("Somebody asks for more about"), why=_("Nothing is owed. Talk with her."), do=_("Read it")),
    "MORE_SHE_SAID_YES": Words(before=_("Bring a form to"), why=_("She said on her page that she wants to share more."), do=_("Open the form")),
    "CONSENT_ENDING": Words(
        before=_("Ask"), after=_("whether to go on sharing"), why=_("A consent ends soon. If she says no, it ends that day."), do=_("Open")
    ),
    "CONSENT_STOPPED": Words(
        before=_("Read what"),
        after=_("no longer shares"),
        read=True,
        do=_("Read it"),
        why=_("She stopped it on her own page, and it works already. Tell whoever you told by phone or on paper."),
    ),
    "SHARING_STOPPED": Words(
        before=_("Use and pass on no more of what was shared about"),
        read=True,
        do=_("Read what to do"),
        why=_("A consent by which your agency read something was stopped."),
    ),
    "CONSENT_HOLDS": Words(
        before=_("Ask"), after=_("whether a consent still holds"), why=_("It ends with an event. Nobody has asked about it for a year."), do=_("Open")
    ),
    "AGREEMENT_REVIEW": Words(before=_("Review"), thing=_("an agreement"), why=_("Its review is due. An agreement is reviewed every year.")),
    "AGREEMENT_ENDS": Words(
        before=_("Look at"), thing=_("an agreement"), why=_("Its last day comes near. What it carries stops then."), do=_("Open")
    ),
    "AGREEMENT_PARTNER": Words(before=_("Review"), thing=_("an agreement"), why=_("A new partner joined. See whether it should sign."), do=_("Open")),
    # What a worker promised by word of mouth; the practice county has some of each.
    "COPY_AT_BIRTH": Words(before=_("Bring the plan to the hospital for"), do=_("Open the plan")),
    "HOSPITAL_CARD": Words(before=_("Make a hospital card with"), do=_("Open the plan")),
    "NOTE": Words(before=_("Finish your note about"), do=_("Open the plan")),
    "RECORD": Words(before=_("Write down what was agreed with"), do=_("Open the plan")),
    "SUPPLIES": Words(before=_("See to crib and car seat for"), do=_("Open the plan")),
    "WAITING": Words(before=_("Hear from the other agency about"), do=_("Open the plan")),
    "CONSENT_RENEWAL": Words(before=_("Ask"), after=_("whether she goes on sharing"), do=_("Open the plan")),
    "VISIT_PLAN": Words(before=_("Plan a visit with"), do=_("Pick a time")),
    "TOUR": Words(before=_("Plan the birth center tour with"), do=_("Pick a time")),
    "SAFETY_SEE": Words(
        did=_("Saw the children of"), before=_("See each child and a caregiver of"), why=_("The safety assessment has begun."), do=_("Open")
    ),
    "SAFETY_REASSESS": Words(
        did=_("Saw again the children of"), before=_("Assess safety again:"), why=_("The safety plan was not kept. Within 24 hours."), do=_("Open")
    ),
    "SAFETY_FINISH": Words(did=_("Finished the safety assessment:"), before=_("Finish the safety assessment:"), do=_("Go on with it")),
    "SAFETY_RETURNED": Words(before=_("Look again at the safety assessment:"), why=_("Your supervisor gave it back with words."), do=_("Open")),
    "SAFETY_APPROVE": Words(did=_("Answered a safety assessment:"), before=_("Approve or give back the safety assessment:"), do=_("Read it")),
    "SAFETY_PLAN": Words(
        did=_("Agreed on a safety plan with"), before=_("Write the safety plan with"), why=_("There is a danger now."), do=_("Open")
    ),
    "SAFETY_SIGN": Words(did=_("Got the signatures for the safety plan of"), before=_("Get the safety plan signed by"), do=_("Open the plan")),
    "SAFETY_CONTACT": Words(did=_("Checked on the safety plan of"), before=_("Check on the safety plan of"), do=_("Write down the contact")),
    "SAFETY_ASSESSMENT": Words(before=_("Visit for the safety assessment:"), do=_("Open")),
    "TREATMENT_CONTACT": Words(
        did=_("Talked with"),
        before=_("Talk with"),
        after=_("about what helps now"),
        why=_("She returned to use, which is part of recovery. Nobody else was told, and nothing closes."),
        do=_("Open treatment"),
        icon="phone",
    ),
    "TREATMENT_TEST_REVIEW": Words(before=_("Review a test of"), why=_("Say what it means. No step follows from a result alone."), do=_("Review it")),
    "TREATMENT_OUTREACH": Words(before=_("Reach out to"), why=_("She left treatment. The door is open."), do=_("Open treatment"), icon="phone"),
    "STRESS_CHECK": Words(
        did=_("Asked how she is:"),
        before=_("Ask"),
        after=_("how she is"),
        why=_("Caring for a newborn makes recovery harder. There is no score."),
        do=_("Write down what she says"),
        icon="phone",
    ),
    "ADMISSION_ASKED": Words(did=_("Answered who asked to be admitted:"), before=_("Offer admission to"), do=_("Open")),
    "INTERIM_SERVICES": Words(
        did=_("Gave interim services to"),
        before=_("Give interim services to"),
        why=_("She is pregnant and waits. Within 48 hours of her asking."),
        do=_("Open"),
    ),
    "FORM_ALERT": Words(
        did=_("Acted on an answer of"),
        before=_("Act now on an answer of"),
        why=_("An answer on a form needs somebody at once. Write down what was done."),
        do=_("Open and write it down"),
        icon="phone",
    ),
    "OFFER_PLAN": Words(before=_("Offer a plan to"), do=_("Open")),
    **CASES,
}
OTHER = Words(before=_("Look after"), do=_("Open"))
REVIEWS = frozenset({"REVIEW_DUE"})


def words_of(kind: str) -> Words:
    """The words of a kind; plain ones for a kind that the desk has not learned yet."""
    return WORDS.get(kind, OTHER)


def filled(text: Any, *, about: About) -> str:
    """A text with the need and the organization in it, or plain words where they are hidden."""
    words = str(text) if text else ""
    if "%(" not in words:
        return words
    said = words % {"need": _lower(about.need) or now("a service"), "org": about.org or now("the service")}
    return said[:1].upper() + said[1:] if words.startswith("%(") else said


def _lower(text: str) -> str:
    """A title inside a sentence begins small, unless its first word is written in capitals."""
    first = text.partition(" ")[0]
    return text if len(first) > 1 and first.isupper() else text[:1].lower() + text[1:]
