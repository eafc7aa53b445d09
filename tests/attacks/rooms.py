"""Two years of a partnership, a foreign twin of all of it, and every page and form of the rooms as its people are shown them.

The twin is a second collaborative with a row for each row of the first, and no worker or agency in common. Its names and words carry `FOREIGN`, and
each id of the first is known with the id that stands in its place there.
"""

from __future__ import annotations

import re
from collections import Counter, deque
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urljoin, urlsplit
from uuid import UUID, uuid4

import lxml.html
from django.apps import apps
from django.contrib.auth import get_user_model
from django.db import models, transaction
from django.http import HttpResponse
from django.test import Client
from django.urls import Resolver404, resolve, reverse
from tests.attacks.forms import Sheet, sheets_on
from tests.factories.agencies import an_agency

from careloom.agreements.models import Agreement
from careloom.barriers.models import Barrier
from careloom.changes.models import GuidanceVersion, Pilot, Proposal
from careloom.demo.county import generate_county
from careloom.demo.load.county import first_morning
from careloom.demo.load.ground import lay_ground
from careloom.demo.rooms import House, rooms
from careloom.infra import clock
from careloom.infra.access.records import GuardedManager
from careloom.infra.answers import Done
from careloom.kernel.agency_kinds import AgencyKind
from careloom.kernel.partnership.agreements import State as AgreementState
from careloom.kernel.partnership.barrier import State as BarrierState
from careloom.knowledge.actions import open_dispute
from careloom.meetings.models import Meeting
from careloom.meetings.words import STATES as MEETING_STATES
from careloom.partnership.models import Collaborative, Noted, Partner, Seat
from careloom.surveys.models import Box, Remark, Spent, Tally
from careloom.surveys.models import Taken as TakenCode

APPS = ("partnership", "changes", "agreements", "knowledge", "inventory", "surveys", "barriers", "meetings", "aims")
#: What belongs to a round and tells nobody's name.
COUNTED = {Box, Spent, TakenCode, Tally, Remark}
FOREIGN = "Zzforeign"
START = "/partnership/"
#: So many pages of each address are opened, and one more for each state that its thing may have.
MOST = 1
MANY = {"commons:list": 12, "commons:beside": 6, "commons:survey": 4, "commons:body_meetings": 2, "commons:agreement_report": 2}
UUIDS = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}")


@dataclass(frozen=True, kw_only=True)
class Page:
    """A page of the rooms as a reader was shown it."""

    name: str
    path: str
    who: str
    client: Client = field(compare=False)
    answer: HttpResponse = field(compare=False)


def two_years() -> House:
    """The rooms of the practice county with one family, played up to now."""
    county = generate_county(families=1, months=6, seed=20260401, ends_on=clock.today())
    with clock.at(first_morning(county)) as at, transaction.atomic():
        ground = lay_ground(county, at=at)
    return rooms(ground, at=clock.now())


def tables() -> list[type[models.Model]]:
    """Every table of the rooms that its members read without being named in the row."""
    found = [model for app in APPS for model in apps.get_app_config(app).get_models()]
    return [model for model in found if not isinstance(model._default_manager, GuardedManager)]


# In every state ------------------------------------------------------------------------------------------------

#: Model, the name of its page, the column of its state, and further columns that a state needs.
STATES: tuple[tuple[type[Any], str, str, tuple[str, ...]], ...] = (
    (Barrier, "barrier", "state", tuple(one.value for one in BarrierState)),
    (Pilot, "pilot", "state", ("PROPOSED", "APPROVED", "RUNNING", "EVALUATED", "ADAPT", "ADOPT", "ABANDON")),
    (Proposal, "proposal", "state", ("DRAFT", "PROPOSED", "RETURNED", "APPROVED", "DECLINED", "IN_EFFECT")),
    (GuidanceVersion, "guidance", "state", ("DRAFT", "CONSULT", "ISSUED", "RETIRED")),
    (Agreement, "agreement", "state", tuple(one.value for one in AgreementState)),
    (Meeting, "meeting", "state", tuple(MEETING_STATES)),
)


