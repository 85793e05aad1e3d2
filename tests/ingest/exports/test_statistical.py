"""SPSS and Stata: labels for codes, missing values, and what old Stata files do not say (A06, A22, F12)."""

import datetime as dt
import sys

import pandas as pd
import pyreadstat
import pytest

from clusternet.errors import ResourceError
from clusternet.ingest.exports.statistical import open_statistical
from tests.ingest.exports.small import said, source_of

ARABIC = "ورشة النور"
FRAME = pd.DataFrame({"firm": [ARABIC, "Oak"], "workers": [5.0, 7.5], "sector": [1.0, 2.0]})
LABELS = {"sector": {1: "Food", 2: "نسيج"}}


def write(path, frame=FRAME, **options):
    if path.suffix == ".dta":
        pyreadstat.write_dta(frame, str(path), version=options.pop("version", 15), **options)
    else:
        pyreadstat.write_sav(frame, str(path), **options)
    return path


def read(path, **options):
    source = source_of(path, **options)
    sheet = open_statistical(path.name, path.read_bytes(), source)
    return sheet, source


def in_encoding(path, encoding):
    """Write the Arabic of an old file in the encoding of an old Windows."""
    data, text = path.read_bytes(), ARABIC.encode()
    at, coded = data.find(text), ARABIC.encode(encoding)
    assert at > 0
    path.write_bytes(data[:at] + coded + b"\0" * (len(text) - len(coded)) + data[at + len(text) :])
    return path


@pytest.mark.parametrize("name", ["survey.sav", "survey.dta", "SURVEY.DTA"])
def test_codes_become_their_labels_and_numbers_stay_numbers(tmp_path, name):
    path = tmp_path / name
    write(path.with_suffix(path.suffix.casefold()), variable_value_labels=LABELS).rename(path)
    sheet, source = read(path)
    assert sheet.columns == {"firm": [ARABIC, "Oak"], "workers": ["5", "7.5"], "sector": ["Food", "نسيج"]}
    assert sheet.titles == (path.stem,)
    assert said(source) == []
    assert source.formats[name].encoding == "UTF-8"


def test_a_compressed_spss_file_is_read(tmp_path):
    path = tmp_path / "survey.zsav"
    pyreadstat.write_sav(FRAME, str(path), compress=True)
    assert read(path)[0].columns["firm"] == [ARABIC, "Oak"]


def test_a_code_without_a_label_stays_and_user_missing_is_missing(tmp_path):
    path = write(
        tmp_path / "survey.sav", variable_value_labels={"sector": {1: "Food"}}, missing_ranges={"workers": [5]}
    )
    sheet, _ = read(path)
    assert sheet.columns["sector"] == ["Food", "2"]
    assert sheet.columns["workers"] == ["", "7.5"]


def test_dates_are_iso(tmp_path):
    frame = pd.DataFrame({"day": [dt.date(2026, 3, 1), None], "moment": [dt.datetime(2026, 3, 1, 9, 30), None]})
    sheet, _ = read(write(tmp_path / "survey.sav", frame))
    assert sheet.columns["day"] == ["2026-03-01", ""]
    assert sheet.columns["moment"][0].startswith("2026-03-01T09:30:00")


# ---------------------------------------------------------------------- A06: old Stata files
def test_A06_an_old_file_in_utf8_is_read_as_such(tmp_path):
    sheet, source = read(write(tmp_path / "old.dta", version=12))
    assert sheet.columns["firm"] == [ARABIC, "Oak"]
    assert said(source) == []


def test_A06_an_old_file_that_is_not_utf8_is_read_as_cp1256_and_told(tmp_path):
    sheet, source = read(in_encoding(write(tmp_path / "old.dta", version=12), "cp1256"))
    assert sheet.columns["firm"] == [ARABIC, "Oak"]
    ((code, message),) = said(source)
    assert code == "A06"
    assert "CP1256" in message


@pytest.mark.parametrize(
    ("encoding", "declared"),
    [
        ("cp1256", "cp1256"),
        ("cp1256", "windows-1256"),
        ("iso8859-6", "iso-8859-6"),
        ("iso8859-6", "arabic"),
        ("utf-8", "utf_8"),
        ("utf-8", "utf-8-sig"),
    ],
)
def test_A06_a_declared_encoding_is_taken_at_its_word_however_python_spells_it(tmp_path, encoding, declared):
    path = write(tmp_path / "old.dta", version=12)
    sheet, source = read(path if encoding == "utf-8" else in_encoding(path, encoding), encoding=declared)
    assert sheet.columns["firm"] == [ARABIC, "Oak"]
    assert said(source) == []


@pytest.mark.parametrize("declared", ["utf-8", "utf-7", "mac_arabic"])
def test_A06_a_declared_encoding_that_does_not_fit_is_named(tmp_path, declared):
    sheet, source = read(in_encoding(write(tmp_path / "old.dta", version=12), "cp1256"), encoding=declared)
    assert sheet is None
    ((code, message),) = said(source)
    assert code == "A06"
    assert declared in message
    assert "[mapping] encoding" in message


# ---------------------------------------------------------------------- A22 and F12
@pytest.mark.parametrize("suffix", [".dta", ".sav", ".zsav"])
@pytest.mark.parametrize("data", [b"a", b"no such thing" * 50, b"\x80\x04\x95\x00", b"$FL2" + b"\0" * 40, b"r\x01"])
def test_A22_a_file_that_is_none_is_told_as_such(suffix, data):
    source = source_of()
    assert open_statistical(f"survey{suffix}", data, source) is None
    ((code, message),) = said(source)
    assert code == "A22"
    assert "export the survey as CSV" in message


@pytest.mark.parametrize("share", [0.3, 0.6, 0.9])
@pytest.mark.parametrize("name", ["survey.sav", "survey.dta"])
def test_A22_a_file_that_was_cut_off_is_never_a_traceback(tmp_path, name, share):
    path = write(tmp_path / name, pd.concat([FRAME] * 20, ignore_index=True))
    path.write_bytes(path.read_bytes()[: int(path.stat().st_size * share)])
    sheet, source = read(path)
    assert sheet is not None or [code for code, _ in said(source)] == ["A22"]


def test_F12_without_the_package_the_extra_is_named(monkeypatch):
    monkeypatch.setitem(sys.modules, "pyreadstat", None)
    with pytest.raises(ResourceError, match=r"clusternet\[spss\]"):
        open_statistical("survey.sav", b"x", source_of())
