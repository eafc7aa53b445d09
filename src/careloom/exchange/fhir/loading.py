"""From bytes to the JSON of a bundle, or a refusal that says where the file breaks."""

from __future__ import annotations

import json
from typing import Any, NoReturn

from careloom.exchange.fhir.bindings import ACCEPTED_BUNDLES
from careloom.exchange.fhir.problems import refuse

MOST_BYTES = 200 * 1024 * 1024
"""DESIGN section 8, uploads: bundles up to 200 MB."""
AGAIN = "Export the bundle again and send the new file."


def load_bundle(data: bytes) -> dict[str, Any]:
    """The JSON of a bundle. Raises `BundleRefused` for anything that is no whole R4 Bundle of an accepted type."""
    if len(data) > MOST_BYTES:
        size = len(data) // (1024 * 1024)
        raise refuse("Bundle", f"The file has {size} MB; the limit is 200 MB.", "Split it, one person to a file.")
    if not data.strip():
        raise refuse("Bundle", "The file is empty.", AGAIN)
    return _checked(_parsed(data))


def _parsed(data: bytes) -> Any:
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise refuse("Bundle", f"The text is not UTF-8 at byte {error.start}.", "Save the file as UTF-8.") from None
    if "\\u0000" in text:
        raise refuse("Bundle", "A text in the file holds the sign NUL, which no text may hold.", AGAIN)
    try:
        return json.loads(text, parse_constant=_no_constant)
    except json.JSONDecodeError as error:
        position = len(text[: error.pos].encode())
        raise _broken(text, error, position) from None
    except (RecursionError, ValueError):
        raise refuse("Bundle", "The JSON holds a value that JSON does not allow.", AGAIN) from None


def _no_constant(name: str) -> NoReturn:
    raise ValueError(name)


def _broken(text: str, error: json.JSONDecodeError, position: int) -> Exception:
    if text.lstrip()[:1] == "<":
        return refuse("Bundle", "The file is XML, and only FHIR JSON is read.", "Export it as FHIR R4 JSON.")
    if text.lstrip()[:1] not in "{[":
        return refuse("Bundle", "The file is not JSON.", "Choose the FHIR R4 bundle, a file that begins with {.")
    if error.pos >= len(text.rstrip()) - 1 or "Unterminated" in error.msg or not text.rstrip().endswith("}"):
        return refuse("Bundle", f"The file is cut off: it ends in the middle, at byte {position}.", AGAIN)
    return refuse("Bundle", f"The JSON is broken at byte {position} (line {error.lineno}).", AGAIN)


def _checked(bundle: Any) -> dict[str, Any]:
    if not isinstance(bundle, dict) or "resourceType" not in bundle:
        raise refuse("resourceType", "The JSON is not a FHIR resource.", "Choose the FHIR R4 bundle.")
    if bundle["resourceType"] != "Bundle":
        raise refuse("resourceType", "The file holds a single resource, not a Bundle.", "Export it as a Bundle.")
    kind = bundle.get("type")
    if not isinstance(kind, str) or kind not in ACCEPTED_BUNDLES:
        accepted = ", ".join(sorted(ACCEPTED_BUNDLES))
        raise refuse("Bundle.type", "This type of bundle is not read.", f"Export it as one of: {accepted}.")
    entries = bundle.get("entry")
    if not isinstance(entries, list) or not entries:
        raise refuse("Bundle.entry", "The bundle holds no entries.", "Export the whole record.")
    return bundle
