"""A draft of ``[mapping]``, used as it stands, reads a form that is not ours; the same form in every style alike."""

import dataclasses
import itertools
import tomllib
from pathlib import Path
from typing import Any

import pytest

from clusternet.errors import InputError
from clusternet.ingest import read_survey
from clusternet.ingest.exports.drafting import draft_mapping
from clusternet.ingest.exports.drafting_answers import layer_of, single_answers, words_for
from clusternet.ingest.exports.drafting_text import draft_text, mapping_of, quoted
from clusternet.ingest.exports.drafting_values import kind_of
from clusternet.ingest.exports.drafting_words import words_of
from clusternet.model import Settings
from tests.ingest.exports.foreign_forms import (
    ARABIC,
    ENGLISH,
    FIRMS,
    FRENCH,
    NAMES,
    Style,
    write_kobo,
    write_sheet,
    write_table,
    write_zip,
)

REGISTER = {
    ("1001", "شركة النور للأغذية ذ.م.م", "10", 12.0, 31.95, 35.91),
    ("1002", "مؤسسة الأمل", "13", None, 31.95, 35.91),
    ("1003", "+962 Trading & Co <b>", "13", 5.0, None, None),
}
NEEDS = {("1001", "طحين", "need"), ("1001", "سكر", "need"), ("1003", "زيت", "need")}
#: What was said; the last partner is written otherwise than in the register, and is matched to it elsewhere.
SAID = {
    ("1002", "1001", "supply", 3.0, "1001"),
    ("1001", "1002", "knowledge", 3.0, "1001"),
    ('=HYPERLINK("http://x","y")', "1001", "supply", 1.0, "1001"),
    ("النور", "1003", "finance", 5.0, "1003"),
}


def drafted(path: Path, language: str = "en", settings: Settings | None = None) -> str:
    """Return the draft of an export, after checking that text and data say the same."""
    draft, _ = draft_mapping(path, settings)
    text = draft_text(draft, settings or Settings(), language)
    assert tomllib.loads(text)["mapping"] == mapping_of(draft)
    return text


def read_with_draft(path: Path, language: str = "en") -> Any:
    """Return the survey that an export gives with its draft, unedited."""
    config = path.parent / "draft.toml"
    config.write_text(drafted(path, language), encoding="utf-8")
    return read_survey(path, config)


def rows_of(table: Any, *columns: str) -> set[tuple[Any, ...]]:
    """Return the rows of a table as they are compared; missing is None."""
    if not len(table):
        return set()
    cells = table.reindex(columns=list(columns)).astype(object)
    return set(cells.where(cells.notna(), None).itertuples(index=False, name=None))


def register_of(survey: Any) -> set[tuple[Any, ...]]:
    return rows_of(survey.tables["enterprises"], "enterprise_id", "name", "sector", "workers", "latitude", "longitude")


def linked(survey: Any, *columns: str) -> set[tuple[Any, ...]]:
    """Return the linkages, source and target first; a name that is in the register as it stands is its id."""
    ids = dict(rows_of(survey.tables["enterprises"], "name", "enterprise_id"))
    rows = rows_of(survey.tables["linkages"], "source", "target", *columns)
    return {(ids.get(source, source), ids.get(target, target), *rest) for source, target, *rest in rows}


def said_in(survey: Any) -> set[tuple[Any, ...]]:
    """Return the linkages; the partner that waits for matching by a short word, whether it was matched or not."""
    late = {("شركه النور للاغذيه", "1003"), ("1001", "1003")}
    found = linked(survey, "layer", "weight", "reporter")
    return {("النور", *row[1:]) if row[:2] in late and row[2] == "finance" else row for row in found}


def assert_is_the_survey(survey: Any) -> None:
    assert register_of(survey) == REGISTER
    assert said_in(survey) == SAID
    assert rows_of(survey.tables["resources"], "enterprise_id", "resource", "role") == NEEDS


