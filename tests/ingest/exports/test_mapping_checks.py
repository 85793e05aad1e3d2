"""E09: every slip in the mapping of an export, found before any file is opened."""

import tomllib

import pytest

from clusternet.ingest.exports.dialects import DIALECTS
from clusternet.ingest.findings import Findings
from clusternet.ingest.mapping import DIALECT_NAMES, check_mapping
from clusternet.model.settings import Settings

GOOD = """
kind = "export"
dialect = "kobo"
roster = "asked.csv"
[enterprises]
name = ["name", "Enterprise name"]
sector = "Sector"
location = "GPS"
founded_in = "a column of my own"
[words.sector]
"Food" = "10"
[[linkages]]
sheet = "ties"
partner = "Supplier *"
layer = "Tie"
weight = "Strength"
several = true
[linkages.words]
"Buys" = "supply from, stock"
"Credit" = "finance to"
[[linkages]]
partner = "Friends"
one_layer = "association"
one_weight = 2
[[resources]]
resource = "Need"
one_role = "need"
[[recipes]]
one_product = "bread"
input = "Input *"
"""


def problems(text, extra=""):
    settings = Settings.from_mapping({**tomllib.loads(extra), "mapping": tomllib.loads(text)})
    findings = Findings()
    check_mapping(settings, findings)
    for problem in findings.errors:
        assert problem.code == "E09"
        assert problem.file == "study.toml"
        assert problem.message()
        assert "{" not in problem.message().replace("{'", "")
    return [(problem.column.removeprefix("mapping."), problem.message()) for problem in findings.errors]


def changed(old, new):
    assert old in GOOD
    return problems(GOOD.replace(old, new, 1))


def test_a_mapping_without_a_slip_has_no_problem():
    assert problems(GOOD) == []


def test_the_names_of_the_tools_are_those_of_the_dialects():
    assert tuple(DIALECT_NAMES) == tuple(DIALECTS)


@pytest.mark.parametrize(
    ("old", "new", "key", "hint"),
    [
        ('dialect = "kobo"', 'dialect = "koboo"', "dialect", "'kobo'"),
        ('dialect = "kobo"', "dialect = 5", "dialect", "a text in quotes"),
        ('roster = "asked.csv"', "roster = true", "roster", "a text in quotes"),
        ('roster = "asked.csv"', 'rooster = "asked.csv"', "rooster", '"roster"'),
        ('weight = "Strength"', 'wieght = "Strength"', "linkages.wieght", '"weight"'),
        ('weight = "Strength"', 'source = "Who"', "linkages.source", "Known:"),
        ('weight = "Strength"', "weight = 5", "linkages.weight", "the name of a column"),
        ('weight = "Strength"', "weight = []", "linkages.weight", "the name of a column"),
        ('weight = "Strength"', 'weight = " "', "linkages.weight", "the name of a column"),
        ('weight = "Strength"', "weight = ['a', 1]", "linkages.weight", "the name of a column"),
        ('sheet = "ties"', "sheet = 5", "linkages.sheet", "the title of a sheet"),
        ("several = true", 'several = "yes"', "linkages.several", "true or false"),
        ("one_weight = 2", "one_weight = true", "linkages.one_weight", "one text or number"),
        ("one_weight = 2", 'one_weight = ["2"]', "linkages.one_weight", "one text or number"),
        ("one_weight = 2", 'side = "towards"', "linkages.side", "to from with"),
        ("one_weight = 2", "side = 5", "linkages.side", "to from with"),
        ('resource = "Need"', 'quantity = "Need"', "resources.resource", "names the column"),
        ('one_role = "need"', 'unit = "x"', "resources.role", 'one_role = "need"'),
        ('one_product = "bread"', 'stage = "x"', "recipes.product", "names the column"),
        ('partner = "Friends"', 'weight = "x"', "linkages.partner", "names the column"),
        ('one_layer = "association"', 'frequency = "x"', "linkages.layer", "one_layer"),
        ('one_layer = "association"', 'one_layer = ["stock"]', "linkages.one_layer", "one text or number"),
        ('one_layer = "association"', 'one_layer = "asociation"', "linkages.one_layer", '"association"'),
        ('one_layer = "association"', 'one_layer = "supply"', "linkages.one_layer", '"supply from"'),
        ('"finance to"', '"finance"', "linkages.words", '"finance from"'),
        ('"finance to"', '"finance with"', "linkages.words", '"finance from"'),
        ('"finance to"', '"fiance to"', "linkages.words", '"finance"'),
        ('"supply from, stock"', "5", "linkages.words", "texts only"),
        ('"10"', "10", "words", "texts only"),
        ("[words.sector]", "[words.sectorr]", "words.sectorr", '"sector"'),
        ('sector = "Sector"', "sector = 5", "enterprises.sector", "the name of a column"),
        ('location = "GPS"', 'location = "GPS *"', "enterprises.location", "star"),
    ],
)
def test_E09_a_slip_is_named_with_its_key_and_what_was_expected(old, new, key, hint):
    found = changed(old, new)
    assert [column for column, _ in found] == [key]
    assert hint in found[0][1]


@pytest.mark.parametrize(
    ("text", "key", "hint"),
    [
        ("", "enterprises", "is missing"),
        ("enterprises = 'name'", "enterprises", "expected a table"),
        ("enterprises = {name = 'x'}\nlinkages = 5", "linkages", "expected a list of tables"),
        ("enterprises = {name = 'x'}\nlinkages = {partner = 'x'}", "linkages", "expected a list of tables"),
        ("enterprises = {name = 'x'}\nlinkages = ['x']", "linkages", "[[mapping.linkages]]"),
        ("enterprises = {name = 'x'}\nwords = 5", "words", "expected a table"),
        ("enterprises = {name = 'x'}\nwords = {name = 'x'}", "words", "texts only"),
        ("enterprises = {name = 'x', words = {a = 1}}", "enterprises.words", "texts only"),
    ],
)
def test_E09_what_is_no_table_at_all_is_told_once(text, key, hint):
    found = problems(f'kind = "export"\n{text}')
    assert [column for column, _ in found] == [key]
    assert hint in found[0][1]


def test_E09_every_slip_is_told_at_once():
    text = GOOD.replace('weight = "Strength"', 'wieght = "Strength"').replace('"finance to"', '"finance"')
    assert {key for key, _ in problems(text)} == {"linkages.wieght", "linkages.words"}


@pytest.mark.parametrize("side", ["to", "from"])
def test_the_side_of_the_block_says_where_the_partner_of_every_layer_stands(side):
    assert changed('one_layer = "association"', f'one_layer = "supply"\nside = "{side}"') == []


def test_E09_a_layer_with_a_direction_has_no_partner_with_it():
    ((key, message),) = changed('one_layer = "association"', 'one_layer = "supply"\nside = "with"')
    assert key == "linkages.one_layer"
    assert '"supply to"' in message


def test_a_layer_that_the_study_declares_is_known_and_may_be_of_several_words():
    own = '[layers."raw hides"]\ndirected = true\nfamily = "trade"\n'
    text = GOOD.replace('"finance to"', '"raw hides from"')
    assert problems(text, own) == []
    assert [key for key, _ in problems(text)] == ["linkages.words"]


def test_a_loose_sheet_may_name_the_respondent():
    assert changed('weight = "Strength"', 'weight = "Strength"\nenterprise_id = "Who"') == []
