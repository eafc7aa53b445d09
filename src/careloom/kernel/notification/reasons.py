"""Why the router answered as it did. Each reason has one sentence, one key and its authority."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import Enum

CAPTA_NOTIFY = "42 USC 5106a(b)(2)(B)(ii)"
CAPTA_PLAN = "42 USC 5106a(b)(2)(B)(iii)"


class ReasonCode(Enum):
    """A reason: its English sentence (with named blanks) and its citation, if the law speaks."""

    NOTIFY_NONE = ("No notification is needed for these facts.", CAPTA_NOTIFY)
    NOTIFY_DEIDENTIFIED = (
        "The state receives a count without names, place or date. It cannot point to this family.",
        CAPTA_NOTIFY,
    )
    NOTIFY_IDENTIFIED = (
        "The notification names the family. It is not by itself a report of abuse or neglect.",
        CAPTA_NOTIFY,
    )
    PACK_IDENTIFIES = (
        "This jurisdiction asks for {fields}. A birth could be recognized from that, so this notification counts as identified.",
        "45 CFR 164.514(b)(2)",
    )
    PART2_NEEDS_CONSENT = (
        "A notification with names is not a child-abuse report. Facts that came from a substance "
        "use treatment program stay out of it unless she consents in writing.",
        "42 CFR 2.31",
    )
    REPORT_NONE = ("This is not a child-abuse report.", CAPTA_NOTIFY)
    REPORT_MADE = (
        "A report to child protective services is made as well. It is a separate record.",
        "",
    )
    PLAN_OFFERED = (
        "A plan of safe care is offered. It is hers, and she can say not now.",
        CAPTA_PLAN,
    )
    PLAN_NOT_ASKED = ("These facts do not call for a plan of safe care.", CAPTA_PLAN)
    LEAD_IS = ("The plan would be led by {lead}. She may choose another.", "")
    TRIBE_LEADS = (
        "There is reason to know that the child is an Indian child, so the Tribe may lead the plan and name it.",
        "25 CFR 23.107",
    )
    DUE_NOW = ("It is due at once.", "")
    DUE_BY = ("It is due by {when}.", "")
    DUE_BY_DAY = ("It is due by the end of {day}.", "")
    DUE_BEFORE_DISCHARGE = ("It is due before the infant goes home.", "")
    REPORT_DUE_NOW = ("The report is due at once, by phone.", "")
    REPORT_DUE_BY = ("The report is due by {when}.", "")
    REPORT_DUE_BY_DAY = ("The report is due by the end of {day}.", "")

    NO_EXPOSURE = ("No exposure and no sign in the infant was recorded.", CAPTA_NOTIFY)
    MEDICATION_AS_DIRECTED = (
        "Every exposure was to medication that was prescribed and taken as directed.",
        "",
    )
    TREATMENT_MEDICATION = (
        "Medication for opioid use disorder is treatment. It is not counted against her.",
        "",
    )
    NOT_AS_DIRECTED = ("Medication was taken otherwise than prescribed.", "")
    NOT_PRESCRIBED = ("A substance was used that was not prescribed.", "")
    ALCOHOL_OR_CANNABIS = ("Alcohol or cannabis was used in pregnancy.", "")
    UNSURE_STAYS_UNSURE = (
        "Something about a prescription is unsure. It is kept as unsure and not counted against her.",
        "",
    )
    WITHDRAWAL_SEEN = ("The infant shows or was treated for withdrawal.", CAPTA_NOTIFY)
    FASD_SEEN = ("The infant has signs of a fetal alcohol spectrum disorder.", CAPTA_NOTIFY)
    IN_TREATMENT = ("She is in treatment or waiting for it.", "")
    NOT_IN_TREATMENT = ("She is not in treatment now.", "")
    SILENCE_IS_NO_ANSWER = (
        "She did not say whether she is in treatment. That is her right and raises nothing.",
        "42 CFR 2.13(c)",
    )
    SAFETY_CONCERN = ("The worker recorded a safety concern and explained it.", "")
    SAFETY_CONCERN_UNEXPLAINED = ("The worker recorded a safety concern.", "")
    DECLINING_RAISES_NOTHING = (
        "She said not now to a plan. Declining a plan alone never raises the level.",
        "",
    )
    RULE_SAYS = ("{says}", "")
    RULE_NOT_REVIEWED = (
        "This rule has not been checked by counsel of the jurisdiction. Ask before relying on it.",
        "",
    )

    TELL_HER_FIRST = ("Tell her what is shared before you send it, or record why not.", "")
    EXPLAIN_CONCERN = ("Explain the safety concern in a sentence before you send it.", "")

    @property
    def sentence(self) -> str:
        """The English sentence, with named blanks."""
        return self.value[0]

    @property
    def citation(self) -> str:
        """The authority, or an empty string where it is a product rule."""
        return self.value[1]

    @property
    def message_key(self) -> str:
        """The key under which packs keep this sentence in other languages."""
        return f"notification.{self.name}"


@dataclass(frozen=True, kw_only=True, slots=True)
class Reason:
    """A reason with its blanks filled. `params` fills the same blanks in another language."""

    code: ReasonCode
    params: dict[str, str] = field(default_factory=dict)

    @property
    def sentence(self) -> str:
        """The plain English sentence."""
        return self.code.sentence.format(**self.params)

    @property
    def message_key(self) -> str:
        """The key for translation."""
        return self.code.message_key

    @property
    def citation(self) -> str:
        """The authority, or an empty string."""
        return self.code.citation
