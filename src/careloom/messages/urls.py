"""Addresses of messages, under /messages/."""

from django.urls import path

from careloom.messages.views import calendar, contact, threads

app_name = "messages"
urlpatterns = [
    path("of/<uuid:identity_id>/", threads.family, name="family"),
    path("of/<uuid:identity_id>/new/", threads.new, name="new"),
    path("of/<uuid:identity_id>/reach/", contact.reach, name="reach"),
    path("thread/<uuid:thread_id>/", threads.thread, name="thread"),
    path("thread/<uuid:thread_id>/leave/", threads.leave, name="leave"),
    path("paper/<uuid:entry_id>/", threads.paper, name="paper"),
    path("safety/", contact.policy, name="policy"),
    path("calendar/", calendar.mine, name="calendar"),
    path("calendar/<str:secret>/family.ics", calendar.feed, name="feed"),
]
