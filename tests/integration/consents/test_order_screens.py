"""The register of court orders on its screens: what a paper opens and lacks, who may know of it, and its end."""

from __future__ import annotations

from datetime import timedelta
from io import BytesIO
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image
from tests.factories.agencies import viewer
from tests.integration.consents.papers import FINDINGS, PaperScreens, id_in, text_of

from careloom.config import subscriptions
from careloom.consents.models import CourtOrder
from careloom.consents.models.scan import PaperScan
from careloom.infra import clock
from careloom.infra.access import acting_as
from careloom.infra.access.models import AccessLog
from careloom.people.actions import PersonFacts, put_person

SUBPOENA_TOO = "A subpoena or another mandate is needed as well."


@pytest.fixture
def screens(db: None) -> PaperScreens:
    subscriptions.join()
    return PaperScreens()


def test_the_answer_page_says_what_it_opened_for_whom_and_that_it_compels_nobody(screens: PaperScreens) -> None:
    last = clock.today() + timedelta(days=30)
    order = id_in(screens.record(expires_on=last.isoformat()))
    page = text_of(screens.client(screens.keeper).get(f"/consents/orders/{order}/"))
    for told in ("Pine County Juvenile Court", "treatment visits kept", "Decide in the child welfare case", SUBPOENA_TOO):
        assert told in page
    assert screens.reads(screens.judge) == {"part2.attendance"}
    assert screens.reads(screens.lena) == set()


@pytest.mark.parametrize(
    ("missing", "asked"), [("finding_balance", "42 CFR 2.64(d)(2)"), ("protective_terms", "42 CFR 2.64(e)"), ("notice_given", "42 CFR 2.64(b)(1)")]
)
def test_a_paper_that_lacks_a_finding_is_kept_and_names_exactly_what_it_lacks(screens: PaperScreens, missing: str, asked: str) -> None:
    order = id_in(screens.record(said=[finding for finding in FINDINGS if finding != missing]))
    page = text_of(screens.client(screens.keeper).get(f"/consents/orders/{order}/"))
    lacks = page[page.index("What it does not say") : page.index("What stays shut")]
    assert asked in lacks
    assert lacks.count("<li>") == 1
    assert "Nothing is open because of this paper." in page
    assert screens.reads(screens.judge) == set()


def test_with_a_subpoena_beside_it_the_page_says_that_both_compel(screens: PaperScreens) -> None:
    order = id_in(screens.record(said=[*FINDINGS, "accompanying_subpoena"]))
    page = text_of(screens.client(screens.keeper).get(f"/consents/orders/{order}/"))
    assert SUBPOENA_TOO not in page
    assert "With a valid order that is what compels." in page


def test_a_subpoena_alone_is_kept_and_opens_no_treatment_record(screens: PaperScreens) -> None:
    order = id_in(screens.record(kind="subpoena", said=["qualified_protective_order"]))
    page = text_of(screens.client(screens.keeper).get(f"/consents/orders/{order}/"))
    assert "A subpoena or a general order does not authorize disclosure of Part 2 records." in page
    assert screens.reads(screens.judge) == set()


def test_confidential_communications_need_a_ground(screens: PaperScreens) -> None:
    listed = {"scope": ["part2.attendance", "part2.confidential_communications"]}
    order = id_in(screens.record(**listed))
    page = text_of(screens.client(screens.keeper).get(f"/consents/orders/{order}/"))
    assert "42 CFR 2.63(a)" in page
    with_ground = id_in(screens.record(**listed, ground="threat_child_abuse"))
    page = text_of(screens.client(screens.keeper).get(f"/consents/orders/{with_ground}/"))
    assert "What it does not say" not in page
    assert "It also permits: confidential communications." in page


def test_a_ground_without_such_a_record_is_asked_again(screens: PaperScreens) -> None:
    answer = screens.record(ground="threat_child_abuse")
    assert "take this answer back" in text_of(answer, status=422)
    with acting_as(viewer(screens.keeper)):
        assert not CourtOrder.objects.exists()


