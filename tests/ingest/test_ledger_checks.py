"""Needs, offers and recipes: what is refused."""

from clusternet.ingest import read_survey

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
