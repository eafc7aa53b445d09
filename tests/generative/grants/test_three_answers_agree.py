"""Small generated worlds: the kernel's own answer, the grants in the table and what PostgreSQL lets through under the application role agree.

The kernel is asked here with scenarios built from the choices themselves, not by the code that builds them for grants. `tests/attacks` compares row
security with a plain model that knows no law; this one has every kind of paper, more categories, provenance, infants and broken forms.
Nightly: CARE_WORLDS=20000 pytest tests/generative/grants.
"""

from __future__ import annotations

import os
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from careloom.agencies.models import Agency
from careloom.consents.actions import STATEMENTS, Draft, Signature, Signed, revoke_consent, sign_consent
from careloom.infra import clock
from careloom.infra.access import PrincipalKind, System, Viewer, acting_as, system
from careloom.infra.access.models import Grant, Principal
from careloom.kernel import disclosure
from careloom.kernel.agency_kinds import AgencyKind
from careloom.people.actions import PersonFacts, put_person
from careloom.people.models import PersonRecord

WORLDS = int(os.environ.get("CARE_WORLDS", "200"))
KINDS = (AgencyKind.PART2_PROGRAM, AgencyKind.HOSPITAL, AgencyKind.CPS_AGENCY, AgencyKind.HOME_VISITING)
COVERED = frozenset({AgencyKind.PART2_PROGRAM, AgencyKind.HOSPITAL})
FORMS = ("specific", "plan_agreement", "hipaa_authorization", "tpo_single")
CATEGORIES = (
    "posc.plan_core", "posc.referral_status", "posc.plan_part2_segment", "part2.presence", "part2.medication", "part2.drug_screens",
    "part2.counseling_notes", "hipaa.ob_record", "hipaa.newborn_record", "hipaa.psychotherapy_notes", "dv.victim_record",
)  # fmt: skip
PURPOSES = ("care_coordination", "treatment", "posc_monitoring", "payment")
PROVENANCES = ("originating", "self_reported", "part2_via_specific", "part2_via_tpo")
MOTHER, INFANT = 0, 1
AGENCY = st.integers(0, len(KINDS) - 1)
ROW = st.tuples(AGENCY, st.sampled_from((MOTHER, INFANT)), st.sampled_from(CATEGORIES), st.sampled_from(PROVENANCES))


@st.composite
def worlds(draw: st.DrawFn) -> tuple[list[Any], list[dict[str, Any]], list[Any]]:
    """Rows, papers and later rows. Papers lean toward what the rows hold, so that many worlds open something."""
    rows, later = draw(st.lists(ROW, min_size=1, max_size=5)), draw(st.lists(ROW, max_size=3))
    papers = []
    for agency, _subject, category, _provenance in draw(st.lists(st.sampled_from([*rows, *later]), max_size=3)):
        more = draw(st.sets(st.sampled_from(CATEGORIES), max_size=2))
        reader = draw(st.sampled_from([i for i in range(len(KINDS)) if i != agency]))
        kind = "specific" if KINDS[agency] is AgencyKind.PART2_PROGRAM or draw(st.booleans()) else draw(st.sampled_from(FORMS))
        purposes = frozenset(PURPOSES[:3]) if draw(st.booleans()) else draw(st.sets(st.sampled_from(PURPOSES), min_size=1))
        papers.append(
            {
                "kind": kind, "taker": draw(st.sampled_from((agency, agency, reader))), "others": {agency, *draw(st.sets(AGENCY, max_size=1))},
                "recipients": {reader, *draw(st.sets(AGENCY, max_size=1))}, "information": {category, *more},
                "purposes": purposes, "with_infant": draw(st.booleans()),
                "days": draw(st.integers(-2, 2)), "event": draw(st.sampled_from(("", "", "cps_case_closed"))),
                "lacks": draw(st.sampled_from((*[None] * 12, *STATEMENTS))), "spoken": draw(st.sampled_from((False, False, False, False, True))),
                "revoked": draw(st.sampled_from((False, False, False, True))),
            }
        )  # fmt: skip
    return rows, papers, later


