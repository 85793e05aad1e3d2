import signal
import subprocess
import sys
import threading
import time

import pytest

from clusternet.cli import main
from clusternet.cli.stopping import AskedToEndError, orderly_end
from clusternet.datasets import DATASETS
from clusternet.study import running


@pytest.mark.skipif(sys.platform == "win32", reason="Windows ends a process without asking it")
@pytest.mark.parametrize(("number", "expected"), [(signal.SIGTERM, 143), (signal.SIGINT, 130)])
def test_f07_a_run_that_is_stopped_leaves_nothing_and_says_so(tmp_path, number, expected):
    out = tmp_path / "place" / "out"
    out.parent.mkdir()
    # A shell that starts something in the background has it pass over Ctrl-C; the officer's does not.
    code = "import signal, sys; signal.signal(signal.SIGINT, signal.default_int_handler); "
    code += "from clusternet.cli import main; sys.exit(main(sys.argv[1:]))"
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
    assert {path.name for path in out.parent.iterdir()} <= {"out.stages"}


@pytest.mark.parametrize(("stop", "expected"), [(KeyboardInterrupt, 130), (AskedToEndError, 143)])
@pytest.mark.parametrize(("language", "words"), [("en", "kept in out.stages"), ("ar", "محفوظة في out.stages")])
def test_F07_a_stopped_run_says_what_is_kept_and_the_same_command_continues(
    tmp_path, monkeypatch, capsys, stop, expected, language, words
):
    survey = tmp_path / "survey"
    survey.mkdir()
    (survey / "enterprises.csv").write_text("enterprise_id,name\na,A\nb,B\nc,C\n", encoding="utf-8")
    (survey / "linkages.csv").write_text("source,target,layer\na,b,stock\nb,c,stock\na,c,stock\n", encoding="utf-8")
    command = ["study", str(survey), "--out", str(tmp_path / "out"), "--method", "leiden", "--lang", language]
    command += ["--draws", "2", "--resamples", "0"]
    found = []
    monkeypatch.setattr(
        running, "find_clusters", lambda *a, work=running.find_clusters, **o: found.append(1) or work(*a, **o)
    )

    def stopped(*args, **options):
        raise stop

    with monkeypatch.context() as patched:
        patched.setattr(running, "score_clusters", stopped)
        assert main(command) == expected
    said = capsys.readouterr().err
    assert words in said
    assert sorted(path.name for path in tmp_path.iterdir()) == ["out.stages", "survey"]
    monkeypatch.setattr(running, "write_report", lambda *nouns, course, **options: course() and tmp_path)
    assert main(command) == 0
    assert found == [1]
    capsys.readouterr()


@pytest.mark.skipif(sys.platform == "win32", reason="Windows tells nobody that a pipe was closed")
def test_F07_a_pipe_that_nobody_reads_ends_the_program_without_a_word():
    code = "import sys; from clusternet.cli import main; sys.exit(main(sys.argv[1:]))"
    process = subprocess.Popen(
        [sys.executable, "-c", code, "metrics"], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )
    process.stdout.close()
    said = process.stderr.read()
    process.stderr.close()
    assert process.wait(60) == 141
    assert said == ""


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
