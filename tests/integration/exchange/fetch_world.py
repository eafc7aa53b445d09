"""Pine's coordinator works with Marisol; St. Agnes's record system gives what Marisol signed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any
from uuid import UUID, uuid4

from django.test import Client
from tests.factories.agencies import a_worker, an_agency, viewer
from tests.factories.backend import CLIENT, Backend
from tests.factories.ehr_family import MOTHER, a_family
from tests.factories.fhir import an_administrator

from careloom.agencies.models import Agency, Membership
from careloom.agencies.roles import Role
from careloom.consents.actions import Draft, Signature, Signed, revoke_consent, sign_consent
from careloom.exchange.fetching import actions, sources
from careloom.exchange.fetching.work import work
from careloom.exchange.models import Fetch, Source
from careloom.infra import clock
from careloom.infra.access import System, acting_as, system
from careloom.infra.access.caseload import assign
from careloom.infra.answers import Done
from careloom.kernel.agency_kinds import AgencyKind
from careloom.people.actions import PersonFacts, put_person

NAMED = ("hipaa.ob_record", "hipaa.toxicology")


@dataclass
class Pair:
    """`dana` works at Pine with the mother; `source` is how Pine reads the hospital's system `far`."""

    pine: Agency
    hospital: Agency
    dana: Membership
    admin: Membership
    browser: Client
    far: Backend
    source: Source
    mother: UUID

    def sign(self, *information: str, kind: str = "hipaa_authorization", **changes: Any) -> UUID:
        """She lets the hospital give and Pine receive."""
        by = viewer(self.dana)
        draft = Draft(
            identity_id=self.mother, subject_ids=(self.mother,), kind=kind, discloser_ids=(self.hospital.pk,), recipient_ids=(self.pine.pk,),
            information=information or NAMED, purposes=("care_coordination", "treatment"), expires_on=clock.today() + timedelta(days=180),
        )  # fmt: skip
        with acting_as(by):
            signed = sign_consent(
                by=by, at=clock.now() - timedelta(minutes=1), draft=replace(draft, **changes), request_key=uuid4().hex,
                signature=Signature(method="SCREEN", name="Marisol Valdeluna"),
            )  # fmt: skip
        assert isinstance(signed, Signed), signed
        return signed.consent.pk

    def revoke(self, consent_id: UUID) -> None:
        by = viewer(self.dana)
        with acting_as(by):
            assert revoke_consent(by=by, at=clock.now(), consent_id=consent_id, how="SPOKEN")

    def ask(self, *, by: Membership | None = None, key: str = "") -> Any:
        who = viewer(by or self.dana)
        with acting_as(who):
            return actions.ask(by=who, at=clock.now(), identity_id=self.mother, source_id=self.source.pk, request_key=key or uuid4().hex)

    def asked(self) -> Fetch:
        done = self.ask()
        assert isinstance(done, Done), done
        return self.row(done.row_id)

    def fetched(self) -> Fetch:
        row = self.asked()
        work(now=clock.now)
        return self.row(row.pk)

    def row(self, pk: UUID) -> Fetch:
        with acting_as(system(System.JOB)):
            return Fetch.objects.get(pk=pk)

    def rows(self, model: Any) -> list[Any]:
        """What Pine's own record has of a kind."""
        with acting_as(system(System.JOB, holder_id=self.pine.pk)):
            return list(model.objects.filter(holder_id=self.pine.pk, identity_id=self.mother))


def a_pair(
    far: Backend,
    sign_in: Callable[[Any], Client],
    *,
    kind: AgencyKind = AgencyKind.HOSPITAL,
    part2: bool = False,
    own: AgencyKind = AgencyKind.COORDINATION_HUB,
) -> Pair:
    """The two agencies and the mother, of whom Pine knows her name and her birth date."""
    pine = an_agency(kind=own, name="Pine Care Hub", is_part2_program=own is AgencyKind.PART2_PROGRAM)
    hospital = an_agency(kind=kind, name="St. Agnes Hospital", is_covered_entity=True, is_part2_program=part2)
    admin, dana = an_administrator(pine), a_worker(Role.CARE_COORDINATOR, agency=pine)
    far.resources = a_family(today=clock.today())
    her = next(one for one in far.resources if one["id"] == MOTHER)
    by = viewer(admin)
    with acting_as(by):
        done = sources.register(
            name="St. Agnes records", discloser_id=hospital.pk, iss=far.iss, client_id=CLIENT, hosts=(), by=by, at=clock.now(),
            request_key=uuid4().hex,
        )  # fmt: skip
    assert isinstance(done, Done), done
    who = viewer(dana)
    name = her["name"][0]
    facts = PersonFacts(
        role="MOTHER", given_name=" ".join(name["given"]), family_name=name["family"], birth_date=date.fromisoformat(her["birthDate"])
    )
    with acting_as(who):
        mother = put_person(by=who, at=clock.now(), facts=facts, category="posc.plan_core").identity_id
        assign(by=who, worker_id=dana.worker_id, identity_ids=[mother], at=clock.now() - timedelta(minutes=5))
    shown = Client().get(f"/agency/sources/{pine.pk}/jwks.json").json()
    far.keys = lambda: shown
    return Pair(
        pine=pine, hospital=hospital, dana=dana, admin=admin, browser=sign_in(dana), far=far, source=Source.objects.get(pk=done.row_id), mother=mother
    )  # fmt: skip
