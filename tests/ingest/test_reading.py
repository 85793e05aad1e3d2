"""Which reader reads what, and what holds for every survey: I01, I04, round trip, no exception of another kind."""

import contextlib
import csv
import io

import numpy as np
import openpyxl
import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pandas.testing import assert_frame_equal

from clusternet.errors import MOST_PROBLEMS, ClusternetError, InputError, ResourceError
from clusternet.ingest import READERS, build_network, read_survey

TABLES = {
    "enterprises": {
        "enterprise_id": ["007", "ورشة-1", "Café", "NA"],
        "name": ["=1+1", "ورشة الأرز", 'The "Oak", Ltd', "two\nlines"],
        "name_alt": ["", "Cedar", "None", "  x"],
        "sector": ["3100", "0112", "", "16"],
        "stage": ["sawing", "", "", "assembly"],
        "place": ["NA", "", "مصر", ""],
        "latitude": ["30.5", "", "-1", "1e1"],
        "longitude": ["31", "", "2", "3"],
        "workers": ["3", "12.5", "", "0"],
        "women_workers": ["1", "2", "", "0"],
        "youth_workers": ["", "", "", "0"],
        "monthly_income": ["100", "-5", "", "0.1"],
        "turnover": ["", "1e6", "", "0"],
        "energy_use": ["", "5", "", "0"],
        "formal": ["yes", "no", "", "yes"],
        "respondent": ["yes", "no", "yes", "yes"],
        "consent_publish": ["named", "none", "aggregate", "none"],
        "owner": ["x", "", "NaN", "1"],
    },
    "linkages": {
        "source": ["007", "Café", "NA"],
        "target": ["NA", "Big Mill; Ltd", "Café"],
        "layer": ["supply", "stock", "knowledge"],
        "weight": ["1", "2.5", "3"],
        "reporter": ["NA", "", "Café"],
        "frequency": ["", "monthly", "1"],
        "amount": ["", "3", "4"],
        "unit": ["", "t", ""],
    },
    "resources": {
        "enterprise_id": ["007", "Café"],
        "resource": ["oak", "oak"],
        "role": ["need", "offer"],
        "factor": ["material", "material"],
        "quantity": ["1", "2"],
        "unit": ["m3", "m3"],
        "unit_cost": ["", "5.25"],
    },
    "recipes": {"product": ["chair", "oak"], "stage": ["assembly", ""], "input": ["oak", ""], "quantity": ["0.2", ""]},
}


def text_of(table, order=None, columns=None, separator=",", end="\n"):
    columns = columns or list(table)
    rows = list(zip(*(table[column] for column in columns), strict=True))
    stream = io.StringIO()
    # The csv module leaves a line feed unquoted where lines end otherwise.
    quoting = csv.QUOTE_ALL if end == "\r" else csv.QUOTE_MINIMAL
    writer = csv.writer(stream, delimiter=separator, lineterminator=end, quoting=quoting)
    writer.writerow(columns)
    writer.writerows(rows if order is None else [rows[position] for position in order])
    return stream.getvalue()


def write(folder, tables=TABLES, **layout):
    folder.mkdir(exist_ok=True)
    for name, table in tables.items():
        (folder / f"{name}.csv").write_bytes(text_of(table, **layout).encode())
    return folder


def same_tables(one, other):
    """Compare surveys but for the order of rows and of further columns."""
    for name in one.tables:
        tables = [survey.tables[name] for survey in (one, other)]
        keys = sorted(tables[0].columns)
        tables = [table[keys].sort_values(keys, ignore_index=True) for table in tables]
        assert_frame_equal(*tables)
    networks = [build_network(survey) for survey in (one, other)]
    assert_frame_equal(*(network.linkages for network in networks))
    assert networks[0].outside_names == networks[1].outside_names


def test_round_trip_of_every_table(tmp_path):
    survey = read_survey(write(tmp_path / "a"))
    for name, table in TABLES.items():
        for column, values in table.items():
            original = survey.original[name][column]
            assert original.fillna("").tolist() == values, (name, column)
    again = tmp_path / "b"
    again.mkdir()
    for name in survey.tables:
        survey.tables[name].to_csv(again / f"{name}.csv", index=False)
    same_tables(survey, read_survey(again))


