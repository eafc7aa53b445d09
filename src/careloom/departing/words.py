"""The words of an agency's exports."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from careloom.departing.models import ASKED, DECLINED, FAILED, OVER, READY, STOPPED, WAITING, WRITING

STATES = {
    ASKED: _("Waits for a second person"),
    WAITING: _("Confirmed; writing begins within a minute"),
    WRITING: _("Is being written"),
    STOPPED: _("Stopped"),
    READY: _("Ready to download"),
    DECLINED: _("Not confirmed"),
    FAILED: _("Could not be written. Ask your operator to look at the log, then ask again"),
    OVER: _("Over; the file is gone"),
}
GAPS = {
    "RECEIVER": _("Say who gets the file."),
    "RECIPIENT": _("This is no public key. Paste the 64 letters and digits that the receiver’s command printed."),
    "OPEN": _("Another export of your agency is under way. Let it end, or decline it first."),
    "SAME": _("You asked for it yourself. Another administrator or the privacy officer confirms."),
    "MOVED": _("Somebody was faster: this is how it stands now."),
}
