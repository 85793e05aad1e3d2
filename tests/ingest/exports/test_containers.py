"""A01, A02, A26, B09, B10: archives and folders of an export, honest, unlucky and hostile."""

import io
import zipfile

import pytest

from clusternet.ingest.exports.containers import MOST_FILES, open_bytes, open_export
from tests.ingest.exports.small import csv_of, said, source_of, write_archive, write_csv, write_workbook

MAIN = [["name", "KEY"], ["Cedar", "uuid:a"]]
TIES = [["partner", "PARENT_KEY", "KEY"], ["Oak", "uuid:a", "uuid:a/ties[1]"]]


@pytest.fixture
def opened(tmp_path):
    """Open what was written, and tell what was said of it."""

    def open_(path, **options):
        source = source_of(path, **options)
        return open_export(path, source), source

    return open_


def archive(tmp_path, files, name="export.zip"):
    return write_archive(tmp_path / name, files)


# ---------------------------------------------------------------------- what is found
def test_every_table_of_an_archive_is_a_sheet(tmp_path, opened):
    path = archive(tmp_path, {"form.csv": MAIN, "form-ties.csv": TIES, "readme.txt.md": b"x", "media/a.csv": MAIN})
    sheets, source = opened(path)
    assert set(sheets.titles) == {"form", "form-ties"}
    assert sheets.format == "ZIP"
    assert sheets.head("form", 2) == MAIN
    assert sheets.grid("form-ties").place.file == "form-ties.csv"
    assert said(source) == []


def test_an_archive_of_one_folder_is_opened_and_folders_beside_tables_are_not(tmp_path, opened):
    sheets, _ = opened(archive(tmp_path, {"export/form.csv": MAIN, "export/media/x.csv": TIES}))
    assert sheets.titles == ("form",)
    sheets, _ = opened(archive(tmp_path, {"form.csv": MAIN, "Questionnaire/form.csv": TIES}, "second.zip"))
    assert sheets.head("form", 1) == [MAIN[0]]


def test_what_systems_and_excel_leave_behind_is_no_table(tmp_path, opened):
    junk = {"__MACOSX/._form.csv": b"\0\5\x16\7", "._form.csv": b"\0\5", ".DS_Store": b"x", "~$book.xlsx": b"\5abc"}
    sheets, source = opened(archive(tmp_path, {"form.csv": MAIN, **junk}))
    assert sheets.titles == ("form",)
    folder = tmp_path / "folder"
    folder.mkdir()
    write_csv(folder / "form.csv", MAIN)
    for name, content in junk.items():
        if "/" not in name:
            (folder / name).write_bytes(content)
    sheets, _ = opened(folder)
    assert sheets.titles == ("form",)
    assert sheets.format == "folder"
    assert said(source) == []


def test_the_roster_beside_an_export_is_no_part_of_it(tmp_path, opened):
    write_csv(tmp_path / "form.csv", MAIN)
    write_csv(tmp_path / "enterprises.csv", [["enterprise_id", "name"]])
    assert opened(tmp_path)[0].titles == ("form",)


def test_a_workbook_in_an_archive_gives_its_sheets_and_one_called_zip_is_a_workbook(tmp_path, opened):
    book = write_workbook(tmp_path / "kobo.xlsx", {"form": MAIN, "ties": TIES}).read_bytes()
    sheets, _ = opened(archive(tmp_path, {"kobo.xlsx": book}))
    assert sheets.titles == ("form", "ties")
    assert sheets.grid("ties").place[:2] == ("kobo.xlsx", "ties")
    path = tmp_path / "renamed.zip"
    path.write_bytes(book)
    assert opened(path)[0].titles == ("form", "ties")


def test_sheets_of_one_title_in_two_files_are_told_apart(tmp_path, opened):
    book = write_workbook(tmp_path / "x.xlsx", {"data": MAIN}).read_bytes()
    sheets, _ = opened(archive(tmp_path, {"a.xlsx": book, "b.xlsx": book}))
    assert sheets.titles == ("a.xlsx data", "b.xlsx data")
    assert sheets.head("b.xlsx data", 1) == [MAIN[0]]


def test_scripts_beside_tables_are_handed_on(tmp_path, opened):
    sheets, _ = opened(archive(tmp_path, {"form.tab": csv_of(MAIN, "\t"), "form.do": b'label define x 1 `"a"\''}))
    assert sheets.titles == ("form",)
    assert sheets.scripts == {"form.do": b'label define x 1 `"a"\''}


def test_a_table_with_the_ending_of_tabs_is_read_by_tabs_unsaid(tmp_path, opened):
    sheets, source = opened(archive(tmp_path, {"form.tab": csv_of([["a", "b;c"], ["1", "2;3"]], "\t")}))
    assert sheets.grid("form").cells[0] == ("a", "b;c")
    assert said(source) == []


def test_an_empty_table_in_an_archive_is_left_out(tmp_path, opened):
    sheets, _ = opened(archive(tmp_path, {"form.csv": MAIN, "form-ties.csv": b"\xef\xbb\xbf\r\n"}))
    assert sheets.titles == ("form",)


@pytest.mark.parametrize("name", ["form.csv", "form.tsv", "form.xlsx", "form.parquet", "form.sav"])
def test_a_file_is_opened_by_its_ending(tmp_path, name):
    source = source_of()
    data = {
        ".csv": csv_of(MAIN),
        ".tsv": csv_of(MAIN, "\t"),
        ".xlsx": write_workbook(tmp_path / "x.xlsx", {"form": MAIN}).read_bytes(),
    }.get(f".{name.rpartition('.')[2]}", b"no such thing")
    sheets = open_bytes(name, data, source)
    if name.endswith((".parquet", ".sav")):
        assert sheets is None
        assert [code for code, _ in said(source)] in (["E10"], ["A22"])
    else:
        assert sheets.head("form", 2) == MAIN


