"""Addresses of cases, under /cases/."""

from django.urls import path

from careloom.permanency import addresses  # noqa: F401  (its converters)
from careloom.permanency.views import acting, family, notice, papers

app_name = "permanency"
urlpatterns = [
    path("of/<uuid:identity_id>/", family.family, name="family"),
    path("of/<uuid:identity_id>/report/", papers.report, name="report"),
    path("of/<uuid:identity_id>/list/<case_list:which>/", family.listed, name="list"),
    path("of/<uuid:identity_id>/<case_deed:deed>/", acting.of_family, name="deed"),
    path("row/<uuid:case_row_id>/take-back/", acting.take_back, name="take_back"),
    path("row/<uuid:case_row_id>/<case_row_deed:row_deed>/", acting.of_row, name="row"),
    path("paper/<uuid:paper_id>/<case_file:file>/", papers.paper, name="paper"),
    path("notice/<uuid:notice_id>/", notice.notice, name="notice"),
]
