"""The words on paper, in English and Spanish, in the same order. The Spanish waits for a native reviewer.

A copy keeps the language it was made in, so these do not go through the language of whoever prints it.
"""

from __future__ import annotations

from careloom.plans.presenters.words import ROLES

WORDS: dict[str, dict[str, str]] = {
    "en": {
        "of_plan": "{label}, version {number}",
        "agreed": "agreed with {name} on {day}",
        "not_agreed": "not agreed yet",
        "practice": "Practice county. Every person in this document is made up.",
        "what": "What",
        "detail": "Detail",
        "mother": "Mother",
        "baby": "Baby",
        "babies": "Babies",
        "born": "born {day}",
        "lead": "Leads the plan",
        "line": "Care team line, {phone}",
        "next_review": "Next review",
        "contact": "How to reach her",
        "changed": "What changed since version {number}",
        "goals": "What she wants",
        "it_said": "It said: {words}",
        "strengths": "What is strong",
        "needs": "Needs, followed to the end",
        "team": "Care team",
        "name": "Name",
        "role": "Role",
        "phone": "Phone",
        "through_her": "Through her",
        "appointments": "Appointments",
        "when": "When",
        "her_view": "Her view",
        "said_beside": "Beside “{words}” she wrote:",
        "reviews": "Reviews",
        "held": "Held on {day}",
        "due": "Due on {day}",
        "signatures": "Agreement",
        "signed": "{name} agreed on {day} ({how}).",
        "SCREEN": "on the screen",
        "PAPER": "on paper",
        "SPOKEN": "spoken, with a witness",
        "more": "There may be more; ask the care team line.",
        "page": "Page",
        "of": "of",
        "printed": "Printed {day} for {reader}",
        "notice_unreviewed": "This wording has not been checked against the published rule.",
        "choice_YES": "Yes",
        "choice_NOT_NOW": "Not now",
        "choice_NO": "No. Her choice stands.",
        "choice_NOT_ASKED": "Not asked yet",
        "result_MET": "Resolved",
        "result_PARTLY": "Partly resolved",
        "result_UNMET": "Not met",
        "existing": "Already there:",
        "DRAFT": "being written",
        "REQUESTED": "asked",
        "ACCEPTED": "accepted",
        "DECLINED": "answered no",
        "SCHEDULED": "has a date",
        "ATTENDED": "began",
        "NO_SHOW": "the visit did not happen",
        "WAITLISTED": "on the waiting list",
        "COMPLETED": "done",
        "CANCELLED": "called off",
        "FAILED": "could not be reached",
        "REOPENED": "open again",
        "ADDED": "New: {title}",
        "CHANGED": "{title}: “{old}” became “{new}”",
        "RESOLVED": "Resolved: {title}",
        "ENDED": "Ended: {title}",
        "you": "you",
        "nobody": "Nothing that you may read is here.",
        "approved": "Approved and signed",
    },
    "es": {
        "of_plan": "{label}, versión {number}",
        "agreed": "acordado con {name} el {day}",
        "not_agreed": "todavía sin acuerdo",
        "practice": "Condado de práctica. Todas las personas de este documento son inventadas.",
        "what": "Qué",
        "detail": "Detalle",
        "mother": "Mamá",
        "baby": "Bebé",
        "babies": "Bebés",
        "born": "nació el {day}",
        "lead": "Dirige el plan",
        "line": "Línea del equipo, {phone}",
        "next_review": "Próxima revisión",
        "contact": "Cómo comunicarse con ella",
        "changed": "Qué cambió desde la versión {number}",
        "goals": "Lo que ella quiere",
        "it_said": "Antes decía: {words}",
        "strengths": "Fortalezas",
        "needs": "Necesidades, seguidas hasta el final",
        "team": "Equipo de apoyo",
        "name": "Nombre",
        "role": "Función",
        "phone": "Teléfono",
        "through_her": "Por medio de ella",
        "appointments": "Citas",
        "when": "Cuándo",
        "her_view": "Lo que ella opina",
        "said_beside": "Junto a “{words}” ella escribió:",
        "reviews": "Revisiones",
        "held": "Se hizo el {day}",
        "due": "Toca el {day}",
        "signatures": "Acuerdo",
        "signed": "{name} estuvo de acuerdo el {day} ({how}).",
        "SCREEN": "en la pantalla",
        "PAPER": "en papel",
        "SPOKEN": "de palabra, con testigo",
        "more": "Puede haber más; pregunte a la línea del equipo.",
        "page": "Página",
        "of": "de",
        "printed": "Impreso el {day} para {reader}",
        "notice_unreviewed": "Este texto no se ha comparado todavía con la norma publicada.",
        "choice_YES": "Sí",
        "choice_NOT_NOW": "Ahora no",
        "choice_NO": "No. Su decisión vale.",
        "choice_NOT_ASKED": "Todavía no se le ha preguntado",
        "result_MET": "Resuelto",
        "result_PARTLY": "Resuelto en parte",
        "result_UNMET": "Sin resolver",
        "existing": "Ya lo tiene:",
        "DRAFT": "en preparación",
        "REQUESTED": "se pidió",
        "ACCEPTED": "aceptado",
        "DECLINED": "respondieron que no",
        "SCHEDULED": "tiene fecha",
        "ATTENDED": "empezó",
        "NO_SHOW": "la visita no se hizo",
        "WAITLISTED": "en lista de espera",
        "COMPLETED": "terminado",
        "CANCELLED": "cancelado",
        "FAILED": "no hubo comunicación",
        "REOPENED": "abierto otra vez",
        "ADDED": "Nuevo: {title}",
        "CHANGED": "{title}: “{old}” pasó a “{new}”",
        "RESOLVED": "Resuelto: {title}",
        "ENDED": "Terminó: {title}",
        "you": "usted",
        "nobody": "Aquí no hay nada que usted pueda leer.",
        "approved": "Aprobado y firmado",
    },
}

