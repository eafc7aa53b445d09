# Sourced by the doors in bin/: makes .venv and installs the pinned packages when the lock files changed.
# Afterwards ROOT is the clone and PYTHON the interpreter inside the environment.

ROOT=$(CDPATH= cd -- "$(dirname -- "$0")/.." && pwd -P)
VENV=$ROOT/.venv
PYTHON=$VENV/bin/python

say() { printf '%s\n' "$*" >&2; }
stop() { say "$(basename -- "$0"): $*"; exit 1; }

find_python() {
    for candidate in "${PYTHON3:-}" python3 python3.14 python3.13 python3.12 python3.11; do
        [ -n "$candidate" ] && command -v "$candidate" >/dev/null 2>&1 || continue
        if "$candidate" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
            command -v "$candidate"
            return 0
        fi
    done
    found=$(python3 -c 'import sys; print("%d.%d" % sys.version_info[:2])' 2>/dev/null || echo none)
    stop "Python 3.11 or later is needed (python3 here: $found). Install it, or name one: PYTHON3=/path/to/python3.12 bin/$(basename -- "$0")"
}

make_venv() {
    if [ -x "$PYTHON" ] && "$PYTHON" -c 'import sys, pip; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
        return 0
    fi
    base=$(find_python) || exit 1
    "$base" -c 'import venv, ensurepip' 2>/dev/null ||
        stop "Python's venv module is missing. On Debian or Ubuntu: apt-get install python3-venv. Then run this again."
    say "Making the environment in .venv with $("$base" --version)."
    rm -rf -- "$VENV"
    "$base" -m venv "$VENV" || stop "The environment could not be made in $VENV. Is the folder writable and the disk not full?"
}

stamp_of() { printf '%s %s' "$(cksum <"$ROOT/$1")" "$("$PYTHON" -c 'import sys; print(sys.version)')"; }

is_current() { [ -f "$VENV/$1.stamp" ] && [ "$(cat "$VENV/$1.stamp")" = "$(stamp_of "$1")" ]; }

install_locked() {
    say "Installing the pinned packages of $1 (once, about half a minute)."
    "$PYTHON" -m pip install -qq --disable-pip-version-check --require-hashes --requirement "$ROOT/$1" ||
        stop "The packages could not be installed. Check the network or pip's index settings (pip config list), then run this again."
    site=$("$PYTHON" -c 'import sysconfig; print(sysconfig.get_path("purelib"))')
    printf '%s\n' "$ROOT/src" >"$site/careloom-source.pth"
    stamp_of "$1" >"$VENV/$1.stamp"
}

# need_environment LOCKFILE: the development lock holds everything of the other one.
need_environment() {
    if [ -x "$PYTHON" ] && { is_current requirements-dev.txt || is_current "$1"; }; then
        return 0
    fi
    if command -v flock >/dev/null 2>&1; then
        exec 9>"$ROOT/.venv.lock" || stop "$ROOT cannot be written. Clone to a folder of your own and run this there."
        flock 9
    fi
    make_venv
    is_current requirements-dev.txt || is_current "$1" || install_locked "$1"
    exec 9>&-
}

# need_extra LOCKFILE: what is wanted beside the environment that is there already.
need_extra() {
    is_current "$1" || install_locked "$1"
}

# need_clients: FHIR clients of others that tests run, in environments of their own because their pins are not ours. Where they cannot be installed,
# their tests are skipped.
need_clients() {
    clients=$VENV/clients
    wanted="$(cksum <"$ROOT/requirements-clients.txt") $("$PYTHON" -V)"
    if [ "$(cat "$clients/stamp" 2>/dev/null)" != "$wanted" ]; then
        say "Installing FHIR clients of others for the tests (once, about a minute)."
        rm -rf -- "$clients"
        if "$PYTHON" -m venv "$clients" && "$clients/bin/python" -m pip install -qq --disable-pip-version-check --require-hashes \
            --requirement "$ROOT/requirements-clients.txt"; then
            printf '%s\n' "$wanted" >"$clients/stamp"
        else
            say "They could not be installed: the tests of Python clients are skipped."
        fi
    fi
    folder=$ROOT/tests/clients
    command -v npm >/dev/null 2>&1 || { say "Node is missing: the tests of its FHIR clients and validators are skipped."; return 0; }
    wanted="$(cksum <"$folder/package-lock.json") $(node --version)"
    [ "$(cat "$folder/node_modules/stamp" 2>/dev/null)" != "$wanted" ] || return 0
    say "Installing FHIR clients and validators for Node (once, about half a minute)."
    if (cd "$folder" && npm ci --silent >&2); then
        printf '%s\n' "$wanted" >"$folder/node_modules/stamp"
    else
        say "They could not be installed: their tests are skipped."
    fi
}
