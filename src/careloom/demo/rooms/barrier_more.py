"""More barriers of the practice county, and what was posted down. All of them are made up."""

from __future__ import annotations

from careloom.demo.rooms.barrier_parts import BarrierOf, step

RUNS = "harrowmere"
MORE = (
    BarrierOf(
        key="texts",
        title="A text the day before brings them back",
        words="We write one line the day before a prenatal visit. Fewer are missed.",
        weeks=20,
        who="hazelthorne",
        kind="IDEA",
        steps=(
            step("triage", 19, "hazelthorne", body="prenatal", owner="p-fernhallow"),
            step("try", 15, "fernhallow", words="Three clinics tried it for a month. Missed visits fell from 11 to 6 in a hundred."),
            step("outcome", 9, "fernhallow", kind="PRACTICE", words="One line by text the day before, with her leave"),
            step("resolve", 6, "fernhallow", words="All prenatal clinics of both counties do it."),
            step("tell", 2, "fernhallow", words="Your idea is in use at every prenatal clinic. Thank you."),
        ),
    ),
    BarrierOf(
        key="medicaid",
        title="Coverage ends for some 60 days after the birth",
        words="Plans end in the middle of treatment when papers come late.",
        weeks=31,
        who="larkmeade",
        cause="NOT_ELIGIBLE",
        steps=(
            step("triage", 30, RUNS, body="newborn", owner="n-nettlesby"),
            step("try", 28, "nettlesby", words="We send the papers with her at discharge. 3 of 10 still lapse."),
            step("up", 26, "castillo", tried="It is not the papers alone: two computers do not speak.", asks="Find who can change it.", cross=False),
            step(
                "up",
                11,
                "two_rivers",
                tried="The Department and the plans each changed their letter. It still lapses.",
                asks="Let coverage run on by itself.",
                cross=True,
            ),
        ),
    ),
    BarrierOf(
        key="consents",
        title="Two departments ask for two different consents",
        words="She signs twice for the same thing, and each office wants its own form.",
        weeks=40,
        who="reed",
        steps=(
            step("triage", 39, RUNS, body="integration", owner="i-rowanmere"),
            step("up", 33, RUNS, tried="We laid the forms side by side. They differ in one line.", asks="Ask both counsels.", cross=False),
            step("up", 26, "adeyemi", tried="Both counsels say that a rule asks for it.", asks="One form for the state.", cross=True),
            step("decide", 9, "whitfield", decision="REFER", due=-10, words="Two cabinets must agree. The governor’s office was asked for one form."),
        ),
    ),
    BarrierOf(
        key="cribs",
        title="A crib only with proof of address",
        words="Families who stay with friends get none.",
        weeks=60,
        who="nettlesby",
        kind="OPERATIONAL",
        service="HOUSEHOLD",
        steps=(
            step("triage", 59, RUNS, body="newborn"),
            step("up", 55, "castillo", tried="We asked the giver of the cribs. They want an address.", asks="Find another giver.", cross=False),
            step("up", 50, "two_rivers", tried="Two other givers ask for it too.", asks="Pay for 40 cribs a year.", cross=True),
            step(
                "decide",
                44,
                "whitfield",
                decision="DECLINE",
                due=40,
                words="There is no money for it this year. Public health gives cribs without proof from July.",
            ),
            step("tell", 43, "two_rivers", words="Oversight declined to pay. Ask public health: no proof of address from July on."),
            step("confirm", 37, "nettlesby", words="July came, and it is so."),
        ),
    ),
    BarrierOf(
        key="court",
        title="Court days and clinic days are the same",
        words="She must choose between her hearing and her dose.",
        weeks=22,
        who="thistlegate",
        steps=(
            step("triage", 21, RUNS, body="integration", owner="i-whitlock"),
            step(
                "up", 18, RUNS, tried="The clinic opened an hour earlier on court days. It is not enough.", asks="Speak with the court.", cross=False
            ),
            step(
                "up",
                14,
                "two_rivers",
                tried="The docket is set by the judges’ conference.",
                asks="Move the family docket to the afternoon.",
                cross=True,
            ),
            step(
                "decide",
                8,
                "whitfield",
                decision="ASSIGN",
                to="integration",
                due=-2,
                words="The court moves it to the afternoon. Work out the days together.",
            ),
        ),
    ),
    BarrierOf(
        key="bus",
        title="No bus to the clinic",
        words="The last bus leaves before the clinic opens.",
        weeks=23,
        who="duskwood",
        cause="TOO_FAR",
        service="RECOVERY",
        steps=(step("join", 22, "lindqvist", to_barrier="rides", reason="It is the same road. You hear what becomes of it."),),
    ),
    BarrierOf(
        key="parking",
        title="Parking costs too much",
        words="Workers pay for parking at the hospital.",
        weeks=34,
        who="ortiz",
        kind="OPERATIONAL",
        steps=(step("reject", 33, "castillo", reason="It keeps no family from anything. Your agency can pay it; we wrote to them."),),
    ),
    BarrierOf(
        key="naloxone",
        title="Pharmacies here have no naloxone on Sundays",
        words="Two of three were out of it, three Sundays in a row.",
        weeks=11,
        who="solanueva",
        county="Harbor",
        service="RECOVERY",
        cause="NO_SERVICE",
    ),
    BarrierOf(
        key="forms",
        title="The referral page asks for her address twice",
        words="Some stop there. It takes a minute, and it looks like we do not listen.",
        weeks=1,
        who="brightfen",
        kind="OPERATIONAL",
    ),
    BarrierOf(
        key="night",
        title="",
        words="",
        weeks=9,
        cause="CHILD_CARE",
        service="RECOVERY",
        families=((9, 4), (6, 3)),
    ),
)

#: Who posts down, when, to whom (all below where empty), what it is, and the barrier that it answers.
POSTED = (
    (28, "two_rivers", "core", "", "SUPPORT", "A page on how to write a barrier", "What happens, how often, what you tried. No name, no day.", ""),
    (
        12,
        "whitfield",
        "oversight",
        "rides",
        "GUIDANCE",
        "How to ask for a long ride",
        "Call the plan the day before. There is no mile limit in Pine.",
        "rides",
    ),
    (5, "adeyemi", "core", "integration", "SUPPORT", "Two hours of a facilitator", "Ask Leah for a day. The Department pays.", "court"),
)