def test_folder_and_workbook_agree(tmp_path):
    book = openpyxl.Workbook()
    book.remove(book.active)
    for name, table in TABLES.items():
        sheet = book.create_sheet(name)
        sheet.append(list(table))
        for row in zip(*table.values(), strict=True):
            sheet.append([value or None for value in row])
        for cells in sheet.iter_rows():
            for cell in cells:
                if cell.data_type == "f":
                    cell.data_type = "s"
    book.save(tmp_path / "x.xlsx")
    folder, workbook = read_survey(write(tmp_path / "a")), read_survey(tmp_path / "x.xlsx")
    same_tables(folder, workbook)
    assert {(p.code, p.row) for p in folder.problems} == {(p.code, p.row) for p in workbook.problems}


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture], derandomize=True)
@given(data=st.data(), separator=st.sampled_from(",;\t|"), end=st.sampled_from(["\n", "\r\n", "\r"]))
def test_I01_order_separator_and_line_ends_make_no_difference(tmp_path, data, separator, end):
    reference = read_survey(write(tmp_path / "reference"))
    for name, table in TABLES.items():
        order = data.draw(st.permutations(range(len(next(iter(table.values()))))))
        columns = data.draw(st.permutations(list(table)))
        text = text_of(table, order, columns, separator, end)
        (tmp_path / "other").mkdir(exist_ok=True)
        (tmp_path / "other" / f"{name}.csv").write_bytes(text.encode())
    same_tables(reference, read_survey(tmp_path / "other"))


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture], derandomize=True)
@given(
    rows=st.lists(
        st.tuples(st.sampled_from("ABCXY"), st.sampled_from("ABCXY"), st.sampled_from(["0", "1", "2.5", "-1", ""])),
        min_size=1,
        max_size=12,
    )
)
def test_I04_every_row_is_kept_dropped_or_refused(tmp_path, rows):
    register = {"enterprise_id": list("ABC"), "name": list("ABC")}
    linkages = dict(zip(("source", "target", "weight"), map(list, zip(*rows, strict=True)), strict=True))
    linkages["layer"] = ["supply"] * len(rows)
    write(tmp_path / "x", {"enterprises": register, "linkages": linkages})
    empty = all(weight == "" for *_, weight in rows)
    wrong = {
        position
        for position, (source, target, weight) in enumerate(rows, 2)
        if (source in "XY" and target in "XY") or weight == "-1" or (weight == "" and not empty)
    }
    if wrong:
        with pytest.raises(InputError) as caught:
            read_survey(tmp_path / "x")
        assert {problem.row for problem in caught.value.problems} == wrong
        return
    survey = read_survey(tmp_path / "x")
    assert len(survey.linkages) == len(rows)
    network = build_network(survey)
    repeats = sum(p.values["count"] for p in survey.problems if p.code == "D07")
    kept = len(rows) - network.dropped["self_links"] - network.dropped["zero_weights"]
    assert len(network.ties) == kept - repeats


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture], derandomize=True)
@given(
    data=st.binary(max_size=200)
    | st.text(alphabet='aE12,;"\n\r\t\x00|é ش', max_size=80).map(lambda text: text.encode()),
    name=st.sampled_from(
        ["enterprises.csv", "x.csv", "x.txt", "x.net", "x.paj", "x.graphml", "x.gexf", "x.xlsx", "study.toml"]
    ),
    header=st.sampled_from(
        [b"", b"enterprise_id,name\n", b"source,target,layer\nE1,", b"*Vertices 2\n", b"PK\x03\x04"]
    ),
)
def test_fuzzed_bytes_give_a_survey_or_one_of_our_errors(tmp_path, data, name, header):
    folder = write(tmp_path / "fuzz", {"enterprises": {"enterprise_id": ["E1"], "name": ["a"]}, "linkages": {}})
    (folder / "study.toml").unlink(missing_ok=True)
    (folder / name).write_bytes(header + data)
    with contextlib.suppress(ClusternetError):
        build_network(read_survey(folder / name if name.startswith("x.") else folder))


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture], derandomize=True)
@given(
    st.lists(
        st.tuples(*[st.text(st.characters(exclude_categories=["Cs"]), max_size=5) for _ in range(4)]),
        min_size=1,
        max_size=5,
    )
)
def test_fuzzed_cells_give_a_survey_or_one_of_our_errors(tmp_path, rows):
    columns = list(zip(*rows, strict=True))
    register = dict(zip(("enterprise_id", "name", "workers", "sector"), columns, strict=True))
    linkages = {"source": columns[0], "target": columns[1], "layer": ["stock"] * len(rows), "weight": columns[2]}
    write(tmp_path / "fuzz", {"enterprises": register, "linkages": linkages})
    with contextlib.suppress(ClusternetError):
        build_network(read_survey(tmp_path / "fuzz"))


def test_A01_nothing_there(tmp_path):
    path = tmp_path / "nowhere"
    with pytest.raises(InputError) as caught:
        read_survey(path)
    assert (caught.value.problems[0].code, caught.value.exit_code) == ("A01", 2)
    assert caught.value.problems[0].file == str(path)


