"""Everything that she shared, on her own pages: what goes on, what is over, sharing again, and what cannot come back."""

from __future__ import annotations

from datetime import timedelta
from html import unescape
from uuid import UUID

from django.test import Client
from tests.factories.agencies import viewer
from tests.integration.portal.conftest import World

from careloom.consents.models import Consent
from careloom.infra import clock
from careloom.infra.access import acting_as
from careloom.infra.access.accounting import account
from careloom.plans.models import PlanOfSafeCare


def text(phone: Client, path: str) -> str:
    page = phone.get(f"/my/{path}")
    assert page.status_code == 200
    return unescape(page.content.decode())


def of_hers(world: World) -> list[Consent]:
    her = world.her().viewer
    with acting_as(her):
        return list(Consent.objects.filter(identity_id=world.mother, holder_id=her.principal_id).order_by("drafted_at"))


def let_in(phone: Client) -> None:
    """She lets an aunt see her plan."""
    sent = {"name": "Aunt Ada", "phone": "555-0188", "language": "en", "request_key": "aunt"}
    assert phone.post("/my/supporters/", sent).status_code == 302


def test_she_reads_what_she_shared_and_what_became_of_it(world: World) -> None:
    phone = world.signed_in()
    let_in(phone)
    page = text(phone, "shared/")
    assert "Home visits" in page
    assert "Aunt Ada" in page
    assert "You said yes on" in page
    phone.post(f"/my/sharing/{world.consent_id}/")
    after = text(phone, "shared/")
    assert "You stopped it on" in after
    assert f"/my/sharing/{world.consent_id}/" not in after


def test_sharing_again_is_a_new_yes_and_the_older_one_is_over(world: World) -> None:
    phone = world.signed_in()
    let_in(phone)
    older = of_hers(world)
    again = f"/my/sharing/{older[0].pk}/again/"
    assert again in text(phone, "shared/")
    with clock.at(clock.now() + timedelta(days=60)):
        phone = world.signed_in()
        assert "It ends soon." in text(phone, "")
        assert "Aunt Ada" in text(phone, f"sharing/{older[0].pk}/again/")
        for _again in range(2):
            assert phone.post(again, {"request_key": "once more"}).status_code in {302, 404}
        rows = of_hers(world)
        today = clock.today()
    assert len(rows) == len(older) + 1
    first = next(row for row in rows if row.pk == older[0].pk)
    newest = rows[-1]
    assert first.superseded_by == newest.pk
    assert first.expires_on == older[0].expires_on  # never a silent extension
    assert newest.expires_on == today + timedelta(days=90)
    assert (newest.information, newest.recipient_ids, newest.signature_method) == (first.information, first.recipient_ids, "PORTAL")


def test_what_an_agency_took_is_asked_again_by_the_agency(world: World) -> None:
    phone = world.signed_in()
    assert phone.get(f"/my/sharing/{world.consent_id}/again/").status_code == 404
    assert phone.post(f"/my/sharing/{world.consent_id}/again/", {"request_key": "x"}).status_code == 404
    assert phone.get(f"/my/sharing/{UUID(int=5)}/again/").status_code == 404


def test_before_she_stops_she_reads_who_has_looked_because_of_it(world: World) -> None:
    by = viewer(world.bea)
    with acting_as(by):
        account(viewer=by, place="desk:family", rows=PlanOfSafeCare.objects.filter(pk=world.plan.pk), at=clock.now())
    page = text(world.signed_in(), f"sharing/{world.consent_id}/")
    assert "Home visits: looked on" in page
    assert "That cannot come back." in page


def test_the_pages_are_in_spanish_too(world: World) -> None:
    phone = world.signed_in()
    phone.cookies["django_language"] = "es"
    assert "Todo lo que compartí" in text(phone, "shared/")
