"""VOSviewer: a map file and a network file, and the JSON of VOSviewer Online."""

from __future__ import annotations

import html
from typing import Any

import numpy as np

from clusternet.messages import mark, translate
from clusternet.report.exports.export import Export, Made, Told
from clusternet.report.exports.graph import ExportGraph, number_text
from clusternet.report.exports.plain_text import json_bytes, quotable, replaced

#: The format numbers clusters from 1 to 1000.
MOST_CLUSTERS = 1000
#: Columns that become scores; one that somebody lacks is left out, because the format knows no missing value.
_SCORES = {"workers": "Workers", "certainty": "Certainty"}


def _write(graph: ExportGraph) -> Made:
    labels = [quotable(label) for label in graph.labels]
    numbers, names, lost = _clusters(graph)
    items = _items(graph, labels, numbers)
    flat = zip(graph.flat["first"].tolist(), graph.flat["second"].tolist(), graph.flat["weight"].tolist(), strict=True)
    links = [
        {"source_id": first + 1, "target_id": second + 1, "strength": strength} for first, second, strength in flat
    ]
    clusters = [{"cluster": number, "label": quotable(name)} for number, name in names.items()]
    content = {
        "network": {"items": items, "links": links, "clusters": clusters},
        "info": {"title": html.escape(graph.title)},
    }
    lines = "".join(f"{link['source_id']}\t{link['target_id']}\t{number_text(link['strength'])}\n" for link in links)
    forms = (
        mark("{count} cluster beyond the thousandth was put together with those in none."),
        mark("{count} clusters beyond the thousandth were put together with those in none."),
    )
    told = (Told(*forms, lost),) if lost else ()
    return Made(
        {"map.txt": _map(items), "network.txt": lines.encode(), "network.json": json_bytes(content)},
        (*replaced(graph.labels, labels, "map.txt"), *told),
    )


def _clusters(graph: ExportGraph) -> tuple[list[int], dict[int, str], int]:
    """Return each node's cluster from 1, what each is called, and how many found no number.

    Those in none have a number of their own: where the first item has no cluster, the program would make clusters.
    """
    words = graph.language
    codes = graph.nodes["cluster"].to_numpy()
    count = int(codes.max(initial=-1)) + 1
    kept = min(count, MOST_CLUSTERS - 2)
    numbers = np.where((codes >= 0) & (codes < kept), codes + 1, kept + 1)
    numbers[graph.nodes["outside"].to_numpy()] = kept + 2
    found = dict(zip(graph.nodes["cluster"].tolist(), graph.nodes["cluster_label"].tolist(), strict=True))
    names = {
        code + 1: translate(mark("Cluster {cluster}"), words, cluster=code)
        + (f": {found[code]}" if found[code] else "")
        for code in range(kept)
    }
    names[kept + 1] = translate(mark("In no cluster"), words)
    names[kept + 2] = translate(mark("Outside partners"), words)
    return numbers.tolist(), names, count - kept


def _items(graph: ExportGraph, labels: list[str], numbers: list[int]) -> list[dict[str, Any]]:
    n = len(graph.nodes)
    first, second = graph.flat["first"].to_numpy(dtype=int), graph.flat["second"].to_numpy(dtype=int)
    partners = np.bincount(np.concatenate([first, second]), minlength=n).tolist()
    strength = np.bincount(np.concatenate([first, second]), np.tile(graph.flat["weight"], 2), minlength=n).tolist()
    scores = {head: graph.nodes[name].tolist() for name, head in _SCORES.items() if graph.nodes[name].notna().all()}
    placed = bool(graph.nodes[["x", "y"]].notna().all(axis=None))
    items = []
    for place, (identifier, label, number) in enumerate(zip(graph.ids, labels, numbers, strict=True)):
        item: dict[str, Any] = {
            "id": place + 1,
            "label": label,
            # A description is read as HTML.
            "description": html.escape(quotable(identifier)),
            "cluster": number,
            "weights": {"Links": partners[place], "Total link strength": float(number_text(strength[place]))},
            "scores": {head: values[place] for head, values in scores.items()},
        }
        if placed:
            item |= {"x": graph.nodes["x"].iloc[place], "y": graph.nodes["y"].iloc[place]}
        items.append(item)
    return items


def _map(items: list[dict[str, Any]]) -> bytes:
    """Return the items as a table parted by tabs; a text with a comma or semicolon stands in quotation marks."""
    first = items[0] if items else {"weights": {}, "scores": {}}
    places = ["x", "y"] if "x" in first else []
    heads = ["id", "label", "description", *places, "cluster"]
    heads += [f"weight<{name}>" for name in first["weights"]] + [f"score<{name}>" for name in first["scores"]]
    lines = ["\t".join(heads)]
    for item in items:
        texts = [f'"{text}"' if set(text) & {",", ";"} else text for text in (item["label"], item["description"])]
        numbers = [*(item[name] for name in places), item["cluster"]]
        numbers += [*item["weights"].values(), *item["scores"].values()]
        lines.append("\t".join([str(item["id"]), *texts, *(number_text(float(number)) for number in numbers)]))
    return "\n".join([*lines, ""]).encode()


VOSVIEWER = Export(
    "vosviewer",
    "VOSviewer, VOSviewer Online",
    {
        "map.txt": mark("The enterprises with place, cluster, number of partners and strength."),
        "network.txt": mark("The linked pairs with the sum of their weights over the layers that count."),
        "network.json": mark("Both in one file, with the names of the clusters, for VOSviewer Online."),
    },
    mark("Create, based on network data, read from VOSviewer files: map.txt and network.txt; or open network.json."),
    _write,
    (
        mark("VOSviewer knows one undirected link per pair: layers are added up, directions and rivalry left out."),
        mark("Tabs and line breaks in names are spaces, double quotation marks are single ones."),
        mark("Enterprises in no cluster and outside partners have cluster numbers of their own, the last two."),
    ),
)
