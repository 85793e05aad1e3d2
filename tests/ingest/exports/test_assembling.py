"""From parts and blocks to tables: ids, partners and layers of one row, places of every cell."""

import numpy as np
import pytest

from clusternet.ingest.exports.assembling import tables_of
from clusternet.ingest.exports.blocks import Block, Field
from clusternet.ingest.exports.export import Export
from clusternet.ingest.exports.headers import Column
from tests.ingest.exports.small import part_of, said, source_of

FIRMS = [
    ["_id", "id", "name", "loc", "first", "second"],
    ["11", "E1", "Cedar", "31.95 35.91 800 5", "Oak", ""],
    ["12", "  ", "Oak", "", "Cedar", "Elm"],
    ["13", "", "Elm", "32.5", "", ""],
]
TIES = [["who", "what"], ["Oak", "buy"], ["Elm", "buy know"], ["\n ", "buy"], ["Cedar", "own"]]


def column(header, **about):
    return Field(Column(header), **about)


def enterprises(**fields):
    return Block("enterprises", "firms", {"name": column("name"), **fields})


@pytest.fixture
def export():
    parts = {"firms": part_of("firms", FIRMS), "ties": part_of("ties", TIES, "firms", [0, 0, 1, 2])}
    return Export("kobo", parts, "firms", "_id")


def rows_of(table):
    return table.rows.fillna("").to_dict("records")


def test_an_enterprise_has_its_own_id_or_that_of_its_submission(export):
    table = tables_of(export, [enterprises(enterprise_id=column("id"))], source_of())["enterprises"]
    assert table.rows["enterprise_id"].tolist() == ["E1", "12", "13"]


def test_without_any_id_the_row_is_the_id(export):
    bare = Export("sheet", {"firms": export.parts["firms"]}, "firms")
    assert tables_of(bare, [enterprises()], source_of())["enterprises"].rows["enterprise_id"].tolist() == [
        "R2",
        "R3",
        "R4",
    ]


def test_one_column_of_a_place_becomes_two_and_a_column_of_its_own_wins(export):
    table = tables_of(export, [enterprises(location=column("loc"))], source_of())["enterprises"]
    assert table.rows["latitude"].fillna("").tolist() == ["31.95", "", "32.5"]
    assert table.rows["longitude"].fillna("").tolist() == ["35.91", "", ""]
    spot = table.place.spot(0, "latitude")
    assert (spot.sheet, spot.row, spot.column) == ("firms", 2, "loc")
    fixed = enterprises(location=column("loc"), latitude=Field(fixed="1"))
    assert set(tables_of(export, [fixed], source_of())["enterprises"].rows["latitude"]) == {"1"}


@pytest.mark.parametrize(("side", "ends"), [("from", ("Oak", "E1")), ("to", ("E1", "Oak"))])
def test_the_side_says_which_end_the_respondent_is(export, side, ends):
    fields = {"target": column("who"), "layer": Field(fixed="supply")}
    blocks = [enterprises(enterprise_id=column("id")), Block("linkages", "ties", fields, side, ("target",))]
    table = tables_of(export, blocks, source_of())["linkages"]
    first = rows_of(table)[0]
    assert (first["source"], first["target"]) == ends
    assert first["reporter"] == "E1"
    assert table.rows["reporter"].tolist() == ["E1", "E1", "13"]
    for end in ("source", "target"):
        assert table.place.spot(0, end).column == "who"


def test_a_row_without_a_partner_is_no_row_and_each_row_knows_where_it_stood(export):
    fields = {"target": column("who"), "layer": Field(fixed="stock")}
    table = tables_of(export, [enterprises(), Block("linkages", "ties", fields, "with", ("target",))], source_of())
    places = [table["linkages"].place.spot(row, "target") for row in table["linkages"].rows.index]
    assert [(place.file, place.sheet, place.row) for place in places] == [
        ("export.xlsx", "ties", 2),
        ("export.xlsx", "ties", 3),
        ("export.xlsx", "ties", 5),
    ]
    assert table["linkages"].place.listed([0, 2]) == "2, 5"


def test_one_answer_may_be_several_linkages_and_one_word_several_layers(export):
    words = {"buy": "supply from", "know": "knowledge to, stock", "own": "training from"}
    fields = {"target": column("who"), "layer": column("what", words=words, several=True)}
    blocks = [enterprises(), Block("linkages", "ties", fields, "", ("target",))]
    table = tables_of(export, blocks, source_of())["linkages"]
    found = [(row["source"], row["target"], row["layer"]) for row in rows_of(table)]
    assert found == [
        ("Oak", "11", "supply"),
        ("Elm", "11", "supply"),
        ("11", "Elm", "knowledge"),
        ("11", "Elm", "stock"),
        ("Cedar", "13", "training"),
    ]
    assert [table.place.spot(row).row for row in table.rows.index] == [2, 3, 3, 3, 5]


