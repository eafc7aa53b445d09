"""Who is around her: the start of a plan, her family, the team, who leads, the birth, her agreement."""

from __future__ import annotations

from uuid import UUID, uuid4

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from careloom.agencies.gate import needs
from careloom.agencies.queries import agencies_by_id, workers_of
from careloom.agencies.roles import Permission
from careloom.infra import clock
from careloom.infra.access import NotVisible
from careloom.infra.access.accounting import account
from careloom.infra.packs import load_pack
from careloom.people.actions import put_family_member
from careloom.people.models import FamilyMember
from careloom.people.queries import family_of, names_of
from careloom.plans.actions.leading import answer_lead, change_lead, offer_lead, withdraw_lead_offer
from careloom.plans.actions.results import Refused
from careloom.plans.actions.team import add_team_member, end_team_member
from careloom.plans.actions.versions import agree_plan
from careloom.plans.decided import rules_of
from careloom.plans.forms.people import AgreeForm, BirthForm, LeadAnswerForm, LeadForm, MemberForm, StartForm, TeamForm
from careloom.plans.models import CareTeamMember, LeadTransfer
from careloom.plans.presenters.decided import STARTING, decided_lines
from careloom.plans.presenters.words import PRENATAL_TEAM, REFUSALS, ROLES
from careloom.plans.queries.templates import used_by
from careloom.plans.screens import birth_told, born_together, plan_begun
from careloom.plans.views.frame import Frame, answered, frame_of, other_agencies, row_of, screen, to_family

writes = needs(Permission.FAMILY_READ, Permission.PLAN_WRITE)
form_view = require_http_methods(["GET", "HEAD", "POST"])


@form_view
@writes
def start(request: HttpRequest, identity_id: UUID) -> HttpResponse:
    """Start a plan with a mother whom the reader sees."""
    viewer, at = request.viewer, clock.now()
    mother = names_of(viewer=viewer, identity_ids=[identity_id]).get(identity_id)
    if mother is None or mother.role == "INFANT":
        raise NotVisible
    account(viewer=viewer, place="plans:start", rows=[mother], at=at)
    members = workers_of(agency_id=request.membership.agency_id, at=at)
    pack = request.membership.agency.pack
    ours = load_pack(name=pack).plan
    initial = {"language": mother.language, "lead": str(viewer.worker_id), "request_key": str(uuid4())}
    initial |= {"label": ours.name[mother.language]} if mother.language in ours.name else {}
    rules = rules_of(viewer)
    # Who leads here stands first; nobody is chosen before somebody chose.
    others = sorted(other_agencies(request), key=lambda agency: agency.kind not in rules.leading)
    form = StartForm(request.POST or None, members=members, agencies=others, before_birth=rules.before_birth, initial=initial)
    if request.method == "POST" and form.is_valid():
        plan = plan_begun(by=viewer, at=at, mother_id=identity_id, pack=pack, facts=form.cleaned_data)
        if not isinstance(plan, Refused):
            return to_family(plan)
        for reason in plan.reasons:
            form.add_error(None, str(REFUSALS[reason]))
    values = ours.values.get((get_language() or "en")[:2], "")
    context = {"form": form, "mother": mother, "identity_id": identity_id, "values": values, "nav": "families"}
    context["decided"] = decided_lines(rules, about=STARTING, without_template=not used_by(agency_id=viewer.holder_id, pack=pack).exists())
    return render(request, "plans/start.html", context, status=422 if form.errors else 200)


@form_view
@writes
def family(request: HttpRequest, plan_id: UUID, member_id: UUID | None = None) -> HttpResponse:
    """The family as she defines it; add somebody, or change one of ours."""
    frame = frame_of(request, plan_id, place="family")
    members = family_of(viewer=request.viewer, identity_id=frame.plan.identity_id)
    account(viewer=request.viewer, place="plans:family", rows=members, at=clock.now())
    chosen = next((m for m in members if m.pk == member_id and m.holder_id == request.viewer.holder_id), None)
    if member_id is not None and chosen is None:
        raise NotVisible
    form = MemberForm(request.POST or None, initial=_member(chosen) if chosen else None)
    given = {"member_id": member_id} if member_id else {}
    if request.method == "POST" and form.is_valid():
        put_family_member(by=request.viewer, at=clock.now(), identity_id=frame.plan.identity_id, **(form.cleaned_data | given))
        messages.success(request, _("Saved."))
        return redirect("plans:family", plan_id)
    lede = _("Anyone she counts as family or support, in her words. Who is not safe, or not to be contacted, stays off every shared page.")
    return screen(
        request, frame, form, title=_("Family as she defines it"), lede=lede, template="plans/family.html", members=members, chosen=chosen,
        own=request.viewer.holder_id,
    )  # fmt: skip


@form_view
@writes
def team(request: HttpRequest, plan_id: UUID) -> HttpResponse:
    """The care team: add somebody. A plan has exactly one lead."""
    rows = tuple(CareTeamMember.objects.seen_by(request.viewer).filter(plan_id=plan_id, ends_at=None).order_by("-leads", "starts_at"))
    frame = frame_of(request, plan_id, place="team", rows=rows)
    agencies = [request.membership.agency, *other_agencies(request)]
    form = TeamForm(request.POST or None, agencies=agencies)
    if request.method == "POST" and form.is_valid():
        result = add_team_member(by=request.viewer, at=clock.now(), plan_id=plan_id, **form.facts)
        if response := answered(request, frame, form, result, anchor="team"):
            return response
    named = {a.pk: a for a in agencies}
    team_now = [(m, ROLES.get(m.role, m.role), named[m.agency_id].short_name if m.agency_id in named else "") for m in rows]
    missing = [ROLES[role] for role in PRENATAL_TEAM if role not in {m.role for m in rows}] if frame.plan.kind == "PRENATAL" else []
    title, save = _("Care team"), _("Add to the team")
    return screen(request, frame, form, title=title, template="plans/team.html", team=team_now, missing=missing, save=save)


