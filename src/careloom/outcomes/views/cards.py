"""The report card, on screen and on paper, and the cascade with what answers its largest loss."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from careloom.infra import access, clock
from careloom.infra.documents.handing import document
from careloom.infra.packs import current_pack
from careloom.outcomes.papers.card import card_pdf
from careloom.outcomes.presenters.cards import FAIR, Card, card
from careloom.outcomes.presenters.cascade import answer_words, cascade
from careloom.outcomes.presenters.indicator import counted_on
from careloom.outcomes.presenters.newest import waits
from careloom.outcomes.presenters.spoken import spoken
from careloom.outcomes.queries import aimed, numbers
from careloom.outcomes.queries.answering import answer_to
from careloom.outcomes.views.asked import Asked, asked
from careloom.outcomes.views.readers import reads_numbers


@require_safe
@reads_numbers
def report_card(request: HttpRequest) -> HttpResponse:
    """How families are doing, on one page."""
    ask = asked(request)
    found = _card(ask)
    context = {"nav": "numbers", "ask": ask, "card": found, "counted": counted_on(ask.snapshot) if ask.snapshot else ""}
    if found is not None:
        context["do_words"], context["do_link"] = _answer(ask, found)
    return render(request, "outcomes/card.html", context)


@require_safe
@reads_numbers
def report_card_paper(request: HttpRequest) -> HttpResponse:
    """The report card as a paper.

    :raises access.NotVisible: nothing was counted yet.
    """
    ask = asked(request)
    found = _card(ask)
    if found is None or ask.snapshot is None:
        raise access.NotVisible
    return document(card_pdf(found, at=clock.now()), name="report-card")


@require_safe
@reads_numbers
def ways(request: HttpRequest) -> HttpResponse:
    """From birth to help: each step with what is lost before it and why, and the barrier that answers the largest loss."""
    ask = asked(request)
    context = {"nav": "numbers", "ask": ask}
    if ask.snapshot is not None:
        book = ask.book()
        found = cascade(book, ask.reasons())
        context |= {"why": "" if found else waits("CASCADE_PLAN", book.years("CASCADE_PLAN")), "cascade": found, "counted": counted_on(ask.snapshot)}
        if found is not None and found.worst is not None:
            words, link = answer_words(answer_to(viewer=ask.viewer, reasons=found.worst.codes))
            context |= {"do_words": words, "do_link": link}
    return render(request, "outcomes/cascade.html", context)


def _card(ask: Asked) -> Card | None:
    if ask.snapshot is None:
        return None
    groups = [] if ask.place else numbers.of_indicator(viewer=ask.viewer, snapshot=ask.snapshot, code=FAIR)[0]
    return card(
        book=ask.book(), indicators=spoken(), aims=aimed.aims_of(viewer=ask.viewer), groups=groups, reasons=ask.reasons(),
        threshold=current_pack().suppression.threshold, place=ask.place_words, links=True,
    )  # fmt: skip


def _answer(ask: Asked, found: Card) -> tuple[str, object]:
    if found.cascade is None or found.cascade.worst is None:
        return "", None
    return answer_words(answer_to(viewer=ask.viewer, reasons=found.cascade.worst.codes))
