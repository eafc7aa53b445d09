"""Words of the pages on bringing families in from a spreadsheet."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

FIELDS: dict[str, Any] = {
    "row.id": _("The row’s own number"),
    "mother.name": _("Mother: whole name"),
    "mother.given": _("Mother: first name"),
    "mother.family": _("Mother: last name"),
    "mother.birth_date": _("Mother: birth date"),
    "mother.record_number": _("Mother: record number"),
    "mother.phone": _("Mother: phone"),
    "mother.address": _("Mother: address"),
    "mother.county": _("Mother: county"),
    "mother.language": _("Mother: language"),
    "child.name": _("Child: whole name"),
    "child.given": _("Child: first name"),
    "child.family": _("Child: last name"),
    "child.birth_date": _("Child: birth date"),
    "child.sex": _("Child: sex"),
    "birth.weight_g": _("Birth weight in grams"),
    "birth.weeks": _("Weeks of pregnancy at birth"),
    "exposures": _("Substances before birth"),
    "worker.email": _("Worker who gets the family (e-mail)"),
}
FAULTS: dict[str, Any] = {
    "MISSING": _("it is empty"),
    "DATE": _("it is no day in the form that you chose"),
    "FUTURE": _("the day has not come yet"),
    "OLD": _("the child is older than six years; look whether the column is right"),
    "AGE": _("mother and child do not fit by age; look whether the columns are swapped"),
    "NUMBER": _("it is no number that fits"),
    "CODE": _("a word in it has no meaning yet; choose one above"),
    "WORKER": _("nobody in your agency signs in with this e-mail"),
    "TWICE": _("another row of the file is the same"),
}
NOT_READ: dict[str, Any] = {
    "TOO_LARGE": _("The file has more than 5 MB. Divide it by year, and bring the parts in one after the other."),
    "EMPTY": _("The file has no rows. It needs a first row with the names of the columns, and a row for each child."),
    "NO_NAMES": _("A column has no name. Write a name for each column into the first row."),
    "TWICE": _("Two columns have the same name. Give each its own."),
    "TOO_WIDE": _("The file has more than 100 columns. Leave out those that are not needed."),
    "TOO_LONG": _("The file has more than 20,000 rows. Divide it by year."),
    "NO_TEXT": _("This is a workbook or no text. Save it as CSV (UTF-8) in your spreadsheet program, and choose that file."),
    "BROKEN": _("The file cannot be read to its end: a quotation mark is not closed, or a cell is very long. Save it anew as CSV."),
    "NOT_JSON": _("This is no mapping file. Choose one that was saved from this page."),
    "SHAPE": _("This mapping file is of another kind or release. Choose one that was saved from this page."),
}
GAPS: dict[str, Any] = {
    "MOVED": _("It moved on meanwhile. Look at how it stands now."),
    "NO_COLUMNS": _("Choose at least a column for the mother’s name and one for the child’s birth date."),
    "NOTHING": _("No row can be brought in yet. Mend what is said below, and look again."),
}
STATES: dict[str, Any] = {
    "MAPPING": _("Say what the columns mean"),
    "CHECKED": _("Looked through; nothing is brought in yet"),
    "RUNNING": _("Being brought in"),
    "STOPPED": _("Stopped"),
    "DONE": _("Brought in"),
    "FAILED": _("It did not work. Your operator finds the reason in the log; what was brought in stays."),
    "OVER": _("Let go"),
}
DATES: dict[str, Any] = {
    "%Y-%m-%d": "2026-04-08", "%m/%d/%Y": "04/08/2026", "%m/%d/%y": "04/08/26", "%d/%m/%Y": _("08/04/2026 (day first)"), "%d.%m.%Y": "08.04.2026",
    "%m-%d-%Y": "04-08-2026", "%b %d, %Y": "Apr 8, 2026",
}  # fmt: skip
SEXES: dict[str, Any] = {"female": _("Female"), "male": _("Male"), "unknown": _("Not known")}
LANGUAGES: dict[str, Any] = {"en": _("English"), "es": _("Spanish")}
