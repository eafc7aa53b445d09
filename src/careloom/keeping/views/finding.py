"""Looking for a family by its name in the agency's own records, on a page that then does something with it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.http import HttpRequest, QueryDict

from careloom.infra.access import Viewer
from careloom.infra.access.accounting import account
from careloom.keeping import presenters, queries
from careloom.keeping.forms import NameForm


@dataclass(frozen=True, kw_only=True)
class Sought:
    """`asked` is the form of the name; `families` are those to choose from, value and name; `posted` is what the page's own form sent, if it did."""

    asked: NameForm
    name: str
    families: list[tuple[str, str]]
    posted: QueryDict | None

    @property
    def none(self) -> bool:
        """A name was looked for and nobody has it."""
        return bool(self.name) and not self.families

    @property
    def only(self) -> str | None:
        """The one that was found, which is then chosen already."""
        return self.families[0][0] if len(self.families) == 1 else None


def seek(request: HttpRequest, *, viewer: Viewer, place: str, field: str, at: datetime) -> Sought:
    """What was looked for, by a POST of its own so that the name stands in no address; or the family that the page's form names in `field`.
    Whoever is shown is accounted for."""
    looking = request.method == "POST" and "name" in request.POST
    asked = NameForm(request.POST if looking else None)
    name = asked.cleaned_data["name"] if looking and asked.is_valid() else ""
    if name:
        known = {one.identity_id: one.found for one in queries.families_named(viewer=viewer, text=name)}
    else:
        known = queries.own_names(viewer=viewer, identity_ids=_chosen(request.POST.get(field, "")))
    account(viewer=viewer, place=place, rows=known.values(), at=at)
    families = [(str(identity), presenters.family_name(row)) for identity, row in known.items()]
    return Sought(asked=asked, name=name, families=families, posted=request.POST if request.method == "POST" and not looking else None)


def _chosen(family: str) -> set[UUID]:
    try:
        return {UUID(family)}
    except ValueError:
        return set()
