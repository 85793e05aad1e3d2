"""The suite and the package without a network: the guard bites, and a study asks nobody for anything (F15, G12)."""

import json
import os
import shutil
import socket
import subprocess
import sys
import urllib.request
from pathlib import Path

import pytest

from clusternet.datasets import DATASETS
from tests.guard import sitecustomize

#: A command in a process that writes down every event of the module socket.
_WATCHED = """
import sys
seen = []
sys.addaudithook(lambda event, _: seen.append(event) if event.startswith("socket.") else None)
from clusternet.cli import main
done = main(sys.argv[1:])
import json
print("\\n" + json.dumps({"done": done, "seen": seen}))
"""


@pytest.fixture
def log(tmp_path, monkeypatch):
    """A log of this test's own, for attempts that are meant; the other one has to stay empty."""
    monkeypatch.setenv(sitecustomize.LOG, str(tmp_path / "log"))
    return tmp_path / "log"


def speak(verb, family, *arguments):
    """Make a socket, do something with it, and close it whatever comes of that."""
    with socket.socket(family, socket.SOCK_DGRAM) as entry:
        getattr(entry, verb)(*arguments)


ATTEMPTS = {
    "connection": lambda: socket.create_connection(("127.0.0.1", 9), timeout=1),
    "connect": lambda: speak("connect", socket.AF_INET, ("192.0.2.1", 80)),
    "connect_ex": lambda: speak("connect_ex", socket.AF_INET6, ("::1", 9)),
    "sendto": lambda: speak("sendto", socket.AF_INET, b"x", ("192.0.2.1", 9)),
    "bind": lambda: speak("bind", socket.AF_INET, ("127.0.0.1", 0)),
    "a name": lambda: socket.getaddrinfo("example.org", 443),
    "an old name": lambda: socket.gethostbyname("example.org"),
    "a page": lambda: urllib.request.urlopen("http://192.0.2.1/", timeout=1),
}


@pytest.mark.parametrize("attempt", ATTEMPTS)
def test_F15_the_guard_bites_in_this_process(attempt, log):
    with pytest.raises(RuntimeError, match="may not use a network"):
        ATTEMPTS[attempt]()
    assert log.read_text().count("\n") == 1


def test_F15_the_guard_bites_in_a_child_and_in_its_child(log):
    connect = "import socket; socket.create_connection(('192.0.2.1', 80), timeout=1)"
    swallowed = f"import subprocess, sys\ntry:\n    {connect}\nexcept Exception: pass\n"
    grandchild = f"sys.exit(subprocess.run([sys.executable, '-c', {connect!r}], capture_output=True).returncode)"
    done = subprocess.run([sys.executable, "-c", swallowed + grandchild], check=False)
    assert done.returncode == 1
    assert log.read_text().splitlines() == ["socket.getaddrinfo '192.0.2.1'"] * 2


def test_F15_who_swallows_the_error_is_found_out(tmp_path):
    (tmp_path / "conftest.py").write_text("from tests.guard.watching import pytest_runtest_call, pytest_unconfigure\n")
    (tmp_path / "test_sly.py").write_text(
        "import contextlib, socket\n"
        "def test_sly():\n"
        "    with contextlib.suppress(Exception):\n"
        "        socket.gethostbyname('example.org')\n"
        "def test_honest():\n"
        "    socket.socketpair()[0].close()\n"
    )
    command = [sys.executable, "-m", "pytest", "-q", "-c", os.devnull, "-p", "no:cacheprovider"]
    root = str(Path(__file__).parents[2])
    path = os.pathsep.join([os.environ["PYTHONPATH"], root])
    done = subprocess.run(
        [*command, "-W", "ignore", "--rootdir", str(tmp_path), str(tmp_path)],
        env={**os.environ, "PYTHONPATH": path, "PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1", "PYTEST_ADDOPTS": ""},
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
    )
    assert "1 failed, 1 passed" in done.stdout, done.stdout
    assert "socket.gethostbyname 'example.org'" in done.stdout


def test_F15_pairs_of_this_machine_are_let_through(log):
    one, other = socket.socketpair()
    one.sendall(b"x")
    assert other.recv(1) == b"x"
    one.close()
    other.close()
    assert not log.exists()


def _strace() -> list[str]:
    """Return how to look at the calls of a process from outside; nothing where that cannot be done."""
    found = shutil.which("strace")
    if found is None or subprocess.run([found, "-qq", "true"], capture_output=True, check=False).returncode:
        return []
    # With seccomp only the calls that are asked for stop the process, which saves most of the time.
    quick = [found, "--seccomp-bpf", "-f", "-qq"]
    able = subprocess.run([*quick, "true"], capture_output=True, check=False).returncode == 0
    return [*(quick if able else [found, "-f", "-qq"]), "-e", "trace=connect,bind,sendto,sendmsg,sendmmsg"]


COMMANDS = {
    "study": ["study", str(DATASETS["florentine"].folder), "--out", "made", "--seed", "1"],
    "demo": ["demo", "--out", "made"],
}


@pytest.mark.parametrize("name", ["study", pytest.param("demo", marks=pytest.mark.slow)])
def test_G12_a_study_opens_no_connection(tmp_path, name):
    """Seen from inside by an audit hook, and from outside by strace where it can be used."""
    command = [*COMMANDS[name], "--method", "leiden", "--draws", "2", "--resamples", "2", "--lang", "en,ar"]
    strace = _strace()
    watched = [*strace, "-o", str(tmp_path / "calls.txt")] if strace else []
    done = subprocess.run(
        [*watched, sys.executable, "-c", _WATCHED, *command], cwd=tmp_path, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    told = json.loads(done.stdout.splitlines()[-1])
    assert told == {"done": 0, "seen": []}
    assert (tmp_path / "made" / "report.ar.html").is_file()
    if strace:
        calls = (tmp_path / "calls.txt").read_text(errors="replace").splitlines()
        assert [line for line in calls if "AF_INET" in line or "AF_NETLINK" in line] == []


@pytest.mark.skipif(not _strace(), reason="no strace here, or it may not look at processes")
def test_G12_strace_sees_who_does_connect(tmp_path):
    """So that nothing seen means nothing done."""
    code = "import socket; s = socket.socket(socket.AF_INET, socket.SOCK_DGRAM); s.connect(('127.0.0.1', 9))"
    free = {name: value for name, value in os.environ.items() if name != sitecustomize.LOG}
    command = [*_strace(), "-o", str(tmp_path / "calls.txt"), sys.executable, "-c", code]
    subprocess.run(command, env=free, check=True)
    assert "AF_INET" in (tmp_path / "calls.txt").read_text(errors="replace")
