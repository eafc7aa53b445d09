"""What a schedule carries, asked of the rows themselves: signing opens and closes, a draft moves nothing, days end it, a new signature restores it.

Harbor reads a mother's plan under her consent. The schedule between Riverbend and Harbor limits what that consent carries, while it is in force.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.conf import settings
from django.db import transaction
from django.test import Client
from tests.databases import own_database
from tests.factories.agencies import a_worker, an_agency, viewer
from tests.integration.consents.conftest import Screens
from tests.requirements.agreeing import WHOLE_PARTY, Hall, on
from tests.requirements.conftest import text_of
from tests.requirements.test_structure_rows import a_partner, begun, day, send

from careloom.agencies.models import Membership
from careloom.agencies.roles import Role
from careloom.agencies.words import CATEGORIES
from careloom.agreements import tasks
from careloom.agreements.models import Element, Notice, Party
from careloom.config import subscriptions
from careloom.consents.models import DataClause
from careloom.infra import clock
from careloom.infra.access import acting_as
from careloom.infra.clock.actions import advance
from careloom.infra.clock.reading import forget
from careloom.kernel.agency_kinds import AgencyKind
from careloom.kernel.clocks import next_midnight
from careloom.work.models import Obligation

TEXTS = (
    "purpose", "authority", "method", "consent", "access", "onward", "security", "retention", "breach", "publication", "tribes", "disputes",
)  # fmt: skip
BOTH = ["posc.plan_core", "posc.referral_status"]
TO_SIGN = ("PARTNER_REVIEW", "LEGAL", "APPROVED", "SIGNING")


@dataclass
class Life:
    """A schedule of Riverbend and Harbor as its coordinator and Riverbend's keeper of papers live with it. Days count from its first."""

    screens: Screens = field(default_factory=Screens)

    def __post_init__(self) -> None:
        self.ruth = a_worker(Role.PARTNERSHIP_COORDINATOR, agency=an_agency(kind=AgencyKind.COORDINATION_HUB, name=f"Hub {uuid4()}"))
        world = self.screens.world
        self.keeper, self.bea = world.supervisor, world.bea
        self.screens.sign()
        client = self.browser(self.ruth)
        rooms = begun(client)
        gives, gets = (a_partner(client, rooms, f"{one.name} {uuid4()}", "HOSPITALS", agency_id=one.pk) for one in (world.riverbend, world.harbor))
        self.gives, self.gets = gives, gets
        page = send(client, f"{rooms}agreements/new/", kind="DATA_SHARING", title="Schedule", places="", **self.days(ends=60, review=30))
        self.hall = Hall(client=client, rooms=rooms, me=gives, cbc=gets, provider=gives, body=None, page=page)  # type: ignore[arg-type]
        self.parties: list[Party] = [self.hall.party(one, "MEMBER", **WHOLE_PARTY) for one in (gives, gets)]
        for code in TEXTS:
            self.hall.clause(code, text="As agreed.")
        self.hall.clause("limits", codes=["IMMIGRATION", "PROSECUTION", "EMPLOYMENT", "BENEFITS"])
        send(
            client, f"{page}elements/new/", discloser_id=gives.pk, recipient_id=gets.pk, categories=BOTH, purposes=["care_coordination", "treatment"]
        )
        self.hall.move("DRAFT")

    def browser(self, who: Membership) -> Client:
        client = Client()
        client.force_login(who.worker.user)
        return client

    def days(self, *, ends: int, review: int) -> dict[str, str]:
        return {**on("starts_on", 0), **on("ends_on", ends), **on("review_on", review)}

    def take_on(self) -> None:
        self.hall.client = self.browser(self.ruth)
        for state in TO_SIGN:
            assert self.hall.move(state) == state, text_of(self.hall.client.get(self.hall.page))

    def sign(self) -> None:
        """Harbor's signature is written down by the coordinator; Riverbend's keeper signs by herself, and it is in force."""
        self.take_on()
        self.hall.sign(self.parties[1])
        assert self.hall.row.state == "SIGNING"
        link = f"{self.hall.page}parties/{self.parties[0].pk}/sign/"
        send(self.browser(self.keeper), link, name="Dana", title="Director", version=self.hall.row.row_version, **day("signed_on"))
        assert self.hall.row.state == "EXECUTED"

    def amend(self) -> None:
        self.hall.client = self.browser(self.ruth)
        assert self.hall.move("AMENDMENT") == "AMENDMENT"

    def lists(self, *categories: str) -> None:
        row = Element.objects.get(agreement=self.hall.row, left_on=None)
        send(
            self.hall.client, f"{self.hall.page}elements/{row.pk}/", version=str(row.row_version), discloser_id=self.gives.pk,
            recipient_id=self.gets.pk, categories=list(categories), purposes=["care_coordination", "treatment"],
        )  # fmt: skip

    def renew(self, *, ends: int, review: int) -> None:
        row = self.hall.row
        facts = self.days(ends=ends, review=review)
        send(self.hall.client, f"{self.hall.page}edit/", version=str(row.row_version), kind=row.kind, title=row.title, places="", **facts)

    def page(self, who: Membership | None = None) -> str:
        return text_of(self.browser(who or self.ruth).get(self.hall.page))

    def waits(self) -> str:
        return text_of(self.browser(self.ruth).get(f"{self.hall.rooms}agreements/"))

    def sees(self) -> bool:
        with transaction.atomic():
            return self.screens.seen(self.bea)

    def to_day_after(self, last: Any) -> None:
        """Let the clock of this practice world go to the first instant after a last day."""
        advance(by=next_midnight(day=last, zone=settings.TIME_ZONE) - clock.now() + timedelta(seconds=1))

    def clause(self) -> DataClause:
        with transaction.atomic(), acting_as(viewer(self.keeper)):
            return DataClause.objects.get(pk=Element.objects.get(agreement=self.hall.row).clause_id)


