"""One question asked twice: everything that a reader can observe of an answer, and every statement that the database got."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from django.db import connection
from django.test import Client

# What differs between two equal answers by design: the form's token, the page's nonce, the time and the request's number.
TOKENS = re.compile(r'((?:csrfmiddlewaretoken" value|data-csrf|nonce|name="request_key" value)=)"[^"]*"')
NOT_COMPARED = frozenset({"Date", "Expires", "X-Request-Id"})
SAVEPOINT = re.compile(r'"s\d+_x\d+"')
NONCE = re.compile(r"'nonce-[^']*'")


@dataclass(frozen=True, kw_only=True)
class Answer:
    """What came back, masked, and the statements in their order (text without parameters)."""

    status: int
    headers: tuple[tuple[str, str], ...]
    cookies: tuple[tuple[str, str], ...]
    body: str
    statements: tuple[str, ...]


@contextmanager
def statements() -> Iterator[list[str]]:
    """Collect the text of every statement of the block; parameters are no part of the text."""
    found: list[str] = []

    def keep(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        found.append(SAVEPOINT.sub('"s"', " ".join(str(sql).split())))
        return execute(sql, params, many, context)

    with connection.execute_wrapper(keep):
        yield found


def ask(client: Client, path: str, *, method: str = "get", data: Mapping[str, object] | None = None, htmx: bool = False, media: str = "") -> Answer:
    """Ask `path` and return the masked answer. `data` goes as a form, or as JSON where a `media` type is named."""
    more: dict[str, Any] = {"headers": {"HX-Request": "true"}} if htmx else {}
    more |= {"content_type": media} if media else {}
    with statements() as found:
        response = getattr(client, method)(path, data or {}, **more)
        body = b"".join(response.streaming_content) if response.streaming else response.content
    headers = tuple(sorted((k, NONCE.sub("'nonce'", v)) for k, v in response.headers.items() if k not in NOT_COMPARED))
    cookies = tuple(sorted((k, f"{m['path']} {m['httponly']} {m['samesite']}") for k, m in response.cookies.items()))
    # The page of a one-time link says its own address again, for the change of language.
    text = TOKENS.sub(r'\1""', body.decode("utf-8", "replace")).replace(path, "PATH")
    return Answer(status=response.status_code, headers=headers, cookies=cookies, body=text, statements=tuple(found))
