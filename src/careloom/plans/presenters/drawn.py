"""What a section shows without anybody typing it again: a line for each row that holds it already, as the reader may see it."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.utils.formats import date_format
from django.utils.text import get_text_list
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from careloom.infra.access import PrincipalKind
from careloom.kernel.packs.plan_sections import Draw
from careloom.kernel.referral import State
from careloom.notifications.words import HOMES, PRESCRIBED, SUBSTANCES, WITHDRAWAL
from careloom.people.models import PersonRecord
from careloom.plans.pages.sections import SectionsPage
from careloom.plans.presenters.recovery import lacking
from careloom.plans.presenters.systems import system_lines
from careloom.plans.presenters.words import CHOICES, CONTACT, GOAL_ABOUT, METHODS, RESULTS, ROLES
from careloom.plans.referrals.words import STATES


@dataclass(frozen=True, kw_only=True)
class Line:
    """What, a quieter second part, and her own words."""

    head: str
    text: str = ""
    quote: str = ""


def drawn(page: SectionsPage, draws: Iterable[str]) -> list[Line]:
    """The lines of a section, in the order in which its pack names what it draws."""
    return [line for draw in draws for line in DRAWN[Draw(draw)](page)]


def day(value: date | datetime | None, page: SectionsPage) -> str:
    """A day in words, local to the agency; the year only where it is another."""
    if value is None:
        return ""
    local = value.astimezone(page.zone).date() if isinstance(value, datetime) else value
    return date_format(local, "MONTH_DAY_FORMAT") if local.year == page.at.astimezone(page.zone).year else whole_day(local)


def whole_day(value: date) -> str:
    """A day with its year, as the reader's language writes it."""
    return date_format(value, "DATE_FORMAT" if (get_language() or "en").startswith("es") else "F j, Y")


def to_her(page: SectionsPage) -> bool:
    """Whether the reader is the mother, so that her own copy speaks to her and not about her."""
    return page.viewer.kind is PrincipalKind.PERSON


def _name(person: PersonRecord) -> str:
    return " ".join(part for part in (person.preferred_name or person.given_name, person.family_name) if part) or _("Someone in the family")


def _person(person: PersonRecord, page: SectionsPage) -> Line:
    born = _("born %(day)s") % {"day": whole_day(person.birth_date)} if person.birth_date else ""
    # The way that she asked for goes before what a record has, and a danger near her is said beside it.
    where = ", ".join(part for part in (page.ways.address or person.address, person.county) if part)
    careful = _("ask first whether she can talk") if page.ways.careful and not to_her(page) else ""
    return Line(head=_name(person), text="; ".join(part for part in (born, where, page.ways.number(person.phone), careful) if part))


def _household(page: SectionsPage) -> list[Line]:
    lines = [_person(person, page) for person in (*page.mothers()[:1], *page.infants())]
    for member in page.family:
        with_her = _("lives with you") if to_her(page) else _("lives with her")
        home = with_her if member.lives_with_her else ""
        kept = str(CONTACT["DO_NOT_CONTACT"]) if member.contact == "DO_NOT_CONTACT" or member.unsafe else ""
        lines.append(Line(head=member.name, text="; ".join(part for part in (member.relation, home, kept) if part)))
    return lines


def _pregnancy(page: SectionsPage) -> list[Line]:
    lines = []
    if page.pregnancy is not None:
        row = page.pregnancy
        facts = [
            _("expected %(day)s") % {"day": day(row.due_on, page)} if row.due_on else "",
            _("care began %(day)s") % {"day": day(row.care_began_on, page)} if row.care_began_on else "",
        ]
        if any(facts):
            lines.append(Line(head=_("This pregnancy"), text="; ".join(fact for fact in facts if fact)))
    for birth in page.births:
        weeks = ngettext("%(n)s week", "%(n)s weeks", birth.gestation_weeks) % {"n": birth.gestation_weeks} if birth.gestation_weeks else ""
        home = _("home %(day)s") % {"day": day(birth.discharged_on, page)} if birth.discharged_on else ""
        goes = str(HOMES.get(birth.goes_home_with, "")).lower()
        lines.append(Line(head=_("Born %(day)s") % {"day": day(birth.born_at, page)}, text="; ".join(part for part in (weeks, home, goes) if part)))
    return lines


def _infants(page: SectionsPage) -> list[Line]:
    lines = [_person(person, page) for person in page.infants()]
    names = {person.identity_id: _name(person) for person in page.infants()}
    for birth in page.births:
        weight = _("%(n)s g") % {"n": birth.weight_g} if birth.weight_g else ""
        unit = _("was in the intensive care unit") if birth.nicu else ""
        if weight or unit:
            lines.append(Line(head=names.get(birth.identity_id, _("The baby")), text="; ".join(part for part in (weight, unit) if part)))
    lines += [Line(head=str(WITHDRAWAL.get(row.withdrawal, row.withdrawal))) for row in page.signs]
    return lines + _chart(page, hers=False)


def _chart(page: SectionsPage, *, hers: bool) -> list[Line]:
    her = page.plan.identity_id
    conditions = [row for row in page.conditions if (row.identity_id == her) == hers]
    medicines = [row for row in page.medicines if (row.identity_id == her) == hers and not row.is_moud]
    said = [Line(head=row.display, text=_("since %(day)s") % {"day": day(row.starts_on, page)} if row.starts_on else "") for row in conditions]
    return said + [Line(head=row.display, text=row.prescriber) for row in medicines]


