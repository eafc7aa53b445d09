"""From birth to help: how many families reach each step, where they are lost and why, and what answers the largest loss (O6)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from careloom.infra.ui.components import Funnel, FunnelStep, Link
from careloom.outcomes.presenters.labels import hidden_words
from careloom.outcomes.presenters.measured import LEAST
from careloom.outcomes.presenters.sentences import number
from careloom.outcomes.queries.answering import Answer
from careloom.outcomes.queries.numbers import Book
from careloom.outcomes.queries.sight import Seen

CODES = ("CASCADE_PLAN", "CASCADE_REFERRED", "CASCADE_ACCEPTED", "CASCADE_STARTED", "CASCADE_KEPT90", "CASCADE_GOAL")
STEPS: dict[str, Any] = {
    "CASCADE_NOTIFIED": lazy("Told to the state"),
    "CASCADE_PLAN": lazy("Have a plan"),
    "CASCADE_REFERRED": lazy("Referred"),
    "CASCADE_ACCEPTED": lazy("Accepted"),
    "CASCADE_STARTED": lazy("Started"),
    "CASCADE_KEPT90": lazy("Kept 90 days"),
    "CASCADE_GOAL": lazy("Met the goal"),
}
REASONS: dict[str, Any] = {
    "FULL": lazy("No place was free"),
    "INELIGIBLE": lazy("The family does not qualify for it"),
    "NO_CONTACT": lazy("Nobody reached the family"),
    "WRONG_SERVICE": lazy("It was not the right service"),
    "NOT_NOW_AGENCY": lazy("The service could not take anybody now"),
    "NOT_NOW": lazy("The family said not now"),
    "NO": lazy("The family said no"),
    "MOVED": lazy("The family moved"),
    "GOT_IT_ELSEWHERE": lazy("The family has it elsewhere"),
    "REROUTED": lazy("Sent to another service"),
    "CONSENT_ENDED": lazy("The consent ended"),
    "SENT_BY_MISTAKE": lazy("Sent by mistake"),
    "DID_NOT_HELP": lazy("It did not help"),
    "DIED": lazy("The infant died"),
    "MOVED_OUT_OF_STATE": lazy("Moved out of the state"),
    "NOT_OFFERED": lazy("Nothing was offered"),
    "REMOVED": lazy("The infant was taken into care"),
    "UNKNOWN": lazy("Nobody wrote down why"),
}


@dataclass(frozen=True, kw_only=True)
class Loss:
    """How many were lost on the way to one step, of how many, and why (the largest first; hidden reasons are named and not counted)."""

    code: str
    label: str
    counted: int
    lost: int
    unripe: int
    reasons: tuple[tuple[str, str], ...]
    codes: tuple[str, ...]
    worst: bool = False


@dataclass(frozen=True, kw_only=True)
class Cascade:
    """The funnel of one period, each loss with its reasons, and the sentence of the largest."""

    period: str
    funnel: Funnel
    losses: tuple[Loss, ...]
    sentence: str
    worst: Loss | None


def cascade(book: Book, reasons: Sequence[Seen] = ()) -> Cascade | None:
    """The cascade of the newest year in which the last steps are known; None where nobody was notified or no year is shown.

    `reasons`: figures by reason.
    """
    years = _years(book)
    if not years:
        return None
    period = years[-1]
    found: Mapping[str, Seen] = {code: one for code in CODES for one in book.figures.get(code, ()) if one.period == period}
    first = found.get("CASCADE_PLAN")
    assert first is not None
    steps = [_step("CASCADE_NOTIFIED", first.counted, hidden="")]
    losses: list[Loss] = []
    for code in CODES:
        one = found.get(code)
        if one is None:
            continue
        count = None if one.hidden else one.met
        lost = None if one.hidden else one.counted - one.met
        note = _("%(n)s of 100 from before") % {"n": number(100 * one.met / one.counted)} if not one.hidden and one.counted else ""
        steps.append(replace(_step(code, count, hidden=one.hidden), note=note, lost=lost))
        if lost is not None:
            why = [row for row in reasons if row.indicator == code and row.period == period]
            mine = sorted(why, key=lambda row: (bool(row.hidden), -row.counted, row.group))
            losses.append(
                Loss(
                    code=code, label=str(STEPS[code]), counted=one.counted, lost=lost, unripe=one.unripe,
                    reasons=tuple((reason_words(row.group), hidden_words(row.hidden) if row.hidden else number(row.counted)) for row in mine),
                    codes=tuple(row.group for row in mine if not row.hidden),
                )
            )  # fmt: skip
    worst = max((one for one in losses if one.lost), key=lambda one: one.lost, default=None)
    funnel = Funnel(title=_("From birth to help"), steps=tuple(steps), headings=(_("Step"), _("Infants"), _("Lost after it")), lost_word=_("lost"))
    return Cascade(
        period=period, funnel=funnel, losses=tuple(replace(one, worst=one is worst) for one in losses), worst=worst, sentence=_sentence(worst, period)
    )


def _years(book: Book) -> list[str]:
    last = {one.period for one in book.years("CASCADE_KEPT90") if not one.hidden and one.unripe * 10 <= one.counted + one.unripe}
    known = [one.period for one in book.years("CASCADE_PLAN") if not one.hidden and one.counted]
    return [period for period in known if period in last] or known


def _step(code: str, count: int | None, *, hidden: str) -> FunnelStep:
    return FunnelStep(label=str(STEPS[code]), count=count, hidden=hidden_words(hidden) if count is None else "")


def _sentence(worst: Loss | None, period: str) -> str:
    if worst is None:
        return _("Nobody was lost on the way in %(when)s.") % {"when": period}
    words = {"when": period, "step": worst.label, "lost": number(worst.lost), "of": number(worst.counted)}
    if worst.counted < LEAST:
        return _("Infants of %(when)s. The largest loss is before “%(step)s”: %(lost)s of %(of)s.") % words
    words["share"] = number(100 * worst.lost / worst.counted)
    told = _("Infants of %(when)s. The largest loss is before “%(step)s”: %(share)s of 100 (%(lost)s of %(of)s).") % words
    if worst.reasons and worst.codes:
        told += " " + _("The reason most often given: %(why)s.") % {"why": worst.reasons[0][0][:1].lower() + worst.reasons[0][0][1:]}
    return told


def reason_words(code: str) -> str:
    """Why somebody was lost, in words."""
    return str(REASONS.get(code, code.replace("_", " ").lower().capitalize()))


def answer_words(answer: Answer | None) -> tuple[str, Link | None]:
    """What we do about the largest loss: the barrier that answers it, or where to raise one."""
    if answer is None:
        return "", None
    if answer.barrier_id is None:
        link = Link(label=_("Raise a barrier"), url=reverse("commons:barrier_new", args=[answer.collaborative_id]))
        return _("No open barrier answers this loss yet."), link
    link = Link(label=_("Follow that barrier"), url=reverse("commons:barrier", args=[answer.collaborative_id, answer.barrier_id]))
    return _("A barrier that may be behind it is being worked on: “%(title)s”.") % {"title": answer.title.rstrip(".")}, link
