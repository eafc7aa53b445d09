"""The sections of her plan said to her, on her pages and on her own copy: their names, what they ask, and how a thing stands."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from careloom.plans.template_body import SectionNow

NAMES: dict[str, Any] = {
    "A": _("Your family and home"),
    "B": _("The birth"),
    "C": _("Your baby"),
    "D": _("Before the birth"),
    "E": _("Your health"),
    "F": _("Staying well"),
    "G": _("Others who care for your baby"),
    "H": _("Help for you and your baby"),
    "I": _("Things for your baby and a safe home"),
    "J": _("What is strong, and what you want"),
    "K": _("Your team"),
    "L": _("The county and the court"),
    "M": _("What you share"),
    "N": _("Your yes"),
}
# What the pack asks workers about her, said to her; a question of a local template stands as it was written.
QUESTIONS: dict[tuple[str, str], Any] = {
    ("A", "HOME"): _("Where your baby goes home to, and with who"),
    ("B", "PAIN"): _("What is done for pain at the birth"),
    ("B", "WHO_TO_CALL"): _("Who to call when the birth starts, and who is with you"),
    ("B", "TOGETHER"): _("How you and your baby stay close"),
    ("B", "SOCIAL_WORK"): _("Who helps you while you stay"),
    ("B", "CHILD_WELFARE"): _("What the county hears, and how you hear of it"),
    ("B", "DISCHARGE"): _("Going home: what must be ready, and who looks in"),
    ("C", "SPECIAL_CARE"): _("Special care at home"),
    ("E", "HEALTH"): _("What your care must watch for"),
    ("F", "STAYING_WELL"): _("What helps you stay well, and who you call"),
    ("I", "SAFE_HOME"): _("More about your home"),
    ("J", "WORRIES"): _("What worries you, and what helps then"),
    ("L", "EXPECTATIONS"): _("What is asked of you, and what you can ask"),
}
STANDS: dict[str, Any] = {
    "YES": _("It is there"),
    "NEEDED": _("You still need it"),
    "ASKED": _("We asked for it"),
    "NOT_NEEDED": _("You do not need it"),
}


def section_name(section: SectionNow, *, language: str) -> str:
    """What a section is called to her; one that a local template added, as it was written."""
    known = NAMES.get(section.code)
    return str(known) if known is not None else section.called(language)


def question_words(section: SectionNow, code: str, *, language: str) -> str:
    """What a section asks, said to her; a question of a local template, as it was written."""
    known = QUESTIONS.get((section.code, code))
    words = section.texts.get(code, {})
    return str(known) if known is not None else words.get(language) or words.get("en", "")


def thing_words(section: SectionNow, code: str, *, language: str) -> str:
    """A thing of her home, as the pack calls it."""
    words = section.checks.get(code, {})
    return words.get(language) or words.get("en", code)


def stands_words(state: str) -> str:
    """How a thing stands."""
    return str(STANDS.get(state, ""))
