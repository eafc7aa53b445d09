"""A family's case: its clocks, its plan with the parent, children in care, court, kin and Tribe; and each list on a page of its own."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from careloom.agencies.family_tabs import family_tabs
from careloom.agencies.gate import needs
from careloom.agencies.models import Agency, Worker
from careloom.agencies.queries import agencies_by_id
from careloom.agencies.roles import Permission
from careloom.agencies.signed_in import agency_of, viewer_of
from careloom.consents.pages.subject import Subject, subject_of
from careloom.health.queries import treatment_medicines
from careloom.infra import clock
from careloom.infra.access import NotVisible, Viewer
from careloom.infra.access.accounting import account
from careloom.infra.access.records import FamilyRecord
from careloom.infra.ui.components import Clocks
from careloom.infra.ui.paging import page_number
from careloom.permanency import models, presenters, queries, timeline, words
from careloom.permanency.looking import Eyes, Line, struck
from careloom.permanency.models.case import OPEN
from careloom.permanency.ports import treatments_of
from careloom.permanency.queries import SHOWN, CaseFile
from careloom.permanency.terms import care_terms, keeps_cases


@require_safe
@needs(Permission.CASE_READ)
def family(request: HttpRequest, identity_id: UUID) -> HttpResponse:
    """The case of a family as the reader sees it, or that a plan opens none."""
    viewer, own, at, place = viewer_of(request), agency_of(request), clock.now(), "permanency:family"
    subject = subject_of(viewer=viewer, identity_id=identity_id, place=place, at=at)
    cases = queries.cases_of(viewer=viewer, identity_id=identity_id)
    given = queries.resources_of(viewer=viewer, identity_id=identity_id, page=page_number(request, "given"))
    chosen = _chosen(request, cases)
    context: dict[str, Any] = {
        "subject": subject, "tabs": family_tabs(viewer=viewer, identity_id=identity_id, here="case"), "given": given, "resources": [
            (words.code(row.what, among=words.RESOURCES), row.words, row.given_on) for row in given.rows  # type: ignore[attr-defined]
        ],
        "writes": viewer.can(Permission.CASE_WRITE) and keeps_cases(own),
        "others": [case for case in cases if chosen is None or case.pk != chosen.pk][:SHOWN],
    }  # fmt: skip
    shown: list[FamilyRecord] = [*cases, *given.rows]  # type: ignore[list-item]
    if chosen is not None:
        file = queries.case_file(viewer=viewer, case=chosen)
        eyes = eyes_of(viewer=viewer, own=own, subject=subject, file=file, today=clock.today(own.zone))
        pictures, read = _clocks(viewer, file, subject=subject, eyes=eyes)
        context |= _parts(file, eyes=eyes) | {"clocks": pictures, "state": presenters.state_of(chosen)}
        context["head"] = presenters.head_of(file, eyes=eyes, worker=_worker_of(chosen, own=own))
        context["terms"] = care_terms(_place_of(file, eyes=eyes).pack)
        shown += [*file.rows(), *read]
    account(viewer=viewer, place=place, rows=shown, at=at)
    return render(request, "permanency/family.html", context)


def _chosen(request: HttpRequest, cases: list[models.Case]) -> models.Case | None:
    """The case that the address names, else the first."""
    return next((case for case in cases if str(case.pk) == request.GET.get("case")), cases[0] if cases else None)


def eyes_of(*, viewer: Viewer, own: Agency, subject: Subject, file: CaseFile | None, today: date) -> Eyes:
    """Who looks, with the names that a page of this family needs. One query."""
    ids = {own.pk} | ({file.case.holder_id, *(item.provider_id for item in file.items)} if file else set())
    children = {row.identity_id: row.preferred_name or row.given_name or row.family_name for row in subject.infants}
    writes = viewer.can(Permission.CASE_WRITE) and file is not None and file.case.holder_id == own.pk and file.case.state == OPEN
    return Eyes(own=own, writes=writes, today=today, children=children, agencies=agencies_by_id(ids={pk for pk in ids if pk}))


def _worker_of(case: models.Case, *, own: Agency) -> str:
    """The worker's name, for her own agency only."""
    return "" if case.holder_id != own.pk else Worker.objects.filter(pk=case.worker_id).values_list("name", flat=True).first() or ""


def _place_of(file: CaseFile, *, eyes: Eyes) -> Agency:
    return eyes.agencies.get(file.case.holder_id, eyes.own)