@pytest.fixture
def life(django_db_setup: None, django_db_blocker: Any) -> Iterator[Life]:
    """The life of one schedule on a database of its own, whose clock may be moved."""
    with own_database(django_db_blocker):
        subscriptions.join()
        with transaction.atomic():
            made = Life()
        yield made
    forget()


@pytest.mark.requirement("R-102")
def test_the_schedule_that_is_signed_decides_and_what_is_being_written_moves_nothing(life: Life) -> None:
    assert life.sees()
    life.sign()
    assert life.sees()
    page = life.page()
    assert "In force until" in page
    assert str(CATEGORIES["posc.referral_status"]) in page
    assert "posc.referral_status" not in page
    life.amend()
    life.lists("posc.referral_status")
    assert life.sees()
    life.take_on()
    assert life.sees()
    life.hall.move("DRAFT")
    life.sign()
    assert not life.sees()
    life.amend()
    life.lists(*BOTH)
    assert not life.sees()
    life.sign()
    assert life.sees()
    send(life.browser(life.ruth), f"{life.hall.page}end/", words="Both want a new one.")
    assert not life.sees()
    assert "No longer in force" in life.page()


@pytest.mark.requirement("R-103")
def test_a_review_that_is_late_closes_what_the_schedule_carries_until_the_keeper_reviews_it(life: Life) -> None:
    life.sign()
    review = life.hall.row.review_on
    assert life.clause().closes_when_overdue
    assert life.sees()
    life.to_day_after(review)
    assert not life.sees()
    assert "Closed since" in life.page()
    facts = {"because": "YEARLY", "needed": "1", "outcome": "NO_CHANGE", "changed": "Nothing.", **on("next_on", 20)}
    send(life.browser(life.ruth), f"{life.hall.page}review/", **facts)
    assert not life.sees(), "another's paper opens nothing of Riverbend's"
    clause = life.clause()
    ahead = (clock.today() + timedelta(days=20)).isoformat()
    answer = life.browser(life.keeper).post(f"/consents/register/{clause.pk}/review/", {"next_review_on": ahead, "row_version": clause.row_version})
    assert answer.status_code == 302, answer.content.decode()[:2000]
    assert life.sees()
    assert "Closed since" not in life.page()


@pytest.mark.requirement("R-103")
def test_parties_are_told_before_its_last_day_and_the_day_after_it_carries_nothing_until_it_is_signed_again(life: Life) -> None:
    life.renew(ends=20, review=19)
    life.sign()
    last = life.hall.row.ends_on
    assert "Its last day comes near" in life.waits()
    assert told(life) == []
    tasks.run(at=clock.now())
    tasks.run(at=clock.now())
    assert told(life) == [False]
    today = text_of(life.browser(life.keeper).get("/today/"))
    assert "Its last day comes near." in today
    life.amend()
    life.renew(ends=400, review=300)
    assert tasks.run(at=clock.now()) == 0
    life.to_day_after(last)
    assert not life.sees()
    assert tasks.run(at=clock.now()) == 1
    assert tasks.run(at=clock.now()) == 0
    assert life.clause().ended_because == "RAN_OUT"
    assert told(life) == [True]
    assert life.hall.row.state == "DRAFT"
    assert not Notice.objects.exists(), "only a working agreement's end is told to the Department"
    life.sign()
    assert life.sees()
    assert (life.hall.row.number, life.hall.row.ended_at) == (2, None)


def test_one_that_nobody_writes_on_is_expired_and_is_signed_again_or_closed(life: Life) -> None:
    life.renew(ends=20, review=19)
    life.sign()
    life.to_day_after(life.hall.row.ends_on)
    assert tasks.run(at=clock.now()) == 1
    assert (life.hall.row.state, life.sees()) == ("EXPIRED", False)
    assert "Ran out" in life.page()
    assert "Its last day has passed. Sign it again, or end it." in life.waits()
    life.amend()
    assert "The last day has passed. Set one that lies ahead." in life.page()
    life.renew(ends=60, review=30)
    life.sign()
    assert life.sees()
    life.to_day_after(life.hall.row.ends_on)
    assert tasks.run(at=clock.now()) == 1
    send(life.browser(life.ruth), f"{life.hall.page}end/", words="Nobody needs it.")
    assert life.hall.row.state == "TERMINATED"
    assert "Its last day has passed" not in life.waits()


def told(life: Life) -> list[bool]:
    """Whether each duty about the last day of the agreement at Riverbend is met."""
    with transaction.atomic(), acting_as(viewer(life.keeper)):
        rows = Obligation.objects.filter(holder_id=life.keeper.agency_id, kind="AGREEMENT_ENDS").order_by("opened_at")
        return [row.met_at is not None for row in rows]
