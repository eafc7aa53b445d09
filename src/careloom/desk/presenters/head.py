"""The head of a family's pages: who they are, in up to five facts, and the tabs."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from django.urls import NoReverseMatch, reverse
from django.utils.formats import date_format, time_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from careloom.desk.pages.family import FamilyHead, FamilyPage
from careloom.desk.presenters import days, names
from careloom.infra.ui.components import Fact, Facts
from careloom.messages.contact import Ways
from careloom.people.models import PersonRecord

LANGUAGES = {"en": "English", "es": "Spanish"}


def url_or_empty(name: str, *args: object) -> str:
    """An address of another app, or an empty text where that app has no such page."""
    try:
        return reverse(name, args=args)
    except NoReverseMatch:
        return ""


def title(head: FamilyHead) -> str:
    """What the page is called: first names, or plain words for who may not see them."""
    return head.label or _("A family")


def eyebrow(head: FamilyHead) -> str:
    """Which version of the plan this is, and since when she agrees to it."""
    plan = head.plan
    if plan is None:
        return _("Family")
    if plan.closed_at:
        return _("%(name)s, closed on %(day)s") % {"name": plan.label, "day": _long(plan.closed_at.astimezone(head.zone).date(), head)}
    if plan.agreed_at is None:
        return _("%(name)s, a draft she has not agreed to yet") % {"name": plan.label}
    facts = {"name": plan.label, "n": plan.version, "day": _long(plan.agreed_at.astimezone(head.zone).date(), head)}
    return _("%(name)s, version %(n)s, agreed to on %(day)s") % facts


def consents_url(family_id: UUID) -> str:
    """The consents of a mother, in the consents app."""
    return url_or_empty("consents:family", family_id)


def facts(page: FamilyPage) -> Facts:
    """Mother, babies, lead, next review, how to reach her: what the reader sees of them."""
    shown = [_mother(page.head), *_infants(page), _lead(page), _review(page), _reach(page.contact)]
    return Facts(items=tuple(fact for fact in shown if fact is not None)[:6])


def age(born: date, *, today: date) -> int:
    """Full years."""
    return today.year - born.year - ((today.month, today.day) < (born.month, born.day))


def infant_age(born: date, *, today: date) -> str:
    """22 days, 5 weeks, 4 months, 2 years."""
    gone = (today - born).days
    if gone < 28:
        return ngettext("%(n)s day old", "%(n)s days old", gone) % {"n": gone}
    if gone < 84:
        return ngettext("%(n)s week old", "%(n)s weeks old", gone // 7) % {"n": gone // 7}
    months = (today.year - born.year) * 12 + today.month - born.month - (today.day < born.day)
    if months < 24:
        return ngettext("%(n)s month old", "%(n)s months old", months) % {"n": months}
    return ngettext("%(n)s year old", "%(n)s years old", months // 12) % {"n": months // 12}


def _long(on: date, head: FamilyHead) -> str:
    return date_format(on, "F j" if on.year == head.day.year else "F j, Y")


def _mother(head: FamilyHead) -> Fact | None:
    if head.mother is None:
        return None
    years = f", {age(head.mother.birth_date, today=head.day)}" if head.mother.birth_date else ""
    speaks = _("Speaks %(language)s") % {"language": _(LANGUAGES.get(head.mother.language, head.mother.language))}
    wants = _("wants an interpreter") if head.mother.wants_interpreter else ""
    return Fact(label=_("Mother"), value=names.full_name(head.mother) + years, note=", ".join(part for part in (speaks, wants) if part))


def _infants(page: FamilyPage) -> list[Fact]:
    if page.head.infants:
        return [_infant(infant, today=page.head.day) for infant in page.head.infants[:2]]
    born = page.parts.plan.born_on if page.parts else None
    if born is not None:
        # The plan says that there was a birth; the baby's own record is not shown to this reader.
        return [Fact(label=_("Baby"), value=_("Born %(day)s") % {"day": _long(born, page.head)})]
    if page.pregnancy is None or page.pregnancy.due_on is None:
        return []
    due, today = page.pregnancy.due_on, page.head.day
    weeks = max(0, 40 - (due - today).days // 7)
    note = _("%(n)s weeks now") % {"n": weeks} if due > today and weeks <= 42 else ""
    return [Fact(label=_("Baby"), value=_("Expected %(day)s") % {"day": _long(due, page.head)}, note=note)]


def _infant(infant: PersonRecord, *, today: date) -> Fact:
    name = names.first_name(infant) or _("A baby")
    if infant.birth_date is None:
        return Fact(label=_("Baby"), value=name)
    born = date_format(infant.birth_date, "F j" if infant.birth_date.year == today.year else "F j, Y")
    return Fact(label=_("Baby"), value=f"{name}, {infant_age(infant.birth_date, today=today)}", note=_("Born %(day)s") % {"day": born})


def _lead(page: FamilyPage) -> Fact | None:
    if page.parts is None:
        return None
    lead = page.parts.lead
    if lead is None:
        return Fact(label=_("Care team"), value=_("Care team line"), note=_("They know who leads"))
    agency = page.agencies.get(lead.agency_id) if lead.agency_id else None
    value = f"{lead.name}, {agency.short_name}" if agency else lead.name
    return Fact(
        label=_("Leads the plan"), value=value, note=_("Since %(day)s") % {"day": _long(lead.starts_at.astimezone(page.head.zone).date(), page.head)}
    )


def _review(page: FamilyPage) -> Fact | None:
    following = page.parts.next_review if page.parts else None
    if following is None:
        return None
    if following.planned_for:
        local = following.planned_for.astimezone(page.head.zone)
        when = f"{days.long_day(local.date(), today=page.head.day)}, {days.hour(following.planned_for, zone=page.head.zone)}"
        return Fact(label=_("Next review"), value=when)
    late = following.due_on < page.head.day
    words = _("Was due; no time agreed yet") if late else _("Due; no time agreed yet")
    return Fact(label=_("Next review"), value=days.long_day(following.due_on, today=page.head.day), note=words)


def reach_words(rules: Ways) -> tuple[str, str]:
    """How somebody may be reached, and the care to take, in words."""
    ways = [words for may, words in ((rules.may_text, _("Text")), (rules.may_call, _("Call")), (rules.may_mail, _("Mail"))) if may]
    hours = ""
    if rules.from_hour and rules.to_hour:
        hours = _(", %(start)s to %(end)s") % {"start": time_format(rules.from_hour, "g A"), "end": time_format(rules.to_hour, "g A")}
    asked = [_("Use %(way)s") % {"way": way} for way in (rules.phone, rules.address) if way]
    careful = _("Ask first whether she can talk") if rules.careful else ""
    notes = [careful, *asked, _("Shared phone") if rules.shared_phone else "", "" if rules.may_leave_voicemail else _("No voicemail"), *rules.notes]
    return (" or ".join(ways) or _("In person only")) + hours, ". ".join(note for note in notes if note)


def _reach(rules: Ways) -> Fact | None:
    if not rules.asked and not rules.careful:
        return None
    how, care = reach_words(rules)
    return Fact(label=_("How to reach her"), value=how, note=care)
