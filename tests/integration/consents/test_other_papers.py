"""Court orders, data clauses, restrictions and emergency openings open and close records in their own transaction, and the database obeys."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from uuid import uuid4

import pytest
from tests.integration.consents.test_materialise import NOW, World, agency, worker

from careloom.consents.actions import (
    Changed,
    ClauseDraft,
    OrderDraft,
    Recorded,
    Refused,
    RestrictionDraft,
    Stale,
    end_clause,
    end_order,
    end_restriction,
    put_clause_in_force,
    put_restriction_in_force,
    record_order,
    review_clause,
)
from careloom.consents.materialise import materialise
from careloom.consents.models import CourtOrder
from careloom.infra import clock
from careloom.infra.access import NotVisible, Viewer, acting_as
from careloom.infra.access.models import Grant
from careloom.infra.packs import load_pack
from careloom.kernel import disclosure
from careloom.kernel.agency_kinds import AgencyKind
from careloom.kernel.disclosure.overlays import Overlay
from careloom.people.actions import PersonFacts, put_person
from careloom.people.models import PersonRecord

FINDINGS = ("notice_given", "opportunity_to_respond", "finding_other_ways", "finding_balance", "protective_terms")


class Papers(World):
    """The world of the consents' tests with a treatment record, a court, a hospital with a clinician, and a software house."""

    def __init__(self) -> None:
        super().__init__()
        self.court = agency("Pine County Juvenile Court", AgencyKind.COURT)
        self.hospital = agency("Harbor Hospital", AgencyKind.HOSPITAL, is_covered_entity=True)
        self.hub = agency("Pine Care Hub", AgencyKind.COORDINATION_HUB)
        self.keeper = replace(self.dana, permissions=frozenset({"CONSENT_WRITE", "PAPERS_KEEP"}))
        self.judge, self.hubber = worker(self.court), worker(self.hub)
        self.doctor = worker(self.hospital, worker_id=uuid4(), purpose="emergency_treatment", permissions=frozenset({"EMERGENCY_OPEN"}))
        with acting_as(self.dana):
            facts = PersonFacts(role="MOTHER", given_name="Marisol")
            put_person(by=self.dana, at=NOW, facts=facts, category="part2.attendance", identity_id=self.mother)

    def order(self, **changes: object) -> OrderDraft:
        draft = OrderDraft(
            identity_id=self.mother, subject_ids=(self.mother,), kind="2.64", court="Pine County Juvenile Court", issued_on=clock.today(),
            scope=("part2.attendance",), purposes=("dependency_proceeding",), recipient_ids=(self.court.pk,), findings=FINDINGS,
        )  # fmt: skip
        return replace(draft, **changes)

    def record(self, key: str = "o1", **changes: object) -> Recorded | Refused:
        with acting_as(self.keeper):
            return record_order(by=self.keeper, at=clock.now(), draft=self.order(**changes), request_key=key)

    def clause(self, **changes: object) -> ClauseDraft:
        draft = ClauseDraft(
            kind="DATA_SHARING", title="Sharing with Harbor", recipient_id=self.harbor.pk, categories=("posc.plan_core",),
            purposes=("care_coordination", "treatment", "posc_monitoring"), starts_on=clock.today(),
        )  # fmt: skip
        return replace(draft, **changes)

    def put(self, key: str = "c1", **changes: object) -> Changed | Refused:
        with acting_as(self.keeper):
            return put_clause_in_force(by=self.keeper, at=clock.now(), draft=self.clause(**changes), request_key=key)

    def kinds_seen_by(self, viewer: Viewer) -> set[str]:
        with acting_as(viewer):
            return set(PersonRecord.objects.filter(identity_id=self.mother, holder_id=self.riverbend.pk).values_list("category", flat=True))


@pytest.fixture
def world(db: None) -> Papers:
    return Papers()


def test_an_order_with_its_findings_opens_what_it_lists_to_whom_it_names(world: Papers) -> None:
    answer = world.record()
    assert isinstance(answer, Recorded)
    assert (answer.gaps, answer.grants) == ((), 1)
    assert world.kinds_seen_by(world.judge) == {"part2.attendance"}
    assert world.kinds_seen_by(world.lena) == set()


@pytest.mark.parametrize("missing", FINDINGS)
def test_a_paper_that_lacks_a_finding_is_kept_and_opens_nothing(world: Papers, missing: str) -> None:
    answer = world.record(findings=tuple(f for f in FINDINGS if f != missing))
    assert isinstance(answer, Recorded)
    assert answer.gaps
    assert world.kinds_seen_by(world.judge) == set()


