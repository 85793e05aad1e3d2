"""Every detection method on planted surveys: how much of the truth it finds, in what time.

Run as ``python -m benchmarks.methods``; prints a Markdown table. AMI is the adjusted mutual information with the
planted clusters (1 = found exactly, 0 = no better than chance), enterprises in no cluster being a group of their own.
"""

from __future__ import annotations

import time

from sklearn.metrics import adjusted_mutual_info_score

import clusternet as cn
from clusternet.planted import plant_survey

SURVEYS = {
    "furniture (300)": None,
    "planted 60": {"n_enterprises": 60, "seed": 3},
    "planted 300, noise 0.4": {"n_enterprises": 300, "noise": 0.4, "seed": 3},
    "planted 5,000": {"n_enterprises": 5000, "seed": 0},
}


def rows() -> list[tuple[str, str, float, int, float]]:
    """Return survey, method, AMI, clusters found and seconds, for every survey and method."""
    found = []
    for name, options in SURVEYS.items():
        if options is None:
            network, truth = cn.build_network(cn.load_survey("furniture")), cn.DATASETS["furniture"].truth()
        else:
            planted = plant_survey(**options)
            network = cn.build_network(planted.survey())
            truth = planted.truth.set_index("enterprise_id")["cluster"]
        for method in cn.METHODS:
            start = time.perf_counter()
            clusters = cn.find_clusters(network, method, seed=0)
            seconds = time.perf_counter() - start
            agreement = adjusted_mutual_info_score(truth[clusters.labels.index], clusters.codes)
            found.append((f"{name}, {truth.max() + 1} planted", method, agreement, clusters.n_clusters, seconds))
    return found


def main() -> None:
    """Print the table."""
    print("| survey | method | AMI | clusters | seconds |")
    print("|---|---|---|---|---|")
    for survey, method, agreement, clusters, seconds in rows():
        print(f"| {survey} | {method} | {agreement:.3f} | {clusters} | {seconds:.2f} |")


if __name__ == "__main__":
    main()
