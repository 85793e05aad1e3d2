"""A study continues where it stopped, computes nothing twice, and writes the same bytes as one that was never stopped."""

import errno
import hashlib
import json
import shutil
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from clusternet.datasets import DATASETS
from clusternet.errors import InputError
from clusternet.report import folder_stages
from clusternet.study import run_study, running, verify_study
from tests.study.sameness import same_partition, same_scores

VERBS = {"clusters": "find_clusters", "scores": "score_clusters", "doubt": "measure_doubt"}
SURVEY = {
    "enterprises.csv": "enterprise_id,name,respondent\n"
    + "".join(f"e{i},n{i},{'no' if i == 7 else 'yes'}\n" for i in range(8)),
    "linkages.csv": "source,target,layer,weight\n"
    + "".join(
        f"e{a},e{b},stock,{a + 1}\n" for a, b in [(0, 1), (1, 2), (0, 2), (3, 4), (4, 5), (3, 5), (2, 3), (6, 7)]
    ),
    "study.toml": 'title = "A"\n[detection]\nmethod = "leiden"\n[chance]\ndraws = 4\nresamples = 2\n',
}


def written(folder):
    folder.mkdir()
    for name, text in SURVEY.items():
        (folder / name).write_text(text, encoding="utf-8")
    return folder


@pytest.fixture
def survey(tmp_path):
    return written(tmp_path / "survey")


def telling(stage, work, tell):
    """Return a verb that tells its stage when it is called."""

    def call(*args, **options):
        tell(stage)
        return work(*args, **options)

    return call


@pytest.fixture
def made(monkeypatch):
    """The stages that were computed, in order."""
    found = []
    for stage, verb in VERBS.items():
        monkeypatch.setattr(running, verb, telling(stage, getattr(running, verb), found.append))
    return found


def only_the_end(*_nouns, course, **_options):
    return course()


@pytest.fixture
def unwritten(monkeypatch):
    """Only the nouns: no report is made."""
    monkeypatch.setattr(running, "write_report", only_the_end)


def digests(folder):
    manifest = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
    files = {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in folder.iterdir()}
    return {**files, "manifest.json": manifest["sha256"]}


#: Run in a process of its own: a fork of this one would hold the locks of threads that it does not have.
KILLED = """
import json, os, signal, sys
from clusternet.study import run_study, running
from tests.study.test_stages import VERBS, telling

def tell(word):
    sys.stdout.write(word + " ")
    sys.stdout.flush()

for name, verb in VERBS.items():
    setattr(running, verb, telling(name, getattr(running, verb), tell))

def kill(now, _text):
    if now == sys.argv[1]:
        os.kill(os.getpid(), signal.SIGKILL)

run_study(progress=kill, **json.loads(sys.argv[2]))
"""


def killed_at(stage, **asked):
    """Run in a process of its own that is killed as a stage begins; return which stages it computed."""
    given = json.dumps(
        {name: str(value) if name in ("path", "out", "cache") else value for name, value in asked.items()}
    )
    command = [sys.executable, "-c", KILLED, stage, given]
    ended = subprocess.run(command, capture_output=True, text=True, cwd=Path(__file__).parents[2], check=False)
    assert ended.returncode == -signal.SIGKILL, ended.stderr
    return ended.stdout.split()


def chain(source, out, **options):
    """Kill a study at the beginning of each stage in turn, continue it each time, and return what it ends with."""
    asked = {"path": source, "out": out, "cache": out.with_name(f"{out.name}.stages"), **options}
    assert killed_at("clusters", **asked) == []
    assert killed_at("scores", **asked) == ["clusters"]
    assert killed_at("doubt", **asked) == ["scores", "doubt"]  # in the midst of it
    assert killed_at("report", **asked) == ["doubt"]
    assert not out.exists()
    return digests(run_study(**asked).folder)


@pytest.mark.skipif(sys.platform == "win32", reason="nothing is killed so there")
def test_F07_a_run_that_is_killed_at_every_stage_ends_with_the_same_bytes(survey, tmp_path, made):
    expected = digests(run_study(survey, out=tmp_path / "whole").folder)
    made.clear()
    assert chain(survey, tmp_path / "out") == expected
    assert made == []
    manifest = json.loads((tmp_path / "out" / "manifest.json").read_text(encoding="utf-8"))
    assert manifest["timing"]["taken_from_cache"] == ["clusters", "scores", "doubt"]
    assert sorted(path.name for path in tmp_path.iterdir()) == ["out", "out.stages", "survey", "whole"]


