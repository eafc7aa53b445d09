"""A collaborative with barriers for tests, worked through its screens."""

from __future__ import annotations

from collections.abc import Callable
from uuid import uuid4

from django.test import Client
from tests.factories.agencies import a_worker, an_agency
from tests.requirements.test_structure_rows import a_body, a_partner, day, send

from careloom.agencies.models import Agency, Membership
from careloom.agencies.roles import Role
from careloom.barriers.models import Barrier
from careloom.kernel.agency_kinds import AgencyKind
from careloom.partnership.models import Body

SignIn = Callable[[Membership], Client]


class House:
    """A collaborative of one county, run by Ruth, with three tiers and a hospital whose worker Renee sits nowhere yet."""

    def __init__(self, sign_in: SignIn) -> None:
        hub = an_agency(kind=AgencyKind.COORDINATION_HUB, name=f"Hub {uuid4()}")
        self.sign_in = sign_in
        self.ruth: Client = sign_in(a_worker(Role.PARTNERSHIP_COORDINATOR, agency=hub))
        self.county = f"Reed{uuid4().hex[:8]}"
        name = f"Together {uuid4()}"
        self.rooms = send(self.ruth, "/partnership/new/", name=name, reach="COUNTY", places=f"{self.county} County", new="1", **day("starts_on"))
        self.hospital: Agency = an_agency(name=f"Hospital {uuid4()}")
        self.partner = a_partner(self.ruth, self.rooms, self.hospital.name, "HOSPITALS", agency_id=self.hospital.pk)
        self.oversight = a_body(
            self.ruth, self.rooms, f"Oversight {uuid4()}", "OVERSIGHT", lead_id=self.partner.pk, convened_by="A statute", reports_to="The governor"
        )
        self.core = a_body(self.ruth, self.rooms, f"Core {uuid4()}", "CORE")
        self.group = a_body(self.ruth, self.rooms, f"Rides {uuid4()}", "WORK_GROUP")
        self.renee_member = a_worker(Role.HOSPITAL_SOCIAL_WORKER, agency=self.hospital)
        self.renee: Client = sign_in(self.renee_member)

    def chair(self, body: Body) -> Client:
        member = a_worker(Role.HOSPITAL_SOCIAL_WORKER, agency=self.hospital)
        self._sits(body, member, office="CHAIR")
        return self.sign_in(member)

    def _sits(self, body: Body, member: Membership, **facts: object) -> None:
        told = {"name": f"Member {uuid4()}", "partner_id": self.partner.pk, "worker_id": member.worker_id, "office": "MEMBER", **day("starts_on")}
        send(self.ruth, f"{self.rooms}bodies/{body.pk}/seats/new/", **(told | facts))

    def member(self, body: Body, **facts: object) -> tuple[Client, Membership]:
        member = a_worker(Role.HOSPITAL_SOCIAL_WORKER, agency=self.hospital)
        self._sits(body, member, **facts)
        return self.sign_in(member), member

    def raised(self, client: Client, title: str = "No ride to the clinic", **facts: object) -> Barrier:
        told = {"kind": "CHALLENGE", "title": title, "words": "The clinic is 70 miles away and there is no bus.", "cause": "TOO_FAR", "county": ""}
        send(client, f"{self.rooms}barriers/new/", **(told | facts))
        return Barrier.objects.get(title=title, collaborative_id=self.partner.collaborative_id)

    def url(self, row: Barrier, deed: str = "") -> str:
        return f"{self.rooms}barriers/{row.pk}/{deed}"

    def act(self, client: Client, row: Barrier, deed: str, **facts: object) -> Barrier:
        row.refresh_from_db()
        send(client, self.url(row, f"{deed}/"), version=str(row.row_version), **facts)
        row.refresh_from_db()
        return row

    def refused(self, client: Client, row: Barrier, deed: str, **facts: object) -> str:
        row.refresh_from_db()
        answer = client.post(self.url(row, f"{deed}/"), {"request_key": uuid4().hex, "version": str(row.row_version), **facts})
        assert answer.status_code == 422
        return answer.content.decode()
