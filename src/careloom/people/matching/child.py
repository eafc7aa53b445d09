"""The process that compares everybody and ends: reads records from its standard input, writes pairs to its standard output.

    python -m careloom.people.matching.child < request.json > pairs.json

INVARIANT: it opens no database and no file of people; what it is told ends with it. Splink and DuckDB are loaded here and nowhere else.
"""

from __future__ import annotations

import json
import sys
from typing import Any

from careloom.people.matching.model import load_model
from careloom.people.matching.traits import Traits


def answer(asked: dict[str, Any]) -> list[tuple[str, str, float]]:
    """Pairs of the records in `asked` (`rows`, `blocks`) that are worth a look."""
    from careloom.people.matching.splinking import predict

    model = load_model()
    return predict(model, [Traits(**row) for row in asked["rows"]], blocks=asked["blocks"], least=model.show)


if __name__ == "__main__":
    json.dump(answer(json.load(sys.stdin)), sys.stdout)