def in_every_state(house: House) -> list[str]:
    """One of each kind of thing in each of its states, made of what there is where there is none; the addresses of their pages."""
    starts = [f"{START}{house.collaborative_id}/", f"{START}{house.collaborative_id}/agreements/success/"]
    for model, name, column, states in STATES:
        for state in states:
            row = model.objects.filter(**{column: state}).order_by("pk").first() or _made_so(model.objects.order_by("pk").first(), **{column: state})
            pk = row.guidance_id if isinstance(row, GuidanceVersion) else row.pk
            starts.append(reverse(f"commons:{name}", args=[house.collaborative_id, pk]))
            if name == "meeting":
                starts += [reverse(f"commons:{one}", args=[house.collaborative_id, pk]) for one in ("meeting_room", "minutes_paper")]
    # Something that waits for an officer, whatever day it is today.
    waits = _made_so(Noted.objects.order_by("pk").first(), body_id=house.bodies["oversight"], confirmed_on=None, confirmed_how="", confirmed_by="")
    starts.append(reverse("commons:body", args=[house.collaborative_id, waits.body_id]))
    with house.then(who="whitfield") as (by, at):
        facts = {
            "subject": "Who tells the court",
            "words": "Both say that the other does.",
            "partners": (house.partners["riverbend"], house.partners["pine_children"]),
        }
        made = open_dispute(
            by=by, at=at, collaborative_id=house.collaborative_id, hands=(house.ground.members["reed"].worker_id,), opened_on=house.day(weeks_ago=1),
            request_key=uuid4().hex, **facts,
        )  # fmt: skip
    assert isinstance(made, Done)
    return [*starts, reverse("commons:dispute", args=[house.collaborative_id, made.row_id])]


def _made_so(row: Any, **changes: object) -> Any:
    """Another such row that differs in this."""
    if isinstance(row, GuidanceVersion):
        changes["guidance"] = _made_so(row.guidance)
    if isinstance(row, Meeting):
        changes["series"] = None
    row = type(row).objects.get(pk=row.pk)
    row.pk, row.request_key = uuid4(), uuid4().hex
    row._state.adding = True
    for name, value in changes.items():
        setattr(row, name, value)
    row.save()
    return row


# Who looks, and what she is shown -----------------------------------------------------------------------------


def readers(house: House) -> dict[str, Client]:
    """Who runs it, who may see every number, an officer of a body, and a member without an office."""
    return {who: browser_of(house, who) for who in ("harrowmere", "adeyemi", "whitfield", "ivermoor")}


def browser_of(house: House, who: str) -> Client:
    """A worker of the practice county, signed in."""
    client = Client(raise_request_exception=False)
    client.force_login(get_user_model().objects.get(pk=house.ground.member(who).worker.user_id))
    client.get("/me/")
    return client


def walk(client: Client, *, who: str, starts: list[str]) -> Iterator[Page]:
    """Every page of the rooms that `client` reaches from the first one and `starts` by links, at most so many of each address."""
    waiting, asked, opened = deque([START, *starts]), {START, *starts}, Counter[str]()
    while waiting:
        path = waiting.popleft()
        name = name_of(path)
        if opened[name] >= MANY.get(name, MOST) and path not in starts:
            continue
        answer = client.get(path)
        if answer.status_code == 405 or (answer.status_code == 404 and path in starts):
            continue  # it takes forms only, or it is not for this reader or this state
        opened[name] += 1
        yield Page(name=name, path=path, who=who, client=client, answer=answer)
        if answer.status_code == 200 and "html" in answer.headers.get("Content-Type", ""):
            for to in _links(answer.content.decode(), path):
                if to not in asked and opened[name_of(to)] < MANY.get(name_of(to), MOST):
                    asked.add(to)
                    waiting.append(to)


