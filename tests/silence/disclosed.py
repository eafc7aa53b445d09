"""What was asked and given about the hidden family, made by the actions that the product uses."""

from __future__ import annotations

from datetime import UTC, datetime
from uuid import UUID

from tests.factories.agencies import a_worker, viewer
from tests.factories.plans import PlanWorld, a_key

from careloom.agencies.roles import Role
from careloom.consents.actions import EmergencyDraft, Opened, open_emergency
from careloom.consents.materialise import materialise
from careloom.disclosures import actions
from careloom.disclosures.models import MoreReached
from careloom.infra import clock
from careloom.infra.access import System, Viewer, acting_as, system
from careloom.plans.models import PlanOfSafeCare


def disclosed(world: PlanWorld, plan: PlanOfSafeCare, her: Viewer) -> dict[str, list[UUID]]:
    """A request, something given by hand, an opening with its finding, and a question for more, by the names of their addresses' parts."""
    keeper, dana, bea = viewer(world.supervisor), viewer(world.dana), viewer(world.bea)
    doctor, at, mother = viewer(a_worker(Role.CLINICIAN, agency=world.st_agnes)), clock.now(), plan.identity_id
    with acting_as(keeper):
        told = actions.FromOutside(
            identity_id=mother, about_name="Xanthippe Quillfeather", about_born_on=None, asker_kind="court", asker_name="Clerk", asker_contact="",
            categories=("posc.plan_core",), purpose="dependency_proceeding", why="A case in court", papers="", came_by="LETTER", received_at=at,
        )  # fmt: skip
        request = actions.note_request(by=keeper, at=at, told=told, request_key=a_key())
    with acting_as(dana):
        hand = actions.ByHand(
            identity_id=mother, to_kind="employer", to_name="Somebody", to_address="", to_agency_id=None, how="PHONE", categories=("posc.plan_core",),
            purpose="employment", what="Told on the telephone", papers="", facts=(), given_at=datetime(2026, 1, 5, tzinfo=UTC),
        )  # fmt: skip
        given = actions.note_given(by=dana, at=at, told=hand, request_key=a_key())
    with acting_as(doctor):
        draft = EmergencyDraft(identity_id=mother, facility="St. Agnes", nature="Unconscious at home", why_no_consent="She cannot speak")
        opened = open_emergency(by=doctor, at=at, draft=draft, request_key=a_key())
    assert isinstance(opened, Opened)
    with acting_as(keeper):
        found = actions.review_opening(by=keeper, at=at, opening_id=opened.opening.pk, outcome="NOT_JUSTIFIED", note="She could be asked")
    with acting_as(bea):
        asked = actions.ask_for_more(by=bea, at=at, identity_id=mother, topics=("HEALTH",), why="To plan together", request_key=a_key())
    for done in (request, given, found, asked):
        assert isinstance(done, actions.Done), done
    materialise([mother])
    actions.pass_on(at=at)
    reached: list[UUID] = []
    for holder in (world.riverbend.pk, her.principal_id):
        with acting_as(system(System.JOB, holder_id=holder)):
            reached += list(MoreReached.objects.filter(holder_id=holder).values_list("pk", flat=True))
    assert len(reached) == 2
    return {
        "request_id": [request.row_id], "given_id": [given.row_id], "opening_id": [opened.opening.pk], "finding_id": [found.row_id],
        "reached_id": reached,
    }  # fmt: skip
