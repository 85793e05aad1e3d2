"""An office's results without a study: enterprises, the groups they are in, and who is linked with whom."""

import numpy as np
import pandas as pd

from clusternet.metrics import METRICS
from clusternet.report.edition.editing import publish_edition
from clusternet.report.exports.graph import EDGE_KINDS, LAYER_KINDS, NODE_KINDS, ExportGraph, typed

CARDS = {name: METRICS[name].card for name in METRICS.names}


def register(count, seed=0):
    """Return a table of enterprises, one row each."""
    generator = np.random.default_rng(seed)
    workers = generator.integers(1, 12, count)
    return pd.DataFrame(
        {
            "id": [f"E{number:03d}" for number in range(count)],
            "name": [f"Workshop {number:03d}" for number in range(count)],
            "sector": generator.choice(["1610", "3100", "2511", "1410"], count, p=[0.4, 0.3, 0.2, 0.1]),
            "stage": generator.choice(["sawing", "making", "selling"], count),
            "place": generator.choice(["North", "South"], count),
            "workers": workers,
            "women_workers": generator.integers(0, workers + 1),
            "youth_workers": generator.integers(0, workers + 1),
            "consent_publish": generator.choice(["named", "aggregate"], count, p=[0.3, 0.7]),
            "outside": False,
        }
    )


def result(enterprises, cluster, seed=0, origin="study", across=0.04, density=0.512345):
    """Return what an office reads of its result: the groups are those given, -1 for none."""
    generator = np.random.default_rng(seed)
    count = len(enterprises)
    linked = [
        (one, two)
        for one in range(count)
        for two in range(one)
        if generator.random() < (0.5 if cluster[one] == cluster[two] >= 0 else across)
    ]
    ids = enterprises["id"].tolist()
    edges = pd.DataFrame(
        {"source": [ids[one] for one, _ in linked], "target": [ids[two] for _, two in linked], "layer": "supply"}
    ).assign(directed=True, weight=1.0, n_reports=1)
    numbers = sorted(set(cluster) - {-1})
    scores = pd.DataFrame({"cluster": numbers, "verdict": "club", "cohesion_index": 0.7, "density": density})
    return ExportGraph(
        typed(enterprises.assign(cluster=cluster), NODE_KINDS),
        typed(edges, EDGE_KINDS),
        typed(pd.DataFrame(columns=list(LAYER_KINDS)), LAYER_KINDS),
        title="An office",
        tables={"clusters": scores},
        origin=origin,
    )


def publish(graph, out, monkeypatch, **options):
    """Publish an edition of a result that was never written."""
    monkeypatch.setattr("clusternet.report.edition.editing.read_result", lambda folder: graph)
    return publish_edition(out.parent / "result", out=out, cards=CARDS, **options)
