"""Short pages for the first year with a baby, in our own words, each with the guidance that it follows.

They say nothing that a reader over her shoulder should not see. INVARIANT: no page gives a dose, and each that tells of danger says whom to call.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True, kw_only=True)
class Topic:
    """A page: its address, its name, sentences, when to call and whom, and where it comes from."""

    slug: str
    title: Any
    lines: tuple[Any, ...]
    source: str
    danger: tuple[Any, ...] = ()


TOPICS: tuple[Topic, ...] = (
    Topic(
        slug="sleep",
        title=_("Safe sleep"),
        lines=(
            _("Put your baby on the back for each sleep, day and night."),
            _("Use a crib with a firm, flat bed and a tight sheet."),
            _("Keep the crib bare. No pillow, no blanket, no toys."),
            _("Let your baby sleep in your room, in a bed of its own."),
            _("A couch or a soft chair is not safe for sleep. If you may fall asleep, put your baby in the crib first."),
            _("Keep the home and the car free of smoke."),
        ),
        source="American Academy of Pediatrics, Sleep-Related Infant Deaths, 2022",
    ),
    Topic(
        slug="crying",
        title=_("When your baby cries"),
        lines=(
            _("All babies cry. Most cry more in the first two months. Then it gets less."),
            _("Look first: hungry, wet, hot, cold, tired?"),
            _("Hold your baby skin to skin. Rock, hum or walk."),
            _("Some babies need a dark and quiet room. Talk low. Move slow."),
            _("If it is too much, lay your baby on the back in the crib. Close the door. Take ten minutes. Call someone."),
            _("Never shake a baby. It can hurt the brain. Ask for help first. That is what a good parent does."),
        ),
        danger=(_("Call the doctor if your baby cries for hours, or the cry sounds new to you."),),
        source="American Academy of Pediatrics, HealthyChildren.org; National Center on Shaken Baby Syndrome",
    ),
    Topic(
        slug="feeding",
        title=_("Feeding"),
        lines=(
            _("Hands in the mouth, lips that smack, a head that turns: your baby is hungry."),
            _("A new baby eats 8 to 12 times in a day and a night."),
            _("Breast milk and formula are both good. You choose."),
            _("You take medicine? Ask your doctor if it goes with breast milk. Often it does. Do not stop it on your own."),
            _("No water, no honey and no cow milk in the first months."),
            _("Ask about WIC. It helps with food for you and your baby."),
        ),
        danger=(_("Call the doctor if your baby will not eat, or has very few wet diapers."),),
        source="American Academy of Pediatrics, Breastfeeding and the Use of Human Milk, 2022; CDC, Infant and Toddler Nutrition",
    ),
    Topic(
        slug="doctor",
        title=_("When to call the doctor"),
        lines=(
            _("You can call at any hour. No question is too small."),
            _("Keep the doctor visits, also when your baby is well. Your baby gets shots there that keep off illness."),
            _("Bring your questions on paper. Bring a person you trust."),
        ),
        danger=(
            _("Call at once if your baby is less than 3 months old and feels hot: 100.4 F (38 C) or more."),
            _("Call at once if your baby is hard to wake, is limp, or throws up again and again."),
            _("Call 911 if your baby can not breathe well or has blue lips."),
        ),
        source="American Academy of Pediatrics, HealthyChildren.org, Fever and Your Baby",
    ),
    Topic(
        slug="car",
        title=_("In the car"),
        lines=(
            _("Your baby rides in the back seat and looks to the back of the car."),
            _("Pull the straps snug. The clip sits as high as the arm pits."),
            _("Take off thick coats first. Lay a blanket on top of the straps."),
            _("A car seat is for the car. For sleep at home, use the crib."),
            _("No car seat? Tell your team. A fire house or the hospital can help you put it in."),
        ),
        source="National Highway Traffic Safety Administration, Car Seats and Booster Seats",
    ),
    Topic(
        slug="you",
        title=_("How you feel"),
        lines=(
            _("Many new moms cry and feel low in the first two weeks. It passes."),
            _("If it lasts for more than two weeks, it is an illness. It can be treated. You did nothing wrong."),
            _("Rest when you can. Let someone cook or hold the baby."),
            _("Go to your own visit with the doctor after the birth."),
            _("Call or text 1-833-852-6262 at any hour. It is for moms. It is free."),
        ),
        danger=(
            _("Call 988 if you think of hurting yourself or your baby."),
            _("Call 911 for pain in the chest, for a hard time to breathe, or if you bleed through a pad in an hour."),
            _("Call the doctor at once for a bad headache that stays, or if your eyes see spots."),
        ),
        source="HRSA, National Maternal Mental Health Hotline; CDC, Hear Her: Urgent Maternal Warning Signs",
    ),
)  # fmt: skip


def topic(slug: str) -> Topic | None:
    """One page, or None where there is none of this name."""
    return next((one for one in TOPICS if one.slug == slug), None)