@dataclass(frozen=True, kw_only=True)
class Held:
    """A row that an agency holds."""

    pk: UUID
    agency: int
    subject: int
    category: str
    provenance: str


class Played:
    """A generated world in the database. Rows come before the papers and after them."""

    def __init__(self, before: list[Any], papers: list[dict[str, Any]], after: list[Any]) -> None:
        self.now, self.today = clock.now(), clock.today()
        # Signed days ago: a paper that was good then may have ended since, and its grant must have ended with it.
        self.at = self.now - timedelta(days=5)
        self.agencies = [self._agency(kind) for kind in KINDS]
        self.people = [uuid4(), uuid4()]
        self.rows = [self._row(*facts) for facts in before]
        self.forms = [form for paper in papers if (form := self._paper(paper)) is not None]
        self.rows += [self._row(*facts) for facts in after]

    def _agency(self, kind: AgencyKind) -> Agency:
        facts = {"is_part2_program": kind is AgencyKind.PART2_PROGRAM, "is_covered_entity": kind in COVERED}
        made = Agency.objects.create(name=uuid4().hex, short_name=kind.value[:20], kind=kind.value, **facts)
        Principal.objects.create(id=made.pk, kind="AGENCY")
        return made

    def viewer(self, agency: int) -> Viewer:
        """All that one agency's workers together may see."""
        whose = self.agencies[agency]
        return Viewer(
            principal_id=whose.pk, kind=PrincipalKind.AGENCY, purpose=AgencyKind(whose.kind).purpose, holder_id=whose.pk, whole_agency=True,
            permissions=frozenset({"CONSENT_WRITE"}),
        )  # fmt: skip

    def _row(self, agency: int, subject: int, category: str, provenance: str) -> Held:
        by = self.viewer(agency)
        facts = PersonFacts(role="INFANT" if subject == INFANT else "MOTHER", given_name="Practice")
        with acting_as(by):
            made = put_person(by=by, at=self.at, facts=facts, category=category, provenance=provenance, identity_id=self.people[subject])
        return Held(pk=made.pk, agency=agency, subject=subject, category=category, provenance=provenance)

    def _paper(self, said: dict[str, Any]) -> dict[str, Any] | None:
        """Sign it; None when the action refused it, or when she stopped it at once."""
        by = self.viewer(said["taker"])
        disclosers = sorted({said["taker"], *said["others"]})
        draft = Draft(
            identity_id=self.people[MOTHER], subject_ids=tuple(self.people if said["with_infant"] else self.people[:1]), kind=said["kind"],
            discloser_ids=tuple(self.agencies[i].pk for i in disclosers),
            recipient_ids=tuple(self.agencies[i].pk for i in sorted(said["recipients"])),
            information=tuple(sorted(said["information"])), purposes=tuple(sorted(said["purposes"])), expires_on=self._last_day(said),
            expiry_event=said["event"], statements={name: name != said["lacks"] for name in STATEMENTS},
        )  # fmt: skip
        signature = Signature(method="SPOKEN" if said["spoken"] else "SCREEN", name="Practice Mother", explained_at=self.at)
        with acting_as(by):
            answer = sign_consent(by=by, at=self.at, draft=draft, signature=signature, request_key=uuid4().hex)
            if not isinstance(answer, Signed):
                return None
            if said["revoked"]:
                assert revoke_consent(by=by, at=self.now, consent_id=answer.consent.pk, how="SPOKEN")
                return None
        return said

    def _last_day(self, said: dict[str, Any]) -> date:
        return self.today + timedelta(days=said["days"])

    def by_the_law(self, row: Held, *, reader: int) -> bool:
        """The kernel, asked once for each form in force that its own holder took."""
        return any(self._carries(form, row, reader=reader) for form in self.forms)

    def _carries(self, form: dict[str, Any], row: Held, *, reader: int) -> bool:
        about = row.subject == MOTHER or form["with_infant"]
        if row.agency != form["taker"] or reader not in form["recipients"] or reader == row.agency or not about:
            return False
        subject = disclosure.Subject.INFANT if row.subject == INFANT else disclosure.Subject.MOTHER
        purpose = KINDS[reader].purpose
        paper = disclosure.Consent(
            id="paper", kind=disclosure.ConsentKind(form["kind"]), patient=subject, discloser=f"agency {row.agency}",
            recipients=tuple(f"agency {i}" for i in sorted(form["recipients"])), info=tuple(form["information"]), purposes=tuple(form["purposes"]),
            signed=self.today - timedelta(days=5), expires=self._last_day(form), expiry_event=form["event"] or None, signer="mother",
            statements=disclosure.Statements(**{name: name != form["lacks"] for name in STATEMENTS}),
        )  # fmt: skip
        request = disclosure.Request(
            actor=disclosure.Actor(KINDS[reader].org_type), actor_org=f"agency {reader}", actor_role="worker", subject=subject,
            category=disclosure.Category(row.category), purpose=disclosure.Purpose(purpose), on=self.today,
        )  # fmt: skip
        kind = KINDS[row.agency]
        source = disclosure.Source(
            holder=f"agency {row.agency}", holder_type=kind.org_type, is_covered_entity=kind in COVERED,
            is_part2_program=kind is AgencyKind.PART2_PROGRAM, provenance=disclosure.Provenance(row.provenance),
        )  # fmt: skip
        events = (disclosure.Event(name=form["event"], on=None),) if form["event"] else ()
        facts = disclosure.Facts(events=events, treating_relationship=True if form["kind"] == "tpo_single" else None)
        answer = disclosure.decide(disclosure.Scenario(request=request, source=source, consents=(paper,), facts=facts))
        return answer.outcome is disclosure.Outcome.PERMIT and "paper" in answer.instruments

    def by_the_grants(self, *, reader: int) -> frozenset[UUID]:
        """Rows that some live grant would open."""
        with acting_as(system(System.GRANTS)):
            live = Grant.objects.filter(recipient_id=self.agencies[reader].pk, valid_from__lte=self.now, valid_to__gt=self.now)
            keys = {(g.identity_id, g.category, g.holder_id, g.provenance) for g in live if KINDS[reader].purpose in g.purposes}
        return frozenset(
            r.pk for r in self.rows if (self.people[r.subject], r.category, self.agencies[r.agency].pk, r.provenance) in keys
        )  # fmt: skip

    def by_the_database(self, *, reader: int) -> frozenset[UUID]:
        """Rows of others that row security lets through."""
        with acting_as(self.viewer(reader)):
            others = PersonRecord.objects.filter(identity_id__in=self.people).exclude(holder_id=self.agencies[reader].pk)
            return frozenset(others.values_list("pk", flat=True))