def _exposures(page: SectionsPage) -> list[Line]:
    return [
        Line(head=str(SUBSTANCES.get(row.substance, row.substance)), text="; ".join(p for p in (row.detail, str(PRESCRIBED[row.prescribed])) if p))
        for row in page.exposures
    ]  # fmt: skip


def _recovery(page: SectionsPage) -> list[Line]:
    lines = [Line(head=row.display, text=_("since %(day)s") % {"day": day(row.starts_on, page)} if row.starts_on else "") for row in page.medicines
             if row.is_moud]  # fmt: skip
    # What the plan lacks is a question to the team; her own copy says what is there.
    gap = "" if to_her(page) else lacking(page.parts.needs, treated=page.parts.treated, team=page.parts.team)
    return lines + ([Line(head=gap)] if gap else [])


def _caregivers(page: SectionsPage) -> list[Line]:
    lines = []
    for member in page.family:
        if member.lives_with_her or member.needs or member.wants_services != "NOT_ASKED":
            wants = _("Help offered: %(said)s") % {"said": str(CHOICES[member.wants_services]).lower()} if member.wants_services in CHOICES else ""
            lines.append(Line(head=member.name, text="; ".join(part for part in (member.relation, member.needs, wants) if part)))
    return lines


def _needs(page: SectionsPage) -> list[Line]:
    lines = []
    for need in page.parts.needs:
        asked = [f"{row.organization} ({str(STATES[State(row.state)]).lower()})" for row in page.parts.referrals_of(need.id)]
        stands = str(RESULTS[need.result]) if need.result != "OPEN" else str(CHOICES.get(need.choice, _("Not asked yet")))
        text = "; ".join(part for part in (need.row.for_whom, stands, need.row.existing_service, *asked) if part)
        lines.append(Line(head=need.row.title, text=text, quote=need.words))
    return lines


def _strengths(page: SectionsPage) -> list[Line]:
    lines = [Line(head=row.text, text=row.whose) for row in page.parts.strengths]
    for goal in page.parts.goals:
        about = str(GOAL_ABOUT.get(goal.row.about, ""))
        lines.append(Line(head=about, quote=goal.row.words) if goal.row.hers else Line(head=goal.row.words, text=about))
    return lines + preference_lines(page)


def preference_lines(page: SectionsPage) -> list[Line]:
    """How help should be given, one line for each who wrote it."""
    lines = []
    for row in page.own.preferences:
        said = [row.culture, row.faith, _("Helps: %(what)s") % {"what": row.helps} if row.helps else ""]
        said.append(_("Does not help: %(what)s") % {"what": row.helps_not} if row.helps_not else "")
        if any(said):
            lines.append(Line(head=_("How help should be given"), text="; ".join(part for part in said if part)))
    return lines


def _team(page: SectionsPage) -> list[Line]:
    lines = []
    for member in page.parts.team:
        leads = _("leads") if member.leads else ""
        through = _("through you") if to_her(page) else _("through her")
        phone = through if member.through_her else member.phone
        text = "; ".join(part for part in (str(ROLES.get(member.role, member.role)), leads, phone) if part)
        lines.append(Line(head=member.name, text=text))
    return lines


def _systems(page: SectionsPage) -> list[Line]:
    lines = [Line(head=one.head, text=one.when) for one in system_lines(page)]
    court = [row for row in page.appointments if row.kind == "COURT" and row.state == "PLANNED"]
    return lines + [Line(head=row.neutral_title or row.title if to_her(page) else row.title, text=day(row.starts_at, page)) for row in court]


def _consents(page: SectionsPage) -> list[Line]:
    found = []
    for row in page.sees:
        if row.recipient_id != page.viewer.holder_id:
            until = _("until %(day)s") % {"day": day(row.until, page)} if row.until.year < 9999 else ""
            head = _("%(who)s may read of you") if to_her(page) else _("%(who)s may read of her")
            found.append(Line(head=head % {"who": page.agency(row.recipient_id)}, text=until))
    return found


def _agreement(page: SectionsPage) -> list[Line]:
    lines = []
    for row in [v for v in page.parts.versions if v.agreed_at][:3]:
        how = str(METHODS.get(row.agreed_by_mother, "")).lower()
        head = (_("You agreed to version %(n)s") if to_her(page) else _("She agreed to version %(n)s")) % {"n": row.number}
        lines.append(Line(head=head, text="; ".join(part for part in (day(row.agreed_at, page), how) if part), quote=row.no_needs_because))
    upcoming = page.parts.next_review
    if upcoming is not None:
        lines.append(Line(head=_("Next review"), text=day(upcoming.due_on, page)))
    held = page.parts.last_review
    if held is not None:
        lines.append(Line(head=_("Looked at together"), text="; ".join((day(held.held_at, page), get_text_list(held.present, _("and"))))))
    beside = _("You wrote beside the plan") if to_her(page) else _("She wrote beside the plan")
    return lines + [Line(head=beside, quote=view.words) for view in page.parts.her_views if not view.answers_id][:5]


DRAWN: dict[Draw, Callable[[SectionsPage], list[Line]]] = {
    Draw.HOUSEHOLD: _household,
    Draw.PREGNANCY: _pregnancy,
    Draw.INFANTS: _infants,
    Draw.EXPOSURES: _exposures,
    Draw.HER_HEALTH: lambda page: _chart(page, hers=True),
    Draw.RECOVERY: _recovery,
    Draw.CAREGIVERS: _caregivers,
    Draw.NEEDS: _needs,
    Draw.STRENGTHS: _strengths,
    Draw.TEAM: _team,
    Draw.SYSTEMS: _systems,
    Draw.CONSENTS: _consents,
    Draw.AGREEMENT: _agreement,
}