# ---------------------------------------------------------------------- KoboToolbox
@pytest.mark.parametrize("language", ["en", "ar"])
@pytest.mark.parametrize("name", ["kobo_en_summary_groups", "kobo_xml_both"])
def test_the_real_workbooks_give_one_survey(name: str, language: str, real_data: Path, tmp_path: Path) -> None:
    path = tmp_path / f"{name}.xlsx"
    path.write_bytes((real_data / "kobo" / path.name).read_bytes())
    assert_is_the_survey(read_with_draft(path, language))


@pytest.mark.parametrize("name", ["kobo_en_summary_groups", "kobo_xml_both"])
def test_the_real_csv_give_the_same_register_and_say_what_they_lack(name: str, real_data: Path, tmp_path: Path) -> None:
    path = tmp_path / f"{name}.csv"
    path.write_bytes((real_data / "kobo" / path.name).read_bytes())
    draft, _ = draft_mapping(path)
    assert any("submissions alone" in note.sentence for note in draft.notes)
    survey = read_with_draft(path)
    assert register_of(survey) == REGISTER
    assert not len(survey.tables["linkages"])
    assert {problem.code for problem in survey.problems} >= {"C19"}


@pytest.mark.parametrize(
    "style",
    [
        Style(words, separator, several, typed)
        for (words, separator, several), typed in zip(
            itertools.product((ENGLISH, ARABIC, FRENCH, NAMES), ("", "/", "_", "."), ("summary", "details", "both")),
            itertools.cycle((False, True)),
            strict=False,
        )
    ],
    ids=lambda style: f"{style.words['name'][:5]}-{style.separator or 'none'}-{style.several}",
)
def test_every_style_of_the_same_form_gives_one_survey(style: Style, tmp_path: Path) -> None:
    assert_is_the_survey(read_with_draft(write_kobo(tmp_path / "export.xlsx", style)))


def test_the_same_file_gives_the_same_draft_whatever_the_order_of_rows(tmp_path: Path) -> None:
    rows = [["Timestamp", "Business name", "Sector", "Suppliers", "Number of workers"]]
    answers = [
        [f"2026-03-0{i}", f"Firm {i}", ("Food", "Textiles")[i % 2], f"Firm {i % 5 + 1}", str(i)] for i in range(1, 6)
    ]
    texts = set()
    for number, order in enumerate(itertools.islice(itertools.permutations(answers), 0, 120, 17)):
        folder = tmp_path / str(number)
        folder.mkdir()
        texts.add(drafted(write_table(folder / "answers.csv", [*rows, *order])))
    assert len(texts) == 1


# ---------------------------------------------------------------------- other tools
GOOGLE = {
    "en": (
        [
            "Timestamp",
            "What is the name of your business?",
            "What is your main activity?",
            "How many people work there?",
        ]
        + ["How many of them are women?", "Is your business registered?", "In which town is it?"]
        + ["Supplier 1", "Supplier 2", "Supplier 3", "Who are your main customers?", "Notes"],
        ["Furniture", "Wood", "Yes", "No"],
    ),
    "ar": (
        ["طابع زمني", "ما اسم منشأتك؟", "ما هو نشاطك الرئيسي؟", "كم عدد العاملين؟", "كم عدد النساء منهم؟"]
        + ["هل المنشأة مسجلة؟", "في أي مدينة تقع؟", "المورد 1", "المورد 2", "المورد 3", "من هم أهم زبائنك؟", "ملاحظات"],
        ["أثاث", "خشب", "نعم", "لا"],
    ),
}