@pytest.mark.slow
@pytest.mark.skipif(sys.platform == "win32", reason="nothing is killed so there")
@pytest.mark.timeout(3000)
@pytest.mark.parametrize("method", ["leiden", "natural"])
@pytest.mark.parametrize("name", DATASETS)
def test_F07_shipped_surveys_end_with_the_same_bytes_in_both_languages(name, method, tmp_path):
    options = {"method": method, "draws": 9, "resamples": 3, "languages": ["en", "ar"]}
    expected = digests(run_study(DATASETS[name].folder, out=tmp_path / "whole", **options).folder)
    assert chain(DATASETS[name].folder, tmp_path / "out", **options) == expected


@pytest.fixture(scope="module")
def first(tmp_path_factory):
    """The folder of a survey and of what a run has kept of it, and what the run found."""
    place = tmp_path_factory.mktemp("first")
    written(place / "survey")
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(running, "write_report", only_the_end)
        return place, run_study(place / "survey", out=place / "out", cache=place / "kept")


class TestWhatIsComputedAgain:
    """Exactly what can differ."""

    @pytest.fixture(autouse=True)
    def ready(self, first, tmp_path, made, unwritten):
        shutil.copytree(first[0], tmp_path, dirs_exist_ok=True)
        self.survey, self.cache, self.made, self.study = tmp_path / "survey", tmp_path / "kept", made, first[1]

    def run(self, **options):
        self.made.clear()
        return run_study(self.survey, out=self.survey.parent / "out", cache=self.cache, **options)

    def test_nothing_for_another_language_or_pdf_or_command(self):
        study = self.run(languages=["ar", "en"], command="clusternet study")
        assert self.made == []
        same_partition(study.clusters, self.study.clusters)
        same_scores(study.scores, self.study.scores)

    def test_nothing_for_another_title_and_the_history_is_the_new_one(self):
        path = self.survey / "study.toml"
        path.write_text('language = "ar"\n' + path.read_text(encoding="utf-8").replace('"A"', '"B"'), encoding="utf-8")
        study = self.run()
        assert self.made == []
        assert study.network.settings.title == "B"
        digest = hashlib.sha256(path.read_bytes()).hexdigest()
        for noun in (study.clusters, study.scores):
            assert digest in {file.sha256 for file in noun.provenance.inputs}
            assert (
                noun.provenance == {"Partition": study.clusters, "Scores": study.scores}[type(noun).__name__].provenance
            )

    @pytest.mark.parametrize(
        ("options", "expected"),
        [
            ({"draws": 5}, ["scores", "doubt"]),
            ({"resamples": 3}, ["doubt"]),
            ({"seed": 1}, ["clusters", "scores", "doubt"]),
            ({"method": "walktrap"}, ["clusters", "scores", "doubt"]),
        ],
    )
    def test_what_an_option_changes(self, options, expected):
        study = self.run(**options)
        assert self.made == expected
        self.made.clear()
        whole = run_study(self.survey, out=self.survey.parent / "out", **options)
        same_partition(study.clusters, whole.clusters)
        same_scores(study.scores, whole.scores)

    def test_everything_for_other_answers(self):
        path = self.survey / "linkages.csv"
        path.write_text(path.read_text(encoding="utf-8").replace("e6,e7,stock,7", "e6,e7,stock,8"), encoding="utf-8")
        self.run()
        assert self.made == ["clusters", "scores", "doubt"]

    def test_everything_for_other_versions(self, monkeypatch):
        from clusternet.model.provenance import Provenance

        monkeypatch.setattr(Provenance, "versions", staticmethod(lambda: {"numpy": "9"}))
        self.run()
        assert self.made == ["clusters", "scores", "doubt"]

    @pytest.mark.parametrize(
        ("damage", "language"),
        [
            ("cut", "en"),
            ("flipped", "ar"),
            ("empty", "en"),
            ("another stage", "en"),
            ("another version", "ar"),
            ("a folder", "en"),
        ],
    )
    def test_F14_a_damaged_or_foreign_stage_is_told_and_computed_again(self, damage, language):
        path = next(self.cache.glob("scores-*.stage"))
        data = path.read_bytes()
        other = next(self.cache.glob("doubt-*.stage")).read_bytes()
        version = data.replace(b"stages 1", b"stages 2", 1)
        flipped = data[:-1] + bytes([data[-1] ^ 1])
        contents = {
            "cut": data[:-9],
            "flipped": flipped,
            "empty": b"",
            "another stage": other,
            "another version": version,
        }
        if damage == "a folder":
            path.unlink()
            path.mkdir()
        else:
            path.write_bytes(contents[damage])
        told = []
        study = self.run(languages=[language], notice=told.append)
        assert self.made == ["scores"]
        # A folder in its place cannot be replaced either, and that is told too.
        assert len(told) == (2 if damage == "a folder" else 1)
        assert told[0].startswith(f"[F14] {path.name}")
        assert {"en": "computed again", "ar": "من جديد"}[language] in told[0]
        same_scores(study.scores, self.study.scores)
        if damage != "a folder":
            self.run()
            assert self.made == []

    def test_verify_runs_again_for_real(self, monkeypatch):
        monkeypatch.undo()
        out = self.survey.parent / "result"
        run_study(self.survey, out=out, cache=self.cache)
        calls = []
        monkeypatch.setattr(
            running, "find_clusters", lambda *a, work=running.find_clusters, **o: calls.append(1) or work(*a, **o)
        )
        assert verify_study(out, self.survey) == []
        assert calls == [1]


