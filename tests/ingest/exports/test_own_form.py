"""Our own questionnaire laid over an export: which column answers which question, in any style, or none."""

import pytest

from clusternet.ingest.exports.export import Export
from clusternet.ingest.exports.own_form import OwnForm, number_of
from clusternet.model.questionnaire import questionnaire
from clusternet.model.settings import Settings
from tests.ingest.exports.small import part_of

ROSTER = [("E1", "Cedar"), ("007", "Oak & Sons"), ("E3", "Elm"), ("E4", "Elm")]
FREE, LISTED = questionnaire(Settings()), questionnaire(Settings(), ROSTER)
ABOUT = [question for question in FREE.questions if question.table == "enterprises" and question.column]


def export_of(header, *rows, **repeats):
    parts = {"main": part_of("main", [header, *rows])}
    for title, (names, *entries) in repeats.items():
        parts[title] = part_of(title, [names, *entries], "main", [0] * len(entries))
    return Export("kobo", parts, "main", "_id")


def laid(header, *rows, form=FREE, **repeats):
    return OwnForm(export_of(header, *rows, **repeats), form)


def blocks_of(form, table):
    return [block for block in form.blocks if block.table == table]


def headers_of(block):
    return {name: field.column.header for name, field in block.fields.items() if field.column is not None}


# ---------------------------------------------------------------------- whether it is ours
@pytest.mark.parametrize("language", ["", "en", "ar"])
def test_the_form_is_known_by_names_and_by_labels_of_every_language(language):
    form = laid([question.text(language) if language else question.name for question in ABOUT])
    assert form.is_ours
    assert form.share_found() == 1
    assert form.not_found() == []


def test_an_export_of_another_form_is_not_ours():
    form = laid(["Firm", "Branch", "name", "sector"])
    assert not form.is_ours
    assert 0 < form.share_found() < 0.6


def test_questions_that_have_no_column_are_named():
    form = laid([question.name for question in ABOUT if question.name not in ("sector", "workers", "location")])
    assert form.is_ours
    assert {question.name for question in form.not_found()} == {"sector", "workers"}


def test_labels_of_two_languages_may_be_mixed_and_further_columns_do_not_matter():
    header = [question.text("ar" if at % 2 else "en") for at, question in enumerate(ABOUT)]
    assert laid(["notes", *header, "name of the interviewer"]).share_found() == 1


# ---------------------------------------------------------------------- columns
def test_a_question_stands_behind_its_group_with_any_separator():
    for separator in ("/", "-", ".", "_", " - ", ""):
        form = laid([f"enterprise{separator}{q.name}" for q in ABOUT])
        assert headers_of(form.blocks[0])["name"] == f"enterprise{separator}name", separator


@pytest.mark.parametrize("pattern", ["{}_{}", "{}-{}", "_{}_{}", "{}__{}", "enterprise/_{}_{}", "enterprise-{}-{}"])
def test_a_place_may_stand_in_columns_of_its_own(pattern):
    columns = [pattern.format("location", end) for end in ("latitude", "longitude", "altitude")]
    form = laid([*(q.name for q in ABOUT if q.name != "location"), *columns])
    found = headers_of(form.blocks[0])
    assert [found.get(name) for name in ("latitude", "longitude")] == columns[:2]
    assert "location" not in found


def test_one_column_of_a_place_wins_over_its_parts():
    found = headers_of(laid([*(q.name for q in ABOUT), "_location_latitude"]).blocks[0])
    assert found["location"] == "location"
    assert "latitude" not in found


# ---------------------------------------------------------------------- partners
NEED = ["name"]


def test_partners_named_in_a_repeat_are_linkages_of_its_layer_and_side():
    repeat = (["supply_from_partner", "supply_from_strength"], ["Oak", "5"])
    (block,) = blocks_of(laid(NEED, ["Cedar"], supply_from=repeat), "linkages")
    assert (block.part, block.side, block.fields["layer"].fixed) == ("supply_from", "from", "supply")
    assert headers_of(block)["target"] == "supply_from_partner"