def name_of(path: str) -> str:
    """The name of an address of the rooms; empty for any other."""
    try:
        name = resolve(path.partition("?")[0]).view_name
    except Resolver404:
        return ""
    return name if name.startswith("commons:") else ""


def _links(text: str, path: str) -> Iterator[str]:
    for link in lxml.html.fromstring(text).iter("a"):
        to = urlsplit(urljoin(path, link.get("href") or ""))
        address = to.path + (f"?{to.query}" if to.query else "")
        if not to.netloc and name_of(address):
            yield address


def sheets_of(pages: list[Page]) -> list[Sheet]:
    """Every form of the rooms on these pages, once for each set of fields that it may have."""
    found: dict[tuple[object, ...], Sheet] = {}
    for page in pages:
        if page.answer.status_code == 200 and "html" in page.answer.headers.get("Content-Type", ""):
            for sheet in sheets_on(page.answer.content.decode(), path=page.path, client=page.client, who=page.who):
                names = tuple(UUIDS.sub("", re.sub(r"[0-9a-f]{32}|\d+", "", one.name)) for one in sheet.fields)
                key = (sheet.name, UUIDS.sub("", sheet.path.partition("?")[0]), *dict.fromkeys(names))
                if sheet.name.startswith("commons:"):
                    found.setdefault(key, sheet)
    return list(found.values())


# The twin --------------------------------------------------------------------------------------------------


def twin_of(collaborative_id: UUID) -> dict[UUID, UUID]:
    """Copy the collaborative with every row it has, into other hands and under other names; the id there for each id here."""
    found = [(model, list(model._default_manager.order_by("pk"))) for model in tables()]
    ids = {row.pk: uuid4() for model, rows in found for row in rows if isinstance(row.pk, UUID) and model._meta.pk.remote_field is None}
    agency = an_agency(kind=AgencyKind.COORDINATION_HUB, name="Hub of elsewhere")
    for model, rows in found:
        if model in COUNTED:
            continue
        shared = any(one.name == "shared" for one in model._meta.concrete_fields)
        for row in rows:
            for one in model._meta.concrete_fields:
                setattr(row, one.attname, _other(one, getattr(row, one.attname), ids))
            if isinstance(row, Collaborative):
                row.agency_id = agency.pk
            elif isinstance(row, Partner):
                row.agency_id = None
            elif isinstance(row, Seat):
                row.worker_id = None
            if shared:
                row.shared = False  # what one collaborative shows to all others is meant to be read
        with transaction.atomic():
            model._default_manager.bulk_create(rows)
    assert Collaborative.objects.filter(pk=ids[collaborative_id], agency_id=agency.pk).exists()
    return ids


def _other(one: Any, value: Any, ids: dict[UUID, UUID]) -> Any:
    if isinstance(value, UUID):
        return ids.get(value, value)
    if isinstance(value, str) and one.name != "request_key":
        return value if not _is_words(one.name, value) else f"{FOREIGN} {value}"[: one.max_length]
    if isinstance(value, list | dict):
        return _deep(value, ids)
    return value


def _deep(value: Any, ids: dict[UUID, UUID]) -> Any:
    if isinstance(value, dict):
        return {_deep(key, ids) if UUIDS.fullmatch(str(key)) else key: _deep(one, ids) for key, one in value.items()}
    if isinstance(value, list):
        return [_deep(one, ids) for one in value]
    if isinstance(value, UUID):
        return ids.get(value, value)
    if isinstance(value, str):
        told = UUIDS.sub(lambda found: str(ids.get(UUID(found[0]), found[0])), value)
        return f"{FOREIGN} {told}" if " " in told else told
    return value


def _is_words(name: str, value: str) -> bool:
    """Whether a text is somebody's words and no code of the product."""
    return bool(value) and (" " in value or name in {"name", "title", "words"}) and not value.isupper()
