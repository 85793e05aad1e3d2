"""``clusternet export`` lists, writes beside the result, and refuses what it does not know."""

import sys
from pathlib import Path

import pytest

from clusternet.cli import main
from clusternet.report import write_report

sys.path.insert(0, str(Path(__file__).parent / "draw"))

from small_town import network, partition, scores

__all__ = ["network", "partition", "scores"]


@pytest.fixture
def study(tmp_path, network, partition, scores):
    return write_report(network, partition, scores, out=tmp_path / "study")


def test_without_a_name_it_lists_them(capsys):
    assert main(["export", "--to"]) == 0
    assert capsys.readouterr().out.startswith("gephi")


def test_it_writes_beside_the_result_and_not_twice(study, capsys):
    assert main(["export", str(study), "--to", "kumu"]) == 0
    assert (study.with_name("study-kumu") / "network.json").is_file()
    assert main(["export", str(study), "--to", "kumu"]) == 2
    assert "--overwrite" in capsys.readouterr().err
    assert main(["export", str(study), "--to", "kumu", "--overwrite", "--lang", "ar"]) == 0


def test_an_unknown_name_names_the_nearest(study, capsys):
    assert main(["export", str(study), "--to", "gefi"]) == 2
    assert 'Did you mean "gephi"' in capsys.readouterr().err


def test_p11_every_export_says_how_many_can_be_known_again_without_names(study, capsys):
    assert main(["export", str(study), "--to", "pajek"]) == 0
    told = capsys.readouterr().err.strip()
    assert told.startswith("[P11] Without names the graph is still not anonymous. Enterprises: ")
    assert told in (study.with_name("study-pajek") / "README.txt").read_text()
    assert main(["export", str(study), "--to", "kumu", "--lang", "ar"]) == 0
    assert "[P11] لا يصبح" in capsys.readouterr().err
