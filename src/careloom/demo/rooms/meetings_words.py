"""What is said in the meetings of the practice county. All of it is made up."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import time


@dataclass(frozen=True, kw_only=True)
class SeriesOf:
    """A series of a body by its key; `rotation` holds keys of seats, `weeks_ago` is before the last day."""

    body: str
    week: int
    weekday: int
    hour: time
    minutes: int
    weeks_ago: int
    place: str
    rotation: tuple[str, ...]
    every: int = 1


@dataclass(frozen=True, kw_only=True)
class DecisionOf:
    """A decision, what it changes for families, who promised what within so many days, and who had a reservation."""

    block: str
    proposal: str
    families: str
    promise: str
    owner: str
    days: int = 30
    reservation: str = ""
    by: str = ""


SERIES = (
    SeriesOf(
        body="oversight", week=2, weekday=3, hour=time(9), minutes=120, weeks_ago=94, every=3, place="Pine County Courthouse, room 210",
        rotation=("o-whitfield", "o-adeyemi", "o-haverstock", "o-osgood"),
    ),
    SeriesOf(
        body="core", week=4, weekday=1, hour=time(14), minutes=90, weeks_ago=93, place="Pine and Harbor Partnership, the long table",
        rotation=("c-adeyemi", "c-harrowmere", "c-thistlegate", "c-reed", "c-ivermoor", "c-larkmeade"),
    ),
    SeriesOf(
        body="rides", week=2, weekday=3, hour=time(14), minutes=60, weeks_ago=60, place="Harbor Home Visiting, second floor",
        rotation=("r-lindqvist", "r-whitlock", "r-riocedro", "r-solanueva"),
    ),
    SeriesOf(
        body="newborn", week=3, weekday=2, hour=time(12), minutes=60, weeks_ago=36, place="St. Agnes, birth center library",
        rotation=("n-castillo", "n-okafor", "n-maravalle", "n-ortiz"),
    ),
    SeriesOf(
        body="prenatal", week=1, weekday=2, hour=time(15, 30), minutes=60, weeks_ago=34, place="Pine Women’s Clinic",
        rotation=("p-hazelthorne", "p-fernhallow", "p-brackwater"),
    ),
    SeriesOf(
        body="integration", week=3, weekday=1, hour=time(10), minutes=60, weeks_ago=32, place="Bayline Managing Entity",
        rotation=("i-vance", "i-tolliver", "i-whitlock"),
    ),
)  # fmt: skip

# (body, how many meetings before the last one): why it did not take place.
CANCELLED = {
    ("rides", 7): "Snow closed the coast road.",
    ("core", 15): "The room was lost to a jury, and nobody had a link.",
    ("newborn", 4): "Four members were out with influenza.",
    ("prenatal", 5): "Nobody was left to lead it.",
}
SILENT = {("prenatal", 1), ("prenatal", 2)}  # meetings that talked about none of the four duties

FAMILIES = {
    "oversight": {
        "POLICY": "The same rule in both counties, so that nobody starts over when she moves.",
        "BARRIERS": "What stopped them is decided by somebody who can.",
        "SUSTAINABILITY": "Help does not end when a grant does.",
        "OUTCOMES": "We look at whether they fare better, not at whether we were busy.",
    },
    "core": {
        "POLICY": "They read one form instead of four.",
        "BARRIERS": "They are told what came of what they told us.",
        "SUSTAINABILITY": "The person whom they know stays.",
        "OUTCOMES": "We see who waits longest, and go there first.",
    },
    "rides": {
        "POLICY": "One number to call for a ride, in English and Spanish.",
        "BARRIERS": "Nobody misses medicine for want of a ride.",
        "SUSTAINABILITY": "The vouchers last beyond June.",
        "OUTCOMES": "We know how many visits were missed for want of a ride.",
    },
    "newborn": {
        "POLICY": "Mother and baby stay in one room.",
        "BARRIERS": "The first visit at home comes within three days.",
        "SUSTAINABILITY": "There is a nurse on weekends too.",
        "OUTCOMES": "Fewer babies come back to the hospital.",
    },
    "prenatal": {
        "POLICY": "She writes her plan before the birth, in her words.",
        "BARRIERS": "She is seen in the week in which she calls.",
        "SUSTAINABILITY": "The two rooms stay ours.",
        "OUTCOMES": "More plans stand before the birth.",
    },
    "integration": {
        "POLICY": "One person explains both systems to her.",
        "BARRIERS": "She is not asked the same questions twice.",
        "SUSTAINABILITY": "The position is in next year’s contract.",
        "OUTCOMES": "We see how long it takes from the first call to treatment.",
    },
}

NOTES = {
    "oversight": {
        "POLICY": ("The order of notices was read and amended in one place.", "Rooming-in becomes the rule in both hospitals."),
        "BARRIERS": ("Interpreters at night: the two hospitals will share a line.", "Medicine in the jail goes to the sheriff with our letter."),
        "SUSTAINABILITY": ("The state share for peers is in the draft budget.", "Two grants end in June. Who keeps what was written down."),
        "OUTCOMES": ("Plans before birth rose for the third quarter.", "Harbor waits twice as long for early intervention as Pine."),
    },
    "core": {
        "POLICY": ("The shared release was tried with six women. They asked for larger print.", "The hospitals’ notice has one page now."),
        "BARRIERS": (
            "Rides at night came back from the work group with numbers.",
            "Housing with two children: nobody here can decide it. Up it goes.",
        ),
        "SUSTAINABILITY": ("Each partner said which hours it can name in writing.", "The state asks for our numbers by May."),
        "OUTCOMES": ("First visits within three days: better in Pine, worse in Harbor.", "Reviews on time: nine of ten."),
    },
    "rides": {
        "POLICY": ("Drivers may take a car seat from our store.", "A ride can be booked by the home visitor."),
        "BARRIERS": ("The last bus leaves before the clinic closes.", "Two clinics moved their hours by thirty minutes."),
        "SUSTAINABILITY": ("MapleCare pays for another quarter.", "The bus pass is good for a year."),
        "OUTCOMES": ("Missed doses for want of a ride fell in Pine.", "We still do not know who never asks."),
    },
    "newborn": {
        "POLICY": ("Eat, sleep, console is taught on nights too.", "The visit list goes to home visiting on the day of birth."),
        "BARRIERS": ("Nobody answered on Saturday. St. Agnes gives a number.", "Cribs ran out for a week."),
        "SUSTAINABILITY": ("The weekend nurse is paid until December.", "WIC sits at the birth center on Tuesdays."),
        "OUTCOMES": ("Two of three babies were seen within three days.", "Longer stays were for want of a plan, not of medicine."),
    },
    "prenatal": {
        "POLICY": ("The plan is offered at the first visit.", "A peer may sit in."),
        "BARRIERS": ("Three weeks until the first visit in Harbor.", "Women fear the form. A peer explains it first."),
        "SUSTAINABILITY": ("Two rooms until the end of next year.", "The midwife’s half day stays."),
        "OUTCOMES": ("More than half of plans stand before birth.", "We do not hear from those who move."),
    },
    "integration": {
        "POLICY": ("The two agencies staff together on the first Monday.", "Consent is asked for before, not after."),
        "BARRIERS": ("Two lists, two logins. The position keeps one of them.", "Court dates are not told to treatment."),
        "SUSTAINABILITY": ("The managing entity names the hours in its contract.", "Training for new staff twice a year."),
        "OUTCOMES": ("Days from referral to treatment: eleven.", "Four of five came to the first appointment."),
    },
}

DECISIONS = {
    "oversight": (
        DecisionOf(
            block="POLICY", proposal="Mother and baby room together in both hospitals unless she wishes otherwise.",
            families="They stay together from the first hour.", promise="Write to both hospital boards", owner="o-albright", days=45,
        ),
        DecisionOf(
            block="BARRIERS", proposal="The hospitals share one interpreter line at night.", families="She is understood at night too.",
            promise="Sign the contract for the night line", owner="o-osgood", days=60,
            reservation="Sign language is not in it yet.", by="o-two-rivers",
        ),
        DecisionOf(
            block="SUSTAINABILITY", proposal="Peers are paid from the state share from July on.", families="The person whom she trusts stays.",
            promise="Put the peers into the budget request", owner="o-banerjee", days=75, reservation="One year is not a promise.",
        ),
    ),
    "core": (
        DecisionOf(
            block="POLICY", proposal="All partners use the one-page release.", families="She signs one page and keeps a copy.",
            promise="Print the release in both languages", owner="c-larkmeade", days=21,
        ),
        DecisionOf(
            block="OUTCOMES", proposal="We look at first visits by county each quarter.", families="Harbor’s families are seen too.",
            promise="Draw the two lines for June", owner="c-nettlesby", days=30,
        ),
        DecisionOf(
            block="BARRIERS", proposal="Housing for mothers with two children goes to oversight.", families="Somebody who can decide hears of it.",
            promise="Write down the eleven times that it failed", owner="c-greyhollow", days=25, reservation="Let us try one more month.",
        ),
        DecisionOf(
            block="POLICY", proposal="No partner asks again for what the plan says.", families="She tells it once.",
            promise="Take four questions off our intake", owner="c-ivermoor", days=40,
        ),
    ),
    "rides": (
        DecisionOf(
            block="BARRIERS", proposal="We ask both clinics for one late evening each week.", families="A mother who works can come after six.",
            promise="Ask the clinics for a late evening", owner="r-lindenmoor", days=28,
        ),
        DecisionOf(
            block="POLICY", proposal="Home visitors may book rides.", families="She needs no phone to get a ride.",
            promise="Get the booking code for home visitors", owner="r-ferris", days=20, reservation="Who pays when nobody comes?", by="r-ferris",
        ),
    ),
    "newborn": (
        DecisionOf(
            block="BARRIERS", proposal="St. Agnes answers on weekends.", families="Somebody picks up on Saturday.",
            promise="Give out the weekend number", owner="n-castillo", days=14,
        ),
        DecisionOf(
            block="POLICY", proposal="The pediatrician is named before mother and baby go home.", families="She knows whom to call about the baby.",
            promise="Make a list of doctors who take new babies", owner="n-okafor", days=30,
        ),
    ),
    "prenatal": (
        DecisionOf(
            block="POLICY", proposal="A peer explains the plan before anybody else does.", families="She hears it first from somebody who was there.",
            promise="Find a peer for Harbor", owner="p-brackwater", days=35,
        ),
    ),
    "integration": (
        DecisionOf(
            block="POLICY", proposal="The integration position keeps one list for both agencies.", families="Nobody is asked the same thing twice.",
            promise="Close the second list", owner="i-whitlock", days=30,
        ),
        DecisionOf(
            block="OUTCOMES", proposal="We count days from referral to treatment.", families="We see who waits.",
            promise="Bring the days of the last quarter", owner="i-rowanmere", days=28, reservation="Count those too who never came.",
        ),
    ),
}  # fmt: skip

# How promises went on: (state, days after it was made, words).
ATTEMPTS = (
    (("ACCEPTED", 2, ""), ("IN_PROGRESS", 9, "Two calls made."), ("DONE", 19, "It is in place."), ("VERIFIED", 27, "Seen on a visit.")),
    (("ACCEPTED", 3, ""), ("IN_PROGRESS", 12, ""), ("DONE", 26, "Sent to everybody."), ("VERIFIED", 33, "")),
    (("ACCEPTED", 1, ""), ("BLOCKED", 16, "There is no money for it this quarter.")),
    (("ACCEPTED", 4, ""), ("IN_PROGRESS", 14, "Waits for a signature.")),
    (("ACCEPTED", 2, ""), ("DONE", 20, "Done with the partners.")),
)
