"""Who is given the record of birth and pregnancy, and nothing more, finds no page, paper, count or message that tells about substance use."""

from __future__ import annotations

from uuid import uuid4

import pytest
from django.core import mail
from django.test import Client
from django.urls import NoReverseMatch, reverse
from tests.factories.agencies import a_worker, an_agency, viewer
from tests.integration.health.conftest import MARK, Chart
from tests.silence.hidden import addresses_with_ids

from careloom.agencies.roles import Role
from careloom.consents.preview import rows_seen
from careloom.disclosures.content import lines_of
from careloom.infra.access import acting_as
from careloom.kernel.agency_kinds import AgencyKind
from careloom.kernel.labels.words import TEXTS, TREATING, folded, found_in

ADDRESSES = addresses_with_ids()
LISTS = ("/", "/families/", f"/families/?q={MARK}", "/families/?q=Example", "/work/", "/inbox/", "/disclosures/")


@pytest.mark.parametrize("kind", [AgencyKind.WIC, AgencyKind.HOME_VISITING, AgencyKind.EARLY_INTERVENTION])
def test_no_page_of_the_family_shows_a_fact_that_tells(told: Chart, kind: AgencyKind) -> None:
    reader = a_worker(Role.SUPERVISOR, agency=an_agency(kind=kind))
    told.share(reader, "hipaa.newborn_record")
    told.share(reader, "hipaa.ob_record", about=told.born.mother_id)
    client = Client()
    client.force_login(reader.worker.user)
    answered = [client.get(path).content.decode("utf-8", "replace") for path in LISTS]
    shown = 0
    for name, parts in ADDRESSES:
        for person in (told.infant, told.born.mother_id):
            given = {part: person if part in {"identity_id", "mother_id"} else uuid4() for part in parts if part not in {"state", "kind"}}
            try:
                address = reverse(name, kwargs=given)
            except NoReverseMatch:
                continue
            answer = client.get(address)
            shown += answer.status_code == 200
            answered.append(
                b"".join(answer.streaming_content).decode("utf-8", "replace") if answer.streaming else answer.content.decode("utf-8", "replace")
            )
    assert shown > 3
    assert [body for body in answered if MARK in body] == []
    assert [message.body for message in mail.outbox if MARK in message.body] == []


@pytest.mark.parametrize("kind", [AgencyKind.WIC, AgencyKind.PEDIATRIC_CLINIC, AgencyKind.OTHER])
def test_no_line_that_could_leave_on_paper_holds_a_word_of_the_list(told: Chart, kind: AgencyKind) -> None:
    """The rows of a release, of an emergency page and of a preview are made by these two readers."""
    reader = a_worker(Role.SUPERVISOR, agency=an_agency(kind=kind))
    told.share(reader, "hipaa.newborn_record")
    told.share(reader, "hipaa.ob_record", about=told.born.mother_id)
    by = viewer(reader)
    with acting_as(by):
        texts = [line.text for person in (told.infant, told.born.mother_id) for line in lines_of(viewer=by, identity_id=person)]
        texts += [row.text for row in rows_seen(viewer=by, identity_ids=[told.infant, told.born.mother_id])]
    assert any("Birth" in text for text in texts)
    assert [text for text in texts if MARK in text or found_in(folded(text), (*TREATING, *TEXTS))] == []


def test_her_own_nurse_reads_them_in_the_chart(told: Chart) -> None:
    """The pair of the tests above: the same lines are there for who keeps them."""
    with acting_as(told.by):
        own = [line.text for line in lines_of(viewer=told.by, identity_id=told.infant, holders=[told.by.holder_id])]  # type: ignore[list-item]
    assert len([text for text in own if MARK in text]) >= 6