def test_partners_of_several_columns_are_one_table(export):
    blocks = [
        Block("linkages", "firms", {"target": column(header), "layer": Field(fixed="supply")}, "from", ("target",))
        for header in ("first", "second")
    ]
    table = tables_of(export, [enterprises(), *blocks], source_of())["linkages"]
    assert [(row["source"], row["target"]) for row in rows_of(table)] == [("Oak", "11"), ("Cedar", "12"), ("Elm", "12")]
    spots = [table.place.spot(row, "source") for row in table.rows.index]
    assert [(spot.row, spot.column) for spot in spots] == [(2, "first"), (3, "first"), (3, "second")]


def test_several_partners_of_one_cell_are_several_linkages(export):
    rows = [["_id", "name", "all"], ["1", "Cedar", "Oak\n\nElm; Ash"]]
    one = Export("kobo", {"firms": part_of("firms", rows)}, "firms", "_id")
    fields = {"target": column("all", several=True), "layer": Field(fixed="stock")}
    table = tables_of(one, [enterprises(), Block("linkages", "firms", fields, "with", ("target",))], source_of())
    assert table["linkages"].rows["target"].tolist() == ["Oak", "Elm", "Ash"]


# ---------------------------------------------------------------------- directions
def test_a_layer_with_a_direction_that_nobody_gave_is_an_error_told_once(export):
    fields = {"target": column("who"), "layer": column("what", words={"buy": "supply", "know": "stock"}, several=True)}
    source = source_of()
    block = Block("linkages", "ties", fields, "", ("target",))
    tables_of(export, [enterprises(), block, block], source)
    assert [(problem.code, problem.value) for problem in source.findings.errors] == [("E09", "supply")]
    assert '"supply from"' in source.findings.errors[0].message()


def test_the_side_of_an_undirected_layer_is_no_direction(export):
    fields = {"target": column("who"), "layer": Field(fixed="supply")}
    source = source_of()
    tables_of(export, [enterprises(), Block("linkages", "ties", fields, "with", ("target",))], source)
    assert [problem.code for problem in source.findings.errors] == ["E09"]


# ---------------------------------------------------------------------- sheets that hang on nothing
def test_rows_of_a_loose_sheet_say_themselves_whose_they_are(export):
    rows = [["me", "who"], ["E1 ", "Oak"], ["", "Elm"], ["E9", "Ash"], ["E1", "Yew"]]
    loose = export.with_parts({"ties": part_of("ties", rows)})
    fields = {"enterprise_id": column("me"), "target": column("who"), "layer": Field(fixed="stock")}
    blocks = [enterprises(enterprise_id=column("id")), Block("linkages", "ties", fields, "with", ("target",))]
    found = rows_of(tables_of(loose, blocks, source_of())["linkages"])
    assert [(row["source"], row["target"]) for row in found] == [
        ("E1", "Oak"),
        ("", "Elm"),
        ("E9", "Ash"),
        ("E1", "Yew"),
    ]


# ---------------------------------------------------------------------- products and their inputs
def test_a_product_is_bare_only_where_no_input_of_it_is_told():
    parts = {
        "firms": part_of("firms", [["_id", "name"], ["1", "Cedar"]]),
        "products": part_of("products", [["product"], ["bread"], ["iron"]], "firms", [0, 0]),
        "inputs": part_of("inputs", [["input"], ["flour"], ["salt"]], "products", [0, 0]),
    }
    export = Export("kobo", parts, "firms", "_id")
    product = column("product", part="products")
    blocks = [
        enterprises(),
        Block("recipes", "products", {"product": product}, needed=("product",)),
        Block("recipes", "inputs", {"product": product, "input": column("input")}, needed=("input",), inside=True),
    ]
    table = tables_of(export, blocks, source_of())["recipes"]
    assert [(row["product"], row["input"]) for row in rows_of(table)] == [
        ("iron", ""),
        ("bread", "flour"),
        ("bread", "salt"),
    ]


def test_a_table_of_no_rows_is_there_with_its_columns(export):
    empty = export.without(np.array([True, True, True]))
    fields = {"target": column("who"), "layer": column("what", several=True), "weight": Field(fixed="2")}
    source = source_of()
    tables = tables_of(empty, [enterprises(), Block("linkages", "ties", fields, "", ("target",))], source)
    assert {"source", "target", "layer", "weight", "reporter"} <= set(tables["linkages"].rows.columns)
    assert len(tables["linkages"].rows) == 0
    assert said(source) == []
