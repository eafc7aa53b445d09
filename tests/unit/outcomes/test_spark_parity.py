"""Apache Spark computes the same expressions to the same digits. Where Spark is not installed this says so and is skipped; `.ci/run` installs it."""

from __future__ import annotations

import importlib.util
import io
import json
from datetime import date
from pathlib import Path

import pytest
from tests.shared_data import shared_data
from tests.unit.outcomes.test_worlds_edges import EDGES

from careloom.demo.population.making import make_population
from careloom.outcomes.measures.recipes import shipped
from careloom.outcomes.snapshots.computing import compute
from careloom.outcomes.worlds.answering import answer_lines

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(
        importlib.util.find_spec("pyspark") is None,
        reason="Spark is not installed here: pip install --require-hashes -r requirements-spark.txt",
    ),
]


def test_spark_answers_the_micro_worlds_as_duckdb_does() -> None:
    sample = shared_data("indicators", "worlds.jsonl").read_text(encoding="utf-8").splitlines()
    lines = [*sample, *(json.dumps({**asked, "id": title}) for title, asked, _, _ in EDGES)]
    answers = {}
    for engine in ("duckdb", "spark"):
        out = io.StringIO()
        assert answer_lines(lines=lines, out=out, engine_name=engine), out.getvalue()
        answers[engine] = out.getvalue().splitlines()
    told = [json.loads(line)["results"] for line in answers["spark"]]
    assert told[: len(sample)] == [json.loads(line)["expected"] for line in sample]
    assert [each[mode]["value"] for each, (_, _, mode, _) in zip(told[len(sample) :], EDGES, strict=True)] == [value for *_, value in EDGES]
    assert answers["spark"] == answers["duckdb"]


def test_spark_gives_the_same_lines_of_a_snapshot_for_every_recipe(tmp_path: Path) -> None:
    """Figures of all periods, by everything one may look by, and curves: one indicator of each recipe, over a small made state."""
    until = date(2026, 10, 31)
    make_population(tmp_path / "state", until=until, people=20_000, seed=7)
    first = {indicator.measure.recipe: code for code, indicator in reversed(shipped().items())}
    told = {}
    for engine in ("duckdb", "spark"):
        told[engine] = list(compute(folders=[tmp_path / "state"], until=until, engine_name=engine, codes=tuple(first.values())))
    assert sum("figure" in line for line in told["duckdb"]) > 1_000
    assert told["spark"] == told["duckdb"]
