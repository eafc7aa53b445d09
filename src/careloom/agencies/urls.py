"""Addresses of sign-in, of the worker herself, and of an agency's members. Included at the root."""

from django.urls import path

from careloom.agencies.roles import CATEGORIES
from careloom.agencies.views import keeping, looks, me, members, opening, reason, session, wording

app_name = "agencies"

urlpatterns = [
    path("agency/", session.switch, name="switch"),
    path("agency/members/", members.members, name="members"),
    path("agency/members/invite/", members.invite, name="invite"),
    path("agency/members/<uuid:membership_id>/", members.member, name="member"),
    path("agency/members/<uuid:membership_id>/end/", members.end, name="end"),
    path("agency/members/<uuid:membership_id>/link/", members.send_link, name="send_link"),
    path("agency/looks/", looks.looks, name="looks"),
    path("agency/looks/file/", looks.log_file, name="log_file"),
    path("agency/keeping/", keeping.keeping, name="keeping"),
    path("agency/words/", wording.said, name="said"),
    path("agency/opens/", opening.opens, name="opens"),
    # One address for each role that opens family records, so that no address takes whatever somebody types.
    *(path(f"agency/opens/{role.value}/", opening.role_opens, {"role": role.value}, name="role_opens") for role in CATEGORIES),
    path("reason/", reason.reason, name="reason"),
    path("lock/", session.lock_now, name="lock"),
    path("unlock/", session.unlock, name="unlock"),
    path("unlock/kept/", session.kept, name="kept"),
    path("me/", me.me, name="me"),
    path("me/pin/", me.pin, name="pin"),
    path("me/workstation/", me.workstation, name="workstation"),
    path("no-account/", session.no_account, name="no_account"),
    path("demo/", session.demo, name="demo"),
    path("demo/enter/", session.demo_enter, name="demo_enter"),
]
