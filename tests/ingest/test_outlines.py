import json

import pandas as pd
import pytest

from clusternet.errors import InputError
from clusternet.ingest import read_survey

SQUARE = [[35.0, 31.0], [36.0, 31.0], [36.0, 32.0], [35.0, 31.0]]


@pytest.fixture
def folder(tmp_path):
    pd.DataFrame({"enterprise_id": ["a", "b"], "name": ["A", "B"]}).to_csv(tmp_path / "enterprises.csv", index=False)
    pd.DataFrame({"source": ["a"], "target": ["b"], "layer": ["stock"]}).to_csv(tmp_path / "linkages.csv", index=False)
    (tmp_path / "study.toml").write_text('outline = "region.geojson"\n', encoding="utf-8")
    return tmp_path


def region(folder, content):
    text = content if isinstance(content, str) else json.dumps(content)
    (folder / "region.geojson").write_text(text, encoding="utf-8")
    return read_survey(folder)


@pytest.mark.parametrize(
    "content",
    [
        {"type": "Polygon", "coordinates": [SQUARE]},
        {"type": "MultiPolygon", "coordinates": [[SQUARE]]},
        {"type": "Feature", "properties": None, "geometry": {"type": "Polygon", "coordinates": [SQUARE]}},
        {
            "type": "FeatureCollection",
            "features": [
                {"type": "Feature", "geometry": None},
                {"type": "Feature", "geometry": {"type": "Point", "coordinates": [35.5, 31.5]}},
                {"type": "Feature", "geometry": {"type": "Polygon", "coordinates": [SQUARE]}},
            ],
        },
    ],
)
def test_polygons_are_found_wherever_geojson_may_hold_them(folder, content):
    survey = region(folder, content)
    assert survey.outline == (tuple(map(tuple, SQUARE)),)
    assert "region.geojson" in {file.name for file in survey.provenance.inputs}


@pytest.mark.parametrize(
    ("content", "words"),
    [
        ("{", "no JSON"),
        ("[" * 100_000, "no JSON"),
        ({"type": "Point", "coordinates": [1, 2]}, "no polygon"),
        ({"coordinates": []}, "no type"),
        ({"type": "Polygon", "coordinates": 3}, "list of coordinates"),
        ({"type": "Polygon", "coordinates": [SQUARE[:-1]]}, "not closed"),
        ({"type": "Polygon", "coordinates": [[[500_000.0, 31.0], *SQUARE[1:]]]}, "degrees"),
        ('{"type": "Polygon", "coordinates": [[[NaN, 1], [1, 1], [1, 2], [NaN, 1]]]}', "degrees"),
        ({"type": "Polygon", "coordinates": [[["35", "31"], *SQUARE[1:]]]}, "degrees"),
    ],
)
def test_e08_anything_else_is_refused_in_words(folder, content, words):
    with pytest.raises(InputError) as caught:
        region(folder, content)
    problem = caught.value.problems[0]
    assert problem.code == "E08"
    assert words in problem.message("en")
    assert problem.file == "region.geojson"


@pytest.mark.parametrize("name", ["../region.geojson", "missing.geojson", "/etc/passwd"])
def test_a01_an_outline_lies_beside_the_settings(folder, name):
    (folder / "study.toml").write_text(f"outline = '{name}'\n", encoding="utf-8")
    with pytest.raises(InputError) as caught:
        read_survey(folder)
    assert caught.value.problems[0].code == "A01"


def test_without_the_setting_there_is_none(folder):
    (folder / "study.toml").unlink()
    assert read_survey(folder).outline == ()
