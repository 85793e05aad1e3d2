"""Large text tables by column: whatever is in them, the survey and its problems are those of the careful reader."""

import csv
import io
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from clusternet.errors import InputError
from clusternet.ingest import quick_tables, read_survey
from clusternet.ingest.findings import Place
from clusternet.ingest.quick_tables import quick_table
from clusternet.ingest.separators import grid_of
from clusternet.ingest.source import Options, Source
from clusternet.ingest.tables import table_of
from clusternet.model.settings import Settings

pytest.importorskip("pyarrow")

CELLS = st.one_of(
    st.sampled_from(
        ["E1", "007", "NA", "", "ورشة", "Café", "CafÃ©", "\u00a0", " x ", '"', 'a"b', "one,two", "l\nm", "\r"]
    ),
    st.text(st.sampled_from(list('ab";,\n\r\t 0شé\u3000')), max_size=4),
)


@pytest.fixture(scope="module")
def quick():
    """Read every file by column, rows falling across the ends of blocks."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(quick_tables, "SMALL_BYTES", 0)
        patch.setattr(quick_tables, "BLOCK_BYTES", 150)
        yield


def careful_table(data, source):
    """Return the table as it is read row by row, from UTF-8."""
    grid = grid_of(data.decode("utf-8-sig"), Place("a.csv"), source.findings, source.options)
    return None if grid is None else table_of(grid, source)


@settings(max_examples=60, deadline=None)
@given(
    st.lists(st.tuples(CELLS, CELLS, CELLS), min_size=1, max_size=15),
    st.sampled_from([csv.QUOTE_MINIMAL, csv.QUOTE_ALL, csv.QUOTE_NONE]),
    st.sampled_from(["\n", "\r\n", "\r"]),
    st.sampled_from(["", "\ufeff"]),
    st.booleans(),
)
def test_columns_are_those_of_the_careful_reader_or_none(quick, rows, quoting, line_end, mark, cut):
    stream = io.StringIO()
    writer = csv.writer(stream, quoting=quoting, lineterminator=line_end, escapechar="\\", quotechar='"')
    writer.writerows([("one", "two", "three"), *rows])
    text = mark + (stream.getvalue().removesuffix(line_end) if cut else stream.getvalue())
    source, other = (Source(Path("a.csv"), Settings(), Options()) for _ in range(2))
    found = quick_table(text.encode(), Place("a.csv"), source)
    if found is None:
        assert not source.findings.errors
        assert not source.findings.warnings
        return
    expected = careful_table(text.encode(), other)
    assert expected is not None
    table = pd.DataFrame(dict(zip(found.header, (column.array for column in found.columns), strict=True)))
    table.index = pd.Index(range(2, len(table) + 2), dtype="int64")
    pd.testing.assert_frame_equal(table, expected.rows, check_index_type=False)
    assert table.dtypes.tolist() == expected.rows.dtypes.tolist()


REGISTER = "enterprise_id,name,sector,workers\n" + "".join(f"E{n},ورشة {n},3100,{n % 9}\n" for n in range(90))
LINKAGES = "source,target,layer,weight\n" + "".join(f"E{n},E{7 * n % 90},supply,{n % 5}\n" for n in range(90))


@pytest.mark.parametrize(
    ("name", "old", "new"),
    [
        ("linkages", "E3,E21", "E3,E21"),
        ("linkages", ",", ";"),
        ("linkages", "\n", "\r\n"),
        ("linkages", "E3,E21,supply", "E3,E21,SUPPLY"),
        ("linkages", "E3,E21,supply,3", " E3,E21\u200f,supply,٣"),
        ("linkages", "E3,E21,supply,3", "E3,Elsewhere,supply,3"),
        ("linkages", "E3,E21,supply,3", "X,Y,supply,-3"),
        ("linkages", "E3,E21,supply,3", "E3,,,"),
        ("linkages", "E3,E21,supply,3", "E3,E21,suply,3,4"),
        ("linkages", "E3,E21,supply,3", 'E3,"E21,supply,3'),
        ("linkages", "E3,E21,supply,3", "E3,E21,supply,3\n\n,,,\nsource,target,layer,weight"),
        ("linkages", "E3,E21,supply,3", "E3,E2\x001,supply,3"),
        ("linkages", "source,target,layer", "source,layer,layer"),
        ("linkages", "source,target,layer", " source ,target,layer"),
        ("linkages", "source,target,layer", "source,target,kind"),
        ("linkages", ",weight", ",remark"),
        ("linkages", "source,", "A title\nsource,"),
        ("linkages", LINKAGES, "source,target,layer,weight\n"),
        ("linkages", "E89,E83,supply,4\n", "E89,E83"),
        ("enterprises", "ورشة 3,", "CafÃ© 3,"),
        ("enterprises", "ورشة 3,", '"An inn\nand more",'),
        ("enterprises", "ورشة 3,", f"{'x' * 40_000},"),
        ("enterprises", "E3,", "E4,"),
        ("enterprises", "ورشة 3,3100,3", "ورشة 3,31,many"),
        ("enterprises", "sector", ""),
    ],
)
def test_a_survey_and_its_problems_are_the_same(tmp_path, quick, monkeypatch, name, old, new):
    texts = {"enterprises": REGISTER, "linkages": LINKAGES}
    texts[name] = texts[name].replace(old, new) if len(old) == 1 else texts[name].replace(old, new, 1)
    for file, text in texts.items():
        (tmp_path / f"{file}.csv").write_bytes(text.encode())
    by_column = outcome(tmp_path)
    monkeypatch.setattr(quick_tables, "SMALL_BYTES", 1 << 40)
    assert by_column == outcome(tmp_path)


def outcome(folder):
    """Return everything that reading a survey says, as plain data."""
    try:
        survey = read_survey(folder)
    except InputError as error:
        return [problem.line() for problem in (*error.problems, *error.warnings)], repr(error.receipt)
    tables = [survey.enterprises, survey.linkages, *survey.original.values()]
    kept = [(table.to_csv(), [str(dtype) for dtype in table.dtypes], str(table.index.dtype)) for table in tables]
    return kept, [problem.line() for problem in survey.problems], repr(survey.receipt)


def test_a_large_table_without_a_fault_is_read_by_column(monkeypatch):
    monkeypatch.setattr(quick_tables, "BLOCK_BYTES", 1 << 16)
    monkeypatch.setattr(quick_tables, "SMALL_BYTES", 1 << 20)
    data = ("a,b\n" + "1,2\n" * 300_000).encode()
    found = quick_table(data, Place("a.csv"), Source(Path("a.csv"), Settings()))
    assert found is not None
    assert [len(column) for column in found.columns] == [300_000, 300_000]
    assert quick_table(data[:100], Place("a.csv"), Source(Path("a.csv"), Settings())) is None