def _parts(file: CaseFile, *, eyes: Eyes) -> dict[str, Any]:
    """The parts of the page. Open things first, then the newest of the others; a list of its own holds the rest."""
    signs = [row for row in file.questions if row.has_reason]
    notices = [row for row in file.notices if row.answer != "NOT_OURS"]
    rows: dict[str, tuple[Any, ...]] = {
        "items": tuple(sorted((row for row in file.items if row.state == "OPEN"), key=lambda row: ("GOAL", "STEP", "SERVICE").index(row.kind)))
        or file.items,
        "reviews": _open_first(file.reviews, lambda row: row.held_on is None),
        "visits": _open_first(file.visits, lambda row: row.state == "PLANNED"),
        "hearings": _open_first(file.hearings, lambda row: row.state == "PLANNED"),
        "kin": file.kin,
        "papers": file.papers,
        "placements": file.placements,
        "custody": file.custody,
        "efforts": file.efforts,
        "notices": file.notices,
    }
    lists = {
        key: {
            "title": title,
            "lines": draw(rows[key][: 12 if key == "items" else SHOWN], eyes=eyes),
            "more": len(getattr(file, key)) > SHOWN,
            "key": key,
        }
        for key, (draw, title) in presenters.LISTS.items()
    }
    in_care = [(row, eyes.child(row.child_id)) for row in file.in_care]
    paused = {row.removal_id: row for row in file.pauses if row.ends_on is None}
    return {
        "file": file, "case": file.case, "eyes": eyes, "writes_case": eyes.writes, "lists": lists, "own_case": file.case.holder_id == eyes.own.pk,
        "in_care": [(row, name, paused.get(row.pk), words.code(row.authority, among=words.AUTHORITIES)) for row, name in in_care],
        "left_care": [(eyes.child(row.child_id), words.code(row.exit, among=words.EXITS), row.ended_on) for row in file.removals if row.ended_on],
        "tribe": next((row.tribe for row in (*notices, *signs) if row.tribe), ""), "asked_tribe": bool(file.questions),
        "enrolled": next((row for row in file.treatment_courts if row.ended_on is None), None), "court_steps": file.court_steps[:SHOWN],
        "extensions": [(row, words.code(row.because, among=words.EXTENSIONS)) for row in file.extensions],
        "her_words": file.plan.her_words if file.plan else "", "has_goal": any(row.kind == "GOAL" for row in file.items),
    }  # fmt: skip


def _open_first(rows: tuple[Any, ...], is_open: Any) -> tuple[Any, ...]:
    return (*(row for row in reversed(rows) if is_open(row)), *(row for row in rows if not is_open(row)))


def _clocks(viewer: Viewer, file: CaseFile, *, subject: Subject, eyes: Eyes) -> tuple[Clocks | None, list[FamilyRecord]]:
    """The three clocks, and the rows of treatment that were read for them."""
    at, place = clock.now(), _place_of(file, eyes=eyes)
    where = {row.child_id: words.code(row.setting, among=words.SETTINGS) for row in reversed(file.placements) if row.ends_on is None}
    cares = [
        timeline.Care(
            name=eyes.child(row.child_id), clock=queries.clock_in(file, removal=row, agency=place, at=at), where=where.get(row.child_id, ""),
            no_filing=bool(row.no_filing),
        )
        for row in (file.in_care or file.removals[:1])
    ]  # fmt: skip
    treated = treatments_of(viewer=viewer, identity_id=subject.identity_id)
    taken = [row for row in treatment_medicines(viewer=viewer, identity_id=subject.identity_id) if row.starts_on]
    began = (
        file.case.recovery_on
        or next((one.starts_on for one in treated), None)
        or min((row.starts_on for row in taken if row.starts_on), default=None)
    )
    born = [(eyes.child(row.identity_id), row.birth_date) for row in subject.infants if row.birth_date]
    court = next((row for row in file.treatment_courts if row.ended_on is None), None)
    steps = [step for step in file.court_steps if court is not None and step.enrolment_id == court.pk]
    picture = timeline.three_clocks(cares=cares, mother=subject.name, began=began, babies=born, court=court, steps=steps, today=eyes.today)
    return picture, [*(one.record for one in treated if one.record is not None), *taken]


@require_safe
@needs(Permission.CASE_READ)
def listed(request: HttpRequest, identity_id: UUID, which: str) -> HttpResponse:
    """One list of the family's case, 25 a page."""
    viewer, own, at, place = viewer_of(request), agency_of(request), clock.now(), "permanency:list"
    subject = subject_of(viewer=viewer, identity_id=identity_id, place=place, at=at)
    cases = queries.cases_of(viewer=viewer, identity_id=identity_id)
    case = _chosen(request, cases)
    if case is None:
        raise NotVisible
    file = queries.case_file(viewer=viewer, case=case)
    found = queries.list_of(viewer=viewer, case=case, which=which, page=page_number(request))
    account(viewer=viewer, place=place, rows=[case, *found.rows], at=at)  # type: ignore[list-item]
    eyes = eyes_of(viewer=viewer, own=own, subject=subject, file=file, today=clock.today(own.zone))
    draw, title = presenters.LISTS[which]
    context = {"subject": subject, "title": title, "lines": _lines(found.rows, draw(found.rows, eyes=eyes)), "found": found, "case": case}
    return render(request, "permanency/list.html", context)


def _lines(rows: Iterable[Any], lines: list[Line]) -> list[Line]:
    return [struck(line, because=row.taken_back_because) if row.taken_back_at else line for row, line in zip(rows, lines, strict=True)]
