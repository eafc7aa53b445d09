"""Addresses of rights, under /rights/."""

from django.urls import path

from careloom.rights import addresses  # noqa: F401  (its converters)
from careloom.rights.views import answering, family, held, register

app_name = "rights"
urlpatterns = [
    path("", register.register, name="register"),
    path("<uuid:right_id>/", register.one, name="one"),
    path("<uuid:right_id>/paper/", register.paper, name="paper"),
    path("<uuid:right_id>/letter/", register.letter, name="letter"),
    path("<uuid:right_id>/<right_does:does>/", answering.answer, name="answer"),
    path("held/<uuid:held_id>/lift/", held.lift, name="lift"),
    path("of/<uuid:identity_id>/held/", held.held, name="held"),
    path("of/<uuid:identity_id>/", family.family, name="family"),
    path("of/<uuid:identity_id>/ask/<right:right>/", family.ask, name="ask"),
]
