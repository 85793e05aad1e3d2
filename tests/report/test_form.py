"""The XLSForm: pyxform takes it without a warning, whatever the study calls its layers and enterprises."""

import hashlib
import io
import subprocess
import sys
import zipfile
from collections import Counter
from pathlib import Path

import openpyxl
import pytest
from defusedxml import ElementTree

from clusternet.errors import InputError, ResourceError
from clusternet.messages import LANGUAGES
from clusternet.model import Settings
from clusternet.model.questionnaire import questionnaire
from clusternet.report.form import FORM_LANGUAGES, form_bytes, form_sheets, write_form

xls2xform = pytest.importorskip("pyxform.xls2xform")

ROOT = Path(__file__).parents[2]
ROSTER = [
    ("E1", "=1+1"),
    ("E2", "Al Noor & sons"),
    ("E3", "Al Noor & sons"),
    ("007", "ورشة النور"),
    ("x/y", "a\x0bb <script>${name}"),
    ("NA", ""),
]
OWN = {
    "vans": {"label": 'Vans & "lorries" <b> ${x} {y}', "directed": True, "family": "trade"},
    "إعارة": {"label": "إعارة الأدوات"},
    "stock": {"directed": True},
    "supply": {"label": "=Fournitures"},
}
TITLE = "مسح <b> ${a} & 2024"
XFORMS = "{http://www.w3.org/2002/xforms}"


def a_form(*, roster=(), **further):
    return questionnaire(Settings.from_mapping({"layers": OWN, **further}), roster)


def converted(data: bytes):
    """Convert a form as survey tools do, and return its XForm."""
    result = xls2xform.convert(io.BytesIO(data), file_type=".xlsx")
    assert result.warnings == []
    return ElementTree.fromstring(result.xform)


# ---------------------------------------------------------------------- what survey tools make of it
@pytest.mark.parametrize("most", [None, 5], ids=["free", "limited"])
@pytest.mark.parametrize("languages", [("ar", "en"), ("en", "ar"), ("ar",), ("en",)], ids=",".join)
@pytest.mark.parametrize("roster", [(), ROSTER], ids=["generator", "roster"])
def test_pyxform_takes_the_form_without_a_warning(roster, languages, most):
    form = a_form(roster=roster, **({"max_nominations": most} if most else {}))
    tree = converted(form_bytes(form, title=TITLE, languages=languages))
    names = {"en": "English (en)", "ar": "Arabic (ar)"}
    found = {entry.get("lang"): entry.get("default") for entry in tree.iter(f"{XFORMS}translation")}
    assert set(found) == {names[language] for language in languages}
    assert [lang for lang, default in found.items() if default] == [names[languages[0]]]
    bound = {bind.get("nodeset").rsplit("/", 1)[1] for bind in tree.iter(f"{XFORMS}bind")}
    assert {question.name for question in form.questions} <= bound


def test_a_form_of_the_standard_layers_converts_as_it_is():
    tree = converted(form_bytes(questionnaire(Settings()), title="", languages=("en", "ar")))
    repeats = {repeat.get("nodeset") for repeat in tree.iter(f"{XFORMS}repeat")}
    assert {"/data/supply_to", "/data/needs", "/data/offers", "/data/products", "/data/products/inputs"} <= repeats
    assert len(repeats) == 16 + 4
    bind = {bind.get("nodeset"): bind for bind in tree.iter(f"{XFORMS}bind")}
    assert bind["/data/consent_part/consent"].get("required") == "true()"
    assert "/data/people/workers" in bind["/data/people/women_workers"].get("constraint")
    for path in ("/data/enterprise", "/data/supply_to", "/data/publication"):
        assert "/data/consent_part/consent" in bind[path].get("relevant")


def test_the_number_of_entries_is_asked_before_each_repeat_where_it_is_limited():
    tree = converted(form_bytes(a_form(max_nominations=3), title="", languages=("en",)))
    count = "{http://openrosa.org/javarosa}count"
    counted = {
        repeat.get("nodeset"): repeat.get(count).strip() for repeat in tree.iter(f"{XFORMS}repeat") if repeat.get(count)
    }
    assert counted["/data/supply_from"] == "/data/supply_from_count"
    assert len(counted) == 20


def test_a_roster_can_be_chosen_from_but_for_oneself():
    tree = converted(form_bytes(a_form(roster=ROSTER), title="", languages=("en", "ar")))
    itemsets = [entry.get("nodeset") for entry in tree.iter(f"{XFORMS}itemset")]
    assert sum("name !=" in nodeset and "/data/enterprise/enterprise_id" in nodeset for nodeset in itemsets) == 20
    texts = {value.text for value in tree.iter(f"{XFORMS}value")}
    assert {"=1+1", "Al Noor & sons (E2)", "Al Noor & sons (E3)", "ورشة النور", "a b <script>$ {name}", "NA"} <= texts
    names = Counter(node.text for node in tree.iter(f"{XFORMS}name"))
    assert all(names[identifier] == 1 for identifier, _ in ROSTER)


# ---------------------------------------------------------------------- the sheets
def test_every_row_is_complete_and_every_language_filled():
    sheets = form_sheets(a_form(roster=ROSTER), title=TITLE, languages=("ar", "en"))
    assert list(sheets) == ["survey", "choices", "settings"]
    columns = list(sheets["survey"][0])
    assert columns[:4] == ["type", "name", "label::Arabic (ar)", "label::English (en)"]
    assert all(list(row) == columns for row in sheets["survey"])
    for rows in (sheets["survey"], sheets["choices"]):
        for row in rows:
            for words in ("label", "hint", "constraint_message"):
                pair = [bool(row.get(f"{words}::{language}")) for language in ("Arabic (ar)", "English (en)")]
                assert pair[0] == pair[1], row
    used = {row["type"].split()[1] for row in sheets["survey"] if row["type"].startswith("select")}
    assert {row["list_name"] for row in sheets["choices"]} == used
    types = Counter(row["type"] for row in sheets["survey"])
    assert types["begin_group"] == types["end_group"]
    assert types["begin_repeat"] == types["end_repeat"] == 4


