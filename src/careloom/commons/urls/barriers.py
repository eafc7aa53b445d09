"""Addresses of barriers: the register, one journey and its deeds, the queue of oversight, and what goes up and comes down."""

from django.urls import path

from careloom.commons.views import barriers, barriers_deeds

HOUSE, ONE = "<uuid:collaborative_id>/barriers/", "<uuid:collaborative_id>/barriers/<uuid:barrier_id>/"

urlpatterns = [
    path(HOUSE, barriers.register, name="barriers"),
    path(f"{HOUSE}new/", barriers.new, name="barrier_new"),
    path(f"{HOUSE}queue/", barriers.queue, name="barrier_queue"),
    path(f"{HOUSE}up-and-down/", barriers.channel, name="barrier_channel"),
    path(f"{HOUSE}up-and-down/new/", barriers.post_down, name="barrier_post"),
    path(ONE, barriers.journey, name="barrier"),
    path(f"{ONE}triage/", barriers_deeds.triage, name="barrier_triage"),
    path(f"{ONE}tried/", barriers_deeds.tried, name="barrier_try"),
    path(f"{ONE}up/", barriers_deeds.up, name="barrier_up"),
    path(f"{ONE}decide/", barriers_deeds.decide, name="barrier_decide"),
    path(f"{ONE}outcome/", barriers_deeds.outcome, name="barrier_outcome"),
    path(f"{ONE}guidance/", barriers_deeds.guidance, name="barrier_guidance"),
    path(f"{ONE}pilot/", barriers_deeds.pilot, name="barrier_pilot"),
    path(f"{ONE}resolve/", barriers_deeds.resolve, name="barrier_resolve"),
    path(f"{ONE}tell/", barriers_deeds.tell, name="barrier_tell"),
    path(f"{ONE}gone/", barriers_deeds.gone, name="barrier_confirm"),
    path(f"{ONE}again/", barriers_deeds.again, name="barrier_reopen"),
    path(f"{ONE}close/", barriers_deeds.close, name="barrier_close"),
    path(f"{ONE}tries/new/", barriers_deeds.cycle, name="barrier_cycle"),
    path(f"{ONE}tries/<uuid:cycle_id>/", barriers_deeds.cycle_end, name="barrier_cycle_end"),
]