@pytest.mark.parametrize("language", ["en", "ar"])
def test_a_google_form(language: str, tmp_path: Path) -> None:
    header, (furniture, wood, yes, no) = GOOGLE[language]
    rows = [
        [
            "2026/03/01 9:00",
            "Cedar",
            furniture,
            "12",
            "5",
            yes,
            "Irbid",
            "Pine",
            "Oak",
            "",
            "Hotel One\nHotel Two",
            "=1",
        ],
        ["2026/03/01 9:10", "Pine", wood, "7", "0", no, "Irbid", "", "", "", "Cedar", "late"],
        ["2026/03/01 9:20", "Oak", wood, "3", "1", yes, "Jerash", "Pine", "", "", "", ""],
    ]
    survey = read_with_draft(write_table(tmp_path / "answers.csv", [header, *rows]), language)
    firms = rows_of(survey.tables["enterprises"], "name", "sector", "workers", "women_workers", "formal", "place")
    assert firms == {
        ("Cedar", "3100", 12.0, 5.0, "yes", "Irbid"),
        ("Pine", "16", 7.0, 0.0, "no", "Irbid"),
        ("Oak", "16", 3.0, 1.0, "yes", "Jerash"),
    }
    ids = dict(rows_of(survey.tables["enterprises"], "name", "enterprise_id"))
    assert linked(survey, "layer") == {
        (ids["Pine"], ids["Cedar"], "supply"),
        (ids["Oak"], ids["Cedar"], "supply"),
        (ids["Cedar"], "Hotel One", "supply"),
        (ids["Cedar"], "Hotel Two", "supply"),
        (ids["Pine"], ids["Cedar"], "supply"),
        (ids["Pine"], ids["Oak"], "supply"),
    }


def test_a_survey_monkey_sheet(tmp_path: Path) -> None:
    header = [
        ["Respondent ID", "Collector ID", "Date Created", "Name of your company", "Which sector?"]
        + ["Name up to three competitors", "", "", "What do you need most?", "", "How many employees?"],
        ["", "", "", "Open-Ended Response", "Response"]
        + ["Competitor 1", "Competitor 2", "Competitor 3", "Need 1", "Need 2", "Open-Ended Response"],
    ]
    rows = [
        ["11", "5", "2026-03-01", "Cedar", "Furniture", "Pine", "", "", "glue", "varnish", "4"],
        ["12", "5", "2026-03-01", "Pine", "Bakery", "Cedar", "Elsewhere", "", "", "", "9"],
    ]
    survey = read_with_draft(write_table(tmp_path / "monkey.csv", [*header, *rows]))
    assert rows_of(survey.tables["enterprises"], "enterprise_id", "name", "sector", "workers") == {
        ("11", "Cedar", "3100", 4.0),
        ("12", "Pine", "1071", 9.0),
    }
    assert rows_of(survey.tables["linkages"], "layer", "reporter") == {("rivalry", "11"), ("rivalry", "12")}
    assert len(survey.tables["linkages"]) == 3
    assert rows_of(survey.tables["resources"], "enterprise_id", "resource", "role") == {
        ("11", "glue", "need"),
        ("11", "varnish", "need"),
    }


