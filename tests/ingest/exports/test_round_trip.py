"""The round trip: our form, filled in, exported in every dialect, read with no mapping, is the survey that was told."""

from pathlib import Path

import pytest

from clusternet.ingest import read_survey
from tests.ingest.exports.comparison import assert_same, found_in, told_by
from tests.ingest.exports.dialects import DESIGNS, DIALECTS, Case, write_register

#: One of each tool, language and way to write several answers; the other styles run with "make test-slow".
ALWAYS = frozenset(
    {
        "kobo xlsx, names, typed cells",
        "kobo xlsx, names, groups, /",
        "kobo xlsx, English, groups, summary",
        "kobo xlsx, Arabic, groups, _, details",
        "kobo csv, names, groups, details, HXL",
        "odk central, split",
        "odk central, ~1 and ~2",
        "surveycto long, zip",
        "surveycto wide",
        "survey solutions, Arabic",
        "google forms csv, Arabic",
        "surveymonkey csv, English",
        "spss, Arabic",
        "stata",
        "own tables, xlsx",
        "own tables, parquet",
        "own tables, csv with tabs in UTF-16",
    }
)
assert set(DIALECTS) >= ALWAYS


@pytest.mark.parametrize("design", DESIGNS)
@pytest.mark.parametrize(
    "name", [name if name in ALWAYS else pytest.param(name, marks=pytest.mark.slow) for name in DIALECTS]
)
def test_what_was_said_is_what_is_read(name: str, design: str, cases: dict[str, Case], tmp_path: Path) -> None:
    case, dialect = cases[design], DIALECTS[name]
    submissions = dialect.carried(case.submissions)
    told = told_by(case, submissions, tmp_path / "told")
    export = tmp_path / "export"
    export.mkdir()
    if case.roster and not name.startswith("own"):
        write_register(export)
    read = found_in(read_survey(dialect.write(export, case, submissions)))
    assert_same(told, read, dialect.tables(case))
