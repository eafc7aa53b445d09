"""What to expect, her rights, her own list of skills, her family as she defines it, and who to call."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from careloom.infra import clock
from careloom.infra.access import NotVisible
from careloom.people.actions import put_family_member
from careloom.portal import actions, learning, pages, presenters, words
from careloom.portal.door import hers
from careloom.portal.forms import FamilyForm, SkillsForm
from careloom.portal.views.hers import her_of


@hers
@require_http_methods(["GET", "HEAD", "POST"])
def expect(request: HttpRequest) -> HttpResponse:
    """What happens at a meeting with the county, when hers is, and the dates of her own plan."""
    her = her_of(request)
    if request.method == "POST":
        actions.read_what_to_expect(by=her.viewer, at=clock.now(), person_id=her.person.pk)
        messages.success(request, _("Thank you. Your team knows that you read this."))
        return redirect("portal:expect")
    found = pages.expect(her=her, at=clock.now())
    meeting = presenters.visit_line(pages.Visit(row=found.meeting, clashes=False)) if found.meeting else None
    context = {
        "meeting": meeting,
        "with_whom": words.agency_words(found.meeting_with) if found.meeting_with else "",
        "dates": presenters.plan_dates(found.plan) if found.plan else [],
        "read": her.person.expect_read_at,
    }
    return render(request, "portal/expect.html", context)


@hers
@require_safe
def facts(request: HttpRequest) -> HttpResponse:
    """What medicine does and what it keeps away, with its sources (R-150, R-227)."""
    return render(request, "portal/facts.html", {"reviewed_on": words.FACTS_REVIEWED_ON})


@hers
@require_safe
def learn(request: HttpRequest) -> HttpResponse:
    """The list of short pages for the first year."""
    return render(request, "portal/learn.html", {"topics": learning.TOPICS})


@hers
@require_safe
def topic(request: HttpRequest, slug: str) -> HttpResponse:
    """One short page, with when to call and where it comes from."""
    found = learning.topic(slug)
    if found is None:
        raise NotVisible
    return render(request, "portal/topic.html", {"topic": found})


@hers
@require_http_methods(["GET", "HEAD", "POST"])
def skills(request: HttpRequest) -> HttpResponse:
    """Her own list of self and baby care. Nobody scores it."""
    her = her_of(request)
    form = SkillsForm(request.POST if request.method == "POST" else None, initial={"skills": her.person.skills})
    if request.method == "POST" and form.is_valid():
        actions.keep_skills(by=her.viewer, at=clock.now(), person_id=her.person.pk, skills=form.cleaned_data["skills"])
        messages.success(request, _("Saved."))
        return redirect("portal:skills")
    return render(request, "portal/skills.html", {"form": form})


@hers
@require_http_methods(["GET", "HEAD", "POST"])
def family(request: HttpRequest) -> HttpResponse:
    """Her family as she defines it, in her words (R-118)."""
    her = her_of(request)
    form = FamilyForm(request.POST or None, initial={"contact": "THROUGH_HER"})
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        put_family_member(
            by=her.viewer, at=clock.now(), identity_id=her.identity_id, name=data["name"], relation=data["relation"], contact=data["contact"],
            member_id=pages.fixed_id(her=her, request_key=data["request_key"]),
        )  # fmt: skip
        never = data["contact"] == "DO_NOT_CONTACT"
        messages.success(request, _("Saved. Your team will not call this person. The name is not shown here.") if never else _("Saved."))
        return redirect("portal:family")
    return render(request, "portal/family.html", {"form": form, "rows": pages.family(her=her, at=clock.now())})


@hers
@require_safe
def people_to_call(request: HttpRequest) -> HttpResponse:
    """Help lines, her team and her own people, each with a call button (R-162)."""
    her = her_of(request)
    found = pages.read_plan(her=her, at=clock.now(), place="my:call")
    own = presenters.own_people(pages.family(her=her, at=clock.now()))
    return render(request, "portal/call.html", {"team": presenters.team_list(found.team) if found else None, "own": own})
