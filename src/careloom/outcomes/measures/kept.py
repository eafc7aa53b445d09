"""Rows that are kept in the order of people's numbers, so that those of a few people are found without reading the others.

The file is plain Arrow, opened as memory: only the pages are read on which somebody who is asked for stands.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any, Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

_BATCH: Final = 250_000  # rows; each batch is searched by halving


def keep(db: Any, rows: str, path: Path) -> None:
    """Write down the rows that the SQL `rows` gives in the order of `subject`, a column of 64-bit numbers."""
    reader = db.sql(rows).to_arrow_reader(_BATCH)
    with pa.OSFile(str(path), "wb") as file, pa.ipc.new_file(file, reader.schema) as writer:
        for batch in reader:
            writer.write_batch(batch)


def looked_up(path: Path, subjects: Sequence[int]) -> pa.Table:
    """The rows of these people, whose numbers stand in order."""
    wanted = np.asarray(subjects, dtype=np.int64)
    with pa.memory_map(str(path)) as file:
        reader = pa.ipc.open_file(file)
        batches = (reader.get_batch(place) for place in range(reader.num_record_batches))
        return pa.Table.from_batches([_found(batch, wanted) for batch in batches], schema=reader.schema)


def _found(batch: pa.RecordBatch, wanted: np.ndarray[Any, np.dtype[np.int64]]) -> pa.RecordBatch:
    column = batch["subject"]
    # Numbers go between Arrow and numpy as they lie in memory: Arrow's own ways there and back load pandas.
    numbers = np.frombuffer(column.buffers()[1], dtype=np.int64, count=len(column), offset=8 * column.offset)
    since, until = np.searchsorted(numbers, wanted, "left"), np.searchsorted(numbers, wanted, "right")
    many = until - since
    # All places of all people: each person's first place, again for each of her rows, and so many further.
    before = np.repeat(np.cumsum(many) - many, many)
    places = np.repeat(since, many) + np.arange(many.sum()) - before
    return pc.take(batch, pa.Array.from_buffers(pa.int64(), len(places), [None, pa.py_buffer(places)]))
