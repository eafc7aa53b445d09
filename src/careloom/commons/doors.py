"""The doors of a collaborative's rooms: one line each, in the order in which the house shows them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True, kw_only=True)
class Door:
    """A room: its words, the name of its address (which takes the collaborative's id), and the icon."""

    words: Any
    to: str
    icon: str

    def url(self, collaborative_id: UUID) -> str:
        """Where it leads in one collaborative."""
        return reverse(f"commons:{self.to}", args=[collaborative_id])


DOORS: tuple[Door, ...] = (
    Door(words=_("Meetings"), to="meetings", icon="event"),
    Door(words=_("Barriers"), to="barriers", icon="trending_up"),
    Door(words=_("Guidance and changes"), to="changes", icon="campaign"),
    Door(words=_("Agreements"), to="agreements", icon="verified"),
    Door(words=_("Aims"), to="aims", icon="flag"),
    Door(words=_("Services and gaps"), to="inventory", icon="map"),
    Door(words=_("Partners"), to="partners", icon="groups"),
    Door(words=_("Knowing each other"), to="knowledge", icon="school"),
    Door(words=_("Looking at ourselves"), to="surveys", icon="visibility"),
)
