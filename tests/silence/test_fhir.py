"""The FHIR door: a system of an agency without consent is answered about a family as about one that does not exist, statement for statement.

Source: 42 CFR 2.13(c); issue 7. Every type, every search parameter that takes an id, a name or a number, and every include.
"""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import urlencode
from uuid import UUID, uuid4

import pytest
from django.test import Client
from tests.factories.agencies import a_worker, an_agency, viewer
from tests.factories.charts import a_chart, a_treatment_record
from tests.factories.fhir import System, a_system
from tests.silence.hidden import NAMES, Hidden, a_hidden_family, a_record
from tests.silence.same import Answer, ask

from careloom.agencies.roles import Role
from careloom.fhir.clients.scopes import NEEDS
from careloom.fhir.resources.provenance import ABOUT
from careloom.fhir.serving.matching import Ref
from careloom.fhir.serving.registry import KINDS, includes_of, revincludes_of
from careloom.infra import clock
from careloom.infra.access import acting_as
from careloom.infra.access.models import AccessLog
from careloom.kernel.agency_kinds import AgencyKind

pytestmark = pytest.mark.django_db
IDS = {
    "Patient": "identity_id", "RelatedPerson": "member_id", "CarePlan": "plan_id", "CareTeam": "plan_id", "DocumentReference": "plan_id",
    "Goal": "goal_id",
    "ServiceRequest": "referral_id", "Task": "referral_id", "Consent": "consent_id",
    **{kind: kind for kind in ("Condition", "MedicationRequest", "Encounter", "Observation", "QuestionnaireResponse")},
}  # fmt: skip
OF_A_FAMILY = {"Patient": "identity_id", "ServiceRequest": "referral_id", "QuestionnaireResponse": "QuestionnaireResponse"}
EVERYTHING = "system/*.cruds"
WHO = ("an agency without consent", "a hospital that knows another family", "an agency that reads for a study")


@pytest.fixture
def hidden(db: None) -> Iterator[Hidden]:
    with clock.at(clock.now()):
        hidden = a_hidden_family()
        first = hidden.plan.identity_id
        kept = {**a_chart(hidden.world, by=hidden.world.dana, mother=first, infant=first), **a_treatment_record(hidden.world, mother=first)}
        hidden.ids |= {
            "Condition": [kept["Condition"], kept["DIAGNOSIS"]], "MedicationRequest": [kept["MedicationRequest"], kept["MEDICINE"]],
            "Encounter": [kept["Encounter"], *hidden.ids["appointment_id"]], "Observation": [kept["Observation"], kept["birth"]],
            "QuestionnaireResponse": hidden.ids["response_id"][:1],
        }  # fmt: skip
        yield hidden


def system_of(who: str, hidden: Hidden) -> System:
    if who == WHO[0]:
        return a_system(an_agency(kind=AgencyKind.CPS_AGENCY), role=Role.SUPERVISOR, scope=EVERYTHING)
    if who == WHO[1]:
        hospital = an_agency(kind=AgencyKind.HOSPITAL)
        a_record(a_worker(Role.CARE_COORDINATOR, agency=hospital), given_name="Other", family_name="Family")
        return a_system(hospital, role=Role.SUPERVISOR, scope=EVERYTHING)
    return a_system(hidden.world.harbor, role=Role.HOME_VISITOR, purpose="research", scope=EVERYTHING)


def asked(system: System, path: str) -> Answer:
    return ask(Client(headers=system.headers()), f"/fhir/{path}")


def pairs(hidden: Hidden) -> Iterator[tuple[str, str]]:
    """Each question about the hidden family, and the same about nobody."""
    for kind, part in IDS.items():
        for there in hidden.ids[part]:
            nowhere = uuid4()
            yield f"{kind}/{there}", f"{kind}/{nowhere}"
            yield f"{kind}?_id={there}", f"{kind}?_id={nowhere}"
            yield f"{kind}?_id={there}&_summary=count", f"{kind}?_id={nowhere}&_summary=count"
            beside = urlencode([("_include", one) for one in includes_of(KINDS[kind])] + [("_revinclude", one) for one in revincludes_of(kind)])
            yield f"{kind}?_id={there}&{beside}", f"{kind}?_id={nowhere}&{beside}"
            if kind == "DocumentReference":
                yield f"Binary/{there}-en", f"Binary/{nowhere}-en"
            if kind in ABOUT:
                yield f"Provenance/{kind}-{there}", f"Provenance/{kind}-{nowhere}"
                yield f"Provenance?target={kind}%2F{there}", f"Provenance?target={kind}%2F{nowhere}"
            if kind == "Patient":
                yield f"{kind}/{there}/$everything", f"{kind}/{nowhere}/$everything"
        yield from _references(kind, hidden)
    yield f"Patient?family={NAMES[1]}", "Patient?family=Nosuchperson"
    yield f"Patient?given={NAMES[0]}&_summary=count", "Patient?given=Nosuchnam&_summary=count"
    yield f"Patient?identifier=urn%3Auuid%3A{hidden.ids['identity_id'][0]}", f"Patient?identifier=urn%3Auuid%3A{uuid4()}"


