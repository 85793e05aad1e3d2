"""How often something is found where there is nothing, and how far certainty can be trusted. Slow."""

import networkx as nx
import numpy as np
import pytest

from clusternet.detect import find_clusters
from clusternet.model import Network
from clusternet.planted import plant_survey

pytestmark = pytest.mark.slow


def random_networks(draws):
    """Erdos-Renyi, configuration model with power-law degrees, and regular networks of several sizes."""
    for draw in range(draws):
        generator = np.random.default_rng(draw)
        n = int(generator.integers(30, 400))
        degree = float(generator.uniform(2, 16))
        yield "Erdos-Renyi", nx.gnm_random_graph(n, int(n * degree / 2), seed=draw)
        wanted = np.minimum(np.round(2 * (1 - generator.random(n)) ** (-1 / 1.5)), n / 4).astype(int)
        wanted[0] += wanted.sum() % 2
        graph = nx.Graph(nx.configuration_model(wanted.tolist(), seed=draw))
        graph.remove_edges_from(list(nx.selfloop_edges(graph)))
        yield "configuration", graph
        yield "regular", nx.random_regular_graph(2 * int(degree / 2) + 2, n, seed=draw)


def test_in_random_networks_hardly_anything_is_found(capsys):
    divided, beyond, runs = {}, {}, {}
    for kind, graph in random_networks(70):
        network = Network.from_networkx(nx.relabel_nodes(graph, {node: f"N{node:04d}" for node in graph}))
        clusters = find_clusters(network)
        pieces = sum(len(piece) > 1 for piece in nx.connected_components(graph))
        runs[kind] = runs.get(kind, 0) + 1
        divided[kind] = divided.get(kind, 0) + (clusters.n_clusters > pieces)
        beyond[kind] = beyond.get(kind, 0) + bool(clusters.clusters["beyond_chance"].any())
    with capsys.disabled():
        print(f"\nrandom networks: {runs}; divided: {divided}; beyond chance: {beyond}")  # noqa: T201
    for kind, count in runs.items():
        assert divided[kind] <= 0.05 * count
        assert beyond[kind] <= 0.05 * count


def test_planted_clusters_are_beyond_chance_and_certainty_is_right(capsys):
    for noise in (0.22, 0.4, 0.55):
        known, beyond, certainty, right = 0, 0, [], []
        for seed in range(8):
            tables = plant_survey(200, noise=noise, seed=seed)
            network = Network.from_tables(tables.enterprises, tables.linkages)
            truth = tables.truth.set_index("enterprise_id")["cluster"].reindex(network.enterprise_ids).to_numpy()
            clusters = find_clusters(network, seed=seed)
            known += clusters.n_clusters
            beyond += int(clusters.clusters["beyond_chance"].sum())
            for cluster in range(clusters.n_clusters):
                members = (clusters.codes == cluster) & (truth >= 0)
                certainty.append(clusters.member_certainty[members])
                right.append(truth[members] == np.bincount(truth[members]).argmax())
        certainty, right = np.concatenate(certainty), np.concatenate(right)
        tenth = np.minimum((certainty * 10).astype(int), 9)
        error = sum(
            abs(certainty[tenth == t].mean() - right[tenth == t].mean()) * (tenth == t).mean() for t in np.unique(tenth)
        )
        with capsys.disabled():
            found = f"{beyond} of {known} clusters beyond chance; calibration error {error:.3f}"
            print(f"\nnoise {noise}: {found}")  # noqa: T201
        assert error <= 0.05
        if noise <= 0.4:
            assert beyond >= 0.8 * known
