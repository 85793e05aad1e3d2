"""What a mapping makes of somebody else's form: which column of which sheet, words, stars, loose sheets."""

import pytest

from clusternet.ingest import read_survey
from clusternet.ingest.exports.export import Export
from clusternet.ingest.exports.mapped_form import mapped_blocks, mapped_export
from tests.ingest.exports.small import part_of, refused, said, source_of, warnings_of, write_workbook

FIRMS = [
    ["Group/Firm name", "Sector", "Supplier 1", "Supplier 2", "Strength 1", "Certs/Food", "Certs/Wood", "_id"],
    ["Cedar", "Wood", "Oak", "Elm", "3", "1", "0", "11"],
    ["Oak", "Food", "", "", "", "0", "1", "12"],
]
TIES = [["Partner's name", "Tie"], ["Oak", "Buys"], ["Elm", "Credit"]]
CUT = "supplier_relationships_long_..."
LONG = "supplier_relationships_long_name_repeat"


@pytest.fixture
def export():
    parts = {"firms": part_of("firms", FIRMS), CUT: part_of(CUT, TIES, "firms", [0, 1])}
    return Export("kobo", parts, "firms", "_id")


def blocks_of(export, mapping):
    source = source_of(mapping=mapping)
    return mapped_blocks(export, mapping, source), source


def linkages(**entry):
    return {"enterprises": {"name": "Firm name"}, "linkages": [{"one_layer": "stock", **entry}]}


# ---------------------------------------------------------------------- columns
def test_columns_are_found_by_the_last_part_of_their_headers(export):
    blocks, source = blocks_of(export, {"enterprises": {"name": "firm NAME", "sector": ["Branch", "Sector"]}})
    assert {name: field.column.header for name, field in blocks[0].fields.items()} == {
        "name": "Group/Firm name",
        "sector": "Sector",
    }
    assert said(source) == []


@pytest.mark.parametrize(
    ("wanted", "near"), [("Firm nam", "Group/Firm name"), ("Sectr", "Sector"), ("Something else", "the columns are")]
)
def test_A21_a_column_that_is_not_there_is_named_with_the_nearest(export, wanted, near):
    _, source = blocks_of(export, {"enterprises": {"name": wanted}})
    ((code, message),) = said(source)
    assert code == "A21"
    assert f'"{wanted}" (enterprises.name)' in message
    assert near in message
    assert source.findings.errors[0].sheet == "firms"


def test_A21_a_column_that_could_be_two_is_not_guessed(export):
    _, source = blocks_of(export, {"enterprises": {"name": "1"}})
    assert [code for code, _ in said(source)] == ["A21"]


def test_every_column_that_is_missing_is_told_at_once(export):
    _, source = blocks_of(export, {"enterprises": {"name": "x1", "sector": "x2"}, "linkages": [{"partner": "x3"}]})
    assert [code for code, _ in said(source)] == ["A21"] * 3


def test_words_say_what_answers_mean_and_one_is_the_same_in_every_row(export):
    mapping = {
        "enterprises": {"name": "Firm name", "sector": "Sector", "one_stage": "raw", "one_workers": 5},
        "words": {"sector": {"Wood": "16"}},
    }
    (block,), _ = blocks_of(export, mapping)
    assert block.fields["sector"].meaning("WOOD ") == "16"
    assert block.fields["sector"].meaning("Food") == "Food"
    assert (block.fields["stage"].fixed, block.fields["workers"].fixed) == ("raw", "5")


def test_one_column_for_each_choice_holds_several_answers(export):
    mapping = {"enterprises": {"name": "Firm name"}, "linkages": [{"partner": "Certs", "one_layer": "stock"}]}
    blocks, _ = blocks_of(export, mapping)
    assert blocks[1].fields["target"].several
    assert set(blocks[1].fields["target"].column.choices) == {"food", "wood"}


def test_a_partner_that_is_the_same_everywhere_is_a_target(export):
    blocks, source = blocks_of(export, linkages(one_partner="the bank", one_layer="finance", side="from"))
    assert blocks[1].fields["target"].fixed == "the bank"
    assert said(source) == []


def test_layers_need_no_words_where_the_answers_are_their_names(export):
    mapping = {"enterprises": {"name": "Firm name"}, "linkages": [{"sheet": LONG, "partner": "name", "layer": "Tie"}]}
    mapping["linkages"][0]["partner"] = "Partner's name"
    blocks, _ = blocks_of(export, mapping)
    field = blocks[1].fields["layer"]
    assert field.answers("supply from knowledge to", choices=True) == ["supply from", "knowledge to"]
    # An answer in words is one answer, so that the message names what was answered.
    assert field.answers("Buys inputs", choices=True) == ["Buys inputs"]


