"""Who could help a cluster: the search over linked enterprises only, beside looking at everybody."""

from collections import Counter

import numpy as np
import pandas as pd
import pytest

from clusternet.metrics import score
from clusternet.model import ClusteredNetwork, Network, Partition
from clusternet.report.advice import MOST_NAMED, _Adviser
from clusternet.report.makers import Partners, makers_of


def town(seed):
    generator = np.random.default_rng(seed)
    ids = [f"E{number:02d}" for number in range(30)]
    register = pd.DataFrame({"enterprise_id": ids, "stage": generator.choice(["saw", "paint"], 30)})
    ends = generator.integers(0, 30, (2, 60))
    links = pd.DataFrame({"source": np.array(ids)[ends[0]], "target": np.array(ids)[ends[1]], "layer": "stock"})
    recipes = pd.DataFrame([("board", "saw", "log", 1.0)], columns=["product", "stage", "input", "quantity"])
    network = Network.from_tables(register, links[links["source"] != links["target"]], recipes=recipes)
    return network, Partition.from_labels(network.enterprise_ids, generator.integers(-1, 3, 30))


@pytest.mark.parametrize("seed", range(4))
def test_the_same_makers_as_by_looking_at_all_of_them(seed):
    network, partition = town(seed)
    adviser = _Adviser(network, partition, score(ClusteredNetwork(network, partition), [], tables=False), "en")
    codes = dict(zip(network.enterprise_ids, partition.codes.tolist(), strict=True))
    times = Counter()
    ids = network.node_ids
    for one, two in zip(network.flat.first, network.flat.second, strict=True):
        times[ids[one], codes[ids[two]]] += 1
        times[ids[two], codes[ids[one]]] += 1
    partners = Partners(network, partition)
    for cluster in range(partition.n_clusters):
        found = {network.enterprise_ids[place]: count for place, count in zip(*partners.of(cluster), strict=True)}
        assert found == {who: count for (who, code), count in times.items() if code == cluster}
        makers = [who for who in makers_of(network)["board"] if codes[who] != cluster]
        makers.sort(key=lambda who: (-times[who, cluster], who))
        said = adviser._others("board", cluster)
        assert said.startswith(adviser._joined(adviser.names[who] for who in makers[:MOST_NAMED]))
        assert f"and {len(makers) - MOST_NAMED} more" in said
