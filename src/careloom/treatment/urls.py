"""Addresses of treatment, under /treatment/."""

from django.urls import path

from careloom.treatment import addresses  # noqa: F401  (its converters)
from careloom.treatment.views import entries, family, queue

app_name = "treatment"
urlpatterns = [
    path("", queue.queue, name="queue"),
    path("waiting/<uuid:admission_id>/", queue.admission, name="admission"),
    path("waiting/<uuid:admission_id>/<treatment_step:step>/", queue.answer, name="answer"),
    path("of/<uuid:identity_id>/", family.family, name="family"),
    path("of/<uuid:identity_id>/wait/", queue.ask, name="ask"),
    path("of/<uuid:identity_id>/check-ins/", family.plan_check_ins, name="plan_check_ins"),
    path("of/<uuid:identity_id>/goals/<uuid:goal_id>/", entries.check_goal, name="check_goal"),
    path("of/<uuid:identity_id>/<treatment_sort:sort>/", family.every, name="every"),
    path("of/<uuid:identity_id>/<treatment_sort:sort>/new/", entries.new, name="new"),
    path("meeting/<uuid:progress_id>/paper/", entries.paper, name="paper"),
    path("<treatment_sort:sort>/<uuid:treatment_id>/", entries.change, name="change"),
    path("<treatment_sort:sort>/<uuid:treatment_id>/take-back/", entries.take_back, name="take_back"),
]