# ---------------------------------------------------------------------- stars
def test_a_star_stands_for_every_number_there_is(export):
    blocks, source = blocks_of(export, linkages(partner="Supplier *", weight="Strength *"))
    found = [{name: f.column.header for name, f in block.fields.items() if f.column} for block in blocks[1:]]
    assert found == [{"target": "Supplier 1", "weight": "Strength 1"}, {"target": "Supplier 2"}]
    assert said(source) == []


def numbered(*headers):
    return Export("sheet", {"firms": part_of("firms", [["Firm name", *headers]])}, "firms")


@pytest.mark.parametrize(
    ("headers", "pattern", "found"),
    [
        (["S 10", "S 2", "S 1"], "S *", ["S 1", "S 2", "S 10"]),
        (["S ٢", "S ١"], "S *", ["S ١", "S ٢"]),
        (["Input 1 of bread", "Input 2 of bread", "Input of bread"], "Input * of bread", ["Input 1", "Input 2"]),
        (["S 1", "S ፩", "S ①", "S", "S one"], "S *", ["S 1"]),
        (["a/S 1", "a/S 2"], "a/S *", ["a/S 1", "a/S 2"]),
    ],
)
def test_the_numbers_are_those_of_the_headers(headers, pattern, found):
    blocks, source = blocks_of(numbered(*headers), linkages(partner=pattern))
    assert [block.fields["target"].column.header.removesuffix(" of bread") for block in blocks[1:]] == found
    assert source.findings.errors == ()


def test_a_number_that_only_the_strength_has_is_no_partner():
    blocks, source = blocks_of(
        numbered("S 1", "Strength 1", "Strength 2"), linkages(partner="S *", weight="Strength *")
    )
    assert len(blocks) == 2
    assert said(source) == []


def test_A21_a_layer_that_one_number_lacks_is_told():
    mapping = {"enterprises": {"name": "Firm name"}, "linkages": [{"partner": "S *", "layer": "Type *"}]}
    blocks, source = blocks_of(numbered("S 1", "S 2", "Type 1"), mapping)
    assert [code for code, _ in said(source)] == ["A21"]
    assert [block.fields["target"].column.header for block in blocks[1:]] == ["S 1"]


def test_a_star_may_stand_in_a_list_of_names():
    blocks, _ = blocks_of(numbered("Vendor 1", "Vendor 2"), linkages(partner=["Supplier *", "Vendor *"]))
    assert len(blocks) == 3


@pytest.mark.parametrize(("header", "answer"), [("Supplier one", "Oak"), ("Suppliers", "Oak"), ("Name", "Oak")])
def test_A21_a_star_that_no_number_fits_is_named_as_it_was_written(header, answer):
    parts = {"firms": part_of("firms", [["Firm name", header], ["Cedar", answer]])}
    _, source = blocks_of(Export("sheet", parts, "firms"), linkages(partner="Supplier *"))
    ((code, message),) = said(source)
    assert code == "A21"
    assert '"Supplier *"' in message


def test_a_star_that_marks_a_question_is_a_part_of_its_header():
    blocks, source = blocks_of(numbered("Supplier *"), linkages(partner="Supplier *"))
    assert [block.fields["target"].column.header for block in blocks[1:]] == ["Supplier *"]
    assert said(source) == []


# ---------------------------------------------------------------------- sheets
@pytest.mark.parametrize("wanted", [LONG, CUT, CUT.upper(), "firms"])
def test_a_sheet_is_found_by_its_whole_name_though_its_title_is_cut(export, wanted):
    partner = "Supplier 1" if wanted == "firms" else "Partner's name"
    blocks, source = blocks_of(export, linkages(sheet=wanted, partner=partner))
    assert blocks[1].part == ("firms" if wanted == "firms" else CUT)
    assert said(source) == []


def test_a_block_of_a_repeat_may_use_columns_of_the_submission(export):
    blocks, _ = blocks_of(export, linkages(sheet=LONG, partner="Partner's name", weight="Strength 1"))
    assert blocks[1].fields["weight"].part == "firms"
    assert blocks[1].fields["target"].part == CUT


def test_E11_a_sheet_that_is_not_there_was_answered_by_nobody_or_is_a_slip(export):
    blocks, source = blocks_of(export, linkages(sheet="nowhere", partner="x"))
    assert len(blocks) == 1
    ((code, message),) = said(source)
    assert code == "E11"
    assert source.findings.errors == ()
    assert "nobody answered it" in message
    assert "firms" in message


def test_E11_a_file_without_repeats_says_where_they_are():
    alone = Export("kobo", {"firms": part_of("firms", FIRMS)}, "firms", has_repeats=False)
    _, source = blocks_of(alone, linkages(sheet="ties", partner="x"))
    ((code, message),) = said(source)
    assert code == "E11"
    assert "XLSX or ZIP" in message


