"""Words that she reads: the grounds of a no, on her pages and in a letter. Reading grade 6; complete in Spanish."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

GROUNDS: dict[str, Any] = {
    "NOTES": _("Private notes of talks are kept apart."), "LITIGATION": _("It was made for a case in court."),
    "CONFIDENTIAL_SOURCE": _("Someone told it in private."), "DANGER": _("Someone could get badly hurt."),
    "OTHER_PERSON": _("It is about another person too."), "REPRESENTATIVE": _("Someone else asked for you."),
    "NOT_HELD": _("They do not have this record."), "NOT_VERIFIED": _("They could not be sure that it was you."),
    "ACCURATE": _("They find that the record is right."), "NOT_OURS": _("Someone else wrote it. Ask them."),
    "NOT_IN_RECORD": _("It is not in your record there."), "NOT_OPEN_TO_HER": _("It is a part that is kept apart."),
    "NOT_INTERMEDIARY": _("They do not pass records on for others."), "NOT_AGREED": _("They do not agree. They do not have to."),
    "NOT_PAID": _("It was not all paid by you."), "REQUIRED_BY_LAW": _("A law makes them share it."),
    "NOT_WORKABLE": _("They cannot do it this way."), "NO_ADDRESS": _("They need a number or an address from you."),
}  # fmt: skip
