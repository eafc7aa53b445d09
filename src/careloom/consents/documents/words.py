"""The words on paper, English first and Spanish under it. The Spanish waits for a native reviewer. Source: 42 CFR 2.31(a); law.md 1.4."""

from __future__ import annotations

from careloom.consents.forms.sharing import CASE_CLOSES, COURT_CASE_ENDS, DISPOSITION, NO_END, PLAN_CLOSES, STUDY_ENDS, TREATMENT_ENDS

LANGUAGES = ("en", "es")
# With what these open goes the notice of 42 CFR 2.32.
PART2_KINDS = frozenset({"specific", "tpo_single", "counseling_notes", "proceedings", "criminal_justice", "central_registry", "pdmp", "research"})
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
    "stop_waits_text": (
        "This form can be stopped when the criminal matter is finally decided, and no later. If you ask before, your wish is written down and it "
        "ends on that day. What was already shared cannot be called back.",
        "Este permiso se puede terminar cuando el asunto penal se decida de forma final, y no después. Si lo pide antes, se anota y termina ese "
        "día. Lo que ya se compartió no se puede recuperar.",
    ),
    "tpo_after_text": (
        "Those who treat you, pay for care or help run the program may share it again as the health privacy rules (HIPAA) allow, and then it may "
        "no longer be protected. It may never be used in a civil, criminal, administrative or legislative case against you, unless you agree on "
        "another form or a judge orders it.",
        "Quienes la atienden, pagan su atención o ayudan al programa pueden compartirla de nuevo como lo permiten las reglas de privacidad de "
        "salud (HIPAA), y entonces quizá ya no esté protegida. Nunca se puede usar en un caso civil, penal, administrativo o legislativo contra "
        "usted, sin otro permiso suyo o una orden de un juez.",
    ),
    "notes_text": (
        "This form is for the notes alone. Nobody may make your treatment, payment or benefits depend on it.",
        "Este permiso es solo para las notas. Nadie puede hacer que su tratamiento, sus pagos o sus beneficios dependan de él.",
    ),
    "court_text": (
        "This form is for one court case and nothing else. What is shared can be used against you there. You may talk to a lawyer first.",
        "Este permiso es para un solo caso en el tribunal y nada más. Lo que se comparta se puede usar contra usted allí. Puede hablar antes con "
        "un abogado.",
    ),
    "criminal_text": (
        "Who receives it may use it only to follow this criminal matter. This form does not count in family court.",
        "Quien la recibe puede usarla solo para seguir este asunto penal. Este permiso no vale en el tribunal de familia.",
    ),
    "study_text": (
        "The study may not tell it on, except back to us. Its reports never name you.",
        "El estudio no puede compartirla, salvo con nosotros. Sus informes nunca la nombran.",
    ),
    "own": ("and your own words", "y sus propias palabras"),
    "sign": ("Signature", "Firma"),
    "sign_parent": ("Signature of a parent", "Firma de la madre o del padre"),
    "sign_for": ("Signature and name of who signs for her", "Firma y nombre de quien firma por ella"),
    "matter": ("About which case or study", "Sobre qué caso o estudio"),
    "by_class": (
        "Those who treat me, health plans, those who pay for care, and people who help to run this program",
        "Quienes me atienden, los planes de salud, quienes pagan la atención y las personas que ayudan a este programa",
    ),
    "by_network": ("Those who take part in this network and treat me", "Quienes participan en esta red y me atienden"),
    "with_parent": ("Signed with a parent: {name}", "Firmado junto con su madre o padre: {name}"),
    "signed_for": ("Signed for her by: {name}", "Firmado por ella por: {name}"),
    "on_paper": ("Name on the signed paper: {name}", "Nombre en el papel firmado: {name}"),
    "day": ("Date", "Fecha"),
    "read": ("Read to you by", "Se lo leyó"),
    "signed": ("Signed on {day}", "Firmado el {day}"),
    "typed": ("Signature typed by her: {name}", "Firma que ella escribió: {name}"),
    "PORTAL": ("Signed on her own pages, behind her PIN", "Firmado en sus propias páginas, con su PIN"),
    "SPOKEN": ("She said yes aloud", "Ella dijo que sí de palabra"),
    "stopped": ("Stopped on {day}", "Terminado el {day}"),
    CASE_CLOSES: ("When the case closes", "Cuando se cierre el caso"),
    PLAN_CLOSES: ("When the plan closes", "Cuando se cierre el plan"),
    TREATMENT_ENDS: ("When treatment ends", "Cuando termine el tratamiento"),
    COURT_CASE_ENDS: ("When this court case is over", "Cuando termine este caso en el tribunal"),
    DISPOSITION: ("When the criminal matter is finally decided", "Cuando el asunto penal se decida de forma final"),
    STUDY_ENDS: ("When the study ends", "Cuando termine el estudio"),
    NO_END: ("When you stop it", "Cuando usted lo termine"),
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
    "TELLS": (
        "Tests and diagnoses that tell about substance use, mine or my baby’s",
        "Pruebas y diagnósticos que dicen algo del consumo de sustancias, míos o de mi bebé",
    ),
    "TREATMENT": ("That I am in treatment: the program and its part of the plan", "Que estoy en tratamiento: el programa y su parte del plan"),
    "ATTENDANCE": ("Visits kept: dates and numbers", "Visitas cumplidas: fechas y números"),
    "MEDICINE": ("Medicine: name and dose", "Medicina: nombre y dosis"),
    "TESTS": ("Test results with their meaning", "Resultados de pruebas con su significado"),
    "SUMMARY": ("How treatment goes: a short summary", "Cómo va el tratamiento: un resumen corto"),
    "ALL_TREATMENT": (
        "All of my treatment record, without a counselor’s notes",
        "Todo mi expediente de tratamiento, sin las notas de consejería",
    ),
    "BILLS": ("Bills for treatment", "Cuentas del tratamiento"),
    "NOTES": ("My counselor’s notes, kept apart", "Las notas de mi consejero, guardadas aparte"),
    "THERAPY": ("My therapist’s private notes, kept apart", "Las notas privadas de mi terapeuta, guardadas aparte"),
    "payment": ("Pay for care", "Pagar la atención"),
    "health_care_operations": ("Run the clinic and check its quality", "Dirigir la clínica y revisar su calidad"),
    "dependency_proceeding": ("Decide in family court", "Decidir en el tribunal de familia"),
    "permanency_hearing": ("Decide where my child will live", "Decidir dónde vivirá mi hijo"),
    "criminal_proceeding": ("Decide in criminal court", "Decidir en el tribunal penal"),
    "criminal_justice_monitoring": ("Follow what a criminal court ordered", "Seguir lo que ordenó un tribunal penal"),
    "pdmp_reporting": ("Report medicine to the state’s prescription list", "Informar la medicina a la lista de recetas del estado"),
    "research": ("Do a study", "Hacer un estudio"),
    "care_coordination": ("Plan together", "Planear juntos"),
    "posc_monitoring": ("Follow how the plan goes", "Seguir cómo va el plan"),
    "treatment": ("Treat", "Dar tratamiento"),
}


SPECIAL = {
    "counseling_notes": "notes_text", "proceedings": "court_text", "criminal_justice": "criminal_text", "research": "study_text",
}  # fmt: skip


def statement_keys(*, kind: str, waits: bool = False) -> list[str]:
    """Which statements a form of this kind makes to her, in their order. `waits`: it ends no sooner than with the final disposition."""
    first = [SPECIAL[kind]] if kind in SPECIAL else []
    return [*first, "stop_waits_text" if waits else "stop_text", "tpo_after_text" if kind == "tpo_single" else "after_text", "no_text"]


def pair(key: str, **facts: str) -> list[str]:
    """The words in both languages."""
    return [text.format(**facts) for text in WORDS[key]]
