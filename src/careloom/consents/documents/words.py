"""The words on paper, English first and Spanish under it. The Spanish waits for a native reviewer. Source: 42 CFR 2.31(a); law.md 1.4."""

from __future__ import annotations

from careloom.consents.forms.sharing import CASE_CLOSES, PLAN_CLOSES

LANGUAGES = ("en", "es")
WORDS: dict[str, tuple[str, str]] = {
    "title": ("Consent to share information", "Permiso para compartir información"),
    "who": ("1. Whose information", "1. De quién es la información"),
    "tells": ("2. Who may share it", "2. Quién puede compartirla"),
    "what": ("3. What may be shared", "3. Qué se puede compartir"),
    "hears": ("4. Who may receive it", "4. Quién puede recibirla"),
    "why": ("5. Why", "5. Para qué"),
    "stop": ("6. You may stop at any time", "6. Usted puede terminar en cualquier momento"),
    "stop_text": (
        "Tell us, write to us, or use your own pages. It stops at once. What was already shared because of this form cannot be called back.",
        "Díganos, escríbanos o use sus propias páginas. Termina de inmediato. Lo que ya se compartió por este permiso no se puede recuperar.",
    ),
    "until": ("7. When it ends", "7. Cuándo termina"),
    "after": ("8. What may happen afterwards", "8. Qué puede pasar después"),
    "after_text": (
        "Who receives it may share it again where the law allows, and then federal rules may no longer protect it. Treatment records may not "
        "be used against you in court unless you agree on another form or a judge orders it.",
        "Quien la recibe puede compartirla de nuevo donde la ley lo permite, y entonces las reglas federales quizá ya no la protejan. El "
        "expediente de tratamiento no se puede usar contra usted en un tribunal sin otro permiso suyo o una orden de un juez.",
    ),
    "no": ("9. You may say no", "9. Usted puede decir que no"),
    "no_text": (
        "If you do not sign, nothing is shared under this form. Your care, your benefits and your place here stay the same.",
        "Si no firma, no se comparte nada con este permiso. Su atención, sus beneficios y su lugar aquí siguen igual.",
    ),
    "own": ("and your own words", "y sus propias palabras"),
    "sign": ("Signature", "Firma"),
    "day": ("Date", "Fecha"),
    "read": ("Read to you by", "Se lo leyó"),
    "signed": ("Signed on {day}", "Firmado el {day}"),
    "typed": ("Signature typed by her: {name}", "Firma que ella escribió: {name}"),
    "PORTAL": ("Signed on her own pages, behind her PIN", "Firmado en sus propias páginas, con su PIN"),
    "SPOKEN": ("She said yes aloud", "Ella dijo que sí de palabra"),
    "stopped": ("Stopped on {day}", "Terminado el {day}"),
    CASE_CLOSES: ("When the case closes", "Cuando se cierre el caso"),
    PLAN_CLOSES: ("When the plan closes", "Cuando se cierre el plan"),
    "or_sooner": ("{day}, or sooner: {event}", "{day}, o antes: {event}"),
    "event": ("When the named event happens", "Cuando pase lo que se nombró"),
    "practice": ("Practice county. Every person here is made up.", "Condado de práctica. Todas las personas son inventadas."),
    "unreviewed": (
        "This wording has not been checked against the published rule.",
        "Este texto no se ha comparado con la regla publicada.",
    ),
    "baby": ("her baby", "su bebé"),
    "page": ("Page", "Página"),
    "PLAN": ("Plan and visits: needs, goals, care team, referrals", "Plan y visitas: necesidades, metas, equipo, referencias"),
    "HEALTH": ("Birth and health", "Nacimiento y salud"),
    "TREATMENT": ("That I am in treatment: the program and its part of the plan", "Que estoy en tratamiento: el programa y su parte del plan"),
    "ATTENDANCE": ("Visits kept: dates and numbers", "Visitas cumplidas: fechas y números"),
    "MEDICINE": ("Medicine: name and dose", "Medicina: nombre y dosis"),
    "TESTS": ("Test results with their meaning", "Resultados de pruebas con su significado"),
    "care_coordination": ("Plan together", "Planear juntos"),
    "posc_monitoring": ("Follow how the plan goes", "Seguir cómo va el plan"),
    "treatment": ("Treat", "Dar tratamiento"),
}


def pair(key: str, **facts: str) -> list[str]:
    """The words in both languages."""
    return [text.format(**facts) for text in WORDS[key]]
