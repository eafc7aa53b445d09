"""Who reads the numbers: by a role, or because she sits in a committee, team or group that answers for them.

What she reads of others is what is published, which anybody may read on the public site; row security keeps the exact counts to whom they belong.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse

from careloom.agencies.roles import Permission
from careloom.agencies.signed_in import viewer_of
from careloom.infra.access import NotVisible
from careloom.partnership.standing import sits_somewhere

View = Callable[..., HttpResponse]


def reads_numbers(view: View) -> View:
    """Let only workers reach the view whose role reads counts, or who hold a seat in a collaborative. For the others it is not there."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        viewer = viewer_of(request)
        if not viewer.can(Permission.COUNTS_READ) and not sits_somewhere(viewer=viewer):
            raise NotVisible
        return view(request, *args, **kwargs)

    # The bar names the numbers to those who have them by role; who reads them by her seat finds them in the rooms where she sits.
    guarded.careloom_needs = frozenset({Permission.COUNTS_READ})  # type: ignore[attr-defined]
    return guarded
