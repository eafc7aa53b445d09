"""Addresses of the numbers."""

from django.urls import path

from careloom.outcomes import views

app_name = "outcomes"
urlpatterns = [
    path("", views.home, name="home"),
    path("card/", views.report_card, name="card"),
    path("card.pdf", views.report_card_paper, name="card_paper"),
    path("from-birth-to-help/", views.ways, name="cascade"),
    path("indicators/<str:code>/", views.indicator, name="indicator"),
    path("publishing/", views.publishing, name="publishing"),
    path("quality/", views.quality, name="quality"),
    path("what-others-published/", views.others, name="others"),
    path("indicators/<str:code>/figures.<str:kind>", views.figures_file, name="figures_file"),
    path("federal-three/", views.federal_three, name="federal_three"),
    path("federal-three.csv", views.download, name="download"),
]
