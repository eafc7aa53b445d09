"""Addresses of disclosures, under /disclosures/."""

app_name = "disclosures"
urlpatterns: list[object] = []
