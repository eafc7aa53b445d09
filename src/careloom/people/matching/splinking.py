"""The same model for Splink, which compares many records at once. INVARIANT: imported only in a child process that ends (DESIGN section 3)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

import pyarrow as pa
from splink import DuckDBAPI, Linker, SettingsCreator, block_on
from splink.comparison_library import CustomComparison

from careloom.people.matching.model import OTHER, Atom, Comparison, Model
from careloom.people.matching.traits import COLUMNS, Traits


def settings_of(model: Model, *, blocks: Sequence[Sequence[str]]) -> SettingsCreator:
    """Splink's settings for `model`, with the pairs that agree in one of `blocks`."""
    return SettingsCreator(
        link_type="dedupe_only",
        unique_id_column_name="key",
        probability_two_random_records_match=model.prior,
        comparisons=[_comparison(comparison) for comparison in model.comparisons],
        blocking_rules_to_generate_predictions=[block_on("grown", *block) for block in blocks],
        retain_matching_columns=False,
    )


def linker(model: Model, rows: Sequence[Traits], *, blocks: Sequence[Sequence[str]], labels: dict[str, str] | None = None) -> Linker:
    """A Linker over these records, in memory. `labels` tells who is who, for training."""
    text, flag = pa.string(), pa.bool_()
    columns = [("key", text), ("grown", flag), *((name, text) for name in COLUMNS)]
    values = [asdict(row) for row in rows]
    if labels is not None:
        columns.append(("label", text))
        values = [row | {"label": labels[row["key"]]} for row in values]
    api = DuckDBAPI(connection=":memory:")
    table = api.register(pa.Table.from_pylist(values, schema=pa.schema(columns)))
    settings = settings_of(model, blocks=blocks)
    if labels is not None:
        settings.additional_columns_to_retain = ["label"]
    return Linker(table, settings, log_level=40)


def predict(model: Model, rows: Sequence[Traits], *, blocks: Sequence[Sequence[str]], least: float) -> list[tuple[str, str, float]]:
    """Pairs of at least this weight: two keys, the smaller first, and the weight. What speaks for a pair is told by `compare`."""
    if len(rows) < 2:
        return []
    found = linker(model, rows, blocks=blocks).inference.predict(threshold_match_weight=least)
    return sorted((*sorted((row["key_l"], row["key_r"])), float(row["match_weight"])) for row in found.as_record_list())


def _comparison(comparison: Comparison) -> CustomComparison:
    unknown = " OR ".join(f'"{c}_l" IS NULL OR "{c}_r" IS NULL' for c in comparison.known)
    levels: list[dict[str, Any]] = [{"sql_condition": unknown, "label_for_charts": "unknown", "is_null_level": True}]
    for level in comparison.levels:
        condition = "ELSE" if level.code == OTHER else " AND ".join(f"({sql_of(atom)})" for atom in level.when)
        levels.append({"sql_condition": condition, "label_for_charts": level.code, "m_probability": level.m, "u_probability": level.u})
    return CustomComparison(output_column_name=comparison.name, comparison_levels=levels)


def sql_of(atom: Atom) -> str:
    """A test in DuckDB's words."""
    first, last = atom.columns[0], atom.columns[-1]
    match atom.kind:
        case "exact":
            return f'"{first}_l" = "{first}_r"'
        case "similar":
            return f'jaro_winkler_similarity("{first}_l", "{first}_r") >= {atom.at}'
        case "edits":
            return f'damerau_levenshtein("{first}_l", "{first}_r") <= {int(atom.at)}'
        case "unlike":
            return f'jaro_winkler_similarity("{first}_l", "{first}_r") < {atom.at}'
        case "apart":
            return f'damerau_levenshtein("{first}_l", "{first}_r") >= {int(atom.at)}'
        case "differs":
            return f'"{first}_l" <> "{first}_r"'
        case "crossed":
            return f'"{first}_l" = "{last}_r" AND "{last}_l" = "{first}_r"'
        case "either":
            return " OR ".join(f'"{a}_l" = "{b}_r"' for a in atom.columns for b in atom.columns)
    raise ValueError(f"There is no test called {atom.kind}.")
