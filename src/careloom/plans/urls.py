"""Addresses of plans."""

from __future__ import annotations

from django.urls import include, path

from careloom.plans import addresses  # noqa: F401  (its converter)
from careloom.plans.documents import views as documents
from careloom.plans.views import between, content, ending, meetings, mothers, people, reviews, sections, templates, together

app_name = "plans"
urlpatterns = [
    path("<uuid:plan_id>/plan.pdf", documents.plan_pdf, name="document"),
    path("referrals/", include("careloom.plans.referrals.urls")),
    path("reviews/", reviews.overdue, name="overdue"),
    path("templates/", templates.listed, name="templates"),
    path("templates/compare/", templates.compare, name="templates_compare"),
    path("templates/<uuid:template_id>/", templates.one, name="template"),
    path("templates/<uuid:template_id>/edit/", templates.edit, name="template_edit"),
    path("new/", mothers.new, name="new"),
    path("start/<uuid:identity_id>/", people.start, name="start"),
    path("needs/<uuid:need_id>/", content.need, name="need"),
    path("goals/<uuid:goal_id>/", content.goal, name="goal"),
    path("strengths/<uuid:strength_id>/", content.strength, name="strength"),
    path("her-view/<uuid:view_id>/", content.answer, name="answer_her"),
    path("team/<uuid:member_id>/end/", people.team_end, name="team_end"),
    path("<uuid:plan_id>/", content.page, name="page"),
    path("<uuid:plan_id>/needs/new/", content.need_new, name="need_new"),
    path("<uuid:plan_id>/goals/new/", content.goal_new, name="goal_new"),
    path("<uuid:plan_id>/strengths/new/", content.strength_new, name="strength_new"),
    path("<uuid:plan_id>/family/", people.family, name="family"),
    path("<uuid:plan_id>/family/<uuid:member_id>/", people.family, name="family_member"),
    path("<uuid:plan_id>/team/", people.team, name="team"),
    path("<uuid:plan_id>/lead/", people.lead, name="lead"),
    path("<uuid:plan_id>/lead/<uuid:transfer_id>/", people.lead_answer, name="lead_answer"),
    path("<uuid:plan_id>/birth/", people.birth, name="birth"),
    path("<uuid:plan_id>/agree/", people.agree, name="agree"),
    path("<uuid:plan_id>/reviews/<uuid:review_id>/", reviews.review, name="review"),
    path("<uuid:plan_id>/changes/", reviews.changes, name="changes"),
    path("<uuid:plan_id>/event/", reviews.event, name="event"),
    path("<uuid:plan_id>/sections/", sections.sections, name="sections"),
    path("<uuid:plan_id>/sections/<section_code:section>/", sections.section, name="section"),
    path("<uuid:plan_id>/members/", together.members, name="members"),
    path("<uuid:plan_id>/tensions/", together.tensions, name="tensions"),
    path("<uuid:plan_id>/preferences/", together.preferences, name="preferences"),
    path("<uuid:plan_id>/systems/", together.involvement, name="involvement"),
    path("<uuid:plan_id>/between/", between.between, name="between"),
    path("<uuid:plan_id>/copies/", together.copies, name="copies"),
    path("<uuid:plan_id>/end/", ending.end, name="end"),
    path("<uuid:plan_id>/meetings/", meetings.meetings, name="meetings"),
    path("<uuid:plan_id>/meetings/<uuid:meeting_id>/", meetings.room, name="meeting"),
    path("<uuid:plan_id>/meetings/<uuid:meeting_id>/minutes/", meetings.minutes, name="minutes"),
    path("<uuid:plan_id>/meetings/<uuid:meeting_id>/signatures/<uuid:signature_id>/", meetings.signature, name="meeting_signature"),
    path("<uuid:plan_id>/close/", reviews.close, name="close"),
    path("<uuid:plan_id>/reopen/", reviews.reopen, name="reopen"),
]
