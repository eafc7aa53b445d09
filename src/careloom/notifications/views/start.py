"""The list of notifications, and where a new one begins."""

from __future__ import annotations

from datetime import datetime, time
from typing import Any
from uuid import UUID, uuid4

from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import NoReverseMatch, reverse
from django.utils import formats
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from careloom.agencies.gate import needs
from careloom.agencies.roles import Permission
from careloom.agencies.signed_in import viewer_of
from careloom.health.actions import BirthFacts, put_birth
from careloom.infra import clock
from careloom.infra.access import Viewer
from careloom.infra.access.accounting import account, account_miss
from careloom.infra.access.caseload import assign
from careloom.infra.ui.components import ListRow, Status
from careloom.notifications import actions, queries, words
from careloom.notifications.forms import BirthForm
from careloom.notifications.models import Notification
from careloom.notifications.presenters import birth_words
from careloom.people.actions import PersonFacts, put_person
from careloom.people.matching.entry import note_alike
from careloom.people.models import PersonRecord
from careloom.people.queries import names_of
from careloom.people.views.entry import alike_lines_of

TONES = {"DRAFT": "wait", "SENT": "done", "NOT_REQUIRED": "done", "VOIDED": ""}


@require_safe
@needs(Permission.NOTIFY)
def births(request: HttpRequest) -> HttpResponse:
    """The hospital's notifications on the worker's caseload, drafts first."""
    viewer = viewer_of(request)
    number = request.GET.get("page", "1")
    status = request.GET.get("status", "")
    page = queries.list_notifications(
        viewer=viewer, page=max(1, int(number)) if number.isdigit() else 1, status=status if status in words.STATUSES else None
    )
    names = names_of(viewer=viewer, identity_ids=[row.identity_id for row in page.rows])
    account(viewer=viewer, place="notifications:births", rows=[*page.rows, *names.values()], at=clock.now())
    rows = [
        {"row": row, "name": _name(names.get(row.identity_id)), "status": Status(words=str(words.STATUSES[row.status]), tone=TONES[row.status])}
        for row in page.rows
    ]
    return render(request, "notifications/births.html", {"rows": rows, "page": page, "status": status, "statuses": words.STATUSES.items()})


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Permission.NOTIFY)
def new(request: HttpRequest) -> HttpResponse:
    """Choose the birth: from the chart, by record number, from files, or typed. A POST starts its notification, or looks for a number.

    INVARIANT: a record number stands in no address: addresses are kept by proxies, logs and histories.
    """
    viewer, at = viewer_of(request), clock.now()
    if request.method == "POST" and "record" not in request.POST:
        row = actions.start_notification(
            by=viewer,
            at=at,
            mother_id=_uuid(request.POST.get("mother", "")),
            birth_ids=[_uuid(part) for part in request.POST.get("births", "").split(",")],
            pack=request.membership.agency.pack,  # type: ignore[attr-defined]
            request_key=request.POST.get("request_key", "")[:64] or uuid4().hex,
        )
        return redirect("notifications:birth", notification_id=row.pk)
    number = request.POST.get("record", "").strip()[:120]
    found = queries.births_to_notify(viewer=viewer, at=at, record_number=number)
    names = names_of(viewer=viewer, identity_ids=[birth.mother_id for birth in found])
    if found:
        account(viewer=viewer, place="notifications:new", rows=[*(b for n in found for b in n.births), *names.values()], at=at)
    elif number:
        account_miss(viewer=viewer, place="notifications:new", at=at)
    rows = [_waiting(birth, names.get(birth.mother_id), zone=request.membership.agency.zone) for birth in found]  # type: ignore[attr-defined]
    return render(request, "notifications/new.html", {"rows": rows, "number": number, "upload": _upload_address(viewer)})


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Permission.NOTIFY)
def typed(request: HttpRequest) -> HttpResponse:
    """The least that a birth needs, when the chart has nothing to read. Whoever may be the mother already is shown before she is written down."""
    form = BirthForm(request.POST or None, initial={"request_key": uuid4().hex})
    lines: list[ListRow] = []
    if request.method == "POST" and form.is_valid():
        viewer = viewer_of(request)
        # A second click on one form finds what the first one made, and not "somebody like her".
        done = queries.begun_with(viewer=viewer, request_key=form.cleaned_data["request_key"])
        lines = [] if done else alike_lines_of(request, _mother(form.cleaned_data), place="notifications:typed")
        if not lines:
            row = _from_typed(viewer, form.cleaned_data, pack=request.membership.agency.pack)  # type: ignore[attr-defined]
            return redirect("notifications:birth", notification_id=row.pk)
    return render(request, "notifications/typed.html", {"form": form, "lines": lines}, status=422 if form.errors else 200)


@transaction.atomic
def _from_typed(by: Viewer, given: dict[str, Any], *, pack: str) -> Notification:
    at, key = clock.now(), given["request_key"]
    mother = put_person(by=by, at=at, facts=_mother(given), category="hipaa.ob_record", source_id=f"{key}-mother")
    many = int(given["babies"])
    born_at = datetime.combine(given["born_on"], time(12), tzinfo=clock.zone())
    born, made = [], [mother.pk]
    for order in range(1, many + 1):
        baby = PersonFacts(role="INFANT", family_name=given["family_name"], birth_date=given["born_on"], mother_identity_id=mother.identity_id)
        infant = put_person(by=by, at=at, facts=baby, category="hipaa.newborn_record", source_id=f"{key}-baby{order}")
        born.append((order, infant.identity_id))
        made.append(infant.pk)
    if by.worker_id:
        assign(by=by, worker_id=by.worker_id, identity_ids=[mother.identity_id, *(identity for _, identity in born)], at=at)
    note_alike(by=by, at=at, record_ids=made)
    rows = [
        put_birth(
            by=by, at=at, infant_id=identity, mother_id=mother.identity_id, source_id=f"{key}-birth{order}",
            facts=BirthFacts(born_at=born_at, hour_known=False, order=order, plurality=many),
        )
        for order, identity in born
    ]  # fmt: skip
    return actions.start_notification(by=by, at=at, mother_id=mother.identity_id, birth_ids=[r.pk for r in rows], pack=pack, request_key=key)


def _waiting(born: queries.NewBirth, mother: PersonRecord | None, *, zone: str) -> dict[str, Any]:
    """A birth that waits: whose it is, the number on her wristband, and what the chart says of each baby."""
    grams = [formats.number_format(b.weight_g, force_grouping=True) if b.weight_g else "" for b in born.births]
    babies = [
        f"{birth_words(b, zone)}, {_('%(grams)s g') % {'grams': g}}" if g else birth_words(b, zone) for b, g in zip(born.births, grams, strict=True)
    ]
    number = [_("Record number %(number)s") % {"number": mother.record_number}] if mother and mother.record_number else []
    return {"birth": born, "name": _name(mother), "said": "; ".join([*number, *babies]), "key": uuid4().hex}


def _mother(given: dict[str, Any]) -> PersonFacts:
    return PersonFacts(
        role="MOTHER", given_name=given["given_name"], family_name=given["family_name"], birth_date=given["birth_date"], language=given["language"]
    )


def _upload_address(viewer: Viewer) -> str:
    """Where a mother's and a baby's files are read, when this worker may bring in records."""
    try:
        return f"{reverse('exchange:family_upload')}?then=birth" if viewer.can(Permission.IMPORT_RECORDS) else ""
    except NoReverseMatch:
        return ""


def _uuid(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError:
        return UUID(int=0)


def _name(person: Any) -> str:
    return " ".join(f"{person.given_name} {person.family_name}".split()) if person else ""
