"""All parts of an assessment on one page, for a visit: it is opened before the drive and filled in where there may be no network."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from careloom.agencies.gate import needs
from careloom.agencies.roles import Permission
from careloom.infra.ui.components import SaveState
from careloom.safety.actions.drafting import mark_of
from careloom.safety.forms.assessing import AdultForm, ChildForm, FactorsForm, PartForm, PersonForm
from careloom.safety.models import AssessedPerson
from careloom.safety.views.page import Page, load


@dataclass(frozen=True, kw_only=True)
class Part:
    """One form of the visit: its heading, where it saves, and the line that says whether it is saved or kept on the tablet."""

    id: str
    url: str
    form: PartForm
    saved: SaveState
    person: AssessedPerson | None = None
    seen: PersonForm | None = None
    seen_url: str = ""


@require_safe
@needs(Permission.SAFETY_WRITE)
def visit(request: HttpRequest, assessment_id: UUID) -> HttpResponse:
    """Who was seen, part A of each child, part B of each adult and part C. Each form saves on its own, to the address that its own page has too."""
    page = load(request, assessment_id, place="safety:visit", writing=True)
    if not page.may_write:
        return redirect("safety:assessment", assessment_id=assessment_id)
    people = [_of_person(page, person) for person in page.whole.people]
    children = [part for part in people if part.person is not None and part.person.kind == "CHILD"]
    context = {"page": page, "children": children, "adults": [part for part in people if part not in children], "factors": _of_factors(page)}
    return render(request, "safety/visit.html", context)


def _of_person(page: Page, person: AssessedPerson) -> Part:
    found, to = page.whole.of(person.pk), [page.whole.row.pk, person.pk]
    make: Any = ChildForm if person.kind == "CHILD" else AdultForm
    items = page.instrument.domains if person.kind == "CHILD" else page.instrument.capacities
    key = f"part-{person.pk}"
    form = make(None, items=items, found=found, mark=mark_of(found.values()), auto_id=f"{key}-%s")
    return Part(
        id=key, url=reverse("safety:part", args=to), form=form, saved=_saved(key), person=person,
        seen=PersonForm(None, kind=person.kind, person=person, auto_id=f"seen-{person.pk}-%s"), seen_url=reverse("safety:person", args=to),
    )  # fmt: skip


def _of_factors(page: Page) -> Part:
    found, whole = page.whole.of(None), page.whole
    form = FactorsForm(
        None, items=page.instrument.factors, found=found, mark=mark_of(found.values()), children=whole.children, adults=whole.adults,
        auto_id="factors-%s",
    )  # fmt: skip
    return Part(id="factors", url=reverse("safety:factors", args=[whole.row.pk]), form=form, saved=_saved("factors"))


def _saved(form_id: str) -> SaveState:
    return SaveState(words=_("Saves as you type"), form_id=form_id)
