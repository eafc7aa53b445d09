"""Whatever is posted to the builder and to the signing page: what they accept conforms, stands apart where it must, and binds whom it is about."""

from __future__ import annotations

import os
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.http import QueryDict
from django.utils.datastructures import MultiValueDict
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.factories.papers import a_scan

from careloom.agencies.models import Agency
from careloom.consents import papers
from careloom.consents.actions import Signature, missing_elements
from careloom.consents.actions.consent import _row
from careloom.consents.forms import sharing
from careloom.consents.forms.builder import ConsentForm
from careloom.consents.forms.signing import FACTS, HERSELF, PARENT, SignForm
from careloom.consents.forms.wishes import WISHES, wish_of, wishes_for
from careloom.consents.jurisdiction import jurisdiction
from careloom.consents.models import Consent
from careloom.consents.pages.people import OwnPerson
from careloom.consents.signing import authority_gap, with_signer
from careloom.infra.access import PrincipalKind, Viewer
from careloom.kernel import disclosure
from careloom.kernel.agency_kinds import AgencyKind

EXAMPLES = int(os.environ.get("CONSENT_EXAMPLES", "400"))
COURT_PURPOSES = {"dependency_proceeding", "criminal_proceeding", "permanency_hearing"}
OTHERS = [Agency(id=UUID(int=number), name=f"Agency {kind.value}", kind=kind.value) for number, kind in enumerate(AgencyKind, start=1)]
MOTHER, INFANT, PAGED = UUID(int=901), UUID(int=902), UUID(int=903)
PEOPLE = [OwnPerson(key="page-1", name="Aunt Ada", principal_id=PAGED), OwnPerson(key="member-2", name="Friend Flo")]
TODAY = date(2026, 11, 22)
NOW = datetime(2026, 11, 22, 15, tzinfo=UTC)

holders = st.builds(
    lambda program, covered, pack: Agency(
        id=UUID(int=900), name="Holder", kind="PART2_PROGRAM" if program else "HOSPITAL", is_part2_program=program, is_covered_entity=covered,
        pack=pack,
    ),
    st.booleans(), st.booleans(), st.sampled_from(["columbia", "ohio", "base"]),
)  # fmt: skip
ANY = st.one_of(st.text(max_size=12), st.sampled_from(["", "0", "-", "PLAN", "treatment", "none", "DATE", "2026-12-01", "on"]))


def some(*values: str) -> st.SearchStrategy[list[str]]:
    """Some of these values, rarely one that is none of them."""
    return st.lists(st.one_of(st.sampled_from(values), st.sampled_from(values), ANY), max_size=4)


posts = st.fixed_dictionaries(
    {},
    optional={
        "recipients": some(*(str(one.pk) for one in OTHERS)), "farther": some(*(str(one.pk) for one in OTHERS)),
        "people": some(*(one.key for one in PEOPLE)), "named": st.lists(ANY, max_size=1), "hub": some(*(str(one.pk) for one in OTHERS)),
        "designation": some("TREATING", "NAMED"), "share": some(*sharing.EVERY_GROUP), "infants": some(str(INFANT)),
        "purposes": some(*sharing.WHY), "matter": st.lists(ANY, max_size=1), "condition": some("on"), "stops_when": some("ANY_DAY", "DISPOSITION"),
        "until": some("30", "90", "180", "365", "DATE", *sharing.EVENTS), "until_on": some("2026-12-24", "2020-01-01"), "language": some("en", "es"),
        "reader": st.lists(ANY, max_size=1),
    },
)  # fmt: skip
signatures = st.fixed_dictionaries(
    {"how": some("SCREEN", "PAPER", "SPOKEN")},
    optional={
        "who": some(HERSELF, PARENT, *FACTS), "signer_name": st.lists(ANY, max_size=1), "seen": some("on"), "typed": st.lists(ANY, max_size=1),
        "signed_on": some("2026-11-22", "2026-11-01", "2999-01-01"), "name_on_paper": st.lists(ANY, max_size=1),
    },
)  # fmt: skip


def posted(values: dict[str, list[str]]) -> QueryDict:
    """The fields as a browser sends them."""
    data = QueryDict(mutable=True)
    for name, texts in values.items():
        data.setlist(name, texts)
    return data


def asked(holder: Agency, code: str, values: dict[str, list[str]]) -> ConsentForm:
    """The builder of a wish, as the view makes it, with these fields posted."""
    wish = wish_of(code, holder=holder)
    assert wish is not None
    others = [one for one in OTHERS if (one.kind in wish.names if wish.names is not None else one.kind not in sharing.NOT_BY_THIS_FORM)]
    hubs = [one for one in OTHERS if one.kind == "COORDINATION_HUB"] if code == "NETWORK" else []
    form = ConsentForm(
        posted(values), holder=holder, others=others, near=set(), infants=[(str(INFANT), "Baby")], today=TODAY, own_people=PEOPLE, wants=wish,
        hubs=hubs,
    )  # fmt: skip
    form.is_valid()
    return form


