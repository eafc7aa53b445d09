"""Addresses of the aims: shared outcomes, what agencies want, measures, savings, the program's purposes, and data points."""

from django.urls import path

from careloom.commons.views import aims, aims_measures, aims_numbers, aims_points

HERE = "<uuid:collaborative_id>/aims/"

urlpatterns = [
    path(HERE, aims.listed, name="aims"),
    path(f"{HERE}new/", aims.edit, name="aim_new"),
    path(f"{HERE}agencies/", aims.agencies, name="aims_agencies"),
    path(f"{HERE}agencies/new/", aims.desire, name="desire_new"),
    path(f"{HERE}agencies/<uuid:desire_id>/", aims.desire, name="desire"),
    path(f"{HERE}end/<slug:which>/<uuid:row_id>/", aims.end, name="aims_end"),
    path(f"{HERE}measures/", aims_measures.listed, name="measures"),
    path(f"{HERE}measures/new/", aims_measures.edit, name="measure_new"),
    path(f"{HERE}measures/<uuid:proposal_id>/", aims_measures.one, name="measure"),
    path(f"{HERE}measures/<uuid:proposal_id>/edit/", aims_measures.edit, name="measure_edit"),
    path(f"{HERE}measures/<uuid:proposal_id>/decide/", aims_measures.decide, name="measure_decide"),
    path(f"{HERE}measures/<uuid:proposal_id>/judge/<slug:facet>/", aims_measures.judge, name="measure_judge"),
    path(f"{HERE}savings/", aims_numbers.listed, name="savings"),
    path(f"{HERE}savings/new/", aims_numbers.new, name="saving_new"),
    path(f"{HERE}savings/<uuid:saving_id>/", aims_numbers.one, name="saving"),
    path(f"{HERE}savings/<uuid:saving_id>/steps.csv", aims_numbers.steps, name="saving_steps"),
    path(f"{HERE}costs/<slug:part>/", aims_numbers.cost, name="unit_cost"),
    path(f"{HERE}program/", aims_points.program, name="program"),
    path(f"{HERE}program/<slug:code>/", aims_points.purpose, name="program_purpose"),
    path(f"{HERE}points/", aims_points.listed, name="points"),
    path(f"{HERE}points/new/", aims_points.edit, name="points_new"),
    path(f"{HERE}points/<uuid:schedule_id>/", aims_points.edit, name="points_edit"),
    path(f"{HERE}points/<uuid:schedule_id>/send/", aims_points.send, name="points_send"),
    path(f"{HERE}<uuid:aim_id>/", aims.one, name="aim"),
    path(f"{HERE}<uuid:aim_id>/edit/", aims.edit, name="aim_edit"),
    path(f"{HERE}<uuid:aim_id>/look/", aims.look, name="aim_look"),
    path(f"{HERE}<uuid:aim_id>/first/", aims.first, name="aim_first"),
]
