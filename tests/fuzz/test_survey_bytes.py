import importlib.util
import random
import subprocess
import sys
from pathlib import Path

import pytest

from tests.fuzz.survey_bytes import files_of, one_input

CORPUS = sorted((Path(__file__).parent / "corpus").iterdir())


@pytest.mark.filterwarnings("default")
@pytest.mark.parametrize("path", CORPUS, ids=lambda path: path.name)
def test_what_was_kept_is_read_or_refused_in_words(path):
    data = path.read_bytes()
    assert files_of(data)[0]
    one_input(data)


@pytest.mark.filterwarnings("default")
@pytest.mark.parametrize("path", CORPUS, ids=lambda path: path.name)
def test_bytes_changed_at_random_are_read_or_refused_in_words(path):
    dealt = random.Random(path.name)
    data = bytearray(path.read_bytes())
    for _ in range(4):
        for _ in range(dealt.randint(1, 4)):
            place = dealt.randrange(1, len(data))
            match dealt.randrange(3):
                case 0:
                    data[place] = dealt.randrange(256)
                case 1:
                    data[place:place] = dealt.choice(
                        [b",", b'"', b"\n", b"\0", b"<", b"&", b"\xff\xfe", b"=", b"9" * 20]
                    )
                case _:
                    del data[place : place + dealt.randint(1, 9)]
        one_input(bytes(data))


@pytest.mark.slow
@pytest.mark.skipif(importlib.util.find_spec("atheris") is None, reason="needs the extra fuzz")
def test_a_minute_of_guided_fuzzing_finds_no_crash(tmp_path):
    ours = tmp_path / "corpus"
    ours.mkdir()
    command = [sys.executable, "-m", "tests.fuzz.survey_bytes", str(ours), str(CORPUS[0].parent)]
    done = subprocess.run(
        [*command, "-max_total_time=60", "-max_len=4096", f"-artifact_prefix={tmp_path}/"],
        cwd=Path(__file__).parents[2], capture_output=True, text=True, timeout=280,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr[-3000:]
    assert any(ours.iterdir())
