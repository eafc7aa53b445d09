"""Files for the state: refused lines are told and stay, a contact leaves once, a correction names the earlier; a file is had again as it was."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from html import unescape
from uuid import uuid4

import pytest
from django.test import Client
from tests.factories.agencies import a_worker, an_agency, viewer
from tests.factories.plans import PlanWorld, a_key
from tests.integration.position.test_position import a_plan, contact, rows, sapro, the_file, words, world  # noqa: F401  (fixtures)

from careloom.agencies.models import Membership
from careloom.agencies.roles import Role
from careloom.infra.access import System, acting_as, system
from careloom.infra.access.caseload import release
from careloom.infra.access.models import AccessLog
from careloom.kernel.agency_kinds import AgencyKind
from careloom.position.models import Contact, Episode, Sent, StateFile

SignIn = Callable[[Membership], Client]
CHECK, FILES = "/position/entry/file/", "/position/files/"


def lines(content: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"))))


def the_path(world: PlanWorld) -> str:  # noqa: F811
    return f"{FILES}{StateFile.objects.filter(agency_id=world.riverbend.pk).latest('made_at').pk}/"


def correction(row: Contact, **facts: str) -> dict[str, str]:
    form = {
        "took_part": "1", "kind": row.kind, "place": row.place, "day": f"{row.at:%Y-%m-%d}", "hour": "00:01", "minutes": str(row.minutes),
        "words": row.words, "because": "The minutes were wrong", "request_key": a_key(),
    }  # fmt: skip
    return form | facts


@pytest.mark.requirement("R-197")
def test_what_would_be_refused_is_listed_with_what_to_do_and_stays_behind(world: PlanWorld, sapro: Client) -> None:  # noqa: F811
    long = world.a_plan(mother_id=world.a_mother(given_name="Practice", family_name="P" * 70)).identity_id
    contact(sapro, long, days_ago=2)
    assert "Contact With is longer than 60 characters. Shorten the name in your own agency's record of her." in words(sapro.get(CHECK))
    none = sapro.post(CHECK, {"request_key": a_key()})
    assert none.status_code == 422
    assert "There is no new line that the state system would take." in none.content.decode()
    contact(sapro, a_plan(world).identity_id, words="=HYPERLINK(1)")
    page = words(sapro.get(CHECK))
    assert "1 line goes into the file" in page
    assert "FSFN would refuse 1 line" in page
    assert "Line 1" in page
    (line,) = lines(the_file(sapro))
    assert (line["Narrative"], line["Contact With"]) == ("'=HYPERLINK(1)", "Practice Parent")
    page = words(sapro.get(CHECK))
    assert ("0 lines go into the file" in page, "FSFN would refuse 1 line" in page) == (True, True)


@pytest.mark.requirement("R-197")
def test_a_contact_leaves_once_and_a_file_is_had_again_to_the_byte(world: PlanWorld, sapro: Client) -> None:  # noqa: F811
    mother, key = a_plan(world).identity_id, a_key()
    contact(sapro, mother, days_ago=1)
    for _twice in range(2):
        assert sapro.post(CHECK, {"request_key": key}).status_code == 302
    path = the_path(world)
    before = sapro.get(path).content
    assert [line["Record Type"] for line in lines(before)] == ["New"]
    assert StateFile.objects.filter(agency_id=world.riverbend.pk).count() == 1
    contact(sapro, mother)
    after = lines(the_file(sapro))
    assert len(after) == 1
    assert after[0]["Contact ID"] not in before.decode()
    assert sapro.get(path).content == before
    with acting_as(system(System.JOB, holder_id=world.riverbend.pk)):
        assert AccessLog.objects.filter(place="position:file", identity_id=mother, worker_id=world.dana.worker_id).exists()


@pytest.mark.requirement("R-197")
def test_a_corrected_contact_is_sent_as_a_correction_that_names_the_earlier(world: PlanWorld, sapro: Client) -> None:  # noqa: F811
    mother = a_plan(world).identity_id
    contact(sapro, mother, days_ago=3, words="First words")
    (first,) = lines(the_file(sapro))
    path, (row,) = the_path(world), rows(world, Contact)
    before, form = sapro.get(path).content, correction(row, minutes="55")
    assert "First words" in sapro.get(f"/position/contact/{row.pk}/").content.decode()
    for _twice in range(2):
        assert sapro.post(f"/position/contact/{row.pk}/", form).status_code == 302
    late = sapro.post(f"/position/contact/{row.pk}/", correction(row, minutes="5"))
    assert late.status_code == 422
    assert "Somebody corrected this contact already." in unescape(late.content.decode())
    (stands,) = rows(world, Contact)
    assert (stands.minutes, stands.replaces_id) == (55, row.pk)
    # Not given to the state yet and corrected again: the state hears of the last one, and of the one that it has.
    assert sapro.post(f"/position/contact/{stands.pk}/", correction(stands, minutes="50", because="")).status_code == 422
    assert sapro.post(f"/position/contact/{stands.pk}/", correction(stands, minutes="50")).status_code == 302
    assert "1 correction is among them." in words(sapro.get(CHECK))
    (line,) = lines(the_file(sapro))
    (last,) = rows(world, Contact)
    assert (line["Record Type"], line["Contact ID"], line["Duration Minutes"]) == ("Correction", str(last.pk), "50")
    assert line["Corrects Contact ID"] == first["Contact ID"]
    assert sapro.get(path).content == before
    (episode,) = rows(world, Episode)
    assert episode.admitted_on == episode.engaged_on == last.at.date()


def test_the_days_of_an_episode_follow_its_corrected_contacts(world: PlanWorld, sapro: Client) -> None:  # noqa: F811
    mother = a_plan(world).identity_id
    contact(sapro, mother, days_ago=4)
    (row,), (episode,) = rows(world, Contact), rows(world, Episode)
    assert episode.admitted_on == episode.engaged_on
    assert sapro.post(f"/position/contact/{row.pk}/", correction(row, took_part="0")).status_code == 302
    (episode,) = rows(world, Episode)
    assert episode.admitted_on is None


def test_a_plan_stands_on_paper_and_in_its_file_for_who_may_read_it(world: PlanWorld, sapro: Client) -> None:  # noqa: F811
    plan = a_plan(world)
    contact(sapro, plan.identity_id)
    assert "Plans of safe care" in words(sapro.get("/position/entry/print/"))
    (line,) = lines(sapro.get("/position/entry/plans/").content)
    assert (line["Person"], line["Plan Status"], line["Plan Version"]) == ("Practice Parent", plan.status, str(plan.version))


def test_nobody_else_learns_of_a_file_or_a_contact(world: PlanWorld, sapro: Client, sign_in: SignIn) -> None:  # noqa: F811
    plan = a_plan(world)
    mother = plan.identity_id
    contact(sapro, mother)
    the_file(sapro)
    (row,) = rows(world, Contact)
    county = an_agency(kind=AgencyKind.CPS_AGENCY)
    strangers = [sign_in(one) for one in (world.bea, world.colleague, a_worker(Role.CPS_WORKER, agency=county))]
    for path, absent in ((the_path(world), f"{FILES}{uuid4()}/"), (f"/position/contact/{row.pk}/", f"/position/contact/{uuid4()}/")):
        for client in strangers:
            hidden, nothing = client.get(path), client.get(absent)
            assert (hidden.status_code, nothing.status_code) == (404, 404)
            assert str(row.pk) not in hidden.content.decode()
            assert client.post(path, correction(row)).status_code in (404, 405)
    assert str(row.pk) not in strangers[2].get(FILES).content.decode() + strangers[2].get(CHECK).content.decode()
    # No paper of hers opens what the state was given: a partner reads no line, by any grant.
    world.share(plan, to=world.bea)
    with acting_as(viewer(world.bea)):
        assert not Sent.objects.filter(identity_id=mother).exists()


def test_a_file_with_a_family_that_left_her_caseload_is_not_there(world: PlanWorld, sapro: Client) -> None:  # noqa: F811
    stays, leaves = a_plan(world).identity_id, a_plan(world).identity_id
    contact(sapro, stays)
    contact(sapro, leaves)
    assert len(lines(the_file(sapro))) == 2
    with acting_as(viewer(world.dana)):
        release(by=viewer(world.dana), worker_id=world.dana.worker_id, identity_ids=[leaves], at=world.at)
    assert sapro.get(the_path(world)).status_code == 404, "a part of it would be another file"