def test_a_custody_order_is_kept_by_what_it_is_about_and_opens_no_treatment(screens: PaperScreens) -> None:
    order = id_in(screens.record(kind="general_order", matter="CUSTODY", said=["protective_terms"]))
    assert "Another order of a court: Custody or placement" in text_of(screens.client(screens.keeper).get(f"/consents/orders/{order}/"))
    assert screens.reads(screens.judge) == set()


def test_what_makes_the_record_useless_is_asked_again_and_nothing_is_written(screens: PaperScreens) -> None:
    tomorrow = clock.today() + timedelta(days=1)
    page = text_of(screens.record(court=" ", scope=[], recipients=[], issued_on=tomorrow.isoformat()), status=422)
    assert "it cannot lie ahead" in page
    assert "Mark an agency, or write a name below." in page
    with acting_as(viewer(screens.keeper)):
        assert not CourtOrder.objects.exists()


def test_a_double_click_writes_one_paper(screens: PaperScreens) -> None:
    assert id_in(screens.record(request_key="once")) == id_in(screens.record(request_key="once"))


def test_what_opens_without_her_name_or_plan_is_given_on_paper_and_the_page_says_so(screens: PaperScreens) -> None:
    keeper, words = screens.client(screens.keeper), "so no page of hers opens"
    named = id_in(screens.record())
    nameless = id_in(screens.record(scope=["posc.plan_part2_segment"]))
    assert words not in text_of(keeper.get(f"/consents/orders/{named}/"))
    assert words in text_of(keeper.get(f"/consents/orders/{nameless}/"))
    assert screens.client(screens.judge).get(f"/families/{screens.mother}/").status_code == 200


def test_who_has_no_place_here_gets_it_on_paper(screens: PaperScreens) -> None:
    order = id_in(screens.record(recipients=[], named="Judge Example\nA lawyer"))
    page = text_of(screens.client(screens.keeper).get(f"/consents/orders/{order}/"))
    assert "No page here opens for: Judge Example and A lawyer." in page


def test_ending_it_shuts_what_it_opened_and_a_colleagues_change_is_shown(screens: PaperScreens) -> None:
    order = id_in(screens.record())
    keeper = screens.client(screens.keeper)
    stale = text_of(keeper.post(f"/consents/orders/{order}/end/", {"because": "VACATED", "row_version": 9}), status=409)
    assert "A colleague changed this paper after you opened it. Nothing was done." in stale
    assert screens.reads(screens.judge) == {"part2.attendance"}
    assert keeper.post(f"/consents/orders/{order}/end/", {"because": "VACATED", "row_version": 1}).status_code == 302
    assert screens.reads(screens.judge) == set()
    assert "The court took it back" in text_of(keeper.get(f"/consents/orders/{order}/"))


@pytest.mark.parametrize("address", ["orders/", "of/{mother}/orders/", "of/{mother}/orders/new/", "orders/{order}/", "orders/{order}/end/"])
def test_only_who_keeps_the_papers_reaches_the_register(screens: PaperScreens, address: str) -> None:
    """Not a coordinator of the same agency, not the recipient, not the other agency's keeper of papers: no page, and no other than for nothing."""
    order = id_in(screens.record())
    where = "/consents/" + address.format(mother=screens.mother, order=order)
    absent = "/consents/" + address.format(mother=uuid4(), order=uuid4())
    assert screens.client(screens.keeper).get(where).status_code == 200
    assert screens.client(screens.officer).get(where).status_code == 200
    for stranger in (screens.world.dana, screens.judge, screens.lena, screens.world.bea):
        assert screens.client(stranger).get(where).status_code == 404
    if "{order}" in address:
        hidden, gone = screens.client(screens.hub).get(where), screens.client(screens.hub).get(absent)
        assert hidden.status_code == gone.status_code == 404
        assert _plain(hidden) == _plain(gone)


