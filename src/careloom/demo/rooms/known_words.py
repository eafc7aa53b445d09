"""What partners of the practice county mean by their words, and what they agreed on. All of it is made up."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class WordOf:
    """A word: meanings by partner (said by the worker named first), what was agreed with its plain words, and when, in weeks before the last day."""

    name: str
    meanings: tuple[tuple[str, str, str, str], ...]  # worker, partner, words, source
    agreed: tuple[tuple[int, str, str, str], ...] = ()  # weeks ago, words, plain, plain in Spanish
    weeks_ago: int = 90


WORDS = (
    WordOf(
        name="Treatment",
        meanings=(
            ("thistlegate", "riverbend", "Medication and counseling by our licensed program, as long as it helps.", "Our license, section 4"),
            ("reed", "pine_children", "Services named in the case plan that a parent has to complete.", "Case plan manual, chapter 7"),
            ("whitfield", "pine_court", "Whatever the order of the court lists as treatment.", "Family treatment docket, rule 12"),
        ),
        agreed=(
            (70, "Care by a licensed program.", "Care for substance use.", "Atención por uso de sustancias."),
            (
                38, "Care for substance use that she and her program chose together. Medication is treatment, and so is recovery support. It has no "
                "set end.",
                "The care for substance use that you and your program chose. Medicine counts.",
                "La atención por uso de sustancias que usted y su programa eligieron. La medicina cuenta.",
            ),
        ),
    ),
    WordOf(
        name="Screening",
        meanings=(
            ("larkmeade", "st_agnes", "Questions that we ask everybody. A urine test is not a screening.", "Birth center policy 3.2"),
            ("reed", "pine_children", "The decision whether a report is taken up.", "Hotline protocol"),
            ("ivermoor", "harbor_home_visiting", "The first visit, when we see whether a family is eligible.", ""),
        ),
        agreed=(
            (
                64, "Asking everybody the same questions with a validated tool, with consent. It is never a test of urine, and never the decision "
                "about a report.",
                "Questions that we ask everybody. You may say no.", "Preguntas que hacemos a todas las personas. Usted puede decir que no.",
            ),
        ),
    ),
    WordOf(
        name="Assessment",
        meanings=(
            ("thistlegate", "riverbend", "Two hours with a counselor about six areas of life.", "Intake manual"),
            ("reed", "pine_children", "Ten weeks in which we look whether a child is safe.", "Family assessment rule"),
            ("lim", "early_steps", "A team looks at how an infant grows, in five areas.", "Part C regulations"),
        ),
    ),
    WordOf(
        name="Safe",
        meanings=(
            ("reed", "pine_children", "No danger that an adult in the home cannot keep away now.", "Safety model, page 9"),
            ("brackwater", "walk_beside", "She can say what she needs, and nobody punishes her for it.", ""),
            ("castillo", "st_agnes", "The infant eats, sleeps and can be consoled.", "Discharge checklist"),
        ),
        agreed=(
            (
                41, "A child is safe when no danger is there now that the adults around cannot keep away. Substance use alone does not say it.",
                "No danger is near your child now that you and your people cannot keep away.",
                "No hay ahora cerca de su hijo un peligro que usted y los suyos no puedan evitar.",
            ),
        ),
    ),
    WordOf(
        name="Case",
        meanings=(
            ("reed", "pine_children", "An investigation or assessment that we opened.", ""),
            ("juniperley", "maplecare", "A member with a care manager.", "Case management contract"),
            ("whitfield", "pine_court", "A file with a number.", ""),
        ),
        agreed=((52, "Only what child welfare or a court opened. For everything else we say family or plan.", "", ""),),
    ),
    WordOf(
        name="Referral",
        meanings=(
            ("ivermoor", "harbor_home_visiting", "Somebody sent us her name.", ""),
            ("lim", "early_steps", "The day on which our 45 days begin.", "Part C regulations"),
        ),
        agreed=(
            (33, "Asking a provider for a place, with her consent, until it answered and she began. A leaflet is not a referral.", "", ""),
        ),
    ),
    WordOf(
        name="Notification",
        meanings=(
            ("larkmeade", "st_agnes", "What we send at birth because the law asks for it.", "Birth center policy 5.1"),
            ("reed", "pine_children", "Not a report of abuse. It opens nothing by itself.", "Notification protocol"),
        ),
        agreed=(
            (
                60, "What a hospital tells the Department about a birth with prenatal exposure. It is not a report of abuse or neglect, and it is "
                "counted without a name.", "", "",
            ),
        ),
    ),
    WordOf(
        name="Plan of safe care",
        meanings=(
            ("hazelthorne", "pine_womens", "Her plan, begun before birth.", ""),
            ("reed", "pine_children", "A requirement of the state that we check.", "State statute"),
        ),
        agreed=(
            (
                58,
                "One plan for mother, infant and family, written with her, for health, recovery and development. It is hers, and it goes on after "
                "any agency closes.",
                "Your plan for you and your baby. You wrote it with your team, and it stays yours.",
                "Su plan para usted y su bebé. Lo escribió con su equipo y sigue siendo suyo.",
            ),
        ),
    ),
    WordOf(
        name="Care team",
        meanings=(("ivermoor", "harbor_home_visiting", "Everybody who visits her.", ""),),
        agreed=(
            (
                30, "Those whom she chose and who said yes. Who merely knows of her is not on it.",
                "The people whom you picked to help, and who said yes.", "Las personas que usted eligió para ayudarla y que dijeron que sí.",
            ),
        ),
    ),
    WordOf(
        name="Consent",
        meanings=(
            ("thistlegate", "riverbend", "Her written yes, by name and purpose.", "42 CFR 2.31"),
            ("larkmeade", "st_agnes", "What she signs when she comes in.", "Admission form"),
        ),
        agreed=((66, "Her own yes, in writing, to one thing for one purpose, which she may take back at any time.", "", ""),),
    ),
)  # fmt: skip
