"""Addresses of knowing each other: profiles, words, roles, talks, training, onboarding, champions, disputes."""

from django.urls import path

from careloom.commons.views import knowledge, knowledge_counts, knowledge_disputes, knowledge_profiles, knowledge_words, knowledge_work

AT = "<uuid:collaborative_id>/knowledge/"
urlpatterns = [
    path(AT, knowledge.home, name="knowledge"),
    path(f"{AT}lists/<slug:code>/", knowledge.listed, name="list"),
    path(f"{AT}lists/<slug:code>/new/", knowledge.new, name="list_new"),
    path(f"{AT}lists/<slug:code>/<uuid:entry_id>/", knowledge.edit, name="list_edit"),
    path(f"{AT}lists/<slug:code>/<uuid:entry_id>/out/", knowledge.out, name="list_out"),
    path(f"{AT}words/", knowledge_words.words, name="words"),
    path(f"{AT}words/new/", knowledge_words.new, name="word_new"),
    path(f"{AT}words/<uuid:term_id>/", knowledge_words.word, name="word"),
    path(f"{AT}words/<uuid:term_id>/agree/", knowledge_words.agree, name="word_agree"),
    path(f"{AT}words/<uuid:term_id>/at/<uuid:partner_id>/", knowledge_words.meaning, name="word_meaning"),
    path(f"{AT}profiles/", knowledge_profiles.profiles, name="profiles"),
    path(f"{AT}profiles/beside/<slug:section>/", knowledge_profiles.beside, name="beside"),
    path(f"{AT}profiles/settled/<slug:part>/", knowledge_profiles.settle, name="settle"),
    path(f"{AT}profiles/<uuid:partner_id>/", knowledge_profiles.profile, name="profile"),
    path(f"{AT}profiles/<uuid:partner_id>/<slug:section>/", knowledge_profiles.write, name="profile_write"),
    path(f"{AT}roles/", knowledge_profiles.roles, name="roles"),
    path(f"{AT}roles/new/", knowledge_profiles.adopt_roles, name="roles_new"),
    path(f"{AT}talks/", knowledge_work.guides, name="guides"),
    path(f"{AT}talks/<slug:guide>/", knowledge_work.guide, name="guide"),
    path(f"{AT}talks/<slug:guide>/answer/", knowledge_work.answer, name="guide_answer"),
    path(f"{AT}tasks/<slug:task_list>/<uuid:about>/", knowledge_work.tasks, name="tasks"),
    path(f"{AT}onboarding/<uuid:seat_id>/<uuid:course_id>/", knowledge_work.training, name="training_taken"),
    path(f"{AT}tasks/<slug:task_list>/<uuid:about>/new/", knowledge_work.add_task, name="task_new"),
    path(f"{AT}tasks/<slug:task_list>/<uuid:about>/done/<slug:item>/", knowledge_work.done, name="task_done"),
    path(f"{AT}onboarding/", knowledge_work.onboarding, name="onboarding"),
    path(f"{AT}start/", knowledge_work.start, name="start"),
    path(f"{AT}champions/", knowledge_counts.champions, name="champions"),
    path(f"{AT}table/", knowledge_counts.table, name="table"),
    path(f"{AT}equity/", knowledge_counts.equity, name="equity"),
    path(f"{AT}reviews/<slug:kind>/<uuid:about>/new/", knowledge_work.review, name="review_new"),
    path(f"{AT}training/", knowledge_counts.training, name="training"),
    path(f"{AT}diversity/", knowledge_counts.diversity, name="diversity"),
    path(f"{AT}diversity/me/", knowledge_counts.of_self, name="of_self"),
    path(f"{AT}related/", knowledge_counts.related, name="related"),
    path(f"{AT}disputes/", knowledge_disputes.disputes, name="disputes"),
    path(f"{AT}disputes/process/", knowledge_disputes.process, name="dispute_process"),
    path(f"{AT}disputes/new/", knowledge_disputes.new, name="dispute_new"),
    path(f"{AT}disputes/<uuid:dispute_id>/", knowledge_disputes.dispute, name="dispute"),
    path(f"{AT}disputes/<uuid:dispute_id>/step/", knowledge_disputes.step, name="dispute_step"),
    path(f"{AT}disputes/<uuid:dispute_id>/close/", knowledge_disputes.close, name="dispute_close"),
]
