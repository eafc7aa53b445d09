"""Her own people in the builder: a grandmother or a partner is named like anybody else (42 CFR 2.31(a)(4)), and reads where she has a page."""

from __future__ import annotations

from typing import Any

import pytest
from django.urls import reverse
from tests.factories.agencies import viewer
from tests.integration.consents.conftest import Screens

from careloom.consents.models import Consent
from careloom.infra import clock
from careloom.infra.access import PrincipalKind, System, Viewer, acting_as, system
from careloom.people.actions import make_person_principal, new_identity, put_family_member
from careloom.people.models import FamilyMember
from careloom.plans.models import Goal, PlanOfSafeCare

HTMX = {"HX-Request": "true"}


def a_relative(screens: Screens, name: str, **facts: Any) -> FamilyMember:
    """Somebody of her family, as Dana wrote it down."""
    by = viewer(screens.world.dana)
    with acting_as(by):
        return put_family_member(by=by, at=screens.world.at, identity_id=screens.mother, name=name, relation="her mother", **facts)


def newest(screens: Screens) -> Consent:
    with acting_as(viewer(screens.world.dana)):
        return Consent.objects.filter(identity_id=screens.mother).latest("signed_at")


@pytest.fixture
def elena(screens: Screens) -> Viewer:
    """Somebody with a page of her own, whom an earlier form of hers names."""
    by = viewer(screens.world.dana)
    with acting_as(by):
        principal = make_person_principal(
            by=by, at=screens.world.at, identity_id=new_identity(at=screens.world.at), subject_ids=[screens.mother], kind="SUPPORTER"
        )
    screens.sign(request_key="earlier")
    earlier = newest(screens)
    with acting_as(system(System.GRANTS)):
        Consent.objects.filter(pk=earlier.pk).update(
            recipient_ids=[principal], recipient_names=["Elena"], revoked_at=screens.world.at, revoked_how="SPOKEN"
        )
    return Viewer(principal_id=principal, kind=PrincipalKind.PERSON, purpose="care_coordination", holder_id=principal, whole_agency=True)


def reads(her: Viewer, screens: Screens) -> bool:
    with acting_as(her):
        return PlanOfSafeCare.objects.filter(pk=screens.plan.pk).exists() and Goal.objects.filter(plan_id=screens.plan.pk).exists()


def test_whom_she_marked_as_unsafe_or_silent_is_offered_to_nobody(screens: Screens) -> None:
    a_relative(screens, "Rosa Valdeluna")
    a_relative(screens, "Unsafe Person", unsafe=True)
    a_relative(screens, "Silent Person", contact="DO_NOT_CONTACT")
    a_relative(screens, "Little Person", kind="CHILD")
    form = screens.client().get(reverse("consents:new", args=[screens.mother])).context["form"]
    assert [label for _key, label in form.fields["people"].choices] == ["Rosa Valdeluna"]


def test_one_without_a_page_is_named_on_the_form_and_told_in_person_or_on_paper(screens: Screens) -> None:
    rosa = a_relative(screens, "Rosa Valdeluna")
    asked = {"recipients": None, "people": [f"member-{rosa.pk}"]}
    part = screens.post("new", screens.form(**asked), headers=HTMX).content.decode()
    assert "No page here opens for: Rosa Valdeluna." in part
    assert "42 CFR 2.31(a)(4)" not in part
    done = screens.sign(**asked)
    assert done.status_code == 302
    consent = newest(screens)
    assert (consent.recipient_ids, consent.recipient_names) == ([], ["Rosa Valdeluna"])
    page = screens.client().get(done.headers["Location"]).content.decode()
    assert "What Rosa Valdeluna may see" in page
    assert "No page here opens for: Rosa Valdeluna." in page
    over = screens.client().post(reverse("consents:stop", args=[consent.pk]), {"how": "SPOKEN"}, follow=True).content.decode()
    assert "No page here opens" not in over
    assert screens.post("paper", screens.form(**asked)).content.startswith(b"%PDF")


