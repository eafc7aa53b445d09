"""Reads patients and plans with SMART's Python client, which checks each resource against its own models; prints JSON. Arguments: address, token."""

import json
import sys

from fhirclient.models.careplan import CarePlan
from fhirclient.models.patient import Patient
from fhirclient.server import FHIRServer

base, token = sys.argv[1:3]


class Bearer:
    """The part of an authorization that the client's server asks for."""

    ready = True

    def can_sign_headers(self) -> bool:
        return True

    def signed_headers(self, headers: dict[str, str] | None) -> dict[str, str]:
        return {**(headers or {}), "Authorization": f"Bearer {token}"}


server = FHIRServer(None, base_uri=f"{base}/")
server.auth = Bearer()
patients = Patient.where({}).perform_resources(server)
# The notice of 42 CFR 2.32 stands beside what was found.
plan = next(one for one in CarePlan.where({}).perform_resources(server) if isinstance(one, CarePlan))
print(
    json.dumps(
        {
            "patients": sorted(one.id for one in patients if isinstance(one, Patient)),
            "plan": plan.id,
            "of": Patient.read(plan.subject.reference.rpartition("/")[2], server).id,
        }
    )
)
