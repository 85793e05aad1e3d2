from dataclasses import replace

import pandas as pd

from clusternet.metrics import METRICS, score
from clusternet.model import ClusteredNetwork, Network, Partition
from clusternet.report.tables import MEMBER_COLUMNS, member_table


def test_roles_come_from_the_scores_whatever_their_order():
    network = Network.from_edges(list("abc"), list("bca"), nodes=list("d"))
    partition = Partition.from_labels(network.enterprise_ids, [0, 0, 0, -1])
    scores = score(ClusteredNetwork(network, partition), [METRICS["density"]])
    empty = member_table(network, partition, scores)
    assert list(empty.columns) == list(MEMBER_COLUMNS)
    assert empty["role"].tolist() == [""] * 4
    members = pd.DataFrame({"enterprise_id": list("dca"), "cluster": [-1, 0, 0], "role": ["isolated", "hub", "member"]})
    table = member_table(network, partition, replace(scores, members=members))
    assert table["role"].tolist() == ["member", "", "hub", "isolated"]
    assert table["cluster"].tolist() == [0, 0, 0, -1]
