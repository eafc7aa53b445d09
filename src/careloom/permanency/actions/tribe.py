"""The question about a Tribe, its notice and its time, its answer, and active efforts. Source: 25 USC 1912, 1915; 25 CFR 23.2, 23.107, 23.111.

A notice is addressed to the Tribe. Its own workers read it on their Today and answer in it; nothing else of the case opens by it.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.urls import reverse

from careloom.agencies.days import end_of, today_of
from careloom.agencies.models import Agency
from careloom.infra.access import NotVisible, Viewer
from careloom.infra.answers import Done, Refused, Stale, said
from careloom.kernel import disclosure
from careloom.kernel.agency_kinds import AgencyKind
from careloom.permanency.actions.outcomes import agency_of, change, closed, known, owe, put, refused, the_case, the_row, writer
from careloom.permanency.models import Case, Effort, TribeNotice, TribeQuestion
from careloom.permanency.models.kin import INQUIRY
from careloom.permanency.models.row import RECORD
from careloom.permanency.queries import notice_to_us
from careloom.permanency.terms import care_terms
from careloom.permanency.words import ASKED, EFFORTS, PROCEEDINGS, SIGNS, TRIBE_ANSWERS
from careloom.work.actions import meet_obligation, open_obligation


@dataclass(frozen=True, kw_only=True)
class Invited:
    """The Tribe on Careloom whose workers are asked at once, and of whom: what they need to look the child up (25 CFR 23.107(b)(1))."""

    tribe_id: UUID
    child: str
    born_on: date | None
    mother: str


@transaction.atomic
def ask_about_tribe(
    *, by: Viewer, at: datetime, case_id: UUID, child_id: UUID, asked: Iterable[str], signs: Iterable[str], tribe: str, words: str, asked_on: date,
    request_key: str, invited: Invited | None = None,
) -> Done | Refused:  # fmt: skip
    """Keep who was asked whether the child may be an Indian child, and each sign there is (25 CFR 23.107).

    With a reason to know, the workers of the Tribe that is `invited` find the question on their Today, if the kernel lets it go there. It is no
    notice: the registered letter is owed all the same. Raises NotVisible.
    """
    case = the_case(by=by, case_id=case_id)
    done = known(TribeQuestion, by=by, request_key=request_key) or closed(case)
    if done is not None:
        return done
    who, found = sorted(set(asked) & set(ASKED)), sorted(set(signs) & set(SIGNS))
    wrong = refused(ASKED=not who, TRIBE=bool(found) and len(tribe.strip()) < 2, LATER=asked_on > today_of(agency_of(by), at=at))
    if wrong is not None:
        return wrong
    row = put(
        TribeQuestion, case=case, by=by, at=at, request_key=request_key, action="tribe_asked", child_id=child_id, detail={"signs": found},
        asked=who, signs=found, tribe=said(tribe, most=160), words=said(words, most=800), asked_on=asked_on,
    )  # fmt: skip
    if found:
        owe(by=by, at=at, case=case, kind="TRIBE_NOTICE_DUE", about=row.pk, due=asked_on, agency=agency_of(by))
        if invited is not None:
            _invite(case, invited, by=by, at=at, child_id=child_id, tribe=row.tribe, on=asked_on)
    return Done(row_id=row.pk)


def _invite(case: Case, invited: Invited, *, by: Viewer, at: datetime, child_id: UUID, tribe: str, on: date) -> None:
    """Ask the Tribe's own workers, once for each child. INVARIANT: the kernel is asked first, and they read this row and no other of the case."""
    agency = Agency.objects.filter(pk=invited.tribe_id, kind=AgencyKind.TRIBAL_ICWA, active=True).first()
    if agency is None or not permitted_to_tribe(holder=agency_of(by), tribe=agency, on=today_of(agency_of(by), at=at)):
        return
    if TribeNotice.objects.filter(case_id=case.pk, child_id=child_id, tribe_id=agency.pk).exists():
        return
    row = put(
        TribeNotice, case=case, by=by, at=at, request_key=f"invited:{child_id}:{agency.pk}"[:64], action="tribe_invited", child_id=child_id,
        tribe_id=agency.pk, tribe=tribe, child=said(invited.child, most=160), born_on=invited.born_on, mother=said(invited.mother, most=160),
        court="", proceeding=INQUIRY, sent_on=on, receipt="",
    )  # fmt: skip
    _ask_tribe(row, case=case, tribe=agency, kind="TRIBE_INVITED", at=at, by=by)


