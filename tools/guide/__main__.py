"""Keeps the guide in `guide/` in step with the product.

python -m tools.guide write      write the code systems and the examples (the examples by a test with a database)
python -m tools.guide check      compare the code systems with the product's tables
python -m tools.guide compile    compile it by SUSHI without the network; US Core from ../shared/data or $SHARED_DATA
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT / "src"), str(ROOT)]
GIVEN = dict(os.environ)
os.environ.pop("CARELOOM_TEST_HOME", None)  # It is for tests; the product refuses settings that it does not know.
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "careloom.config.settings")

import django  # noqa: E402

django.setup()

from tools.guide import codes  # noqa: E402
from tools.guide.compiling import compiled  # noqa: E402

GUIDE = ROOT / "guide"
MODULES = ROOT / "tests" / "clients" / "node_modules"
DATA = Path(os.environ.get("SHARED_DATA", ROOT.parent / "shared" / "data"))
EXAMPLES = "tests/integration/fhir/test_guide_examples.py"


def main() -> int:
    match sys.argv[1:]:
        case ["write"]:
            codes.write(GUIDE)
            return subprocess.run(
                [sys.executable, "-m", "pytest", "-q", "-n", "0", EXAMPLES], cwd=ROOT, env={**GIVEN, "WRITE_GUIDE": "1"}, check=False
            ).returncode
        case ["check"]:
            wrong = codes.out_of_date(GUIDE)
            print("\n".join(wrong) or "The guide's codes are the product's.")
            return 1 if wrong else 0
        case ["compile"]:
            return _compile()
    print(__doc__)
    return 2


def _compile() -> int:
    node, us_core = shutil.which("node"), DATA / "fhir_packages" / "hl7.fhir.us.core-6.1.0.tgz"
    if node is None or not (MODULES / "fsh-sushi").exists() or not us_core.exists():
        print(f"It needs node, tests/clients/node_modules (npm ci in tests/clients) and {us_core}. See guide/README.md.")
        return 2
    with tempfile.TemporaryDirectory(prefix="careloom-guide-") as scratch:
        done = compiled(guide=GUIDE, node=node, modules=MODULES, us_core=us_core, scratch=Path(scratch))
        print(done.report)
        shutil.rmtree(ROOT / "out" / "guide", ignore_errors=True)
        shutil.copytree(done.folder, ROOT / "out" / "guide")
    print(f"The resources are in {ROOT / 'out' / 'guide'}.")
    return 1 if done.errors or done.warnings else 0


if __name__ == "__main__":
    sys.exit(main())
