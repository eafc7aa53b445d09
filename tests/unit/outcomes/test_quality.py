"""What the scorecard finds in an extract by site: what is missing, late, twice, or in an order that cannot be."""

from __future__ import annotations

from pathlib import Path

from tests.made_extract import write_extract

from careloom.outcomes.measures.engines import engine, fetch, read_extract
from careloom.outcomes.measures.quality import scores


def test_each_site_is_scored_on_its_own_rows(tmp_path: Path) -> None:
    folder = write_extract(
        tmp_path / "extract",
        {
            "subjects": [
                {"subject": 1, "role": "INFANT", "born_on": "2025-01-01", "race": "WHITE", "site": "NORTH"},
                {"subject": 2, "role": "INFANT", "born_on": "2025-01-01", "site": "NORTH"},
                {"subject": 3, "role": "INFANT", "born_on": "2025-01-01", "race": "BLACK", "site": "SOUTH"},
                {"subject": 4, "role": "MEETING"},
            ],
            "notifications": [
                {"subject": 1, "on_date": "2025-01-02"},
                {"subject": 1, "on_date": "2025-01-20"},
                {"subject": 2, "on_date": "2024-12-30"},
                {"subject": 3, "on_date": "2025-03-01"},
            ],
            "episodes": [
                {"subject": 1, "episode": 1, "entered_on": "2025-02-01", "left_on": "2025-03-01"},
                {"subject": 1, "episode": 2, "entered_on": "2025-02-20"},
                {"subject": 3, "episode": 1, "entered_on": "2025-02-01", "left_on": "2025-01-15"},
                {"subject": 3, "episode": 2, "entered_on": "2025-05-01"},
            ],
            "reports": [{"subject": 2, "on_date": "2025-04-01", "incident_on": "2025-04-02", "screened": "in"}],
        },
    )
    with engine("duckdb", scratch=tmp_path) as backend:
        found = fetch(backend, scores(read_extract(backend, folder))).to_pylist()
    assert {(row["site"], row["name"]): (row["part"], row["whole"]) for row in found} == {
        ("NORTH", "race_known"): (1, 2),
        ("SOUTH", "race_known"): (1, 1),
        **{(site, f"{name}_known"): (0, count) for name in ("ethnicity", "county", "payer") for site, count in (("NORTH", 2), ("SOUTH", 1))},
        ("NORTH", "disposition_known"): (0, 1),
        ("NORTH", "notified_in_time"): (2, 3),
        ("SOUTH", "notified_in_time"): (0, 1),
        ("NORTH", "notified_once"): (2, 3),
        ("SOUTH", "notified_once"): (1, 1),
        ("NORTH", "notified_after_birth"): (2, 3),
        ("SOUTH", "notified_after_birth"): (1, 1),
        ("NORTH", "stays_in_order"): (1, 2),
        ("SOUTH", "stays_in_order"): (1, 2),
        ("NORTH", "reports_after_incident"): (0, 1),
    }