# On her own copy the paper speaks to her and not about her.
HERS: dict[str, dict[str, str]] = {
    "en": {
        "mother": "You",
        "goals": "What you want",
        "team": "Your team",
        "through_her": "Through you",
        "her_view": "Your view",
        "said_beside": "Beside “{words}” you wrote:",
        "choice_NO": "No. Your choice stands.",
        "choice_NOT_ASKED": "Tell your team if you want this",
        "existing": "You have it:",
        "needs": "Help for you and your family",
    },
    "es": {
        "mother": "Usted",
        "goals": "Lo que usted quiere",
        "team": "Su equipo",
        "through_her": "Por medio de usted",
        "her_view": "Lo que usted piensa",
        "said_beside": "Junto a “{words}” usted escribió:",
        "choice_NO": "No. Su decisión vale.",
        "choice_NOT_ASKED": "Diga a su equipo si quiere esto",
        "existing": "Usted ya lo tiene:",
        "needs": "Ayuda para usted y su familia",
    },
}
LABELS = (
    "what", "detail", "goals", "strengths", "needs", "team", "name", "role", "phone", "appointments", "when", "her_view", "reviews", "signatures",
    "nobody", "approved",
)  # fmt: skip


class Words:
    """The words of one language; with `hers`, said to her."""

    def __init__(self, language: str, *, hers: bool = False) -> None:
        self.language = language if language in WORDS else "en"
        self._words = WORDS[self.language] | (HERS[self.language] if hers else {})

    def __call__(self, key: str, **values: object) -> str:
        """The words for `key` with its blanks filled."""
        return self._words[key].format(**values)

    def role(self, code: str) -> str:
        """A care team role in words, in the language that is active while the copy is made."""
        return str(ROLES.get(code, ROLES["OTHER"]))

    def labels(self) -> dict[str, str]:
        """The headings that the template prints as they are."""
        return {name: self._words[name] for name in LABELS}
