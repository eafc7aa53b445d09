"""The publishing page: two people look, data under the line hold it back unless a reason says why not, and what was told is taken back."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from django.test import Client
from tests.factories.agencies import a_worker, an_agency
from tests.factories.figures import a_snapshot
from tests.integration.outcomes.test_publishing import entries, read_by_anybody

from careloom.agencies.models import Membership
from careloom.agencies.roles import Role
from careloom.kernel.agency_kinds import AgencyKind
from careloom.outcomes.models import Leave, Publication, Snapshot
from careloom.outcomes.snapshots import places

pytestmark = pytest.mark.django_db
PAGE = "/numbers/publishing/"


def office(*roles: Role) -> Membership:
    return a_worker(*(roles or (Role.STATE_LEAD,)), agency=an_agency(kind=AgencyKind.STATE_OVERSIGHT))


def signed_in(membership: Membership) -> Client:
    client = Client()
    client.force_login(membership.worker.user)
    return client


@pytest.fixture
def snapshot() -> Snapshot:
    made = a_snapshot(sealed=False)
    entries(made)
    return made


def test_one_prepares_another_publishes_and_it_is_taken_back_with_a_note(snapshot: Snapshot) -> None:
    first, second = signed_in(office()), signed_in(office())
    made = first.post(PAGE, {"do": "prepare", "request_key": "one", "despite": ""}, follow=True)
    assert "A second person looks at it" in made.content.decode()
    waits = Publication.objects.get()
    alone = first.post(PAGE, {"do": "approve", "publication_id": waits.pk, "alone_because": ""})
    assert alone.status_code == 422
    assert "Let a second person look" in alone.content.decode()
    assert read_by_anybody() == {}
    assert second.post(PAGE, {"do": "approve", "publication_id": waits.pk}).status_code == 302
    assert read_by_anybody()
    page = second.get(PAGE).content.decode()
    assert "Children who enter care: 2024" in page
    assert second.post(PAGE, {"do": "withdraw", "publication_id": waits.pk, "because": ""}).status_code == 422
    assert second.post(PAGE, {"do": "withdraw", "publication_id": waits.pk, "because": "A county sent one month twice."}).status_code == 302
    assert read_by_anybody() == {}
    assert "A county sent one month twice." in first.get(PAGE).content.decode()


def test_data_under_the_line_need_a_reason_that_stays_with_the_publication(snapshot: Snapshot, tmp_path: Path, settings: object) -> None:
    settings.CARELOOM_HOME = tmp_path  # type: ignore[attr-defined]
    Snapshot.objects.filter(pk=snapshot.pk).update(folder="kept")
    rows = places.home() / "kept" / "rows"
    rows.mkdir(parents=True)
    (rows / "quality.json").write_text(json.dumps([{"site": "S1", "name": "race_known", "kind": "COMPLETE", "part": 5, "whole": 50}]))
    client = signed_in(office())
    held = client.post(PAGE, {"do": "prepare", "request_key": "one", "despite": ""})
    assert held.status_code == 422
    assert "Data of 1 site are under the line" in held.content.decode()
    assert not Publication.objects.exists()
    reason = "The site mends them next month, and the law names a day."
    assert client.post(PAGE, {"do": "prepare", "request_key": "one", "despite": reason}).status_code == 302
    assert Publication.objects.get().despite == reason
    assert reason in client.get(PAGE).content.decode()


def test_a_nations_leave_is_kept_once_and_ended(snapshot: Snapshot) -> None:
    client = signed_in(office())
    given = {
        "do": "leave",
        "request_key": "one",
        "nation": "CEDAR_BEND",
        "given_by": "Resolution 12",
        "starts_on": "2026-01-01",
        "ends_on": "2027-12-31",
    }
    assert client.post(PAGE, {**given, "ends_on": "2025-12-31"}).status_code == 422
    for _ in range(2):
        assert client.post(PAGE, given).status_code == 302
    assert Leave.objects.get().given_by == "Resolution 12"
    assert "Resolution 12" in client.get(PAGE).content.decode()
    assert client.post(PAGE, {"do": "end", "nation": "CEDAR_BEND"}).status_code == 302
    assert "No Nation has given leave." in client.get(PAGE).content.decode()
    assert client.post(PAGE, {"do": "end", "nation": "CEDAR_BEND"}).status_code == 422


def test_nobody_but_the_states_lead_opens_it(snapshot: Snapshot) -> None:
    assert signed_in(a_worker(Role.PARTNERSHIP_COORDINATOR)).get(PAGE).status_code in (403, 404)
    assert signed_in(a_worker(Role.PARTNERSHIP_COORDINATOR)).post(PAGE, {"do": "prepare", "request_key": "x"}).status_code in (403, 404)
    assert not Publication.objects.exists()
