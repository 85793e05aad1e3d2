"""The compiled kernels that sort ties: placed by their source, then sorted inside each source's short stretch."""

from __future__ import annotations

import numpy as np

from clusternet.model.kernels import compiled

#: Stretches up to this length are sorted by insertion.
_SHORT = 24


#: The sources of one block; with ten rows each they fill half a megabyte, which a processor keeps at hand.
_BLOCK = 4096


@compiled
def place_rows(source, target, layer, reporter, weight, undirected, reporters, nodes, drop):  # type: ignore[no-untyped-def]
    """Place rows by their source, everything else packed into one number.

    Parameters
    ----------
    source, target : array of int32, shape (r,)
        Positions of the ends.
    layer, reporter : array of int64, shape (r,) or (0,)
        The layer's position and the reporter's (-1 for nobody); empty where all rows have the layer 0, or no reporter.
    weight : array of float, shape (r,)
        The weights.
    undirected : array of bool, shape (layers,)
        In which layers the smaller end becomes the source.
    reporters, nodes : int
        One more than the number of possible reporters, or 1; the number of nodes.
    drop : bool
        Whether self-links, and of the other rows those of weight 0, are left out.

    Returns
    -------
    starts : array of int64, shape (nodes + 1,)
        Where the rows of each source begin.
    keys : array of int64, shape (kept rows,)
        ``(target * layers + layer) * reporters + reporter + 1``.
    weights : array of float, shape (kept rows,)
        The weights.
    self_links, zeros : int
        How many rows were left out.
    """
    starts, self_links, zeros = _counted(source, target, layer, weight, undirected, nodes, drop)
    rows = starts[nodes + 1]
    # First by blocks of sources, then inside each block: writing all over the memory would take several times longer.
    places = starts[1 : nodes + 2 : _BLOCK].copy()
    sources, loads = np.empty(rows, dtype=np.int32), np.empty(rows, dtype=np.float64)
    packed = np.empty(rows, dtype=np.int64)
    layers = len(undirected)
    for row in range(len(source)):
        begin, end = np.int64(source[row]), np.int64(target[row])
        if drop and (begin == end or weight[row] == 0.0):
            continue
        of_layer = layer[row] if len(layer) else 0
        if undirected[of_layer] and end < begin:
            begin, end = end, begin
        place = places[begin // _BLOCK]
        places[begin // _BLOCK] += 1
        by = reporter[row] + 1 if len(reporter) else 0
        sources[place], loads[place] = begin, weight[row]
        packed[place] = (end * layers + of_layer) * reporters + by
    keys, weights = np.empty(rows, dtype=np.int64), np.empty(rows, dtype=np.float64)
    for row in range(rows):
        place = starts[sources[row] + 1]
        starts[sources[row] + 1] += 1
        keys[place], weights[place] = packed[row], loads[row]
    return starts[: nodes + 1].copy(), keys, weights, self_links, zeros


@compiled
def _counted(source, target, layer, weight, undirected, nodes, drop):  # type: ignore[no-untyped-def]
    """Return where the kept rows of each source begin (one place further on than asked for), and the rows left out."""
    starts = np.zeros(nodes + 2, dtype=np.int64)
    self_links = zeros = 0
    for row in range(len(source)):
        begin, end = source[row], target[row]
        if drop and begin == end:
            self_links += 1
            continue
        if drop and weight[row] == 0.0:
            zeros += 1
            continue
        of_layer = layer[row] if len(layer) else 0
        starts[(end if undirected[of_layer] and end < begin else begin) + 2] += 1
    for node in range(nodes + 1):
        starts[node + 1] += starts[node]
    return starts, self_links, zeros


@compiled
def _insertion(keys, weights, begin, end):  # type: ignore[no-untyped-def]
    for place in range(begin + 1, end):
        key, weight = keys[place], weights[place]
        before = place - 1
        while before >= begin and (keys[before] > key or (keys[before] == key and weights[before] > weight)):
            keys[before + 1], weights[before + 1] = keys[before], weights[before]
            before -= 1
        keys[before + 1], weights[before + 1] = key, weight


@compiled
def _merged(keys, weights, begin, middle, end):  # type: ignore[no-untyped-def]
    """Merge two sorted neighbours, in place; only the first is copied away."""
    first_keys, first_weights = keys[begin:middle].copy(), weights[begin:middle].copy()
    left, right, place = 0, middle, begin
    while left < len(first_keys):
        if right < end and (
            keys[right] < first_keys[left] or (keys[right] == first_keys[left] and weights[right] < first_weights[left])
        ):
            keys[place], weights[place] = keys[right], weights[right]
            right += 1
        else:
            keys[place], weights[place] = first_keys[left], first_weights[left]
            left += 1
        place += 1


@compiled
def sort_stretches(starts, keys, weights):  # type: ignore[no-untyped-def]
    """Sort the rows from each start to the next (the last ends all) by key and then weight, in place."""
    for stretch in range(len(starts) - 1):
        begin, end = starts[stretch], starts[stretch + 1]
        for first in range(begin, end, _SHORT):
            _insertion(keys, weights, first, min(first + _SHORT, end))
        width = _SHORT
        while width < end - begin:
            for first in range(begin, end - width, 2 * width):
                _merged(keys, weights, first, first + width, min(first + 2 * width, end))
            width *= 2


@compiled
def run_starts(starts, keys, divisor):  # type: ignore[no-untyped-def]
    """Return where each run of rows begins that have the same source and, divided by a number, the same key.

    Also returned is the source of each run.
    """
    runs = 0
    for node in range(len(starts) - 1):
        for row in range(starts[node], starts[node + 1]):
            if row == starts[node] or keys[row] // divisor != keys[row - 1] // divisor:
                runs += 1
    first, source = np.empty(runs, dtype=np.int64), np.empty(runs, dtype=np.int64)
    runs = 0
    for node in range(len(starts) - 1):
        for row in range(starts[node], starts[node + 1]):
            if row == starts[node] or keys[row] // divisor != keys[row - 1] // divisor:
                first[runs], source[runs] = row, node
                runs += 1
    return first, source
