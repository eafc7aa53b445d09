"""More of what always holds: the source decides the law, what is unknown helps nothing, and stricter law only closes."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

from hypothesis import assume, given
from hypothesis import strategies as st
from tests.generative.disclosure.test_properties import FACTS, FLAGS, PROGRAM, REQUESTS, WORLDS, consented

from careloom.kernel.disclosure import Actor, Category, Facts, Obligation, Provenance, Purpose, Request, Scenario, Source, Subject, decide
from careloom.kernel.disclosure.facts import Restriction
from careloom.kernel.disclosure.overlays import LocalLaw, Overlay, PaperTest, decide_under
from careloom.kernel.disclosure.part2_scope import NOT_IDENTIFYING
from careloom.kernel.disclosure.regimes import regime_of
from careloom.kernel.disclosure.vocabulary import AgreementKind, ConsentKind, OrderKind

HOSPITAL = Source(holder="Harbor Hospital", holder_type="hospital", is_covered_entity=True, provenance=Provenance.ORIGINATING)
BOUND = [provenance for provenance in Provenance if provenance.startswith("part2_via_")]
CLOSING: list[dict[str, Any]] = [
    {"inadvertent_disclosure": True},
    {"minimum_necessary_documented": False},
    {"use": "fundraising", "fundraising_statement": False},
    {"endangerment_belief": True},
    {"title_iv_e": True},
]


@given(REQUESTS, st.sampled_from(BOUND))
def test_the_source_decides_the_law_before_the_name_of_the_record(request: Request, provenance: Provenance) -> None:
    """Changing provenance alone changes the regime: what came from a program is a Part 2 record at the hospital too."""
    assume(request.category not in NOT_IDENTIFYING)
    received = Scenario(request=request, source=replace(HOSPITAL, provenance=provenance))
    assert regime_of(received).name == "PART2"
    told = Scenario(request=request, source=replace(HOSPITAL, provenance=Provenance.SELF_REPORTED))
    assert regime_of(told).name != "PART2"


@given(st.one_of(WORLDS, consented()), FACTS, st.sampled_from(FLAGS))
def test_what_is_unknown_opens_nothing_that_yes_or_no_would_not(world: Scenario, facts: Facts, name: str) -> None:
    """Unknown never helps: a fact that nobody recorded opens nothing that both yes and no would leave closed."""

    def permits(value: bool | None) -> bool:
        known: dict[str, Any] = {name: value}
        return decide(replace(world, facts=replace(facts, **known))).permits

    assert not permits(None) or permits(True) or permits(False)


@given(st.one_of(WORLDS, consented()), FACTS, st.sampled_from(CLOSING), st.booleans())
def test_a_further_prohibition_never_opens(world: Scenario, facts: Facts, more: dict[str, Any], limited: bool) -> None:
    """More prohibitions never permit: what was closed stays closed when a prohibiting fact is added."""
    closed = replace(world, facts=facts)
    assume(not decide(closed).permits)
    limit = Restriction(to=world.request.actor_org, agreed=True) if limited else facts.restriction
    assert not decide(replace(closed, facts=replace(facts, restriction=limit, **more))).permits


@given(st.one_of(WORLDS, consented()), FACTS)
def test_taking_papers_away_never_opens(world: Scenario, facts: Facts) -> None:
    """A paper can open and never closes: without any paper nothing is permitted that the papers leave closed."""
    closed = replace(world, facts=facts)
    assume(not decide(closed).permits)
    assert not decide(replace(closed, consents=(), orders=(), agreements=())).permits


@given(st.one_of(WORLDS, consented()), FACTS)
def test_against_the_patient_nothing_opens_without_a_form_or_order_of_its_own(world: Scenario, facts: Facts) -> None:
    """Used against the patient, a Part 2 record opens to a proceedings consent or a court order only; a first report, a crime at the program
    and her own sight of her record are no such use."""
    asked = replace(world, source=PROGRAM, facts=replace(facts, against_patient=True))
    free = {Purpose.PATIENT_ACCESS, Purpose.CHILD_ABUSE_REPORT_INITIAL, Purpose.CRIMINAL_JUSTICE_MONITORING}
    assume(asked.request.purpose not in free and asked.request.actor is not Actor.LAW_ENFORCEMENT and asked.request.category not in NOT_IDENTIFYING)
    decision = decide(asked)
    # A table about a group that names no one is no disclosure at all.
    assume(asked.request.subject is not Subject.COHORT)
    papers = {c.id for c in asked.consents if c.kind is ConsentKind.PROCEEDINGS} | {order.id for order in asked.orders}
    assert not decision.permits or set(decision.instruments) & papers


@given(st.one_of(WORLDS, consented()), FACTS)
def test_a_permit_of_a_program_s_record_always_carries_its_bar(world: Scenario, facts: Facts) -> None:
    """Each permitted disclosure of a Part 2 record carries a duty, and to anyone but the patient or a table the bar on proceedings."""
    decision = decide(replace(world, facts=facts))
    if decision.permits and regime_of(replace(world, facts=facts)).name == "PART2":
        nameless = {Obligation.AGGREGATE_ONLY} & set(decision.obligations)
        desk = world.request.category is Category.PART2_PRESENCE
        assert nameless or desk or Obligation.PROCEEDINGS_BAR in decision.obligations


@st.composite
def overlays(draw: st.DrawFn) -> Overlay:
    """Any stricter rule that a pack can write."""

    def some(words: Any) -> Any:
        return draw(st.frozensets(st.sampled_from(list(words)), max_size=6))

    facts = st.lists(st.tuples(st.sampled_from(FLAGS), st.booleans()), max_size=2).map(tuple)
    return Overlay(
        name="ANY",
        says="Stricter here.",
        citations=("Rule",),
        effective_from=draw(st.dates(date(2025, 6, 1), date(2026, 12, 1))),
        effective_to=draw(st.none() | st.dates(date(2026, 12, 1), date(2027, 1, 1))),
        categories=some(Category),
        actors=some(Actor),
        purposes=some(Purpose),
        when=draw(facts),
        closes=draw(st.booleans()),
        unless_facts=draw(facts),
        unless_papers=PaperTest(consents=some(ConsentKind), orders=some(OrderKind), agreements=some(AgreementKind)),
        adds=some(Obligation),
    )


@given(st.one_of(WORLDS, consented()), st.lists(overlays(), max_size=4))
def test_stricter_law_of_a_place_only_closes_or_adds(world: Scenario, local: list[Overlay]) -> None:
    """State law may be stricter, never looser (42 CFR 2.20): no overlay turns a denial into a permit, takes a duty away or lets a permit last
    longer."""
    federal, here = decide(world), decide_under(world, law=LocalLaw(overlays=tuple(local)))
    assert federal.permits or here == federal
    if here.permits:
        assert set(here.obligations) >= set(federal.obligations)
        assert here.instruments == federal.instruments
        assert federal.ends_on is None or (here.ends_on is not None and here.ends_on <= federal.ends_on)


@given(st.one_of(WORLDS, consented()), st.lists(overlays(), max_size=3), overlays())
def test_one_more_overlay_never_opens(world: Scenario, local: list[Overlay], more: Overlay) -> None:
    """Each further overlay can only close more."""
    assume(not decide_under(world, law=LocalLaw(overlays=tuple(local))).permits)
    assert not decide_under(world, law=LocalLaw(overlays=(*local, more))).permits


@given(REQUESTS, st.sampled_from([PROGRAM, HOSPITAL]), st.lists(overlays(), max_size=3))
def test_no_overlay_closes_her_own_record_to_her(request: Request, source: Source, local: list[Overlay]) -> None:
    """A person's access to her own record is never closed by the law of a place (45 CFR 160.202)."""
    own = replace(request, actor=Actor.PATIENT, subject=Subject.MOTHER, purpose=Purpose.PATIENT_ACCESS)
    asked = Scenario(request=own, source=source)
    assert decide_under(asked, law=LocalLaw(overlays=tuple(local))).permits == decide(asked).permits
