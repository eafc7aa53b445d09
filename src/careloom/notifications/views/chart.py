"""Mends what the hospital's own chart says of the mother and the babies of a draft."""

from __future__ import annotations

from dataclasses import fields
from datetime import datetime
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from careloom.agencies.gate import needs
from careloom.agencies.roles import Permission
from careloom.agencies.signed_in import viewer_of
from careloom.health.actions import BirthFacts, put_birth
from careloom.health.models import Birth as BirthRow
from careloom.infra import clock
from careloom.infra.access import NotVisible, Viewer
from careloom.notifications.forms import BabyForm, MotherForm
from careloom.notifications.views.page import Birth, load
from careloom.people.actions import PersonFacts, put_person
from careloom.people.models import PersonRecord


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Permission.NOTIFY)
def mother(request: HttpRequest, notification_id: UUID) -> HttpResponse:
    """Fact 1: the mother's name, birth date and language."""
    found = _draft(request, notification_id)
    person = found.family.mother
    if person is None:
        raise NotVisible
    form = MotherForm(request.POST or None, initial={name: getattr(person, name) for name in MotherForm.base_fields})
    if request.method == "POST" and form.is_valid():
        _mend(viewer_of(request), person, form.cleaned_data)
        return redirect("notifications:birth", notification_id=notification_id)
    context = {"birth": found, "title": _("The mother, as the chart has her"), "forms": [("", form)]}
    return render(request, "notifications/chart.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Permission.NOTIFY)
def babies(request: HttpRequest, notification_id: UUID) -> HttpResponse:
    """Fact 2: each baby's name, birth, weight and weeks."""
    found = _draft(request, notification_id)
    people = {person.identity_id: person for person in found.family.infants}
    pairs = [(birth, people.get(birth.identity_id)) for birth in found.family.births]
    forms = [_baby_form(request, birth, person, zone=found.zone) for birth, person in pairs]
    checked = [form.is_valid() for form in forms]  # each of them, so that every error is shown
    if request.method == "POST" and all(checked):
        for (birth, person), form in zip(pairs, forms, strict=True):
            _mend_baby(viewer_of(request), birth, person, form.cleaned_data, zone=found.zone)
        return redirect("notifications:birth", notification_id=notification_id)
    many = len(forms) > 1
    titled = [(_("Baby %(n)s") % {"n": number} if many else "", form) for number, form in enumerate(forms, 1)]
    context = {"birth": found, "title": _("The baby, as the chart has it"), "forms": titled}
    return render(request, "notifications/chart.html", context, status=422 if any(form.errors for form in forms) else 200)


def _draft(request: HttpRequest, notification_id: UUID) -> Birth:
    found = load(request, notification_id, place="notifications:chart")
    if found.row.status != "DRAFT":
        raise NotVisible
    return found


def _baby_form(request: HttpRequest, birth: BirthRow, person: PersonRecord | None, *, zone: str) -> BabyForm:
    start = {
        "given_name": person.given_name if person else "",
        "sex": birth.sex,
        "born_on": birth.born_at.astimezone(ZoneInfo(zone)).date(),
        "gestation_weeks": birth.gestation_weeks,
        "gestation_days": birth.gestation_days,
        "weight_g": birth.weight_g,
    }
    return BabyForm(request.POST or None, initial=start, prefix=f"b{birth.order}")


def _mend(by: Viewer, person: PersonRecord, given: dict[str, Any]) -> None:
    kept = {f.name: getattr(person, f.name) for f in fields(PersonFacts)}
    put_person(
        by=by, at=clock.now(), facts=PersonFacts(**(kept | given)), category=person.category, source_system=person.source_system,
        source_id=person.source_id,
    )  # fmt: skip


def _mend_baby(by: Viewer, birth: BirthRow, person: PersonRecord | None, given: dict[str, Any], *, zone: str) -> None:
    if person is not None:
        _mend(by, person, {"given_name": given["given_name"], "sex": given["sex"], "birth_date": given["born_on"]})
    # What the first days showed is no column of the birth and stays as the chart has it.
    kept = {f.name: getattr(birth, f.name, None) for f in fields(BirthFacts)}
    # The hour of birth stays as the chart has it; only the day is mended here.
    hour = birth.born_at.astimezone(ZoneInfo(zone)).timetz()
    mended = {
        "born_at": datetime.combine(given["born_on"], hour),
        "sex": given["sex"],
        "gestation_weeks": given["gestation_weeks"],
        "gestation_days": given["gestation_days"] or 0,
        "weight_g": given["weight_g"],
    }
    put_birth(
        by=by, at=clock.now(), infant_id=birth.identity_id, mother_id=birth.mother_identity_id, pregnancy_id=birth.pregnancy_id,
        facts=BirthFacts(**(kept | mended)), source_system=birth.source_system, source_type=birth.source_type, source_id=birth.source_id,
    )  # fmt: skip
