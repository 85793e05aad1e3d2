"""Three real surveys, read with the settings in real/; skipped, visibly, where the data is absent."""

from pathlib import Path

import pytest

from clusternet.ingest import build_network, read_survey

SETTINGS = Path(__file__).parent / "real"


@pytest.fixture
def survey(real_data, request):
    return read_survey(real_data / request.param, SETTINGS / f"{request.param}.toml")


@pytest.mark.parametrize("survey", ["kecskemet_printing_2012"], indirect=True)
def test_kecskemet_printing(survey):
    union, both = build_network(survey), build_network(survey, ties="intersection")
    assert (union.n_enterprises, len(union.ties), len(union.flat), len(both.flat)) == (26, 223, 154, 69)
    assert [layer.name for layer in union.layers] == ["knowledge"]
    assert survey.enterprises["workers"].max() == 389
    assert {"export_vol", "net_rev_cat", "spinoff"} <= set(survey.enterprises.columns)


@pytest.mark.parametrize("survey", ["danish_incubators"], indirect=True)
def test_danish_incubators(survey):
    network = build_network(survey)
    assert (network.n_enterprises, len(network.ties), len(network.outside_names)) == (81, 256, 0)
    assert network.linkages["layer"].value_counts().to_dict() == {
        "collaboration": 102,
        "friendship": 134,
        "competition": 20,
    }
    assert {layer.name: layer.family for layer in network.layers} == {
        "collaboration": "trade",
        "friendship": "trust",
        "competition": "rivalry",
    }
    assert all(layer.directed for layer in network.layers)
    places = survey.enterprises.set_index("enterprise_id")["place"]
    assert places.nunique() == 4
    assert (survey.linkages["source"].map(places) == survey.linkages["target"].map(places)).all()


@pytest.mark.parametrize("survey", ["scotland_interlocks"], indirect=True)
def test_scotland_interlocks(survey):
    network = build_network(survey)
    assert (network.n_enterprises, len(network.flat), int(network.flat.total)) == (108, 276, 373)
    assert {"industry", "capital"} <= set(network.enterprises.columns)
    firm = network.enterprises.set_index("enterprise_id").loc["north british railway"]
    assert (firm["industry"], firm["capital"]) == ("2", "47236")
