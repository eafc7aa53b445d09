"""Gallery: decisions and numbers."""

from __future__ import annotations

from careloom.infra.ui import components as c
from careloom.infra.ui.components import Link
from careloom.infra.ui.gallery.section import Section


def decision() -> Section:
    """A decision and a preview."""
    decision = c.Decision(
        eyebrow="What this birth calls for",
        outcome="Tell the state, without names",
        sentence="Not a child-abuse report. No child-welfare case is opened.",
        ways=(c.Way(label="Nothing"), c.Way(label="Without names", current=True), c.Way(label="A report")),
        reasons=("The medicine was prescribed and taken as prescribed.", "Nobody named a safety worry."),
        authority="Columbia rule 1, part 4b; 42 U.S.C. 5106a(b)(2)(B)(ii).",
        change=Link(label="What would change this", url="#"),
        leaves_title="What leaves the hospital",
        leaves=("2026", "Columbia", "Prescribed medicine"),
        stays="Names, dates of birth and record numbers stay here.",
        told_title="What Marisol was told, at 3:20 AM",
        told=c.Said(words="Usted decide sobre el plan.", by="By Renee Castillo", lang="es"),
        buttons=(
            c.Button(label="Send without names"),
            c.Button(label="Save and hand over to day shift", kind="quiet", big=False, name="handover", value="1"),
        ),
    )
    preview = c.Preview(
        title="2. What Lena Ortiz would see",
        note="Nothing is sent yet",
        eyebrow="Pine County Children and Families, as of today",
        heading="Marisol, about Lucía’s return",
        already_title="Already shared, until April 6",
        already=("Plan and appointments: 30-day review on March 20", "Care team line, 555-0121"),
        new=c.PreviewNew(
            title="New with this consent",
            pairs=(("Treatment", "Riverbend, since August 11, 2025"), ("Visits kept", "9 of the last 10. Last one March 9")),
            voice=c.Voice(words="Lucía home before summer.", footer="Marisol’s goals, in her words", small=True),
        ),
        notice="42 CFR part 2 prohibits unauthorized use or disclosure of these records.",
        see_as=(Link(label="Harbor Home Visiting", url="#"), Link(label="The court", url="#")),
    )
    return Section(key="decide", title="Decision and preview", items=(decision, preview), css="cl-grid cl-grid--66 cl-grid--top")


def numbers() -> Section:
    """Measures, trends and the funnel."""
    trend = c.Trend(periods=("2021", "2022", "2023", "2024", "2025"), values=(41, 44, 49, 55, 60.6), base=44, target=60, low=51, high=69)
    pairs = (("Start", "44% in 2022"), ("Target", "60%"), ("Aim", "Higher"))
    measures = (
        c.Measure(
            name="Recovery",
            sentence="61 of 100 parents in treatment stayed six months or more. That is over the target, but chance alone could put it under.",
            value="61%",
            interval="51 to 69, 63 of 104",
            pairs=pairs,
            trend=trend,
        ),
        c.Measure(
            name="Re-entry",
            sentence="11 of 100 children who went home came back within a year, three years together.",
            value="11%",
            interval="6 to 18, 12 of 109",
            pairs=pairs,
            trend=c.Trend(periods=("2020–22", "2023–25"), values=(15, 11), base=15, target=8, low=6, high=18),
            hidden=c.HiddenCell(reason="Single years hidden, 1 to 10 children"),
        ),
    )
    steps = tuple(
        c.FunnelStep(label=a, count=n, note=b)
        for a, n, b in [
            ("Told to the state", 120, "births in 2025"),
            ("Have a plan", 96, "80 of 100 from before"),
            ("Referred to Early Steps", 70, "73 of 100 from before"),
            ("Evaluated", 41, "59 of 100 from before"),
        ]
    )
    funnel = c.Funnel(
        title="From birth to help",
        steps=(*steps, c.FunnelStep(label="Enrolled", count=None, hidden="Hidden, 1 to 10")),
        headings=("Step", "Babies", "Not yet"),
        lost_word="not yet",
    )
    control = c.ControlChart(
        points=tuple(
            c.ChartPoint(label=f"Q{i % 4 + 1} {2023 + i // 4}", value=value, low=28, high=62, marked=value > 62)
            for i, value in enumerate((41, 46, 44, 49, 52, 48, 55, 64))
        ),
        middle=45,
        band_word="Shaded: where chance alone keeps the values. A larger dot is beyond it.",
    )
    curve = c.WaitingCurve(
        steps=tuple(c.CurveStep(days=d, waiting=w, low=w - 6, high=min(100, w + 6)) for d, w in ((14, 88), (30, 71), (51, 49), (80, 33), (120, 21))),
        half_on=51,
        days_word="Of 100 families, how many still wait after so many days.",
    )
    return Section(key="numbers", title="Numbers", items=(c.Measures(rows=measures), funnel, control, curve), css="cl-stack")
