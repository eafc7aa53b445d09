"""The consent builder: how a new form begins, and what the other agency would see with it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from careloom.agencies.models import Agency
from careloom.consents.actions import Signature, gaps_of
from careloom.consents.forms.builder import ConsentForm
from careloom.consents.forms.sharing import groups_of
from careloom.consents.forms.wishes import TOGETHER, WISHES, Wish
from careloom.consents.models import Consent
from careloom.consents.pages.people import OwnPerson
from careloom.consents.presenters.gaps import Gap, gaps
from careloom.consents.preview import Reader, Seen, agency_reader, person_reader, seen_with
from careloom.consents.queries import consents_of, get_consent
from careloom.consents.terms import terms_of
from careloom.infra.access import Viewer
from careloom.infra.access.accounting import account
from careloom.kernel.agency_kinds import AgencyKind


@dataclass(frozen=True, kw_only=True)
class Sight:
    """What one recipient sees and would see, and whether the purpose that it reads for is on the form."""

    reader: Reader
    others: tuple[Reader, ...]
    seen: Seen
    has_purpose: bool


def initial_of(
    *, viewer: Viewer, asked: Mapping[str, str], infants: list[tuple[str, str]], others: list[Agency], own_people: list[OwnPerson], language: str,
    wish: Wish = WISHES[TOGETHER],
) -> dict[str, Any]:  # fmt: skip
    """How the form begins: as the older consent stood that it renews, or with what the address asks for. Everything private otherwise."""
    older = _older(viewer=viewer, asked=asked)
    usual = "180" if "180" in wish.ends else wish.ends[0]
    begin = {"infants": [pk for pk, _name in infants], "language": language if language in {"en", "es"} else "en", "until": usual}
    if older is not None:
        return begin | {
            **_named_by(older, others=others, own_people=own_people), **_terms_of(older),
            "share": groups_of(older.information), "purposes": list(older.purposes), "renews": older.pk, "language": older.language,
            "infants": [pk for pk, _name in infants if UUID(pk) in older.subject_ids],
            "until": older.expiry_event if older.expiry_event in wish.ends else usual,
        }  # fmt: skip
    wanted = set(_list(asked, "recipients"))
    recipients = [agency for agency in others if str(agency.pk) in wanted]
    purposes = [one for one in _list(asked, "purposes") if one in wish.purposes]
    read_for = [AgencyKind(agency.kind).purpose for agency in recipients]
    usual_purposes = [] if wish.apart else ["care_coordination", *(one for one in read_for if one in wish.purposes)]
    purposes = purposes or list(dict.fromkeys(usual_purposes))
    share = groups_of(_list(asked, "information"))
    return begin | {"recipients": [str(agency.pk) for agency in recipients], "share": share, "purposes": purposes}


def renewed_wish(*, viewer: Viewer, asked: Mapping[str, str]) -> str:
    """The wish of the form that is renewed; empty for the usual one, or where none is."""
    older = _older(viewer=viewer, asked=asked)
    return terms_of(older).wish if older is not None else ""


def near_of(*, viewer: Viewer, identity_id: UUID, others: list[Agency], named: Iterable[str]) -> set[UUID]:
    """The agencies to offer first: named now, or in a form of hers before. One query."""
    before = {pk for row in consents_of(viewer=viewer, identity_id=identity_id) for pk in row.recipient_ids}
    asked = set(named)
    return {agency.pk for agency in others if agency.pk in before or str(agency.pk) in asked}


def lacking_of(*, by: Viewer, at: datetime, form: ConsentForm, identity_id: UUID) -> list[Gap]:
    """What the form still needs, apart from the signature that comes last: the kernel's elements, and what its wish asks for."""
    return gaps(gaps_of(by=by, at=at, draft=form.draft(identity_id=identity_id), signature=Signature(method="SCREEN")), form=form)


def sight_of(*, by: Viewer, at: datetime, form: ConsentForm, identity_id: UUID, as_reader: str = "") -> Sight | None:
    """What a named reader would see (the first, or `as_reader`); None where nobody who reads here is named. Accounts what is shown of it."""
    named = dict.fromkeys([*([form.network] if form.network else []), *form.chosen])
    readers = [agency_reader(agency) for agency in named]
    readers += [person_reader(principal_id=one.principal_id, name=one.name) for one in form.chosen_people if one.principal_id]
    if not readers:
        return None
    reader = next((one for one in readers if str(one.id) == as_reader), readers[0])
    seen = seen_with(by=by, at=at, draft=form.draft(identity_id=identity_id), reader=reader)
    account(viewer=by, place="consents:new", rows=[row.record for row in (*seen.already, *seen.new)], at=at)
    others = tuple(one for one in readers if one.id != reader.id)
    return Sight(reader=reader, others=others, seen=seen, has_purpose=reader.purpose in form.reasons)


def _named_by(older: Consent, *, others: list[Agency], own_people: list[OwnPerson]) -> dict[str, Any]:
    agencies, hers = {agency.pk for agency in others}, {person.principal_id: person for person in own_people if person.principal_id}
    paged = [hers[pk] for pk in older.recipient_ids if pk in hers]
    rest = [name for name in older.recipient_names if name not in {person.name for person in paged}]
    family = [person for person in own_people if person.principal_id is None and person.name in rest]
    services = [name for name in rest if name not in {person.name for person in family}]
    return {
        "recipients": [str(pk) for pk in older.recipient_ids if pk in agencies], "people": [person.key for person in (*paged, *family)],
        "named": next(iter(services), ""),
    }  # fmt: skip


def _terms_of(older: Consent) -> dict[str, Any]:
    terms = terms_of(older)
    waits = "DISPOSITION" if terms.revocable_after else ""
    told = {"matter": terms.matter, "hub": terms.intermediary, "stops_when": waits, "designation": "TREATING" if terms.general_designation else ""}
    return {name: value for name, value in told.items() if value}


def _older(*, viewer: Viewer, asked: Mapping[str, str]) -> Consent | None:
    try:
        renewed = UUID(asked.get("renews", ""))
    except ValueError:
        return None
    return get_consent(viewer=viewer, consent_id=renewed)


def _list(asked: Mapping[str, str], name: str) -> list[str]:
    return [one.strip() for one in asked.get(name, "").split(",") if one.strip()]