@require_POST
@writes
def team_end(request: HttpRequest, member_id: UUID) -> HttpResponse:
    """Somebody leaves the team."""
    row = row_of(CareTeamMember, request, member_id)
    result = end_team_member(by=request.viewer, at=clock.now(), member_id=member_id)
    if isinstance(result, Refused):
        messages.error(request, " ".join(str(REFUSALS[reason]) for reason in result.reasons))
    return redirect("plans:team", row.plan_id)


@form_view
@writes
def lead(request: HttpRequest, plan_id: UUID) -> HttpResponse:
    """Change who leads: a colleague at once, another agency when it says yes."""
    viewer, at = request.viewer, clock.now()
    frame = frame_of(request, plan_id, place="lead")
    offers = list(LeadTransfer.objects.seen_by(viewer).filter(plan_id=plan_id).order_by("-asked_at"))
    waiting = next((row for row in offers if not row.answer), None)
    taken = next((row for row in offers if row.answer == "ACCEPTED" and row.hand_off), None)
    form = LeadForm(request.POST or None, members=workers_of(agency_id=viewer.holder_id, at=at), agencies=other_agencies(request))
    if request.method == "POST" and "withdraw" in request.POST:
        result: object = withdraw_lead_offer(by=viewer, at=at, plan_id=plan_id)
        return redirect("plans:lead", plan_id)
    if request.method == "POST" and form.is_valid():
        clean = form.cleaned_data
        if clean["colleague"]:
            result = change_lead(by=viewer, at=at, plan_id=plan_id, to_worker_id=clean["colleague"])
        else:
            result = offer_lead(
                by=viewer, at=at, plan_id=plan_id, to_agency_id=clean["agency"], reason=clean["reason"], hand_off=clean["hand_off"],
                request_key=clean["request_key"],
            )  # fmt: skip
        if response := answered(request, frame, form, result, anchor="team"):
            return response
    asked = agencies_by_id(ids=[waiting.to_agency_id]).get(waiting.to_agency_id) if waiting else None
    return screen(
        request,
        frame,
        form,
        title=_("Change who leads"),
        template="plans/lead.html",
        waiting=waiting,
        asked=asked,
        taken=taken,
        save=_("Hand over the lead"),
    )


@form_view
@writes
def lead_answer(request: HttpRequest, plan_id: UUID, transfer_id: UUID) -> HttpResponse:
    """Answer whether this agency will lead."""
    viewer, at = request.viewer, clock.now()
    transfer = row_of(LeadTransfer, request, transfer_id)
    frame = frame_of(request, plan_id, place="lead_answer", rows=(transfer,))
    if transfer.plan_id != plan_id or transfer.to_agency_id != viewer.holder_id:
        raise NotVisible
    initial = {"worker": str(viewer.worker_id)}
    form = LeadAnswerForm(request.POST or None, members=workers_of(agency_id=viewer.holder_id, at=at), initial=initial)
    if request.method == "POST" and form.is_valid():
        clean = form.cleaned_data
        result = answer_lead(
            by=viewer, at=at, transfer_id=transfer_id, accept=clean["accept"], worker_id=clean["worker"] or viewer.worker_id, reason=clean["reason"]
        )
        if response := answered(request, frame, form, result):
            return response
    lede = transfer.reason or _("You are asked to lead this plan. The lead who has it stays until you say yes.")
    return screen(
        request, frame, form, title=_("Will you lead the plan?"), lede=lede, template="plans/lead_answer.html", transfer=transfer,
        save=_("Send the answer"),
    )  # fmt: skip


@form_view
@writes
def birth(request: HttpRequest, plan_id: UUID) -> HttpResponse:
    """Record a birth: the plan before birth becomes the plan after it, with nothing typed again (R-208)."""
    frame = frame_of(request, plan_id, place="birth")
    form = BirthForm(request.POST or None, infants=frame.infants, initial=_born(frame))
    if request.method == "POST" and form.is_valid():
        result = birth_told(by=request.viewer, at=clock.now(), plan=frame.plan, facts=form.cleaned_data, new_names=form.new_names)
        if response := answered(request, frame, form, result):
            return response
    lede = _("Everything in the plan stays. The days of the reviews are counted from the birth.")
    return screen(request, frame, form, title=_("Record a birth"), lede=lede, save=_("Add to the plan"))


@form_view
@writes
def agree(request: HttpRequest, plan_id: UUID) -> HttpResponse:
    """She agrees to the plan as it stands; a version is kept."""
    frame = frame_of(request, plan_id, place="agree")
    form = AgreeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        result = agree_plan(by=request.viewer, at=clock.now(), plan_id=plan_id, **form.cleaned_data)
        if response := answered(request, frame, form, result):
            return response
    lede = _("Read the plan back to her first. She may change anything. A plan of safe care opens no child-welfare case.")
    return screen(request, frame, form, title=_("Agree and sign"), lede=lede, save=_("She agrees"))


def _born(frame: Frame) -> dict[str, object]:
    """What the record already says of the birth: its day, and the babies of it. An older child of hers stands there unticked."""
    day, babies = born_together(person for person in frame.people if person.role == "INFANT")
    told = {str(person.identity_id) for person in frame.people if person.birth_date}
    known = [identity for identity, _name in frame.infants if UUID(identity) in babies or identity not in told]
    return {"born_on": day, "known": known}


def _member(row: FamilyMember) -> dict[str, object]:
    return {name: getattr(row, name) for name in MemberForm.base_fields if name != "member_id"} | {"member_id": row.pk}
