"""The words of the agreements' codes, and of what an action refuses."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

KINDS: dict[str, Any] = {
    "WORKING": _("Working agreement"),
    "MOU": _("Memorandum of understanding"),
    "DATA_SHARING": _("Data-sharing agreement"),
    "QSOA": _("Service agreement with a treatment program (QSOA)"),
    "COMMUNICATION": _("Communication protocol"),
    "HOSPITAL": _("Hospital protocol"),
}
STATES: dict[str, Any] = {
    "NEEDED": _("Needed"),
    "DRAFT": _("Being written"),
    "PARTNER_REVIEW": _("With the partners"),
    "LEGAL": _("With counsel"),
    "APPROVED": _("Approved"),
    "SIGNING": _("Being signed"),
    "EXECUTED": _("In force"),
    "AMENDMENT": _("In force, being amended"),
    "EXPIRED": _("Ran out"),
    "TERMINATED": _("Ended"),
}
MOVES: dict[str, Any] = {
    "DRAFT": _("Write on it"),
    "PARTNER_REVIEW": _("Give it to the partners"),
    "LEGAL": _("Give it to counsel"),
    "APPROVED": _("Counsel approved it"),
    "SIGNING": _("Open it for signing"),
    "AMENDMENT": _("Amend it"),
}
ROLES: dict[str, Any] = {
    "ME": _("Managing Entity"),
    "CBC": _("Community-based care lead agency"),
    "DEPARTMENT": _("Department"),
    "PROGRAM": _("Treatment program"),
    "SERVICE": _("Service organization"),
    "HOSPITAL": _("Hospital"),
    "MEMBER": _("Partner"),
}
GROUPS: dict[str, Any] = {
    "who": _("Who agrees"),
    "work": _("How we work"),
    "inventory": _("Inventory, needs and gaps"),
    "workgroup": _("The workgroup"),
    "position": _("The integration position"),
    "data": _("Data"),
    "people": _("People"),
    "keeping": _("Keeping it true"),
}
#: The columns of an agreement's tables. The first one is always asked for.
TABLES: dict[str, tuple[Any, ...]] = {
    "STAFF": (_("Name"), _("Office"), _("How they took part"), _("When")),
    "SITE": (_("Site"), _("Days"), _("Who hosts")),
    "HOLDER": (_("Name"), _("Employer"), _("Since"), _("In the state system as")),
    "ROLE": (_("Step"), _("Who does it"), _("Who helps"), _("Who is told")),
    "FLOW": (_("What"), _("Who tells"), _("Whom"), _("When"), _("How"), _("Answer within")),
    "CHANGE": (_("What changed in practice or policy"), _("Since when"), _("Why")),
}
TABLE_NAMES: dict[str, Any] = {
    "STAFF": _("Department regional staff"),
    "SITE": _("Days beside child welfare"),
    "HOLDER": _("Who holds the position"),
    "ROLE": _("Who does what"),
    "FLOW": _("Who tells whom"),
    "CHANGE": _("Changes of practice and policy since the last version"),
}
FREQUENCIES: dict[str, Any] = {"YEARLY": _("Once a year"), "HALF_YEARLY": _("Twice a year"), "QUARTERLY": _("Four times a year")}
BECAUSE: dict[str, Any] = {
    "YEARLY": _("A year has passed"),
    "JOINED": _("A partner joined"),
    "LAW": _("A law or policy changed"),
    "DEFINITIONS": _("What we call progress and success"),
}
OUTCOMES: dict[str, Any] = {
    "NO_CHANGE": _("It is still right. Nothing changes."),
    "AMEND": _("It is still needed and has to change."),
    "END": _("It is no longer needed."),
}
SAYS: dict[str, Any] = {"YES": _("Yes"), "PARTLY": _("In part"), "NO": _("No"), "NONE": _("Does not apply")}
SECTIONS: dict[str, Any] = {
    "operation": _("How the agreement worked"),
    "workgroup": _("The workgroup"),
    "barriers": _("Barriers and what became of them"),
    "inventory": _("Inventory and gaps"),
    "position": _("The integration position"),
    "clients": _("Families served, with counts under 11 hidden"),
    "audit": _("What the self-audit found"),
    "changes": _("Changes of the agreement"),
    "next": _("Next year"),
}
CARRIED: dict[str, Any] = {
    "NOT_YET": _("Carries nothing before every party has signed"),
    "BEGINS": _("Begins on %(day)s"),
    "IN_FORCE": _("In force until %(day)s"),
    "LAPSED": _("Closed since %(day)s, for its review is late. The keeper of papers of who gives reviews it in the register."),
    "ENDED": _("No longer in force"),
}
WHY: dict[str, Any] = {
    "EMPTY": _("Not filled in yet."),
    "DEMANDED": _("The document demands this choice:"),
    "FEW_PARTIES": _("It takes at least two parties."),
    "ROLE": _("Nobody is a party as:"),
    "OWNER": _("This has to be the party that is:"),
    "NO_CONTACT": _("No contact person is nominated at:"),
    "NO_SIGNER": _("Nobody is named who signs for:"),
    "NO_MANAGER": _("No contract and contract manager are named for:"),
    "NOT_SEATED": _("The workgroup has no member of:"),
    "NO_PROVIDER": _("The workgroup has no member of a service provider."),
    "NO_REVIEW": _("The day of the yearly review is not set."),
    "NO_END": _("The last day is not set."),
    "ENDED": _("The last day has passed. Set one that lies ahead."),
    "REVIEW_OVER": _("The day of the yearly review has passed. Set the next one."),
}
REFUSALS: dict[str, Any] = {
    "NOT_ALLOWED": _("This is not yours to change. Ask who coordinates the collaborative."),
    "KIND": _("Choose what kind of agreement it is."),
    "TITLE": _("Give it a title."),
    "ENDS_ON": _("The last day lies before the first. Compare both."),
    "REVIEW_ON": _("Choose a day after the first one."),
    "FREQUENCY": _("Choose from the list."),
    "PARTNER": _("Choose a partner of the collaborative."),
    "PARTNER_TAKEN": _("This partner is a party already. Open that one."),
    "ROLE": _("Choose the role in which it agrees."),
    "NOT_OPEN": _("Nobody writes in it now. Choose “Write on it” first."),
    "CODES": _("Choose from the list."),
    "CELLS": _("Fill in the first field."),
    "WORDS": _("Write it in a few words."),
    "MISSING": _("Something that this kind of agreement must hold is missing. The list says what, and leads to it."),
    "MOVE": _("It does not go there from where it stands."),
    "OPEN_COMMENTS": _("A comment waits for its answer. Answer it before counsel reads."),
    "DISCLOSER": _("Choose a party that works in Careloom: only an agency that keeps records here can give them."),
    "RECIPIENT": _("Choose another party that works in Careloom."),
    "CATEGORIES": _("Choose at least one kind of record."),
    "PURPOSES": _("Choose what it may be used for."),
    "SIGNING": _("It is not open for signing."),
    "KEEPER": _("What this agency gives is signed for in Careloom by its own keeper of papers, so that no other paper opens its records."),
    "NAME": _("Write who signed."),
    "LATER_DAY": _("This day is still to come. Give today or an earlier day."),
    "BEFORE": _("This day lies before the one that it follows. Compare both."),
    "BECAUSE": _("Say why."),
    "OUTCOME": _("Choose what follows."),
    "CHANGED": _("Say what changed, or that nothing did."),
    "SUCCESS": _("Write what you call progress and success."),
    "NEXT_ON": _("Choose a day that lies ahead."),
    "YEAR": _("There is one for this year. Open that one."),
    "AUDITOR": _("Name who looks."),
    "SAYS": _("Choose an answer."),
    "EVIDENCE": _("Say what shows it."),
    "FINDING": _("Say what you found, where the answer is not yes."),
    "OWNER": _("Name who does it."),
    "DUE_ON": _("Give the day by which it is done."),
    "UNANSWERED": _("Answer every question first."),
    "UNDONE": _("What was agreed to be done is not done yet."),
    "EMPTY_SECTION": _("A section is empty. Write it, or say that there was nothing."),
    "STATE": _("This step comes after another. Look where it stands."),
    "HOW": _("Say how, such as by which letter or e-mail."),
    "QSOA_SERVICE": _("A service agreement carries nothing for care, follow-up or child welfare. For those a consent is needed (42 CFR 2.11)."),
    "QSOA_PARTY": _("The agency that receives cannot be a service organization: it treats, monitors or judges (42 CFR 2.11)."),
}
#: What an agreement waits for, by the codes of `queries.due`.
WAITS: dict[str, Any] = {
    "REVIEW": _("Look at it again"), "JOINED": _("A partner joined. Does it still fit?"),
    "DEFINITIONS": _("A partner joined. Look again at what you call progress and success."),
    "RAN_OUT": _("Its last day has passed. Sign it again, or end it."), "ENDS": _("Its last day comes near"),
    "SIGNING": _("Signatures are missing"), "NOTICE": _("Tell the Department of a change"), "FILING": _("Final copy to a contract manager"),
    "ACTION": _("Do what the self-audit found"), "REPORT": _("Annual report to the Department"), "AUDIT": _("Time for the yearly self-audit"),
}  # fmt: skip


def waits_for(code: str, about: str) -> str:
    """What an agreement waits for, and what it is about, in one line."""
    words = str(WAITS[code])
    return f"{words} {about}" if words.endswith(("?", ".")) else f"{words}: {about}"
