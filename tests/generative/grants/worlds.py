"""Small generated worlds: rows of a mother and her infant at six agencies, and every kind of paper, played through the product's own actions."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

from hypothesis import strategies as st
from tests.generative.grants import law

from careloom.agencies.models import Agency
from careloom.consents import actions
from careloom.consents.actions import STATEMENTS, Draft, Signature, Signed
from careloom.infra import clock
from careloom.infra.access import PrincipalKind, System, Viewer, acting_as, system
from careloom.infra.access.models import Grant, Principal
from careloom.kernel.agency_kinds import AgencyKind
from careloom.people.actions import PersonFacts, put_person
from careloom.people.models import PersonRecord

KINDS = (
    AgencyKind.PART2_PROGRAM,
    AgencyKind.HOSPITAL,
    AgencyKind.CPS_AGENCY,
    AgencyKind.HOME_VISITING,
    AgencyKind.COURT,
    AgencyKind.COORDINATION_HUB,
)
CATEGORIES = (
    "posc.plan_core", "posc.referral_status", "posc.plan_part2_segment", "part2.presence", "part2.medication", "part2.drug_screens",
    "part2.counseling_notes", "hipaa.ob_record", "hipaa.newborn_record", "hipaa.psychotherapy_notes", "dv.victim_record",
)  # fmt: skip
PURPOSES = ("care_coordination", "treatment", "posc_monitoring", "payment")
SERVICE = ("qso_service", "payment")
COURT = ("dependency_proceeding", "care_coordination")
ALL_PURPOSES = (*PURPOSES, "qso_service", "dependency_proceeding", "emergency_treatment")
PROVENANCES = ("originating", "self_reported", "part2_via_specific", "part2_via_tpo")
FINDINGS = ("notice_given", "opportunity_to_respond", "finding_other_ways", "finding_balance", "protective_terms")
MOTHER, INFANT = "mother", "infant"
AGENCY = st.integers(0, len(KINDS) - 1)
DAYS = st.integers(-2, 2)
KIND = st.sampled_from(("specific", "specific", "plan_agreement", "hipaa_authorization", "tpo_single"))
ROW = st.tuples(
    st.sampled_from((0, 0, 1, 1, 2, 3, 4, 5)), st.sampled_from((MOTHER, INFANT)), st.sampled_from(CATEGORIES), st.sampled_from(PROVENANCES)
)


@st.composite
def worlds(draw: st.DrawFn) -> dict[str, Any]:
    """Rows, papers and later rows. Papers lean toward what the rows hold, so that many worlds open something."""
    rows, later = draw(st.lists(ROW, min_size=1, max_size=5)), draw(st.lists(ROW, max_size=2))
    papers = [draw(_paper(row)) for row in draw(st.lists(st.sampled_from([*rows, *later]), max_size=4))]
    treated = draw(st.sampled_from((None, None, MOTHER, INFANT)))
    return {"rows": rows, "papers": papers, "later": later, "treated": treated}


@st.composite
def _paper(draw: st.DrawFn, row: tuple[int, str, str, str]) -> dict[str, Any]:
    agency, subject, category, _provenance = row
    reader = draw(st.sampled_from([i for i in range(len(KINDS)) if i != agency]))
    common = {
        "agency": agency,
        "subject": subject,
        "reader": reader,
        "categories": {category, *draw(st.sets(st.sampled_from(CATEGORIES), max_size=2))},
    }
    match draw(st.sampled_from(("form", "form", "form", "order", "clause", "schedule", "limit"))):
        case "form":
            return common | {
                "what": "form", "kind": draw(KIND), "taker": draw(st.sampled_from((agency, agency, agency, reader))), "days": draw(DAYS),
                "purposes": frozenset(PURPOSES[:3]) if draw(st.booleans()) else draw(st.sets(st.sampled_from(PURPOSES), min_size=1)),
                "readers": {reader, *draw(st.sets(AGENCY, max_size=1))}, "with_infant": draw(st.booleans()),
                "lacks": draw(st.sampled_from(("", *[""] * 8, *STATEMENTS))), "spoken": draw(st.sampled_from((False,) * 4 + (True,))),
                "revoked": draw(st.sampled_from((False,) * 3 + (True,))), "event": draw(st.sampled_from(("", "cps_case_closed"))),
            }  # fmt: skip
        case "order":
            return common | {
                "what": "order", "kind": draw(st.sampled_from(("2.64", "2.64", "2.64", "subpoena"))), "days": draw(DAYS),
                "purposes": draw(st.sets(st.sampled_from(COURT), min_size=1)), "lacks": draw(st.sampled_from((None, None, None, *FINDINGS))),
                "with_infant": draw(st.booleans()), "ended": draw(st.sampled_from((False, False, False, True))),
            }  # fmt: skip
        case "limit":
            return common | {"what": "limit", "all": draw(st.booleans()), "ended": draw(st.sampled_from((False, False, True)))}
        case what:
            kind, uses = ("DATA_SHARING", PURPOSES) if what == "schedule" else (draw(st.sampled_from(("QSOA", "BAA"))), SERVICE)
            return common | {
                "what": "clause", "kind": kind, "purposes": draw(st.sets(st.sampled_from(uses), min_size=1)), "begins": draw(st.integers(-9, 2)),
                "lasts": draw(st.integers(0, 9)), "review": draw(st.sampled_from((None, None, 1, 20))), "closes": draw(st.booleans()),
                "ended": draw(st.sampled_from((False,) * 4 + (True,))),
            }  # fmt: skip


@dataclass(frozen=True, kw_only=True)
class Held:
    """A row in the database and the fact that it is."""

    pk: UUID
    fact: law.Fact


class Played:
    """A generated world in the database, and the same world in the words of `law`. Rows come before the papers and after them."""

    def __init__(self, drawn: dict[str, Any]) -> None:
        self.now, self.today = clock.now(), clock.today()
        # Signed days ago: a paper that was good then may have ended since, and its grant must have ended with it.
        self.at = self.now - timedelta(days=5)
        self.agencies = [self._agency(kind) for kind in KINDS]
        self.people = {MOTHER: uuid4(), INFANT: uuid4()}
        self.law = law.World(today=self.today)
        self.rows = [self._row(*facts) for facts in drawn["rows"]]
        for paper in drawn["papers"]:
            {"form": self._form, "order": self._order, "clause": self._clause, "limit": self._limit}[paper["what"]](paper)
        if drawn["treated"]:
            self._emergency(drawn["treated"])
        self.rows += [self._row(*facts) for facts in drawn["later"]]

    def _agency(self, kind: AgencyKind) -> Agency:
        facts = {"is_part2_program": kind is AgencyKind.PART2_PROGRAM, "is_covered_entity": kind.value in law.COVERED}
        made = Agency.objects.create(name=uuid4().hex, short_name=kind.value[:20], kind=kind.value, **facts)
        Principal.objects.create(id=made.pk, kind="AGENCY")
        return made

    def viewer(self, agency: int, *, purpose: str | None = None) -> Viewer:
        """All that one agency's workers together may see."""
        whose = self.agencies[agency]
        return Viewer(
            principal_id=whose.pk, kind=PrincipalKind.AGENCY, purpose=purpose or KINDS[agency].purpose, holder_id=whose.pk, whole_agency=True,
            permissions=frozenset({"CONSENT_WRITE", "PAPERS_KEEP", "EMERGENCY_OPEN"}),
        )  # fmt: skip

    def _row(self, agency: int, subject: str, category: str, provenance: str) -> Held:
        by = self.viewer(agency)
        facts = PersonFacts(role="INFANT" if subject == INFANT else "MOTHER", given_name="Practice")
        with acting_as(by):
            made = put_person(by=by, at=self.at, facts=facts, category=category, provenance=provenance, identity_id=self.people[subject])
        return Held(pk=made.pk, fact=law.Fact(holder=KINDS[agency].value, subject=subject, category=category, provenance=provenance))

    def _names(self, agencies: set[int] | list[int]) -> frozenset[str]:
        return frozenset(KINDS[i].value for i in agencies)

    def _subjects(self, said: dict[str, Any]) -> tuple[str, ...]:
        return (MOTHER, INFANT) if said["with_infant"] else (MOTHER,)

    def _form(self, said: dict[str, Any]) -> None:
        by, subjects = self.viewer(said["taker"]), self._subjects(said)
        draft = Draft(
            identity_id=self.people[MOTHER], subject_ids=tuple(self.people[s] for s in subjects), kind=said["kind"],
            discloser_ids=tuple(self.agencies[i].pk for i in sorted({said["taker"], said["agency"]})),
            recipient_ids=tuple(self.agencies[i].pk for i in sorted(said["readers"])),
            information=tuple(sorted(said["categories"])),
            purposes=tuple(sorted(said["purposes"])), expires_on=self.today + timedelta(days=said["days"]), expiry_event=said["event"],
            statements={name: name != said["lacks"] for name in STATEMENTS},
        )  # fmt: skip
        signature = Signature(method="SPOKEN" if said["spoken"] else "SCREEN", name="Practice Mother", explained_at=self.at)
        with acting_as(by):
            answer = actions.sign_consent(by=by, at=self.at, draft=draft, signature=signature, request_key=uuid4().hex)
            if not isinstance(answer, Signed):
                return
            if said["revoked"]:
                assert actions.revoke_consent(by=by, at=self.now, consent_id=answer.consent.pk, how="SPOKEN")
                return
        form = law.Form(
            kind=said["kind"], taker=KINDS[said["taker"]].value, recipients=self._names(said["readers"]),
            information=frozenset(said["categories"]), purposes=frozenset(said["purposes"]), subjects=frozenset(subjects),
            last_day=self.today + timedelta(days=said["days"]), lacks=said["lacks"],
        )  # fmt: skip
        self.law = replace(self.law, forms=(*self.law.forms, form))

    def _order(self, said: dict[str, Any]) -> None:
        by, subjects, last = self.viewer(said["agency"]), self._subjects(said), self.today + timedelta(days=said["days"])
        draft = actions.OrderDraft(
            identity_id=self.people[MOTHER], subject_ids=tuple(self.people[s] for s in subjects), kind=said["kind"], court="Practice Court",
            issued_on=self.today - timedelta(days=5), expires_on=last, scope=tuple(sorted(said["categories"])),
            purposes=tuple(sorted(said["purposes"])), recipient_ids=(self.agencies[said["reader"]].pk,),
            findings=tuple(name for name in FINDINGS if name != said["lacks"]),
        )  # fmt: skip
        with acting_as(by):
            answer = actions.record_order(by=by, at=self.at, draft=draft, request_key=uuid4().hex)
            assert isinstance(answer, actions.Recorded), answer
            if said["ended"]:
                ended = actions.end_order(by=by, at=self.now, order_id=answer.order.pk, because="VACATED", row_version=1)
                assert isinstance(ended, actions.Changed)
                return
        order = law.Order(
            kind=said["kind"], holder=KINDS[said["agency"]].value, recipients=self._names([said["reader"]]), scope=frozenset(said["categories"]),
            purposes=frozenset(said["purposes"]), subjects=frozenset(subjects), last_day=last, complete=said["lacks"] is None,
        )  # fmt: skip
        self.law = replace(self.law, orders=(*self.law.orders, order))

    def _clause(self, said: dict[str, Any]) -> None:
        by, first = self.viewer(said["agency"]), self.today + timedelta(days=said["begins"])
        last = first + timedelta(days=said["lasts"])
        review = None if said["review"] is None else first + timedelta(days=said["review"])
        draft = actions.ClauseDraft(
            kind=said["kind"], title="Practice", recipient_id=self.agencies[said["reader"]].pk, categories=tuple(said["categories"]),
            purposes=tuple(said["purposes"]), starts_on=first, ends_on=last, review_due_on=review,
            closes_when_overdue=said["closes"] and review is not None,
        )  # fmt: skip
        with acting_as(by):
            answer = actions.put_clause_in_force(by=by, at=self.at, draft=draft, request_key=uuid4().hex)
            if isinstance(answer, actions.Refused):
                # The register takes no service agreement with who cannot serve the program.
                assert all(code.startswith("QSOA") for code in answer.codes), answer
                return
            if said["ended"]:
                ended = actions.end_clause(by=by, at=self.now, clause_id=answer.paper_id, because="ENDED_EARLY", row_version=1)
                assert isinstance(ended, actions.Changed)
                last = self.today - timedelta(days=1)
        last = min(last, review) if review is not None and said["closes"] else last
        clause = law.Clause(
            kind=said["kind"], discloser=KINDS[said["agency"]].value, recipient=KINDS[said["reader"]].value, categories=frozenset(said["categories"]),
            purposes=frozenset(said["purposes"]), first_day=first, last_day=last,
        )  # fmt: skip
        self.law = replace(self.law, clauses=(*self.law.clauses, clause))

    def _limit(self, said: dict[str, Any]) -> None:
        by, categories = self.viewer(said["agency"]), () if said["all"] else tuple(said["categories"])
        draft = actions.RestrictionDraft(
            identity_id=self.people[said["subject"]], to_agency_id=self.agencies[said["reader"]].pk, categories=categories
        )
        with acting_as(by):
            answer = actions.put_restriction_in_force(by=by, at=self.at, draft=draft, request_key=uuid4().hex)
            assert isinstance(answer, actions.Changed), answer
            if said["ended"]:
                assert isinstance(actions.end_restriction(by=by, at=self.now, restriction_id=answer.paper_id, because="SHE_ASKED"), actions.Changed)
                return
        limit = law.Limit(
            holder=KINDS[said["agency"]].value, subject=said["subject"], to=KINDS[said["reader"]].value, categories=frozenset(categories)
        )
        self.law = replace(self.law, limits=(*self.law.limits, limit))

    def _emergency(self, subject: str) -> None:
        by = replace(self.viewer(1), worker_id=uuid4())
        draft = actions.EmergencyDraft(
            identity_id=self.people[subject], facility="Practice Hospital", nature="Unconscious on arrival", why_no_consent="She cannot speak"
        )
        with acting_as(by):
            assert isinstance(actions.open_emergency(by=by, at=self.now, draft=draft, request_key=uuid4().hex), actions.Opened)
        self.law = replace(self.law, emergencies=frozenset({subject}))

    def by_the_law(self, *, reader: int, purpose: str) -> frozenset[UUID]:
        """The slow model's answer."""
        found = (row for row in self.rows if law.may_flow(self.law, row.fact, reader=KINDS[reader].value, purpose=purpose))
        return frozenset(row.pk for row in found)

    def by_the_grants(self, *, reader: int, purpose: str) -> frozenset[UUID]:
        """Rows that some live grant would open."""
        with acting_as(system(System.GRANTS)):
            live = Grant.objects.filter(recipient_id=self.agencies[reader].pk, valid_from__lte=self.now, valid_to__gt=self.now)
            keys = {(g.identity_id, g.category, g.holder_id, g.provenance) for g in live if purpose in g.purposes}
        places = {kind.value: agency.pk for kind, agency in zip(KINDS, self.agencies, strict=True)}
        return frozenset(
            r.pk for r in self.rows if (self.people[r.fact.subject], r.fact.category, places[r.fact.holder], r.fact.provenance) in keys
        )  # fmt: skip

    def by_the_database(self, *, reader: int, purpose: str) -> frozenset[UUID]:
        """Rows of others that row security lets through."""
        with acting_as(self.viewer(reader, purpose=purpose)):
            others = PersonRecord.objects.filter(identity_id__in=self.people.values()).exclude(holder_id=self.agencies[reader].pk)
            return frozenset(others.values_list("pk", flat=True))
