"""Addresses of meetings, decisions, promises, and what partners bring."""

from django.urls import path

from careloom.commons.views import meetings, meetings_agenda, meetings_outcomes, meetings_partners, meetings_room

ONE, BODY = "<uuid:collaborative_id>/meetings/", "<uuid:collaborative_id>/bodies/<uuid:body_id>/meetings/"
urlpatterns = [
    path(ONE, meetings.home, name="meetings"),
    path(f"{ONE}attendance/", meetings_partners.attendance, name="attendance"),
    path(f"{ONE}visits/", meetings_partners.visits, name="visits"),
    path(f"{ONE}minimum/", meetings_partners.minimum, name="minimum"),
    path(f"{ONE}minimum/<uuid:partner_id>/", meetings_partners.represents, name="represents"),
    path(f"{ONE}commitments/", meetings_partners.commitments, name="commitments"),
    path(f"{ONE}commitments/<uuid:partner_id>/commit/", meetings_partners.commit, name="commit"),
    path(f"{ONE}commitments/<uuid:partner_id>/report/", meetings_partners.report, name="report"),
    path(f"{ONE}commitments/<uuid:partner_id>/load/", meetings_partners.load_signals, name="load"),
    path(f"{ONE}commitments/<uuid:partner_id>/priority/", meetings_partners.priority, name="priority"),
    path(f"{ONE}decisions/", meetings_outcomes.decisions, name="decisions"),
    path(f"{ONE}decisions/<uuid:decision_id>/", meetings_outcomes.decision, name="decision"),
    path(f"{ONE}promises/", meetings_outcomes.promises, name="promises"),
    path(f"{ONE}promises/<uuid:action_id>/", meetings_outcomes.promise, name="promise"),
    path(BODY, meetings.of_body, name="body_meetings"),
    path(f"{BODY}series/", meetings.series, name="series"),
    path(f"{BODY}new/", meetings.new, name="meeting_new"),
    path(f"{BODY}calendar.ics", meetings.body_calendar, name="body_calendar"),
    path(f"{ONE}<uuid:meeting_id>/", meetings_agenda.meeting, name="meeting"),
    path(f"{ONE}<uuid:meeting_id>/edit/", meetings.edit, name="meeting_edit"),
    path(f"{ONE}<uuid:meeting_id>/cancel/", meetings.cancel, name="meeting_cancel"),
    path(f"{ONE}<uuid:meeting_id>/meeting.ics", meetings.meeting_calendar, name="meeting_calendar"),
    path(f"{ONE}<uuid:meeting_id>/agenda/", meetings_agenda.agenda, name="agenda"),
    path(f"{ONE}<uuid:meeting_id>/agenda/new/", meetings_agenda.item, name="agenda_item"),
    path(f"{ONE}<uuid:meeting_id>/step/", meetings_agenda.step, name="meeting_step"),
    path(f"{ONE}<uuid:meeting_id>/agenda.pdf", meetings_agenda.agenda_paper, name="agenda_paper"),
    path(f"{ONE}<uuid:meeting_id>/minutes.pdf", meetings_agenda.minutes_paper, name="minutes_paper"),
    path(f"{ONE}<uuid:meeting_id>/room/", meetings_room.room, name="meeting_room"),
    path(f"{ONE}<uuid:meeting_id>/room/attendance/", meetings_room.attendance, name="meeting_attendance"),
]
