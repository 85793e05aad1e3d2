"""The results as one picture: a table of colours, and the curve that shows how far certainty can be trusted."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from benchmarks.quality.peers import OURS
from benchmarks.quality.score import calibration_error
from benchmarks.quality.summary import Results

if TYPE_CHECKING:
    from matplotlib.axes import Axes

#: AMI below which numbers are written in white on the dark end of the colours.
DARK = 0.55
#: Bins with fewer members say little; they are drawn hollow and left out of the curve.
FEW = 20


def draw(results: Results, path: Path) -> bool:
    """Write the picture as SVG.

    Parameters
    ----------
    results : Results
        The scores.
    path : Path
        Where to write it.

    Returns
    -------
    bool
        Whether it was drawn; False where matplotlib is not installed.
    """
    try:
        import matplotlib as mpl
    except ImportError:
        return False
    mpl.use("svg")
    import matplotlib.pyplot as plt

    # Fixed names inside the file and no date: the same results give the same bytes.
    with mpl.rc_context({"svg.hashsalt": "clusternet", "svg.fonttype": "none", "font.size": 9}):
        figure, (left, right) = plt.subplots(
            1, 2, figsize=(15, max(4.5, 1.6 + 0.33 * len(results.methods))), width_ratios=[3, 1], layout="constrained"
        )
        _colours(left, results)
        _curve(right, results)
        figure.savefig(path, format="svg", metadata={"Date": None, "Creator": None})
        plt.close(figure)
    return True


def _colours(axes: Axes, results: Results) -> None:
    families = [*results.known, "mean"]
    values = np.array(
        [
            [*(results.family(family, method).ami for family in results.known), results.over_families(method)]
            for method in results.methods
        ]
    )
    image = axes.imshow(values, vmin=0, vmax=1, cmap="viridis", aspect="auto")
    axes.set_xticks(range(len(families)), families, rotation=30, ha="left")
    axes.set_yticks(range(len(results.methods)), results.methods)
    axes.tick_params(top=True, bottom=False, labeltop=True, labelbottom=False)
    for label, method in zip(axes.get_yticklabels(), results.methods, strict=True):
        label.set_fontweight("bold" if method == OURS else "normal")
    for (row, column), value in np.ndenumerate(values):
        if not np.isnan(value):
            colour = "white" if value < DARK else "black"
            axes.text(column, row, f"{value:.2f}", ha="center", va="center", color=colour)
    axes.set_title("Agreement with the planted clusters (AMI): 1 = exact, 0 = chance", fontsize=11)
    axes.figure.colorbar(image, ax=axes, fraction=0.03, pad=0.01)


def _curve(axes: Axes, results: Results) -> None:
    bins = results.bins(results.known)
    axes.plot([0, 1], [0, 1], color="grey", linestyle="--", linewidth=1, label="as right as certain")
    used = bins[0] > 0
    if used.any():
        said, right = bins[1, used] / bins[0, used], bins[2, used] / bins[0, used]
        many = bins[0, used] >= FEW
        label = f"{OURS}, calibration error {calibration_error(bins):.3f}"
        axes.plot(said[many], right[many], marker="o", color="tab:blue", label=label)
        axes.scatter(said[~many], right[~many], facecolors="none", edgecolors="tab:blue")
        for x, y, members in zip(said, right, bins[0, used], strict=True):
            axes.annotate(f"{int(members)}", (x, y), textcoords="offset points", xytext=(-6, 5), ha="right", fontsize=7)
    else:
        axes.text(0.5, 0.25, "no certainty was given", ha="center")
    axes.set(xlim=(0, 1.03), ylim=(-0.02, 1.03), xlabel="certainty of a membership", ylabel="share placed rightly")
    axes.set_box_aspect(1)
    axes.set_title(f"How far certainty can be trusted\n(numbers: members; hollow: fewer than {FEW})", fontsize=10)
    axes.legend(loc="lower right", frameon=False, fontsize=7)
