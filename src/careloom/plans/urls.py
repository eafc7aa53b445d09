"""Addresses of plans."""

from __future__ import annotations

from django.urls import include, path

from careloom.plans.documents import views as documents

app_name = "plans"
urlpatterns = [
    path("<uuid:plan_id>/plan.pdf", documents.plan_pdf, name="document"),
    path("referrals/", include("careloom.plans.referrals.urls")),
]
