"""A hospital with a registered EHR, and its social worker's browser."""

from __future__ import annotations

import html
import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from uuid import uuid4

from django.http import HttpResponse
from django.test import Client
from tests.factories.agencies import a_worker, an_agency, viewer
from tests.factories.ehr import CLIENT, StandIn
from tests.factories.ehr_family import MOTHER, a_family
from tests.factories.fhir import an_administrator

from careloom.agencies.models import Agency, Membership
from careloom.agencies.roles import Role
from careloom.exchange.models import Ehr
from careloom.exchange.smart.registering import register
from careloom.infra import clock
from careloom.infra.access import acting_as
from careloom.infra.answers import Done
from careloom.kernel.agency_kinds import AgencyKind


@dataclass
class Ward:
    """`renee` works here; `browser` is hers."""

    hospital: Agency
    renee: Membership
    browser: Client
    ehr: StandIn
    row: Ehr

    def out(self, *, patient: str = MOTHER) -> str:
        """Open Careloom from the record of `patient`: the address of the EHR's sign-in to which she is led."""
        self.ehr.patient = patient
        return way(self.browser.get("/ehr/launch/", {"iss": self.ehr.iss, "launch": "opaque-1"}))

    def open(self, *, patient: str = MOTHER) -> Any:
        """The whole way: out, the EHR's yes, and back."""
        return self.browser.get(self.ehr.authorize(self.out(patient=patient)))


def way(page: HttpResponse) -> str:
    """The address to which a page goes on by itself."""
    found = re.search(r"content=\"0;URL='([^']+)'\"", page.content.decode())
    assert found, page.content.decode()
    return html.unescape(found[1])


def registered(hospital: Agency, iss: str, **given: Any) -> Ehr:
    by = viewer(an_administrator(hospital))
    asks: dict[str, Any] = {"name": "The ward's EHR", "client_id": CLIENT, "hosts": (), "request_key": uuid4().hex} | given
    with acting_as(by):
        done = register(iss=iss, by=by, at=clock.now(), **asks)
    assert isinstance(done, Done), done
    return Ehr.objects.get(pk=done.row_id)


def a_ward(ehr: StandIn, sign_in: Callable[[Any], Client], *, babies: str = "infant") -> Ward:
    hospital = an_agency(kind=AgencyKind.HOSPITAL, name="St. Agnes Hospital")
    renee = a_worker(Role.HOSPITAL_SOCIAL_WORKER, agency=hospital)
    ehr.resources = a_family(babies, today=clock.today())
    return Ward(hospital=hospital, renee=renee, browser=sign_in(renee), ehr=ehr, row=registered(hospital, ehr.iss))
