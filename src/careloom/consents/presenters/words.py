"""What consents, their status and their content are called."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.conf import settings
from django.utils.formats import date_format
from django.utils.text import get_text_list
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from careloom.agencies.models import Agency
from careloom.agencies.words import CATEGORIES
from careloom.consents.forms.sharing import EVENTS, EVERY_GROUP, LABELS, WHY, groups_of
from careloom.consents.forms.wishes import TPO_CLASS
from careloom.consents.models import Consent
from careloom.consents.queries import Status
from careloom.infra import clock
from careloom.infra.ui.components import Status as StatusMark

STATUSES: dict[Status, tuple[Any, str, str]] = {
    Status.DRAFT: (gettext_lazy("Not signed"), "wait", ""),
    Status.ACTIVE: (gettext_lazy("In force"), "done", "check"),
    Status.EXPIRES_SOON: (gettext_lazy("Ends soon"), "wait", "schedule"),
    Status.EXPIRED: (gettext_lazy("Ended"), "", ""),
    Status.REVOKED: (gettext_lazy("She stopped it"), "her", ""),
    Status.SUPERSEDED: (gettext_lazy("A newer one took its place"), "", ""),
}
METHODS: dict[str, Any] = {
    "SCREEN": gettext_lazy("on the screen"),
    "PAPER": gettext_lazy("on paper"),
    "SPOKEN": gettext_lazy("aloud"),
    "PORTAL": gettext_lazy("on her own pages"),
}
KINDS: dict[str, Any] = {
    "specific": gettext_lazy("Release under 42 CFR part 2"),
    "hipaa_authorization": gettext_lazy("Authorization under 45 CFR 164.508"),
    "plan_agreement": gettext_lazy("Agreement to share"),
    "tpo_single": gettext_lazy("One consent for treatment, payment and operations (42 CFR 2.31(a)(4)(i))"),
    "counseling_notes": gettext_lazy("Form for counseling notes alone (42 CFR 2.31(b))"),
    "proceedings": gettext_lazy("Form for a court case alone (42 CFR 2.31(d))"),
    "criminal_justice": gettext_lazy("Criminal justice form (42 CFR 2.35)"),
    "central_registry": gettext_lazy("Form for a central registry (42 CFR 2.34)"),
    "pdmp": gettext_lazy("Form for a prescription monitoring program (42 CFR 2.36)"),
    "research": gettext_lazy("Form for a study"),
}
SIGNERS: dict[str, Any] = {
    "guardian": gettext_lazy("her guardian"),
    "program_director": gettext_lazy("the program director, for payment"),
    "executor": gettext_lazy("the executor of her estate"),
    "spouse": gettext_lazy("her husband or wife"),
    "grandmother": gettext_lazy("the family member who is responsible"),
}
HEAPS: dict[str, Any] = {
    "NAMES": gettext_lazy("Names"),
    "FAMILY": gettext_lazy("Her family"),
    "PLAN": gettext_lazy("Plan"),
    "GOALS": gettext_lazy("Goals"),
    "NEEDS": gettext_lazy("Needs"),
    "STRENGTHS": gettext_lazy("Strengths"),
    "TEAM": gettext_lazy("Care team"),
    "REFERRALS": gettext_lazy("Referrals"),
    "APPOINTMENTS": gettext_lazy("Appointments to come"),
    "PREGNANCY": gettext_lazy("Pregnancy, due"),
    "BIRTH": gettext_lazy("Birth"),
    "MEDICINE": gettext_lazy("Medicine"),
    "VISITS": gettext_lazy("Health visits"),
    "TREATMENT": gettext_lazy("Treatment"),
    "SAFETY": gettext_lazy("Safety"),
    "CASE": gettext_lazy("Case plan"),
    "TELLS": gettext_lazy("Tells about substance use"),
    "FORM": gettext_lazy("Forms"),
    "BESIDE": gettext_lazy("Corrections and statements beside the record"),
}
LANGUAGES: dict[str, Any] = {"en": gettext_lazy("English"), "es": gettext_lazy("Spanish")}


def mark(status: Status) -> StatusMark:
    """The status of a consent as a mark."""
    label, tone, icon = STATUSES[status]
    return StatusMark(words=str(label), tone=tone, icon=icon)  # type: ignore[arg-type]


def day(value: date | datetime | None) -> str:
    """A day as people write it."""
    if value is None:
        return ""
    local = value.astimezone(clock.zone(settings.TIME_ZONE)).date() if isinstance(value, datetime) else value
    return date_format(local, "DATE_FORMAT")


def listed(parts: Iterable[str]) -> str:
    """ "a, b and c"."""
    return get_text_list([part for part in dict.fromkeys(parts) if part], _("and"))


def agency_name(agency: Agency | None, *, own_id: UUID | None, named_by_us: bool = False) -> str:
    """An agency: ours by its name, another by the name that it uses outside (42 CFR 2.13(c)).

    A treatment program without such a name is "The care team" to everybody, unless our own form named it (`named_by_us`).
    """
    if agency is None:
        return _("A person she chose")
    if agency.pk == own_id:
        return agency.name
    if agency.is_part2_program and not agency.outward_name and not named_by_us:
        return _("The care team")
    return agency.name_outside


def recipients(row: Consent, *, agencies: dict[UUID, Agency], own_id: UUID | None, short: bool = False) -> str:
    """Who may hear it, in words; `short` names a class alone, for a heading."""
    if short and row.recipient_class:
        return _("everybody who treats her")
    ours = row.holder_id == own_id
    known = [agency_name(agencies[pk], own_id=own_id, named_by_us=ours) for pk in row.recipient_ids if pk in agencies]
    # A person or a one-time page among the recipients has the name that the form gives her or it.
    strangers = [agency_name(None, own_id=own_id)] if len(known) < len(row.recipient_ids) and not row.recipient_names else []
    by_class = [class_words(row.recipient_class)] if row.recipient_class else []
    return listed([*known, *strangers, *row.recipient_names, *by_class])


def class_words(said: str, *, hers: bool = False) -> str:
    """The class of recipients that a form describes, in the reader's language, or as she says it (`hers`). The form keeps the rule's own words."""
    if said == TPO_CLASS:
        mine = _("those who treat me, health plans and payers, and those who help run the program")
        return mine if hers else _("those who treat her, health plans and payers, and those who help run the program")
    return _("those of the network who treat me") if hers else _("those of the network who treat her")


def information(codes: Iterable[str]) -> str:
    """What is shared, by the groups of the form; a category outside of them by its own word."""
    known = list(codes)
    groups = groups_of(known)
    held = {one for group in groups for one in EVERY_GROUP[group]}
    return ", ".join([*(str(LABELS[group]) for group in groups), *(category(one) for one in known if one not in held)])


def category(code: str) -> str:
    """One category in words."""
    return str(CATEGORIES.get(code, _("a part of her record")))


def categories(codes: Iterable[str]) -> str:
    """Some categories in words."""
    return listed(category(code) for code in codes)


def purposes(codes: Iterable[str]) -> str:
    """Why, in words."""
    return ", ".join(dict.fromkeys(str(WHY.get(code, _("another reason that the form names"))) for code in codes))


def until(row: Consent) -> str:
    """When it ends: a day, or an event."""
    if not row.expiry_event:
        return day(row.expires_on)
    event = event_of(row)
    # The builder offers one or the other; a paper from elsewhere may name both.
    return _("%(day)s, or sooner: %(event)s") % {"day": day(row.expires_on), "event": event} if row.expires_on else event


def event_of(row: Consent) -> str:
    """With what it ends, where an event ends it."""
    return str(EVENTS.get(row.expiry_event, _("An event that the form names")))


def signer(code: str) -> str:
    """Who signed for her, by the law that lets that person."""
    return str(SIGNERS.get(code, _("a person who may sign for her")))


def counted(texts: list[str], *, most: int = 3) -> str:
    """How many, with a few of them: "5: a, b, c and 2 more"."""
    shown, rest = texts[:most], len(texts) - most
    told = ", ".join(text.rstrip(".") for text in shown if text)
    more = ngettext("and %(n)s more", "and %(n)s more", rest) % {"n": rest} if rest > 0 else ""
    if len(texts) == 1:
        return told or "1"
    return " ".join(part for part in (f"{len(texts)}:" if told else str(len(texts)), told, more) if part)
