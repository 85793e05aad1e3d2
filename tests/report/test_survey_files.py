import tomllib

import pandas as pd
import pytest

from clusternet.errors import InputError
from clusternet.model import Layer, Settings, Survey
from clusternet.report import write_survey
from clusternet.report.survey_files import settings_text

SETTINGS = Settings(
    title='Town "A" \\ ورش\n',
    boundary="All",
    design="generator",
    max_nominations=7,
    poverty_line=199.5,
    final_products=("table", "chair, small"),
    seed=9,
    layers={"gossip": Layer("gossip", "Gossip", "trust"), "loan of tools": Layer("loan of tools", "Tools", weight=0.5)},
    detection={"method": "flow", "resolution": 1.5},
    chance={"draws": 50},
)


def survey() -> Survey:
    enterprises = pd.DataFrame(
        {"enterprise_id": ["007", "NA"], "name": ["a, b", "ورشة"], "workers": [1 / 3, None], "owner": ["x", None]}
    )
    linkages = pd.DataFrame({"source": ["007"], "target": ["NA"], "layer": ["gossip"], "weight": [0.1 + 0.2]})
    return Survey.from_tables(enterprises, linkages, settings=SETTINGS)


def test_settings_come_back_from_toml():
    assert Settings.from_mapping(tomllib.loads(settings_text(SETTINGS))).as_dict() == SETTINGS.as_dict()
    assert Settings.from_mapping(tomllib.loads(settings_text(Settings()))).as_dict() == Settings().as_dict()


def test_the_mapping_of_an_export_is_left_out():
    assert "mapping" not in settings_text(Settings(mapping={"id": "firm"}))


def test_tables_are_written_in_the_contracts_columns(tmp_path):
    folder = write_survey(survey(), tmp_path / "town")
    assert sorted(path.name for path in folder.iterdir()) == ["enterprises.csv", "linkages.csv", "study.toml"]
    table = pd.read_csv(folder / "enterprises.csv", dtype=str, keep_default_na=False)
    assert list(table["enterprise_id"]) == ["007", "NA"]
    assert list(table["owner"]) == ["x", ""]
    assert float(table["workers"][0]) == 1 / 3


def test_a_survey_comes_back(tmp_path):
    ingest = pytest.importorskip("clusternet.ingest")
    given = survey()
    found = ingest.read_survey(write_survey(given, tmp_path / "town"))
    assert found.settings.as_dict() == given.settings.as_dict()
    for name, table in given.tables.items():
        pd.testing.assert_frame_equal(
            found.tables[name].reset_index(drop=True), table.reset_index(drop=True), check_dtype=False
        )


@pytest.mark.parametrize("name", ["=cmd|' /C calc'!A0", "+1", "-1", "@SUM", "'=x", "'quoted'", "a,b", 'say "x"'])
def test_a_name_of_any_kind_comes_back(tmp_path, name):
    ingest = pytest.importorskip("clusternet.ingest")
    enterprises = pd.DataFrame({"enterprise_id": ["a", "b"], "name": [name, "n"]})
    linkages = pd.DataFrame({"source": ["a"], "target": ["b"], "layer": ["stock"]})
    folder = write_survey(Survey.from_tables(enterprises, linkages), tmp_path / "town")
    assert ingest.read_survey(folder).enterprises["name"].iloc[0] == name


def test_only_an_earlier_survey_is_replaced(tmp_path):
    write_survey(survey(), tmp_path / "town")
    with pytest.raises(InputError):
        write_survey(survey(), tmp_path / "town")
    write_survey(survey(), tmp_path / "town", overwrite=True)
    (tmp_path / "other").mkdir()
    (tmp_path / "other" / "x").write_text("")
    with pytest.raises(InputError):
        write_survey(survey(), tmp_path / "other", overwrite=True)
