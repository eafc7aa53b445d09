"""Words of the pages on who may be one person."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

COMPARED = {
    "given_name": _("Given name"), "family_name": _("Family name"), "birth_date": _("Born"), "sex": _("Sex"), "address": _("Address"),
    "phone": _("Telephone"), "mother": _("Mother"), "birth_order": _("Order of birth"),
}  # fmt: skip
ANSWERS: dict[str, Any] = {
    "SAME": _("the same"), "CROSSED": _("given and family name stand crosswise"), "NICKNAME": _("a short form of the same name"),
    "ALIKE": _("written alike"), "SOMEWHAT": _("written somewhat alike"), "PART": _("one part of a double name is the same"),
    "SWAPPED": _("day and month stand crosswise"), "ONE_DIGIT": _("one digit differs"), "TWO_DIGITS": _("two digits differ"),
    "STREET": _("same house, street written alike"), "STREET_PLACE": _("same street, another house"),
    "NUMBER_PLACE": _("same house number and place"),
    "STREET_ONLY": _("same street name"), "PLACE": _("same place"), "NUMBER": _("same house number"), "OTHER": _("different"),
    "TWIN_ORDER": _("same mother and day, another place among twins"), "SAME_NAMES": _("same mother, same name"),
    "OTHER_NAME": _("same mother, another name: perhaps brother or sister"), "SIBLING": _("same mother, another day: perhaps brother or sister"),
    "SIBLING_ALIKE": _("mothers alike, another day: perhaps brother or sister"), "BORN": _("mothers born the same day"),
    "NAME": _("mothers of the same name"),
}  # fmt: skip
SURENESS = {"VERY_LIKELY": _("Very likely one person"), "LIKELY": _("Likely one person"), "POSSIBLE": _("Perhaps one person")}
STATES = {"OPEN": _("To be looked at"), "LATER": _("Put off"), "SAME": _("One person"), "NOT_SAME": _("Two people")}
NOT_BECAUSE = {
    "TWINS": _("Twins, or brother and sister"),
    "RELATIVES": _("Relatives, such as mother and daughter"),
    "SAME_NAME": _("Two people who share a name"),
    "OTHER_FACTS": _("Other facts show two people"),
}
UNDO_BECAUSE = {"TWO_PEOPLE": _("They are two people"), "TOO_SOON": _("It was said too soon, somebody should look again")}
JOINED_BECAUSE = {
    "MATCH_REVIEW": _("Somebody looked at both records"), "HER_CODE": _("She showed her code"), "CONSENT": _("Her consent said who she is"),
}  # fmt: skip
SEARCHES = {"QUEUED": _("Waits for its turn"), "RUNNING": _("Runs"), "STOPPED": _("Stopped"), "DONE": _("Done")}
GAPS = {
    "NOT_ALLOWED": _("Your role may not say this. Ask your supervisor."),
    "ANSWERED": _("A colleague has answered this already."),
    "BECAUSE": _("Choose a reason to go on."),
    "DAY": _("Choose a day after today."),
    "SAME": _("These records are of one person already."),
    "GONE": _("One of them was joined with another person meanwhile. Look at the list again."),
    "TWICE": _("Your agency keeps a way to reach her safely for both. Settle on one of them first, on the family pages."),
    "LATER": _("A later join rests on this one. Take that one back first."),
    "NOT_FOUND": _("This join is not there any more."),
    "OVER": _("This search is over. Start a new one."),
    "OTHER": _("Another search waits or runs. One at a time."),
}


def gap(code: str) -> Any:
    """What an action found missing, in words."""
    return GAPS.get(code, code)
