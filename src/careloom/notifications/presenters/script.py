"""What the mother is told, in her language, from the words of the pack."""

from __future__ import annotations

from dataclasses import dataclass

from careloom.kernel.notification import NotificationAnswer, Notify, ReasonCode
from careloom.kernel.packs import Pack


@dataclass(frozen=True, kw_only=True)
class Script:
    """Sentences in one language. `reviewed_by` is empty until a person has checked the words for mothers."""

    language: str
    sentences: tuple[str, ...]
    reviewed_by: str

    @property
    def text(self) -> str:
        """All of it, to be read aloud."""
        return " ".join(self.sentences)


def script(*, answer: NotificationAnswer, pack: Pack, language: str) -> Script:
    """What to tell her before anything is sent: what leaves, what it is not, and that the plan is hers."""
    keys = []
    if answer.report:
        keys.append("mother.notification.report")
    if answer.notify is Notify.DEIDENTIFIED:
        keys.append("mother.notification.without_names")
    elif answer.notify is Notify.IDENTIFIED:
        keys.append("mother.notification.with_names")
    if any(reason.code is ReasonCode.TREATMENT_MEDICATION for reason in answer.because):
        keys.append("mother.notification.no_record_against_you")
    if answer.plan_offered:
        keys += ["mother.plan.what", "mother.plan.not_now"]
    said = (pack.words.say(key=key, language=language) for key in keys)
    return Script(language=language, sentences=tuple(s for s in said if s), reviewed_by=pack.words.reviewed_by or "")
