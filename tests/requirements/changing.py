"""What the tests of changes share: a collaborative with an officer of each tier, a member and a stranger."""

from __future__ import annotations

from datetime import datetime, timedelta
from uuid import uuid4

from django.http import HttpResponse
from django.test import Client
from tests.factories.agencies import a_worker, an_agency
from tests.requirements.conftest import SignIn
from tests.requirements.knowing import on, read
from tests.requirements.test_structure_rows import a_body, a_partner, begun, send

from careloom.agencies.roles import Role
from careloom.changes.models import GuidanceVersion, Pilot
from careloom.infra import clock
from careloom.kernel.agency_kinds import AgencyKind
from careloom.partnership.models import Collaborative, Partner


class House:
    """A collaborative with three tiers, each with an officer who signs in, a partner with a member, and a stranger."""

    def __init__(self, sign_in: SignIn) -> None:
        hub = an_agency(kind=AgencyKind.COORDINATION_HUB, name=f"Hub {uuid4()}")
        self.agency = hub
        self.browser = sign_in(a_worker(Role.PARTNERSHIP_COORDINATOR, agency=hub))
        self.rooms = begun(self.browser)
        self.collaborative = Collaborative.objects.get(pk=self.rooms.strip("/").rpartition("/")[2])
        agencies = [an_agency(name=f"Partner {uuid4()}") for _one in range(4)]
        self.partners: list[Partner] = [a_partner(self.browser, self.rooms, one.name, "HOSPITALS", agency_id=one.pk) for one in agencies]
        lead = self.partners[0].pk
        self.oversight = a_body(
            self.browser, self.rooms, f"Oversight {uuid4()}", "OVERSIGHT", lead_id=lead, convened_by="A statute", reports_to="The governor"
        )
        self.core, self.group = (
            a_body(self.browser, self.rooms, f"Core {uuid4()}", "CORE"),
            a_body(self.browser, self.rooms, f"Group {uuid4()}", "WORK_GROUP"),
        )
        self.workers = [a_worker(Role.HOSPITAL_SOCIAL_WORKER, agency=one) for one in agencies]
        for body, partner, worker in zip((self.oversight, self.core, self.group), self.partners, self.workers, strict=False):
            facts = {"name": f"Seat {uuid4()}", "partner_id": partner.pk, "worker_id": worker.worker_id, "office": "CHAIR"}
            send(self.browser, f"{self.rooms}bodies/{body.pk}/seats/new/", **facts, **on("starts_on", clock.today()))
        self.workers.append(a_worker(Role.HOSPITAL_SOCIAL_WORKER))
        self.sign_in = sign_in
        self.enter()

    def enter(self) -> None:
        """Sign everybody in, as each does on another day."""
        self.chair, self.manager, self.lead, self.member, self.stranger = (self.sign_in(one) for one in self.workers)

    def at(self, path: str) -> str:
        """An address of the collaborative."""
        return f"{self.rooms}{path}"

    def page(self, client: Client, path: str) -> str:
        """The words of a page of it."""
        return read(client.get(self.at(path)))


def act(client: Client, path: str, version: int) -> HttpResponse:
    """Press a button."""
    return client.post(path, {"request_key": uuid4().hex, "version": str(version)})


def drafted(house: House, client: Client, title: str = "Ask before you test") -> GuidanceVersion:
    """A draft, written by an officer."""
    page = send(client, house.at("guidance/new/"), title=title, body_id=house.oversight.pk, text="Ask her first.\n\nWrite down what she said.")
    return GuidanceVersion.objects.get(guidance_id=page.strip("/").rpartition("/")[2])


def issued(house: House, at: datetime, **facts: object) -> GuidanceVersion:
    """A version that was open for comments and went to the member's partner and the work group."""
    version = drafted(house, house.manager)
    tomorrow = clock.today() + timedelta(days=1)
    send(house.manager, house.at(f"guidance/version/{version.pk}/comments/"), version=1, **on("until", tomorrow))
    with clock.at(at + timedelta(days=3)):
        house.enter()
        to = {"partners": [str(house.partners[3].pk)], "bodies": [str(house.group.pk)]}
        send(house.chair, house.at(f"guidance/version/{version.pk}/issue/"), **(to | {"version": 2} | facts))
    version.refresh_from_db()
    return version


def proposed(house: House, **facts: object) -> Pilot:
    """A pilot of the work group."""
    today = clock.today()
    told = {
        "title": "A ride booked at discharge", "kind": "PRACTICE", "body_id": house.group.pk, "what": "The nurse books the ride.",
        "sites": "St. Agnes, Quillstone", "compared": "Harbor General", "measure": "Families who came to the first visit", "unit": "SHARE",
        "higher": "1", "baseline": "52", "target": "75", **on("starts_on", today), **on("until", today + timedelta(days=180)),
    } | facts  # fmt: skip
    page = send(house.lead, house.at("pilots/new/"), **told)
    return Pilot.objects.get(pk=page.strip("/").rpartition("/")[2])


def running(house: House, **facts: object) -> Pilot:
    """A pilot that was approved and started."""
    row = proposed(house, **facts)
    assert act(house.manager, house.at(f"pilots/{row.pk}/approve/"), 1).status_code == 302
    assert act(house.lead, house.at(f"pilots/{row.pk}/start/"), 2).status_code == 302
    return row
