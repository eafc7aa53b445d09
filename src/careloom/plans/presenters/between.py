"""What she answered between visits, in words."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from django.utils.formats import date_format
from django.utils.translation import get_language, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from careloom.infra.packs import load_pack
from careloom.plans.models import BetweenVisits

ANSWERS = {"YES": _("Yes"), "SOME": pgettext_lazy("between visits", "Some"), "NO": _("No")}


@dataclass(frozen=True, kw_only=True)
class BetweenLine:
    """What she answered on one day: each question with her answer, and her words."""

    day: str
    answers: tuple[tuple[str, str, bool], ...]
    words: str


def questions(*, pack: str) -> dict[str, str]:
    """The questions of a pack by their code, in the language of the page."""
    asked = load_pack(name=pack).following.between_visits.questions
    return {one.code: one.label(get_language() or "en") for one in asked}


def between_lines(rows: Iterable[BetweenVisits], *, pack: str, zone: ZoneInfo) -> list[BetweenLine]:
    """Newest first, as they come. The third part of an answer says whether something is lacking."""
    asked = questions(pack=pack)
    return [
        BetweenLine(
            day=date_format(row.made_at.astimezone(zone), "DATE_FORMAT"), words=row.words,
            answers=tuple((asked.get(code, code), str(ANSWERS[said]), said != "YES") for code, said in row.answers.items()),
        )
        for row in rows
    ]  # fmt: skip