def accepted(form: ConsentForm, sign: SignForm) -> Consent | None:
    """The row that the signing page would write, or None where it refuses: the same questions in the same order as the view."""
    by = Viewer(principal_id=form.holder.pk, kind=PrincipalKind.AGENCY, purpose="treatment", holder_id=form.holder.pk)
    if form.errors or form.lacking() or not sign.is_valid():
        return None
    draft, clean = form.draft(identity_id=MOTHER), sign.cleaned_data
    signature = Signature(method=clean["how"], name=clean["typed"] or clean["name_on_paper"], signer=sign.signer.role, signed_on=clean["signed_on"])
    on = signature.signed_on or TODAY
    if authority_gap(draft=draft, signer=sign.signer, on=on) is not None:
        return None
    row = _row(by=by, at=NOW, draft=with_signer(draft, sign.signer), signature=signature, request_key=uuid4().hex)
    return None if missing_elements(row) else row


@settings(max_examples=EXAMPLES, deadline=None, suppress_health_check=list(HealthCheck))
@given(
    holder=holders,
    code=st.sampled_from(sorted(WISHES)),
    values=posts,
    hand=signatures,
    age=st.sampled_from([None, 12, 15, 17, 18, 30]),
    dead=st.booleans(),
)
def test_what_the_builder_accepts_conforms_and_stands_apart(
    holder: Agency, code: str, values: dict[str, list[str]], hand: dict[str, list[str]], age: int | None, dead: bool
) -> None:
    if wish_of(code, holder=holder) is None:
        assert code not in {wish.code for wish in wishes_for(holder)}
        return
    form = asked(holder, code, values)
    kind = form.draft(identity_id=MOTHER).kind if not form.errors else "specific"
    born = TODAY - timedelta(days=366 * age) if age is not None else None
    sign = SignForm(
        posted(hand), MultiValueDict({"scan": [a_scan()]}), today=TODAY, kind=kind, place=jurisdiction(holder.pack), born_on=born,
        died_on=TODAY if dead else None,
    )  # fmt: skip
    row = accepted(form, sign)
    if row is None:
        return
    check(row, holder=holder, age=age, dead=dead)


def check(row: Consent, *, holder: Agency, age: int | None, dead: bool) -> None:
    """What must hold of every form that is signed."""
    for discloser in row.discloser_ids:
        paper = papers.kernel_consent(row, discloser=str(discloser), subject=disclosure.Subject.MOTHER)
        assert disclosure.validate_consent(paper) == ()
    information, purposes = set(row.information), set(row.purposes)
    for alone in ("part2.counseling_notes", "hipaa.psychotherapy_notes"):
        assert alone not in information or information == {alone}
    assert not purposes & COURT_PURPOSES or purposes <= COURT_PURPOSES
    assert row.signature_method != "SPOKEN" or (row.kind == "plan_agreement" and not holder.is_part2_program)
    assert (row.expires_on is None) is bool(row.expiry_event)
    assert row.expires_on is None or row.expires_on >= TODAY
    if row.kind == "criminal_justice":
        assert papers.kernel_facts(row).treatment_condition_of_criminal_disposition
        assert not row.recipient_ids
        assert row.expiry_event == "final_disposition"
    assert row.signer != "mother" or not dead
    if row.signer == "mother" and age is not None and age < 14 and holder.pack == "columbia":
        assert papers.kernel_consent(row, discloser="", subject=disclosure.Subject.MOTHER).cosigner == "parent"


KINDS = {
    "TOGETHER": "specific", "CARE": "tpo_single", "NETWORK": "specific", "NOTES": "counseling_notes", "THERAPY": "hipaa_authorization",
    "COURT": "proceedings", "CRIMINAL": "criminal_justice", "REGISTRY": "central_registry", "MEDICINE_LIST": "pdmp", "STUDY": "research",
}  # fmt: skip
PROGRAM = Agency(id=UUID(int=900), name="Holder", kind="PART2_PROGRAM", is_part2_program=True, is_covered_entity=True, pack="columbia")
HUB = next(str(one.pk) for one in OTHERS if one.kind == "COORDINATION_HUB")


def good(code: str) -> dict[str, list[str]]:
    """A form of this wish that is signed."""
    wish = WISHES[code]
    return {
        "named": ["Somebody"], "matter": ["M 1"], "condition": ["on"], "hub": [HUB], "share": list(wish.content or sharing.groups_for(PROGRAM))[:2],
        "purposes": list(wish.purposes)[:1], "until": [wish.ends[0]],
    }  # fmt: skip


def signed(form: ConsentForm) -> Consent | None:
    """What her typed name makes of it."""
    kind = form.draft(identity_id=MOTHER).kind if not form.errors else "specific"
    hand = posted({"how": ["SCREEN"], "typed": ["Practice Mother"]})
    return accepted(form, SignForm(hand, None, today=TODAY, kind=kind, place=jurisdiction("columbia")))


@pytest.mark.parametrize("code", sorted(WISHES))
def test_a_good_form_of_each_wish_is_signed(code: str) -> None:
    row = signed(asked(PROGRAM, code, good(code)))
    assert row is not None
    assert row.kind == KINDS[code]
    check(row, holder=PROGRAM, age=None, dead=False)


@settings(max_examples=EXAMPLES, deadline=None, suppress_health_check=list(HealthCheck))
@given(code=st.sampled_from(sorted(WISHES)), values=posts, data=st.data())
def test_a_good_form_changed_in_a_few_fields_conforms_or_is_refused(code: str, values: dict[str, list[str]], data: Any) -> None:
    """Random posts seldom sign; near a good form most do."""
    changed = data.draw(st.lists(st.sampled_from(sorted(values) or [""]), max_size=3))
    row = signed(asked(PROGRAM, code, good(code) | {name: values[name] for name in changed if name in values}))
    if row is not None:
        check(row, holder=PROGRAM, age=None, dead=False)
