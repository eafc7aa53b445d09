"""An agency's own system asks a service for something that a family needs: create of a ServiceRequest (Gravity SDOHCC; interop.md 1.3).

INVARIANT: it is asked by the very action that the agency's workers use. Without her consent it stays a draft, and a worker is reminded to ask her.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final
from uuid import UUID

from django.db.models import Q
from django.http import HttpRequest

from careloom.agencies.queries import agencies_by_id
from careloom.directory.models import Organization
from careloom.directory.queries import services_by_id
from careloom.fhir import canonicals
from careloom.fhir.clients.tokens import Bearer
from careloom.fhir.resources.shape import Json, Reading
from careloom.fhir.serving import answers
from careloom.fhir.serving.answers import Finished
from careloom.fhir.serving.asking import an_id
from careloom.fhir.serving.outcome import Problem, invalid, not_found
from careloom.fhir.serving.registry import KINDS
from careloom.fhir.serving.searching import read_one
from careloom.fhir.writing.bodies import CONCEPT, MOST_BYTES, REFERENCE, faults, read_json
from careloom.fhir.writing.taken import before, hashed, take_once
from careloom.kernel.referral import Kind
from careloom.plans.models import OPEN_STATES, Need, PlanOfSafeCare
from careloom.plans.referrals.actions import draft_referral, send_referral
from careloom.plans.referrals.answers import Ask, Refused
from careloom.plans.referrals.presenters import refusal_texts

KIND: Final = "ServiceRequest"
MOST_NOTE: Final = 500
MOST_NAME: Final = 160
NEEDED: Final = ("identifier", "status", "intent", "subject", "code", "performer")
SHAPE: Final[Json] = {
    "identifier": [{"system": str, "value": str}], "status": str, "intent": str, "subject": REFERENCE, "code": CONCEPT, "basedOn": [REFERENCE],
    "performer": [{"reference": str, "display": str}], "note": [{"text": str}], "orderDetail": [{"text": str}],
}  # fmt: skip
NOT_CONTENT: Final = ("id", "meta", "text")


@dataclass(frozen=True, kw_only=True)
class Created:
    """The ServiceRequest as it stands now, and whether it was made by this request."""

    shown: Finished
    is_new: bool


def create_request(request: HttpRequest, reading: Reading, bearer: Bearer) -> Created:
    """Ask what the ServiceRequest in the body asks. Its first identifier names it: sent again it changes nothing, whatever became of it since.

    Raises `Problem`: 400 for what cannot be read, 409 where the identifier named something else, 422 with the path of what is wrong. Somebody
    who is hidden and somebody who is absent have the same answer.
    """
    body = read_json(request, name=KIND, most=MOST_BYTES)
    wrong = [f"{KIND}.{name}: it is needed" for name in NEEDED if name not in body] + faults(body, SHAPE, KIND)
    if wrong:
        raise Problem(422, "structure", "; ".join(wrong))
    key = _key(body)
    known = before(bearer, key=key) if _only_if_new(request, body) else None
    if known is not None:
        return Created(shown=_shown(reading, bearer, known), is_new=False)
    content = {name: value for name, value in body.items() if name not in NOT_CONTENT}
    conflict = f"{KIND}.identifier: another request came under this identifier. Give each request one of its own."
    row_id, is_new = take_once(
        bearer, key=key, digest=hashed(content), at=reading.at, conflict=conflict, make=lambda: _ask(reading, bearer, body, key=key)
    )  # fmt: skip
    return Created(shown=_shown(reading, bearer, row_id), is_new=is_new)


def _key(body: Json) -> str:
    first = body["identifier"][0]
    system, value = str(first.get("system", "")), str(first.get("value", ""))
    if not value or len(system) + len(value) > 500:
        raise _refuse("identifier[0]", "give it a value that names this request alone, with its system")
    return hashed([KIND, system, value])


def _only_if_new(request: HttpRequest, body: Json) -> bool:
    """Whether the request is a conditional create. Its condition is the identifier of the body, the only one that is taken."""
    asked = request.headers.get("If-None-Exist", "")
    if not asked:
        return False
    first = body["identifier"][0]
    if asked.lstrip("?") not in (f"identifier={first.get('system', '')}|{first.get('value', '')}", f"identifier={first.get('value', '')}"):
        raise invalid("If-None-Exist names the first identifier of the body: identifier=system|value.")
    return True


def _ask(reading: Reading, bearer: Bearer, body: Json, *, key: str) -> UUID:
    if body["intent"] != "order" or body["status"] not in ("active", "draft"):
        raise _refuse("status", "send an order that is active (it is asked now) or a draft (a worker sends it)")
    need = _need(reading, body)
    if need is None:
        # The same row of the log and the same words for somebody hidden, somebody absent, and a need that nobody wrote down.
        answers.nothing_shown(reading, bearer=bearer, place=KIND)
        raise _refuse("code", "no open plan that this system sees has this need for this person; a worker adds it with her first")
    ask = _what(reading, body)
    act = send_referral if body["status"] == "active" else draft_referral
    done = act(by=reading.viewer, at=reading.at, need_id=need.pk, ask=ask, request_key=f"fhir:{bearer.client.mark}:{key[:48]}")
    if isinstance(done, Refused):
        raise Problem(422, "business-rule", f"{KIND}: {' '.join(refusal_texts(done))}")
    made: UUID = done.referral.pk
    return made


def _need(reading: Reading, body: Json) -> Need | None:
    """The one open need that is meant. Raises `Problem` where the code or a reference is none, or several needs are meant."""
    codes = [str(one.get("code", "")) for one in body["code"].get("coding", []) if one.get("system") == canonicals.NEED]
    if not codes:
        raise _refuse("code", f"name the need with a code of {canonicals.NEED}")
    person = _id_in(reading, body["subject"].get("reference", ""), "Patient", path="subject.reference")
    plans = PlanOfSafeCare.objects.seen_by(reading.viewer).filter(status__in=OPEN_STATES)
    for number, one in enumerate(body.get("basedOn", [])):
        plans = plans.filter(pk=_id_in(reading, one.get("reference", ""), "CarePlan", path=f"basedOn[{number}].reference"))
    hers = Q(plan_id__in=plans.filter(identity_id=person).values("pk")) | Q(identity_id=person, plan_id__in=plans.values("pk"))
    found = list(Need.objects.seen_by(reading.viewer).filter(hers, code=codes[0], result="OPEN").order_by("made_at")[:3])
    about = [need for need in found if need.identity_id == person] or found
    if len(about) > 1:
        raise _refuse("code", "more than one open need has this code; name the plan in basedOn, or a worker refers on the page")
    return about[0] if about else None


def _what(reading: Reading, body: Json) -> Ask:
    note = "\n".join(str(one.get("text", "")).strip() for one in body.get("note", []))
    service = next((str(one.get("text", "")) for one in body.get("orderDetail", [])), "")
    if len(note) > MOST_NOTE:
        raise _refuse("note", f"at most {MOST_NOTE} letters are taken")
    if len(service) > MOST_NAME:
        raise _refuse("orderDetail[0].text", f"at most {MOST_NAME} letters are taken")
    if len(body["performer"]) != 1:
        raise _refuse("performer", "one service is asked at a time")
    return _asked(reading, body["performer"][0], note=note, service=service)


def _asked(reading: Reading, performer: Json, *, note: str, service: str) -> Ask:
    """An agency that answers here is asked here; for any other service it is written down that it was asked (`Kind.LOGGED`)."""
    told = str(performer.get("reference", "")).removeprefix(f"{reading.base}/")
    if not told:
        name = str(performer.get("display", "")).strip()
        if not 0 < len(name) <= MOST_NAME:
            raise _refuse(
                "performer[0]", f"refer to an Organization or a HealthcareService of this server, or name it in at most {MOST_NAME} letters"
            )
        return Ask(kind=Kind.LOGGED, organization=name, service_name=service, note=note)
    kind, _, id_ = told.partition("/")
    found = an_id(id_)
    if kind == "HealthcareService" and found and (listed := services_by_id(ids=[found]).get(found)):
        live = listed.agency_id is not None and listed.agency_id in agencies_by_id(ids=[listed.agency_id])
        return Ask(kind=Kind.LIVE if live else Kind.LOGGED, service_id=found, service_name=service, note=note)
    if kind == "Organization" and found and found in agencies_by_id(ids=[found]):
        return Ask(kind=Kind.LIVE, agency_id=found, service_name=service, note=note)
    if kind == "Organization" and found and (provider := Organization.objects.filter(pk=found).first()):
        return Ask(kind=Kind.LOGGED, organization=provider.name, service_name=service, note=note)
    raise _refuse("performer[0].reference", "it is no Organization or HealthcareService of this server")


def _id_in(reading: Reading, told: str, kind: str, *, path: str) -> UUID:
    said, _, id_ = told.removeprefix(f"{reading.base}/").partition("/")
    found = an_id(id_) if said == kind else None
    if found is None:
        raise _refuse(path, f"refer to a {kind} of this server, as it was read here")
    return found


def _shown(reading: Reading, bearer: Bearer, row_id: UUID) -> Finished:
    found = read_one(reading, kind=KINDS[KIND], id_=str(row_id))
    if found is None:
        raise not_found()
    return answers.finish(reading, [found], bearer=bearer, place=KIND)[0]


def _refuse(path: str, words: str) -> Problem:
    return Problem(422, "business-rule", f"{KIND}.{path}: {words}.")
