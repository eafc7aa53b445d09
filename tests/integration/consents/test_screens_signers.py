"""Who signs for whom: a minor alone or with a parent, a guardian, those left when she has died. The kernel's rules decide (42 CFR 2.14, 2.15)."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

import pytest
from django.urls import reverse
from tests.factories.agencies import an_agency, viewer
from tests.integration.consents.conftest import Screens

from careloom.consents.models import Consent
from careloom.consents.terms import facts_of, terms_of
from careloom.infra import clock
from careloom.infra.access import acting_as
from careloom.infra.access.models import Grant
from careloom.kernel.agency_kinds import AgencyKind
from careloom.people.models import PersonRecord


def born(age: int) -> date:
    today = clock.today()
    return date(today.year - age, 1, 1)


def learn(screens: Screens, **facts: Any) -> None:
    """What the record says of her."""
    with acting_as(viewer(screens.world.dana)):
        PersonRecord.objects.filter(identity_id=screens.mother).update(**facts)


def signed(screens: Screens) -> Consent | None:
    with acting_as(viewer(screens.world.dana)):
        return Consent.objects.filter(identity_id=screens.mother).first()


def opened(screens: Screens, to: UUID | None = None) -> bool:
    with acting_as(viewer(screens.world.dana)):
        return Grant.objects.filter(identity_id=screens.mother, recipient_id=to or screens.world.bea.agency_id).exists()


def test_a_minor_whom_state_law_lets_agree_signs_alone(screens: Screens) -> None:
    learn(screens, birth_date=born(16))
    page = screens.post("sign", screens.form()).content.decode()
    assert "Columbia Family Care Rule 7" in page
    assert "She and a parent." not in page
    assert screens.sign(who="mother").status_code == 302
    row = signed(screens)
    assert row is not None
    assert facts_of(row) == {"patient_age": 16, "minor_may_consent_alone": True}
    assert opened(screens)


def test_a_younger_minor_signs_with_a_parent_and_not_without(screens: Screens) -> None:
    learn(screens, birth_date=born(13))
    assert screens.sign(who="mother").status_code == 422
    assert screens.sign(who="PARENT").status_code == 422  # whose name?
    assert signed(screens) is None
    assert screens.sign(who="PARENT", signer_name="Rosa Valdeluna").status_code == 302
    row = signed(screens)
    assert row is not None
    assert (row.signer, terms_of(row).cosigner, terms_of(row).cosigner_name) == ("mother", "parent", "Rosa Valdeluna")
    assert opened(screens)


@pytest.mark.parametrize(("who", "more"), [("mother", {}), ("PARENT", {"signer_name": "Rosa Valdeluna"})])
def test_where_the_law_of_the_state_is_not_written_down_the_worker_is_told_whom_to_ask(screens: Screens, who: str, more: dict[str, str]) -> None:
    screens.world.riverbend.pack = "ohio"
    screens.world.riverbend.save()
    learn(screens, birth_date=born(16))
    page = screens.post("sign", screens.form()).content.decode()
    assert "Ask your privacy officer first: to ask a parent tells the parent that she came for treatment (42 CFR 2.14)." in page
    assert screens.sign(who=who, **more).status_code == 302
    assert opened(screens)


def test_on_her_eighteenth_birthday_she_signs_as_an_adult(screens: Screens) -> None:
    learn(screens, birth_date=born(18))
    assert screens.sign().status_code == 302
    row = signed(screens)
    assert row is not None
    assert facts_of(row) == {}


@pytest.mark.requirement("R-106")
def test_a_guardian_signs_with_the_paper_seen(screens: Screens) -> None:
    assert screens.sign(who="guardian", signer_name="Gil Guardian").status_code == 422
    assert screens.sign(who="guardian", seen="on").status_code == 422
    done = screens.sign(who="guardian", signer_name="Gil Guardian", seen="on")
    assert done.status_code == 302
    row = signed(screens)
    assert row is not None
    assert facts_of(row) == {"adjudicated_incapacity": True, "guardian_appointed": True}
    assert opened(screens)
    assert "Gil Guardian" in screens.client().get(done.headers["Location"]).content.decode()


def test_the_director_signs_for_payment_and_for_nothing_else(screens: Screens) -> None:
    director = {"who": "program_director", "signer_name": "Dr. Practice", "seen": "on"}
    refused = screens.sign(**director)
    assert refused.status_code == 422
    assert "42 CFR 2.15(a)" in refused.content.decode()
    plan = an_agency(kind=AgencyKind.HEALTH_PLAN, is_covered_entity=True)
    for_payment = {"wish": "CARE", "recipients": [str(plan.pk)], "share": ["BILLS"], "purposes": ["payment"]}
    assert screens.sign(**(for_payment | director)).status_code == 302
    with_treatment = for_payment | {"purposes": ["payment", "treatment"], "request_key": "more"}
    assert screens.sign(**(with_treatment | director)).status_code == 422


@pytest.mark.parametrize(
    ("who", "facts"),
    [
        ("executor", {"patient_deceased": True, "personal_representative": "executor"}),
        ("spouse", {"patient_deceased": True, "surviving_spouse": True}),
        ("grandmother", {"patient_deceased": True, "surviving_spouse": False}),
    ],
)
def test_after_her_death_those_sign_whom_the_law_names(screens: Screens, who: str, facts: dict[str, Any]) -> None:
    learn(screens, died_on=clock.today())
    page = screens.post("sign", screens.form()).content.decode()
    assert "She herself" not in page
    assert screens.sign(who="mother").status_code == 422
    assert screens.sign(who=who, signer_name="Sam Survivor", seen="on").status_code == 302
    row = signed(screens)
    assert row is not None
    assert (row.signer, facts_of(row)) == (who, facts)
    assert opened(screens)


def test_who_signs_for_her_after_death_does_not_open_her_infants_record(screens: Screens) -> None:
    infant = screens.world.an_infant(mother_id=screens.mother, by=screens.world.dana)
    survivor = {"who": "spouse", "signer_name": "Sam Survivor", "seen": "on"}
    refused = screens.sign(infants=[str(infant)], **survivor)
    assert refused.status_code == 422
    assert "may not sign for everybody on the form" in refused.content.decode()
    assert screens.sign(**survivor).status_code == 302


def test_another_signer_is_refused_by_the_action_too(screens: Screens) -> None:
    from careloom.consents.actions import Draft, Signature
    from careloom.consents.signing import NoAuthority, Signer, sign_form

    by = viewer(screens.world.dana)
    draft = Draft(
        identity_id=screens.mother, subject_ids=(screens.mother,), kind="specific", discloser_ids=(screens.world.riverbend.pk,),
        recipient_ids=(screens.world.harbor.pk,), information=("posc.plan_core",), purposes=("care_coordination",), expires_on=clock.today(),
    )  # fmt: skip
    for role in ("guardian", "executor", "spouse", "other_parent", "cps_agency", "program_director"):
        with acting_as(by):
            answer = sign_form(
                by=by, at=clock.now(), draft=draft, signature=Signature(method="SCREEN", name="X"), signer=Signer(role=role), request_key=role
            )
        assert isinstance(answer, NoAuthority), role
    assert signed(screens) is None


def test_the_paper_has_a_line_for_each_who_signs(screens: Screens) -> None:
    learn(screens, birth_date=born(13))
    done = screens.sign_on_paper(who="PARENT", signer_name="Rosa Valdeluna")
    assert done.status_code == 302
    copy = screens.client().get(reverse("consents:copy", args=[signed(screens).pk]))  # type: ignore[union-attr]
    assert copy.content.startswith(b"%PDF")
