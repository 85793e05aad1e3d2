"""Every code that the package uses has a card in both languages, and each example really has its problem."""

import ast
import datetime as dt
import io
import re
import zipfile
from pathlib import Path

import openpyxl
import pytest

import clusternet
from clusternet.errors import ClusternetError
from clusternet.ingest import read_survey
from clusternet.messages import LANGUAGES, translate
from clusternet.model.problem_codes import PROBLEM_CODES

HOUSE = Path(clusternet.__file__).parent
CODE = re.compile("[A-Z][0-9]{2}")
SURVEY = {
    "enterprises.csv": "enterprise_id,name\nE1,Cedar Doors\nE2,Oak Tables\nE3,Beech Chairs\n",
    "linkages.csv": "source,target,layer\nE1,E2,supply\nE2,E3,stock\n",
}
WITH_EXAMPLE = [card for card in PROBLEM_CODES.values() if card.file]


def used_codes():
    """Return every code that stands in the package as a whole text, with the files where it does."""
    found = {}
    for path in sorted(HOUSE.rglob("*.py")):
        # Cards are no use of a code, and sectors have letters with two digits of their own.
        if path.name.startswith("problems_of_") or "sectors" in path.as_posix():
            continue
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Constant) and isinstance(node.value, str) and CODE.fullmatch(node.value):
                found.setdefault(node.value, set()).add(path.name)
    return found


def codes_of(path, **options):
    """Read a survey and return the codes of all its problems."""
    try:
        return {problem.code for problem in read_survey(path, **options).problems}
    except ClusternetError as error:
        return {problem.code for problem in (*error.problems, *error.warnings)}


def test_every_code_that_is_used_has_a_card():
    missing = {code: files for code, files in used_codes().items() if code not in PROBLEM_CODES}
    assert missing == {}


def test_every_card_is_complete_in_both_languages():
    for card in PROBLEM_CODES.values():
        assert CODE.fullmatch(card.name)
        for text in (card.title, card.meaning, card.remedy):
            assert text.strip(), card.name
            assert translate(text, "ar") != text, (card.name, text)
        assert card.example or card.file, card.name
        assert set(card.as_dict("ar")) == {"code", "title", "meaning", "remedy", "example", "file"}
    assert set(LANGUAGES) == {"en", "ar"}


def test_codes_stand_in_the_order_of_their_groups():
    groups = {}
    for name in PROBLEM_CODES:
        groups.setdefault(name[0], []).append(name)
    assert all(names == sorted(names) for names in groups.values())


@pytest.mark.parametrize("card", WITH_EXAMPLE, ids=lambda card: card.name)
def test_the_example_of_a_card_has_its_problem(card, tmp_path):
    for name, text in {**SURVEY, card.file: card.example}.items():
        (tmp_path / name).write_text(text, encoding="utf-8", newline="")
    assert card.name in codes_of(tmp_path)


def workbook(**sheets):
    book = openpyxl.Workbook()
    book.remove(book.active)
    rows = {name.removesuffix(".csv"): [line.split(",") for line in text.splitlines()] for name, text in SURVEY.items()}
    for title, cells in {**rows, **sheets}.items():
        if cells is None:
            continue
        sheet = book.create_sheet(title)
        for row in cells:
            sheet.append(row)
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def with_entities():
    """A workbook one part of which declares an entity."""
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(workbook())) as given, zipfile.ZipFile(stream, "w") as made:
        for name in given.namelist():
            data = given.read(name)
            if name == "xl/workbook.xml":
                data = b'<!DOCTYPE x [<!ENTITY a "b">]>' + data
            made.writestr(name, data)
    return stream.getvalue()


def bomb():
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as made:
        made.writestr("xl/worksheets/sheet1.xml", b" " * (60 << 20))
    return stream.getvalue()


def merged():
    book = openpyxl.load_workbook(io.BytesIO(workbook()))
    book["linkages"].merge_cells("A2:B2")
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


REGISTER = [["enterprise_id", "name"], ["E1", "a"], ["E2", "b"], ["E3", "c"]]
HEAD = ["source", "target", "layer"]
#: What no text can hold: the name of the file, and how it is made.
SPOILT = {
    "A05": ("linkages.csv", lambda: SURVEY["linkages.csv"].encode("utf-16")),
    "A07": ("enterprises.csv", lambda: "enterprise_id,name\nE1,ورشة\n".encode() + "E2,ورشة\n".encode("cp1256")),
    "A09": ("linkages.csv", lambda: b"source,target,layer\nE1,E2\x00,supply\n"),
    "A23": ("linkages.csv", lambda: f"source,target,layer\nE1,{'x' * 40_000},supply\n".encode()),
    "A24": ("linkages.csv", lambda: b"," * 20_000 + b"\n" + b"," * 20_000 + b"x\n"),
    "A26": ("survey.xls", lambda: b"\xd0\xcf\x11\xe0"),
    "B05": ("survey.xlsx", lambda: workbook(linkages=[HEAD, ["E1", "=A2", "supply"]])),
    "B01": ("survey.xlsx", lambda: workbook(enterprises=[["enterprise_id", "name"], [7, "a"], [1304, "b"], [42, "c"]])),
    "B04": ("survey.xlsx", lambda: workbook(linkages=[HEAD, ["E1", "E2", dt.date(2024, 4, 3)]])),
    "B06": ("survey.xlsx", lambda: workbook(enterprises=[*REGISTER, ["E4", "#N/A"]])),
    "B07": ("survey.xlsx", merged),
    "B08": ("survey.xlsx", lambda: workbook(linkages=None)),
    "B09": ("survey.xlsx", lambda: workbook()[:500]),
    "B10": ("survey.xlsx", bomb),
    "B11": ("survey.xlsx", with_entities),
    "C03": (
        "enterprises.csv",
        lambda: b"enterprise_id,name\nE1,Al Noor\nE2,Al Noor\nE3,Beech Chairs\n",
    ),
    "C17": ("enterprises.csv", lambda: f"enterprise_id,name\nE1,{'x' * 100_000}\nE2,a\nE3,b\n".encode()),
    "E10": ("survey.parquet", lambda: b"PAR1" + b"x" * 20),
    "E01": ("net.graphml", lambda: b'<!DOCTYPE x [<!ENTITY a "b">]><graphml/>'),
    "E07": ("survey.pkl", lambda: b"\x80\x04."),
}


@pytest.mark.parametrize("code", SPOILT)
def test_spoilt_files_get_their_code(code, tmp_path):
    name, make = SPOILT[code]
    for other, text in SURVEY.items():
        (tmp_path / other).write_text(text, encoding="utf-8")
    if code == "C03":
        (tmp_path / "linkages.csv").write_text("source,target,layer\nE3,Al Noor,supply\n", encoding="utf-8")
    (tmp_path / name).write_bytes(make())
    path = tmp_path if name.endswith(".csv") else tmp_path / name
    assert code in codes_of(path)


def test_a_survey_without_faults_has_no_code(tmp_path):
    for name, text in SURVEY.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    assert codes_of(tmp_path) == set()


def test_most_codes_are_shown_by_a_run():
    shown = {card.name for card in WITH_EXAMPLE} | set(SPOILT)
    assert len(shown) >= 0.75 * len(used_codes()), sorted(set(used_codes()) - shown)
