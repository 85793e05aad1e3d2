import dataclasses
import json
import re

import pytest

from clusternet.draw import map_payload
from clusternet.model import Settings
from clusternet.report import map_page
from clusternet.report.map_page import script_json, study_map_page


def payload_of(page: str) -> dict:
    return json.loads(re.search(r'id="clusternet-payload">(.*?)</script>', page, re.DOTALL)[1])


@pytest.fixture(autouse=True)
def small_plotly(monkeypatch):
    monkeypatch.setattr(map_page, "plotly_script", lambda: "var Plotly = 'https://example.org';")


def test_c15_a_hostile_text_stays_inside_the_data(network, partition, scores):
    hostile = dataclasses.replace(network, settings=Settings(title="/*PLOTLY*/</script><script>alert(1)</script>"))
    page = study_map_page(map_payload(hostile, partition, scores))
    assert "<script>alert" not in page
    assert page.count("var Plotly") == 1
    data = payload_of(page)
    assert data["title"] == hostile.settings.title
    assert data["nodes"]["name"][3] == "Door <b>"


def test_the_scripts_stand_in_their_order(network, partition):
    page = study_map_page(map_payload(network, partition))
    assert not re.search(r">/\*(STYLE|PAYLOAD|PLOTLY|SCRIPTS)\*/", page)
    assert page.index("cn.decode = function") < page.index("cn.set = ")


def test_equal_payloads_give_equal_bytes(network, partition, scores):
    first, second = (study_map_page(map_payload(network, partition, scores, language="ar")) for _ in range(2))
    assert first == second
    assert 'dir="rtl"' in first


def test_json_in_a_script_cannot_end_it():
    assert json.loads(script_json(["</script>", "\u2028"])) == ["</script>", "\u2028"]
    assert "<" not in script_json(["<!--"])
