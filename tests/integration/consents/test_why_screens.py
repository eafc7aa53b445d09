"""Why the reader sees what another holds: in words, by paper, with what she must keep to; and her own page about papers of a judge."""

from __future__ import annotations

import pytest
from tests.factories.agencies import viewer
from tests.integration.consents.papers import PaperScreens, id_in, text_of

from careloom.config import subscriptions
from careloom.consents.presenters import basis
from careloom.consents.presenters.basis import Ground
from careloom.infra.access import System, acting_as, system
from careloom.infra.access.models import Grant


@pytest.fixture
def screens(db: None) -> PaperScreens:
    subscriptions.join()
    return PaperScreens()


@pytest.mark.parametrize(
    ("cited", "ground"),
    [
        (("42 CFR 2.64", "42 CFR 2.61"), Ground.ORDER), (("45 CFR 164.512(e)(1)(i)",), Ground.ORDER),
        (("45 CFR 164.512(e)(1)(ii)",), Ground.SUBPOENA),
        (("42 CFR 2.51(a)(1)", "42 CFR 2.51(b)"), Ground.EMERGENCY), (("42 CFR 2.12(c)(4)", "42 CFR 2.11"), Ground.SERVICE),
        (("42 CFR 2.53", "42 CFR 2.53(b)"), Ground.AUDIT), (("42 CFR 2.52(a)",), Ground.RESEARCH), (("45 CFR 164.504(e)",), Ground.ASSOCIATE),
        (("42 CFR 2.31", "42 CFR 2.33(a)"), Ground.CONSENT), (("42 CFR 2.12(a)", "45 CFR 164.508"), Ground.CONSENT),
        (("42 CFR 2.12(d)(2)(ii)", "45 CFR 164.510(b)"), Ground.HER_WORDS), (("45 CFR 164.506(c)",), Ground.LAW), ((), Ground.LAW),
        (("42 CFR 2.641",), Ground.LAW), (("42 CFR 2.5",), Ground.LAW),
    ],
)  # fmt: skip
def test_a_basis_names_the_kind_of_paper(cited: tuple[str, ...], ground: Ground) -> None:
    assert basis.ground_of(cited) is ground


def test_a_reader_by_consent_hears_that_she_allowed_it_and_opens_the_form(screens: PaperScreens) -> None:
    form = id_in(screens.sign())
    page = text_of(screens.client(screens.world.bea).get(f"/consents/of/{screens.mother}/why/"))
    assert "She allowed it" in page
    assert f"/consents/{form}/" in page
    assert "court" not in page


def test_a_reader_by_order_hears_of_an_order_and_its_limits_but_never_opens_the_paper(screens: PaperScreens) -> None:
    order = id_in(screens.record())
    judge = screens.client(screens.judge)
    page = text_of(judge.get(f"/consents/of/{screens.mother}/why/"))
    for told in ("Opened by a court’s order", "treatment visits kept", "Only what the order lists", "Keep it from others, as the order says"):
        assert told in page
    assert str(order) not in page
    assert judge.get(f"/consents/orders/{order}/").status_code == 404


def test_a_rule_that_waits_for_counsel_says_so(screens: PaperScreens) -> None:
    id_in(screens.record())
    where = f"/consents/of/{screens.mother}/why/"
    assert "Counsel has not confirmed this rule." not in text_of(screens.client(screens.judge).get(where))
    with acting_as(system(System.GRANTS)):
        Grant.objects.filter(recipient_id=screens.judge.agency_id).update(review_needed=True)
    assert "Counsel has not confirmed this rule." in text_of(screens.client(screens.judge).get(where))


def test_the_list_of_who_sees_what_names_the_order_for_who_works_there(screens: PaperScreens) -> None:
    id_in(screens.record())
    page = text_of(screens.client().get(f"/consents/of/{screens.mother}/"))
    assert "Opened by a court’s order" in page


def test_the_account_of_what_was_given_leads_its_keeper_to_the_paper_and_nobody_else(screens: PaperScreens) -> None:
    order = id_in(screens.record())
    text_of(screens.client(screens.judge).get(f"/families/{screens.mother}/"))
    where = f"/consents/of/{screens.mother}/looked/"
    kept, plain = text_of(screens.client(screens.keeper).get(where)), text_of(screens.client().get(where))
    assert f"/consents/orders/{order}/" in kept
    assert "Opened by a court’s order (42 CFR 2.64" in plain
    assert f"/consents/orders/{order}/" not in plain
    assert f"/consents/{order}/" not in kept + plain


def test_who_sees_nothing_of_her_finds_no_page(screens: PaperScreens) -> None:
    id_in(screens.record())
    assert screens.client(screens.lena).get(f"/consents/of/{screens.mother}/why/").status_code == 404
    assert screens.client(screens.world.colleague).get(f"/consents/of/{screens.mother}/why/").status_code == 404
    assert viewer(screens.lena).holder_id != screens.world.riverbend.pk
