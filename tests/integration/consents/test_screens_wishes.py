"""What she wants to happen leads to the form that the law asks for it; forms that must stand apart cannot be mixed."""

from __future__ import annotations

from typing import Any

import pytest
from django.urls import reverse
from tests.factories.agencies import an_agency, viewer
from tests.integration.consents.conftest import Screens

from careloom.consents import papers
from careloom.consents.forms.wishes import TPO_CLASS, WISHES
from careloom.consents.models import Consent
from careloom.consents.terms import terms_of
from careloom.infra.access import acting_as
from careloom.kernel import disclosure
from careloom.kernel.agency_kinds import AgencyKind

OF_WISH: dict[str, dict[str, Any]] = {
    "CARE": {"share": ["ALL_TREATMENT"], "purposes": ["treatment", "payment"], "until": "none"},
    "NETWORK": {"share": ["TREATMENT", "MEDICINE"], "purposes": None, "designation": "TREATING"},
    "NOTES": {"share": None, "purposes": ["treatment"]},
    "THERAPY": {"share": None, "purposes": ["treatment"]},
    "COURT": {"share": ["PLAN", "ATTENDANCE"], "purposes": ["dependency_proceeding"], "until": "court_case_ended", "matter": "In re Practice 12"},
    "CRIMINAL": {
        "recipients": None, "named": "Probation Officer Lane", "share": ["ATTENDANCE"], "purposes": None, "until": "final_disposition",
        "matter": "State v. Practice 7", "condition": "on",
    },
    "REGISTRY": {"recipients": None, "named": "Columbia Central Registry", "share": None, "purposes": None, "until": "treatment_ended"},
    "MEDICINE_LIST": {"recipients": None, "named": "Columbia prescription list", "share": None, "purposes": None, "until": "365"},
    "STUDY": {"recipients": None, "named": "Practice University", "share": ["SUMMARY"], "purposes": None, "until": "study_ended", "matter": "S4"},
}  # fmt: skip
KINDS = {
    "CARE": "tpo_single", "NETWORK": "specific", "NOTES": "counseling_notes", "THERAPY": "hipaa_authorization", "COURT": "proceedings",
    "CRIMINAL": "criminal_justice", "REGISTRY": "central_registry", "MEDICINE_LIST": "pdmp", "STUDY": "research",
}  # fmt: skip


def asked(screens: Screens, code: str) -> dict[str, Any]:
    """The post of one wish."""
    to = {"COURT": an_agency(kind=AgencyKind.COURT).pk} if code == "COURT" else {}
    hub = {"hub": str(an_agency(kind=AgencyKind.COORDINATION_HUB).pk)} if code == "NETWORK" else {}
    usual = {"recipients": [str(to.get(code, screens.world.maria.agency_id))]}
    return {"wish": code} | usual | hub | OF_WISH[code]


def only(screens: Screens) -> Consent:
    with acting_as(viewer(screens.world.dana)):
        return Consent.objects.get(identity_id=screens.mother)


@pytest.mark.parametrize("code", OF_WISH)
@pytest.mark.requirement("R-106")
def test_each_wish_opens_its_own_form_and_what_is_signed_conforms(screens: Screens, code: str) -> None:
    begun = screens.client().get(reverse("consents:new", args=[screens.mother]), {"wish": code})
    assert begun.status_code == 200
    assert str(WISHES[code].label) in begun.content.decode().replace("&#x27;", "’")
    answer = screens.sign(**asked(screens, code))
    assert answer.status_code == 302, answer.context and answer.context["missing"]
    row = only(screens)
    assert (row.kind, terms_of(row).wish) == (KINDS[code], code)
    form = papers.kernel_consent(row, discloser=str(row.discloser_ids[0]), subject=disclosure.Subject.MOTHER)
    assert disclosure.validate_consent(form) == ()
    one = screens.client().get(answer.headers["Location"]).content.decode()
    assert "In force" in one
    assert screens.post("paper", screens.form(**asked(screens, code))).content.startswith(b"%PDF")
    assert screens.client().get(reverse("consents:copy", args=[row.pk])).content.startswith(b"%PDF")


