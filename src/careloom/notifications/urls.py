"""Addresses of birth notifications, under /births/."""

from django.urls import path

from careloom.notifications.views import after, chart, draft, received, start, steps

app_name = "notifications"
urlpatterns = [
    path("", start.births, name="births"),
    path("new/", start.new, name="new"),
    path("new/typed/", start.typed, name="typed"),
    path("received/", received.inbox, name="received_all"),
    path("received/<uuid:received_id>/", received.one, name="received"),
    path("received/<uuid:received_id>/give/", received.give, name="give"),
    path("<uuid:notification_id>/", draft.birth, name="birth"),
    path("<uuid:notification_id>/decide/", draft.decide, name="decide"),
    path("<uuid:notification_id>/save/", draft.autosave, name="autosave"),
    path("<uuid:notification_id>/conflict/", draft.conflict, name="conflict"),
    path("<uuid:notification_id>/tell/", steps.tell, name="tell"),
    path("<uuid:notification_id>/hand-over/", steps.hand, name="hand_over"),
    path("<uuid:notification_id>/mother/", chart.mother, name="mother"),
    path("<uuid:notification_id>/babies/", chart.babies, name="babies"),
    path("<uuid:notification_id>/receipt/", after.receipt, name="receipt"),
    path("<uuid:notification_id>/correct/", after.correct, name="correct"),
    path("<uuid:notification_id>/withdraw/", after.withdraw, name="withdraw"),
    path("<uuid:notification_id>/card/", after.card, name="card"),
]
