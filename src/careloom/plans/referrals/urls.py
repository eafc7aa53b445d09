"""Addresses of referrals, under the plan's; and the one-time page, which config puts at the root."""

from __future__ import annotations

from django.urls import path

from careloom.plans.referrals import views
from careloom.plans.views import describing

app_name = "referrals"
urlpatterns = [
    path("inbox/", views.inbox, name="inbox"),
    path("new/<uuid:need_id>/", views.new, name="new"),
    path("<uuid:referral_id>/", views.page, name="page"),
    path("<uuid:referral_id>/how/", describing.describe, name="described"),
    path("<uuid:referral_id>/send/", views.send, name="send"),
    path("<uuid:referral_id>/link/", views.link, name="link"),
    path("<uuid:referral_id>/answer/<str:state>/", views.answer, name="answer"),
    path("<uuid:referral_id>/move/<str:state>/", views.move, name="move"),
    path("<uuid:referral_id>/hers/", views.hers, name="hers"),
]