def _references(kind: str, hidden: Hidden) -> Iterator[tuple[str, str]]:
    for source in KINDS[kind].sources:
        for param, column in source.columns.items():
            if isinstance(column, Ref) and column.kind in OF_A_FAMILY:
                yield f"{kind}?{param}={hidden.ids[OF_A_FAMILY[column.kind]][0]}", f"{kind}?{param}={uuid4()}"


def test_every_type_about_a_family_is_asked_for(hidden: Hidden) -> None:
    about = {name for name, needs in NEEDS.items() if needs == "FAMILY_READ"}
    assert about - {"Provenance"} == IDS.keys()
    assert len(list(pairs(hidden))) > 70


@pytest.mark.parametrize("who", WHO)
def test_hidden_is_answered_as_absent(hidden: Hidden, who: str) -> None:
    system, differ = system_of(who, hidden), []
    asked(system, "Patient")
    for there, nowhere in pairs(hidden):
        first, second = asked(system, there), asked(system, nowhere)
        assert first.status in {200, 404}, there
        if first != second:
            differ.append((there, [name for name in ("status", "headers", "body", "statements") if getattr(first, name) != getattr(second, name)]))
    assert differ == []


@pytest.mark.parametrize("who", WHO)
def test_an_answer_to_a_hidden_referral_is_an_answer_to_nothing(hidden: Hidden, who: str) -> None:
    system = system_of(who, hidden)
    client = Client(headers=system.headers())
    for there in hidden.ids["referral_id"]:
        answers = [put(client, key) for key in (there, uuid4())]
        assert answers[0] == answers[1]
        assert answers[0].status in {403, 404}


def put(client: Client, key: UUID) -> Answer:
    body = {"resourceType": "Task", "id": str(key), "status": "accepted", "intent": "order"}
    return ask(client, f"/fhir/Task/{key}", method="put", data=body, media="application/fhir+json")


def test_the_sweep_can_see(hidden: Hidden) -> None:
    """The pair: the system of the agency that keeps the family gets other answers, so equal ones above mean silence."""
    keeper = a_system(hidden.world.riverbend, role=Role.SUPERVISOR)
    seen = [there for there, nowhere in pairs(hidden) if asked(keeper, there) != asked(keeper, nowhere)]
    assert {there.partition("/")[0].partition("?")[0] for there in seen} == {*IDS, "Binary", "Provenance"}


def test_lists_and_totals_hold_nothing_of_the_hidden_family(hidden: Hidden) -> None:
    system = a_system(an_agency(kind=AgencyKind.CPS_AGENCY), role=Role.SUPERVISOR)
    for kind in IDS:
        assert system.read(kind)["total"] == 0
    for kind in KINDS:
        text = str(system.get(f"{kind}?_count=200").json())
        assert not any(word in text for word in (*NAMES, str(hidden.plan.pk), str(hidden.plan.identity_id))), kind


def test_who_looked_at_a_hidden_family_is_not_told_to_the_officer_of_another_agency(hidden: Hidden) -> None:
    """The pair: the officer of the agency that keeps it reads the look."""
    mother = hidden.ids["identity_id"][0]
    a_system(hidden.world.riverbend, role=Role.SUPERVISOR).read(f"Patient/{mother}")
    own = a_system(hidden.world.riverbend, role=Role.PRIVACY_OFFICER)
    (look, *_) = own.found(f"AuditEvent?patient={mother}")
    other = a_system(an_agency(kind=AgencyKind.CPS_AGENCY), role=Role.PRIVACY_OFFICER)
    asked(other, "AuditEvent?date=ge2020")
    for there, nowhere in ((f"AuditEvent/{look['id']}", f"AuditEvent/{uuid4()}"), (f"AuditEvent?patient={mother}", f"AuditEvent?patient={uuid4()}")):
        assert asked(other, there) == asked(other, nowhere)


def test_the_log_of_a_miss_is_the_same(hidden: Hidden) -> None:
    agency = an_agency(kind=AgencyKind.CPS_AGENCY)
    system = a_system(agency, role=Role.SUPERVISOR)
    for key in (hidden.plan.pk, uuid4()):
        assert system.get(f"CarePlan/{key}").status_code == 404
    with acting_as(viewer(a_worker(Role.PRIVACY_OFFICER, agency=agency))):
        rows = list(AccessLog.objects.filter(agency_id=agency.pk).values("place", "found", "identity_id", "holder_id", "categories", "purpose"))
    assert len(rows) == 2
    assert rows[0] == rows[1]
