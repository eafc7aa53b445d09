"""The seven facts from the chart, as the page shows them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any
from zoneinfo import ZoneInfo

from django.urls import reverse
from django.utils import formats
from django.utils.text import format_lazy
from django.utils.translation import gettext as _

from careloom.health.models import Birth
from careloom.notifications import words
from careloom.notifications.facts import NotificationFacts
from careloom.notifications.forms import NotificationForm
from careloom.notifications.models import Notification
from careloom.notifications.queries import Family
from careloom.people.models import PersonRecord


@dataclass(frozen=True, kw_only=True)
class FactRow:
    """One fact with its Change link; `fields` are open when somebody changes it. `swap` is whether a script may open it in place."""

    number: int
    label: Any
    value: str
    change_url: str
    fields: tuple[Any, ...] = ()
    swap: bool = False


def her_name(family: Family) -> str:
    """What the page calls the mother."""
    return _name(family.mother) or _("the mother")


def family_title(family: Family) -> str:
    """The title of the page: names, never a number."""
    who = (family.mother.preferred_name or family.mother.given_name) if family.mother else ""
    if not who:
        return _("New birth")
    if len(family.births) > 1:
        return _("New birth: %(name)s’s babies") % {"name": who}
    sex = family.births[0].sex if family.births else ""
    if sex == "FEMALE":
        return _("New birth: %(name)s’s baby girl") % {"name": who}
    return _("New birth: %(name)s’s baby boy") % {"name": who} if sex == "MALE" else _("New birth: %(name)s’s baby") % {"name": who}


def fact_rows(*, row: Notification, family: Family, facts: NotificationFacts, form: NotificationForm, zone: str, today: date) -> tuple[FactRow, ...]:
    """The seven rows. Facts 1 and 2 lead to the chart; 3 to 7 open in their place."""
    values = {
        1: _mother(family.mother, today),
        2: "; ".join(_baby(birth, zone) for birth in family.births) or _("Not in the chart"),
        3: ", ".join(str(words.SUBSTANCES[e.substance]) for e in facts.exposures) or _("None noted"),
        4: _prescribed(facts),
        5: str(words.WITHDRAWAL[facts.withdrawal]),
        6: _alcohol(facts),
        7: _home(facts),
    }
    page = reverse("notifications:birth", args=[row.pk])
    links = {1: reverse("notifications:mother", args=[row.pk]), 2: reverse("notifications:babies", args=[row.pk])}
    return tuple(
        FactRow(
            number=number,
            label=words.FACT_LABELS[number],
            value=value,
            change_url=links.get(number) or f"{page}?change={number}#fact-{number}",
            fields=tuple(form.fields_of(number)),
            swap=number not in links,
        )
        for number, value in values.items()
    )


def _mother(person: PersonRecord | None, today: date) -> str:
    if person is None:
        return _("Not in the chart")
    born = person.birth_date
    age = today.year - born.year - ((today.month, today.day) < (born.month, born.day)) if born else None
    name = _name(person) or _("No name")
    spoken = words.LANGUAGES.get(person.language, person.language)
    with_interpreter = _(", with an interpreter") if person.wants_interpreter else ""
    return f"{name}{f', {age}' if age is not None else ''}. {spoken}{with_interpreter}"


def _baby(birth: Birth, zone: str) -> str:
    sex = words.SEXES.get(birth.sex, _("Baby"))
    parts = [format_lazy("{sex}, {born}", sex=sex, born=_("born %(when)s") % {"when": birth_words(birth, zone)})]
    if birth.gestation_weeks:
        parts.append(_("%(weeks)s weeks %(days)s days") % {"weeks": birth.gestation_weeks, "days": birth.gestation_days})
    if birth.weight_g:
        parts.append(_("%(grams)s g") % {"grams": formats.number_format(birth.weight_g, force_grouping=True)})
    return ", ".join(str(part) for part in parts)


def birth_words(birth: Birth, zone: str) -> str:
    """When it was, as people say it: with the hour only where the chart has one."""
    return formats.date_format(birth.born_at.astimezone(ZoneInfo(zone)), "M j, g:i A" if birth.hour_known else "M j")


def _prescribed(facts: NotificationFacts) -> str:
    if not facts.exposures:
        return _("Nothing to say")
    if len(facts.exposures) == 1:
        return str(words.PRESCRIBED[facts.exposures[0].prescribed])
    return "; ".join(f"{words.SUBSTANCES[e.substance]}: {str(words.PRESCRIBED[e.prescribed]).lower()}" for e in facts.exposures)


def _alcohol(facts: NotificationFacts) -> str:
    drank = _("Alcohol in pregnancy") if any(e.substance == "ALCOHOL" for e in facts.exposures) else _("No alcohol noted")
    return f"{drank}. {words.FASD[facts.fasd]}"


def _home(facts: NotificationFacts) -> str:
    home = str(words.HOMES.get(facts.goes_home_with, words.HOMES["OTHER"]))
    if not facts.discharge_on:
        return home
    return _("%(home)s, %(day)s") % {"home": home, "day": formats.date_format(date.fromisoformat(facts.discharge_on), "M j")}


def _name(person: PersonRecord | None) -> str:
    return " ".join(f"{person.given_name} {person.family_name}".split()) if person else ""
