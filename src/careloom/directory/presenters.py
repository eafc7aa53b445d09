"""Words for the directory's screens: why a service was found, its hours, its room, and where it is."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.core.paginator import Page
from django.utils import timezone
from django.utils.formats import date_format, time_format
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from careloom.directory.asking import Answered
from careloom.directory.importing import ImportResult
from careloom.directory.models import Schedule, Service
from careloom.directory.needs import catalogue
from careloom.directory.queries import Reason, ServiceFound
from careloom.infra.ui.components import Fact, Facts, Status

ALL_DAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")


@dataclass(frozen=True, kw_only=True)
class Card:
    """One service in the list."""

    service: Service
    organization: str
    where: str
    phone: str
    room: Status | None
    because: str
    facts: Facts


def cards(page: Page[ServiceFound]) -> list[Card]:
    """The services of a result page as cards."""
    return [
        Card(
            service=found.service,
            organization=found.service.organization.name,
            where=where_words(found.service),
            phone=first_phone(found.service),
            room=room_status(found.service),
            because=because(found.reasons),
            facts=reach(found.service),
        )
        for found in page.object_list
    ]


def because(reasons: tuple[Reason, ...]) -> str:
    """Why it was found, as one sentence; empty when nothing was asked."""
    words = [reason_words(r) for r in reasons]
    return _("Why it is here: %(reasons)s.") % {"reasons": "; ".join(words)} if words else ""


def reason_words(reason: Reason) -> str:
    """One reason in words."""
    known, language = catalogue(), get_language() or "en"
    if reason.kind in ("NEED", "FEATURE"):
        entry = known.needs.get(reason.code) or known.features.get(reason.code)
        return entry.label(language) if entry else reason.code
    words = {
        "PLACE": _("in %(place)s"),
        "SERVES": _("serves %(place)s"),
        "STATEWIDE": _("serves the whole state"),
        "ROOM": _("has room now"),
        "TEXT": _("your words are in its description"),
        "LANGUAGE": _("speaks %(place)s"),
    }
    return words[reason.kind] % {"place": language_name(reason.code) if reason.kind == "LANGUAGE" else reason.code}


def language_name(code: str) -> str:
    """The name of a language in the reader's language, for the two that are complete; else as it was sent."""
    return {"en": _("English"), "es": _("Spanish")}.get(code, code.title())


def room_status(service: Service) -> Status | None:
    """The room as one pill; None when nobody said."""
    if service.status == "temporarily closed":
        return Status(words=_("Closed for now"), tone="wait", icon="schedule")
    if service.available is None:
        return None
    if service.available == 0:
        return Status(words=_("No room now"), tone="wait", icon="schedule")
    return Status(words=ngettext("Room for %(n)s", "Room for %(n)s", service.available) % {"n": service.available}, tone="done", icon="check")


def where_words(service: Service) -> str:
    """City or county of its first place, else whom it serves."""
    places = [join.location for join in service.at_locations.all() if join.active]
    for place in places:
        if place.city:
            return f"{place.city}, {place.county}" if place.county else place.city
        if place.county:
            return _("%(county)s County, address not shown") % {"county": place.county}
    return ", ".join(service.areas_served[:3])


def first_phone(service: Service) -> str:
    """The number to call first."""
    voice = [p.number for p in service.phones.all() if p.kind != "fax"]
    return voice[0] if voice else service.organization.phone


