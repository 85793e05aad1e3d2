"""A draft of ``[mapping]``, used as it stands, reads a form that is not ours; the same form in every style alike."""

import itertools
from pathlib import Path
from typing import Any

import pytest

from clusternet.ingest.drafting.draft import draft_mapping
from tests.ingest.drafting.drafts import drafted, linked, read_with_draft, rows_of
from tests.ingest.drafting.foreign_forms import (
    ARABIC,
    ENGLISH,
    FRENCH,
    NAMES,
    Style,
    write_kobo,
    write_table,
    write_zip,
)

REGISTER = {
    ("1001", "شركة النور للأغذية ذ.م.م", "10", 12.0, 31.95, 35.91),
    ("1002", "مؤسسة الأمل", "13", None, 31.95, 35.91),
    ("1003", "+962 Trading & Co <b>", "13", 5.0, None, None),
}
NEEDS = {("1001", "طحين", "need"), ("1001", "سكر", "need"), ("1003", "زيت", "need")}
#: What was said; the last partner is written otherwise than in the register.
SAID = {
    ("1002", "1001", "supply", 3.0, "1001"),
    ("1001", "1002", "knowledge", 3.0, "1001"),
    ('=HYPERLINK("http://x","y")', "1001", "supply", 1.0, "1001"),
    ("1001", "1003", "finance", 5.0, "1003"),
}


def register_of(survey: Any) -> set[tuple[Any, ...]]:
    return rows_of(survey.tables["enterprises"], "enterprise_id", "name", "sector", "workers", "latitude", "longitude")


def assert_is_the_survey(survey: Any) -> None:
    assert register_of(survey) == REGISTER
    assert linked(survey, "layer", "weight", "reporter") == SAID
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
            "How many of them are women?",
            "Is your business registered?",
            "In which town is it?",
            "Supplier 1",
            "Supplier 2",
            "Supplier 3",
            "Who are your main customers?",
            "Notes",
        ],
        ["Furniture", "Wood", "Yes", "No"],
    ),
    "ar": (
        [
            "طابع زمني",
            "ما اسم منشأتك؟",
            "ما هو نشاطك الرئيسي؟",
            "كم عدد العاملين؟",
            "كم عدد النساء منهم؟",
            "هل المنشأة مسجلة؟",
            "في أي مدينة تقع؟",
            "المورد 1",
            "المورد 2",
            "المورد 3",
            "من هم أهم زبائنك؟",
            "ملاحظات",
        ],
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
        [
            "Respondent ID",
            "Collector ID",
            "Date Created",
            "Name of your company",
            "Which sector?",
            "Name up to three competitors",
            "",
            "",
            "What do you need most?",
            "",
            "How many employees?",
        ],
        [
            "",
            "",
            "",
            "Open-Ended Response",
            "Response",
            "Competitor 1",
            "Competitor 2",
            "Competitor 3",
            "Need 1",
            "Need 2",
            "Open-Ended Response",
        ],
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
            [
                "SubmissionDate",
                "profile-firm_name",
                "profile-activity",
                "profile-gps-Latitude",
                "profile-gps-Longitude",
                "profile-gps-Altitude",
                "profile-gps-Accuracy",
                "profile-staff",
                "meta-instanceID",
                "KEY",
            ],
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
            [
                "interview__key",
                "interview__id",
                "consent",
                "firm_name",
                "sector",
                "n_workers",
                "gps__Latitude",
                "gps__Longitude",
                "gps__Accuracy",
                "gps__Timestamp",
                "sssys_irnd",
                "has__errors",
                "interview__status",
            ],
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
