"""What the form for a new referral offers: services for the need that fit how she wants help to be given, and the people of the family."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.text import get_text_list
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from careloom.directory.asking import answered_for, questions
from careloom.directory.models import Service
from careloom.directory.queries import FLAGS, ServiceFound, search_services
from careloom.infra.access import Viewer
from careloom.people.models import PersonRecord
from careloom.people.queries import infants_of, names_of
from careloom.plans.models import Need, PlanOfSafeCare, Preference
from careloom.plans.presenters.together import FEATURES, language_choices
from careloom.plans.queries.sections import preferences_of

MOST = 8
_FLAG_OF = {code: name for name, code in FLAGS.items()}


@dataclass(frozen=True, kw_only=True)
class Wanted:
    """How she wants help to be given, from everybody who wrote it down: any of these languages, all of these features (R-067)."""

    languages: tuple[str, ...]
    features: tuple[str, ...]
    words: str

    def __bool__(self) -> bool:
        return bool(self.languages or self.features)


@dataclass(frozen=True, kw_only=True)
class Choices:
    """Services and people as form choices, the place to search near, and the rows that were read for it.

    `known` is what providers answered before a referral (R-130): the service, and each question with its answer.
    `fits` is False where no service fits what she wants: then every service for the need is listed.
    """

    services: list[tuple[str, str]]
    household: list[tuple[str, str]]
    place: str
    people: list[PersonRecord]
    wanted: Wanted
    fits: bool
    preferences: list[Preference]
    known: list[tuple[str, list[tuple[str, str]]]]


def choices_for(*, viewer: Viewer, need: Need, everything: bool = False) -> Choices:
    """Services that meet `need` and fit how she wants help, those with room and near her first; the mother, her infants and whom it is about.

    With `everything`, or where none fits, all services for the need.
    """
    mother = PlanOfSafeCare.objects.seen_by(viewer).filter(pk=need.plan_id).values_list("identity_id", flat=True).first()
    named = names_of(viewer=viewer, identity_ids={need.identity_id, *([mother] if mother else [])})
    for infant in infants_of(viewer=viewer, mother_ids=[mother] if mother else []):
        named.setdefault(infant.identity_id, infant)
    county = named[mother].county if mother in named else ""
    rows = preferences_of(viewer=viewer, plan_id=need.plan_id)
    wanted = wanted_of(rows)
    asked = Wanted(languages=(), features=(), words="") if everything else wanted
    found = _found(need.code, county, asked) or _found(need.code, "", asked)
    fits = bool(found) or not asked
    if not found and asked:
        found = _found(need.code, county, None) or _found(need.code, "", None)
    return Choices(
        services=[(str(one.service.pk), _service(one.service)) for one in found[:MOST]],
        household=[(str(identity), person.preferred_name or person.given_name or _("Someone in the family")) for identity, person in named.items()],
        place=county, people=list(named.values()), wanted=wanted, fits=fits, preferences=rows,
        known=_known([one.service for one in found[:MOST]]),
    )  # fmt: skip


def _known(services: list[Service]) -> list[tuple[str, list[tuple[str, str]]]]:
    """What the providers of these services answered to what child welfare and court staff ask. One query."""
    language = get_language() or "en"
    words = {one.code: one.label(language) for one in questions()}
    answers = answered_for(service_ids=[service.pk for service in services])
    told = [(_service(service), [(words[row.code], row.text) for row in answers.get(service.pk, []) if row.text]) for service in services]
    return [(name, lines) for name, lines in told if lines]


def wanted_of(rows: Iterable[Preference]) -> Wanted:
    """What the rows ask of a service, and the same in words."""
    listed = list(rows)
    languages = tuple(dict.fromkeys(code for row in listed for code in row.languages))
    features = tuple(dict.fromkeys(code for row in listed for code in row.features if code in _FLAG_OF))
    names = dict(language_choices()) if languages else {}
    spoken = get_text_list([str(names.get(code, code)) for code in languages], _("or"))
    return Wanted(languages=languages, features=features, words=". ".join([*([spoken] if spoken else []), *(str(FEATURES[f]) for f in features)]))


def _found(need: str, place: str, wanted: Wanted | None) -> list[ServiceFound]:
    """The services of one search; in one of several languages it is one search for each."""
    flags = {_FLAG_OF[code]: True for code in wanted.features} if wanted else {}
    seen: dict[object, ServiceFound] = {}
    for language in (wanted.languages if wanted else ()) or (None,):
        for one in search_services(need=need, place=place or None, language=language, **flags).object_list:
            seen.setdefault(one.service.pk, one)
    return list(seen.values())


def _service(service: object) -> str:
    name, organization = service.name, service.organization.name  # type: ignore[attr-defined]
    here = _("answers here") if service.agency_id else ""  # type: ignore[attr-defined]
    return ", ".join(part for part in (name, organization if organization != name else "", here) if part)
