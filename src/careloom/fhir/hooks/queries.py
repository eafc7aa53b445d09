"""Reads of hooks and of what was told. No person is in them."""

from __future__ import annotations

from django.db.models import QuerySet

from careloom.fhir.hooks.models import Delivery, Hook
from careloom.fhir.models import SystemClient


def hook_of(client: SystemClient) -> Hook | None:
    """Where a system is told of changes, unless that has ended."""
    return Hook.objects.filter(client=client, ended_at=None).first()


def told(hook: Hook) -> QuerySet[Delivery]:
    """What was told and what waits, the newest first: a list for pages."""
    return Delivery.objects.filter(hook=hook).order_by("-at", "pk")