def test_B08_a_sheet_of_a_plain_workbook_that_is_not_there_is_an_error():
    loose = Export("sheet", {"a": part_of("a", FIRMS), "b": part_of("b", TIES)}, "a", has_repeats=False)
    _, source = blocks_of(loose, linkages(sheet="ties", partner="x"))
    assert [problem.code for problem in source.findings.errors] == ["B08"]


def test_the_submissions_may_stand_in_any_loose_sheet():
    loose = Export("sheet", {"cover": part_of("cover", [["Read me"]]), "a": part_of("a", FIRMS)}, "cover", "x")
    mapping = {"enterprises": {"sheet": "A", "name": "Firm name"}}
    source = source_of(mapping=mapping)
    found = mapped_export(loose, mapping, source)
    assert (found.root, found.submission) == ("a", "")
    assert mapped_export(loose, {"enterprises": {"name": "x"}}, source) is loose
    assert said(source) == []


@pytest.mark.parametrize(("wanted", "code"), [("nowhere", "B08"), (LONG, "E09")])
def test_the_submissions_cannot_stand_in_a_repeat_or_nowhere(export, wanted, code):
    mapping = {"enterprises": {"sheet": wanted, "name": "x"}}
    source = source_of(mapping=mapping)
    assert mapped_export(export, mapping, source) is None
    assert [problem.code for problem in source.findings.errors] == [code]


# ---------------------------------------------------------------------- whole files
TOML = """[mapping]
kind = "export"
[mapping.enterprises]
sheet = "firms"
enterprise_id = "id"
name = "firm"
[[mapping.linkages]]
sheet = "ties"
partner = "who"
one_layer = "supply"
side = "from"
"""
LOOSE = {
    "cover": [["Read me"], ["before you begin"]],
    "firms": [["id", "firm"], ["1", "Cedar"], ["2", "Oak"], ["3", "Elm"]],
    "ties": [["from", "who"], ["3", "Oak"], ["3", "Cedar"], ["2", "Cedar"], ["1", "Ash"]],
}


def test_E11_rows_of_a_loose_sheet_are_never_given_to_whoever_stands_in_that_row(tmp_path):
    (tmp_path / "study.toml").write_text(TOML, encoding="utf-8")
    (problem,) = refused(write_workbook(tmp_path / "x.xlsx", LOOSE))
    assert (problem.code, problem.sheet) == ("E11", "ties")
    assert 'enterprise_id = "COLUMN"' in problem.message()


def test_rows_of_a_loose_sheet_belong_to_whom_they_name(tmp_path):
    (tmp_path / "study.toml").write_text(f'{TOML}enterprise_id = "from"\n', encoding="utf-8")
    survey = read_survey(write_workbook(tmp_path / "x.xlsx", LOOSE))
    found = survey.linkages[["source", "target", "reporter"]].to_numpy().tolist()
    assert sorted(found) == [["1", "2", "2"], ["1", "3", "3"], ["2", "3", "3"], ["Ash", "1", "1"]]


def test_C18_who_is_named_in_a_loose_sheet_and_in_no_register_is_told(tmp_path):
    (tmp_path / "study.toml").write_text(f'{TOML}enterprise_id = "from"\n', encoding="utf-8")
    ties = [*LOOSE["ties"], ["99", "Cedar"]]
    problems = refused(write_workbook(tmp_path / "x.xlsx", {**LOOSE, "ties": ties}))
    assert {(problem.code, problem.sheet, problem.row) for problem in problems} == {("C18", "ties", 6)}


def test_resources_of_a_loose_sheet_belong_to_whom_they_name_too(tmp_path):
    resources = (
        '[[mapping.resources]]\nsheet = "needs"\nenterprise_id = "firm no"\nresource = "what"\none_role = "need"\n'
    )
    (tmp_path / "study.toml").write_text(f'{TOML}enterprise_id = "from"\n{resources}', encoding="utf-8")
    needs = [["firm no", "what"], ["2", "flour"], ["2", "salt"], ["1", "wood"]]
    survey = read_survey(write_workbook(tmp_path / "x.xlsx", {**LOOSE, "needs": needs}))
    assert sorted(survey.resources[["enterprise_id", "resource"]].to_numpy().tolist()) == [
        ["1", "wood"],
        ["2", "flour"],
        ["2", "salt"],
    ]


def test_a_mapping_without_partners_gives_a_register(tmp_path):
    (tmp_path / "study.toml").write_text(TOML.partition("[[")[0], encoding="utf-8")
    path = write_workbook(tmp_path / "x.xlsx", LOOSE)
    assert len(read_survey(path).enterprises) == 3
    assert warnings_of(path, "E11") == []
