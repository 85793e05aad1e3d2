"""Parquet: tables of other programs as text, and every way in which a file is none (E10, A20, A24, F12)."""

import decimal
import random
import sys

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from clusternet.errors import ResourceError
from clusternet.ingest import read_survey
from clusternet.ingest.exports.parquet import open_parquet
from tests.ingest.exports.small import refused, said, source_of, write_csv

REGISTER = pd.DataFrame({"enterprise_id": ["E1", "007"], "name": ["Cedar", "ورشة"]})
LINKAGES = [["source", "target", "layer"], ["E1", "007", "supply"]]


def written(table, path):
    if isinstance(table, pa.Table):
        pq.write_table(table, path)
    else:
        table.to_parquet(path)
    return path


def read(table, tmp_path, **options):
    source = source_of(**options)
    data = table if isinstance(table, bytes) else written(table, tmp_path / "enterprises.parquet").read_bytes()
    return open_parquet("enterprises.parquet", data, source), source


@pytest.fixture
def folder(tmp_path):
    write_csv(tmp_path / "linkages.csv", LINKAGES)
    return tmp_path


def test_a_folder_may_hold_parquet_beside_csv(folder):
    written(REGISTER, folder / "enterprises.parquet")
    survey = read_survey(folder)
    assert survey.enterprises["enterprise_id"].tolist() == ["E1", "007"]


@pytest.mark.parametrize("index", [["enterprise_id"], ["enterprise_id", "name"]])
def test_an_index_with_a_name_is_a_column(tmp_path, index):
    sheet, _ = read(REGISTER.set_index(index), tmp_path)
    assert {name: sheet.columns[name] for name in REGISTER.columns} == {
        "enterprise_id": ["E1", "007"],
        "name": ["Cedar", "ورشة"],
    }


def test_an_index_without_a_name_is_none(tmp_path):
    sheet, _ = read(REGISTER.iloc[[1, 0]], tmp_path)
    assert list(sheet.columns) == ["enterprise_id", "name"]
    assert sheet.columns["enterprise_id"] == ["007", "E1"]


def test_every_kind_of_value_becomes_text(tmp_path):
    table = pa.table(
        {
            "whole": pa.array([1, None, 2**53 + 1]),
            "big": pa.array([2**63, 1, None], pa.uint64()),
            "real": pa.array([1.0, 2.5, None]),
            "truth": pa.array([True, False, None]),
            "word": pa.array(["a", "", None]).dictionary_encode(),
            "bytes": pa.array(["ورشة".encode(), b"", None]),
            "day": pa.array([0, 1, None], pa.date32()),
            "moment": pa.array([pd.Timestamp("2026-03-01T09:30"), None, None]),
            "exact": pa.array([decimal.Decimal("1.50"), None, None]),
            "none": pa.array([None, None, None]),
        }
    )
    sheet, source = read(table, tmp_path)
    assert sheet.columns == {
        "whole": ["1", "", "9007199254740993"],
        "big": ["9223372036854775808", "1", ""],
        "real": ["1", "2.5", ""],
        "truth": ["yes", "no", ""],
        "word": ["a", "", ""],
        "bytes": ["ورشة", "", ""],
        "day": ["1970-01-01", "1970-01-02", ""],
        "moment": ["2026-03-01T09:30:00", "", ""],
        "exact": ["1.50", "", ""],
        "none": ["", "", ""],
    }
    assert said(source) == []


# ---------------------------------------------------------------------- E10
@pytest.mark.parametrize(
    "spoil",
    [
        lambda data: data[:-20],
        lambda data: data[: len(data) // 2],
        lambda data: b"PARE" + data[4:-4] + b"PARE",
        lambda data: b"PAR1",
        lambda data: b"not parquet at all",
        lambda data: b"\x80\x04\x95" + data,
    ],
)
def test_E10_a_file_that_is_cut_off_encrypted_or_something_else_is_told_as_such(tmp_path, spoil):
    data = written(REGISTER, tmp_path / "x.parquet").read_bytes()
    sheet, source = read(spoil(data), tmp_path)
    assert sheet is None
    ((code, message),) = said(source)
    assert code == "E10"
    assert "write it again" in message


def test_E10_a_file_with_any_byte_spoilt_is_never_a_traceback(tmp_path):
    data, chance = written(REGISTER, tmp_path / "x.parquet").read_bytes(), random.Random(5)
    told = set()
    for _ in range(150):
        spoilt = bytearray(data)
        for _ in range(chance.randint(1, 6)):
            spoilt[chance.randrange(len(spoilt))] = chance.randrange(256)
        sheet, source = read(bytes(spoilt), tmp_path)
        told |= {code for code, _ in said(source)} | ({"read"} if sheet is not None else set())
    assert told <= {"read", "E10", "A20"}
    assert "E10" in told


@pytest.mark.parametrize("values", [[[1], [2]], [{"a": 1}, {"a": 2}]])
def test_E10_columns_of_lists_or_records_are_named(tmp_path, values):
    sheet, source = read(pa.table({"enterprise_id": ["E1", "E2"], "many": values}), tmp_path)
    assert sheet is None
    ((code, message),) = said(source)
    assert code == "E10"
    assert "many" in message


def test_E10_bytes_that_are_no_text_are_refused(tmp_path):
    assert [code for code, _ in said(read(pa.table({"name": [b"\xff\xfe"]}), tmp_path)[1])] == ["E10"]


def test_E10_a_table_of_other_columns_says_which_are_missing(folder):
    written(pd.DataFrame({"firm": ["Cedar"]}), folder / "enterprises.parquet")
    assert {(problem.code, problem.column) for problem in refused(folder)} == {
        ("A21", "enterprise_id"),
        ("A21", "name"),
    }


def test_A20_columns_of_one_name_are_named(tmp_path):
    table = pa.Table.from_arrays([pa.array(["a"]), pa.array(["b"])], names=["name", "name"])
    sheet, source = read(table, tmp_path)
    assert sheet is None
    assert [code for code, _ in said(source)] == ["A20"]


def test_A24_a_few_bytes_that_stand_for_millions_of_rows_are_not_unpacked(tmp_path):
    column = pa.DictionaryArray.from_arrays(pa.array(np.zeros(5_000_000, dtype=np.int8)), ["E1"])
    path = written(pa.table({"enterprise_id": column, "name": column}), tmp_path / "x.parquet")
    assert path.stat().st_size < 1_000_000
    with pytest.raises(ResourceError, match="memory") as caught:
        read(path.read_bytes(), tmp_path, memory_limit=800_000_000)
    assert caught.value.problems[0].code == "A24"


def test_F12_without_the_package_the_extra_is_named(monkeypatch):
    monkeypatch.setitem(sys.modules, "pyarrow.parquet", None)
    with pytest.raises(ResourceError, match=r"clusternet\[parquet\]"):
        open_parquet("enterprises.parquet", b"PAR1", source_of())
