from xml.etree import ElementTree

import pytest

from clusternet.draw import map_marks, sketch, sketch_cluster, sketch_map


def texts(svg: str) -> list[str]:
    return [element.text or "" for element in ElementTree.fromstring(svg).iter("text")]  # noqa: S314 (our own)


def test_the_drawing_is_well_formed_and_numbers_the_clusters(network, partition):
    svg = sketch_map(map_marks(network, partition), label='The "map"')
    assert texts(svg) == ["0", "1"]
    root = ElementTree.fromstring(svg)  # noqa: S314
    assert root.get("aria-label") == 'The "map"'
    assert len(list(root.iter("path"))) == 3 + 1  # three layers and the cross of the outside partner


@pytest.mark.parametrize("cluster", [0, 1])
def test_a_cluster_shows_its_members_by_name(network, partition, cluster):
    svg = sketch_cluster(map_marks(network, partition), cluster, label="x")
    names = {"Oak & Sons", "ورشة النور", "Cedar"} if cluster == 0 else {"Door <b>", "Elm", "Fig"}
    assert {text.strip("\u2068\u2069") for text in texts(svg)} == names


def test_a_large_map_shows_clusters_as_discs(network, partition, monkeypatch):
    monkeypatch.setattr(sketch, "MOST_SKETCHED_NODES", 5)
    root = ElementTree.fromstring(sketch_map(map_marks(network, partition, evidence=False), label="x"))  # noqa: S314
    circles = [element for element in root.iter() if element.tag.endswith("circle")]
    assert len(circles) == partition.n_clusters
    assert all(float(circle.get("r")) >= 1 for circle in circles)


def test_of_a_large_cluster_those_with_most_linkages_are_drawn(network, partition, monkeypatch):
    marks = map_marks(network, partition)
    monkeypatch.setattr(sketch, "MOST_SKETCHED_MEMBERS", 2)
    shown = {text.strip("\u2068\u2069") for text in texts(sketch_cluster(marks, 0, label="x"))}
    best = marks.nodes[marks.nodes["group"] == 0].nlargest(2, "size", keep="first")["name"]
    assert shown == set(best)