def test_every_wish_but_the_usual_one_is_tried() -> None:
    assert {"TOGETHER", *OF_WISH} == set(WISHES)


@pytest.mark.requirement("R-106")
def test_the_page_of_wishes_offers_what_this_agency_can_give(screens: Screens) -> None:
    address = reverse("consents:wishes", args=[screens.mother])
    page = screens.client().get(address).content.decode()
    assert all(f"?wish={code}" in page for code in OF_WISH)
    mother = screens.world.a_mother(by=screens.world.bea, given_name="Ana")
    home_visiting = screens.client(screens.world.bea).get(reverse("consents:wishes", args=[mother])).content.decode()
    assert [code for code in OF_WISH if f"?wish={code}" in home_visiting] == ["COURT"]
    assert screens.client(screens.world.bea).get(reverse("consents:new", args=[mother]), {"wish": "NOTES"}).status_code == 404
    assert screens.client().get(reverse("consents:new", args=[screens.mother]), {"wish": "ANYTHING"}).status_code == 404
    assert screens.client(screens.world.bea).get(address).status_code == 404


@pytest.mark.parametrize(
    ("code", "smuggled"),
    [("NOTES", {"share": ["PLAN"]}), ("COURT", {"purposes": ["treatment"]}), ("CRIMINAL", {"purposes": ["care_coordination"]}),
     ("REGISTRY", {"share": ["TESTS"]}), ("MEDICINE_LIST", {"share": ["ALL_TREATMENT"]})],
)  # fmt: skip
def test_nothing_else_rides_on_a_form_of_its_own(screens: Screens, code: str, smuggled: dict[str, Any]) -> None:
    screens.sign(**(asked(screens, code) | smuggled))
    with acting_as(viewer(screens.world.dana)):
        for row in Consent.objects.filter(identity_id=screens.mother):
            form = papers.kernel_consent(row, discloser=str(row.discloser_ids[0]), subject=disclosure.Subject.MOTHER)
            assert disclosure.validate_consent(form) == ()
            assert not {"posc.plan_core", "part2.drug_screens", "part2.full_record"} & set(row.information)
            assert not {"treatment", "care_coordination"} & set(row.purposes) or code in {"NOTES", "REGISTRY"}


@pytest.mark.parametrize("gone", ["condition", "matter", "named"])
def test_a_criminal_justice_form_needs_its_matter_its_condition_and_its_monitor(screens: Screens, gone: str) -> None:
    answer = screens.sign(**(asked(screens, "CRIMINAL") | {gone: None}))
    assert answer.status_code == 422
    with acting_as(viewer(screens.world.dana)):
        assert not Consent.objects.filter(identity_id=screens.mother).exists()


def test_no_family_court_is_offered_on_a_criminal_justice_form(screens: Screens) -> None:
    court = an_agency(kind=AgencyKind.COURT)
    page = screens.client().get(reverse("consents:new", args=[screens.mother]), {"wish": "CRIMINAL"}).content.decode()
    assert court.name not in page
    assert "Never for family court" in page
    screens.sign(**(asked(screens, "CRIMINAL") | {"recipients": [str(court.pk)]}))
    assert only(screens).recipient_ids == []


@pytest.mark.requirement("R-106")
def test_one_yes_for_all_of_her_care_says_what_the_law_wants_said_and_names_the_class(screens: Screens) -> None:
    signing = screens.sign(**(asked(screens, "CARE") | {"typed": ""})).content.decode()
    assert "as the health privacy rules (HIPAA) allow" in signing
    assert "civil, criminal, administrative or legislative case against you" in signing
    assert "If you do not sign" in signing
    screens.sign(**asked(screens, "CARE"))
    row = only(screens)
    assert (row.recipient_class, row.expiry_event, row.expires_on) == (TPO_CLASS, "none", None)


def test_one_yes_for_all_of_her_care_carries_no_other_purpose_and_no_child_welfare(screens: Screens) -> None:
    cps = an_agency(kind=AgencyKind.CPS_AGENCY)
    answer = screens.sign(**(asked(screens, "CARE") | {"recipients": [str(cps.pk)]}))
    assert answer.status_code == 422
    assert screens.sign(**(asked(screens, "CARE") | {"purposes": ["posc_monitoring"]})).status_code == 422