class TestTrouble:
    """Nothing that is wrong with the folder stops a study."""

    def test_F02_a_full_disk_is_told_and_the_run_goes_on(self, survey, tmp_path, made, unwritten, monkeypatch):
        real = folder_stages.write_file

        def full(path, data):
            if path.name.startswith("scores"):
                raise OSError(errno.ENOSPC, "No space left on device")
            real(path, data)

        monkeypatch.setattr(folder_stages, "write_file", full)
        told = []
        run_study(survey, out=tmp_path / "out", cache=tmp_path / "kept", notice=told.append)
        assert made == ["clusters", "scores", "doubt"]
        assert len(told) == 1
        assert "[F02]" in told[0]
        assert "the disk is full" in told[0]
        assert len(list((tmp_path / "kept").glob("*.stage"))) == 1

    def test_without_a_listener_it_is_a_warning(self, survey, tmp_path, unwritten, monkeypatch):
        def broken(path, data):
            raise OSError(errno.EIO, "Input/output error")

        monkeypatch.setattr(folder_stages, "write_file", broken)
        with pytest.warns(UserWarning, match="begins anew"):
            run_study(survey, out=tmp_path / "out", cache=tmp_path / "kept")

    def test_nothing_is_kept_unless_asked_for(self, survey, tmp_path, unwritten):
        run_study(survey, out=tmp_path / "out")
        assert [path.name for path in tmp_path.iterdir()] == ["survey"]

    @pytest.mark.parametrize("place", ["out", "out/kept", "."])
    def test_the_stages_stay_out_of_the_result(self, survey, tmp_path, place):
        with pytest.raises(InputError, match="confidential"):
            run_study(survey, out=tmp_path / "out", cache=tmp_path / place)

    def test_a_folder_of_somebody_else_is_refused_before_the_work(self, survey, tmp_path, made):
        with pytest.raises(InputError, match="holds other things"):
            run_study(survey, out=tmp_path / "out", cache=survey)
        assert made == []

    def test_F09_a_file_that_changes_meanwhile_publishes_nothing(self, survey, tmp_path):
        def change(stage, _text):
            if stage == "report":
                (survey / "linkages.csv").write_text(SURVEY["linkages.csv"] + "e6,e5,stock,1\n", encoding="utf-8")

        with pytest.raises(InputError, match=r"nothing was published.*\n\[F09\] linkages.csv") as caught:
            run_study(survey, out=tmp_path / "out", progress=change)
        assert caught.value.exit_code == 2
        assert [path.name for path in tmp_path.iterdir()] == ["survey"]

    @pytest.mark.parametrize("name", ["study.toml", "enterprises.csv"])
    def test_F09_a_file_that_goes_away_too(self, survey, tmp_path, unwritten, name):
        def change(stage, _text):
            if stage == "clusters":
                (survey / name).unlink(missing_ok=True)

        with pytest.raises(InputError, match=rf"\[F09\] {name}"):
            run_study(survey, out=tmp_path / "out", progress=change)

    def test_F09_settings_elsewhere_are_watched_where_they_are(self, survey, tmp_path, unwritten):
        elsewhere = tmp_path / "settings" / "other.toml"
        elsewhere.parent.mkdir()
        shutil.move(survey / "study.toml", elsewhere)
        run_study(survey, out=tmp_path / "out", config=elsewhere)
        with pytest.raises(InputError, match=r"\[F09\] other.toml"):
            run_study(
                survey,
                out=tmp_path / "out",
                config=elsewhere,
                progress=lambda stage, _: stage == "scores" and elsewhere.write_text("seed = 1\n", encoding="utf-8"),
            )
