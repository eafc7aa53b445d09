"""The dashboard of the numbers: every indicator as a sentence, the five Rs first, for the state or for a place."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from careloom.agencies.roles import Permission
from careloom.infra.packs import current_pack
from careloom.infra.ui.components import Link, Tabs
from careloom.kernel.indicators.definition import Domain
from careloom.outcomes.presenters import dashboard as shown
from careloom.outcomes.presenters.cascade import answer_words, cascade
from careloom.outcomes.presenters.labels import DOMAINS
from careloom.outcomes.presenters.policies import ASKED, side_by_side
from careloom.outcomes.presenters.rows import of_domain
from careloom.outcomes.presenters.spoken import spoken
from careloom.outcomes.queries import aimed, numbers
from careloom.outcomes.queries.answering import answer_to
from careloom.outcomes.queries.numbers import Book
from careloom.outcomes.views.asked import Asked, asked
from careloom.outcomes.views.readers import reads_numbers


@require_safe
@reads_numbers
def home(request: HttpRequest) -> HttpResponse:
    """All indicators, or those of children, parents, families or the partnership; for everybody, or for one place."""
    ask = asked(request)
    domain = next((one for one in Domain if one.value == request.GET.get("of")), None)
    context = {"nav": "numbers", "exact": numbers.sight_of(ask.viewer).exact, "ask": ask, "by_role": ask.viewer.can(Permission.COUNTS_READ)}
    if ask.snapshot is None:
        return render(request, "outcomes/home.html", context)
    book = ask.book()
    found = shown.dashboard(book, of_domain(spoken(), domain), aimed.aims_of(viewer=ask.viewer), do=_answers(ask, book))
    context |= {
        "policies": side_by_side(spoken(), numbers.by_groups(viewer=ask.viewer, snapshot=ask.snapshot, codes=ASKED, by="arm"))
        if not ask.place and domain is None else None,
        "found": found, "tabs": _tabs(domain, ask.place), "domain": domain.value if domain else "", "again": shown.run_again(book),
        "trust": shown.trust(book, threshold=current_pack().suppression.threshold),
    }  # fmt: skip
    return render(request, "outcomes/home.html", context)


def _answers(ask: Asked, book: Book) -> dict[str, Link]:
    """The barrier that answers the largest loss on the way to help, beside that step."""
    way = cascade(book, ask.reasons())
    if way is None or way.worst is None:
        return {}
    _words, link = answer_words(answer_to(viewer=ask.viewer, reasons=way.worst.codes))
    return {way.worst.code: link} if link else {}


def _tabs(domain: Domain | None, place: str) -> Tabs:
    base = reverse("outcomes:home")
    beside = {"place": place} if place else {}
    every = (_("Everything"), base + (f"?{urlencode(beside)}" if beside else ""), domain is None)
    rest = [(str(words), f"{base}?{urlencode({'of': one.value, **beside})}", one is domain) for one, words in DOMAINS.items()]
    return Tabs(label=_("Whom the numbers speak of"), items=(every, *rest))
