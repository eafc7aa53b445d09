"""Writes docs/rules from the code that decides and from the rows that test it, or says what is out of date.

python -m tools.rules_book write    write every page
python -m tools.rules_book check    make every page again and compare (about half a minute, for the decision tables)
"""

from __future__ import annotations

import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT / "src"), str(ROOT)]

from tools.rules_book.book import FOLDER, SEAL, every_page, out_of_date, seal  # noqa: E402


def main() -> int:
    if sys.argv[1:] == ["write"]:
        pages = every_page()
        for old in FOLDER.rglob("*.md"):
            if str(old.relative_to(FOLDER)) not in pages:
                old.unlink()
        for name, text in pages.items():
            path = FOLDER / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
        SEAL.write_text(seal() + "\n", encoding="utf-8")
        print(f"{len(pages)} pages written to {FOLDER}.")
        return 0
    if sys.argv[1:] == ["check"]:
        wrong = out_of_date(tables=True)
        print("\n".join(wrong) or "The book is what the code says.")
        return 1 if wrong else 0
    print(__doc__)
    return 2


if __name__ == "__main__":
    sys.exit(main())
