"""Generated worlds: what each reader gets from each family table, as the application role, is what the plain model says she may read.

Nightly: CARE_WORLDS=20000 pytest tests/attacks/test_isolation.py. A counter-example that was found once stays here as an @example.
"""

from __future__ import annotations

import os
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.attacks.reference import Paper, Reader, Row, Work, may_read
from tests.attacks.rows import TABLES, TRAILS, a_row

from careloom.agencies.models import Agency
from careloom.agencies.roles import CATEGORIES, WHOLE_AGENCY, Role
from careloom.consents.actions import Draft, Signature, Signed, revoke_consent, sign_consent
from careloom.infra import clock
from careloom.infra.access import PrincipalKind, System, Viewer, acting_as, system
from careloom.infra.access.models import Caseload, Principal
from careloom.kernel.agency_kinds import AgencyKind

WORLDS = int(os.environ.get("CARE_WORLDS", "150"))
KINDS = (AgencyKind.PART2_PROGRAM, AgencyKind.HOSPITAL, AgencyKind.HOME_VISITING, AgencyKind.COORDINATION_HUB)
COVERED = frozenset({AgencyKind.PART2_PROGRAM, AgencyKind.HOSPITAL})  # they bill (45 CFR 160.103)
KINDS_OF_FACT = ("posc.plan_core", "posc.referral_status", "posc.plan_part2_segment", "part2.medication", "hipaa.ob_record", "dv.victim_record")
RELEASED = ("posc.plan_core", "posc.referral_status", "posc.plan_part2_segment", "part2.medication", "hipaa.ob_record")
PURPOSES = ("care_coordination", "treatment", "posc_monitoring")
ROLES = (Role.CARE_COORDINATOR, Role.HOME_VISITOR, Role.SUPERVISOR, Role.PRIVACY_OFFICER, Role.CLINICIAN, Role.STATE_LEAD)
few = {"min_size": 1, "max_size": 3}


@st.composite
def worlds(draw: st.DrawFn) -> dict[str, Any]:
    """Indexes and choices only; ids and rows are made from them in the database."""
    agencies = draw(st.lists(st.sampled_from(KINDS), min_size=2, max_size=4))
    agency, person = st.integers(0, len(agencies) - 1), st.integers(0, 2)
    paper = st.fixed_dictionaries(
        {
            "taker": agency, "signer": person, "subjects": st.sets(person, **few), "disclosers": st.sets(agency, **few),
            "recipients": st.sets(agency, **few), "categories": st.sets(st.sampled_from(RELEASED), **few),
            "purposes": st.sets(st.sampled_from(PURPOSES), **few), "days": st.integers(-2, 3), "revoked": st.booleans(),
        }
    )  # fmt: skip
    fact = st.tuples(agency, person, st.sampled_from(KINDS_OF_FACT), st.integers(0, len(TABLES) - 1))
    work = st.tuples(agency, person, st.integers(0, 1), st.integers(-2, 1), st.integers(0, 2))
    facts = draw(st.lists(fact, min_size=1, max_size=8, unique_by=lambda f: (f[0], f[1], f[3])))
    return {
        "agencies": agencies,
        "facts": [(a, who, _kind_at(agencies[a], kind), table) for a, who, kind, table in facts],
        "papers": draw(st.lists(paper, max_size=4)),
        "works": draw(st.lists(work, max_size=5)),
        "readers": draw(st.lists(st.tuples(agency, st.integers(0, 1), st.sampled_from(ROLES), st.sampled_from(PURPOSES)), min_size=2, max_size=5)),
        "papers_first": draw(st.booleans()),
    }


def _kind_at(holder: AgencyKind, kind: str) -> str:
    """A health record under HIPAA lies at a covered entity only; elsewhere no law is known for it and the kernel lets nothing go."""
    return "posc.plan_core" if kind.startswith("hipaa.") and holder not in COVERED else kind


