"""What was decided for a place, in words for whoever starts a plan or gives a copy there (R-015)."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from careloom.kernel.partnership.changes import Question
from careloom.plans.decided import Rules

STARTING: dict[tuple[Question, str], Any] = {
    (Question.CONTENT, "PRODUCT"): gettext_lazy("A plan has the sections that Careloom asks."),
    (Question.CONTENT, "LOCAL"): gettext_lazy("A plan follows the local template."),
    (Question.SHARING, "CONSENT"): gettext_lazy("Each partner reads with her consent."),
    (Question.SHARING, "AGREEMENT"): gettext_lazy("Partners read under their agreement, and with her consent where law asks for it."),
    (Question.ROLES, "HEALTH"): gettext_lazy("Health care leads."),
    (Question.ROLES, "TREATMENT"): gettext_lazy("Treatment leads."),
    (Question.ROLES, "WELFARE"): gettext_lazy("Child welfare leads."),
    (Question.ROLES, "BY_LEVEL"): gettext_lazy("Who leads depends on the level."),
    (Question.PRENATAL, "YES"): gettext_lazy("A plan may begin before the birth."),
    (Question.PRENATAL, "NO"): gettext_lazy("A plan begins at birth, not before."),
}
COPYING: dict[tuple[Question, str], Any] = {
    (Question.FORMAT, "ELECTRONIC"): gettext_lazy("The plan is kept electronically."),
    (Question.FORMAT, "PAPER"): gettext_lazy("The plan is kept on paper."),
    (Question.FORMAT, "BOTH"): gettext_lazy("The plan is kept electronically and on paper."),
    (Question.RECORD, "YES"): gettext_lazy("A copy goes into the medical record."),
    (Question.RECORD, "SUMMARY"): gettext_lazy("Only a summary goes into the medical record."),
    (Question.RECORD, "NO"): gettext_lazy("No copy goes into the medical record."),
}


def follows(question: Question, choice: str) -> str:
    """What an answer brings about in the plans of the place."""
    return str((STARTING | COPYING).get((question, choice), ""))


def decided_lines(rules: Rules, *, about: dict[tuple[Question, str], Any], without_template: bool = False) -> list[dict[str, str]]:
    """One line for each answer that matters on the page: what follows, and who decided it when."""
    return [_line(rules, question, words) for (question, choice), words in about.items() if rules.choice(question) == choice] + list(
        _missing(rules) if without_template else ()
    )  # fmt: skip


def _line(rules: Rules, question: Question, words: Any) -> dict[str, str]:
    one = rules.answers[question]
    return {"words": str(words), "who": _("%(who)s, %(day)s") % {"who": one.partnership, "day": date_format(one.since)}}


def _missing(rules: Rules) -> Iterable[dict[str, str]]:
    if rules.choice(Question.CONTENT) == "LOCAL":
        yield {"words": _("Your agency uses no local template yet. A supervisor chooses one under Templates."), "who": ""}
