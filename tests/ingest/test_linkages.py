"""From a survey to its network."""

import pytest

from clusternet.errors import InputError
from clusternet.ingest import build_network, read_survey


def test_the_rule_for_ties_wins_over_the_settings(write_survey):
    survey = read_survey(write_survey(study__toml='ties = "intersection"\n'))
    assert len(build_network(survey).ties) == 0
    network = build_network(survey, ties="union")
    assert len(network.ties) == 2
    assert network.settings.ties == "union"


def test_an_unknown_rule_is_refused(write_survey):
    with pytest.raises(InputError):
        build_network(read_survey(write_survey()), ties="both")


def test_history_names_both_verbs_and_every_file(write_survey):
    network = build_network(read_survey(str(write_survey())))
    assert [step.verb for step in network.provenance.steps] == ["read_survey", "build_network"]
    assert network.provenance.steps[0].arguments["max_cell_chars"] == 32_767
    assert network.provenance.steps[0].arguments["path"] == "survey"
    assert {file.name for file in network.provenance.inputs} == {"enterprises.csv", "linkages.csv"}
    assert all(len(file.sha256) == 64 for file in network.provenance.inputs)
