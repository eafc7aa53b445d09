"""The address of the one-time page, at the root so that it is short and says nothing of plans."""

from __future__ import annotations

from django.urls import path

from careloom.plans.referrals import link_views

app_name = "referral_page"
urlpatterns = [path("<str:token>/", link_views.page, name="page")]
