"""The places of a family, as the tabs above each of its pages: by the worker's permissions alone, never by what is recorded."""

from __future__ import annotations

from uuid import UUID

from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from careloom.agencies.roles import Permission as P
from careloom.infra.access import Viewer
from careloom.infra.ui.components import Tabs

#: Key, words, address (of an app above this one, known by its name), and the permission that opens it.
PLACES = (
    ("plan", gettext_noop("Plan"), "desk:family", P.FAMILY_READ),
    ("story", gettext_noop("Story so far"), "desk:story", P.FAMILY_READ),
    ("treatment", gettext_noop("Treatment"), "treatment:family", P.TREATMENT_READ),
    ("safety", gettext_noop("Safety"), "safety:family", P.SAFETY_READ),
    ("case", gettext_noop("Case and custody"), "permanency:family", P.CASE_READ),
    ("forms", gettext_noop("Forms"), "screening:family", P.FORMS_FILL),
    ("consents", gettext_noop("Consents"), "consents:family", P.FAMILY_READ),
    ("messages", gettext_noop("Messages"), "messages:family", P.FAMILY_READ),
    ("appointments", gettext_noop("Appointments"), "desk:appointments", P.FAMILY_READ),
    ("documents", gettext_noop("Documents"), "desk:documents", P.FAMILY_READ),
)


def family_tabs(*, viewer: Viewer, identity_id: UUID, here: str) -> Tabs:
    """The tabs of a family for `viewer`; a place without a page is left out. No query."""
    found = ((_(label), _address(name, identity_id), key == here) for key, label, name, needed in PLACES if viewer.can(needed))
    return Tabs(label=_("This family"), items=tuple(item for item in found if item[1]))


def _address(name: str, identity_id: UUID) -> str:
    try:
        return reverse(name, args=[identity_id])
    except NoReverseMatch:
        return ""