@pytest.mark.slow
@pytest.mark.requirement("R-106")
@settings(max_examples=WORLDS, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(world=worlds())
def test_kernel_grants_and_row_security_agree(db: None, world: tuple[list[Any], list[dict[str, Any]], list[Any]]) -> None:
    with transaction.atomic():
        played = Played(*world)
        for reader in range(len(KINDS)):
            law = frozenset(row.pk for row in played.rows if played.by_the_law(row, reader=reader))
            assert played.by_the_grants(reader=reader) == law
            assert played.by_the_database(reader=reader) == law
        transaction.set_rollback(True)


def test_the_comparison_can_see(db: None) -> None:
    """The pair: a world in which something is open, and the same after she stopped; equal answers above are not all empty."""
    row = (0, MOTHER, "posc.plan_part2_segment", "originating")
    paper = {
        "kind": "specific", "taker": 0, "others": set(), "recipients": {3}, "information": {row[2]}, "purposes": {"care_coordination"},
        "with_infant": False, "days": 1, "event": "", "lacks": None, "spoken": False, "revoked": False,
    }  # fmt: skip
    opened, stopped = Played([row], [paper], []), Played([row], [paper | {"revoked": True}], [])
    assert opened.by_the_database(reader=3) == opened.by_the_grants(reader=3) == {opened.rows[0].pk}
    assert opened.by_the_law(opened.rows[0], reader=3)
    assert stopped.by_the_database(reader=3) == stopped.by_the_grants(reader=3) == frozenset()
