"""Addresses of questionnaires, walks, stages and reviews."""

from django.urls import path

from careloom.commons.views import surveys, surveys_answer, surveys_looking, surveys_papers, surveys_results, surveys_walk

ROOM = "<uuid:collaborative_id>/surveys/"
ROUND = f"{ROOM}<uuid:round_id>/"

urlpatterns = [
    path("answer/", surveys_answer.page, name="survey_answer"),
    path(ROOM, surveys.home, name="surveys"),
    path(f"{ROOM}new/", surveys.new, name="survey_new"),
    path(f"{ROOM}rhythm/", surveys.rhythm, name="survey_rhythm"),
    path(f"{ROOM}items/new/", surveys_papers.items, name="survey_items"),
    path(ROUND, surveys_results.page, name="survey"),
    path(f"{ROUND}statements/", surveys_results.statements, name="survey_statements"),
    path(f"{ROUND}words/", surveys_results.remarks, name="survey_words"),
    path(f"{ROUND}sheet/", surveys_papers.sheet, name="survey_sheet"),
    path(f"{ROUND}code/", surveys.code, name="survey_code"),
    path(f"{ROUND}codes/", surveys.codes, name="survey_codes"),
    path(f"{ROUND}remind/", surveys.remind, name="survey_remind"),
    path(f"{ROUND}close/", surveys.close, name="survey_close"),
    path(f"{ROUND}read/", surveys_results.read, name="survey_read"),
    path(f"{ROUND}discuss/", surveys_results.discuss, name="survey_discuss"),
    path(f"{ROOM}actions/<slug:about_kind>/<uuid:about_id>/", surveys_looking.follow_up, name="survey_action"),
    path(f"{ROOM}actions/<uuid:follow_up_id>/done/", surveys_looking.follow_up_done, name="survey_action_done"),
    path("<uuid:collaborative_id>/walks/", surveys_walk.listed, name="walks"),
    path("<uuid:collaborative_id>/walks/new/", surveys_walk.new, name="walk_new"),
    path("<uuid:collaborative_id>/walks/<uuid:walk_id>/", surveys_walk.walk, name="walk"),
    path("<uuid:collaborative_id>/walks/<uuid:walk_id>/edit/", surveys_walk.edit, name="walk_edit"),
    path("<uuid:collaborative_id>/walks/<uuid:walk_id>/steps/new/", surveys_walk.step_new, name="walk_step_new"),
    path("<uuid:collaborative_id>/walks/<uuid:walk_id>/steps/<uuid:step_id>/", surveys_walk.step, name="walk_step"),
    path("<uuid:collaborative_id>/walks/<uuid:walk_id>/steps/<uuid:step_id>/drop/", surveys_walk.drop, name="walk_step_drop"),
    path("<uuid:collaborative_id>/stage/", surveys_looking.stage, name="stage"),
    path("<uuid:collaborative_id>/stage/new/", surveys_looking.stage_new, name="stage_new"),
    path("<uuid:collaborative_id>/practices/", surveys_looking.practices, name="practices"),
    path("<uuid:collaborative_id>/practices/new/", surveys_looking.practice_new, name="practice_new"),
]
