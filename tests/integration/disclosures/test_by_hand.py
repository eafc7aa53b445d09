"""What was told or sent by hand is in the accounting, permitted or not, and what was not permitted has its sixty days."""

from __future__ import annotations

from datetime import timedelta
from html import unescape
from typing import Any

import pytest
from django.db import DatabaseError, transaction
from tests.factories.agencies import a_worker
from tests.factories.plans import a_key
from tests.integration.disclosures.conftest import Disclosing

from careloom.agencies.roles import Role
from careloom.disclosures.models import Breach, Given
from careloom.infra import clock
from careloom.infra.access import System, acting_as, system


def text_of(answer: Any) -> str:
    assert answer.status_code == 200, answer.status_code
    return unescape(answer.content.decode())


def by_hand(told: Disclosing, **changes: Any) -> Any:
    form = {
        "to_kind": "hospital", "to_name": told.world.st_agnes.name, "to_address": "", "how": "PHONE", "given_on": clock.today().isoformat(),
        "categories": ["part2.medication"], "purpose": "treatment", "what": "Told the ward which medicine she takes", "papers": "",
        "facts": [], "request_key": a_key(),
    } | changes  # fmt: skip
    return told.client(told.world.dana).post(f"/disclosures/of/{told.mother}/by-hand/", form)


def rows(told: Disclosing, model: Any) -> list[Any]:
    with acting_as(system(System.JOB, holder_id=told.world.riverbend.pk)):
        return list(model.objects.all())


def test_what_her_consent_allows_is_kept_as_permitted(told: Disclosing) -> None:
    told.share()
    done = by_hand(told)
    assert done.status_code == 302, unescape(done.content.decode())[-2000:]
    (given,) = rows(told, Given)
    assert (given.permitted, given.reasons) == (True, [])
    assert given.instrument_id is not None
    assert rows(told, Breach) == []
    page = text_of(told.client(told.world.dana).get(done.headers["Location"]))
    assert "Permitted" in page
    accounting = text_of(told.client(told.world.dana).get(f"/consents/of/{told.mother}/looked/"))
    assert "By hand or on paper" in accounting
    assert "Telephone" in accounting


def test_what_the_law_did_not_permit_is_kept_and_leads_to_the_breach(told: Disclosing) -> None:
    done = by_hand(told, to_kind="employer", to_name="Her employer", purpose="employment")
    assert done.status_code == 302
    (given,), (breach,) = rows(told, Given), rows(told, Breach)
    assert not given.permitted
    assert given.reasons
    assert breach.tell_by == breach.found_on + timedelta(days=60)
    (duty,) = told.owed(told.world.riverbend.pk, "BREACH_TOLD")
    assert duty.worker_id == told.officer.worker_id
    assert "Your privacy officer was told" in text_of(told.client(told.world.dana).get(duty.link))
    officer = told.client(told.officer)
    page = text_of(officer.get(duty.link))
    for words in ("The law did not permit it", "45 CFR 164.404", "45 CFR 164.402(2)"):
        assert words in page
    assert told.client(told.world.dana).post(duty.link, {"outcome": "TOLD"}).status_code == 404
    assert officer.post(duty.link, {"outcome": "LOW_RISK", "note": "short"}).status_code == 422
    assert officer.post(duty.link, {"outcome": "TOLD"}).status_code == 422
    assert officer.post(duty.link, {"outcome": "TOLD", "told_on": clock.today().isoformat()}).status_code == 302
    assert told.owed(told.world.riverbend.pk, "BREACH_TOLD") == []


def test_a_part_that_is_not_in_the_records_is_never_called_permitted(told: Disclosing) -> None:
    by_hand(told, categories=["part2.drug_screens"])
    (given,) = rows(told, Given)
    assert (given.permitted, given.reasons) == (False, ["NOT_IN_RECORDS"])


def test_what_was_given_before_she_stopped_stays_permitted(told: Disclosing) -> None:
    from tests.factories.agencies import viewer

    from careloom.consents.actions import revoke_consent

    signed = told.share()
    by = viewer(told.world.dana)
    with acting_as(by):
        revoke_consent(by=by, at=clock.now() + timedelta(days=1), consent_id=signed.consent.pk, how="SPOKEN")
    by_hand(told)
    (given,) = rows(told, Given)
    assert given.permitted


def test_a_double_click_is_kept_once_and_a_row_of_the_accounting_never_changes(told: Disclosing) -> None:
    told.share()
    first, second = by_hand(told, request_key="same"), by_hand(told, request_key="same")
    assert first.headers["Location"] == second.headers["Location"]
    (given,) = rows(told, Given)
    job = system(System.JOB, holder_id=told.world.riverbend.pk)
    with acting_as(job):
        assert Given.objects.filter(pk=given.pk).update(to_name="Somebody else") == 0
        assert Given.objects.filter(pk=given.pk).delete()[0] == 0
    assert rows(told, Given)[0].to_name == given.to_name


def test_a_day_that_has_not_come_and_a_form_without_words_are_refused(told: Disclosing) -> None:
    assert by_hand(told, given_on=(clock.today() + timedelta(days=2)).isoformat()).status_code == 422
    assert by_hand(told, what="x").status_code == 422
    assert rows(told, Given) == []


@pytest.mark.parametrize("who", ["colleague", "bea"])
def test_who_does_not_work_with_her_finds_nothing(told: Disclosing, who: str) -> None:
    address = by_hand(told).headers["Location"]
    stranger = told.client(getattr(told.world, who))
    for path in (address, f"{address}paper/", f"/disclosures/of/{told.mother}/by-hand/", f"/disclosures/of/{told.mother}/"):
        assert stranger.get(path).status_code == 404
    assert told.client(a_worker(Role.PRIVACY_OFFICER, agency=told.world.harbor)).get(address).status_code == 404


def test_another_agency_cannot_write_into_the_accounting(told: Disclosing) -> None:
    with acting_as(system(System.JOB, holder_id=told.world.harbor.pk)), pytest.raises(DatabaseError), transaction.atomic():
        Given(
            holder_id=told.world.riverbend.pk, identity_id=told.mother, category="posc.plan_core", to_kind="court", to_name="x", how="FAX",
            categories=[], purpose="audit", what="x", permitted=True, given_at=clock.now(), noted_at=clock.now(), request_key="z",
        ).save()  # fmt: skip