class Played:
    """A generated world in the database, and the same as the plain model knows it."""

    def __init__(self, plan: dict[str, Any]) -> None:
        """Write everything in one order or the other: forms before the facts they open, or after."""
        self.now: datetime = clock.now()
        self.at = self.now - timedelta(hours=1)
        self.agencies = [self._agency(kind) for kind in plan["agencies"]]
        self.people = [uuid4() for _ in range(3)]
        self.workers = [[uuid4(), uuid4()] for _ in self.agencies]
        self.rows: list[Row] = []
        self.where: dict[UUID, type] = {}
        self.papers: list[Paper] = []
        self.works = [self._work(*facts) for facts in plan["works"]]
        steps = [lambda: [self._fact(*f) for f in plan["facts"]], lambda: [self._paper(p) for p in plan["papers"]]]
        for step in reversed(steps) if plan["papers_first"] else steps:
            step()

    def _agency(self, kind: AgencyKind) -> Agency:
        part2 = kind is AgencyKind.PART2_PROGRAM
        made = Agency.objects.create(
            name=uuid4().hex, short_name=kind.value[:20], kind=kind.value, is_part2_program=part2, is_covered_entity=kind in COVERED
        )
        Principal.objects.create(id=made.pk, kind="AGENCY")
        return made

    def _fact(self, agency: int, person: int, category: str, table: int) -> None:
        holder = self.agencies[agency].pk
        with acting_as(system(System.JOB, holder_id=holder)):
            row = a_row(TABLES[table], holder=holder, identity=self.people[person], category=category, at=self.at)
            row.save(force_insert=True)
        # A clinical fact that tells about substance use is filed under a kind of its own when it is saved (docs/how-to/labels.md).
        self.rows.append(Row(id=row.pk, holder=holder, identity=self.people[person], category=row.category, trail=TABLES[table] in TRAILS))
        self.where[row.pk] = TABLES[table]

    def _work(self, agency: int, person: int, worker: int, begins: int, lasts: int) -> Work:
        holder, who, begin = self.agencies[agency].pk, self.workers[agency][worker], self.now + timedelta(days=begins, hours=-1)
        work = Work(agency=holder, worker=who, identity=self.people[person], begins=begin, ends=begin + timedelta(days=lasts))
        with acting_as(system(System.JOB, holder_id=holder)):
            Caseload.objects.create(holder_id=holder, worker_id=who, identity_id=work.identity, starts_at=work.begins, ends_at=work.ends)
        return work

    def _paper(self, said: dict[str, Any]) -> None:
        taker, signer = self.agencies[said["taker"]], self.people[said["signer"]]
        last_day: date = clock.today() + timedelta(days=said["days"])
        chosen = {name: tuple(self.agencies[i].pk for i in sorted(said[name])) for name in ("disclosers", "recipients")}
        subjects = tuple({signer, *(self.people[i] for i in said["subjects"])})
        by = Viewer(
            principal_id=taker.pk, kind=PrincipalKind.AGENCY, purpose="treatment", holder_id=taker.pk, worker_id=uuid4(), whole_agency=True,
            permissions=frozenset({"CONSENT_WRITE"}),
        )  # fmt: skip
        draft = Draft(
            identity_id=signer, subject_ids=subjects, kind="specific", discloser_ids=chosen["disclosers"], recipient_ids=chosen["recipients"],
            information=tuple(sorted(said["categories"])), purposes=tuple(sorted(said["purposes"])), expires_on=last_day,
        )  # fmt: skip
        with acting_as(by):
            done = sign_consent(
                by=by,
                at=self.at,
                draft=draft,
                signature=Signature(method="SCREEN", name="Practice Mother", explained_at=self.at),
                request_key=uuid4().hex,
            )
            if not isinstance(done, Signed):
                return
            if said["revoked"]:
                assert revoke_consent(by=by, at=self.at, consent_id=done.consent.pk, how="SPOKEN")
        self.papers.append(
            Paper(
                taker=taker.pk, signer=signer, subjects=frozenset(subjects), disclosers=frozenset(chosen["disclosers"]),
                recipients=frozenset(chosen["recipients"]), categories=frozenset(said["categories"]), purposes=frozenset(said["purposes"]),
                last_day=last_day, revoked=said["revoked"],
            )
        )  # fmt: skip

    def compare(self, agency: int, worker: int, role: Role, purpose: str) -> None:
        """What this reader gets from the tables against what the model says."""
        whose, who = self.agencies[agency].pk, self.workers[agency][worker]
        opens, everywhere = CATEGORIES.get(role, frozenset()), role in WHOLE_AGENCY
        reader = Reader(agency=whose, worker=who, purpose=purpose, everywhere=everywhere, opens=opens)
        viewer = Viewer(
            principal_id=whose, kind=PrincipalKind.AGENCY, purpose=purpose, holder_id=whose, worker_id=who, whole_agency=everywhere, categories=opens
        )
        with acting_as(viewer):
            got = {pk for model in set(self.where.values()) for pk in model.objects.seen_by(viewer).values_list("pk", flat=True)}  # type: ignore[attr-defined]
        said = {r.id for r in self.rows if may_read(reader, r, papers=self.papers, works=self.works, now=self.now, today=clock.today())}
        assert got <= said, self._words(got, said, reader)
        # Which kinds of agency may read for treatment or monitoring is the kernel's question (spec tests); for care coordination her form decides.
        own = {r.id for r in self.rows if r.holder == reader.agency}
        assert got == (said if purpose == "care_coordination" else said & (got | own)), self._words(got, said, reader)

    def _words(self, got: set[UUID], said: set[UUID], reader: Reader) -> str:
        rows = {r.id: (self.where[r.id]._meta.db_table, r.category, r.holder == reader.agency) for r in self.rows}  # type: ignore[attr-defined]
        return f"too much: {[rows[i] for i in got - said]}; too little: {[rows[i] for i in said - got]}; reader {reader.purpose} {self.papers}"


@pytest.mark.slow
@settings(max_examples=WORLDS, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(plan=worlds())
def test_each_reader_gets_what_the_plain_model_says(db: None, plan: dict[str, Any]) -> None:
    with transaction.atomic():
        played = Played(plan)
        for reader in plan["readers"]:
            played.compare(*reader)
        transaction.set_rollback(True)


def test_the_model_is_asked_about_every_family_table(db: None) -> None:
    """One row in each table, one reader who may and one who may not."""
    facts = [(0, 0, "posc.plan_core", number) for number in range(len(TABLES))]
    played = Played({"agencies": [AgencyKind.HOSPITAL, AgencyKind.HOME_VISITING], "facts": facts, "papers": [], "works": [], "papers_first": False})
    assert len(TABLES) > 25
    for reader in ((0, 0, Role.SUPERVISOR, "treatment"), (0, 1, Role.CARE_COORDINATOR, "treatment"), (1, 0, Role.SUPERVISOR, "care_coordination")):
        played.compare(*reader)
