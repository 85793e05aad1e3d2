from pathlib import Path

import pandas as pd

from clusternet.detect import find_clusters
from clusternet.model import Network, Provenance
from clusternet.model.provenance import plain


def test_steps_are_recorded_with_defaults_and_without_paths():
    network = Network.from_edges(["a", "b"], ["b", "c"])
    clusters = find_clusters(network, "leiden", resolution=0.5)
    assert [step.verb for step in clusters.provenance.steps] == ["from_edges", "find_clusters"]
    assert clusters.provenance.steps[1].arguments == {"method": "leiden", "seed": 0, "options": {"resolution": 0.5}}
    assert plain(Path("/home/somebody/survey")) == "survey"
    assert plain(pd.DataFrame({"x": [1]})) == "table of 1 rows"
    assert plain(list(range(100))) == "100 values"
    assert plain({"b", "a"}) == ["a", "b"]
    assert plain(network) == "<Network>"


def test_versions_name_python_and_every_decisive_package():
    assert {"python", "clusternet", "igraph", "pandas"} <= set(Provenance.versions())
