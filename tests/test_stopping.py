import signal
import subprocess
import sys
import threading
import time

import pytest

from clusternet.cli.stopping import AskedToEndError, orderly_end
from clusternet.datasets import DATASETS


@pytest.mark.skipif(sys.platform == "win32", reason="Windows ends a process without asking it")
@pytest.mark.parametrize(("number", "expected"), [(signal.SIGTERM, 143), (signal.SIGINT, 130)])
def test_f07_a_run_that_is_stopped_leaves_nothing_and_says_so(tmp_path, number, expected):
    out = tmp_path / "place" / "out"
    out.parent.mkdir()
    code = "import sys; from clusternet.cli import main; sys.exit(main(sys.argv[1:]))"
    command = [sys.executable, "-c", code, "study", str(DATASETS["furniture"].folder), "--out", str(out)]
    process = subprocess.Popen(command, stderr=subprocess.PIPE, text=True)
    end = time.monotonic() + 60
    while not any(out.parent.iterdir()):
        assert time.monotonic() < end
        time.sleep(0.02)
    time.sleep(0.3)
    process.send_signal(number)
    _, said = process.communicate(timeout=60)
    assert process.returncode == expected
    assert "nothing was changed" in said
    assert list(out.parent.iterdir()) == []


def test_the_signal_means_afterwards_what_it_meant_before():
    before = signal.getsignal(signal.SIGTERM)
    with pytest.raises(AskedToEndError), orderly_end():
        signal.raise_signal(signal.SIGTERM)
    assert signal.getsignal(signal.SIGTERM) is before


def test_another_thread_changes_no_signal():
    seen = []

    def other():
        with orderly_end():
            seen.append(signal.getsignal(signal.SIGTERM))

    thread = threading.Thread(target=other)
    thread.start()
    thread.join()
    assert seen == [signal.getsignal(signal.SIGTERM)]
