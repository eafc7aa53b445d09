"""What other apps' pages show while somebody is written down: who may be that person already."""

from __future__ import annotations

from django.http import HttpRequest

from careloom.agencies.queries import agencies_by_id
from careloom.agencies.signed_in import agency_of, viewer_of
from careloom.infra import clock
from careloom.infra.access.accounting import account
from careloom.infra.ui.components import ListRow
from careloom.people.actions import PersonFacts
from careloom.people.matching.entry import alike_to
from careloom.people.presenters import alike_lines

#: The field by which a form says that its writer has seen them and goes on.
LOOKED = "looked"


def alike_lines_of(request: HttpRequest, facts: PersonFacts, *, place: str, mother: PersonFacts | None = None) -> list[ListRow]:
    """Lines of those who may be the person told, for `people/parts/alike.html`; none once the writer has looked. What is shown is accounted for.

    INVARIANT: the same statements run whether somebody is hidden or not there.
    """
    if request.POST.get(LOOKED):
        return []
    viewer = viewer_of(request)
    found = alike_to(viewer=viewer, facts=facts, mother=mother)
    account(viewer=viewer, place=place, rows=[alike.record for alike in found], at=clock.now())
    return alike_lines(found, agencies=agencies_by_id(ids={alike.record.holder_id for alike in found}), own=agency_of(request))
