"""Step 7: the plan as accessible PDF, in English and Spanish, and one reader's copy that holds only what she may see."""

from __future__ import annotations

from careloom.demo.walkthrough.report import hidden
from careloom.demo.walkthrough.walk import DANA, LENA, RUTH, Walk
from careloom.infra import clock
from careloom.plans.documents import render_plan

TITLE = "Documents: each reader's own copy"
COPIES = (("plan-en.pdf", DANA, "en"), ("plan-es.pdf", DANA, "es"), ("plan-restricted.pdf", LENA, "en"))
# Words that only a reader of the treatment part may find in her copy.
TELLING = ("El grupo de los lunes", "Seguir con mi grupo", "Riverbend")


def run(walk: Walk) -> None:
    """Write the three copies and look into them."""
    from io import BytesIO

    from pypdf import PdfReader

    texts: dict[str, str] = {}
    for name, reader, language in COPIES:
        with walk.acting(reader, at=clock.now()) as by:
            data = render_plan(viewer=by, plan_id=walk.plan, language=language, at=clock.now())
        (walk.out / name).write_bytes(data)
        paper = PdfReader(BytesIO(data))
        texts[name] = " ".join(" ".join(page.extract_text() for page in paper.pages).split())
        marked = paper.trailer["/Root"].get("/MarkInfo", {}).get("/Marked", False)
        walk.report.allowed(f"{name}: {len(paper.pages)} page(s), tagged for screen readers", bool(marked))
    english, spanish, restricted = (texts[name] for name, _, _ in COPIES)
    walk.report.allowed(
        "the two languages are two texts of one plan",
        english != spanish and "Una casa para los tres" in english and "Una casa para los tres" in spanish,
    )
    walk.report.allowed("the copy of the program that leads holds the treatment part", TELLING[0] in english and TELLING[1] in spanish)
    walk.report.allowed("child welfare's copy carries the notice of 42 CFR 2.32", "42 CFR part 2" in restricted)
    walk.report.refused("child welfare's copy holds anything of treatment", not any(word in restricted for word in TELLING))
    walk.report.refused("any copy names the person whom nobody may contact", not any("no lo contacten" in text for text in (restricted, spanish)))
    with walk.acting(RUTH, at=clock.now()) as by:
        asked = hidden(lambda: render_plan(viewer=by, plan_id=walk.plan, language="en", at=clock.now()))
    walk.report.refused("a copy for the state lead", asked)
