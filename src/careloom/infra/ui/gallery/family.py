"""Gallery: threads, clocks, words, decision, people."""

from __future__ import annotations

import datetime as dt

from careloom.infra.ui import components as c
from careloom.infra.ui.components import Link, Status
from careloom.infra.ui.gallery.section import Section


def threads() -> Section:
    """Threads and knots."""

    def k(state: str, head: str, text: str = "", quote: str = "", url: str = "") -> c.Knot:
        return c.Knot(state=state, head=head, text=text, quote=quote, url=url)  # type: ignore[arg-type]

    nots = k("next", "Not yet")
    threads = (
        c.Thread(
            need="A home for the three of us",
            sub="For Marisol, Mateo and Lucía",
            url="#",
            knots=(
                k("her", "Yes, first of all", quote="A door I can lock."),
                k("ok", "Harbor House", "Family room"),
                k("late", "Open again", "Room fell through March 11", url="#"),
                nots,
                nots,
            ),
        ),
        c.Thread(
            need="A ride to the clinic and to visits",
            sub="For Marisol. 70 miles each way",
            knots=(k("her", "Yes"), k("ok", "MapleCare rides", "Covered by her plan"), k("wait", "Asked March 9", "Answer due tomorrow"), nots, nots),
        ),
        c.Thread(
            need="Watching how Mateo grows",
            sub="For Mateo",
            knots=(k("her", "Yes"), k("ok", "Early Steps"), k("ok", "Accepted March 3"), k("move", "March 24, 9:30", "First evaluation"), nots),
        ),
        c.Thread(
            need="Crib and car seat",
            sub="For Mateo",
            knots=(
                k("her", "Yes"),
                k("ok", "St. Agnes"),
                k("ok", "Accepted Feb. 20"),
                k("done", "Brought Feb. 23", "Both"),
                k("done", "Resolved", "March 5, says Marisol"),
            ),
        ),
        c.Thread(
            need="Parenting class",
            sub="Offered February 20",
            knots=(
                k("end", "No", quote="I took it with Lucía."),
                k("span", "Her choice stands.", "We ask again only if she brings it up. Nothing else changes."),
            ),
        ),
    )
    return Section(
        key="threads",
        title="Threads",
        note="Filled is a fact, ringed is where someone is waited for",
        items=(c.Threads(threads=threads, columns=("Need", "Her choice", "Service", "Referral", "Delivered", "Resolved")),),
    )


def clocks() -> Section:
    """Three clocks."""
    d = dt.date

    def p(on: dt.date, label: str, kind: str = "open") -> c.ClockPoint:
        return c.ClockPoint(on=on, label=label, kind=kind)  # type: ignore[arg-type]

    rows = (
        c.ClockRow(
            name="Mateo",
            sub="Growing",
            starts_on=d(2026, 2, 18),
            ends_on=d(2026, 10, 20),
            points=(
                p(d(2026, 2, 18), "Born Feb. 18", "done"),
                p(d(2026, 3, 24), "Evaluation Mar. 24", "due"),
                p(d(2026, 4, 20), "2-month visit"),
                p(d(2026, 8, 18), "6 months"),
            ),
        ),
        c.ClockRow(
            name="Marisol",
            sub="Treatment",
            starts_on=d(2025, 8, 11),
            ends_on=d(2026, 10, 20),
            points=(
                p(d(2025, 8, 11), "Began Aug. 11", "done"),
                p(d(2025, 11, 9), "90 days", "done"),
                p(d(2026, 2, 7), "180 days", "done"),
                p(d(2026, 8, 11), "12 months, Aug. 11", "key"),
            ),
        ),
        c.ClockRow(
            name="Lucía, 4",
            sub="With her grandmother",
            starts_on=d(2025, 6, 24),
            ends_on=d(2026, 6, 24),
            points=(
                p(d(2025, 6, 24), "June 24", "done"),
                p(d(2026, 3, 24), "9-month notice Mar. 24", "due"),
                p(d(2026, 6, 24), "Hearing by June 24", "key"),
            ),
        ),
    )
    clocks = c.Clocks(
        today=d(2026, 3, 12),
        rows=rows,
        title="Three clocks on one time line",
        sentence="Two dates fall on March 24. Lucía’s hearing must come by June 24, seven weeks before Marisol reaches 12 months in treatment.",
        link_label="Ask her about sharing it",
        link_url="#",
    )
    return Section(key="clock", title="Clocks", items=(clocks,), wrap="cl-card")


def words() -> Section:
    """Her words, facts and fields from a record."""
    facts = c.Facts(
        items=(
            c.Fact(label="Mother", value="Marisol Reyes Ortega, 27", note="Spanish, wants an interpreter"),
            c.Fact(label="Baby", value="Mateo, 22 days old", note="Born February 18 at 39 weeks"),
            c.Fact(label="Next review", value="Friday, March 20, 10 AM", note="St. Agnes room 2, or video"),
        )
    )
    voice = c.Voice(
        words="I did not miss it. My cousin’s car broke down and I called before eight.",
        footer="Printed next to the text on every copy.",
        link=Link(label="Answer her", url="#"),
    )
    said = c.Said(words="El estado cuenta los nacimientos como este, sin su nombre.", by="By Renee Castillo, with interpreter 4471", lang="es")
    fields = tuple(
        c.RecordField(number=n, label=a, value=b, change_url="#", source=s)
        for n, a, b, s in [
            (1, "Mother", "Marisol Reyes Ortega, 27. Spanish", ""),
            (2, "Baby", "Boy, born Feb. 18, 4:12 PM. 3,160 g", "From the chart, 3:38 AM"),
        ]
    )
    return Section(
        key="words", title="Her words, facts, fields from a record", items=(facts, voice, said, c.RecordFields(rows=fields)), wrap="cl-card"
    )


def people() -> Section:
    """The care team and who sees what."""
    people = c.People(
        rows=(
            c.PersonRow(
                name="Marisol Reyes Ortega", role="Mother. Decides who is on this team", her=True, status=Status(words="Her plan", tone="her")
            ),
            c.PersonRow(name="Bea Lindqvist", role="Harbor Home Visiting, nurse", phone="555-0142"),
            c.PersonRow(name="Elena Ortega", role="Grandmother. Lucía lives with her", aside="Through Marisol"),
        )
    )
    cell = c.SeesCell
    sees = c.SeesTable(
        label="Who sees what",
        columns=("Agency", "Plan and visits", "Treatment", "Until", "Last looked"),
        note="Every look is kept, and Marisol can read the list.",
        rows=(
            c.SeesRow(
                agency="Riverbend",
                cells=(cell(words="Sees", kind="yes"), cell(words="Sees", kind="yes"), cell(words="While treating"), cell(words="Today")),
            ),
            c.SeesRow(
                agency="Pine County",
                note="child welfare",
                cells=(cell(words="Part", kind="part"), cell(words="Not shared", kind="none"), cell(words="April 6"), cell(words="March 9")),
            ),
        ),
    )
    return Section(key="people", title="People and who sees what", items=(people, sees), css="cl-grid cl-grid--57 cl-grid--top", wrap="cl-card")
