"""A definition as a pack that a deployer can put in force: a folder that extends the pack in use by one row (R-224, packs/README.md).

Law stays reviewed data: the screen makes the file, `careloom pack check` reads it, counsel signs it, and CARELOOM_PACK names it.
"""

from __future__ import annotations

import io
import zipfile
from dataclasses import replace
from typing import Any

import yaml

from careloom.changes.models import Definition
from careloom.infra.packs.reading import load_pack, packs_folder
from careloom.infra.packs.strict_yaml import read_yaml
from careloom.kernel.notification import unreachable_rows
from careloom.kernel.packs.rules import read_row
from careloom.kernel.partnership.definition import outside_row


def pack_name(definition: Definition, *, base: str) -> str:
    """What the pack is called: the pack in use, and the version of the definition."""
    return f"{base}-definition-{definition.version}"


def pack_file(definition: Definition, *, base: str) -> bytes:
    """The folder as a ZIP: a manifest that extends `base`, and a version of the rules from the day of adoption."""
    name = pack_name(definition, base=base)
    manifest: Any = read_yaml((packs_folder() / base / "manifest.yaml").read_text(encoding="utf-8"))
    manifest |= {
        "name": name, "title": f"{manifest['title']}, definition {definition.version}", "extends": base, "effective_from": definition.adopted_on,
        "effective_to": None, "reviewed_by": None, "reviewed_on": None,
    }  # fmt: skip
    version = {
        "version": f"definition {definition.version}", "effective_from": definition.adopted_on, "effective_to": None,
        **_rows(definition, base=base),
    }  # fmt: skip
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as folder:
        for file, document in (("manifest", manifest), ("rules", {"versions": [version]})):
            words = yaml.safe_dump(document, sort_keys=False, allow_unicode=True)
            # The same definition makes the same bytes.
            folder.writestr(zipfile.ZipInfo(f"{name}/{file}.yaml", date_time=(2026, 1, 1, 0, 0, 0)), words)
    return out.getvalue()


def _rows(definition: Definition, *, base: str) -> dict[str, Any]:
    """The row of the definition, without the rows that no birth reaches once it decides first; nothing when it leaves nothing out."""
    row = outside_row(covers=definition.covers, citation=definition.citation)
    rules = load_pack(name=base).rule_versions[-1]
    together = replace(rules, rows=(read_row(row), *rules.rows))
    idle = unreachable_rows(rules=together)
    if row["id"] in idle:
        return {"rows": [], "drop": []}
    return {"rows": [row], "drop": list(idle)}
