"""Addresses of safety, under /safety/."""

from django.urls import path

from careloom.safety import addresses  # noqa: F401  (its converters)
from careloom.safety.views import assessing, beside, deciding, family, plan, reports, visiting

app_name = "safety"
urlpatterns = [
    path("", family.work, name="work"),
    path("of/<uuid:identity_id>/", family.family, name="family"),
    path("of/<uuid:identity_id>/start/", family.start, name="start"),
    path("of/<uuid:identity_id>/told/", beside.told, name="told"),
    path("of/<uuid:identity_id>/plan/", beside.ensure, name="ensure"),
    path("of/<uuid:identity_id>/earlier/", beside.earlier, name="earlier"),
    path("of/<uuid:identity_id>/earlier/new/", beside.note_earlier, name="note_earlier"),
    path("of/<uuid:identity_id>/reports/new/", reports.new, name="new_report"),
    path("reports/from-file/", reports.bring_in, name="reports_from_file"),
    path("reports/<uuid:report_id>/", reports.one, name="report"),
    path("reports/<uuid:report_id>/correct/", reports.correct, name="correct_report"),
    path("beside/<uuid:beside_id>/take-back/", beside.take_back, name="take_back"),
    path("<uuid:assessment_id>/", deciding.assessment, name="assessment"),
    path("<uuid:assessment_id>/visit/", visiting.visit, name="visit"),
    path("<uuid:assessment_id>/people/new/<safety_kind:person_kind>/", assessing.person, name="new_person"),
    path("<uuid:assessment_id>/people/<uuid:assessed_id>/", assessing.person, name="person"),
    path("<uuid:assessment_id>/people/<uuid:assessed_id>/out/", assessing.take_out, name="take_out"),
    path("<uuid:assessment_id>/part/<uuid:assessed_id>/", assessing.part, name="part"),
    path("<uuid:assessment_id>/factors/", assessing.factors, name="factors"),
    path("<uuid:assessment_id>/plan/", plan.begin, name="begin_plan"),
    path("<uuid:assessment_id>/<safety_decides:decides>/", deciding.decide, name="decide"),
    path("plan/<uuid:safety_plan_id>/", plan.one, name="plan"),
    path("plan/<uuid:safety_plan_id>/steps/<uuid:step_id>/end/", plan.drop, name="drop_step"),
    path("plan/<uuid:safety_plan_id>/<safety_plan_does:plan_does>/", plan.does, name="plan_does"),
]