def test_an_odk_archive(tmp_path: Path) -> None:
    files = {
        "workshops.csv": [
            ["SubmissionDate", "profile-firm_name", "profile-activity", "profile-gps-Latitude", "profile-gps-Longitude"]
            + ["profile-gps-Altitude", "profile-gps-Accuracy", "profile-staff", "meta-instanceID", "KEY"],
            ["2026-03-01T09:00:00Z", "Cedar", "carpentry", "31.9", "35.9", "800", "5", "12", "uuid:a", "uuid:a"],
            ["2026-03-01T09:05:00Z", "Pine", "sawmill", "", "", "", "", "4", "uuid:b", "uuid:b"],
        ],
        "workshops-buyers.csv": [
            ["buyer_name", "times", "monthly_value", "currency", "PARENT_KEY", "KEY"],
            ["Cedar", "weekly", "120", "JOD", "uuid:b", "uuid:b/buyers[1]"],
            ["Hotel", "monthly", "900", "JOD", "uuid:a", "uuid:a/buyers[1]"],
        ],
        "workshops-needs.csv": [
            ["item", "kind_of_need", "qty", "uom", "unit_price", "PARENT_KEY", "KEY"],
            ["planks", "raw material", "30", "m3", "95", "uuid:a", "uuid:a/needs[1]"],
            ["a planer", "machine", "1", "piece", "4000", "uuid:b", "uuid:b/needs[1]"],
        ],
    }
    survey = read_with_draft(write_zip(tmp_path / "workshops.zip", files))
    assert rows_of(survey.tables["enterprises"], "enterprise_id", "name", "sector", "latitude", "workers") == {
        ("uuid:a", "Cedar", "16", 31.9, 12.0),
        ("uuid:b", "Pine", "1610", None, 4.0),
    }
    columns = ("layer", "frequency", "amount", "unit", "reporter")
    assert linked(survey, *columns) == {
        ("uuid:b", "uuid:a", "supply", "weekly", 120.0, "JOD", "uuid:b"),
        ("uuid:a", "Hotel", "supply", "monthly", 900.0, "JOD", "uuid:a"),
    }
    columns = ("enterprise_id", "resource", "role", "factor", "quantity", "unit_cost")
    assert rows_of(survey.tables["resources"], *columns) == {
        ("uuid:a", "planks", "need", "material", 30.0, 95.0),
        ("uuid:b", "a planer", "need", "technology", 1.0, 4000.0),
    }


def test_a_survey_solutions_archive(tmp_path: Path) -> None:
    files = {
        "workshops.tab": [
            ["interview__key", "interview__id", "consent", "firm_name", "sector", "n_workers", "gps__Latitude"]
            + ["gps__Longitude", "gps__Accuracy", "gps__Timestamp", "sssys_irnd", "has__errors", "interview__status"],
            ["11-22", "aa", "1", "Cedar", "furniture", "12", "31.9", "35.9", "4", "2026-03-01", "0.1", "0", "100"],
            ["33-44", "bb", "1", "Pine", "sawmill", "-999999999", "##N/A##", "##N/A##", "", "", "0.2", "0", "100"],
        ],
        "partners.tab": [
            ["interview__key", "interview__id", "partners__id", "partner_name", "relation", "importance"],
            ["11-22", "aa", "1", "Pine", "buy", "4"],
            ["11-22", "aa", "2", "Bank", "loan", "2"],
            ["33-44", "bb", "1", "Cedar", "sell", "5"],
        ],
        "interview__errors.tab": [["interview__key", "interview__id", "message"], ["11-22", "aa", "no"]],
    }
    survey = read_with_draft(write_zip(tmp_path / "workshops.zip", files, separator="\t"))
    assert rows_of(survey.tables["enterprises"], "name", "sector", "workers", "longitude", "respondent") == {
        ("Cedar", "3100", 12.0, 35.9, "yes"),
        ("Pine", "1610", None, None, "yes"),
    }
    ids = dict(rows_of(survey.tables["enterprises"], "name", "enterprise_id"))
    assert linked(survey, "layer", "weight", "reporter") == {
        (ids["Pine"], ids["Cedar"], "supply", 4.0, ids["Cedar"]),
        ("Bank", ids["Cedar"], "finance", 2.0, ids["Cedar"]),
        (ids["Pine"], ids["Cedar"], "supply", 5.0, ids["Pine"]),
    }


# ---------------------------------------------------------------------- what a draft says and hides
def workbook(path: Path, **sheets: list[list[object]]) -> Path:
    from openpyxl import Workbook

    book = Workbook()
    for title, rows in sheets.items():
        write_sheet(book, title, rows)
    del book["Sheet"]
    book.save(path)
    return path


def kobo_sheets(header: list[str], *rows: list[object]) -> list[list[object]]:
    """Return the rows of a KoboToolbox sheet of submissions."""
    system = ["_id", "_uuid", "_submission_time", "_index"]
    return [
        [*header, *system],
        *([*row, 100 + i, f"u{i}", "2026-03-01", i] for i, row in enumerate(rows, start=1)),
    ]


