"""The in-force register on its screens: what a clause lists and permits, what a change would stop, its review and its end (R-102, R-103)."""

from __future__ import annotations

from datetime import timedelta
from uuid import uuid4

import pytest
from tests.factories.agencies import viewer
from tests.integration.consents.papers import QSOA_HUB, PaperScreens, id_in, text_of

from careloom.agencies.models import Agency
from careloom.config import subscriptions
from careloom.consents import reviewing
from careloom.consents.agreements import next_review, terms_of
from careloom.consents.models import DataClause
from careloom.infra import clock
from careloom.infra.access import acting_as
from careloom.kernel.agency_kinds import AgencyKind
from careloom.work.actions import meet_obligation, open_obligation
from careloom.work.models import Obligation


@pytest.fixture
def screens(db: None) -> PaperScreens:
    subscriptions.join()
    return PaperScreens()


def test_what_a_schedule_would_stop_is_counted_before_and_nothing_happens_yet(screens: PaperScreens) -> None:
    screens.sign()
    assert screens.seen(screens.world.bea)
    page = text_of(screens.put(categories=["posc.referral_status"], go="show"))
    assert "Stops for 1 person: plan of safe care." in page
    assert screens.seen(screens.world.bea)
    with acting_as(viewer(screens.keeper)):
        assert not DataClause.objects.exists()


def test_once_in_force_it_limits_what_a_consent_carries_and_its_end_says_what_follows(screens: PaperScreens) -> None:
    screens.sign()
    clause = id_in(screens.put(categories=["posc.referral_status"]))
    assert not screens.seen(screens.world.bea)
    page = text_of(screens.client(screens.keeper).get(f"/consents/register/{clause}/"))
    assert "Flows where she consents" in page
    assert "Does not flow, also where she consents" in page
    end = text_of(screens.client(screens.keeper).get(f"/consents/register/{clause}/end/"))
    mistake = end[end.index("If it was a mistake") :]
    assert "Begins to flow for 1 person" in mistake
    screens.client(screens.keeper).post(f"/consents/register/{clause}/end/", {"because": "MISTAKE", "row_version": 1})
    assert screens.seen(screens.world.bea)


def test_a_service_agreement_opens_for_the_service_and_the_page_says_so(screens: PaperScreens) -> None:
    clause = id_in(screens.put(kind="QSOA", recipient=str(screens.hub.agency_id), **QSOA_HUB))
    page = text_of(screens.client(screens.keeper).get(f"/consents/register/{clause}/"))
    assert "Opens by this paper" in page
    assert "Something of 1 person flows because of it now." in page
    assert screens.reads(screens.hub, reason="qso_service") == {"part2.attendance"}
    assert screens.reads(screens.hub) == set()


@pytest.mark.parametrize("party", ["lena", "judge", "maria"])
def test_who_monitors_judges_or_treats_cannot_be_made_a_service_organization(screens: PaperScreens, party: str) -> None:
    who = getattr(screens, party, None) or getattr(screens.world, party)
    page = text_of(screens.put(kind="QSOA", recipient=str(who.agency_id), **QSOA_HUB), status=422)
    assert "This agency cannot be a service organization of a treatment program" in page
    assert screens.reads(who, reason="qso_service") == set()


def test_care_coordination_is_not_offered_as_a_service(screens: PaperScreens) -> None:
    answer = screens.put(kind="QSOA", recipient=str(screens.hub.agency_id), **(QSOA_HUB | {"purposes": ["care_coordination"]}))
    assert answer.status_code == 422
    without = screens.put(kind="QSOA", recipient=str(screens.hub.agency_id), **(QSOA_HUB | {"terms": []}))
    assert "Without this the paper opens nothing" in text_of(without, status=422)


@pytest.mark.parametrize("kind", ["MOU", "working_agreement"])
def test_a_memorandum_is_listed_and_permits_nothing_by_itself(screens: PaperScreens, kind: str) -> None:
    screens.sign()
    clause = id_in(screens.put(kind=kind))
    page = text_of(screens.client(screens.keeper).get("/consents/register/"))
    assert "Permits nothing by itself." in page
    assert "Nothing flows because of it, and nothing stops without it." in text_of(
        screens.client(screens.keeper).get(f"/consents/register/{clause}/")
    )
    assert screens.seen(screens.world.bea)


