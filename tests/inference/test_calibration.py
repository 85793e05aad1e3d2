"""Are the tests honest? Clusters found in noise must pass them rarely, planted ones often; measured, and slow."""

import numpy as np
import pandas as pd
import pytest

from clusternet.detect import find_clusters
from clusternet.inference.attributes import dealt, dealt_draws
from clusternet.inference.chance import rewired_draws
from clusternet.inference.families import cluster_tests
from clusternet.metrics import METRICS
from clusternet.model import ClusteredNetwork, Network, Partition
from clusternet.planted import plant_survey

DRAWS = 39
#: At most this share of clusters in noise may have p <= 0.05.
HIGHEST_SHARE = 0.07
LAYERS = np.array(["supply", "technology", "knowledge"])


def core(null, *families):
    return [
        entry
        for entry in METRICS.values()
        if entry.card.core and entry.card.null == null and entry.card.family in families
    ]


def measured(network, partition, *, seed, families=("cohesion", "complementarity"), draws=DRAWS, **how):
    """Test families as score_clusters does, but only with their core metrics, which is faster."""
    clustered = ClusteredNetwork(network, partition)
    rewiring, attributes = core("rewiring", *families), core("attributes", *families)
    metrics = [*rewiring, *attributes]
    table = pd.concat([pd.DataFrame({"metric": entry.name, "value": entry(clustered)}) for entry in metrics])
    found = {
        "rewiring": rewired_draws(clustered, rewiring, draws=draws, seed=seed, **how),
        "attributes": dealt_draws(clustered, attributes, draws=draws, seed=seed),
    }
    return cluster_tests(table, [entry.card for entry in metrics], found, clustered.k)


def without_structure(seed, *, overlapping=False):
    """A network in which every pair is as likely as any other; layers that overlap are carried by the same pairs."""
    generator = np.random.default_rng(seed)
    n = int(generator.integers(40, 81))
    pairs = np.array(np.triu_indices(n, 1)).T
    links = generator.choice(pairs, size=round(n * generator.uniform(5, 8) / 2), replace=False)
    turned = generator.random(len(links)) < 0.5
    links[turned] = links[turned][:, ::-1]
    if not overlapping:
        return Network.from_edges(*links.T, nodes=np.arange(n))
    carried = generator.random((len(links), 3)) < 0.5
    carried[np.arange(len(links)), generator.integers(0, 3, len(links))] = True
    link, layer = np.nonzero(carried)
    return Network.from_edges(*links[link].T, layer=LAYERS[layer], nodes=np.arange(n))


def share_found(p):
    known = np.concatenate(p)
    known = known[~np.isnan(known)]
    return float((known <= 0.05 + 1e-12).mean()), len(known), np.quantile(known, [0.1, 0.25, 0.5, 0.75, 0.9]).round(2)


def noise_p(method, networks, **how):
    p = []
    for seed in range(networks):
        network = without_structure(seed, overlapping=how.get("overlapping", False))
        partition = find_clusters(network, method, seed=seed)
        together = how.get("together", True)
        # Natural tries many partitions in every draw.
        draws = 19 if method == "natural" else DRAWS
        tests = measured(network, partition, seed=seed, families=("cohesion",), together=together, draws=draws)
        p.append(tests["cohesion_p"].to_numpy())
    return p


@pytest.mark.slow
@pytest.mark.timeout(1800)
@pytest.mark.parametrize("method", ["leiden", "natural", "walktrap"])
@pytest.mark.parametrize("overlapping", [False, True])
def test_clusters_found_in_noise_are_rarely_called_cohesive(method, overlapping):
    share, clusters, quantiles = share_found(noise_p(method, 200, overlapping=overlapping))
    print(f"{method}, overlapping={overlapping}: {share:.3f} of {clusters} clusters; quantiles of p {quantiles}")  # noqa: T201
    assert share <= HIGHEST_SHARE


@pytest.mark.slow
@pytest.mark.timeout(1800)
def test_layers_rewired_apart_take_overlap_for_cohesion():
    share, clusters, quantiles = share_found(noise_p("leiden", 40, overlapping=True, together=False))
    print(f"leiden, apart: {share:.3f} of {clusters} clusters; quantiles of p {quantiles}")  # noqa: T201
    assert share > 2 * HIGHEST_SHARE


def planted(noise, seed):
    tables = plant_survey(120, noise=noise, seed=seed)
    network = Network.from_tables(tables.enterprises, tables.linkages, tables.resources, tables.recipes)
    return network, Partition.from_labels(network.enterprise_ids, tables.truth.set_index("enterprise_id")["cluster"])


@pytest.mark.slow
@pytest.mark.timeout(1800)
@pytest.mark.parametrize("method", ["natural", "leiden", None])
def test_needs_dealt_at_random_are_rarely_called_complementary(method):
    p = []
    for seed in range(200):
        network, truth = planted((0.1, 0.3, 0.5)[seed % 3], seed)
        order = np.random.default_rng(seed).permutation(network.n_enterprises)
        network = dealt(network, order)
        partition = find_clusters(network, method, seed=seed) if method else truth
        p.append(measured(network, partition, seed=seed, families=("complementarity",))["complementarity_p"].to_numpy())
    share, clusters, quantiles = share_found(p)
    print(f"{method or 'planted'}: {share:.3f} of {clusters} clusters; quantiles of p {quantiles}")  # noqa: T201
    assert share <= HIGHEST_SHARE


@pytest.mark.slow
@pytest.mark.timeout(1800)
@pytest.mark.parametrize("noise", [0.1, 0.3, 0.5])
@pytest.mark.parametrize("method", ["natural", "leiden", None])
def test_planted_clusters_are_found_out(method, noise):
    cohesion, complementarity, verdicts = [], [], []
    for seed in range(8):
        network, truth = planted(noise, seed)
        partition = find_clusters(network, method, seed=seed) if method else truth
        tests = measured(network, partition, seed=seed, draws=99)
        cohesion.append(tests["cohesion_q"].to_numpy())
        complementarity.append(tests["complementarity_q"].to_numpy())
        verdicts += tests["verdict"].tolist()
    shares = [share_found(entry)[:2] for entry in (cohesion, complementarity)]
    natural = np.mean([verdict == "natural cluster" for verdict in verdicts])
    print(f"{method or 'planted'}, noise {noise}: q <= 0.05 cohesion, complementarity {shares}, natural {natural:.2f}")  # noqa: T201
    assert shares[0][0] >= (0.9 if noise < 0.4 else 0.5)
