"""The command: gather, compile, check."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path

from careloom.config.messages import catalog
from careloom.config.messages.gathering import PACKAGE, gather

PO = PACKAGE / "config" / "locale" / "es" / "LC_MESSAGES" / "django.po"
# Pages that a mother, a partner without an account or anybody on the public site reads: complete in Spanish, or the check fails.
COMPLETE = (
    "portal/", "consents/", "plans/templates/plans/referrals/link", "plans/referrals/link", "agencies/templates/agencies/demo.html", "messages/",
    "rights/plain.py", "rights/documents/letter.py", "treatment/documents/", "plans/documents/", "plans/presenters/drawn.py",
    "plans/presenters/systems.py", "plans/presenters/sections.py", "plans/presenters/her_sections.py", "following/digests.py",
    "infra/ui/templates/ui/base_portal.html", "infra/ui/templates/ui/base_public.html", "infra/ui/templates/ui/skeleton.html",
    "infra/ui/templates/ui/parts/language.html", "infra/ui/templates/ui/parts/more.html", "infra/ui/templates/ui/help.html",
    "infra/ui/templates/ui/forms/", "infra/ui/meanings.py", "infra/ui/templates/404.html", "infra/ui/templates/403_csrf.html",
    "infra/ui/templates/offline.html", "commons/meanings.py", "commons/templates/commons/surveys_code.html",
    "outcomes/templates/outcomes/site/", "outcomes/templates/outcomes/card_body.html", "outcomes/templates/outcomes/figures_table.html",
    "outcomes/publishing/site.py", "outcomes/presenters/sentences.py", "outcomes/presenters/cards.py", "outcomes/presenters/cascade.py",
    "outcomes/presenters/labels.py", "outcomes/presenters/indicator.py", "outcomes/presenters/newest.py", "outcomes/presenters/rows.py",
    "outcomes/presenters/dashboard.py", "outcomes/presenters/curves.py",
    "commons/templates/commons/surveys_sheet.html", "commons/templates/commons/surveys_thanks.html", "commons/forms/surveys_answer.py",
)  # fmt: skip


def missing(po: Path = PO) -> list[tuple[catalog.Key, str]]:
    """The strings of those pages without Spanish, each with the first page that uses it."""
    known = catalog.read(po)
    lacking = []
    for key, places in sorted(gather().items()):
        place = next((p for p in places if p.startswith(COMPLETE)), "")
        if place and not (key in known and known[key].is_complete):
            lacking.append((key, place))
    return lacking


def is_current(po: Path = PO) -> bool:
    """Whether the .mo file is what the .po file says."""
    mo = po.with_suffix(".mo")
    return mo.is_file() and mo.read_bytes() == catalog.compiled(catalog.read(po).values())


def _gather() -> int:
    known = catalog.read(PO) if PO.is_file() else {}
    found = gather()
    entries = {key: catalog.Entry(key=key, forms=known[key].forms if key in known else [], places=places) for key, places in found.items()}
    gone = [key for key in known if key not in found]
    catalog.write(PO, entries.values())
    sys.stdout.write(f"{len(entries)} strings, {sum(not e.is_complete for e in entries.values())} without Spanish, {len(gone)} no longer used.\n")
    return 0


def _compile() -> int:
    PO.with_suffix(".mo").write_bytes(catalog.compiled(catalog.read(PO).values()))
    sys.stdout.write(f"Wrote {PO.with_suffix('.mo').name}.\n")
    return 0


def _check() -> int:
    lacking = missing()
    for key, place in lacking:
        sys.stdout.write(f"{place}: no Spanish for: {key.text}\n")
    if not is_current():
        sys.stdout.write("The .mo file is not current. Run: python -m careloom.config.messages compile\n")
        return 1
    return 1 if lacking else 0


COMMANDS: dict[str, Callable[[], int]] = {"gather": _gather, "compile": _compile, "check": _check}


def main(words: list[str]) -> int:
    """Run one command and return its exit code."""
    if len(words) != 1 or words[0] not in COMMANDS:
        sys.stdout.write(f"Say one of: {', '.join(COMMANDS)}\n")
        return 2
    return COMMANDS[words[0]]()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
