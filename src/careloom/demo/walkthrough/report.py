"""Says what was allowed and what was refused, one line each, and remembers what was not as expected."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from careloom.infra.access import NotVisible

Say = Callable[[str], None]


class WalkthroughStopped(Exception):  # noqa: N818  (an answer: nothing further can be shown)
    """The walkthrough cannot go on; the text is a sentence with the next step and holds no personal data."""

    tells_next_step = True


@dataclass(kw_only=True)
class Report:
    """The lines of a walkthrough. `failed` holds what was expected and did not hold."""

    say: Say
    failed: list[str] = field(default_factory=list)
    held: int = 0

    def step(self, number: int, title: str) -> None:
        """Begin a step of the main job."""
        self.say(f"{number}. {title}")

    def allowed(self, sentence: str, held: bool) -> None:
        """Something that must work."""
        self._line("allowed", sentence, held)

    def refused(self, sentence: str, held: bool) -> None:
        """Something that must not work."""
        self._line("refused", sentence, held)

    def need(self, sentence: str, held: bool) -> None:
        """Something without which nothing further can be shown."""
        self._line("allowed", sentence, held)
        if not held:
            raise WalkthroughStopped("The walkthrough stops here, because each further step builds on this one.")

    def _line(self, word: str, sentence: str, held: bool) -> None:
        self.held += held
        if held:
            self.say(f"   {word}: {sentence}")
        else:
            self.failed.append(sentence)
            self.say(f"   NOT AS EXPECTED ({word}): {sentence}")


def hidden(ask: Callable[[], object]) -> bool:
    """Whether asking gives the one answer for what is hidden or absent."""
    try:
        ask()
    except NotVisible:
        return True
    return False
