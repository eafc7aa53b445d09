"""Refusals in words."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

GAPS = {
    "NOT_ALLOWED": _("Only a privacy officer of this agency can do this. Ask one of them."),
    "NO_REASON": _("Say why in a sentence. It stays with the hold."),
    "PAST": _("This day is over. Choose today or a later day, or leave it empty."),
    "NO_FAMILY": _("Your agency has no record of this family. Look for it by name again."),
}
FIELDS = {"NO_REASON": "reason", "PAST": "last_on", "NO_FAMILY": "scope"}
