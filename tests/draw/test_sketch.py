from xml.etree import ElementTree

import pytest

from clusternet.draw import map_marks, sketch_cluster, sketch_map


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
