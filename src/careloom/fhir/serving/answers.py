"""What goes out: resources with their labels, versions and notice, accounted as a page is; and the Bundle around them."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import urlencode
from uuid import UUID

from careloom.agencies.roles import Permission
from careloom.fhir.clients.scopes import NEEDS
from careloom.fhir.clients.tokens import Bearer
from careloom.fhir.resources.security import Key, bound_rows, codings, label_of, merged, notice_of
from careloom.fhir.resources.shape import Json, Reading, Shaped, instant, narrative
from careloom.fhir.serving.asking import Asked, seal_page
from careloom.fhir.serving.outcome import issue, outcome
from careloom.fhir.serving.searching import Page
from careloom.infra.access.accounting import account, account_log_file, account_miss
from careloom.kernel.labels import Labels

DIV_END = "</div>"


@dataclass(frozen=True, kw_only=True)
class Finished:
    """A resource as it goes out, with what its label says."""

    resource: Json
    labels: Labels | None

    @property
    def version(self) -> str:
        """Its `meta.versionId`."""
        return str(self.resource["meta"]["versionId"])


def finish(reading: Reading, shaped: Sequence[Shaped], *, bearer: Bearer, place: str) -> list[Finished]:
    """Label each resource, stamp its version, and account for every row that any of them shows. Three statements at most.

    INVARIANT: nothing goes out that did not pass here, so each disclosure is accounted as on a page (42 CFR 2.25; 45 CFR 164.528).
    """
    rows = [row for one in shaped for row in one.rows]
    bound = bound_rows(viewer=reading.viewer, rows=rows, at=reading.at)
    made = [_labeled(one, bound, bearer) for one in shaped]
    if rows:
        account(viewer=reading.viewer, place=place_of(place, bearer), rows=[*rows, *(row for one in shaped for row in one.also)], at=reading.at)
    elif shaped and NEEDS[place] is Permission.ACCESS_LOG_READ:
        account_log_file(viewer=reading.viewer, place=place_of(place, bearer), at=reading.at)
    return made


def version_of(reading: Reading, one: Shaped, *, bearer: Bearer) -> str:
    """The version that this system would be told now. Nothing goes out here, so nothing is accounted."""
    bound = bound_rows(viewer=reading.viewer, rows=one.rows, at=reading.at)
    return _labeled(one, bound, bearer).version


def nothing_shown(reading: Reading, *, bearer: Bearer, place: str) -> None:
    """Log that the system asked and was shown no row: the same row of the log whether there is something hidden or nothing at all."""
    if NEEDS[place].value == "FAMILY_READ":
        account_miss(viewer=reading.viewer, place=place_of(place, bearer), at=reading.at)


def place_of(kind: str, bearer: Bearer) -> str:
    """Where the access log says that it was read: the type and the mark of the system."""
    return f"fhir:{kind}:{bearer.client.mark}"


def _labeled(one: Shaped, bound: frozenset[Key], bearer: Bearer) -> Finished:
    return _finished(one, label_of(rows=one.rows, bound=bound, own=bearer.client.agency, named=one.named))


def _finished(one: Shaped, labels: Labels | None) -> Finished:
    resource = dict(one.resource)
    notice = notice_of(labels)
    if notice:
        resource["text"] = _with_notice(resource.get("text"), notice)
    meta = dict(resource["meta"])
    if labels is not None:
        meta["security"] = codings(labels)
    content = json.dumps({**resource, "meta": meta}, sort_keys=True, separators=(",", ":"), default=str)
    stamped = {"versionId": hashlib.sha256(content.encode()).hexdigest()[:20]}
    if one.changed is not None:
        stamped["lastUpdated"] = instant(one.changed) or ""
    # The order in which people read it: type, id, meta, text, then the rest.
    rest = {name: value for name, value in resource.items() if name not in ("resourceType", "id", "meta", "text")}
    text = {"text": resource["text"]} if "text" in resource else {}
    return Finished(resource={"resourceType": one.kind, "id": one.id, "meta": {**stamped, **meta}, **text, **rest}, labels=labels)


def _with_notice(text: Json | None, notice: str) -> Json:
    told = narrative([notice])
    if text is None:
        return told
    paragraph = str(told["div"]).partition(">")[2].removesuffix(DIV_END)
    return {**text, "div": str(text["div"]).removesuffix(DIV_END) + paragraph + DIV_END}


def bundle(
    reading: Reading, *, asked: Asked, page: Page, matches: Sequence[Finished], beside: Sequence[Finished], bearer: Bearer, by_post: bool
) -> Json:
    """The searchset: matches, what was included, and what is to be said about the search."""
    every = [*matches, *beside]
    labels = [one.labels for one in every if one.labels is not None]
    whole = merged(labels) if labels else None
    entries = [entry(reading, one, "match") for one in matches] + [entry(reading, one, "include") for one in beside]
    said = _said(asked, page, notice_of(whole))
    if said:
        entries.append({"resource": outcome(*said), "search": {"mode": "outcome"}})
    made: Json = {"resourceType": "Bundle"}
    if whole is not None:
        made["meta"] = {"security": codings(whole)}
    made |= {"type": "searchset", "total": page.total, "link": _links(reading, asked, page, bearer, by_post=by_post)}
    return {**made, "entry": entries} if entries else made


def entry(reading: Reading, one: Finished, mode: str) -> Json:
    """One entry of a searchset."""
    kind, id_ = one.resource["resourceType"], one.resource["id"]
    return {"fullUrl": f"{reading.base}/{kind}/{id_}", "resource": one.resource, "search": {"mode": mode}}


def _said(asked: Asked, page: Page, notice: str) -> list[Json]:
    said = []
    if notice:
        said.append(issue(code="informational", severity="information", words=notice))
    if asked.unknown:
        words = "Some parameters of this search are not known here and were not used. The CapabilityStatement names those that are."
        said.append(issue(code="not-supported", severity="warning", words=words))
    if page.cut:
        said.append(issue(code="too-costly", severity="warning", words="Not everything was included. Ask for fewer resources at a time."))
    return said


def _links(reading: Reading, asked: Asked, page: Page, bearer: Bearer, *, by_post: bool) -> list[Json]:
    """`self` says which parameters counted. After POST _search it is sealed, so that a name sent in the body does not come back in an address."""
    here = f"{reading.base}/{asked.kind.name}"
    sealed = by_post or asked.after is not None
    address = _sealed(here, asked, asked.after, reading, bearer) if sealed else f"{here}?{urlencode(asked.used)}" if asked.used else here
    links = [{"relation": "self", "url": address}]
    if page.goes_on_after is not None:
        links.append({"relation": "next", "url": _sealed(here, asked, page.goes_on_after, reading, bearer)})
    return links


def _sealed(here: str, asked: Asked, after: UUID | None, reading: Reading, bearer: Bearer) -> str:
    return f"{here}?_page={seal_page(asked, after=after, client_id=bearer.client.pk, at=reading.at)}"
