"""The case plan with the parent: goals that can be measured, services, steps, the provider's word, signatures and copies, and reviews.

Source: 42 USC 675(1), 675(5)(B); 45 CFR 1356.21(g); R-163, R-170, R-173.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.urls import reverse

from careloom.agencies.days import day_of, end_of, today_of
from careloom.agencies.models import Agency
from careloom.consents.queries import would_see
from careloom.infra.access import NotVisible, System, Viewer, acting_as, require, system
from careloom.infra.access.models import Grant
from careloom.infra.answers import Done, Refused, Stale, said
from careloom.kernel.agency_kinds import AgencyKind
from careloom.kernel.packs import ClockName
from careloom.permanency.actions.outcomes import agency_of, change, closed, known, met, owe, put, refused, the_case, the_row
from careloom.permanency.models import Case, CasePlan, PlanItem, Review
from careloom.permanency.models.case import OPEN
from careloom.permanency.models.row import PLAN
from careloom.permanency.words import COPIES, FITS, ITEMS, REVIEWS, SAFE, WHO
from careloom.work.actions import meet_obligation, open_obligation

FIT_DAYS = ClockName.REFERRAL_ANSWER


@transaction.atomic
def add_item(
    *, by: Viewer, at: datetime, case_id: UUID, kind: str, words: str, who: str, criterion: str = "", by_on: date | None = None,
    provider_id: UUID | None = None, request_key: str,
) -> Done | Refused:  # fmt: skip
    """Put a goal, a service or a step into the case plan. A goal says how one will know and by when (R-163).

    Where the provider may read the case plan, it is asked on its Today whether that is realistic. Raises NotVisible.
    """
    case = the_case(by=by, case_id=case_id)
    done = known(PlanItem, by=by, request_key=request_key) or closed(case)
    if done is not None:
        return done
    wrong = refused(
        NOTHING=kind not in ITEMS or who not in WHO or len(words.strip()) < 3, CRITERION=kind == "GOAL" and len(criterion.strip()) < 3,
        BY_ON=kind == "GOAL" and by_on is None, PROVIDER=who == "PROVIDER" and provider_id is None,
    )  # fmt: skip
    if wrong is not None:
        return wrong
    row = put(
        PlanItem, case=case, by=by, at=at, request_key=request_key, action="item_added", shared=True, detail={"kind": kind}, kind=kind, who=who,
        words=said(words, most=400), criterion=said(criterion, most=400), by_on=by_on, provider_id=provider_id,
    )  # fmt: skip
    if kind == "GOAL" and provider_id is not None:
        _ask_fit(row, by=by, at=at)
    return Done(row_id=row.pk)


@transaction.atomic
def ask_fit(*, by: Viewer, at: datetime, item_id: UUID) -> Done | Refused:
    """Ask the provider of a goal again, as after she consented. Refused while it cannot read the case plan. Raises NotVisible."""
    row = the_row(PlanItem, by=by, row_id=item_id)
    return Done(row_id=row.pk) if row.fit or _ask_fit(row, by=by, at=at) else Refused(codes=("NO_SHARE",))


def may_read_plan(*, holder_id: UUID, identity_id: UUID, provider: Agency, at: datetime) -> bool:
    """Whether a provider reads the case plan now."""
    return would_see(
        holder_id=holder_id, identity_id=identity_id, recipient_id=provider.pk, category=PLAN, provenance="originating",
        purpose=AgencyKind(provider.kind).purpose, at=at,
    )  # fmt: skip


def _ask_fit(row: PlanItem, *, by: Viewer, at: datetime) -> bool:
    """Have the provider owe its word, after asking access whether it can see what it is about. INVARIANT: else nothing is written there."""
    provider = Agency.objects.filter(pk=row.provider_id, active=True).first()
    if provider is None or not may_read_plan(holder_id=row.holder_id, identity_id=row.identity_id, provider=provider, at=at):
        return False
    due = end_of(day_of(FIT_DAYS, agency=provider, start=today_of(provider, at=at)), agency=provider)
    open_obligation(
        by=by, at=at, holder_id=provider.pk, kind="FIT_ASKED", family_id=row.identity_id, identity_id=row.identity_id,
        link=reverse("permanency:family", args=[row.identity_id]), request_key=f"fit:{row.pk}", due_at=due, about_id=row.pk, about_kind="CASE",
        category=PLAN,
    )  # fmt: skip
    return True


@transaction.atomic
def answer_fit(*, by: Viewer, at: datetime, item_id: UUID, fit: str, words: str, row_version: int) -> Done | Refused | Stale:
    """The provider says whether a goal is realistic (R-163). Only who was asked, by a consent with which it reads the plan, answers.

    INVARIANT: its answer tells child welfare that it knows her, so it needs a consent of hers toward child welfare too (42 CFR 2.13, 2.31).
    Raises NotVisible.
    """
    require(by)
    if not by.can("CASE_READ"):
        raise NotVisible
    row: PlanItem | None = PlanItem.objects.seen_by(by).filter(pk=item_id, provider_id=by.holder_id, kind="GOAL").first()
    if row is None or row.holder_id == by.holder_id:
        raise NotVisible
    if row.fit:
        return Done(row_id=row.pk)
    wrong = refused(NOTHING=fit not in FITS, WORDS=fit != "YES" and len(words.strip()) < 3, NO_ANSWER_SHARE=not _may_tell(row, by=by, at=at))
    if wrong is not None:
        return wrong
    today = today_of(agency_of(by), at=at)
    done = change(
        row, by=by, at=at, row_version=row_version, action="fit_answered", fit=fit, fit_words=said(words, most=400), fit_on=today, fit_by="PROVIDER"
    )
    if isinstance(done, Done):
        meet_obligation(by=by, at=at, about_id=row.pk, kind="FIT_ASKED")
    return done


def _may_tell(row: PlanItem, *, by: Viewer, at: datetime) -> bool:
    with acting_as(system(System.GRANTS)):
        live = Grant.objects.filter(
            holder_id=by.holder_id, identity_id=row.identity_id, recipient_id=row.holder_id, valid_from__lte=at, valid_to__gt=at
        )
        return bool(live.exists())


@transaction.atomic
def note_fit(*, by: Viewer, at: datetime, item_id: UUID, fit: str, words: str, row_version: int) -> Done | Refused | Stale:
    """Write down what the provider said in the meeting about a goal (R-163). Raises NotVisible."""
    row = the_row(PlanItem, by=by, row_id=item_id)
    wrong = refused(NOTHING=fit not in FITS or row.kind != "GOAL", WORDS=fit != "YES" and len(words.strip()) < 3)
    if wrong is not None:
        return wrong
    today = today_of(agency_of(by), at=at)
    done = change(
        row, by=by, at=at, row_version=row_version, action="fit_noted", fit=fit, fit_words=said(words, most=400), fit_on=today, fit_by="TOLD"
    )
    if isinstance(done, Done) and row.provider_id:
        meet_obligation(by=by, at=at, holder_id=row.provider_id, about_id=row.pk, kind="FIT_ASKED")
    return done


@transaction.atomic
def end_item(*, by: Viewer, at: datetime, item_id: UUID, state: str, words: str, row_version: int) -> Done | Refused | Stale:
    """A goal, service or step is reached, or taken out with a reason. Raises NotVisible."""
    row = the_row(PlanItem, by=by, row_id=item_id)
    wrong = refused(NOTHING=state not in {"DONE", "DROPPED"}, WORDS=state == "DROPPED" and len(words.strip()) < 3)
    if wrong is not None:
        return wrong
    today = today_of(agency_of(by), at=at)
    done = change(row, by=by, at=at, row_version=row_version, action="item_ended", state=state, ended_on=today, ended_words=said(words, most=400))
    if isinstance(done, Done) and row.provider_id:
        meet_obligation(by=by, at=at, holder_id=row.provider_id, about_id=row.pk, kind="FIT_ASKED")
    return done


@transaction.atomic
def sign_plan(
    *, by: Viewer, at: datetime, case_id: UUID, how: str, signed_on: date, witness: str, her_words: str, copies: Iterable[str], row_version: int
) -> Done | Refused | Stale:  # fmt: skip
    """The parent signs the case plan, agrees by word of mouth before a witness, or does not sign; her own words stand in it, and she has a copy.

    It needs a goal and a step or service, and the provider's word on every goal that touches a provider. Raises NotVisible.
    """
    case = the_case(by=by, case_id=case_id)
    over = closed(case)
    plan = CasePlan.objects.filter(case_id=case.pk).first()
    if over is not None or plan is None:
        return over or Refused(codes=("CLOSED",))
    agency, copied = agency_of(by), sorted(set(copies) & set(COPIES))
    items = list(PlanItem.objects.filter(case_id=case.pk, state=OPEN))
    wrong = refused(
        NOTHING=how not in {"SIGNED", "SPOKEN", "NOT_SIGNED"}, WITNESS=how != "SIGNED" and len(witness.strip()) < 3,
        LATER=signed_on > today_of(agency, at=at), NO_GOAL=len({item.kind == "GOAL" for item in items}) < 2,
        NO_FIT=any(item.kind == "GOAL" and item.provider_id and not item.fit for item in items), HER_COPY="PARENT" not in copied,
    )  # fmt: skip
    if wrong is not None:
        return wrong
    done = change(
        plan, by=by, at=at, row_version=row_version, action="plan_signed", signed_on=signed_on, signed_how=how, witness=said(witness, most=120),
        her_words=said(her_words, most=1200), copies=copied,
    )  # fmt: skip
    if isinstance(done, Done):
        met(by=by, at=at, about=plan.pk, kind="CASE_PLAN_DUE")
        if not Review.objects.filter(case_id=case.pk, kind="CASE").exists():
            next_review(case, by=by, at=at, kind="CASE", since=signed_on, after=plan.pk)
    return done


def next_review(case: Case, *, by: Viewer, at: datetime, kind: str, since: date, after: UUID) -> Review:
    """Put the review that comes `after` something on the calendar and on Today: 90 days for a case, six months for a child in care."""
    agency = agency_of(by)
    clock = ClockName.CASE_REVIEW if kind == "CASE" else ClockName.STATUS_REVIEW
    due = day_of(clock, agency=agency, start=since)
    row = put(
        Review, case=case, by=by, at=at, request_key=f"{kind}:{after}", action="review_planned", shared=True, kind=kind, due_on=due
    )  # fmt: skip
    owe(by=by, at=at, case=case, kind="CASE_REVIEW_DUE" if kind == "CASE" else "SIX_MONTH_REVIEW", about=row.pk, due=due, agency=agency)
    return row


@transaction.atomic
def hold_review(
    *, by: Viewer, at: datetime, review_id: UUID, held_on: date, present: str, safe: str, words: str, row_version: int
) -> Done | Refused | Stale:  # fmt: skip
    """Hold a review: who was there, what was found on safety and risk, what was agreed. The next one is put on the calendar. Raises NotVisible."""
    row = the_row(Review, by=by, row_id=review_id)
    if row.held_on is not None:
        return Done(row_id=row.pk)
    wrong = refused(
        LATER=held_on > today_of(agency_of(by), at=at), NOTHING=safe not in SAFE or row.kind not in REVIEWS or len(present.strip()) < 2,
        WORDS=len(words.strip()) < 12,
    )  # fmt: skip
    if wrong is not None:
        return wrong
    done = change(
        row, by=by, at=at, row_version=row_version, action="review_held", held_on=held_on, present=said(present, most=300), safe=safe,
        words=said(words, most=1200),
    )  # fmt: skip
    if isinstance(done, Done):
        meet_obligation(by=by, at=at, about_id=row.pk)
        case = Case.objects.get(pk=row.case_id)
        if case.state == OPEN:
            next_review(case, by=by, at=at, kind=row.kind, since=held_on, after=row.pk)
    return done