def test_names_are_never_shown_and_system_columns_never_guessed(tmp_path: Path) -> None:
    text = drafted(write_kobo(tmp_path / "export.xlsx", Style(ENGLISH, "/", "both")))
    for secret in [firm[1] for firm in FIRMS] + ["طحين", "HYPERLINK", "31.95", "enum1"]:
        assert secret not in text
    for column in ("_uuid", "_notes", "start", "_submitted_by", "_Location_latitude", "ISO 9001"):
        assert f'"{column}"' not in text and f'/{column}"' not in text
    assert '#   "Enterprise/Certificates"' in text


def test_a_doubtful_column_is_proposed_and_no_more(tmp_path: Path) -> None:
    header = ["Name", "Business name", "Number of workers", "Supplier city", "Position in the family"]
    rows = kobo_sheets(header, ["Layla", "Cedar", "many", "Irbid", "son"], ["Omar", "Pine", "few", "Amman", "son"])
    draft, _ = draft_mapping(workbook(tmp_path / "export.xlsx", Form=rows))
    mapping = mapping_of(draft)
    assert mapping["enterprises"] == {"name": "Business name"}
    assert "linkages" not in mapping
    text = draft_text(draft, Settings())
    assert '# perhaps: name = "Name"' in text
    assert '# perhaps: workers = "Number of workers"' in text
    assert "do not; see what they hold" in text
    assert '#   "Supplier city"' in text


def test_answers_that_nobody_knows_stay_to_be_filled_in(tmp_path: Path) -> None:
    root = kobo_sheets(["Company", "Sector"], ["Cedar", "Furniture"], ["Pine", "Zzgrbl"])
    ties = [
        ["Supplier", "Relation", "_index", "_parent_table_name", "_parent_index"],
        ["Pine", "Buy", 1, "Form", 1],
        ["Oak", "Friendship", 2, "Form", 1],
    ]
    text = drafted(workbook(tmp_path / "export.xlsx", Form=root, suppliers=ties))
    assert '# perhaps: "Zzgrbl" = ""' in text
    assert '# perhaps: "Friendship" = ""' in text
    assert '"Buy" = "supply from"' in text


def test_a_partner_of_no_known_layer_is_proposed_as_a_block(tmp_path: Path) -> None:
    root = kobo_sheets(["Company"], ["Cedar"], ["Pine"])
    partners = [["Partner", "_index", "_parent_table_name", "_parent_index"], ["Pine", 1, "Form", 1]]
    text = drafted(workbook(tmp_path / "export.xlsx", Form=root, partners=partners))
    assert "# [[mapping.linkages]]" in text
    assert '# one_layer = "supply"' in text
    assert "No partners were found" in text


def test_layers_of_the_study_are_known(tmp_path: Path) -> None:
    root = kobo_sheets(["Company"], ["Cedar"], ["Pine"])
    ties = [["Partner", "Relation", "_index", "_parent_table_name", "_parent_index"], ["Pine", "Kinship", 1, "Form", 1]]
    settings = Settings.from_mapping({"layers": {"kinship": {"directed": False, "family": "trust"}}})
    path = workbook(tmp_path / "export.xlsx", Form=root, ties=ties)
    draft, _ = draft_mapping(path, settings)
    assert mapping_of(draft)["linkages"][0]["words"] == {"Kinship": "kinship with"}
    assert read_survey(path, settings.replaced(mapping=mapping_of(draft))).tables["linkages"]["layer"].tolist() == [
        "kinship"
    ]


def test_bands_commas_and_consent(tmp_path: Path) -> None:
    header = ["Company", "Employees", "Monthly income", "Do you agree to take part?", "May we publish your name?"]
    rows = kobo_sheets(header, ["Cedar", "1-9", "1,5", "Yes", "Yes"], ["Pine", "10-49", "2,25", "No", "No"])
    draft, _ = draft_mapping(workbook(tmp_path / "export.xlsx", Form=rows))
    text = draft_text(draft, Settings())
    assert '# perhaps: "10-49" = 29.5' in text
    assert '# perhaps: decimal = ","' in text
    assert mapping_of(draft)["words"] == {
        "respondent": {"Yes": "yes", "No": "no"},
        "consent_publish": {"Yes": "named", "No": "none"},
    }


