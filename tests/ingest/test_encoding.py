"""FAULTS A02, A04 to A08, A22, A25, A26: bytes become text or are refused, never guessed."""

import gzip

import pytest

from clusternet.ingest import read_survey
from clusternet.ingest.encoding import decoded, mojibake_repair
from clusternet.ingest.findings import Findings, Place

HEADER = "enterprise_id,name\n"
ARABIC = HEADER + "E1,ورشة الأرز\nE2,طاولات البلوط\nE3,x\n"


def test_A04_byte_order_mark_is_no_part_of_column_1(write_survey):
    survey = read_survey(write_survey(enterprises=b"\xef\xbb\xbf" + ARABIC.encode()))
    assert survey.enterprises["name"].iloc[0] == "ورشة الأرز"
    assert not survey.problems or "A19" not in {problem.code for problem in survey.problems}


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be"])
def test_A05_utf16_with_mark_is_read_and_told(write_survey, encoding):
    mark = {"utf-16": b"", "utf-16-le": b"\xff\xfe", "utf-16-be": b"\xfe\xff"}[encoding]
    survey = read_survey(write_survey(enterprises=mark + ARABIC.encode(encoding)))
    assert survey.enterprises["name"].iloc[1] == "طاولات البلوط"
    assert "A05" in {problem.code for problem in survey.problems}


def test_A06_cp1256_is_not_guessed(refused):
    data = ARABIC.encode("cp1256")
    problems = refused(enterprises=data)
    assert [problem.code for problem in problems] == ["A06", "A06"]
    assert [problem.row for problem in problems] == [2, 3]
    assert problems[0].values["offset"] == len("enterprise_id,name\nE1,")
    assert 'cp1256 "' in problems[0].message()
    assert "ورشة" in problems[0].message()


def test_A06_row_counts_records_not_lines(refused):
    data = HEADER.encode() + b'E1,"two\nlines"\nE2,Caf\xe9\n'
    (problem,) = refused(enterprises=data)
    assert problem.row == 3
    assert 'cp1252 "E2,Café"' in problem.message()


def test_A06_declared_encoding_is_used(write_survey):
    folder = write_survey(enterprises=ARABIC.encode("cp1256"), study__toml='[mapping]\nencoding = "cp1256"\n')
    assert read_survey(folder).enterprises["name"].iloc[0] == "ورشة الأرز"


def test_A06_declared_encoding_that_is_unknown_or_wrong(refused):
    (problem,) = refused(study__toml='[mapping]\nencoding = "cp99"\n')
    assert (problem.code, problem.column) == ("E09", "mapping.encoding")


def test_A06_declared_encoding_that_does_not_fit(refused):
    problems = refused(enterprises=b"enterprise_id,name\nE1,\x81\n", study__toml='[mapping]\nencoding = "ascii"\n')
    assert (problems[0].code, problems[0].row) == ("A06", 2)


def test_A07_mixed_encodings_list_every_bad_row(refused):
    lines = [HEADER.encode(), "E1,ورشة\n".encode(), "E2,ورشة\n".encode("cp1256"), "E3,أ\n".encode("cp1256")]
    problems = refused(enterprises=b"".join(lines))
    assert [(problem.code, problem.row) for problem in problems] == [("A07", 3), ("A07", 4)]


def test_A08_mojibake_is_told_and_not_repaired(write_survey):
    survey = read_survey(write_survey(enterprises=HEADER + "E1,CafÃ©\nE2,ÔÑßÉ\nE3,Été à Nîmes\n"))
    (problem,) = [problem for problem in survey.problems if problem.code == "A08"]
    assert problem.values["count"] == 2
    assert "Caf" not in problem.message()  # a name is confidential
    assert survey.enterprises["name"].tolist() == ["CafÃ©", "ÔÑßÉ", "Été à Nîmes"]


def test_A08_repair_is_suggested():
    assert mojibake_repair("CafÃ©") == "Café"
    assert mojibake_repair("ÔÑßÉ") == "شركة"
    assert mojibake_repair("Ø´Ø±ÙƒØ©") == "شركة"
    assert mojibake_repair("Crème brûlée") == ""


@pytest.mark.parametrize(
    ("code", "data"),
    [
        ("A02", b""),
        ("A02", b"\xef\xbb\xbf\r\n"),
        ("A22", gzip.compress(b"enterprise_id,name\nE1,a\n", mtime=0)),
        ("A25", b"PK\x03\x04 whatever"),
        ("A25", "enterprise_id,name\nE1,a\n".encode("utf-16-le")),
        ("A25", bytes(range(256)) * 20),
        ("A26", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"x" * 100),
    ],
)
def test_A02_A22_A25_A26_files_that_are_no_text(refused, code, data):
    problems = refused(enterprises=data)
    assert problems[0].code in (code, "A06") if data.startswith(b"\x00\x01") else problems[0].code == code
    assert problems[0].file == "enterprises.csv"


def test_decoded_returns_text_without_mark():
    findings = Findings()
    assert decoded("\ufeffa".encode(), Place("x.csv"), findings) == "a"
    assert not findings.errors
