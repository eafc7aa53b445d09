"""Gallery: the pictures of the partnership's rooms. Each stands beside its table on a page; here they stand alone."""

from __future__ import annotations

from careloom.infra.ui import components as c
from careloom.infra.ui.components.changes import Course, Courses, RestsOn, Thing
from careloom.infra.ui.gallery.section import Section

MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun")


def table() -> Section:
    """Who is at the table: the wheel, and the months of a series."""
    kinds = ("Family members", "Substance use treatment", "Child welfare", "Courts", "Hospitals", "Home visiting", "Tribes", "Housing")
    held, empty = ("held", "none", "held"), ("none", "empty", "none")
    wheel = c.Wheel(
        spokes=tuple(c.Spoke(label=kind, seats=empty if kind in {"Tribes", "Housing"} else held) for kind in kinds),  # type: ignore[arg-type]
        middle=("8 kinds", "3 tiers"),
    )
    states = ("held", "held", "missed", "held", "held", "coming")
    strip = c.MonthStrip(months=tuple(c.MonthKnot(label=month, state=state) for month, state in zip(MONTHS, states, strict=True)))  # type: ignore[arg-type]
    return Section(
        key="table",
        title="At the table",
        note="A solid line has happened, a dashed line has not",
        items=(wheel, strip),
        css="cl-stack--lg",
        wrap="cl-card",
    )


def way() -> Section:
    """A barrier's way between tiers."""
    path = c.Path(
        lanes=(
            c.Lane(label="Oversight", note="Decides within 60 days"),
            c.Lane(label="Core team", note="45 days"),
            c.Lane(label="Work groups", note="30 days"),
        ),
        knots=(
            c.PathKnot(lane=2, label="January", note="Raised", kind="start"),
            c.PathKnot(lane=2, label="Jan. 14", note="Access group took it"),
            c.PathKnot(lane=1, label="Mar. 3", note="Cannot be changed here"),
            c.PathKnot(lane=0, label="Apr. 20", note="Waits for a decision", kind="wait"),
            c.PathKnot(lane=2, label="Then", note="The answer goes back", kind="o"),
        ),
    )
    return Section(key="way", title="A way between tiers", items=(path,), css="cl-path", wrap="cl-card")


def counts() -> Section:
    """Shares, columns, lanes, opinions and stages."""
    bars = c.Bars(
        rows=(
            c.Bar(label="Speak Spanish at home", value=14, beside=31, words="14, community 31"),
            c.Bar(label="Lived experience", value=22, beside=None, words="22 of 100"),
            c.Bar(label="Live in a rural county", value=None, words="Not asked"),
        ),
        key=("Members", "The community"),
    )
    columns = c.Columns(
        columns=tuple(
            c.Column(label=quarter, parts=(c.Part(tone="a", value=here), c.Part(tone="b", value=away)))
            for quarter, here, away in [("Q1", 14, 3), ("Q2", 11, 6), ("Q3", 16, 2)]
        ),
        keys=(("a", "In person"), ("b", "By video")),
    )
    lanes = c.Lanes(
        title="Barriers by tier, as a table",
        lanes=(
            c.LaneCount(label="Oversight", count=2, late=1),
            c.LaneCount(label="Core team", count=4),
            c.LaneCount(label="Work groups", count=7, late=2),
        ),
        headings=("Tier", "Barriers", "Late"),
        late_word="late",
    )
    opinions = c.Opinions(
        title="What members think",
        rows=(
            c.OpinionRow(words="A parent can recover and raise a child.", shares=(0.1, 0.1, 0.8), said="8 of 10 agree"),
            c.OpinionRow(words="We know whom to call.", shares=(0.5, 0.2, 0.3), said="Half disagree", status="Most divided", tone="wait"),
        ),
        headings=("Statement", "Answers", "What it says"),
    )
    stairs = c.Stairs(
        levels=("Exchange", "Joint projects", "Changing rules", "Changing systems"),
        points=(("2024", 0), ("Spring 2025", 2), ("Fall 2025", 1), ("2026", 2)),
    )
    return Section(key="shares", title="Counts of a partnership", items=(bars, columns, lanes, opinions, stairs), css="cl-stack--lg", wrap="cl-card")


def change() -> Section:
    """Places, growth, months of a pilot, and what rests on what."""
    places = c.AreaMap(
        width=480,
        height=220,
        areas=(
            c.Area(name="Pine", points="10,10 230,10 230,210 10,210", x=120, y=80, figure="4 gaps", note="one answered", tone="many"),
            c.Area(name="Harbor", points="240,10 470,10 470,210 240,210", x=355, y=80, figure="1 gap", tone="few"),
        ),
    )
    reach = (None, 14, 19, 26, None, 41)
    growth = c.Growth(
        steps=tuple(
            c.GrowthStep(label=month, breadth=kinds, people=people, hidden="" if people else "few")
            for month, kinds, people in zip(MONTHS, (2, 2, 3, 3, 4, 4), reach, strict=True)
        )
    )
    pilot = Courses(
        months=MONTHS,
        courses=(
            Course(label="Harbor clinic", values=(42, 45, None, 58, 63, 66)),
            Course(label="Pine clinic", values=(44, 43, 45, 44, 46, 45), compares=True),
        ),
        base=42,
        target=65,
        base_word="before",
        target_word="wanted",
    )
    rests = RestsOn(
        heads=("Law", "Policy", "Protocol", "Practice"),
        columns=(
            (Thing(key="law", words="42 U.S.C. 5106a"),),
            (Thing(key="policy", words="A plan before birth"),),
            (Thing(key="protocol", words="Who calls whom at 32 weeks"), Thing(key="loose", words="Rides to visits", tone="gap")),
            (Thing(key="practice", words="Prenatal clinic, Harbor"),),
        ),
        links=(("policy", "law"), ("protocol", "policy"), ("practice", "protocol")),
    )
    return Section(key="change", title="Places and change", items=(places, growth, pilot, rests), css="cl-stack--lg", wrap="cl-card")
