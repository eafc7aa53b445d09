"""The whole book: its pages by name, and what on disk is out of date."""

from __future__ import annotations

from hashlib import sha256
from pathlib import Path

from tools.rules_book.front_pages import index_page, overlays_page, properties_page, unreviewed_page
from tools.rules_book.order_page import order_page
from tools.rules_book.regime_page import regime_page
from tools.rules_book.rule_page import Reviews, rule_page
from tools.rules_book.seen import every_rule

from careloom.infra.packs import list_packs, load_pack
from careloom.infra.packs.fingerprints import every_regime

ROOT = Path(__file__).resolve().parents[2]
FOLDER = ROOT / "docs" / "rules"
#: A digest of what the decision tables are made from, and of the tables themselves, so that a test need not make them each time.
SEAL = FOLDER / "tables.sha256"
_SOURCES = ("src/careloom/kernel/disclosure/**/*.py", "tools/rules_book/*.py")


def reviews() -> Reviews:
    """Who has reviewed which rule, over all packs."""
    found: Reviews = {}
    for pack in list_packs():
        for name, review in load_pack(name=pack).reviews.items():
            found.setdefault(name, []).append((pack, review))
    return found


def every_page() -> dict[str, str]:
    """All pages by their path in the folder."""
    signed = reviews()
    return _quick_pages(signed) | {f"regime/{regime.name.lower()}.md": regime_page(regime, reviews=signed) for regime in every_regime()}


def _quick_pages(signed: Reviews) -> dict[str, str]:
    front = {
        "README.md": index_page(reviews=signed),
        "properties.md": properties_page(),
        "order.md": order_page(),
        "unreviewed.md": unreviewed_page(reviews=signed),
        "overlays.md": overlays_page(),
    }
    return front | {f"rule/{name}.md": rule_page(rule, reviews=signed) for name, rule in every_rule().items()}


def out_of_date(*, tables: bool) -> list[str]:
    """The pages that are missing, left over or differ. Without `tables`, pages with decision tables are compared by their seal."""
    pages = every_page() if tables else _quick_pages(reviews())
    wrong = [f"docs/rules/{name} is not what the code says." for name, text in pages.items() if _on_disk(name) != text]
    names = {f"regime/{regime.name.lower()}.md" for regime in every_regime()} | set(pages)
    wrong += [f"docs/rules/{p.relative_to(FOLDER)} has no rule." for p in FOLDER.rglob("*.md") if str(p.relative_to(FOLDER)) not in names]
    if not SEAL.is_file() or SEAL.read_text().strip() != seal():
        wrong.append("The decision tables were made from another engine, or were changed by hand.")
    return wrong


def seal() -> str:
    """The digest of the engine, of this program and of the pages with tables as they stand on disk."""
    digest = sha256()
    paths = [path for pattern in _SOURCES for path in ROOT.glob(pattern)]
    for path in sorted([*paths, *(FOLDER / "regime").glob("*.md")]):
        digest.update(path.relative_to(ROOT).as_posix().encode() + b"\0" + path.read_bytes() + b"\0")
    return digest.hexdigest()


def _on_disk(name: str) -> str:
    path = FOLDER / name
    return path.read_text(encoding="utf-8") if path.is_file() else ""
