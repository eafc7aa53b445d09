"""Random posts to the signing page itself: every consent that the database holds afterwards conforms and stands apart."""

from __future__ import annotations

import random
from typing import Any

import pytest
from tests.factories.agencies import viewer
from tests.factories.papers import a_scan
from tests.generative.consents.test_builder_never_invalid import check, good
from tests.integration.consents.conftest import Screens, screens

from careloom.consents.forms import sharing
from careloom.consents.forms.wishes import WISHES
from careloom.consents.models import Consent
from careloom.infra.access import acting_as

__all__ = ["screens"]
pytestmark = pytest.mark.slow
POSTS, SEED = 60, 7
ODD = ["", "0", "none", "DATE", "treatment", "PLAN", "\x00", "x" * 300, "2020-01-01"]


def a_post(dice: random.Random, world: Screens) -> dict[str, Any]:
    """A form of a random wish near one that is signed: two fields changed, dropped or filled with something odd."""
    code = dice.choice(sorted(WISHES))
    near = {"wish": code if code != "TOGETHER" else "", "how": "SCREEN", "typed": "Practice Mother", **good(code)}
    near.pop("hub", None)
    for name in dice.sample(["share", "purposes", "until", "until_on", "named", "matter", "condition", "stops_when", "recipients", "how", "who"], 2):
        values = {
            "share": list(sharing.EVERY_GROUP), "purposes": list(sharing.WHY), "until": [*sharing.EVENTS, "30"], "how": ["SPOKEN", "PAPER", "SCREEN"],
            "who": ["guardian", "spouse", "PARENT", "program_director"], "recipients": [str(world.world.harbor.pk), str(world.world.st_agnes.pk)],
        }.get(name, ODD)  # fmt: skip
        near[name] = dice.choice([dice.choice(values), dice.choice(ODD), []])
    if near["how"] == "PAPER":
        near |= {"scan": a_scan(), "name_on_paper": "Practice Mother", "signed_on": "2026-11-01"}
    return near


def test_whatever_is_posted_the_consents_that_are_kept_conform(screens: Screens) -> None:
    dice, answers = random.Random(SEED), []
    for number in range(POSTS):
        answers.append(screens.post("sign", a_post(dice, screens) | {"request_key": f"post-{number}"}).status_code)
    assert set(answers) <= {200, 302, 404, 422}
    with acting_as(viewer(screens.world.dana)):
        kept = list(Consent.objects.filter(identity_id=screens.mother))
    assert len(kept) == answers.count(302) > 5
    assert answers.count(422) > 5
    for row in kept:
        check(row, holder=screens.world.riverbend, age=None, dead=False)
