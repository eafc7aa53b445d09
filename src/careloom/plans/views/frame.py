"""What every screen of a plan shares: the plan as its reader sees it, refusals as words, a conflict as a page with both texts."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from careloom.agencies.models import Agency
from careloom.infra import clock
from careloom.infra.access import NotVisible
from careloom.infra.access.accounting import account
from careloom.infra.access.records import FamilyRecord
from careloom.infra.packs import load_pack
from careloom.people.models import PersonRecord
from careloom.people.queries import with_infants
from careloom.plans.actions.results import Conflict, Refused
from careloom.plans.models import PlanOfSafeCare
from careloom.plans.presenters.words import REFUSALS
from careloom.plans.queries import get_plan


@dataclass(frozen=True, kw_only=True)
class Frame:
    """The plan of a screen with the people whom its reader sees."""

    plan: PlanOfSafeCare
    people: tuple[PersonRecord, ...]
    zone: ZoneInfo

    @property
    def label(self) -> str:
        """The mother's first name, or plain words where it is hidden."""
        mother = next((p for p in self.people if p.identity_id == self.plan.identity_id), None)
        return (mother.preferred_name or mother.given_name) if mother else _("the family")

    @property
    def choices(self) -> list[tuple[str, str]]:
        """The mother and her infants, for a form."""
        seen: dict[UUID, str] = {self.plan.identity_id: self.label}
        for person in self.people:
            seen.setdefault(person.identity_id, person.preferred_name or person.given_name or _("the baby"))
        return [(str(identity), name) for identity, name in seen.items()]

    @property
    def infants(self) -> list[tuple[str, str]]:
        """Her infants alone."""
        return [(identity, name) for identity, name in self.choices if identity != str(self.plan.identity_id)]


def frame_of(request: HttpRequest, plan_id: UUID, *, place: str, rows: tuple[FamilyRecord, ...] = ()) -> Frame:
    """The plan and its people, accounted for on `place`. Raises NotVisible: hidden and absent are one answer."""
    plan = get_plan(viewer=request.viewer, plan_id=plan_id)
    people = with_infants(viewer=request.viewer, identity_ids=[plan.identity_id])
    account(viewer=request.viewer, place=f"plans:{place}", rows=[plan, *people, *rows], at=clock.now())
    return Frame(plan=plan, people=tuple(people), zone=ZoneInfo(request.membership.agency.zone))


def row_of(model: type[Any], request: HttpRequest, row_id: UUID) -> Any:
    """A row of a plan that the reader sees, or NotVisible. One statement, also where she sees the row and not its plan."""
    plans = PlanOfSafeCare.objects.seen_by(request.viewer).values("pk")
    row = model.objects.seen_by(request.viewer).filter(pk=row_id, plan_id__in=plans).first()
    if row is None:
        raise NotVisible
    return row


def other_agencies(request: HttpRequest) -> list[Agency]:
    """Every other active agency, by the name that it uses outside."""
    return sorted(Agency.objects.filter(active=True).exclude(pk=request.viewer.holder_id), key=lambda agency: agency.name_outside)


def screen(request: HttpRequest, frame: Frame, form: forms.BaseForm, *, title: str, lede: str = "", save: str = "", **more: Any) -> HttpResponse:
    """The page of one form; 422 when something needs mending."""
    template = more.pop("template", "plans/screen.html")
    values = load_pack(name=frame.plan.pack).plan.values.get((get_language() or "en")[:2], "")
    context = {"frame": frame, "plan": frame.plan, "form": form, "title": title, "lede": lede, "save": save or _("Save"), "nav": "families"}
    context |= {"values": values, **more}
    return render(request, template, context, status=422 if form.errors else 200)


def answered(request: HttpRequest, frame: Frame, form: forms.BaseForm, result: object, *, anchor: str = "") -> HttpResponse | None:
    """Where a saved form leads; None when it was refused and must be shown again with what to do next."""
    if isinstance(result, Refused):
        for reason in result.reasons:
            form.add_error(None, str(REFUSALS[reason]))
        return None
    if isinstance(result, Conflict):
        return conflict(request, frame, form, result)
    return to_family(frame.plan, anchor=anchor)


def conflict(request: HttpRequest, frame: Frame, form: forms.BaseForm, result: Conflict) -> HttpResponse:
    """Both texts; sending mine again with the new version is her decision, never ours in silence."""
    labels = {name: form.fields[name].label for name in form.fields}
    rows = [(labels.get(name, name), result.theirs.get(name), mine) for name, mine in result.mine.items() if name != "was"]
    posted = [(name, value) for name, values in request.POST.lists() for value in values if name not in {"csrfmiddlewaretoken", "row_version"}]
    context = {"frame": frame, "plan": frame.plan, "rows": rows, "posted": posted, "row_version": result.row_version, "nav": "families"}
    return render(request, "plans/conflict.html", context, status=409)


def to_family(plan: PlanOfSafeCare, *, anchor: str = "") -> HttpResponse:
    """Back to the family page, which is above this app and known by its address alone."""
    return redirect(f"/families/{plan.identity_id}/{'#' + anchor if anchor else ''}")
