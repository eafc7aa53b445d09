"""What ``careloom up`` stands on: ports, children, and logs that quote nothing."""

from __future__ import annotations

import logging
import os
import socket
import sys
import time
from pathlib import Path

import pytest

from careloom.config import children, ports
from careloom.config.logs import PlainFormatter


def test_a_port_in_use_names_its_user_and_the_next_free_one() -> None:
    with socket.socket() as server:
        server.bind(("127.0.0.1", 0))
        server.listen()
        port = server.getsockname()[1]
        assert not ports.is_free(host="127.0.0.1", port=port)
        if sys.platform == "linux":
            assert f"process {os.getpid()}" in (ports.user(port=port) or "")
        free = ports.next_free(host="127.0.0.1", port=port)
    assert free is None or free > port
    assert ports.is_free(host="127.0.0.1", port=port)


def test_an_address_of_another_machine_is_refused() -> None:
    with pytest.raises(OSError):
        ports.is_free(host="192.0.2.1", port=8000)


def test_a_child_that_dies_is_started_again_and_given_up_when_it_keeps_dying(tmp_path: Path) -> None:
    child = children.Child(name="The trial", command=[sys.executable, "-c", f"open({str(tmp_path / 'starts')!r}, 'a').write('x')"])
    child.start()
    said: list[str] = []
    assert children.watch([child], stopping=lambda: False, say=said.append) is False
    assert (tmp_path / "starts").read_text() == "xxxxx"
    assert "starting it again" in said[0]
    assert "5 times within a minute" in said[-1]
    child.stop()


def test_stopping_leaves_nothing_of_a_child_that_does_not_listen(tmp_path: Path) -> None:
    script = "import signal, time, pathlib; signal.signal(signal.SIGTERM, signal.SIG_IGN); pathlib.Path('ready').touch(); time.sleep(60)"
    child = children.Child(name="The trial", command=[sys.executable, "-c", f"import os; os.chdir({str(tmp_path)!r}); {script}"])
    child.start()
    until = time.monotonic() + 10
    while not (tmp_path / "ready").exists() and time.monotonic() < until:
        time.sleep(0.01)
    assert child.died() is None
    child.stop(patience=0.2)
    assert child.died() is not None


def test_watching_ends_when_it_is_asked_to(tmp_path: Path) -> None:
    child = children.Child(name="The trial", command=[sys.executable, "-c", "import time; time.sleep(60)"])
    child.start()
    assert children.watch([child], stopping=lambda: True, say=print) is True
    child.stop()


def test_a_log_line_tells_kind_and_place_of_an_error_and_not_its_text() -> None:
    try:
        try:
            raise KeyError("Somebody")
        except KeyError as cause:
            raise ValueError("Key (name)=(Somebody)") from cause
    except ValueError:
        record = logging.LogRecord("trial", logging.ERROR, __file__, 1, "A step failed", None, sys.exc_info())
    line = PlainFormatter("%(message)s").format(record)
    assert "ValueError at " in line
    assert "caused by KeyError" in line
    assert "Somebody" not in line
