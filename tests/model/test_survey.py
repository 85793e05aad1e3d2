import pandas as pd
import pytest

from clusternet.errors import InputError
from clusternet.model import Survey

FIRMS = pd.DataFrame({"enterprise_id": ["a", "b"], "name": ["A", "B"]})
LINKS = pd.DataFrame({"source": ["a"], "target": ["b"], "layer": ["stock"]})


def test_columns_are_completed_with_defaults():
    survey = Survey.from_tables(FIRMS, LINKS)
    assert survey.linkages["weight"].tolist() == [1.0]
    assert survey.enterprises["respondent"].tolist() == ["yes", "yes"]
    assert survey.enterprises["sector"].isna().all()
    assert survey.enterprises.index.tolist() == [2, 3]
    assert repr(survey) == "<Survey: 2 enterprises, 1 linkages, 0 resources, 0 recipes>"


def test_all_problems_come_at_once():
    firms = pd.DataFrame({"enterprise_id": ["a", "a"], "name": ["A", "B"]})
    links = pd.DataFrame(
        {"source": ["a", "a"], "target": ["b", "b"], "layer": ["stock", "gossip"], "weight": [float("inf"), -1.0]}
    )
    stuff = pd.DataFrame(
        {"enterprise_id": ["a", "a"], "resource": ["wood", "wood"], "role": ["need", "offer"], "unit": ["kg", "t"]}
    )
    with pytest.raises(InputError) as caught:
        Survey.from_tables(firms, links, stuff)
    assert sorted(problem.code for problem in caught.value.problems) == ["C02", "C02", "D02", "D03", "D10", "D10"]
    assert "row 3" in str(caught.value)


def test_a_missing_column_is_named():
    with pytest.raises(InputError, match="layer"):
        Survey.from_tables(FIRMS, LINKS.drop(columns="layer"))


def test_what_is_handed_out_can_be_changed_without_harm():
    survey = Survey.from_tables(FIRMS, LINKS)
    table = survey.enterprises
    table["name"] = "changed"
    assert survey.enterprises["name"].tolist() == ["A", "B"]
    with pytest.raises(TypeError):
        survey.tables["enterprises"] = table