def _ask_tribe(row: TribeNotice, *, case: Case, tribe: Agency, kind: str, at: datetime, by: Viewer) -> None:
    """Put what the Tribe is asked onto its workers' Today."""
    open_obligation(
        by=by, at=at, holder_id=tribe.pk, kind=kind, family_id=case.identity_id, identity_id=case.identity_id,
        link=reverse("permanency:notice", args=[row.pk]), request_key=f"notice:{row.pk}", about_id=row.pk, about_kind="CASE", promised=True,
        due_at=end_of(today_of(tribe, at=at), agency=tribe), category=RECORD,
    )  # fmt: skip


@dataclass(frozen=True, kw_only=True)
class Notice:
    """What a notice says (25 CFR 23.111(d)): the child, the mother, the court and the proceeding; and the registered letter that carries it."""

    child_id: UUID
    child: str
    born_on: date | None
    mother: str
    court: str
    proceeding: str
    tribe: str
    tribe_id: UUID | None
    sent_on: date
    receipt: str


@transaction.atomic
def send_notice(*, by: Viewer, at: datetime, case_id: UUID, notice: Notice, request_key: str) -> Done | Refused:
    """Send the Tribe its notice by registered mail, and, where it is on Careloom, to its workers too. The kernel is asked first.

    Raises NotVisible.
    """
    case = the_case(by=by, case_id=case_id)
    done = known(TribeNotice, by=by, request_key=request_key) or closed(case)
    if done is not None:
        return done
    own = agency_of(by)
    tribe = Agency.objects.filter(pk=notice.tribe_id, kind=AgencyKind.TRIBAL_ICWA, active=True).first() if notice.tribe_id else None
    asked = TribeQuestion.objects.filter(case_id=case.pk, child_id=notice.child_id)
    reason = any(one.has_reason for one in asked)
    wrong = refused(
        NO_REASON=not reason, TRIBE=len(notice.tribe.strip()) < 2 or (notice.tribe_id is not None and tribe is None),
        RECEIPT=len(notice.receipt.strip()) < 3, NOTHING=notice.proceeding not in PROCEEDINGS or len(notice.court.strip()) < 3,
        LATER=notice.sent_on > today_of(own, at=at),
    )  # fmt: skip
    if wrong is not None:
        return wrong
    if tribe is not None and not permitted_to_tribe(holder=own, tribe=tribe, on=today_of(own, at=at)):
        return Refused(codes=("NOT_PERMITTED",))
    row = put(
        TribeNotice, case=case, by=by, at=at, request_key=request_key, action="tribe_notice_sent", child_id=notice.child_id,
        tribe_id=tribe.pk if tribe else None, tribe=said(notice.tribe, most=160), child=said(notice.child, most=160), born_on=notice.born_on,
        mother=said(notice.mother, most=160), court=said(notice.court, most=160), proceeding=notice.proceeding, sent_on=notice.sent_on,
        receipt=said(notice.receipt, most=60),
    )  # fmt: skip
    for one in asked:
        meet_obligation(by=by, at=at, about_id=one.pk, kind="TRIBE_NOTICE_DUE")
    owe(by=by, at=at, case=case, kind="TRIBE_RECEIPT", about=row.pk, due=None, agency=own, promised=False)
    if tribe is not None:
        _ask_tribe(row, case=case, tribe=tribe, kind="TRIBE_NOTICE_CAME", at=at, by=by)
    return Done(row_id=row.pk)


def permitted_to_tribe(*, holder: Agency, tribe: Agency, on: date) -> bool:
    """Whether the kernel lets the notice go to the Tribe (25 USC 1912(a)). A Tribe tells another Tribe what its own law says."""
    if holder.kind == AgencyKind.TRIBAL_ICWA:
        return True
    request = disclosure.Request(
        actor=disclosure.Actor.TRIBAL_ICWA, actor_org=str(tribe.pk), subject=disclosure.Subject.INFANT, category=disclosure.Category.CW_CASE_RECORD,
        purpose=disclosure.Purpose.ICWA_NOTICE, on=on,
    )  # fmt: skip
    source = disclosure.Source(holder=str(holder.pk), holder_type=AgencyKind(holder.kind).org_type, provenance=disclosure.Provenance.ORIGINATING)
    asked = disclosure.Scenario(request=request, source=source, facts=disclosure.Facts(reason_to_know_indian_child=True))
    return disclosure.decide(asked).outcome is disclosure.Outcome.PERMIT


