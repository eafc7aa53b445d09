"""Whatever of ours the server sends is defined in `guide/`: every profile, every code with its words, and no name of ours beside them."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from tests.factories.agencies import viewer
from tests.factories.charts import a_whole_record
from tests.factories.exports import exported
from tests.factories.fhir import FhirWorld, System, a_system
from tests.integration.fhir.loop import a_loop
from tools.guide import codes

from careloom.agencies.roles import Role
from careloom.fhir import canonicals
from careloom.infra.access import acting_as
from careloom.kernel.referral import State
from careloom.plans.models import Need

GUIDE = Path(__file__).resolve().parents[3] / "guide"
DEFINED = {one.url: one.codes for one in codes.systems()}
ENROLLED = {"system": canonicals.REFERRAL_OUTCOME, "code": "ENROLLED"}
FULL = {"system": canonicals.REFERRAL_REASON, "code": "FULL"}
PROFILES = {value for name, value in vars(canonicals).items() if name.endswith("_PROFILE")}


def _ours(value: Any) -> Iterator[tuple[str, dict[str, Any]]]:
    """Each text that begins as ours do, with the object in which it stands."""
    for held in value.values() if isinstance(value, dict) else value:
        for each in held if isinstance(held, list) else [held]:
            if isinstance(each, dict):
                yield from _ours(each)
            elif isinstance(each, str) and each.startswith(canonicals.ROOT):
                yield each, value


def undefined(resource: dict[str, Any]) -> list[str]:
    """What a resource says in our name that the guide does not define."""
    found = []
    for text, beside in _ours(resource):
        # An AuditEvent says its kinds of record as details: the system as their type, and the code as a text.
        code = beside.get("code", beside.get("valueString"))
        if text in DEFINED and code is not None:
            words = DEFINED[text].get(code)
            if words is None or beside.get("display", words) != words:
                found.append(f"{text}#{code} {beside.get('display', '')}")
        elif text not in PROFILES and text.partition("|")[0].removeprefix(f"{canonicals.FORM}:") not in DEFINED[canonicals.FORM]:
            found.append(text)
    return found


def everything(keeper: System, made: FhirWorld) -> list[dict[str, Any]]:
    a_whole_record(made.world, mother=made.mother)
    both = [exported(keeper), exported(a_system(made.world.harbor, role=Role.HOME_VISITOR))]
    looks = a_system(made.world.riverbend, role=Role.PRIVACY_OFFICER).found(f"AuditEvent?_count=200&patient={made.mother}")
    return [*looks, *(one for files in both for held in files.values() for one in held)]


def test_the_codes_of_the_guide_are_the_products() -> None:
    assert codes.out_of_date(GUIDE) == []


def test_all_that_is_sent_in_our_name_is_defined_in_the_guide(keeper: System, made: FhirWorld) -> None:
    sent = everything(keeper, made)
    assert [fault for one in sent for fault in undefined(one)] == []
    claimed = {url for one in sent for url in one["meta"].get("profile", []) if url.startswith(canonicals.ROOT)}
    assert claimed == PROFILES
    assert "AuditEvent" in {one["resourceType"] for one in sent}
    told = {url for one in keeper.read("metadata")["rest"][0]["resource"] for url in one.get("supportedProfile", [])}
    assert told >= PROFILES
    # Not an empty comparison: codes of most systems were sent.
    assert {text for one in sent for text, beside in _ours(one) if "code" in beside} >= DEFINED.keys() - {
        canonicals.EVENT, canonicals.REFERRAL_OUTCOME, canonicals.REFERRAL_REASON,
    }  # fmt: skip


@pytest.mark.parametrize(
    "fault",
    [
        {"code": {"coding": [{"system": canonicals.NEED, "code": "CASTLE"}]}},
        {"code": {"coding": [{"system": canonicals.NEED, "code": "HOUSING", "display": "Other words"}]}},
        {"extension": [{"url": "urn:careloom:unheard-of", "valueCode": "x"}]},
        {"meta": {"profile": ["urn:careloom:profile:unheard-of"]}},
        {"questionnaire": "urn:careloom:form:unheard-of|1"},
    ],
    ids=["code", "words", "extension", "profile", "form"],
)
def test_what_the_guide_does_not_define_is_found(fault: dict[str, Any]) -> None:
    assert len(undefined(fault)) == 1


@pytest.mark.parametrize("state", [State.DECLINED, State.COMPLETED])
def test_an_answer_to_a_referral_says_why_and_what_it_came_to_in_codes_of_the_guide(db: None, state: State) -> None:
    loop = a_loop()
    if state == State.COMPLETED:
        steps = [loop.put(loop.task(step)).status_code for step in (State.ACCEPTED, State.ATTENDED)]
        assert steps == [200, 200]
        said = {"output": [{"type": {"text": "What it came to"}, "valueCodeableConcept": {"coding": [ENROLLED]}}]}
    else:
        said = {"statusReason": {"coding": [FULL]}}
    assert loop.put(loop.task(state, **said)).status_code == 200
    told = loop.task()
    assert undefined(told) == []
    assert (ENROLLED if state == State.COMPLETED else FULL)["system"] in {text for text, _ in _ours(told)}


def test_a_need_in_her_own_words_keeps_the_words_of_its_code(keeper: System, made: FhirWorld) -> None:
    with acting_as(viewer(made.world.dana)):
        Need.objects.update(title="A flat near my sister")
    [sent] = keeper.found("ServiceRequest")
    assert sent["code"]["text"] == "A flat near my sister"
    assert sent["code"]["coding"][0]["display"] == DEFINED[canonicals.NEED]["HOUSING"]