def hours(schedule: Schedule) -> str:
    """Opening hours as a person would say them."""
    names = {"MO": _("Mon"), "TU": _("Tue"), "WE": _("Wed"), "TH": _("Thu"), "FR": _("Fri"), "SA": _("Sat"), "SU": _("Sun")}
    days = [d for d in ALL_DAYS if d in schedule.byday.split(",")]
    words = ", ".join(str(names[d]) for d in days)
    if len(days) > 2 and days == list(ALL_DAYS[ALL_DAYS.index(days[0]) : ALL_DAYS.index(days[-1]) + 1]):
        words = _("%(first)s to %(last)s") % {"first": names[days[0]], "last": names[days[-1]]}
    if schedule.opens_at is None or schedule.closes_at is None:
        return words or schedule.description
    if schedule.opens_at.isoformat()[:5] == "00:00" and schedule.closes_at.isoformat()[:5] == "23:59":
        return _("%(days)s, day and night") % {"days": words}
    return f"{words}, {time_format(schedule.opens_at)} – {time_format(schedule.closes_at)}"


def said_on(at: datetime | None) -> str:
    """When the room was last said."""
    return _("said %(day)s") % {"day": date_format(timezone.localtime(at), "M j")} if at else _("nobody said when")


def service_facts(service: Service) -> Facts:
    """The facts under a service's name: at most five."""
    rows = [
        (_("Call"), first_phone(service)),
        (_("Where"), where_words(service)),
        (_("Languages"), ", ".join(language_name(c) for c in service.language_codes)),
        (_("Cost"), service.fees),
        (_("Wait"), service.wait),
    ]
    return Facts(items=tuple(Fact(label=label, value=value) for label, value in rows if value))


def reach(service: Service) -> Facts:
    """Whom it helps, who may come, which places it serves and who pays: what a partner's services are compared by (R-036)."""
    known, language = catalogue(), (get_language() or "en")[:2]
    domains = dict.fromkeys(known.needs[code].domain for code in service.needs if code in known.needs)
    for_whom = [known.domains[code].get(language, code) for code in domains]
    takes = [known.features["TAKES_PREGNANT"].label(language)] if "TAKES_PREGNANT" in service.features else []
    pays = [known.features[code].label(language) for code in service.features if code == "MEDICAID" or code.startswith("FUNDED_")]
    ages = [_("From %(age)s years") % {"age": service.minimum_age}] if service.minimum_age else []
    ages += [_("Up to %(age)s years") % {"age": service.maximum_age}] if service.maximum_age else []
    more = len(service.areas_served) > 8
    rows = [
        (_("For"), "; ".join([*for_whom, *takes])),
        (_("Who may come"), "; ".join([*([service.eligibility] if service.eligibility else []), *ages])),
        (_("Serves"), _("the whole state") if service.statewide else ", ".join([*service.areas_served[:8], *(["…"] if more else [])])),
        (_("Who pays"), "; ".join([*pays, *([service.fees] if service.fees else [])])),
    ]
    return Facts(items=tuple(Fact(label=label, value=value) for label, value in rows if value))


def need_labels(service: Service) -> list[str]:
    """The needs that it meets, in words."""
    known, language = catalogue(), get_language() or "en"
    return [known.needs[c].label(language) for c in service.needs if c in known.needs]


def feature_labels(service: Service) -> list[str]:
    """Its features, in words."""
    known, language = catalogue(), get_language() or "en"
    return [known.features[c].label(language) for c in service.features if c in known.features]


def import_rows(result: ImportResult) -> list[tuple[str, int, int, int, int]]:
    """Rows of the dry-run table: what, added, changed, as it was, no longer listed."""
    names = {
        "organization": _("Organizations"),
        "location": _("Places"),
        "service": _("Services"),
        "serviceatlocation": _("Services at places"),
    }
    return [(names[c.table], c.added, c.updated, c.unchanged, c.ended) for c in result.changes]


def answer_lines(answered: Iterable[Answered]) -> list[tuple[str, str, str]]:
    """Each question that has an answer: the question, the answer, and who said it when."""
    language = get_language() or "en"
    return [
        (
            one.question.label(language), one.answer.text,
            _("%(who)s, %(day)s") % {"who": one.answer.spoke_with, "day": date_format(one.answer.on, "M j, Y")},
        )
        for one in answered if one.answer is not None and one.answer.text
    ]  # fmt: skip
