"""A collaborative with partners, services and families with plans, for the rows of the inventory."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import timedelta
from uuid import uuid4

from django.test import Client
from tests.factories.agencies import a_worker, an_agency, viewer
from tests.factories.plans import PlanWorld, a_key
from tests.requirements.conftest import SignIn
from tests.requirements.test_structure_rows import a_partner, begun, send

from careloom.agencies.models import Agency
from careloom.agencies.roles import Role
from careloom.directory.models import Capacity, Organization, Service
from careloom.infra import clock
from careloom.infra.access import acting_as
from careloom.inventory.models import Standard
from careloom.kernel.agency_kinds import AgencyKind
from careloom.partnership.models import Partner
from careloom.plans import actions as plans
from careloom.plans.models import Need


@dataclass
class House:
    """A collaborative of Pine and Harbor with a hospital, a clinic, a county and a transit partner; a work group; and who works there."""

    client: Client
    rooms: str
    hospital: Partner
    clinic: Partner
    county: Partner
    transit: Partner
    agencies: dict[str, Agency]

    @property
    def inventory(self) -> str:
        return f"{self.rooms}inventory/"


def a_house(sign_in: SignIn) -> House:
    """The collaborative, with its coordinator at the browser."""
    hub = an_agency(kind=AgencyKind.COORDINATION_HUB, name=f"Hub {uuid4()}")
    client = sign_in(a_worker(Role.PARTNERSHIP_COORDINATOR, agency=hub))
    rooms = begun(client)
    agencies = {name: an_agency(name=f"{name} {uuid4()}") for name in ("Hospital", "Clinic", "County")}
    sectors = {"Hospital": "HOSPITALS", "Clinic": "HOSPITALS", "County": "HOSPITALS"}
    partners = {name: a_partner(client, rooms, row.name, sectors[name], agency_id=row.pk) for name, row in agencies.items()}
    transit = a_partner(client, rooms, f"Transit {uuid4()}", "HOSPITALS")
    return House(
        client=client, rooms=rooms, hospital=partners["Hospital"], clinic=partners["Clinic"], county=partners["County"], transit=transit,
        agencies=agencies,
    )  # fmt: skip


def listed(
    name: str, *needs: str, areas: tuple[str, ...], agency: Agency | None = None, room: int | None = None, features: tuple[str, ...] = ()
) -> Service:
    """A service of the directory."""
    organization = Organization.objects.create(source="test", source_id=uuid4().hex, name=f"{name} House")
    row = Service.objects.create(
        source="test", source_id=uuid4().hex, organization=organization, agency=agency, name=name, needs=list(needs), areas_served=list(areas),
        features=list(features), available=room,
    )  # fmt: skip
    if room is not None:
        Capacity.objects.create(service=row, unit="place", available=room, maximum=20, updated_at=clock.now())
    return row


def families(world: PlanWorld, count: int, *codes: str, county: str) -> list[Need]:
    """So many families of a county with plans that name these needs."""
    by, made = viewer(world.dana), []
    for _one in range(count):
        plan = world.a_plan(mother_id=world.a_mother(county=county), agreed=True)
        with acting_as(by):
            for code in codes:
                need = plans.add_need(by=by, at=world.at, plan_id=plan.pk, code=code, her_choice="YES", request_key=a_key())
                assert isinstance(need, Need)
                made.append(need)
    return made


def last_month() -> PlanWorld:
    """A world in the middle of the month before this one, which is over."""
    now = clock.now()
    return PlanWorld(at=(now.replace(day=1) - timedelta(days=1)).replace(day=15))


def line(page: str, *words: str) -> str:
    """The row of a table that begins with these words."""
    rows = re.findall(r"<tr>(.*?)</tr>", page, flags=re.S)
    return next(row for row in rows if all(word in row for word in words))


def on(name: str, days: int) -> dict[str, str]:
    """A day so many days from today in the parts of a date."""
    return {name: (clock.today() + timedelta(days=days)).isoformat()}


def a_standard(house: House, name: str, **facts: object) -> Standard:
    send(house.client, f"{house.inventory}standards/new/", system="HOSPITALS", name=name, every_months="12", **facts)
    return Standard.objects.get(name=name)


def a_check(house: House, standard: Standard, partner: Partner, found: str, *, client: Client | None = None) -> None:
    facts = {"partner_id": partner.pk, "found": found, "evidence": f"Seen at {partner.pk}", "checked_by": "The work group", **on("on", -2)}
    send(client or house.client, f"{house.inventory}standards/{standard.pk}/check/", **facts)