def test_strength_in_words_and_partners_ticked_one_by_one(tmp_path: Path) -> None:
    root = kobo_sheets(["Company", "Suppliers/pine", "Suppliers/oak"], ["cedar", 1, 0], ["pine", 0, 1], ["oak", "", ""])
    ties = [
        ["Customer", "How strong is the relation?", "_index", "_parent_table_name", "_parent_index"],
        ["pine", "Very strong", 1, "Form", 1],
        ["oak", "Weak", 2, "Form", 1],
    ]
    survey = read_with_draft(workbook(tmp_path / "export.xlsx", Form=root, customers=ties))
    assert linked(survey, "weight") == {
        ("101", "102", 5.0),
        ("101", "103", 2.0),
        ("102", "101", 1.0),
        ("103", "102", 1.0),
    }


def test_a_product_beside_a_partner_is_what_is_bought(tmp_path: Path) -> None:
    root = kobo_sheets(["Company"], ["Cedar"], ["Pine"])
    header = [
        "Supplier",
        "Product",
        "Quantity",
        "Unit",
        "Price per unit",
        "_index",
        "_parent_table_name",
        "_parent_index",
    ]
    rows = [header, ["Pine", "planks", 30, "m3", 95, 1, "Form", 1]]
    survey = read_with_draft(workbook(tmp_path / "export.xlsx", Form=root, suppliers=rows))
    assert linked(survey, "layer") == {("102", "101", "supply")}
    columns = ("enterprise_id", "resource", "role", "quantity", "unit_cost")
    assert rows_of(survey.tables["resources"], *columns) == {("101", "planks", "need", 30.0, 95.0)}


def test_headers_that_would_break_the_file_do_not(tmp_path: Path) -> None:
    header = ['Company\n"name" \\ *', "Sector # [x]", "\u202eSuppliers"]
    rows = kobo_sheets(header, ["Cedar", 'Wood"]', "Pine"], ["Pine", "Wood\nand more", "Cedar"])
    path = workbook(tmp_path / "export.xlsx", Form=rows)
    text = drafted(path)
    assert "\u202e" not in text
    assert set(read_with_draft(path).tables["enterprises"]["name"]) == {"Cedar", "Pine"}


def test_our_own_form_and_our_own_tables_need_no_mapping(tmp_path: Path) -> None:
    from clusternet.model.questionnaire import questionnaire

    asked = [question for question in questionnaire(Settings()).questions if question.table == "enterprises"]
    rows = kobo_sheets([question.name for question in asked], ["1"] * len(asked))
    own, _ = draft_mapping(workbook(tmp_path / "export.xlsx", Form=rows))
    assert "our own form" in own.needless and not own.tables
    tables = {
        "enterprises": [["enterprise_id", "name"], ["E1", "Cedar"]],
        "linkages": [["source", "target", "layer"], ["E1", "E2", "supply"]],
    }
    ours, _ = draft_mapping(workbook(tmp_path / "tables.xlsx", **tables))
    assert "without any mapping" in ours.needless


@pytest.mark.parametrize("content", [b"", b"\x00\x01\x02\xff\xfe\x00binary"])
def test_a_file_that_is_no_export_is_refused(content: bytes, tmp_path: Path) -> None:
    path = tmp_path / "export.csv"
    path.write_bytes(content)
    with pytest.raises(InputError) as caught:
        draft_mapping(path)
    assert caught.value.problems


def test_a_form_without_any_known_column_says_so(tmp_path: Path) -> None:
    path = write_table(tmp_path / "answers.csv", [["Timestamp", "Favourite colour"], ["2026", "blue"]])
    draft, _ = draft_mapping(path)
    text = draft_text(draft, Settings())
    assert "No column was recognised as the name" in text
    assert '# perhaps: name = ""' in text
    with pytest.raises(InputError) as caught:
        read_with_draft(path)
    assert [(problem.code, problem.column) for problem in caught.value.problems] == [("A21", "name")]


