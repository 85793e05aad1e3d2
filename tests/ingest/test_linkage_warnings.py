"""FAULTS C18, C19, D04 to D08, D13: what is accepted with a sentence."""

import pytest

from clusternet.ingest import build_network, read_survey


def rows(header, *lines):
    return "\n".join([f"source,target,layer{header}", *lines]) + "\n"


def counts(problems):
    return {(problem.code, problem.column): problem.values.get("count") for problem in problems}


def test_C18_outside_partners_are_kept_and_counted(write_survey):
    linkages = rows("", *(f"E1,Partner {i % 3},stock" for i in range(12)), "E1,E2,stock")
    survey = read_survey(write_survey(linkages=linkages))
    (problem,) = [problem for problem in survey.problems if problem.code == "C18"]
    assert (problem.values["count"], problem.values["number"]) == (12, 3)
    assert problem.values["rows"].endswith("…")
    assert "Partner" not in problem.message()
    assert len(build_network(survey).outside_names) == 3


def test_C19_isolated_enterprises_stay(write_survey):
    survey = read_survey(write_survey(linkages=rows("", "E1,E2,stock", "E3,E3,stock")))
    assert counts(survey.problems)["C19", "enterprise_id"] == 1
    assert build_network(survey).n_enterprises == 3


def test_D04_D06_D07_are_counted_and_left_to_the_network(write_survey):
    linkages = rows(",weight", "E1,E1,stock,2", "E1,E2,stock,0", "E2,E3,stock,1", "E2,E3,stock,2", "E2,E3,supply,2")
    survey = read_survey(write_survey(linkages=linkages))
    found = counts(survey.problems)
    assert (found["D04", "weight"], found["D06", "target"], found["D07", "target"]) == (1, 1, 1)
    network = build_network(survey)
    assert dict(network.dropped) == {"self_links": 1, "zero_weights": 1, "unconfirmed": 0}
    assert network.linkages["weight"].tolist() == [3, 2]


def test_D05_weights_too_far_apart(write_survey):
    survey = read_survey(write_survey(linkages=rows(",weight", "E1,E2,stock,1e-9", "E2,E3,stock,1e6")))
    assert ("D05", "weight") in counts(survey.problems)
    survey = read_survey(write_survey("other", linkages=rows(",weight", "E1,E2,stock,1e-320", "E2,E3,stock,1e-315")))
    assert ("D05", "weight") not in counts(survey.problems)


def test_D08_both_directions(write_survey):
    linkages = rows(
        ",weight,reporter",
        *(f"{a},{b},{layer},{w},E1" for layer in ("stock", "supply") for a, b, w in (("E1", "E2", 1), ("E2", "E1", 3))),
    )
    survey = read_survey(write_survey(linkages=linkages))
    assert build_network(survey).linkages[["layer", "weight"]].to_numpy().tolist() == [
        ["stock", 4],
        ["supply", 1],
        ["supply", 3],
    ]
    assert counts(survey.problems)["D07", "target"] == 1


def test_D13_hub(write_survey):
    enterprises = "enterprise_id,name\n" + "".join(f"E{i},n{i}\n" for i in range(12))
    star = [f"E{i},E0,finance" for i in range(1, 12)]
    survey = read_survey(write_survey(enterprises=enterprises, linkages=rows("", *star)))
    (problem,) = [problem for problem in survey.problems if problem.code == "D13"]
    assert (problem.value, problem.values["count"], problem.values["pairs"]) == ("E0", 11, 11)


@pytest.mark.parametrize("lines", [["E1,E0,stock"] * 9, [f"E{i},E0,rivalry" for i in range(1, 12)]])
def test_D13_no_hub_among_few_pairs_or_rivals(write_survey, lines):
    enterprises = "enterprise_id,name\n" + "".join(f"E{i},n{i}\n" for i in range(12))
    survey = read_survey(write_survey(enterprises=enterprises, linkages=rows("", *lines)))
    assert "D13" not in {problem.code for problem in survey.problems}


def test_rows_of_those_who_did_not_answer(write_survey):
    enterprises = "enterprise_id,name,respondent\nE1,a,no\nE2,b,yes\nE3,c,yes\n"
    survey = read_survey(write_survey(enterprises=enterprises, linkages=rows("", "E1,E2,stock", "E2,E3,stock")))
    assert counts(survey.problems)["N01", "reporter"] == 1


@pytest.mark.parametrize(("asked", "warns"), [("both", True), ("source", False)])
def test_intersection_where_no_target_reports(write_survey, asked, warns):
    settings = f'ties = "intersection"\n[layers.knowledge]\nasked = "{asked}"\n'
    folder = write_survey(
        linkages=rows("", "E1,E2,knowledge", "E2,E1,knowledge", "E2,E3,knowledge"), study__toml=settings
    )
    survey = read_survey(folder)
    assert ("N02" in {problem.code for problem in survey.problems}) == warns
    assert len(build_network(survey).ties) == (0 if warns else 2)
