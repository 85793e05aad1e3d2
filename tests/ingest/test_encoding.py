"""FAULTS A02, A04 to A08, A22, A25, A26: bytes become text, said as what, or are refused."""

import gzip
from pathlib import Path

import pytest

import clusternet
from clusternet.errors import InputError
from clusternet.ingest import read_survey
from clusternet.ingest.encoding import decoding, mojibake_repair
from clusternet.ingest.findings import Findings, Place
from clusternet.ingest.source import FileFormat, Source
from clusternet.ingest.tables import read_table
from clusternet.model.settings import Settings

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


@pytest.mark.parametrize("encoding", ["cp1256", "iso-8859-6"])
def test_A06_the_one_plausible_encoding_is_used_and_told(write_survey, encoding):
    survey = read_survey(write_survey(enterprises=ARABIC.encode(encoding)))
    assert survey.enterprises["name"].tolist()[:2] == ["ورشة الأرز", "طاولات البلوط"]
    (problem,) = [problem for problem in survey.problems if problem.code == "A06"]
    assert (problem.severity, problem.row, problem.values["encoding"]) == ("warning", 2, encoding)
    assert problem.values["offset"] == len("enterprise_id,name\nE1,")
    assert "[mapping] encoding" in problem.message()
    # A word of trade is shown; any other may be a name, and a name is confidential.
    assert problem.values["sample"] == "ورشة"


def test_A06_sample_shows_letters_where_all_words_may_be_names(write_survey):
    rows = "".join(f"E{number},النخيل الأخضر\n" for number in range(1, 6))
    survey = read_survey(write_survey(enterprises=(HEADER + rows).encode("cp1256")))
    (problem,) = [problem for problem in survey.problems if problem.code == "A06"]
    assert problem.values["sample"].startswith("ل ا خ")
    assert "النخيل" not in problem.message()


def test_A06_row_counts_records_not_lines(write_survey):
    data = HEADER.encode() + b'E1,"two\nlines"\nE2,Caf\xe9\nE3,x\n'
    survey = read_survey(write_survey(enterprises=data))
    (problem,) = [problem for problem in survey.problems if problem.code == "A06"]
    assert (problem.row, problem.values["encoding"]) == (3, "cp1252")


DOUBTFUL = HEADER.encode() + "E1,ورشة\nE2,x\nE3,نور\n".encode("cp1256")


def test_A06_without_clear_margin_the_first_row_is_named_with_candidates(refused):
    first, more = refused(enterprises=DOUBTFUL)
    assert (first.code, first.row, first.values["offset"]) == ("A06", 2, len("enterprise_id,name\nE1,"))
    assert 'cp1256 "' in first.message()
    assert "ورشة" in first.message()
    assert (more.code, more.values["more"]) == ("A06", 1)
    assert "--encoding-errors=report" in more.message()


def test_A06_every_bad_row_on_demand(write_survey):
    with pytest.raises(InputError) as caught:
        read_survey(write_survey(enterprises=DOUBTFUL), encoding_errors="report")
    assert [(problem.code, problem.row) for problem in caught.value.problems] == [("A06", 2), ("A06", 4)]


def test_unknown_words_of_options_are_refused(write_survey):
    for option in ("encoding_errors", "on_conflict"):
        with pytest.raises(InputError, match=f"{option}.*expected one of"):
            read_survey(write_survey(option), **{option: "ignore"})


def test_A06_declared_encoding_is_used(write_survey):
    folder = write_survey(enterprises=ARABIC.encode("cp1256"), study__toml='[mapping]\nencoding = "cp1256"\n')
    assert read_survey(folder).enterprises["name"].iloc[0] == "ورشة الأرز"


def test_A06_declared_encoding_that_is_unknown_or_wrong(refused):
    (problem,) = refused(study__toml='[mapping]\nencoding = "cp99"\n')
    assert (problem.code, problem.column) == ("E09", "mapping.encoding")


def test_A06_declared_encoding_that_does_not_fit(refused):
    problems = refused(enterprises=b"enterprise_id,name\nE1,\x81\n", study__toml='[mapping]\nencoding = "ascii"\n')
    assert (problems[0].code, problems[0].row) == ("A06", 2)


MIXED = b"".join(
    [HEADER.encode(), "E1,ورشة الأرز\n".encode(), "E2,ورشة الأثاث\n".encode("cp1256"), "E3,أ\n".encode("cp1256")]
)


def test_A07_mixed_encodings_are_never_guessed(refused):
    first, more = refused(enterprises=MIXED)
    assert [(problem.code, problem.row) for problem in (first, more)] == [("A07", 3), ("A07", 4)]
    assert more.values["more"] == 1


def test_A07_every_bad_row_on_demand(write_survey):
    with pytest.raises(InputError) as caught:
        read_survey(write_survey(enterprises=MIXED), encoding_errors="report")
    assert [(p.code, p.row, "offset" in p.values) for p in caught.value.problems] == [
        ("A07", 3, True),
        ("A07", 4, True),
    ]


def test_what_files_were_read_as_is_noted(write_survey):
    folder = write_survey(enterprises=ARABIC.encode("cp1256"), linkages="source;target;layer\nE1;E2;stock\n")
    source = Source(folder, Settings())
    for name in ("enterprises.csv", "linkages.csv"):
        read_table(folder / name, source)
    assert source.formats == {
        "enterprises.csv": FileFormat("CSV", "cp1256", ","),
        "linkages.csv": FileFormat("CSV", "UTF-8", ";"),
    }


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
    assert mojibake_repair("شركة النور".encode().decode("cp1256")) == "شركة النور"
    assert mojibake_repair("Café".encode().decode("cp1256")) == "Café"
    assert mojibake_repair("Crème brûlée") == ""


def test_A08_right_texts_are_left_alone():
    catalogue = Path(clusternet.__file__).parent / "locale" / "ar.po"
    words = set(catalogue.read_text(encoding="utf-8").split())
    assert len(words) > 1000
    assert {word for word in words if mojibake_repair(word)} <= {
        word for word in words if "Ã©" in word or "ÔÑßÉ" in word
    }


@pytest.mark.parametrize(
    ("code", "data"),
    [
        ("A02", b""),
        ("A02", b"\xef\xbb\xbf\r\n"),
        ("A22", gzip.compress(b"enterprise_id,name\nE1,a\n", mtime=0)),
        ("A22", gzip.compress(b"enterprise_id,name\nE1,a\n", mtime=0)[:-9]),
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


def test_text_comes_without_mark_and_with_its_encoding():
    findings = Findings()
    assert decoding("\ufeffa".encode(), Place("x.csv"), findings) == ("a", "UTF-8")
    assert not findings.errors
