"""Addresses under /my/. None of them says what a page is about."""

from django.urls import path

from careloom.portal.views import card, conversations, court, entering, given, hers, learn, reaching, rights, sharing, workers
from careloom.rights import addresses  # noqa: F401  (its converters)

app_name = "portal"

urlpatterns = [
    path("", hers.home, name="home"),
    path("in/<str:token>/", entering.link, name="link"),
    path("sign-in/", entering.sign_in, name="sign_in"),
    path("leave/", entering.leave, name="leave"),
    path("sign-out/", entering.sign_out, name="sign_out"),
    path("demo/", entering.demo, name="demo"),
    path("demo/enter/", entering.demo_enter, name="demo_enter"),
    path("plan/", hers.plan, name="plan"),
    path("plan/<str:kind>/<uuid:item_id>/", hers.say, name="say"),
    path("print/", hers.fridge, name="print"),
    path("goals/new/", hers.goal, name="new_goal"),
    path("goals/<uuid:goal_id>/", hers.goal, name="goal"),
    path("wants/<uuid:need_id>/", hers.want, name="want"),
    path("helped/<uuid:referral_id>/", hers.helped, name="helped"),
    path("visits/", hers.visits, name="visits"),
    path("visits/<uuid:appointment_id>/<str:asks>/", hers.ask, name="ask"),
    path("shared/", sharing.forms, name="forms"),
    path("sharing/<uuid:consent_id>/", sharing.stop, name="stop"),
    path("sharing/<uuid:consent_id>/again/", sharing.renew, name="renew"),
    path("looked/", sharing.looked, name="looked"),
    path("given/", given.given, name="given"),
    path("more/<uuid:reached_id>/", given.more, name="more"),
    path("court/", court.court, name="court"),
    path("supporters/", sharing.supporters, name="supporters"),
    path("card/", card.card, name="card"),
    path("card/use/", card.use, name="card_use"),
    path("card/used/", card.used, name="card_used"),
    path("expect/", learn.expect, name="expect"),
    path("rights/", rights.rights, name="rights"),
    path("rights/ask/<right:right>/", rights.ask, name="right_ask"),
    path("rights/asked/<uuid:right_id>/", rights.right, name="right"),
    path("rights/asked/<uuid:right_id>/paper/", rights.paper, name="right_paper"),
    path("rights/asked/<uuid:right_id>/<she_does:does>/", rights.does, name="right_does"),
    path("told/", rights.told, name="told"),
    path("told/paper/", rights.told_paper, name="told_paper"),
    path("skills/", learn.skills, name="skills"),
    path("facts/", learn.facts, name="facts"),
    path("facts/workers/", workers.facts, name="facts_workers"),
    path("messages/", conversations.conversations, name="messages"),
    path("messages/new/", conversations.write, name="message_new"),
    path("messages/<uuid:thread_id>/", conversations.thread, name="thread"),
    path("messages/<uuid:thread_id>/done/", conversations.done_with, name="thread_done"),
    path("messages/paper/<uuid:entry_id>/", conversations.paper, name="message_paper"),
    path("reach/", reaching.reach, name="reach"),
    path("family/", learn.family, name="family"),
    path("call/", learn.people_to_call, name="call"),
    path("invite/<uuid:mother_id>/", workers.invite, name="invite"),
    path("invite/<uuid:mother_id>/again/", workers.reset, name="reset"),
]
