"""The methods that are compared: those of other packages, as one would call them, and our own."""

from __future__ import annotations

import importlib.metadata
import random
from collections.abc import Callable
from dataclasses import dataclass
from types import MappingProxyType

import igraph
import numpy as np

import clusternet as cn
from clusternet.model import Network, Partition
from clusternet.model.pairs import Pairs

Labels = np.ndarray | list[int]
Finder = Callable[[Network, int], Labels | Partition]

OURS = "clusternet natural"
#: Packages whose module has another name.
MODULES = MappingProxyType({"scikit-network": "sknetwork"})


@dataclass(frozen=True)
class Peer:
    """One method of community detection.

    Parameters
    ----------
    package : str
        The package that must be there.
    method : str
        The method, as the table shows it.
    find : callable
        Takes a network and a seed, and returns a label for each enterprise, a negative one for none, or a partition.
    note : str
        How it is called, where a reader would ask.
    most_seeds : int, optional
        How many seeds it is run with at most: 1 where the seed makes no difference, few where it is slow.
    """

    package: str
    method: str
    find: Finder
    note: str
    most_seeds: int | None = None

    def __call__(self, network: Network, seed: int) -> np.ndarray:
        """Find clusters and return their labels in the order of ``network.enterprise_ids``."""
        found = self.find(network, seed)
        return found.codes if isinstance(found, Partition) else np.asarray(found, dtype=np.int64)

    @property
    def name(self) -> str:
        """Package and method."""
        return f"{self.package} {self.method}"

    @property
    def version(self) -> str | None:
        """The version of its package; None where that cannot be imported."""
        try:
            importlib.import_module(MODULES.get(self.package, self.package))
            return importlib.metadata.version(self.package)
        except ImportError:
            return None


def registered(network: Network) -> Pairs:
    """Return the linked pairs of the register: the flat network without outside partners."""
    return network.flat.among(np.arange(network.n_enterprises))


def _seeded_graph(network: Network, seed: int) -> igraph.Graph:
    igraph.set_random_number_generator(random.Random(seed))  # noqa: S311
    return registered(network).graph()


# ---------------------------------------------------------------------- igraph
def igraph_leiden(network: Network, seed: int) -> Labels:
    """Maximise modularity with igraph's Leiden, ten iterations."""
    graph = _seeded_graph(network, seed)
    return graph.community_leiden(objective_function="modularity", weights="weight", n_iterations=10).membership


def igraph_louvain(network: Network, seed: int) -> Labels:
    """Maximise modularity with igraph's multilevel method."""
    return _seeded_graph(network, seed).community_multilevel(weights="weight").membership


def igraph_infomap(network: Network, seed: int) -> Labels:
    """Shorten the description of a random walk with igraph's Infomap."""
    return _seeded_graph(network, seed).community_infomap(edge_weights="weight", trials=10).membership


def igraph_label_propagation(network: Network, seed: int) -> Labels:
    """Pass labels on with igraph."""
    return _seeded_graph(network, seed).community_label_propagation(weights="weight").membership


def igraph_walktrap(network: Network, seed: int) -> Labels:
    """Merge what short walks bring together, and cut at the highest modularity."""
    return registered(network).graph().community_walktrap(weights="weight").as_clustering().membership


# ---------------------------------------------------------------------- leidenalg
def _leidenalg(network: Network, kind: str, seed: int, *, weights: str | None = "weight", **options: float) -> Labels:
    import leidenalg

    given = options if weights is None else {"weights": weights, **options}
    graph = registered(network).graph()
    return leidenalg.find_partition(graph, getattr(leidenalg, kind), n_iterations=5, seed=seed, **given).membership


def leidenalg_modularity(network: Network, seed: int) -> Labels:
    """Maximise modularity with leidenalg."""
    return _leidenalg(network, "ModularityVertexPartition", seed)


def leidenalg_cpm(network: Network, seed: int) -> Labels:
    """Optimise the constant Potts model at the network's own density of weight."""
    pairs = registered(network)
    density = 2 * pairs.total / (pairs.n_nodes * (pairs.n_nodes - 1))
    return _leidenalg(network, "CPMVertexPartition", seed, resolution_parameter=density)


def leidenalg_surprise(network: Network, seed: int) -> Labels:
    """Maximise asymptotic surprise."""
    return _leidenalg(network, "SurpriseVertexPartition", seed)


def leidenalg_significance(network: Network, seed: int) -> Labels:
    """Maximise significance, which knows no weights."""
    return _leidenalg(network, "SignificanceVertexPartition", seed, weights=None)


def leidenalg_multiplex(network: Network, seed: int) -> Labels:
    """Maximise the sum of the layers' modularities, one graph for each layer that counts."""
    import leidenalg

    n = network.n_enterprises
    graphs = [
        network.pairs(network.ties.layer == place).among(np.arange(n)).graph()
        for place, layer in enumerate(network.layers)
        if layer.counts
    ]
    found, _ = leidenalg.find_partition_multiplex(
        [graph for graph in graphs if graph.ecount()],
        leidenalg.ModularityVertexPartition,
        n_iterations=5,
        seed=seed,
        weights="weight",
    )
    return found