def test_an_overdue_review_closes_the_flow_where_the_place_says_so_and_a_review_opens_it(screens: PaperScreens) -> None:
    screens.sign()
    past = clock.today() - timedelta(days=400)
    clause = id_in(screens.put(starts_on=past.isoformat(), review_due_on=(clock.today() - timedelta(days=1)).isoformat()))
    assert terms_of("columbia").overdue_review_closes
    assert not screens.seen(screens.world.bea)
    keeper = screens.client(screens.keeper)
    assert "Review overdue, and closed by it" in text_of(keeper.get(f"/consents/register/{clause}/"))
    assert "Begins to flow for 1 person" in text_of(keeper.get(f"/consents/register/{clause}/review/"))
    later = (clock.today() + timedelta(days=300)).isoformat()
    stale = text_of(keeper.post(f"/consents/register/{clause}/review/", {"next_review_on": later, "row_version": 8}), status=409)
    assert "A colleague changed this agreement after you opened it. Nothing was done." in stale
    assert keeper.post(f"/consents/register/{clause}/review/", {"next_review_on": later, "row_version": 1}).status_code == 302
    assert screens.seen(screens.world.bea)


def test_elsewhere_an_overdue_review_is_shown_and_stops_nothing(screens: PaperScreens) -> None:
    Agency.objects.filter(pk=screens.world.riverbend.pk).update(pack="base")
    screens.sign()
    past = clock.today() - timedelta(days=400)
    clause = id_in(screens.put(starts_on=past.isoformat(), review_due_on=(clock.today() - timedelta(days=1)).isoformat()))
    assert screens.seen(screens.world.bea)
    assert "Review overdue" in text_of(screens.client(screens.keeper).get(f"/consents/register/{clause}/"))


def test_a_place_may_want_a_schedule_for_every_flow_between_agencies(screens: PaperScreens, monkeypatch: pytest.MonkeyPatch) -> None:
    from careloom.consents import agreements

    monkeypatch.setattr(agreements, "_read", lambda pack: {"review_months": 12, "overdue_review_closes": False, "schedule_required": True})
    agreements.terms_of.cache_clear()
    try:
        screens.sign()
        assert not screens.seen(screens.world.bea)
        screens.put()
        assert screens.seen(screens.world.bea)
    finally:
        agreements.terms_of.cache_clear()


def test_the_recipient_reads_what_it_receives_and_changes_nothing(screens: PaperScreens) -> None:
    clause = id_in(screens.put(kind="QSOA", recipient=str(screens.hub.agency_id), **QSOA_HUB))
    hub = screens.client(screens.hub)
    assert "Sharing with home visits" in text_of(hub.get("/consents/register/?theirs=1"))
    page = text_of(hub.get(f"/consents/register/{clause}/"))
    assert "flows because of it now" not in page
    for step in ("review", "end"):
        assert hub.get(f"/consents/register/{clause}/{step}/").status_code == 404
        assert hub.post(f"/consents/register/{clause}/{step}/", {"because": "BREACH", "row_version": 1}).status_code == 404
    assert screens.reads(screens.hub, reason="qso_service") == {"part2.attendance"}


def test_others_and_who_keeps_no_papers_find_no_register(screens: PaperScreens) -> None:
    clause = id_in(screens.put(kind="QSOA", recipient=str(screens.hub.agency_id), **QSOA_HUB))
    for who in (screens.world.dana, screens.world.bea, screens.lena):
        for address in ("", "new/", f"{clause}/", f"{clause}/end/"):
            assert screens.client(who).get(f"/consents/register/{address}").status_code == 404
    assert screens.client(screens.officer).get(f"/consents/register/{clause}/").status_code == 200
    assert screens.client(screens.keeper).get(f"/consents/register/{uuid4()}/").status_code == 404


def test_a_double_click_puts_one_clause(screens: PaperScreens) -> None:
    assert id_in(screens.put(request_key="once")) == id_in(screens.put(request_key="once"))


