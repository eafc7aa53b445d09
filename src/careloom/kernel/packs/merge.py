"""How a pack extends another: what it says replaces, what it does not say is taken over."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

Documents = Mapping[str, Mapping[str, object]]
"""The parsed files of a pack by name, without their ending: manifest, rules, plan and so on."""

RULES = "rules"
MANIFEST = "manifest"


def merge_documents(*, base: Documents, child: Documents) -> dict[str, dict[str, object]]:
    """Lay the child over the base.

    Mappings merge key by key, lists and values replace. The manifest is never taken over, since
    it says who answers for the pack. Rules follow `merge_rules`.
    """
    merged: dict[str, dict[str, object]] = {}
    for name in {*base, *child}:
        if name == MANIFEST:
            merged[name] = dict(child.get(name, {}))
        elif name == RULES:
            merged[name] = merge_rules(base=base.get(name, {}), child=child.get(name, {}))
        else:
            merged[name] = _merge(base.get(name, {}), child.get(name, {}))
    return merged


def merge_rules(*, base: Mapping[str, object], child: Mapping[str, object]) -> dict[str, object]:
    """Extend each version of the child's rules by the newest version of the base.

    A row with the id of a base row takes its place; a row with a new id comes before all base
    rows; ids under `drop` go. `inherit: false` takes over nothing but what is sent.
    """
    inherited = _mappings(base.get("versions"))
    own = _mappings(child.get("versions"))
    if not own:
        return dict(base)
    if not inherited:
        return dict(child)
    return {**child, "versions": [_extend(inherited[-1], version) for version in own]}


def _extend(base: Mapping[str, object], child: Mapping[str, object]) -> dict[str, object]:
    inherit = child.get("inherit", True)
    dropped = child.get("drop") or ()
    own = _mappings(child.get("rows"))
    rows: list[object] = list(own)
    if inherit:
        by_id = {row.get("id"): row for row in own}
        base_rows = [row for row in _mappings(base.get("rows")) if row.get("id") not in _sequence(dropped)]
        base_ids = {row.get("id") for row in base_rows}
        new = [row for row in own if row.get("id") not in base_ids]
        rows = [*new, *(by_id.get(row.get("id"), row) for row in base_rows)]
    kept = {key: value for key, value in base.items() if key in ("sends", "tribe_leads")}
    said = {key: value for key, value in child.items() if key not in ("inherit", "drop", "rows")}
    return {**_merge(kept, said), "rows": rows}


def _merge(base: Mapping[str, object], child: Mapping[str, object]) -> dict[str, object]:
    merged = dict(base)
    for key, value in child.items():
        below = merged.get(key)
        both = isinstance(below, Mapping) and isinstance(value, Mapping)
        merged[key] = _merge(below, value) if both else value  # type: ignore[arg-type]
    return merged


def _mappings(value: object) -> list[Mapping[str, object]]:
    return [item for item in _sequence(value) if isinstance(item, Mapping)]


def _sequence(value: object) -> Sequence[object]:
    return value if isinstance(value, list | tuple) else ()
