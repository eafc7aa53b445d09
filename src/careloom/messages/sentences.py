"""The neutral sentences that may leave by e-mail or SMS. None names a program, an agency, a substance or a plan of safe care.

Reading grade 6 or below; the Spanish waits for a native reviewer (see docs).
"""

from __future__ import annotations

SENTENCES: dict[str, dict[str, str]] = {
    "TEAM_WROTE": {"en": "Family plan: your team wrote to you.", "es": "Plan familiar: su equipo le escribió."},
    "SIGN_IN": {"en": "Family plan: open your page here. The link works once.", "es": "Plan familiar: abra su página aquí. El enlace sirve una vez."},
    "VISIT_TOMORROW": {"en": "Family plan: you have a visit tomorrow.", "es": "Plan familiar: usted tiene una visita mañana."},
    "QUESTION": {"en": "Family plan: your team has one question.", "es": "Plan familiar: su equipo tiene una pregunta."},
    "HANDOUT": {"en": "Family plan: your team has a page for you to read.", "es": "Plan familiar: su equipo tiene una página para usted."},
    "NEW_PHONE": {"en": "Family plan: a new phone opened your page.", "es": "Plan familiar: otro teléfono abrió su página."},
}


def text_of(code: str, *, language: str) -> str:
    """The sentence with this code. Raises KeyError for a code that is not on the list, so that free text cannot be sent."""
    return SENTENCES[code].get(language, SENTENCES[code]["en"])