def test_A01_empty_folder_lists_what_is_missing(tmp_path):
    with pytest.raises(InputError) as caught:
        read_survey(tmp_path)
    assert [problem.file for problem in caught.value.problems] == ["enterprises.csv", "linkages.csv"]


def test_A01_a_folder_where_a_file_should_be(tmp_path):
    (tmp_path / "net.csv").mkdir()
    (tmp_path / "study.toml").write_text('[mapping]\nkind = "roster"\nfile = "net.csv"\nlayer = "stock"\n')
    with pytest.raises(InputError, match="is a folder"):
        read_survey(tmp_path)


def test_A01_no_permission(write_survey, monkeypatch):
    folder = write_survey()

    def denied(self):
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(type(folder), "read_bytes", denied)
    with pytest.raises(ResourceError, match="Permission denied") as caught:
        read_survey(folder)
    assert caught.value.exit_code == 3


@pytest.mark.parametrize(("name", "code"), [("x.csv.gz", "A22"), ("x.ods", "A26"), ("x.xls", "A26"), ("x.pkl", "E07")])
def test_A22_A26_E07_formats_that_are_not_read(tmp_path, name, code):
    (tmp_path / name).write_bytes(b"anything")
    with pytest.raises(InputError) as caught:
        read_survey(tmp_path / name)
    assert caught.value.problems[0].code == code


def test_a_file_of_no_known_kind(tmp_path):
    (tmp_path / "x.sketch").write_bytes(b"anything")
    with pytest.raises(InputError, match="no survey that can be read"):
        read_survey(tmp_path / "x.sketch")


def test_unknown_keys_of_the_mapping_stop_before_reading(write_survey):
    with pytest.raises(InputError, match=r'"decimals".*nearest is "decimal"'):
        read_survey(write_survey(study__toml='[mapping]\ndecimals = ","\n'))


def test_two_files_are_one(tmp_path, write_survey):
    """I02: a table in two halves, each a survey of its own, holds the same rows."""
    text = text_of(TABLES["enterprises"])
    whole = read_survey(write(tmp_path / "whole"))
    head, *rows = list(csv.reader(io.StringIO(text)))
    found = []
    for part, lines in (("a", rows[:2]), ("b", rows[2:])):
        table = dict(zip(head, zip(*lines, strict=True), strict=True))
        linkages = {"source": [lines[0][0]], "target": ["x"], "layer": ["stock"]}
        found.append(read_survey(write(tmp_path / part, {"enterprises": table, "linkages": linkages})).enterprises)
    assert_frame_equal(pd.concat(found, ignore_index=True), whole.enterprises.reset_index(drop=True))


def test_case_of_file_names_makes_no_difference(tmp_path):
    folder = write(tmp_path / "x")
    (folder / "linkages.csv").rename(folder / "Linkages.CSV")
    assert len(read_survey(folder).linkages) == 3


def test_a_table_that_is_nearly_named_is_told(write_survey):
    survey = read_survey(write_survey(resource="enterprise_id\nE1\n"))
    assert [problem.value for problem in survey.problems if problem.code == "A21"] == ["resource.csv"]


def test_thousands_of_odd_words_cost_little(write_survey):
    linkages = "source,target,layer\n" + "".join(f"E1,E2,layer {i}\n" for i in range(20_000))
    register = "enterprise_id,name,place\n" + "".join(f"E{i % 5},n,{i}\n" for i in range(20_000))
    with pytest.raises(InputError) as caught:
        read_survey(write_survey(enterprises=register, linkages=linkages))
    codes = [problem.code for problem in caught.value.problems]
    assert (codes.count("C02"), codes.count("D10")) == (MOST_PROBLEMS + 1, MOST_PROBLEMS + 1)


def test_catalogue_of_readers():
    assert list(READERS) == ["roster", "edges", "pajek", "edge_list", "export", "folder", "workbook", "graph"]
    assert all(reader.sentence.endswith(".") for reader in READERS.values())


def test_a_large_survey_is_read_at_a_steady_pace(tmp_path):
    rng = np.random.default_rng(0)
    ids = [f"E{i}" for i in range(2_000)]
    register = {"enterprise_id": ids, "name": [f"Workshop {i}" for i in ids]}
    ends = rng.integers(0, 2_000, (2, 20_000))
    linkages = {"source": [ids[i] for i in ends[0]], "target": [ids[i] for i in ends[1]], "layer": ["stock"] * 20_000}
    survey = read_survey(write(tmp_path / "x", {"enterprises": register, "linkages": linkages}))
    assert len(survey.linkages) == 20_000
