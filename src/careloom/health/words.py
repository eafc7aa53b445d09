"""The words of a label for workers who see the fact: that it tells about substance use, and why it is said to."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from careloom.health.labeling import labels_of
from careloom.health.models import SourcedRecord
from careloom.infra.access.records import FamilyRecord
from careloom.kernel.labels import Secret, Why

WHY: dict[Why, Any] = {
    Why.SOURCE: gettext_lazy("a treatment program wrote it"),
    Why.RECEIVED: gettext_lazy("it came from a treatment program"),
    Why.CODE: gettext_lazy("its code, medicine or test says so"),
    Why.AUTHOR: gettext_lazy("who wrote it, or where, says so"),
    Why.INFERENCE: gettext_lazy("it says so beside other facts"),
    Why.TEXT: gettext_lazy("a word in it says so, which is a hint and no proof"),
}


def mark(row: FamilyRecord) -> str:
    """Why a clinical fact tells about substance use, as one line; empty where it does not. Only for who sees the row."""
    if not isinstance(row, SourcedRecord):
        return ""
    found = labels_of(row)
    if not found.tells:
        return ""
    whose = _("It is the mother’s to tell.") if found.about is Secret.MOTHER else ""
    said = _("Tells about substance use: %(why)s.") % {"why": WHY[found.why]}
    return f"{said} {whose}".strip()