# ---------------------------------------------------------------------- networkit
def _networkit(network: Network, method: str, seed: int, **options: bool) -> Labels:
    import networkit

    networkit.setNumberOfThreads(1)
    networkit.setSeed(seed, False)
    pairs = registered(network)
    ends = (np.asarray(pairs.first, dtype=np.uint64), np.asarray(pairs.second, dtype=np.uint64))
    graph = networkit.GraphFromCoo((pairs.weight, ends), n=pairs.n_nodes, weighted=True, directed=False)
    finder = getattr(networkit.community, method)(graph, **options)
    finder.run()
    return finder.getPartition().getVector()


def networkit_plm(network: Network, seed: int) -> Labels:
    """Maximise modularity with networkit's Louvain with refinement, on one thread."""
    return _networkit(network, "PLM", seed, refine=True)


def networkit_leiden(network: Network, seed: int) -> Labels:
    """Maximise modularity with networkit's parallel Leiden, on one thread."""
    return _networkit(network, "ParallelLeiden", seed)


# ---------------------------------------------------------------------- infomap, scikit-network, networkx
def infomap_two_level(network: Network, seed: int) -> Labels:
    """Shorten the description of a random walk with the Infomap package, two levels."""
    import infomap

    pairs = registered(network)
    finder = infomap.Infomap(two_level=True, silent=True, seed=seed + 1, num_trials=10)
    finder.add_nodes(range(pairs.n_nodes))
    finder.add_links(list(zip(pairs.first.tolist(), pairs.second.tolist(), pairs.weight.tolist(), strict=True)))
    finder.run()
    labels = np.full(pairs.n_nodes, -1)
    for node, module in finder.get_modules().items():
        labels[node] = module
    return labels


def _scikit_network(network: Network, method: str, seed: int) -> Labels:
    from scipy import sparse
    from sknetwork import clustering

    finder = getattr(clustering, method)(random_state=seed, shuffle_nodes=True, return_probs=False)
    return finder.fit_predict(sparse.csr_matrix(registered(network).matrix))


def scikit_network_louvain(network: Network, seed: int) -> Labels:
    """Maximise modularity with scikit-network's Louvain, nodes in random order."""
    return _scikit_network(network, "Louvain", seed)


def scikit_network_leiden(network: Network, seed: int) -> Labels:
    """Maximise modularity with scikit-network's Leiden, nodes in random order."""
    return _scikit_network(network, "Leiden", seed)


def _networkx(network: Network, method: str, **options: int) -> Labels:
    import networkx

    pairs = registered(network)
    graph = networkx.Graph()
    graph.add_nodes_from(range(pairs.n_nodes))
    graph.add_weighted_edges_from(zip(pairs.first.tolist(), pairs.second.tolist(), pairs.weight.tolist(), strict=True))
    labels = np.full(pairs.n_nodes, -1)
    for label, members in enumerate(getattr(networkx.community, method)(graph, weight="weight", **options)):
        labels[list(members)] = label
    return labels


def networkx_louvain(network: Network, seed: int) -> Labels:
    """Maximise modularity with networkx's Louvain."""
    return _networkx(network, "louvain_communities", seed=seed)


def networkx_greedy(network: Network, seed: int) -> Labels:
    """Maximise modularity greedily with networkx."""
    return _networkx(network, "greedy_modularity_communities")


def ours(network: Network, seed: int) -> Partition:
    """Find natural clusters with this package."""
    return cn.find_clusters(network, "natural", seed=seed)


#: Every method by its name, ours first. Some are run with fewer seeds because they are slow.
PEERS: MappingProxyType[str, Peer] = MappingProxyType(
    {
        peer.name: peer
        for peer in (
            Peer("clusternet", "natural", ours, "the default of find_clusters"),
            Peer("igraph", "leiden", igraph_leiden, "modularity, 10 iterations"),
            Peer("igraph", "louvain", igraph_louvain, "modularity"),
            Peer("igraph", "infomap", igraph_infomap, "10 trials", 5),
            Peer("igraph", "label propagation", igraph_label_propagation, "as it comes"),
            Peer("igraph", "walktrap", igraph_walktrap, "4 steps, cut at the highest modularity; no chance", 1),
            Peer("leidenalg", "modularity", leidenalg_modularity, "5 iterations", 5),
            Peer("leidenalg", "CPM", leidenalg_cpm, "5 iterations, resolution = mean weight over all pairs", 5),
            Peer("leidenalg", "surprise", leidenalg_surprise, "5 iterations", 5),
            Peer("leidenalg", "significance", leidenalg_significance, "5 iterations; knows no weights", 5),
            Peer("leidenalg", "multiplex", leidenalg_multiplex, "modularity of each layer, 5 iterations", 5),
            Peer("networkit", "PLM", networkit_plm, "modularity, refined, 1 thread; no chance", 1),
            Peer("networkit", "leiden", networkit_leiden, "modularity, 1 thread"),
            Peer("infomap", "two-level", infomap_two_level, "10 trials", 5),
            Peer("scikit-network", "louvain", scikit_network_louvain, "modularity, nodes shuffled"),
            Peer("scikit-network", "leiden", scikit_network_leiden, "modularity, nodes shuffled", 5),
            Peer("networkx", "louvain", networkx_louvain, "modularity", 5),
            Peer("networkx", "greedy", networkx_greedy, "modularity; no chance", 1),
        )
    }
)