# ---------------------------------------------------------------------- unlucky
def test_A01_an_archive_or_folder_without_a_table_says_what_was_expected(tmp_path, opened):
    for path in (archive(tmp_path, {"form.json": b"{}", "form.xls": b"x"}), archive(tmp_path, {}, "none.zip")):
        sheets, source = opened(path)
        assert sheets is None
        ((code, message),) = said(source)
        assert code == "A01"
        assert ".csv" in message
        assert ".xlsx" in message
    folder = tmp_path / "photos"
    folder.mkdir()
    (folder / "a.jpg").write_bytes(b"x")
    sheets, source = opened(folder)
    assert [code for code, _ in said(source)] == ["A01"]


def test_A02_an_empty_archive_file_is_empty(tmp_path, opened):
    path = tmp_path / "export.zip"
    path.write_bytes(b"")
    sheets, source = opened(path)
    assert sheets is None
    assert [code for code, _ in said(source)] == ["A02"]


def test_A03_a_table_of_the_archive_that_cannot_be_read_stops_it_with_its_own_name(tmp_path, opened):
    sheets, source = opened(archive(tmp_path, {"form.csv": MAIN, "form-ties.parquet": b"x"}))
    assert sheets is None
    assert [(problem.code, problem.file) for problem in source.findings.errors] == [("E10", "form-ties.parquet")]


@pytest.mark.parametrize("cut", [10, 60, -30])
def test_B09_a_damaged_archive_is_told_as_such(tmp_path, opened, cut):
    path = archive(tmp_path, {"form.csv": MAIN * 50, "form-ties.csv": TIES * 50})
    path.write_bytes(path.read_bytes()[:cut])
    sheets, source = opened(path)
    assert sheets is None
    ((code, message),) = said(source)
    assert code == "B09"
    assert "download it again" in message


def test_B09_an_archive_with_a_spoilt_member_is_told_as_such(tmp_path, opened):
    path = archive(tmp_path, {"form.csv": MAIN * 50})
    data = bytearray(path.read_bytes())
    data[45:60] = b"X" * 15
    path.write_bytes(data)
    assert [code for code, _ in said(opened(path)[1])] == ["B09"]


def test_A26_an_archive_with_a_password_says_what_to_do(tmp_path, opened):
    path = archive(tmp_path, {"form.csv": MAIN})
    data = bytearray(path.read_bytes())
    data[data.find(b"PK\x03\x04") + 6] |= 1
    data[data.find(b"PK\x01\x02") + 8] |= 1
    path.write_bytes(data)
    ((code, message),) = said(opened(path)[1])
    assert code == "A26"
    assert "password" in message


# ---------------------------------------------------------------------- hostile
def test_B10_an_archive_that_unpacks_to_far_too_much_is_not_unpacked(tmp_path, opened):
    path = tmp_path / "export.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as bomb, bomb.open("form.csv", "w") as stream:
        for _ in range(40):
            stream.write(b"0" * 1_000_000)
    sheets, source = opened(path)
    assert sheets is None
    assert [code for code, _ in said(source)] == ["B10"]


def test_B10_a_bomb_within_the_archive_is_not_unpacked_either(tmp_path, opened):
    inner = io.BytesIO()
    with zipfile.ZipFile(inner, "w", zipfile.ZIP_DEFLATED) as bomb:
        bomb.writestr("xl/workbook.xml", b" " * 30_000_000)
    sheets, source = opened(archive(tmp_path, {"kobo.xlsx": inner.getvalue()}))
    assert sheets is None
    assert [(problem.code, problem.file) for problem in source.findings.errors] == [("B10", "kobo.xlsx")]


def test_B10_thousands_of_tables_are_no_export(tmp_path, opened):
    path = archive(tmp_path, {f"form-{number}.csv": MAIN for number in range(MOST_FILES + 1)})
    ((code, message),) = said(opened(path)[1])
    assert code == "B10"
    assert str(MOST_FILES) in message
    folder = tmp_path / "many"
    folder.mkdir()
    for number in range(MOST_FILES + 1):
        (folder / f"{number}.csv").touch()
    assert [code for code, _ in said(opened(folder)[1])] == ["B10"]


@pytest.mark.parametrize("name", ["../../form.csv", "/etc/form.csv", "C:\\exports\\form.csv", "a/../../form.csv"])
def test_names_of_members_lead_nowhere(tmp_path, opened, name):
    before = sorted(tmp_path.parent.rglob("form.csv"))
    sheets, source = opened(archive(tmp_path, {name: MAIN}))
    assert sheets.titles == ("form",)
    assert sheets.grid("form").place.file == "form.csv"
    assert sorted(tmp_path.parent.rglob("form.csv")) == before
    assert said(source) == []


def test_signs_for_the_terminal_in_a_name_are_shown_as_such(tmp_path, opened):
    sheets, _ = opened(archive(tmp_path, {"\x1b[31mform.csv": MAIN}))
    assert "\x1b" not in sheets.grid(sheets.titles[0]).place.file


def test_several_exports_in_one_archive_are_refused_unless_they_are_the_same(tmp_path, opened):
    sheets, source = opened(archive(tmp_path, {"a/form.csv": MAIN, "b/form.csv": [*MAIN, ["Oak", "uuid:b"]]}))
    assert sheets is None
    ((code, message),) = said(source)
    assert code == "E11"
    assert '"form.csv"' in message
    sheets, source = opened(archive(tmp_path, {"a/form.csv": MAIN, "b/form.csv": MAIN}, "same.zip"))
    assert sheets.titles == ("form",)
    assert said(source) == []
