"""The round trip of what does not happen in every survey: own layers, a cap, no ids, answers that came twice."""

import copy
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pytest

from clusternet.cli import main
from clusternet.ingest import read_survey
from tests.ingest.exports import simulation
from tests.ingest.exports.comparison import assert_same, found_in, told_by
from tests.ingest.exports.dialects import ALL, DESIGNS, DIALECTS, Case, write_register
from tests.ingest.exports.form_model import Submission, read_form
from tests.ingest.exports.truth import sections

SEVERAL = (
    "kobo xlsx, names",
    "kobo xlsx, Arabic, groups, _, details",
    "odk central, split",
    "surveycto long, zip",
    "surveycto wide",
    "google forms csv, English",
    "spss",
)
#: The layer has a name that cannot stand in a form; the form makes another of it.
STUDY = """max_nominations = 3
title = "مسح المنشآت"

[layers."raw hides & leather"]
label = "Joint purchase of hides"
family = "glue"
"""
#: Who gives no id in the test of that, and what each tool calls the submission instead.
NAMELESS = (2, 11)
OWN_IDS: dict[str, Callable[[Submission], str]] = {
    "kobo xlsx, names": lambda submission: str(1000 + submission.number),
    "kobo xlsx, Arabic, groups, _, details": lambda submission: str(1000 + submission.number),
    "kobo csv, names": lambda submission: str(1000 + submission.number),
    "odk central": lambda submission: submission.instance,
    "surveycto long, zip": lambda submission: submission.instance,
    "surveycto wide": lambda submission: submission.instance,
}


@pytest.fixture(scope="module")
def capped(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Case]:
    """Both designs of a study that declares a layer of its own and the most partners that may be named."""
    folder = tmp_path_factory.mktemp("capped")
    config = folder / "study.toml"
    config.write_text(STUDY, encoding="utf-8")
    write_register(folder)
    found = {}
    for design in DESIGNS:
        path = folder / f"{design}.xlsx"
        roster = ["--roster", str(folder / "enterprises.csv")] if design == "roster" else []
        assert main(["form", "--out", str(path), "--config", str(config), *roster]) == 0
        form = read_form(path)
        (own,) = {name.rsplit("_", 1)[0] for name in sections(form) if name.startswith("raw_hides")}
        layers = {own: "raw hides & leather"}
        found[design] = Case(design, form, simulation.fill_in(form, most=3), layers, config)
    return found


@pytest.mark.parametrize("design", DESIGNS)
@pytest.mark.parametrize("name", SEVERAL)
def test_a_study_with_a_layer_of_its_own_and_a_cap(
    name: str, design: str, capped: dict[str, Case], tmp_path: Path
) -> None:
    case, dialect = capped[design], DIALECTS[name]
    assert case.config is not None
    told = told_by(case, case.submissions, tmp_path / "told")
    assert any(row[2] == "raw hides & leather" for row in told["linkages"])
    export = tmp_path / "export"
    export.mkdir()
    (export / "study.toml").write_bytes(case.config.read_bytes())
    if case.roster:
        write_register(export)
    read = found_in(read_survey(dialect.write(export, case, case.submissions)))
    assert_same(told, read, dialect.tables(case))


def _named_only(answers: dict[str, Any], names: dict[str, str]) -> dict[str, Any]:
    """The same answers, where partners are called by name and not by these ids."""
    for key, answer in answers.items():
        if isinstance(answer, list):
            answers[key] = [_named_only(row, names) for row in answer]
        elif key.endswith("_partner"):
            answers[key] = names.get(answer, answer)
    return answers


@pytest.mark.parametrize("name", OWN_IDS)
def test_who_gives_no_id_has_that_of_the_submission(name: str, cases: dict[str, Case], tmp_path: Path) -> None:
    case, dialect = cases["generator"], DIALECTS[name]
    names = {simulation.id_of(number): simulation.name_of(number) for number in NAMELESS}
    given = [Submission(s.number, _named_only(copy.deepcopy(s.answers), names)) for s in case.submissions]
    expected = copy.deepcopy(given)
    for submission in given:
        if submission.number in NAMELESS:
            del submission.answers["enterprise_id"]
            expected[submission.number - 1].answers["enterprise_id"] = OWN_IDS[name](submission)
    told = told_by(case, expected, tmp_path / "told")
    export = tmp_path / "export"
    export.mkdir()
    read = found_in(read_survey(dialect.write(export, case, given)))
    assert_same(told, read, dialect.tables(case))


@pytest.mark.parametrize("design", DESIGNS)
@pytest.mark.parametrize(
    "name",
    ["kobo xlsx, names", "kobo xlsx, English, groups, summary", "odk central", "surveycto long, zip", "surveycto wide"],
)
def test_submissions_that_came_twice_count_once(name: str, design: str, cases: dict[str, Case], tmp_path: Path) -> None:
    case, dialect = cases[design], DIALECTS[name]
    told = told_by(case, case.submissions, tmp_path / "told")
    export = tmp_path / "export"
    export.mkdir()
    if case.roster:
        write_register(export)
    twice: Sequence[Submission] = [*case.submissions, *case.submissions[:5]]
    survey = read_survey(dialect.write(export, case, twice))
    assert_same(told, found_in(survey), ALL)
    assert any(problem.code == "E11" for problem in survey.problems), {problem.code for problem in survey.problems}
