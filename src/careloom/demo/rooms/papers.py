"""What the collaborative of the practice county adopted: charters of its bodies and two versions of what it is for."""

from __future__ import annotations

from functools import partial

from careloom.partnership.actions import CharterFacts, VisionFacts

DISPUTES = (
    "First the two members speak with each other, within 10 days. Then the co-chairs sit with both, within 20 days. Then somebody neutral whom "
    "both accept, within 30 days. At last the oversight committee decides at its next meeting. What is said stays with those who are in it."
)

#: The body, the weeks before the last day, and what was agreed.
CHARTERS = (
    (
        "oversight", 96,
        partial(
            CharterFacts,
            processes="We meet each quarter for two hours. The agenda comes five days before. Each barrier on it gets an answer with a date.",
            roles="Members decide for their agency or bring its decision within ten days. The Department keeps the minutes.",
            protocols="What the core team sends up is read before the meeting, and what we decide goes back the same week.",
            rule="RESERVATIONS", rule_words="One member who cannot live with it stops it once; the next meeting then votes.", disputes=DISPUTES,
        ),
    ),
    (
        "core", 94,
        partial(
            CharterFacts,
            processes="We meet monthly. Barriers of the work groups come first, agreements second, families’ stories third.",
            roles="Each manager speaks for her agency’s policies. The coordinator writes the agenda.",
            rule="CONSENSUS", rule_words="", disputes=DISPUTES,
        ),
    ),
    (
        "core", 42,
        partial(
            CharterFacts,
            processes="We meet monthly, in a room or by video. Families speak first. Then barriers of the work groups, then agreements.",
            roles="Each manager speaks for her agency’s policies and money. A co-chair of Eagle Nation and one of the Department lead in turn.",
            protocols="Nothing about one family is named. Who raised a barrier hears what became of it.",
            rule="RESERVATIONS", rule_words="Reservations are written down with who has them.", disputes=DISPUTES,
        ),
    ),
    (
        "rides", 80,
        partial(
            CharterFacts,
            processes="Second Thursday of the month, one hour, by video. Who leads changes each month.",
            roles="Who brings a barrier brings what was tried. The leader of the month writes the notes.",
            rule="CONSENSUS",
        ),
    ),
    (
        "integration", 70,
        partial(
            CharterFacts,
            processes="Monthly, by phone or video, with the managing entity, the lead agency, its providers and the Department’s regional staff.",
            roles="The two organizations lead in turn. The Department’s region reads the notes.",
            rule="CONSENSUS",
        ),
    ),
)  # fmt: skip

VISIONS = (
    (
        95,
        partial(
            VisionFacts,
            mission="Mothers, babies and those who love them stay together and well.",
            vision="Each family that leaves the hospital with a plan finds everything in the plan open to them.",
            principles="Nothing about her without her. Treatment works. Everybody answers for what she promised.",
            equity="The same care for each family, whatever her color, language, place or insurance.",
        ),
    ),
    (
        39,
        partial(
            VisionFacts,
            mission="Mothers, babies and those who love them stay together and well, before birth as after.",
            vision="Each family writes her plan before the birth if she wishes, and finds everything in it open to her within two weeks.",
            principles="Nothing about her without her. Treatment works, medicine included. "
            "The Nation’s families are led by the Nation. We say what did not work.",
            equity="We look each quarter at who is notified, who is tested and who is served, by race, language and place, and mend what differs.",
        ),
    ),
)  # fmt: skip