def test_one_with_a_page_reads_there_what_the_form_opens_until_she_stops_it(screens: Screens, elena: Viewer) -> None:
    asked = {"recipients": None, "people": [f"page-{elena.principal_id}"]}
    part = screens.post("new", screens.form(**asked), headers=HTMX).content.decode()
    assert "2. What Elena would see" in part
    assert "A door I can lock" in part
    assert not reads(elena, screens)
    done = screens.sign(**asked)
    assert reads(elena, screens)
    consent = newest(screens)
    assert (consent.recipient_ids, consent.recipient_names) == ([elena.principal_id], ["Elena"])
    page = screens.client().get(done.headers["Location"]).content.decode()
    assert "No page here opens" not in page
    for table in (reverse("consents:family", args=[screens.mother]), f"/families/{screens.mother}/"):
        assert '<th scope="row">Elena' in screens.client().get(table).content.decode(), table
    screens.client().post(reverse("consents:stop", args=[consent.pk]), {"how": "SPOKEN"})
    assert not reads(elena, screens)


def test_of_an_infant_she_reads_only_as_the_form_says(screens: Screens, elena: Viewer) -> None:
    infant = screens.world.an_infant(mother_id=screens.mother, by=screens.world.dana)
    by = viewer(screens.world.dana)
    with acting_as(by):
        put_family_member(by=by, at=clock.now(), identity_id=infant, name="An aunt of his", relation="aunt")
    asked = {"recipients": None, "people": [f"page-{elena.principal_id}"]}

    def sees() -> bool:
        with acting_as(elena):
            return FamilyMember.objects.filter(identity_id=infant).exists()

    assert screens.sign(**asked, request_key="her own").status_code == 302
    assert not sees()
    assert screens.sign(**asked, infants=[str(infant)], request_key="his too").status_code == 302
    assert sees()


def test_a_renewal_begins_with_the_same_people(screens: Screens, elena: Viewer) -> None:
    rosa = a_relative(screens, "Rosa Valdeluna")
    people = [f"page-{elena.principal_id}", f"member-{rosa.pk}"]
    screens.sign(people=people, named="Mothers’ Circle")
    old = newest(screens)
    page = screens.client().get(reverse("consents:new", args=[screens.mother]), {"renews": str(old.pk)})
    clean = page.context["form"].cleaned_data
    assert (clean["people"], clean["recipients"], clean["named"]) == (people, [screens.world.bea.agency_id], "Mothers’ Circle")
    assert not page.context["form"].errors


def test_a_page_of_another_mother_s_supporter_is_no_choice(screens: Screens, elena: Viewer) -> None:
    other = screens.world.a_mother(given_name="Ana")
    address = reverse("consents:sign", args=[other])
    answer = screens.client().post(address, screens.form(people=[f"page-{elena.principal_id}"], how="SCREEN", typed="Ana"))
    assert answer.status_code in {302, 422}
    with acting_as(viewer(screens.world.dana)):
        assert not Consent.objects.filter(identity_id=other, recipient_ids__contains=[elena.principal_id]).exists()
    assert not reads(elena, screens)


def test_a_covered_entity_may_take_a_spoken_yes_for_her_own_people_alone(screens: Screens) -> None:
    """45 CFR 164.510(b): whom she involves in her care is told when she agrees. For an agency the same records need an authorization."""
    world = screens.world
    world.st_agnes.is_covered_entity = True
    world.st_agnes.save()
    mother, by = world.a_mother(by=world.maria, given_name="Ana"), viewer(world.maria)
    with acting_as(by):
        rosa = put_family_member(by=by, at=world.at, identity_id=mother, name="Rosa", relation="her mother")
    address, client = reverse("consents:sign", args=[mother]), screens.client(world.maria)
    form = screens.form(share=["HEALTH"], recipients=None, people=[f"member-{rosa.pk}"])
    assert "She said yes aloud" in client.post(address, form).content.decode()
    to_agency = client.post(address, screens.form(share=["HEALTH"])).content.decode()
    assert "She said yes aloud" not in to_agency
    assert "45 CFR 164.508(c)(1)(vi)" in to_agency
    assert client.post(address, form | {"how": "SPOKEN"}).status_code == 302
    with acting_as(by):
        assert Consent.objects.get(identity_id=mother).kind == "plan_agreement"
