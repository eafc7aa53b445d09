"""A case of child welfare about the hidden family: a child in care, a hearing, an order under seal, a notice to a Tribe."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID, uuid4

from tests.factories.agencies import a_worker, an_agency, viewer
from tests.factories.plans import a_key

from careloom.agencies.roles import Role
from careloom.infra import clock
from careloom.infra.access import acting_as
from careloom.infra.access.caseload import assign
from careloom.infra.answers import Done
from careloom.infra.documents.uploads import Upload
from careloom.kernel.agency_kinds import AgencyKind
from careloom.people.actions import PersonFacts, put_person
from careloom.permanency import actions, models


def in_a_case(mother: UUID) -> dict[str, list[UUID]]:
    """Rows of a case by the names that addresses give them, one of each kind that an address takes."""
    welfare, tribe = an_agency(kind=AgencyKind.CPS_AGENCY), an_agency(kind=AgencyKind.TRIBAL_ICWA)
    by, at, today = viewer(a_worker(Role.CPS_WORKER, agency=welfare)), clock.now(), clock.today()
    of = {"by": by, "at": at}
    with acting_as(by):
        for role, person, of_mother in (("MOTHER", mother, None), ("INFANT", uuid4(), mother)):
            known = PersonFacts(role=role, given_name="Xanthippe", family_name="Quillfeather", mother_identity_id=of_mother)
            put_person(**of, facts=known, category="posc.plan_core", identity_id=person)
            assign(by=by, worker_id=by.worker_id, identity_ids=[person], at=at)  # type: ignore[arg-type]
            child = person
        case = actions.open_case(
            **of, identity_id=mother, kind="VOLUNTARY_IN_HOME", reason="She asked for help at home.", decided_on=today, request_key=a_key()
        )
        assert isinstance(case, Done)
        item = actions.add_item(
            **of, case_id=case.row_id, kind="GOAL", words="A goal", who="PARENT", criterion="Seen", by_on=today + timedelta(days=9), request_key=a_key()
        )  # fmt: skip
        visit = actions.plan_visit(
            **of, case_id=case.row_id, child_id=child, starts_at=at + timedelta(days=1), place="At home", who="Her", request_key=a_key()
        )
        order = actions.keep_order(
            **of, case_id=case.row_id, about="VISITS", court="Practice Court", docket="", dated_on=today, child_id=None, request_key=a_key(),
            scan=Upload(media_type="application/pdf", content=b"%PDF-1.7 sealed"),
        )  # fmt: skip
        actions.ask_about_tribe(
            **of, case_id=case.row_id, child_id=child, asked=["MOTHER"], signs=["SAID"], tribe="A nation", words="", asked_on=today, request_key=a_key()
        )  # fmt: skip
        notice = actions.Notice(
            child_id=child, child="A child", born_on=None, mother="A mother", court="Practice Court", proceeding="FOSTER_CARE", tribe="A nation",
            tribe_id=tribe.pk, sent_on=today, receipt="RR 1",
        )  # fmt: skip
        sent = actions.send_notice(**of, case_id=case.row_id, notice=notice, request_key=a_key())
        plan = models.CasePlan.objects.get(case_id=case.row_id)
    for done in (item, visit, order, sent):
        assert isinstance(done, Done), done
    return {"case_row_id": [item.row_id, visit.row_id, plan.pk, sent.row_id], "paper_id": [order.row_id], "notice_id": [sent.row_id]}
