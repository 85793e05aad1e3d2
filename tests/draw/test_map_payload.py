import base64
import json

import numpy as np
import pandas as pd
import pytest

from clusternet.draw import map_payload
from clusternet.errors import InputError
from clusternet.model import Network, Partition


def numbers(packed: dict[str, str]) -> np.ndarray:
    return np.frombuffer(base64.b64decode(packed["bdata"]), dtype=f"<{packed['dtype']}")


def column(data: dict, key: str) -> dict:
    return next(entry for entry in data["nodes"]["columns"] if entry["key"] == key)


def test_every_node_and_linkage_is_in_the_payload(network, partition, scores):
    data = map_payload(network, partition, scores)
    nodes, links = data["nodes"], data["links"]
    assert nodes["id"] == [*"abcdefg", "lone", "Timber Port"]
    assert nodes["name"][3] == "Door <b>"
    assert numbers(nodes["group"]).tolist() == [0, 0, 0, 1, 1, 1, -1, -1, -2]
    assert numbers(nodes["silent"]).tolist() == [0, 0, 0, 1, 0, 0, 0, 0, 0]
    assert numbers(nodes["degree"]).tolist() == network.flat.degree.tolist()
    assert links["count"] == links["total"] == len(network.ties)
    assert numbers(links["source"]).tolist() == network.ties.source.tolist()
    assert [entry["count"] for entry in data["layers"]] == [1, 4, 5]
    assert [entry["directed"] for entry in data["layers"]] == [False, False, True]
    assert {group["code"]: group["count"] for group in data["groups"]} == {0: 3, 1: 3, -1: 2, -2: 1}
    assert "lon" not in nodes
    assert not data["note"]
    assert not data["large"]


def test_columns_hold_codes_and_numbers_and_missing_is_told(network, partition, scores):
    data = map_payload(network, partition, scores)
    stage = column(data, "stage")
    assert stage["values"] == ["glue", "sawing", "joinery"]
    assert numbers(stage["codes"]).tolist() == [1, 1, 2, 0, 0, 0, -1, -1, -1]
    workers = numbers(column(data, "workers")["values"])
    assert workers[0] == 3
    assert np.isnan(workers[[2, 8]]).all()
    density = column(data, "score:density")
    assert density["by"] == "cluster"
    assert numbers(density["values"]).tolist() == pytest.approx([1, 1 / 3], rel=1e-6)


def test_scores_undefined_keep_their_reason(network, partition, scores):
    board = map_payload(network, partition, scores)["board"]
    keys = [metric["key"] for metric in board["metrics"]]
    value = numbers(board["value"]).reshape(2, -1)
    note = numbers(board["note"]).reshape(2, -1)
    at = keys.index("jobs")
    assert np.isnan(value[0, at])
    assert board["notes"][note[0, at]] == "nobody said how many"
    assert value[1, at] == 12
    assert note[1, at] == -1


def test_ties_between_clusters_are_added_up(network, partition):
    between = map_payload(network, partition)["between"]
    assert numbers(between["source"]).tolist() == [0]
    assert numbers(between["target"]).tolist() == [1]
    assert numbers(between["weight"]).tolist() == [0.5]
    assert numbers(between["count"]).tolist() == [1]


def test_the_ledger_points_to_words(network, partition):
    ledger = map_payload(network, partition, language="ar")["ledger"]
    words = [ledger["resources"][place] for place in numbers(ledger["resource"])]
    assert sorted(words) == ["boards", "boards", "boards", "glue"]
    assert numbers(ledger["role"]).sum() == 1
    assert ledger["factors"] != ["material"]  # in Arabic


def test_a_disc_holds_all_members_of_its_cluster(network, partition):
    data = map_payload(network, partition)
    points = np.column_stack([numbers(data["nodes"][axis]) for axis in "xy"])
    for group in data["groups"][:2]:
        own = points[numbers(data["nodes"]["group"]) == group["code"]]
        assert (np.linalg.norm(own - [group["x"], group["y"]], axis=1) <= group["radius"]).all()
    assert data["groups"][2]["x"] is None


def test_the_order_of_the_rows_leaves_no_trace(network, partition):
    rows = network.linkages.assign(reporter=network.linkages["source"].where(lambda ends: ends.isin(list("abcdefg"))))
    texts = []
    for seed in (1, 2):
        register = network.enterprises.sample(frac=1, random_state=seed)
        shuffled = Network.from_tables(register, rows.sample(frac=1, random_state=seed))
        labels = dict(zip(partition.enterprise_ids, partition.codes.tolist(), strict=True))
        data = map_payload(shuffled, Partition.from_labels(shuffled.enterprise_ids, labels))
        texts.append(json.dumps(data, allow_nan=False))
    assert texts[0] == texts[1]


def test_places_stand_only_where_somebody_has_one(network, partition):
    register = network.enterprises.assign(latitude=[31.0] + [np.nan] * 7, longitude=[30.0] + [np.nan] * 7)
    rows = pd.DataFrame({"source": ["a"], "target": ["b"], "layer": ["stock"]})
    there = Network.from_tables(register, rows)
    nodes = map_payload(there, Partition(there.enterprise_ids, partition.codes))["nodes"]
    assert numbers(nodes["lon"])[0] == 30
    assert np.isnan(numbers(nodes["lat"])[1:]).all()


def test_an_outline_is_a_list_of_rings(network, partition):
    rings = map_payload(network, partition, outline=[[[30, 31], [32, 33], [30, 31]]])["outline"]
    assert [numbers(ring).tolist() for ring in rings] == [[30, 31, 32, 33, 30, 31]]


def test_an_empty_network_has_an_empty_map():
    nothing = Network.from_tables(
        pd.DataFrame({"enterprise_id": [], "name": []}), pd.DataFrame({"source": [], "target": [], "layer": []})
    )
    data = map_payload(nothing, Partition(nothing.enterprise_ids, np.array([], dtype=int)))
    assert data["nodes"]["count"] == data["links"]["count"] == 0
    json.dumps(data, allow_nan=False)


def test_an_unknown_language_is_refused(network, partition):
    with pytest.raises(InputError, match="languages"):
        map_payload(network, partition, language="xx")
