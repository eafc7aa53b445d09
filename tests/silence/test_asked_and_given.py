"""Asking, and noting what was given, tell nobody what she may not know: neither who asks, nor what lies in a part that her role does not open.

Source: 42 CFR 2.13(a), (c); 45 CFR 164.514(d); DESIGN section 2.
"""

from __future__ import annotations

from collections.abc import Iterator
from uuid import UUID

import pytest
from django.test import Client
from tests.factories.agencies import a_worker, an_agency, viewer
from tests.factories.plans import a_key
from tests.integration.disclosures.conftest import Disclosing
from tests.silence.same import ask

from careloom.agencies.models import Agency
from careloom.agencies.roles import Role, opens_of
from careloom.disclosures import words
from careloom.health.models import Medication
from careloom.infra import clock
from careloom.infra.access import acting_as
from careloom.infra.access.caseload import assign
from careloom.kernel.agency_kinds import AgencyKind

pytestmark = pytest.mark.django_db
TOXICOLOGY = "hipaa.toxicology"
NAMES = {"given_name": "Marisol", "family_name": "Valdeluna"}


@pytest.fixture
def there(db: None) -> Iterator[Disclosing]:
    with clock.at(clock.now()):
        yield Disclosing()


def test_a_treatment_program_that_asks_is_known_by_its_outward_name_alone(there: Disclosing) -> None:
    """The office that is asked reads who asks as people outside know it. That it is a treatment program would say that she is its patient."""
    clinic = an_agency(kind=AgencyKind.OB_CLINIC)
    keeper = a_worker(Role.PRIVACY_OFFICER, agency=clinic)
    form = {
        "holder": str(clinic.pk), "categories": ["hipaa.ob_record"], "purpose": "treatment", "why": "To plan her visits together", "papers": "",
        "request_key": a_key(),
    }  # fmt: skip
    assert there.client(there.world.dana).post(f"/disclosures/of/{there.mother}/ask/", form).status_code == 302
    row = there.request_at(clinic.pk)
    body = there.client(keeper).get(f"/disclosures/requests/{row.pk}/").content.decode()
    assert there.world.riverbend.name_outside in body
    facts = body[body.index("Who asks") : body.index("Whom they mean")]
    assert str(words.KINDS["part2_program"]) not in facts


def test_the_kind_of_who_asks_stands_there_for_a_letter_from_outside(there: Disclosing) -> None:
    """The pair: what a keeper wrote down herself she reads again."""
    form = {
        "asker_kind": "court", "asker_name": "Clerk of the court", "asker_contact": "", "about_name": "Marisol Valdeluna",
        "categories": ["part2.medication"], "purpose": "dependency_proceeding", "why": "A case in court", "papers": "", "came_by": "LETTER",
        "received_on": clock.today().isoformat(), "request_key": a_key(),
    }  # fmt: skip
    led = there.client(there.officer).post("/disclosures/new/", form)
    body = there.client(there.officer).get(led["Location"]).content.decode()
    assert str(words.KINDS["court"]) in body[body.index("Who asks") : body.index("Whom they mean")]


def noted(client: Client, identity: UUID, *, category: str) -> tuple[int, str, int]:
    """She notes that something was told by hand; what she then reads, and how many statements it took."""
    form = {
        "to_kind": "hospital", "to_name": "Another hospital", "to_address": "", "how": "PHONE", "given_on": clock.today().isoformat(),
        "categories": [category], "purpose": "treatment", "what": "Told the ward on the telephone", "papers": "",
        "facts": ["TREATS_HER"], "request_key": a_key(),
    }  # fmt: skip
    done = ask(client, f"/disclosures/of/{identity}/by-hand/", method="post", data=form)
    assert done.status == 302
    address = dict(done.headers)["Location"]
    page = ask(client, address).body.replace(str(identity), "ID").replace(address, "GIVEN")
    listed = ask(client, f"/disclosures/of/{identity}/").body.replace(str(identity), "ID").replace(address, "GIVEN")
    return len(done.statements), page + listed, page.count("Not permitted")


def test_noting_what_was_given_does_not_tell_what_a_role_does_not_open(there: Disclosing) -> None:
    """One patient has a toxicology record at the hospital and one has none: a role that does not open it is answered alike."""
    hospital, maria = there.world.st_agnes, viewer(there.world.maria)
    other = there.register_at_hospital(there.world.maria, None, number="MRN-78", **NAMES)
    shut = a_worker(Role.CARE_COORDINATOR, agency=hospital)
    opens = sorted(opens_of(Role.CARE_COORDINATOR, opens={}) - {TOXICOLOGY})
    Agency.objects.filter(pk=hospital.pk).update(opens={"CARE_COORDINATOR": {"version": 1, "categories": opens}})
    with acting_as(maria):
        assign(by=maria, worker_id=shut.worker_id, identity_ids=[there.mother, other], at=clock.now())
        Medication(
            holder_id=hospital.pk, identity_id=there.mother, category=TOXICOLOGY, system="x", code="1", display="Screen", source_id="t1",
            recorded_at=there.world.at,
        ).save()  # fmt: skip
    # Who opens it is told that the law permits it.
    assert noted(there.client(there.world.maria), there.mother, category=TOXICOLOGY)[2] == 0
    client = there.client(shut)
    noted(client, there.mother, category="hipaa.ob_record")  # what a session asks once is asked
    held, nothing = (noted(client, identity, category=TOXICOLOGY) for identity in (there.mother, other))
    assert held[2] == nothing[2] == 1
    assert held[0] == nothing[0]


def test_a_name_that_a_keeper_looks_for_stands_in_no_address(there: Disclosing) -> None:
    """Addresses are kept by proxies, logs and histories. The name goes in the body, and the page that answers finds her."""
    assert there.ask(there.world.riverbend.pk).status_code == 302
    row = there.request_at(there.world.riverbend.pk)
    client, address = there.client(there.officer), f"/disclosures/requests/{row.pk}/"
    page = client.get(address).content.decode()
    assert 'method="get"' not in page
    assert "This one is meant" in client.post(f"{address}person/", {"q": "Marisol"}).content.decode()
    assert "This one is meant" not in client.get(address, {"q": "Marisol"}).content.decode()
