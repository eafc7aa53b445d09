"""CSV tables: an HSDS 3.x datapackage, or the older Ohana layout that has `locations.admin_emails`."""

from __future__ import annotations

import csv
import io

from careloom.directory.facts import DirectoryRefused, FileProblem
from careloom.exchange.hsds.tables import Row, Tables, table_name

csv.field_size_limit(2_000_000)


def read_csvs(files: dict[str, bytes]) -> Tables:
    """The tables of a datapackage. Raises `DirectoryRefused` when a file is no table at all."""
    tables = Tables(layout="hsds_csv")
    for name in sorted(files):
        table = table_name(name)
        tables.files.add(name.rsplit("/", 1)[-1].lower())
        if not name.lower().endswith(".csv"):
            continue
        if table is None:
            tables.problems.append(FileProblem(file=name, line=0, what="This table is not known and was left out."))
            continue
        for row in csv_rows(name, files[name]):
            tables.add(table, row)
    return tables


def csv_rows(name: str, data: bytes) -> list[Row]:
    """The rows of one CSV file. A row of another width than its heading refuses the file: it may be shifted."""
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise _refused(name, 0, f"The text is not UTF-8 at byte {error.start}. Save it as UTF-8.") from None
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    rows: list[Row] = []
    try:
        heading = [h.strip().lower() for h in next(reader, [])]
        if not heading:
            return []
        if len(set(heading)) != len(heading):
            raise _refused(name, 1, "A column name stands twice in the heading.")
        for values in reader:
            if not any(v.strip() for v in values):
                continue
            if len(values) != len(heading):
                what = f"The row has {len(values)} values and the heading {len(heading)}."
                raise _refused(name, reader.line_num, what)
            rows.append(Row(file=name, line=reader.line_num, values=dict(zip(heading, values, strict=True))))
    except csv.Error:
        raise _refused(name, reader.line_num, "The line is not CSV; a quotation mark may be open.") from None
    return rows


def _refused(name: str, line: int, what: str) -> DirectoryRefused:
    return DirectoryRefused([FileProblem(file=name, line=line, what=what, blocks=True)])
