"""Words of the pages on telling."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

EVENTS: dict[str, Any] = {
    "referral.changed": _("A referral went a step on"),
    "plan.changed": _("A plan of safe care changed"),
    "consent.changed": _("A consent began or ended"),
}
GAPS: dict[str, Any] = {
    "ENDED": _("The access of this system has ended. Register it again first."),
    "EVENTS": _("Choose at least one, among what the system may read."),
    "SCHEME": _("The address must begin with https, so that nobody on the way reads or changes what is sent."),
    "FORM": _("This is not a whole address. It looks like https://hooks.example.org/careloom, without a name and password in it."),
    "UNKNOWN": _("Nothing is found at this address. Check how it is written."),
    "INSIDE": _("This address lies inside a private network. Careloom calls public addresses only."),
}
WHY: dict[str, Any] = {
    **{code: GAPS[code] for code in ("SCHEME", "FORM", "UNKNOWN", "INSIDE")},
    "TLS": _("Its certificate does not prove the address."),
    "TIME": _("It did not answer in time."),
    "NETWORK": _("It could not be reached."),
    "410": _("It says that nobody listens there any more."),
}
