"""Who can be known again in a graph without names (P11)."""

import itertools

import numpy as np
import pandas as pd

from clusternet.report.exports.graph import EDGE_KINDS, LAYER_KINDS, NODE_KINDS, ExportGraph, typed
from clusternet.report.exports.likeness import likeness, likeness_notice


def graph_of(nodes, pairs):
    kinds = {"id": [name for name, *_ in nodes], "sector": [sector for _, sector, *_ in nodes]}
    table = pd.DataFrame({**kinds, "cluster": 0, "outside": [bool(rest) for _, _, *rest in nodes]})
    edges = pd.DataFrame(pairs, columns=["source", "target", "layer"]).assign(directed=False, weight=1.0, n_reports=1)
    return ExportGraph(
        typed(table, NODE_KINDS), typed(edges, EDGE_KINDS), typed(pd.DataFrame(columns=list(LAYER_KINDS)), LAYER_KINDS)
    )


def test_p11_those_with_few_alike_are_counted_by_partners_by_traits_and_by_both():
    # a has three partners; b, c, d have one each, one of them in another sector; o stands outside the register.
    graph = graph_of(
        [("a", "16"), ("b", "16"), ("c", "16"), ("d", "31"), ("o", "", "outside")],
        [("a", "b", "supply"), ("b", "a", "supply"), ("a", "c", "stock"), ("a", "c", "supply"), ("a", "d", "supply")],
    )
    assert likeness(graph) == (4, 1, 1, 4)
    assert likeness(graph, 2) == (4, 1, 1, 2)
    assert likeness(graph, 1) == (4, 0, 0, 0)


def test_p11_counting_agrees_with_comparing_everybody_with_everybody():
    generator = np.random.default_rng(7)
    names = [f"e{number:02d}" for number in range(30)]
    sectors = generator.choice(["16", "31", ""], 30).tolist()
    pairs = [(*pair, "supply") for pair in itertools.combinations(names, 2) if generator.random() < 0.1]
    graph = graph_of(list(zip(names, sectors, strict=True)), pairs)
    degree = {
        name: len({*(b for a, b, _ in pairs if a == name), *(a for a, b, _ in pairs if b == name)}) for name in names
    }
    known = [(degree[name], sector) for name, sector in zip(names, sectors, strict=True)]
    expected = [sum(sum(part(two) == part(one) for two in known) < 3 for one in known)
                for part in (lambda x: x[0], lambda x: x[1], lambda x: x)]  # fmt: skip
    assert likeness(graph)[1:] == tuple(expected)
    assert expected[2] > expected[0] > 0


def test_p11_enterprises_that_are_all_alike_give_no_notice():
    ring = [(f"e{one}", f"e{(one + 1) % 5}", "supply") for one in range(5)]
    assert likeness_notice(graph_of([(f"e{one}", "16") for one in range(5)], ring), "en") == ""
    assert likeness(graph_of([], [])) == (0, 0, 0, 0)
