"""A hall for the tests of agreements: two parties, a provider, a body, and a working agreement as one coordinator fills it by the screens."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from uuid import uuid4

import pytest
from django.test import Client
from tests.requirements.conftest import text_of
from tests.requirements.test_structure_rows import a_body, a_partner, a_seat, begun, browser, day, ruth, send  # noqa: F401  (fixtures)

from careloom.agreements.models import Agreement, Party
from careloom.infra import clock
from careloom.partnership.models import Body, Partner

TEXTS = (
    "purpose", "communication", "problems", "inventory_plan", "inventory_results", "needs_plan", "needs_results", "gaps", "methodology",
    "position_outline", "position_definitions", "position_provider", "audit", "update", "notice",
)  # fmt: skip


def on(name: str, days: int) -> dict[str, str]:
    """A day so many days from today in the three parts of a date."""
    then = clock.today() + timedelta(days=days)
    return {f"{name}_0": str(then.month), f"{name}_1": str(then.day), f"{name}_2": str(then.year), name: then.isoformat()}


@dataclass(kw_only=True)
class Hall:
    """A collaborative with a Managing Entity, a lead agency and a provider, and the address of its working agreement."""

    client: Client
    rooms: str
    me: Partner
    cbc: Partner
    provider: Partner
    body: Body
    page: str = ""

    @property
    def row(self) -> Agreement:
        return Agreement.objects.get(pk=self.page.rstrip("/").rsplit("/", 1)[-1])

    def clause(self, code: str, **facts: object) -> None:
        send(self.client, f"{self.page}clauses/{code}/", **facts)

    def party(self, partner: Partner, role: str, **facts: object) -> Party:
        send(self.client, f"{self.page}parties/new/", partner_id=partner.pk, role=role, **facts)
        return Party.objects.get(agreement=self.row, partner=partner)

    def move(self, to: str) -> str:
        self.client.post(f"{self.page}move/", {"to": to, "version": self.row.row_version})
        return self.row.state

    def sign(self, party: Party) -> None:
        facts = {"name": "Ada Reed", "title": "Director", "version": self.row.row_version}
        send(self.client, f"{self.page}parties/{party.pk}/sign/", **facts, **day("signed_on"))


WHOLE_PARTY = {"contact_name": "Ada Reed", "contact_reach": "555-0100", "signer_name": "Ada Reed", "contract": "ZZ-17", "manager": "Cy Moss"}


@pytest.fixture
def hall(browser: Client) -> Hall:  # noqa: F811
    rooms = begun(browser)
    kinds = (("Entity", "MENTAL_HEALTH"), ("Lead", "CHILD_WELFARE"), ("House", "SUBSTANCE_USE"))
    me, cbc, provider = (a_partner(browser, rooms, f"{name} {uuid4()}", sector) for name, sector in kinds)
    body = a_body(browser, rooms, f"Workgroup {uuid4()}", "WORK_GROUP")
    hall = Hall(client=browser, rooms=rooms, me=me, cbc=cbc, provider=provider, body=body)
    assert "Begin a working agreement" in text_of(browser.get(f"{rooms}agreements/next/"))
    hall.page = send(
        browser, f"{rooms}agreements/new/", kind="WORKING", title="Working agreement", places="Pine", because="Both serve the same families."
    )
    return hall


def seat_all(hall: Hall) -> None:
    for partner in (hall.me, hall.cbc, hall.provider):
        a_seat(hall.client, hall.rooms, hall.body, f"Member {uuid4()}", partner)


def fill(hall: Hall) -> tuple[Party, Party]:
    """Everything that the checklist of a working agreement demands."""
    me, cbc = hall.party(hall.me, "ME", **WHOLE_PARTY), hall.party(hall.cbc, "CBC", **WHOLE_PARTY)
    for code in TEXTS:
        hall.clause(code, text=f"What we say of {code}.")
    seat_all(hall)
    hall.clause("workgroup", codes=[hall.body.pk], text="Barriers of the families whom both serve.")
    hall.clause("workgroup_way", codes=["MONTHLY", "ROTATES", "REMOTE"])
    hall.clause("position_label", codes=["SAP"])
    hall.clause("position_owner", codes=[hall.me.pk])
    hall.clause("position_planners", codes=[hall.cbc.pk], text="With the regional staff.")
    hall.clause("position_population", codes=["CHILD_WELFARE", "UNSAFE_CHILD"])
    hall.clause("position_admits", codes=["FACE_TO_FACE", "HOME_VISIT"])
    hall.clause("position_discharges", codes=["LINKED", "MOVED"])
    hall.clause("position_skills", codes=["MOTIVATION", "FAMILY"])
    send(hall.client, f"{hall.page}tables/STAFF/new/", cell_0="Bo Lane", cell_1="Northwest region", cell_2="Read the draft", cell_3="In March")
    terms = {**on("starts_on", 0), **on("ends_on", 730), **on("review_on", 365), **on("report_due_on", 300), "frequency": "YEARLY"}
    send(hall.client, f"{hall.page}edit/", version=str(hall.row.row_version), kind="WORKING", title="Working agreement", places="Pine", **terms)
    return me, cbc


def executed(hall: Hall) -> Hall:
    parties = fill(hall)
    for state in ("DRAFT", "PARTNER_REVIEW", "LEGAL", "APPROVED", "SIGNING"):
        assert hall.move(state) == state, text_of(hall.client.get(hall.page))
    for party in parties:
        hall.sign(party)
    assert hall.row.state == "EXECUTED"
    return hall