# ---------------------------------------------------------------------- small parts
@pytest.mark.parametrize(
    ("cells", "answers"),
    [
        (["Buy inputs Share knowledge", "Buy inputs", "Credit"], {"Buy inputs", "Share knowledge", "Credit"}),
        (["buy know", "cred"], {"buy", "know", "cred"}),
        (["Buy", "Buy equipment"], {"Buy", "Buy equipment"}),
        (["Credit", "Credit from a bank"], {"Credit", "Credit from a bank"}),
        (["Buy inputs Share knowledge"], {"Buy inputs Share knowledge"}),
        (["Advice, Credit; Training"], {"Advice", "Credit", "Training"}),
        (["شراء مدخلات تبادل معرفة", "شراء مدخلات"], {"شراء مدخلات", "تبادل معرفة"}),
    ],
)
def test_cells_with_several_answers_are_taken_apart_where_it_can_be_told(cells: list[str], answers: set[str]) -> None:
    for order in itertools.permutations(cells):
        assert set(single_answers(order, "supplier")) == answers


@pytest.mark.parametrize(
    ("answer", "partner", "meaning"),
    [
        ("Buy inputs", "supplier", "supply from"),
        ("Inputs", "customer", "supply to"),
        ("we sell to them", "partner", "supply to"),
        ("Instalments", "customer", "finance to"),
        ("We borrow from them", "customer", "finance from"),
        ("بالتقسيط", "supplier", "finance from"),
        ("Buy equipment", "supplier", "supply from"),
        ("Share machines", "partner", "technology with"),
        ("مشاركة عمال", "partner", "labour with"),
        ("Training", "partner", "training from"),
        ("مقاولة من الباطن", "partner", "subcontracting to"),
        ("Buy inputs Share knowledge", "supplier", "supply from, knowledge to"),
        ("Friendship", "supplier", ""),
    ],
)
def test_what_an_answer_means(answer: str, partner: str, meaning: str) -> None:
    assert layer_of(answer, partner) == meaning


def test_sectors_by_words_and_their_beginnings() -> None:
    answers = ["tex", "Food", "أثاث", "31", "agri", "zz"]
    found = words_for("sector", answers, ())
    assert found == {"tex": "13", "Food": "10", "أثاث": "3100", "agri": "", "zz": ""}


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("What is the name of your enterprise?", "enterprise_name"),
        ("enterpriseName", "Enterprise: name"),
        ("ما اسم المنشأة؟", "اسم منشأه"),
        ("Nombre d'employés", "nombre employe"),
    ],
)
def test_headings_that_say_the_same(one: str, other: str) -> None:
    assert set(words_of(one)) == set(words_of(other))


def test_kinds_of_answers() -> None:
    import pandas as pd

    kinds = {
        "position": ["31.95 35.91 800 5", "31.9, 35.9"],
        "yes or no": ["نعم", "No", "1"],
        "number": ["12", "١٢٫٥", "7"],
        "band": ["1-9", "10–49"],
        "text": ["Cedar", "12"],
        "none": [],
    }
    for kind, texts in kinds.items():
        assert kind_of(pd.Series(texts, dtype="str")) == kind


def test_a_text_comes_back_from_its_quotes() -> None:
    text = 'a"b\\c\nd\te\u202ef\u00adg\x7f☃'
    assert tomllib.loads(f"key = {quoted(text)}")["key"] == text


def test_a_draft_is_frozen(tmp_path: Path) -> None:
    draft, _ = draft_mapping(write_kobo(tmp_path / "export.xlsx", Style(NAMES)))
    with pytest.raises(dataclasses.FrozenInstanceError):
        draft.file = "other"  # type: ignore[misc]
