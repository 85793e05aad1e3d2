"""Needs, offers and recipes: what is refused."""

from pathlib import Path

import pandas as pd
import pytest

from clusternet.ingest import read_survey
from clusternet.ingest.findings import Place
from clusternet.ingest.ledger_checks import checked_recipes
from clusternet.ingest.source import Source, TextTable
from clusternet.model.settings import Settings

HEADER = "enterprise_id,resource,role,factor,quantity,unit,unit_cost\n"


def test_resources_collect_all_their_problems(refused):
    resources = (
        HEADER + "E9,oak,need,material,1,m3,5\nE1,,offer,material,1,m3,5\nE1,oak,ofer,wood,x,t,-1\nE1,glue,,,,,\n"
    )
    problems = refused(resources=resources)
    assert {(problem.code, problem.row, problem.column) for problem in problems} == {
        ("C18", 2, "enterprise_id"),
        ("D11", 3, "resource"),
        ("D10", 4, "role"),
        ("D10", 4, "factor"),
        ("C12", 4, "quantity"),
        ("C12", 4, "unit_cost"),
        ("D10", 4, "unit"),
        ("D11", 5, "role"),
    }
    (role,) = [problem for problem in problems if problem.column == "role" and problem.code == "D10"]
    assert role.values["near"] == "offer"


def test_unit_cost_is_confidential(refused):
    (problem,) = refused(resources=HEADER + "E1,oak,need,material,1,m3,-77\n")
    assert (problem.value, "77" in problem.message()) == ("(hidden)", False)


def test_recipes(write_survey, refused):
    survey = read_survey(write_survey("good", recipes="product,stage,input,quantity\nchair,assembly,oak,0.2\noak,,,\n"))
    assert survey.recipes["quantity"].iloc[0] == 0.2
    problems = refused(recipes="product,stage,input,quantity\n,assembly,oak,-1\n")
    assert [(problem.code, problem.column) for problem in problems] == [("C12", "quantity"), ("D11", "product")]


def test_D10_spellings_of_a_resource_are_one(write_survey):
    resources = (
        HEADER + "E1,Oak,need,,1,m3,5\nE2,oak  boards,offer,,1,m3,5\nE3,oak,offer,,1,m3,5\nE1,oak,offer,,1,m3,5\n"
    )
    arabic = "E1,خشب الزان,need,,1,m3,5\nE2,خشب الزّان,need,,1,m3,5\nE3,خشب الزان,need,,1,m3,5\n"
    survey = read_survey(write_survey(resources=resources + arabic))
    assert survey.resources["resource"].tolist() == ["oak", "oak  boards", "oak", "oak", *["خشب الزان"] * 3]
    (problem,) = [problem for problem in survey.problems if problem.code == "D10"]
    assert (problem.row, problem.column, problem.values["rows"]) == (2, "resource", "2, 7")
    assert '"Oak" = oak' in problem.message()


def test_D10_units_of_a_resource_are_compared_across_its_spellings(refused):
    (problem,) = refused(resources=HEADER + "E1,Oak,need,,1,m3,5\nE2,OAK,offer,,1,t,5\n")
    assert (problem.code, problem.row, problem.column) == ("D10", 3, "unit")


def test_D10_products_and_inputs_are_one_family_of_names(write_survey):
    recipes = "product,stage,input,quantity\nTable,x,Leg,4\nleg,y,OAK,0.1\ntable,z,leg,4\n"
    survey = read_survey(write_survey(recipes=recipes))
    assert survey.recipes["product"].tolist() == ["Table", "leg", "Table"]
    assert survey.recipes["input"].tolist() == ["leg", "OAK", "leg"]


def test_D10_recipes_are_spelt_as_the_ledger(source_of):
    table, source = source_of("recipes", {"product": ["Chair", "chair"], "input": ["OAK", "glue"]})
    resources = pd.DataFrame({"resource": ["oak", "oak", "CHAIR"]})
    typed = checked_recipes(table, source, resources)
    assert typed["product"].tolist() == ["CHAIR", "CHAIR"]
    assert typed["input"].tolist() == ["oak", "glue"]
    assert [problem.code for problem in source.findings.warnings] == ["D10", "D10"]


@pytest.fixture
def source_of():
    """Return a table of text that was read from nowhere, and a source to note its problems."""

    def make(name, columns):
        rows = pd.DataFrame(columns, dtype="str")
        rows.index += 2
        return TextTable(rows, Place(f"{name}.csv")), Source(Path(), Settings())

    return make


def test_all_problems_of_all_files_at_once(refused):
    problems = refused(
        enterprises="enterprise_id,name,workers\nE1,a,x\n",
        linkages="source,target,layer\nE1,E2,gossip\n",
        resources="enterprise_id,resource\nE1,oak\n",
        recipes='product,input\n"chair,oak\n',
    )
    assert [(problem.file, problem.code) for problem in problems] == [
        ("resources.csv", "A21"),
        ("recipes.csv", "A12"),
        ("enterprises.csv", "C12"),
        ("linkages.csv", "D10"),
    ]
