"""How log lines look: one line, UTC, and of an exception its kind and place only, for its text may quote a record (CONTRIBUTING, personal data)."""

from __future__ import annotations

import json
import logging
import time
import traceback
from types import TracebackType
from typing import Any

from careloom.infra.watching import numbers

ExcInfo = tuple[type[BaseException], BaseException, TracebackType | None] | tuple[None, None, None]


class PlainFormatter(logging.Formatter):
    """Writes an exception as ``KindOfError at file:line in function``, followed by the kinds of its causes."""

    converter = time.gmtime

    def formatException(self, ei: ExcInfo | Any) -> str:  # noqa: N802  (the name that logging calls)
        error: BaseException | None = ei[1]
        words, seen = [], set()
        while error is not None and id(error) not in seen:
            seen.add(id(error))
            frames = traceback.extract_tb(error.__traceback__)
            ours = [frame for frame in frames if "/careloom/" in frame.filename] or frames[-1:]
            place = f" at {ours[-1].filename}:{ours[-1].lineno} in {ours[-1].name}" if ours else ""
            words.append(f"{type(error).__qualname__}{place}")
            error = error.__cause__ or error.__context__
        return "  " + "; caused by ".join(words)

    def formatStack(self, stack_info: str) -> str:  # noqa: N802
        return ""


class JsonFormatter(PlainFormatter):
    """Writes one JSON object a line: `time` (UTC), `level`, `logger`, `words`, `request` where one is answered, `error` where one was raised."""

    def format(self, record: logging.LogRecord) -> str:
        line = {
            "time": f"{time.strftime('%Y-%m-%dT%H:%M:%S', time.gmtime(record.created))}.{int(record.msecs):03}Z", "level": record.levelname,
            "logger": record.name, "words": record.getMessage(),
        }  # fmt: skip
        line |= {"request": numbers.current()} if numbers.current() else {}
        line |= {"error": self.formatException(record.exc_info).strip()} if record.exc_info and record.exc_info[0] else {}
        return json.dumps(line, ensure_ascii=False)
