"""A signed consent becomes grants, a revoked one ends them in the same transaction, and the database obeys."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest

from careloom.agencies.models import Agency
from careloom.consents.actions import Draft, NotSigned, Signature, Signed, preview, revoke_consent, sign_consent
from careloom.consents.queries import who_sees_what
from careloom.infra import clock
from careloom.infra.access import PrincipalKind, Viewer, acting_as
from careloom.infra.access.models import Principal
from careloom.kernel.agency_kinds import AgencyKind
from careloom.people.actions import PersonFacts, make_person_principal, put_family_member, put_person
from careloom.people.models import FamilyMember, PersonRecord

NOW = datetime(2026, 1, 5, 15, tzinfo=UTC)


def agency(name: str, kind: AgencyKind, **facts: object) -> Agency:
    made = Agency.objects.create(name=name, short_name=name, kind=kind.value, **facts)
    Principal.objects.create(id=made.pk, kind="AGENCY")
    return made


def worker(at: Agency, **changes: object) -> Viewer:
    viewer = Viewer(
        principal_id=at.pk,
        kind=PrincipalKind.AGENCY,
        purpose=AgencyKind(at.kind).purpose,
        holder_id=at.pk,
        whole_agency=True,
        permissions=frozenset({"CONSENT_WRITE"}),
    )
    return replace(viewer, **changes)


class World:
    """Riverbend (a Part 2 program) keeps a mother's plan; Harbor visits homes; Pine is child welfare."""

    def __init__(self) -> None:
        self.riverbend = agency("Riverbend", AgencyKind.PART2_PROGRAM, is_part2_program=True, is_covered_entity=True)
        self.harbor = agency("Harbor Home Visiting", AgencyKind.HOME_VISITING)
        self.pine = agency("Pine County Children and Families", AgencyKind.CPS_AGENCY)
        self.dana, self.bea, self.lena = worker(self.riverbend), worker(self.harbor), worker(self.pine)
        with acting_as(self.dana):
            facts = PersonFacts(role="MOTHER", given_name="Marisol", family_name="Valdeluna")
            self.mother = put_person(by=self.dana, at=NOW, facts=facts, category="posc.plan_core").identity_id

    def draft(self, **changes: object) -> Draft:
        draft = Draft(
            identity_id=self.mother,
            subject_ids=(self.mother,),
            kind="specific",
            discloser_ids=(self.riverbend.pk,),
            recipient_ids=(self.harbor.pk,),
            information=("posc.plan_core", "posc.referral_status"),
            purposes=("care_coordination", "treatment", "posc_monitoring"),
            expires_on=clock.today() + timedelta(days=180),
        )
        return replace(draft, **changes)

    def sign(self, key: str = "k1", **changes: object) -> Signed | NotSigned:
        with acting_as(self.dana):
            return sign_consent(
                by=self.dana, at=NOW, draft=self.draft(**changes), signature=Signature(method="SCREEN", name="Practice Mother"), request_key=key
            )

    def seen_by(self, viewer: Viewer) -> int:
        with acting_as(viewer):
            return PersonRecord.objects.filter(identity_id=self.mother).count()


@pytest.fixture
def world(db: None) -> World:
    return World()


def test_without_a_consent_nobody_else_sees_her(world: World) -> None:
    assert world.seen_by(world.bea) == 0


def test_a_signed_consent_opens_her_record_to_its_recipient_only(world: World) -> None:
    assert isinstance(world.sign(), Signed)
    assert (world.seen_by(world.bea), world.seen_by(world.lena)) == (1, 0)


def test_revoking_ends_it_at_once(world: World) -> None:
    signed = world.sign()
    assert isinstance(signed, Signed)
    with acting_as(world.dana):
        assert revoke_consent(by=world.dana, at=clock.now(), consent_id=signed.consent.pk, how="SPOKEN")
    assert world.seen_by(world.bea) == 0


def test_what_is_written_after_the_signature_is_shared_too(world: World) -> None:
    world.sign()
    with acting_as(world.dana):
        put_family_member(by=world.dana, at=NOW, identity_id=world.mother, name="Elena", relation="my mother", kind="KIN")
    with acting_as(world.bea):
        assert FamilyMember.objects.filter(identity_id=world.mother).count() == 1


def test_a_person_marked_unsafe_is_never_shared(world: World) -> None:
    world.sign()
    with acting_as(world.dana):
        put_family_member(by=world.dana, at=NOW, identity_id=world.mother, name="X", relation="he", contact="DO_NOT_CONTACT")
    with acting_as(world.bea):
        assert FamilyMember.objects.filter(identity_id=world.mother).count() == 0


@pytest.mark.parametrize(
    "changes",
    [{"purposes": ()}, {"recipient_ids": ()}, {"information": ()}, {"discloser_ids": ()}, {"expires_on": None}, {"statements": {}}],
    ids=lambda changes: next(iter(changes)),
)
def test_a_form_that_lacks_an_element_is_refused_and_says_which(world: World, changes: dict[str, object]) -> None:
    answer = world.sign(**changes)
    assert isinstance(answer, NotSigned)
    assert all(item.citation for item in answer.missing)
    assert world.seen_by(world.bea) == 0


def test_signing_twice_makes_one_consent(world: World) -> None:
    first, second = world.sign(), world.sign()
    assert isinstance(first, Signed)
    assert isinstance(second, Signed)
    assert first.consent.pk == second.consent.pk


def test_a_preview_shows_and_leaves_nothing(world: World) -> None:
    def read() -> int:
        return PersonRecord.objects.filter(identity_id=world.mother).count()

    with acting_as(world.dana):
        assert preview(by=world.dana, at=NOW, draft=world.draft(), reader=world.bea, read=read) == 1
    assert world.seen_by(world.bea) == 0


def test_the_mother_reads_her_own_record(world: World) -> None:
    with acting_as(world.dana):
        who = make_person_principal(by=world.dana, at=NOW, identity_id=world.mother, subject_ids=[world.mother])
        from careloom.consents.materialise import materialise

        materialise([world.mother])
    herself = Viewer(principal_id=who, kind=PrincipalKind.PERSON, purpose="patient_access", holder_id=who, whole_agency=True)
    stranger = replace(herself, principal_id=UUID(int=5), holder_id=UUID(int=5))
    assert (world.seen_by(herself), world.seen_by(stranger)) == (1, 0)


def test_the_holder_reads_who_sees_what(world: World) -> None:
    world.sign()
    with acting_as(world.dana):
        rows = who_sees_what(viewer=world.dana, identity_ids=[world.mother], at=clock.now())
    assert {row.recipient_id for row in rows} == {world.harbor.pk}


def test_a_form_that_another_agency_wrote_opens_nothing(world: World) -> None:
    draft = world.draft(recipient_ids=(world.pine.pk,))
    with acting_as(world.lena):
        answer = sign_consent(by=world.lena, at=NOW, draft=draft, signature=Signature(method="PAPER"), request_key="forged")
    assert isinstance(answer, Signed)
    assert world.seen_by(world.lena) == 0
