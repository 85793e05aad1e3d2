import shutil

import pytest

from clusternet.cli import main
from clusternet.datasets import DATASETS


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    out = tmp_path_factory.mktemp("verify") / "result"
    survey = str(DATASETS["florentine"].folder)
    assert main(["study", survey, "--out", str(out), "--method", "leiden", "--draws", "3", "--resamples", "2"]) == 0
    return out


def test_a_result_is_checked_and_run_again(folder, capsys):
    assert main(["verify", str(folder), str(DATASETS["florentine"].folder)]) == 0
    assert "the study gives the same again" in capsys.readouterr().out
    assert main(["verify", str(folder), "--lang", "ar"]) == 0
    assert "كما كتبتها الدراسة" in capsys.readouterr().out


def test_an_altered_file_and_another_survey_are_told(folder, tmp_path, capsys):
    copy = shutil.copytree(folder, tmp_path / "copy")
    (copy / "plan.csv").write_text("altered")
    assert main(["verify", str(copy)]) == 2
    assert "plan.csv was changed" in capsys.readouterr().out
    survey = shutil.copytree(DATASETS["florentine"].folder, tmp_path / "survey")
    rows = (survey / "linkages.csv").read_text().splitlines(keepends=True)
    (survey / "linkages.csv").write_text("".join(rows[:-1]))
    assert main(["verify", str(folder), str(survey)]) == 2
    told = capsys.readouterr().out.splitlines()
    assert told[0] == "linkages.csv is not the file that the study read."
    assert "linkages.csv differs; it is decided in the stage: building the network." in told


def test_an_edition_is_made_and_refused_where_nothing_may_be_shown(folder, tmp_path, capsys):
    key = str(tmp_path / "key")
    assert main(["publish", str(folder), "--out", str(tmp_path / "no"), "--key", key]) == 4
    assert "No enterprise agreed to be counted" in capsys.readouterr().err
    assert main(["publish", str(folder), "--out", str(tmp_path / "public"), "--key", key, "--count-all"]) == 0
    assert "groups are shown" in capsys.readouterr().out
    assert (tmp_path / "public" / "report.html").is_file()
    assert (
        main(["publish", str(folder), "--out", str(tmp_path / "no"), "--key", key, "--count-all", "--minimum", "9"])
        == 4
    )
    assert "nothing to publish" in capsys.readouterr().err
    assert main(["publish", str(folder), "--out", str(tmp_path / "no"), "--key", key, "--profile", "open"]) == 2
    assert 'no profile "open"' in capsys.readouterr().err
