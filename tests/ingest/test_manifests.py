"""FAULTS A22: a manifest beside the survey tells that rows are missing."""

import json

import pytest

from clusternet.errors import InputError
from clusternet.ingest import read_survey


def manifest(**rows):
    outputs = [{"file": f"{name}.csv", "rows": count, "bytes": 1, "sha256": "0"} for name, count in rows.items()]
    return json.dumps({"outputs": [*outputs, {"file": "report.html", "rows": None}]})


def test_A22_fewer_rows_than_the_manifest_says(refused):
    (problem,) = refused(manifest__json=manifest(enterprises=3, linkages=5))
    assert (problem.code, problem.file) == ("A22", "linkages.csv")
    assert (problem.values["found"], problem.values["expected"]) == (2, 5)


def test_more_rows_are_only_told(warned):
    (problem,) = [problem for problem in warned(manifest__json=manifest(enterprises=2)) if problem.code == "A22"]
    assert (problem.file, problem.values["expected"]) == ("enterprises.csv", 2)


@pytest.mark.parametrize("text", ["", "[1]", "{", '{"outputs": 3}', '{"outputs": [{"file": "x"}]}', "[" * 100_000])
def test_other_files_of_that_name_say_nothing(warned, text):
    assert "A22" not in {problem.code for problem in warned(manifest__json=text)}


def test_rows_of_our_own_outputs_agree_with_their_manifest(write_survey, tmp_path):
    folder = write_survey(manifest__json=manifest(enterprises=3, linkages=2))
    assert len(read_survey(folder).linkages) == 2
    cut = (folder / "linkages.csv").read_text().splitlines(keepends=True)[:-1]
    (folder / "linkages.csv").write_text("".join(cut))
    with pytest.raises(InputError, match="A22"):
        read_survey(folder)
