"""What a worker fills in on the screens of a plan."""

from __future__ import annotations

import re
from html import unescape
from typing import Any

from django.test import Client
from tests.factories.plans import a_key
from tests.requirements.conftest import saved, text_of

from careloom.plans.models import PlanOfSafeCare


def name_need(client: Client, plan: PlanOfSafeCare, code: str, **facts: Any) -> None:
    """Name a need on its screen; for the mother unless `whose` says otherwise."""
    asked = {"code": code, "title": "", "whose": str(plan.identity_id), "her_choice": "YES", "priority": "2", "request_key": a_key()}
    saved(client.post(f"/plans/{plan.pk}/needs/new/", asked | facts))


def name_goal(client: Client, plan: PlanOfSafeCare, words: str, **facts: Any) -> None:
    """Write down a goal on its screen."""
    saved(client.post(f"/plans/{plan.pk}/goals/new/", {"words": words, "hers": "1", "about": "PARENT", "request_key": a_key()} | facts))


def options(page: str, name: str) -> dict[str, str]:
    """The choices of a select or of radio tiles called `name`: value to words."""
    select = re.search(rf'<select[^>]*name="{name}".*?</select>', page, re.S)
    found = re.findall(r'<option[^>]*value="([^"]*)"[^>]*>([^<]*)<', select[0]) if select else []
    return {value: unescape(words).strip() for value, words in found if value}


def add_to_team(client: Client, plan: PlanOfSafeCare, name: str, role: str, **facts: Any) -> None:
    """Put somebody on the care team on its screen."""
    saved(client.post(f"/plans/{plan.pk}/team/", {"name": name, "role": role, "request_key": a_key()} | facts))


def hold_next_review(client: Client, plan: PlanOfSafeCare, day: Any, finding: str, **facts: Any) -> None:
    """Hold the review that the family page leads to, with one finding for every need that it asks about."""
    link = re.search(rf"/plans/{plan.pk}/reviews/[0-9a-f-]+/", text_of(client.get(f"/families/{plan.identity_id}/")))
    assert link
    page = text_of(client.get(link[0]))
    findings = dict.fromkeys(re.findall(r'name="(finding_[0-9a-f]{32})"', page), finding)
    assert findings
    held = {"held_on": day.isoformat(), "mode": "IN_PERSON", "present": "Her, Worker", "her_rating": "4", "request_key": a_key()}
    saved(client.post(link[0], held | findings | facts))
