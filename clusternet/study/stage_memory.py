"""How much memory each stage of a study needs, measured: asked before the work."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

#: What each stage of a study needs, in bytes: for the program itself, and for each enterprise, each row of the
#: linkages, each need or offer and each cluster. What a stage leaves behind is counted in the later ones too.
STAGE_BYTES: Mapping[str, tuple[int, int, int, int, int]] = MappingProxyType(
    {
        "read": (300 << 20, 1_000, 200, 250, 0),
        "network": (310 << 20, 1_500, 400, 300, 0),
        "clusters": (330 << 20, 1_800, 500, 300, 0),
        "scores": (440 << 20, 4_200, 1_000, 900, 60_000),
        "doubt": (460 << 20, 4_400, 1_050, 900, 60_000),
        "report": (600 << 20, 4_400, 1_050, 900, 60_000),
    }
)
#: What each further process needs in the two stages that draw, in the same terms: a network, and one being scored.
WORKER_BYTES = (300 << 20, 1_500, 400, 300, 30_000)
_DRAWING = ("scores", "doubt")
#: So many enterprises to a cluster, where nobody knows how many clusters there will be.
_USUAL_SIZE = 50


def study_memory(
    *, enterprises: int, linkages: int, resources: int = 0, clusters: int | None = None, workers: int = 1
) -> dict[str, int]:
    """Return how much memory each stage of a study will need at most.

    Parameters
    ----------
    enterprises : int
        Rows of the register.
    linkages : int
        Rows of the table of linkages.
    resources : int, default 0
        Rows of the table of needs and offers.
    clusters : int, optional
        How many clusters there are, where that is known already; by default one for every 50 enterprises.
    workers : int, default 1
        How many processes work at once where draws are made; with more than one, each holds a network of its own.

    Returns
    -------
    dict of str to int
        Bytes by stage, of all processes together: ``read``, ``network``, ``clusters``, ``scores``, ``doubt`` and
        ``report``.

    Notes
    -----
    Linear in the numbers, with the factors of :data:`STAGE_BYTES` and :data:`WORKER_BYTES`: fitted to what studies of
    300 to 100,000 enterprises with seven to ten linkages each, clusters by Leiden, needed at most, and rounded up;
    beyond that it is an extrapolation. A draw is held no longer than until it is counted, so the number of draws hardly
    counts.

    Examples
    --------
    >>> need = study_memory(enterprises=1_000_000, linkages=10_000_000)
    >>> need["read"] < need["scores"] < need["report"]
    True
    """
    groups = -(-enterprises // _USUAL_SIZE) if clusters is None else clusters
    amounts = (1, enterprises, linkages, resources, groups)
    more = _product(WORKER_BYTES, amounts) * workers if workers > 1 else 0
    return {
        stage: _product(factors, amounts) + (more if stage in _DRAWING else 0) for stage, factors in STAGE_BYTES.items()
    }


def _product(factors: tuple[int, ...], amounts: tuple[int, ...]) -> int:
    return sum(factor * amount for factor, amount in zip(factors, amounts, strict=True))