@pytest.mark.parametrize("pattern", ["{}_{}", "{} {}", "{}[{}]", "{} ({})"])
def test_partners_in_numbered_columns_are_one_block_for_each_number(pattern):
    header = ["name", *(pattern.format("stock_with_partner", number) for number in (2, 1, 10))]
    form = laid(header, ["Cedar", "Elm", "Oak", "Ash"])
    assert [block.numbers for block in blocks_of(form, "linkages")] == [(1,), (2,), (10,)]
    assert form.partners_found() == 3


@pytest.mark.parametrize("separator", ["/", "_", ".", "-", " - "])
def test_partners_ticked_in_a_list_are_columns_of_choices(separator):
    header = ["name", *(f"supply_to_partners{separator}{identifier}" for identifier, _ in ROSTER)]
    (block,) = blocks_of(laid(header, ["Cedar", "1", "0", "", "1"], form=LISTED), "linkages")
    field = block.fields["target"]
    answers = field.column.answers(block_rows(header, ["Cedar", "1", "0", "", "1"]))
    assert [field.meaning(answer) for answer in field.answers(answers.iloc[0], choices=True)] == ["E1", "E4"]


def block_rows(header, *rows):
    return export_of(header, *rows).parts["main"].rows


def test_partners_ticked_and_partners_written_below_are_both_read():
    form = laid(["name", "supply_to_partners", "supply_to_others"], ["Cedar", "E1", "Yew"], form=LISTED)
    assert {headers_of(block)["target"] for block in blocks_of(form, "linkages")} == {
        "supply_to_partners",
        "supply_to_others",
    }


@pytest.mark.parametrize(
    ("answer", "meaning"),
    [("E1", "E1"), ("cedar", "E1"), ("Oak & Sons", "007"), ("7", "007"), ("Elm", "Elm"), ("E3", "E3"), ("8", "8")],
)
def test_a_choice_is_known_by_its_id_its_name_and_what_a_spreadsheet_makes_of_it(answer, meaning):
    (block,) = blocks_of(laid(["name", "supply_to_partners"], ["Cedar", "E1"], form=LISTED), "linkages")
    assert block.fields["target"].meaning(answer) == meaning


def test_labels_of_sectors_mean_their_codes_in_every_language():
    form = laid([question.name for question in ABOUT])
    field = form.blocks[0].fields["sector"]
    choice = FREE.choices["sectors"][0]
    assert {field.meaning(choice.name), field.meaning(choice.label)} == {choice.name}


# ---------------------------------------------------------------------- repeats in repeats
def test_inputs_lie_in_their_product():
    parts = {
        "main": part_of("main", [["name"], ["Cedar"]]),
        "products": part_of("products", [["product_name"], ["bread"]], "main", [0]),
        "inputs": part_of("inputs", [["input_name"], ["flour"]], "products", [0]),
    }
    blocks = blocks_of(OwnForm(Export("kobo", parts, "main", "_id"), FREE), "recipes")
    inner = next(block for block in blocks if block.inside)
    assert (inner.part, inner.needed) == ("inputs", ("input",))
    assert inner.fields["product"].part == "products"


def test_numbered_inputs_lie_in_their_numbered_product():
    form = laid(["name", "product_name_1", "input_name_1_1", "input_name_1_2"], ["Cedar", "bread", "flour", "salt"])
    inner = [block for block in blocks_of(form, "recipes") if block.inside]
    assert [block.numbers for block in inner] == [(1, 1), (1, 2)]
    assert {headers_of(block)["product"] for block in inner} == {"product_name_1"}


# ---------------------------------------------------------------------- numbers
@pytest.mark.parametrize(
    ("word", "number"),
    [("007", "7"), ("12e5", "1200000"), ("1.50", "1.5"), ("+5", "5"), ("-0", "0"), ("A1", ""), ("", ""), ("1e999", "")],
)
def test_what_a_spreadsheet_makes_of_an_id(word, number):
    assert number_of(word) == number


def test_an_id_that_becomes_the_number_of_two_is_not_guessed():
    form = questionnaire(Settings(), [("007", "Cedar"), ("07", "Oak")])
    (block,) = blocks_of(laid(["name", "supply_to_partners"], ["Elm", "7"], form=form), "linkages")
    assert block.fields["target"].meaning("7") == "7"