def test_a_subpoena_alone_opens_nothing(world: Papers) -> None:
    answer = world.record(kind="subpoena")
    assert isinstance(answer, Recorded)
    assert [gap.code for gap in answer.gaps] == ["NOT_A_SUBPART_E_ORDER"]
    assert world.kinds_seen_by(world.judge) == set()


def test_an_order_that_is_vacated_ends_what_it_opened_and_twice_is_once(world: Papers) -> None:
    first, again = world.record(), world.record()
    assert isinstance(first, Recorded)
    assert isinstance(again, Recorded)
    assert first.order.pk == again.order.pk
    with acting_as(world.keeper):
        assert isinstance(end_order(by=world.keeper, at=clock.now(), order_id=first.order.pk, because="VACATED", row_version=7), Stale)
        assert isinstance(end_order(by=world.keeper, at=clock.now(), order_id=first.order.pk, because="VACATED", row_version=1), Changed)
        assert end_order(by=world.keeper, at=clock.now(), order_id=first.order.pk, because="VACATED", row_version=1) == Changed(
            paper_id=first.order.pk, grants=0
        )
    assert world.kinds_seen_by(world.judge) == set()


def test_an_order_that_has_run_out_opens_nothing_and_needs_no_job(world: Papers) -> None:
    world.record(expires_on=clock.today())
    with acting_as(world.keeper):
        (grant,) = Grant.objects.filter(recipient_id=world.court.pk)
    assert grant.valid_to - clock.now() <= timedelta(days=1)
    other = world.record(key="o2", issued_on=clock.today() - timedelta(days=9), expires_on=clock.today() - timedelta(days=1))
    assert isinstance(other, Recorded)
    assert other.grants == 0


def test_another_agencys_worker_records_only_in_her_own_register(world: Papers) -> None:
    """Child welfare may keep the same paper; it opens nothing of the program's: an order permits the holder, it compels nobody here."""
    lena = replace(world.lena, permissions=frozenset({"PAPERS_KEEP"}))
    with acting_as(lena):
        answer = record_order(by=lena, at=clock.now(), draft=world.order(recipient_ids=(world.pine.pk,)), request_key="x")
    assert isinstance(answer, Recorded)
    assert answer.grants == 0
    assert world.kinds_seen_by(world.lena) == set()
    with acting_as(world.keeper):
        assert not CourtOrder.objects.filter(pk=answer.order.pk).exists()
    with acting_as(world.dana), pytest.raises(NotVisible):
        record_order(by=world.dana, at=clock.now(), draft=world.order(), request_key="y")


def test_a_paper_without_a_court_or_with_an_unknown_word_is_refused_and_nothing_is_written(world: Papers) -> None:
    answer = world.record(court=" ", scope=("part2.everything",), issued_on=clock.today() + timedelta(days=1))
    assert answer == Refused(codes=("COURT", "SCOPE", "ISSUED_LATER"))
    with acting_as(world.keeper):
        assert CourtOrder.objects.count() == 0


def test_a_schedule_opens_and_closes_what_a_consent_carries(world: Papers) -> None:
    world.sign()
    assert world.kinds_seen_by(world.bea) == {"posc.plan_core"}
    world.put(categories=("posc.referral_status",))
    assert world.kinds_seen_by(world.bea) == set()
    second = world.put(key="c2")
    assert isinstance(second, Changed)
    assert world.kinds_seen_by(world.bea) == {"posc.plan_core"}
    with acting_as(world.keeper):
        end_clause(by=world.keeper, at=clock.now(), clause_id=second.paper_id, because="ENDED_EARLY", row_version=1)
    assert world.kinds_seen_by(world.bea) == set()


def test_a_schedule_put_by_mistake_leaves_no_trace_in_the_flow(world: Papers) -> None:
    world.sign()
    put = world.put(categories=("posc.referral_status",))
    assert isinstance(put, Changed)
    with acting_as(world.keeper):
        end_clause(by=world.keeper, at=clock.now(), clause_id=put.paper_id, because="MISTAKE", row_version=1)
    assert world.kinds_seen_by(world.bea) == {"posc.plan_core"}