@transaction.atomic
def note_receipt(*, by: Viewer, at: datetime, notice_id: UUID, received_on: date, more_time: bool, row_version: int) -> Done | Refused | Stale:
    """The return receipt came: the Tribe's days run from its date, with twenty more where it asked for them. Raises NotVisible."""
    row = the_row(TribeNotice, by=by, row_id=notice_id)
    wrong = refused(LATER=received_on > today_of(agency_of(by), at=at), BEFORE=received_on < row.sent_on)
    done = wrong or change(
        row, by=by, at=at, row_version=row_version, action="tribe_receipt", received_on=received_on, more_time=row.more_time or more_time
    )
    if isinstance(done, Done):
        meet_obligation(by=by, at=at, about_id=row.pk, kind="TRIBE_RECEIPT")
    return done


@transaction.atomic
def answer_notice(
    *, by: Viewer, at: datetime, notice_id: UUID, answer: str, contact: str, more_time: bool, preferences: str, row_version: int
) -> Done | Refused | Stale:  # fmt: skip
    """The Tribe answers: whether it takes part and through whom, whether it needs more time, and where it wants the child to live (25 USC 1915).

    Only a worker of the Tribe to which it is addressed. Raises NotVisible.
    """
    writer(by)
    row = notice_to_us(viewer=by, notice_id=notice_id)
    if row.holder_id == by.holder_id:
        raise NotVisible
    wrong = refused(NOTHING=answer not in TRIBE_ANSWERS, CONTACT=answer in {"JOINS", "TRANSFER"} and len(contact.strip()) < 3)
    if wrong is not None:
        return wrong
    tribe = agency_of(by)
    done = change(
        row, by=by, at=at, row_version=row_version, action="tribe_answered", answer=answer, contact=said(contact, most=160),
        more_time=row.more_time or more_time, preferences=said(preferences, most=800), answered_at=at,
        received_on=row.received_on or today_of(tribe, at=at),
    )  # fmt: skip
    if isinstance(done, Done):
        meet_obligation(by=by, at=at, about_id=row.pk)
        meet_obligation(by=by, at=at, holder_id=row.holder_id, about_id=row.pk, kind="TRIBE_RECEIPT")
        open_obligation(
            by=by, at=at, holder_id=row.holder_id, kind="TRIBE_ANSWERED", family_id=row.identity_id, identity_id=row.identity_id,
            link=reverse("permanency:family", args=[row.identity_id]), request_key=f"tribe-answered:{row.pk}:{row.row_version}",
            worker_id=row.worker_id, about_id=row.pk, about_kind="CASE", category=RECORD,
        )  # fmt: skip
    return done


@transaction.atomic
def log_effort(
    *, by: Viewer, at: datetime, case_id: UUID, what: str, words: str, on: date, with_tribe: bool, request_key: str
) -> Done | Refused:  # fmt: skip
    """Write down an active effort for the family (25 USC 1912(d)). Raises NotVisible."""
    case: Case = the_case(by=by, case_id=case_id)
    done = known(Effort, by=by, request_key=request_key) or closed(case)
    if done is not None:
        return done
    wrong = refused(NOTHING=what not in EFFORTS, WORDS=len(words.strip()) < 5, LATER=on > today_of(agency_of(by), at=at))
    if wrong is not None:
        return wrong
    row = put(
        Effort, case=case, by=by, at=at, request_key=request_key, action="effort_logged", detail={"what": what}, on=on, what=what,
        words=said(words, most=400), with_tribe=with_tribe,
    )  # fmt: skip
    return Done(row_id=row.pk)


def earliest_hearing(row: TribeNotice, *, pack: str) -> date | None:
    """The first day on which a hearing may be held after this notice; None until its receipt is known (25 USC 1912(a))."""
    from careloom.kernel.clocks import notice_not_before

    terms = care_terms(pack)
    if row.received_on is None or row.proceeding == INQUIRY:
        return None
    return notice_not_before(received_on=row.received_on, wait_days=terms.wait_days, more_days=terms.more_days if row.more_time else 0)
