"""Her time line: plain dates of her case, and what helps."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from careloom.infra import clock
from careloom.people.queries import infants_of
from careloom.permanency.hers import HerCase, her_cases
from careloom.portal.door import hers
from careloom.portal.presenters import local
from careloom.portal.views.hers import her_of


@hers
@require_safe
def timeline(request: HttpRequest) -> HttpResponse:
    """When the judge looks again, when she sees her child, what she and others do, and what helps. The same page where there is no case."""
    her, at = her_of(request), clock.now()
    cases = her_cases(viewer=her.viewer, identity_id=her.identity_id, at=at)
    babies = infants_of(viewer=her.viewer, mother_ids=[her.identity_id])
    names = {row.identity_id: row.preferred_name or row.given_name for row in babies}
    return render(request, "portal/timeline.html", {"cases": [_shown(found, names=names) for found in cases]})


def _shown(found: HerCase, *, names: dict[Any, str]) -> dict[str, Any]:
    dates = [(care.since, _("%(name)s went into care.") % {"name": names.get(care.child_id) or _("Your child")}) for care in found.cares]
    dates += [
        (local(row.starts_at).date(), _("You see the judge at %(hour)s.") % {"hour": date_format(local(row.starts_at), "g:i A")})
        for row in found.hearings
    ]
    dates += [
        (local(row.starts_at).date(), _("You see your child at %(hour)s.") % {"hour": date_format(local(row.starts_at), "g:i A")})
        for row in found.visits
    ]
    dates += [(found.review.due_on, _("Your team looks at the plan with you by this day."))] if found.review else []
    dates += [(found.court.next_review_on, _("Your treatment court meets."))] if found.court and found.court.next_review_on else []
    dates += [
        (care.judge_by, _("By this day the judge must look at where %(name)s will live.") % {"name": names.get(care.child_id) or _("your child")})
        for care in found.cares
    ]
    return {
        "found": found, "dates": [(date_format(day), text) for day, text in sorted(dates, key=lambda pair: pair[0])], "in_care": bool(found.cares),
        "more_time": any(care.more_time for care in found.cares), "days_out": sum(care.days_out for care in found.cares),
    }  # fmt: skip
