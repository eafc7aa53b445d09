"""Addresses of following, under /following/."""

from django.urls import path

from careloom.following.views import barriers, plan, reach

app_name = "following"
urlpatterns = [
    path("unreached/", reach.unreached, name="unreached"),
    path("barriers/", barriers.barriers, name="barriers"),
    path("plans/<uuid:plan_id>/", plan.plan, name="plan"),
    path("plans/<uuid:plan_id>/reach/", reach.reach, name="reach"),
    path("plans/<uuid:plan_id>/concern/", reach.concern, name="concern"),
    path("needs/<uuid:need_id>/next/", plan.next_step, name="next"),
    path("needs/<uuid:need_id>/barrier/", barriers.pass_on, name="barrier"),
]
