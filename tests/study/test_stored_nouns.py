"""What is kept of a study is the same to the last bit when it is read again."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import sparse

from clusternet.detect import find_clusters
from clusternet.inference import measure_doubt, score_clusters
from clusternet.ingest import build_network
from clusternet.model import Network, Partition, Scores
from clusternet.model.provenance import Provenance, Step
from clusternet.model.scores import COLUMNS, MetricCard
from clusternet.study import load_survey
from clusternet.study.stored_nouns import (
    Packed,
    UnstorableError,
    packed_clusters,
    packed_scores,
    unpacked_clusters,
    unpacked_scores,
)
from tests.study.sameness import same_partition, same_scores

EARLIER = Provenance((Step("read_survey", {"path": "x"}),))
FLOATS = st.floats(width=64) | st.sampled_from([float("nan"), -0.0, 5e-324, 1e308])
SHARES = st.floats(0, 1) | st.just(float("nan"))
TEXTS = st.text(max_size=5) | st.sampled_from([np.nan, "", "NA", "007", "=1+1", "\x00", "منشأة", "\N{FIRE}"])
CARDS = {
    name: MetricCard(name, "L", "cohesion", "higher", "x", "u", (-np.inf, np.inf), "", "r", "S.", per_layer=per_layer)
    for name, per_layer in (("plain", False), ("layered", True))
}


def of_history(noun):
    return noun.with_provenance(EARLIER.followed_by(Step("made", {"n": 1, "share": 0.1, "none": None, "l": [1, "a"]})))


@st.composite
def partitions(draw):
    n = draw(st.integers(1, 8))
    network = Network.from_edges([f"e{i}" for i in range(n)], [f"e{(i + 1) % n}" for i in range(n)]).with_provenance(
        EARLIER
    )
    codes = np.array(draw(st.lists(st.integers(-1, 3), min_size=n, max_size=n)))
    k = len(set(codes[codes >= 0].tolist()))
    numbers = [np.array(draw(st.lists(FLOATS, min_size=k, max_size=k))) for _ in range(2)]
    certainty = np.array(draw(st.lists(SHARES, min_size=n, max_size=n)))
    shares = None
    if draw(st.booleans()):
        # Entries in any order, as a method may leave them.
        places = draw(st.lists(st.tuples(st.integers(0, n - 1), st.integers(0, k - 1)), unique=True)) if k else []
        row, column = np.array(places, dtype=np.int64).reshape(-1, 2).T
        shares = sparse.csr_array((np.linspace(0.1, 1, len(row)), (row, column)), shape=(n, k))
    return network, of_history(Partition(network.enterprise_ids, codes, certainty, shares, *numbers, method="x"))


def column(draw, n):
    kind = draw(st.sampled_from(["text", "float", "int", "bool"]))
    values = {"text": TEXTS, "float": FLOATS, "int": st.integers(-(2**63), 2**63 - 1), "bool": st.booleans()}[kind]
    found = draw(st.lists(values, min_size=n, max_size=n))
    return pd.Series(found, dtype={"text": "str", "float": "float64", "int": "int64", "bool": "bool"}[kind])


@st.composite
def tables(draw):
    n = draw(st.integers(0, 4))
    return pd.DataFrame(
        {name: column(draw, n) for name in draw(st.lists(st.text(max_size=3), unique=True, min_size=1, max_size=4))},
        index=pd.RangeIndex(n),
    )


@st.composite
def scores(draw):
    n = draw(st.integers(0, 5))
    rows = {name: pd.Series(draw(st.lists(FLOATS, min_size=n, max_size=n)), dtype="float64") for name in COLUMNS}
    rows["cluster"] = pd.Series(range(n), dtype="int64")
    rows["metric"] = pd.Series(
        draw(st.lists(st.sampled_from(["plain", "layered:a"]), min_size=n, max_size=n)), dtype="str"
    )
    rows["family"] = pd.Series(["cohesion"] * n, dtype="str")
    rows["value"] = pd.Series(draw(st.lists(st.floats(allow_infinity=False), min_size=n, max_size=n)), dtype="float64")
    rows["note"] = pd.Series(["why"] * n, dtype="str")
    further = {name: draw(tables()) for name in ("clusters", "members", "plan", "gaps", "openings", "layers")}
    return of_history(Scores(pd.DataFrame(rows), CARDS, **further))


@settings(max_examples=25)
@given(partitions())
def test_a_partition_comes_back_the_same(found):
    network, clusters = found
    packed = packed_clusters(clusters, network, EARLIER)
    same_partition(unpacked_clusters(packed.told, packed.parts, network, EARLIER), clusters)


@settings(max_examples=12)
@given(scores())
def test_scores_come_back_the_same(found):
    packed = packed_scores(found, EARLIER)
    same_scores(unpacked_scores(packed.told, packed.parts, EARLIER), found)


@pytest.mark.parametrize("method", ["leiden", "natural"])
def test_what_a_study_finds_comes_back_the_same(method):
    network = build_network(load_survey("florentine"))
    clusters = find_clusters(network, method)
    scored = score_clusters(network, clusters, draws=3, workers=1)
    sure, doubted = measure_doubt(network, clusters, scored, draws=2, workers=1)
    for noun, earlier in ((clusters, network), (sure, scored)):
        packed = packed_clusters(noun, network, earlier.provenance)
        same_partition(unpacked_clusters(packed.told, packed.parts, network, earlier.provenance), noun)
    for noun, earlier in ((scored, clusters), (doubted, scored)):
        packed = packed_scores(noun, earlier.provenance)
        same_scores(unpacked_scores(packed.told, packed.parts, earlier.provenance), noun)


@pytest.mark.parametrize(
    "table",
    [
        pd.DataFrame({"a": pd.Series([object()], dtype=object)}),
        pd.DataFrame({"a": pd.Categorical(["x"])}),
        pd.DataFrame({"a": pd.to_datetime(["2024-01-01"])}),
        pd.DataFrame({"a": [1]}, index=["x"]),
        pd.DataFrame({1: [1]}),
    ],
)
def test_what_cannot_be_kept_without_loss_is_not_kept(table):
    with pytest.raises(UnstorableError):
        Packed().add_table(table)


def test_a_foreign_history_or_network_is_not_kept():
    network = Network.from_edges(["a"], ["b"])
    clusters = Partition(network.enterprise_ids, np.array([0, 0]))
    with pytest.raises(UnstorableError, match="history"):
        packed_clusters(clusters, network, network.provenance)
    with pytest.raises(UnstorableError, match="enterprises"):
        packed_clusters(clusters, Network.from_edges(["a"], ["c"]), Provenance())


def test_nothing_is_unpickled():
    packed = packed_clusters(Partition(pd.Index(["a"]), np.array([0])), Network.from_edges(["a"], ["a"]), Provenance())
    stream = __import__("io").BytesIO()
    np.save(stream, np.array([print], dtype=object), allow_pickle=True)
    with pytest.raises(ValueError, match="allow_pickle"):
        unpacked_clusters(
            packed.told, [stream.getvalue(), *packed.parts[1:]], Network.from_edges(["a"], ["a"]), Provenance()
        )
