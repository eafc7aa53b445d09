#!/bin/sh
# Writes a small practice county of the oldest state that is brought to today's release, with that state's own code: tools/oldest_county.sh FILE.dump
# Made once; tests/integration/running/test_upgrade.py reads it. Needs the whole history (git fetch --unshallow) and about two minutes.
set -eu
[ $# -eq 1 ] || { echo "tools/oldest_county.sh FILE.dump" >&2; exit 2; }
root=$(CDPATH= cd -- "$(dirname -- "$0")/.." && pwd -P)
case $1 in /*) file=$1 ;; *) file=$PWD/$1 ;; esac
work=$(mktemp -d)
chmod 755 "$work"
mkdir "$work/code"
git -C "$root" archive 7894d43 | tar -x -C "$work/code"
cd "$work"
export PYTHONPATH="$work/code/src" CARELOOM_HOME="$work/home" CARELOOM_WORLD=demo
python="$root/.venv/bin/python"
"$python" -m careloom.config.cli migrate
"$python" -c '
from careloom.config.commands import django_with_database
with django_with_database():
    from careloom.demo.load import ensure_world
    ensure_world(say=print, families=6, months=3)
'
"$python" -m careloom.config.cli db dump "$file"
rm -rf "$work"
