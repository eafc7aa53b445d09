"""The shape of the words for something that an agency owes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

OPEN = _("Open")


@dataclass(frozen=True, kw_only=True)
class Words:
    """A title around the family's name, why it is there, and what the link says. `%(need)s` and `%(org)s` are filled in.

    `read` is for news: reading it is all there is to do, so Today may mark it as done. `thing` is what a duty about no family is about.
    """

    before: Any
    after: Any = ""
    why: Any = ""
    do: Any = OPEN
    icon: str = ""
    read: bool = False
    did: Any = ""  # what is said of it once it was done; kinds without it are no news
    thing: Any = ""
