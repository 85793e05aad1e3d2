"""Which reader is for which path, and folders of our own tables as CSV or Parquet."""

import csv

import pandas as pd
import pytest

from clusternet.errors import InputError
from clusternet.ingest import read_survey
from clusternet.ingest.readers import READERS
from clusternet.model.settings import Settings

REGISTER = [["enterprise_id", "name"], ["E1", "Cedar"], ["E2", "Oak"]]
LINKAGES = [["source", "target", "layer"], ["E1", "E2", "supply"]]
WIDE = [["Timestamp", *(f"Question {n}" for n in range(9))], ["x"] * 10]


def write(path, rows, separator=","):
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, delimiter=separator).writerows(rows)
    return path


def reader_of(path, **mapping):
    settings = Settings(mapping=mapping)
    return next((name for name, reader in READERS.items() if reader.recognises(path, settings)), None)


# ---------------------------------------------------------------------- who reads what
@pytest.mark.parametrize(
    ("name", "rows", "separator", "reader"),
    [
        ("x.csv", LINKAGES, ",", "edge_list"),
        ("x.csv", [["name", "sector"], ["Cedar", "10"]], ",", "export"),
        ("x.tsv", LINKAGES, "\t", "edge_list"),
        ("x.tsv", [["E1", "E2"], ["E2", "E3"]], "\t", "edge_list"),
        ("x.tsv", WIDE, "\t", "export"),
        ("x.txt", [["E1 E2 0.5"]], ",", "edge_list"),
        ("x.txt", WIDE, ";", "export"),
        ("x.edges", [["1 2"]], ",", "edge_list"),
        ("x.edgelist", WIDE, ",", "edge_list"),
        ("x.tab", [["interview__id"]], "\t", "export"),
        ("x.zip", [["x"]], ",", "export"),
        ("x.sav", [["x"]], ",", "export"),
        ("x.dta", [["x"]], ",", "export"),
        ("x.graphml", [["x"]], ",", "graph"),
        ("x.gexf", [["x"]], ",", "graph"),
        ("x.sketch", [["x"]], ",", None),
    ],
)
def test_a_file_is_read_by_what_it_is(tmp_path, name, rows, separator, reader):
    assert reader_of(write(tmp_path / name, rows, separator)) == reader


@pytest.mark.parametrize("name", ["x.csv", "x.tsv", "x.txt", "x.xlsx", "x.graphml"])
@pytest.mark.parametrize("kind", ["roster", "edges", "export"])
def test_what_the_mapping_says_wins_over_what_a_file_looks_like(tmp_path, name, kind):
    assert reader_of(write(tmp_path / name, LINKAGES), kind=kind) == kind


def test_a_first_line_without_an_end_is_looked_at_in_part_only(tmp_path):
    path = tmp_path / "x.tsv"
    path.write_bytes(b"a" * 3_000_000)
    assert reader_of(path) == "edge_list"
    path.write_bytes(b"a\t" * 1_000_000)
    assert reader_of(path) == "export"


def test_every_reader_says_what_it_reads():
    assert all(reader.sentence.endswith(".") for reader in READERS.values())


# ---------------------------------------------------------------------- folders of our own tables
@pytest.mark.parametrize("parquet", [(), ("enterprises",), ("linkages",), ("enterprises", "linkages")])
def test_a_folder_holds_each_table_as_csv_or_parquet(tmp_path, parquet):
    for name, rows in {"enterprises": REGISTER, "linkages": LINKAGES}.items():
        if name in parquet:
            pd.DataFrame(rows[1:], columns=rows[0]).to_parquet(tmp_path / f"{name}.parquet")
        else:
            write(tmp_path / f"{name}.csv", rows)
    survey = read_survey(tmp_path)
    assert survey.enterprises["enterprise_id"].tolist() == ["E1", "E2"]
    assert survey.linkages[["source", "target", "layer"]].to_numpy().tolist() == [["E1", "E2", "supply"]]
    assert survey.receipt.reader == "folder"


def refused(path):
    with pytest.raises(InputError) as caught:
        read_survey(path)
    return caught.value.problems


@pytest.mark.parametrize(
    ("name", "hint"), [("enterprise.csv", '"enterprise.csv"'), ("photo.jpg", "photo.jpg"), (None, "make the file")]
)
def test_A01_a_table_that_is_missing_says_what_is_there(tmp_path, name, hint):
    write(tmp_path / "linkages.csv", LINKAGES)
    if name:
        write(tmp_path / name, REGISTER)
    (problem,) = refused(tmp_path)
    assert (problem.code, problem.file) == ("A01", "enterprises.csv")
    assert hint in problem.message()


def test_E10_a_table_of_a_folder_that_is_no_parquet_is_told_with_its_name(tmp_path):
    write(tmp_path / "linkages.csv", LINKAGES)
    (tmp_path / "enterprises.parquet").write_bytes(b"PAR1 and no more")
    assert [(problem.code, problem.file) for problem in refused(tmp_path)] == [("E10", "enterprises.parquet")]


def test_A21_a_parquet_without_a_required_column_names_it(tmp_path):
    write(tmp_path / "linkages.csv", LINKAGES)
    pd.DataFrame({"enterprise_id": ["E1"], "firm": ["Cedar"]}).to_parquet(tmp_path / "enterprises.parquet")
    assert [(problem.code, problem.column) for problem in refused(tmp_path)] == [("A21", "name")]
