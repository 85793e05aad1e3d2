"""I18 to I23: scores and the changes of a network that must, or must not, move them."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from clusternet.metrics import METRICS, score
from clusternet.model import ClusteredNetwork, Network, Partition
from tests.strategies import Links, clustered_links, examples, labels, links, tables

#: Weights among which sums of two are exact enough to be compared.
PLAIN = (0.5, 1.0, 2.0, 3.25)


def seen(found: Links, given_labels, **options) -> ClusteredNetwork:
    network = found.network(**options)
    by_name = dict(zip(found.nodes, given_labels, strict=True))
    return ClusteredNetwork(network, Partition.from_labels(network.enterprise_ids, by_name))


def value(clustered, name, cluster=0):
    return float(METRICS[name](clustered)[cluster])


@settings(max_examples=examples(4))
@given(clustered_links(most=14, weights=(0.1, 0.2, 0.3, 1e-9, 7.7)), st.randoms(use_true_random=False))
def test_I18_order_of_rows_and_ends_changes_no_bit_of_any_score(made, random):
    found, given_labels = made
    rows = [
        (other, one, weight) if random.random() < 0.5 else (one, other, weight) for one, other, weight in found.rows
    ]
    random.shuffle(rows)
    before = score(seen(found, given_labels), METRICS.values()).table
    after = score(seen(Links(found.nodes, rows), given_labels), METRICS.values()).table
    pd.testing.assert_frame_equal(before, after, check_exact=True)


@settings(max_examples=examples(10))
@given(clustered_links(most=25))
def test_I19_scores_lie_in_their_range_and_are_missing_only_where_they_have_no_meaning(made):
    c = seen(*made)
    density, conductance = METRICS["density"](c), METRICS["conductance"](c)
    squares = METRICS["structural_complementarity"](c)
    assert (np.isnan(density) == (c.size == 1)).all()
    strength = c.network.flat.strength
    within = np.array([strength[c.cluster_of == cluster].sum() for cluster in range(c.k)])
    rest = np.array([strength[c.cluster_of != cluster].sum() for cluster in range(c.k)])
    assert (np.isnan(conductance) == ((within == 0) | (rest == 0))).all()
    for values in (density, conductance, squares):
        known = values[~np.isnan(values)]
        assert ((known >= 0) & (known <= 1)).all()


@st.composite
def one_cluster(draw):
    """A graph with some nodes inside a cluster and some outside, and two of the first that are not linked."""
    found = draw(links(least=4, most=14, weights=PLAIN))
    size = draw(st.integers(2, len(found.nodes) - 1))
    inside = [0] * size + [-1] * (len(found.nodes) - size)
    linked = {frozenset(row[:2]) for row in found.rows}
    free = [(i, j) for i in range(size) for j in range(i) if frozenset((i, j)) not in linked]
    leaving = [(i, j) for i in range(size) for j in range(size, len(found.nodes)) if frozenset((i, j)) not in linked]
    return found, inside, free, leaving


@settings(max_examples=examples(15))
@given(one_cluster(), st.data())
def test_I20_a_link_inside_raises_density_and_never_conductance(made, data):
    found, inside, free, _ = made
    assume(free)
    new = (*data.draw(st.sampled_from(free)), data.draw(st.sampled_from(PLAIN)))
    before, after = seen(found, inside), seen(Links(found.nodes, [*found.rows, new]), inside)
    assert value(after, "density") > value(before, "density")
    # By hand: B / (vol + 2w) where the cluster is the smaller side, the rest is left as it was otherwise.
    was, now = value(before, "conductance"), value(after, "conductance")
    assert np.isnan(was) or now <= was + 1e-12
    was, now = value(before, "separability"), value(after, "separability")
    assert np.isnan(was) or now > was
    was, now = value(before, "ei_index"), value(after, "ei_index")
    assert np.isnan(was) or now < was or was == -1
    assert value(after, "internal_strength") > value(before, "internal_strength")


@settings(max_examples=examples(15))
@given(one_cluster(), st.data())
def test_I21_a_link_that_leaves_lowers_no_conductance(made, data):
    found, inside, _, leaving = made
    assume(leaving)
    new = (*data.draw(st.sampled_from(leaving)), data.draw(st.sampled_from(PLAIN)))
    before, after = seen(found, inside), seen(Links(found.nodes, [*found.rows, new]), inside)
    for name in ("conductance", "cut_ratio", "ei_index"):
        was, now = value(before, name), value(after, name)
        assert np.isnan(was) or now >= was - 1e-12, name
    assert value(after, "cut_ratio") > value(before, "cut_ratio")
    assert value(after, "density") == pytest.approx(value(before, "density"), nan_ok=True)


#: What is measured in weight grows with it; that and nothing else.
IN_WEIGHT = {"internal_strength", "cyclicity"}


@settings(max_examples=examples(3))
@given(tables(least=2), st.data(), st.sampled_from([1e-3, 3.7, 1e4]))
def test_I22_other_units_of_weight_leave_every_share_alone(found, data, scale):
    given_labels = np.array(data.draw(labels(len(found["enterprises"]))))
    wide = []
    for factor in (1.0, scale):
        rows = found["linkages"].assign(weight=found["linkages"]["weight"] * factor)
        network = Network.from_tables(**{**found, "linkages": rows})
        wide.append(
            score(ClusteredNetwork(network, Partition(network.enterprise_ids, given_labels)), METRICS.values()).wide()
        )
    for key in wide[0].columns:
        factor = scale if key in IN_WEIGHT else 1.0
        np.testing.assert_allclose(
            wide[1][key], wide[0][key] * factor, rtol=1e-7, atol=1e-9 * max(factor, 1), err_msg=key
        )


def test_I22_what_is_measured_in_weight_is_what_the_cards_say():
    named = {name for name in METRICS if METRICS[name].card.unit.startswith("linkage weight")}
    assert named == IN_WEIGHT


@settings(max_examples=examples(10))
@given(clustered_links(most=15, weights=(0.0, 1.0, 2.0, 5.0)), clustered_links(most=15, weights=(0.0, 1.0, 3.0)))
def test_I23_counts_sums_and_cuts_of_two_networks_side_by_side_add_up(one, other):
    """Whole numbers as weights, so that equal means equal."""
    n = len(one[0].nodes)
    nodes = [f"A{node}" for node in one[0].nodes] + [f"B{node}" for node in other[0].nodes]
    rows = [*one[0].rows, *((i + n, j + n, weight) for i, j, weight in other[0].rows)]
    top = max(one[1], default=-1) + 1
    joined = [*one[1], *(label + top if label >= 0 else -1 for label in other[1])]
    parts, both = (seen(*one), seen(*other)), seen(Links(nodes, rows), joined)
    flats = [part.network.flat for part in parts]
    assert both.network.flat.total == sum(flat.total for flat in flats)
    assert len(both.network.flat) == sum(map(len, flats))
    assert both.k == sum(part.k for part in parts)
    for name in ("pairs_inside", "pairs_boundary", "weight_inside", "weight_boundary", "volume", "size"):
        # Clusters are numbered anew, so the sums are compared as a whole and as a bag.
        alone = np.concatenate([getattr(part, name) for part in parts])
        assert sorted(getattr(both, name).tolist()) == sorted(alone.tolist()), name
    for name in ("density", "internal_strength", "average_out_share", "ei_index", "separability", "transitivity"):
        alone = np.concatenate([np.asarray(METRICS[name](part), dtype=float) for part in parts])
        np.testing.assert_allclose(np.sort(METRICS[name](both)), np.sort(alone), rtol=1e-12, err_msg=name)
