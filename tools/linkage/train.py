"""Trains the figures of the linkage model on the training halves and writes packs/base/linkage/parameters.yaml.

    nice .venv/bin/python -m tools.linkage.train [--look]     with ../shared/data beside the clone; about a minute

Splink estimates `u` on random pairs and `m` on the pairs known to be one person. A person reads the file before it is committed.
"""

from __future__ import annotations

import argparse
from math import log2
from pathlib import Path
from typing import Any

from tools.linkage.sets import Half, f1, febrl4, half, mothers_and_infants

from careloom.infra.packs.reading import packs_folder
from careloom.infra.packs.strict_yaml import read_yaml
from careloom.people.matching.model import OTHER, Model, build
from careloom.people.matching.splinking import linker, predict

HOME = packs_folder() / "base" / "linkage"
DATA = Path(__file__).resolve().parents[3] / "shared" / "data" / "linkage"
#: What no set of ours can teach: nobody's phone stands in them, and twins are few. Set by hand, and said so in the file.
ASSUMED = {
    "phone": {"SAME": (0.6, 0.0002), "ONE_DIGIT": (0.08, 0.0001), OTHER: (0.32, 0.9997)},
    "birth_order": {"SAME": (0.97, 0.4), OTHER: (0.03, 0.6)},
}
#: The same for what tells brothers and sisters apart: among random pairs it never shows, and it must outweigh all that they share.
SETTLED = {
    "mother": {"TWIN_ORDER": (1e-07, 1.0), "OTHER_NAME": (1e-05, 1.0), "SIBLING": (1e-05, 1.0), "SIBLING_ALIKE": (1e-04, 1.0)},
}
LEAST = 0.0002
#: Chosen so that weight 0 parts best on the training halves.
PRIOR = 0.003
UNTAUGHT = 0.123456789  # what stands where a set had nothing to teach


def train() -> dict[str, dict[str, tuple[float, float]]]:
    """m and u of each answer of each comparison: those of both sets together, each set counting alike where it knows something."""
    said: Any = read_yaml((HOME / "model.yaml").read_text(encoding="utf-8"))
    blank = {"m": UNTAUGHT, "u": UNTAUGHT}
    flat = {row["name"]: {level["code"]: blank for level in [*row["levels"], {"code": OTHER}]} for row in said["comparisons"]}
    start = build(said, {"levels": flat, "prior": PRIOR, "thresholds": {"show": 0, "likely": 0, "very_likely": 0}, "reviewed_by": None})
    learned = [_learn(start, part) for part in _halves(held=False)]
    figures: dict[str, dict[str, tuple[float, float]]] = {}
    for comparison in start.comparisons:
        known = [one[comparison.name] for one in learned if comparison.name in one]
        codes = [level.code for level in comparison.levels]
        figures[comparison.name] = ASSUMED.get(comparison.name) or {
            code: tuple(round(max(sum(one[code][i] for one in known) / len(known), LEAST), 5) for i in (0, 1))  # type: ignore[misc]
            for code in codes
        } | SETTLED.get(comparison.name, {})
    return figures


def _halves(*, held: bool) -> list[Half]:
    return [half(febrl4(DATA / "febrl"), held=held), half(mothers_and_infants(DATA / "pseudopeople_sample"), held=held)]


def _learn(model: Model, part: Half) -> dict[str, dict[str, tuple[float, float]]]:
    teaching = linker(model, part.rows, blocks=model.blocks, labels=part.who)
    teaching.training.estimate_u_using_random_sampling(max_pairs=4_000_000, seed=1)
    teaching.training.estimate_m_from_label_column("label")
    told: dict[str, dict[str, tuple[float, float]]] = {}
    for comparison in teaching.misc.save_model_to_json()["comparisons"]:
        levels = {level["label_for_charts"]: level for level in comparison["comparison_levels"] if not level.get("is_null_level")}
        if any(_number(level.get("m_probability")) for level in levels.values()):
            told[comparison["output_column_name"]] = {
                code: (_number(level.get("m_probability")), _number(level.get("u_probability"))) for code, level in levels.items()
            }
    return told


def _number(value: object) -> float:
    return float(value) if isinstance(value, int | float) and value != UNTAUGHT else 0.0


def main() -> None:
    """Train, look for the best weight on the training halves, and write the file; `--look` only tells how the shipped figures do."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--look", action="store_true")
    parser.add_argument("--held", action="store_true")
    parser.add_argument("--errors", action="store_true")
    asked = parser.parse_args()
    if not asked.look:
        figures = train()
        (HOME / "parameters.yaml").write_text(_text(figures, show=0.0), encoding="utf-8")
    said: Any = read_yaml((HOME / "model.yaml").read_text(encoding="utf-8"))
    model = build(said, read_yaml((HOME / "parameters.yaml").read_text(encoding="utf-8")))
    for part in _halves(held=asked.held):
        true = part.true_pairs
        found = predict(model, part.rows, blocks=model.blocks, least=-12)
        if asked.errors:
            _errors(part, found, true)
        print(len(part.rows), "records", len(true), "pairs; reached by a block:", len({(a, b) for a, b, *_ in found} & true))
        for least in range(-8, 13, 2):
            print(least, *(f"{x:.4f}" for x in f1({(a, b) for a, b, weight in found if weight >= least}, true)))
    print("prior", log2(PRIOR))


def _errors(part: Half, found: list[tuple[str, str, float]], true: set[tuple[str, str]]) -> None:
    by_key = {row.key: row for row in part.rows}
    weights = {(a, b): weight for a, b, weight in found}
    wrong = [pair for pair, weight in weights.items() if weight >= 2 and pair not in true]
    for kind, pairs in (("one person, not found", [p for p in true if weights.get(p, -99) < 2]), ("found, not one person", wrong)):
        for a, b in pairs[:12]:
            print(kind, round(weights.get((a, b), -99), 1), by_key[a], by_key[b], sep="\n   ")


def _text(figures: dict[str, dict[str, tuple[float, float]]], *, show: float) -> str:
    lines = [
        "# Written by tools/linkage/train.py from the training halves of Febrl 4 and of the mother-infant set (docs/how-to/identity.md).",
        "# Each answer: [m] how often two records of one person give it, [u] how often those of two people do. phone and birth_order are",
        "# assumed, not trained: the sets hold no phone numbers and few twins.",
        "reviewed_by: null",
        f"prior: {PRIOR}",
        f"thresholds: {{show: {show}, likely: 6.0, very_likely: 12.0}}",
        "levels:",
    ]
    for name, levels in figures.items():
        lines.append(f"  {name}:")
        lines += [f"    {code}: {{m: {m}, u: {u}}}" for code, (m, u) in levels.items()]
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    main()