def test_a_network_is_named_with_its_members_or_with_those_who_treat_her(screens: Screens) -> None:
    hub = an_agency(kind=AgencyKind.COORDINATION_HUB)
    base = {"wish": "NETWORK", "share": ["TREATMENT"], "purposes": None, "hub": str(hub.pk)}
    nobody = screens.sign(**base, recipients=None, designation="NAMED")
    assert nobody.status_code == 422
    assert "42 CFR 2.31(a)(4)(ii)" in nobody.content.decode()
    assert screens.sign(**base, recipients=None, designation="TREATING", request_key="treating").status_code == 302
    assert screens.sign(**base, recipients=[str(screens.world.maria.agency_id)], designation="NAMED", request_key="named").status_code == 302
    with acting_as(viewer(screens.world.dana)):
        kept = {row.request_key: row for row in Consent.objects.filter(identity_id=screens.mother)}
    assert terms_of(kept["treating"]).general_designation == "treating"
    assert kept["treating"].recipient_class == f"my treating providers who take part in {hub.name}"
    assert (terms_of(kept["named"]).general_designation, kept["named"].recipient_ids) == ("", [hub.pk, screens.world.maria.agency_id])
    assert terms_of(kept["named"]).intermediary == str(hub.pk)


def test_the_state_list_is_offered_only_where_the_law_of_the_state_asks_for_it(screens: Screens) -> None:
    elsewhere = an_agency(kind=AgencyKind.PART2_PROGRAM, is_part2_program=True, pack="ohio")
    from careloom.consents.forms.wishes import wishes_for

    assert "MEDICINE_LIST" not in {wish.code for wish in wishes_for(elsewhere)}
    assert "MEDICINE_LIST" in {wish.code for wish in wishes_for(screens.world.riverbend)}


def test_the_preview_says_what_stays_private_by_the_form_alone(screens: Screens) -> None:
    text = screens.post("new", screens.form(), headers={"HX-Request": "true"}).content.decode()
    apart = "Tests and diagnoses that tell about substance use"
    private = f"Birth and health, {apart}, That I am in treatment, How treatment goes, Visits kept, Medicine, Test results"
    assert f"This form keeps private: {private}." in text


def test_a_preview_of_another_wish_reads_as_that_agency_and_leaves_nothing(screens: Screens) -> None:
    court = an_agency(kind=AgencyKind.COURT)
    data = screens.form(**(asked(screens, "COURT") | {"recipients": [str(court.pk)]}))
    text = screens.post("new", data, headers={"HX-Request": "true"}).content.decode()
    assert "New with this consent" in text
    assert "A home of our own" in text
    with acting_as(viewer(screens.world.dana)):
        assert not Consent.objects.filter(identity_id=screens.mother).exists()


def test_her_renewal_of_a_form_of_its_own_begins_with_that_form(screens: Screens) -> None:
    first = screens.sign(**asked(screens, "CRIMINAL"))
    pk = first.headers["Location"].split("/")[-2]
    form = screens.client().get(reverse("consents:new", args=[screens.mother]), {"renews": pk}).context["form"]
    clean = form.cleaned_data
    assert (form.wants.code, clean["matter"], clean["named"], clean["share"]) == (
        "CRIMINAL",
        "State v. Practice 7",
        "Probation Officer Lane",
        ["ATTENDANCE"],
    )
    assert not clean["condition"]  # asked anew: it may have changed


def test_the_page_turns_to_her_language_and_keeps_what_was_chosen(screens: Screens) -> None:
    client = screens.client()
    data = screens.form(speak="es", named="Servicio Práctico")
    page = client.post(reverse("consents:new", args=[screens.mother]), data)
    text = page.content.decode()
    assert 'lang="es"' in text
    assert "¿" in text
    assert "Servicio Práctico" in text
    assert page.context["form"].cleaned_data["language"] == "es"
    assert client.cookies["django_language"].value == "es"
    signing = client.post(reverse("consents:sign", args=[screens.mother]), data | {"language": "es"}).content.decode()
    assert "Si no firma, no se comparte nada" in signing