@pytest.mark.parametrize(("days", "step"), [(31, None), (30, "30"), (8, "30"), (7, "7"), (0, "7"), (-1, "0")])
def test_a_review_is_asked_for_before_it_is_due_and_when_it_is_late(screens: PaperScreens, days: int, step: str | None) -> None:
    past = (clock.today() - timedelta(days=300)).isoformat()
    id_in(screens.put(starts_on=past, review_due_on=(clock.today() + timedelta(days=days)).isoformat()))
    keys = _asked(screens)
    assert keys == ([] if step is None else [step])


def test_a_later_step_takes_the_place_of_an_earlier_one_and_a_review_meets_it(screens: PaperScreens) -> None:
    past = (clock.today() - timedelta(days=300)).isoformat()
    clause = id_in(screens.put(starts_on=past, review_due_on=(clock.today() + timedelta(days=20)).isoformat()))
    assert _asked(screens) == ["30"]
    assert _asked(screens) == ["30"]
    by = viewer(screens.keeper)
    with acting_as(by):
        DataClause.objects.filter(pk=clause).update(review_due_on=clock.today() + timedelta(days=20))
    with clock.at(clock.now() + timedelta(days=15)):
        assert _asked(screens) == ["7"]
    today = screens.client(screens.keeper)
    assert ">an agreement</a>" in text_of(today.get("/today/"))
    later = (clock.today() + timedelta(days=300)).isoformat()
    assert today.post(f"/consents/register/{clause}/review/", {"next_review_on": later, "row_version": 1}).status_code == 302
    _deliver()
    assert _open(screens) == []
    assert _asked(screens) == []


def test_a_new_partner_opens_a_review_of_the_papers_that_it_should_sign(screens: PaperScreens) -> None:
    clause = id_in(screens.put(kind="MOU"))
    assert _asked(screens, kind="AGREEMENT_PARTNER") == []
    with clock.at(clock.now() + timedelta(hours=1)):
        screens.put(kind="QSOA", recipient=str(screens.hub.agency_id), **QSOA_HUB)
    with clock.at(clock.now() + timedelta(hours=2)):
        assert _asked(screens, kind="AGREEMENT_PARTNER") == [str(screens.hub.agency_id)]
        later = (clock.today() + timedelta(days=300)).isoformat()
        screens.client(screens.keeper).post(f"/consents/register/{clause}/review/", {"next_review_on": later, "row_version": 1})
        _deliver()
    with clock.at(clock.now() + timedelta(hours=3)):
        assert _asked(screens, kind="AGREEMENT_PARTNER") == []


def test_a_month_without_that_day_takes_its_last_one() -> None:
    from datetime import date

    assert next_review(since=date(2026, 8, 31), months=6) == date(2027, 2, 28)
    assert next_review(since=date(2026, 1, 15), months=12) == date(2027, 1, 15)


def test_every_kind_of_agency_that_may_serve_is_one_that_neither_treats_nor_monitors_nor_judges() -> None:
    from careloom.consents.agreements import can_serve

    never = {AgencyKind.CPS_AGENCY, AgencyKind.COURT, AgencyKind.HOSPITAL, AgencyKind.OB_CLINIC, AgencyKind.PEDIATRIC_CLINIC, AgencyKind.TRIBAL_ICWA}
    assert not [kind for kind in never if can_serve(kind.value)]
    assert can_serve(AgencyKind.COORDINATION_HUB.value)


def _asked(screens: PaperScreens, *, kind: str = "AGREEMENT_REVIEW") -> list[str]:
    """The open duties of a kind at Riverbend after the job ran, by the last part of their key."""
    reviewing.run(at=clock.now(), owe=open_obligation, meet=meet_obligation)
    return _open(screens, kind=kind)


def _open(screens: PaperScreens, *, kind: str = "AGREEMENT_REVIEW") -> list[str]:
    by = viewer(screens.keeper)
    with acting_as(by):
        rows = Obligation.objects.filter(kind=kind, met_at=None, holder_id=screens.world.riverbend.pk)
        return [key.rsplit(":", 1)[-1] for key in rows.values_list("request_key", flat=True)]


def _deliver() -> None:
    from careloom.infra.events.outbox import deliver_pending

    deliver_pending()