def test_the_list_is_paged_by_family_and_for_the_agency_and_each_look_is_logged(screens: PaperScreens) -> None:
    for _number in range(27):
        screens.record()
    keeper = screens.client(screens.keeper)
    first, second = text_of(keeper.get("/consents/orders/")), text_of(keeper.get("/consents/orders/?page=2"))
    assert (first.count("/consents/orders/"), second.count("/consents/orders/")) == (25, 2)
    assert text_of(keeper.get(f"/consents/of/{screens.mother}/orders/?page=2")).count("/consents/orders/") == 2
    other = screens.world.a_mother(given_name="Another")
    assert "No court’s paper is written down here." in text_of(keeper.get(f"/consents/of/{other}/orders/"))
    by = viewer(screens.officer)
    with acting_as(by):
        assert AccessLog.objects.filter(place="consents:orders", identity_id=screens.mother).exists()


def test_the_scan_is_kept_sealed_and_opens_for_its_keeper_only(screens: PaperScreens) -> None:
    drawn = BytesIO()
    Image.new("RGB", (40, 40), "white").save(drawn, format="PNG")
    order = id_in(screens.record(scan=SimpleUploadedFile("order.png", drawn.getvalue(), content_type="image/png")))
    by = viewer(screens.keeper)
    with acting_as(by):
        kept = PaperScan.objects.get(about_id=order)
        assert b"PNG" not in bytes(kept.sealed)[:16]
    answer = screens.client(screens.keeper).get(f"/consents/orders/{order}/scan/")
    assert answer.content.startswith(b"\x89PNG")
    assert answer.headers["Content-Disposition"] == 'attachment; filename="paper.png"'
    assert screens.client(screens.world.dana).get(f"/consents/orders/{order}/scan/").status_code == 404
    assert screens.client(screens.judge).get(f"/consents/orders/{order}/scan/").status_code == 404


def test_a_file_that_acts_is_refused_and_no_paper_is_written(screens: PaperScreens) -> None:
    bad = SimpleUploadedFile("order.pdf", b"%PDF-1.4 1 0 obj << /OpenAction 2 0 R /JavaScript >> endobj %%EOF", content_type="application/pdf")
    assert screens.record(scan=bad).status_code == 422
    with acting_as(viewer(screens.keeper)):
        assert not CourtOrder.objects.exists()


def _plain(answer: object) -> bytes:
    """A page without its form tokens, which differ each time."""
    import re

    return re.sub(rb'(value|data-csrf)="[A-Za-z0-9]{64}"', b"", answer.content)  # type: ignore[attr-defined]


def test_an_officer_writes_down_a_paper_about_a_patient_whose_record_her_role_does_not_open(screens: PaperScreens) -> None:
    """The paper names her; her record stays shut, and who is no patient here is not found."""
    by = viewer(screens.world.dana)
    with acting_as(by):
        facts = PersonFacts(role="MOTHER", given_name="Unread")
        patient = put_person(by=by, at=screens.world.at, facts=facts, category="part2.attendance").identity_id
    officer, where = screens.client(screens.officer), f"/consents/of/{patient}/orders/new/?kind=2.64"
    assert officer.get(f"/families/{patient}/").status_code == 404
    page = text_of(officer.get(where))
    assert "Unread" not in page
    order = id_in(officer.post(where, screens.order(subjects=[str(patient)])))
    assert "treatment visits kept" in text_of(officer.get(f"/consents/orders/{order}/"))
    assert text_of(officer.get(f"/consents/of/{patient}/orders/"))
    for stranger in (screens.hub, screens.judge, screens.world.dana):
        assert screens.client(stranger).get(where).status_code == 404
    assert officer.get(f"/consents/of/{uuid4()}/orders/new/?kind=2.64").status_code == 404
