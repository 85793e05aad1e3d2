"""What a draft says and hides: doubts as comments, never a name, nothing that would break the file."""

import dataclasses
import tomllib
from pathlib import Path

import pytest

from clusternet.errors import InputError
from clusternet.ingest import read_survey
from clusternet.ingest.drafting.draft import draft_mapping
from clusternet.ingest.drafting.text import draft_text, mapping_of, quoted
from clusternet.model import Settings
from clusternet.model.questionnaire import questionnaire
from tests.ingest.drafting.drafts import drafted, kobo_sheets, linked, read_with_draft, rows_of, workbook
from tests.ingest.drafting.foreign_forms import ENGLISH, FIRMS, NAMES, Style, write_kobo, write_table


def test_names_are_never_shown_and_system_columns_never_guessed(tmp_path: Path) -> None:
    text = drafted(write_kobo(tmp_path / "export.xlsx", Style(ENGLISH, "/", "both")))
    for secret in [firm[1] for firm in FIRMS] + ["طحين", "HYPERLINK", "31.95", "enum1"]:
        assert secret not in text
    for column in ("_uuid", "_notes", "start", "_submitted_by", "_Location_latitude", "ISO 9001"):
        assert f'"{column}"' not in text
        assert f'/{column}"' not in text
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


def test_questions_about_other_people_and_counts_are_not_mistaken(tmp_path: Path) -> None:
    header = ["Owner name", "Interviewer name", "Business name", "Number of workers", "Number of seasonal workers"]
    header += ["Number of female workers", "Do you have suppliers?", "Number of suppliers", "Main supplier"]
    header += [
        "What do you buy from your main supplier?",
        "Main customer",
        "Which association?",
        "What do you need most?",
    ]
    one = ["Huda", "Ali", "Cedar", 12, 2, 3, "yes", 4, "Pine", "wood", "Hotel", "Carpenters Guild", "glue"]
    two = ["Omar", "Ali", "Pine", 4, 1, 0, "no", 0, "", "", "Cedar", "", "planer"]
    draft, _ = draft_mapping(workbook(tmp_path / "export.xlsx", Form=kobo_sheets(header, one, two)))
    mapping = mapping_of(draft)
    assert mapping["enterprises"] == {
        "name": "Business name",
        "women_workers": "Number of female workers",
        "workers": "Number of workers",
    }
    assert mapping["linkages"] == [
        {"partner": "Main supplier", "one_layer": "supply", "side": "from"},
        {"partner": "Main customer", "one_layer": "supply", "side": "to"},
    ]
    assert mapping["resources"] == [{"resource": "What do you need most?", "one_role": "need"}]


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
    asked = [question for question in questionnaire(Settings()).questions if question.table == "enterprises"]
    rows = kobo_sheets([question.name for question in asked], ["1"] * len(asked))
    own, _ = draft_mapping(workbook(tmp_path / "export.xlsx", Form=rows))
    assert "our own form" in own.needless
    assert not own.tables
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


def test_a_draft_is_frozen(tmp_path: Path) -> None:
    draft, _ = draft_mapping(write_kobo(tmp_path / "export.xlsx", Style(NAMES)))
    with pytest.raises(dataclasses.FrozenInstanceError):
        draft.file = "other"  # type: ignore[misc]


def test_free_text_about_a_relation_is_not_shown(tmp_path: Path) -> None:
    root = kobo_sheets(["Company"], ["Cedar"], ["Pine"])
    ties = [
        ["Supplier", "Relation", "_index", "_parent_table_name", "_parent_index"],
        ["Pine", "Buy", 1, "Form", 1],
        ["Oak", "my cousin Sami", 2, "Form", 1],
        ["Ash", "an old friend", 3, "Form", 2],
    ]
    text = drafted(workbook(tmp_path / "export.xlsx", Form=root, suppliers=ties))
    assert "Sami" not in text
    assert "2 answers for layer have no meaning and look like free text" in text


def test_a_text_comes_back_from_its_quotes() -> None:
    text = 'a"b\\c\nd\te\u202ef\u00adg\x7f☃'
    assert tomllib.loads(f"key = {quoted(text)}")["key"] == text