def test_settings_name_the_form():
    (settings,) = form_sheets(a_form(), title="", languages=("ar", "en"))["settings"]
    assert settings["form_title"] == "مسح المنشآت وصلاتها"
    assert settings["form_id"] == "clusternet"
    assert settings["default_language"] == "Arabic (ar)"
    assert set(FORM_LANGUAGES) == set(LANGUAGES)
    ids = [
        form_sheets(a_form(), title=title, languages=("en",))["settings"][0]["form_id"]
        for title in (TITLE, "مسح 2024", "Town 2024")
    ]
    assert len(set(ids)) == 3
    assert ids[2] == "clusternet_town_2024"


def test_the_version_follows_the_content_alone():
    def version(form, title="", languages=("en", "ar")):
        return form_sheets(form, title=title, languages=languages)["settings"][0]["version"]

    first = version(a_form())
    assert version(a_form()) == first
    others = [
        version(a_form(max_nominations=2)),
        version(a_form(roster=ROSTER)),
        version(a_form(), title="Town"),
        version(a_form(), languages=("ar", "en")),
    ]
    assert len({first, *others}) == 5


def test_texts_are_texts_and_an_arabic_form_runs_from_right_to_left():
    for languages, right_to_left in ((("ar", "en"), True), (("en", "ar"), False)):
        book = openpyxl.load_workbook(io.BytesIO(form_bytes(a_form(roster=ROSTER), title=TITLE, languages=languages)))
        assert book.sheetnames == ["survey", "choices", "settings"]
        for sheet in book:
            assert bool(sheet.sheet_view.rightToLeft) == right_to_left
            assert {cell.data_type for row in sheet.iter_rows() for cell in row if cell.value is not None} == {"s"}
        assert "=1+1" in [cell.value for cell in book["choices"]["C"]]
        assert "007" in [cell.value for cell in book["choices"]["B"]]


# ---------------------------------------------------------------------- the same bytes, on the disk
def test_the_same_questionnaire_gives_the_same_bytes():
    data = form_bytes(a_form(roster=ROSTER), title=TITLE, languages=("ar", "en"))
    assert form_bytes(a_form(roster=ROSTER[::-1]), title=TITLE, languages=("ar", "en")) == data
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        assert {entry.date_time[0] for entry in archive.infolist()} == {1980}
    code = (
        "import sys, hashlib; sys.path.insert(0, '.')\n"
        "from clusternet.model import Settings; from clusternet.model.questionnaire import questionnaire\n"
        "from clusternet.report.form import form_bytes\n"
        "data = form_bytes(questionnaire(Settings()), title='T', languages=('ar', 'en'))\n"
        "print(hashlib.sha256(data).hexdigest())"
    )
    done = subprocess.run(
        [sys.executable, "-c", code],
        cwd=ROOT,
        env={"PYTHONHASHSEED": "42", "LC_ALL": "C", "TZ": "Asia/Riyadh", "PATH": ""},
        capture_output=True,
        text=True,
        check=True,
    )
    here = form_bytes(questionnaire(Settings()), title="T", languages=("ar", "en"))
    assert done.stdout.strip() == hashlib.sha256(here).hexdigest()


def test_a_form_is_written_whole_and_replaced_only_when_asked(tmp_path):
    out = tmp_path / "new" / "form.xlsx"
    assert write_form(a_form(), out, title="Town") == out
    before = out.read_bytes()
    assert before == form_bytes(a_form(), title="Town", languages=("en", "ar"))
    with pytest.raises(InputError, match=r"exists already.*--overwrite"):
        write_form(a_form(roster=ROSTER), out)
    assert out.read_bytes() == before
    write_form(a_form(roster=ROSTER), out, overwrite=True)
    assert out.read_bytes() != before
    assert [path.name for path in out.parent.iterdir()] == ["form.xlsx"]


def test_what_is_no_place_for_a_form_is_refused(tmp_path):
    (tmp_path / "folder.xlsx").mkdir()
    (tmp_path / "file").write_text("I am a file", encoding="utf-8")
    for name, error, expected in (
        ("form.csv", InputError, r"ends in \.xlsx"),
        ("form", InputError, r"ends in \.xlsx"),
        ("folder.xlsx", InputError, "is a folder"),
        ("file/form.xlsx", ResourceError, "form.xlsx"),
    ):
        with pytest.raises(error, match=expected):
            write_form(a_form(), tmp_path / name)
    with pytest.raises(InputError, match="expected one of: en, ar"):
        write_form(a_form(), tmp_path / "form.xlsx", languages=("en", "fr"))
    assert sorted(path.name for path in tmp_path.iterdir()) == ["file", "folder.xlsx"]


def test_f02_a_write_that_fails_leaves_the_old_form(tmp_path, monkeypatch):
    out = write_form(a_form(), tmp_path / "form.xlsx")
    before = out.read_bytes()

    def full(handle):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("clusternet.report.publish.os.fsync", full)
    with pytest.raises(ResourceError, match="no room left"):
        write_form(a_form(roster=ROSTER), out, overwrite=True)
    assert out.read_bytes() == before
    assert [path.name for path in tmp_path.iterdir()] == ["form.xlsx"]