@pytest.mark.parametrize(("closes", "seen"), [(True, set()), (False, {"posc.plan_core"})])
def test_an_overdue_review_closes_the_flow_where_the_jurisdiction_says_so(world: Papers, closes: bool, seen: set[str]) -> None:
    world.sign()
    last = clock.today() - timedelta(days=1)
    put = world.put(starts_on=clock.today() - timedelta(days=400), review_due_on=last, closes_when_overdue=closes)
    assert isinstance(put, Changed)
    assert world.kinds_seen_by(world.bea) == seen
    with acting_as(world.keeper):
        answer = review_clause(
            by=world.keeper, at=clock.now(), clause_id=put.paper_id, next_review_on=clock.today() + timedelta(days=365), row_version=1
        )
    assert isinstance(answer, Changed)
    assert world.kinds_seen_by(world.bea) == {"posc.plan_core"}


def test_the_stricter_law_of_the_holders_place_closes_what_a_consent_would_open(world: Papers, monkeypatch: pytest.MonkeyPatch) -> None:
    world.sign(recipient_ids=(world.harbor.pk, world.pine.pk))
    assert world.kinds_seen_by(world.bea) == {"posc.plan_core"}
    stricter = Overlay(
        name="VISITORS_WAIT", says="Home visitors wait.", citations=("Columbia Rule (fictional)",), effective_from=date(2020, 1, 1),
        actors=frozenset({disclosure.Actor.HOME_VISITING}), closes=True,
    )  # fmt: skip
    local = replace(load_pack(name="columbia"), overlays=(stricter,))
    monkeypatch.setattr("careloom.consents.flows.asking.load_pack", lambda *, name: local)
    materialise([world.mother])
    assert world.kinds_seen_by(world.bea) == set()
    assert world.kinds_seen_by(world.lena) == {"posc.plan_core"}


def test_a_service_agreement_opens_for_the_service_and_never_for_care(world: Papers) -> None:
    kind = {"kind": "QSOA", "recipient_id": world.hub.pk, "categories": ("part2.attendance",)}
    assert world.put(**kind, purposes=("care_coordination",)) == Refused(codes=("QSOA_SERVICE",))
    world.put(**kind, purposes=("qso_service",))
    assert world.kinds_seen_by(world.hubber.for_purpose("qso_service")) == {"part2.attendance"}
    assert world.kinds_seen_by(world.hubber) == set()


def test_a_service_agreement_with_child_welfare_opens_nothing(world: Papers) -> None:
    world.put(kind="QSOA", recipient_id=world.pine.pk, categories=("part2.attendance",), purposes=("qso_service",))
    assert world.kinds_seen_by(world.lena.for_purpose("qso_service")) == set()


def test_a_clause_of_tomorrow_opens_tomorrow_without_a_job(world: Papers) -> None:
    later = clock.today() + timedelta(days=2)
    world.put(kind="QSOA", recipient_id=world.hub.pk, categories=("part2.attendance",), purposes=("qso_service",), starts_on=later)
    assert world.kinds_seen_by(world.hubber.for_purpose("qso_service")) == set()
    with acting_as(world.keeper):
        (grant,) = Grant.objects.filter(recipient_id=world.hub.pk)
    assert clock.now() < grant.valid_from <= clock.now() + timedelta(days=2)


def test_a_clause_that_names_another_as_discloser_cannot_be_put(world: Papers) -> None:
    """The recipient cannot put in force what would open the discloser's records to it."""
    lena = replace(world.lena, permissions=frozenset({"PAPERS_KEEP"}))
    with acting_as(lena):
        answer = put_clause_in_force(by=lena, at=clock.now(), draft=world.clause(recipient_id=world.pine.pk), request_key="z")
    assert answer == Refused(codes=("RECIPIENT",))


def test_a_restriction_stops_treatment_to_one_recipient_and_its_end_opens_it_again(world: Papers) -> None:
    world.sign(recipient_ids=(world.harbor.pk, world.pine.pk))
    keeper = world.keeper
    with acting_as(keeper):
        draft = RestrictionDraft(identity_id=world.mother, to_agency_id=world.harbor.pk)
        put = put_restriction_in_force(by=keeper, at=clock.now(), draft=draft, request_key="r1")
        assert isinstance(put, Changed)
        assert put_restriction_in_force(by=keeper, at=clock.now(), draft=draft, request_key="r1") == Changed(paper_id=put.paper_id, grants=0)
    assert world.kinds_seen_by(world.bea) == set()
    # Monitoring by child welfare is no treatment, payment or operation: the restriction does not reach it.
    assert world.kinds_seen_by(world.lena) == {"posc.plan_core"}
    with acting_as(keeper):
        assert isinstance(end_restriction(by=keeper, at=clock.now(), restriction_id=put.paper_id, because="SHE_ASKED"), Changed)
    assert world.kinds_seen_by(world.bea) == {"posc.plan_core"}
