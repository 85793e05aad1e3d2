"""Detection: from a network to its clusters, one file per idea."""

from collections.abc import Callable

import clusternet.detect.flow as flow
import clusternet.detect.modularity as modularity
import clusternet.detect.natural as natural
from clusternet.detect.catalogue import MethodCatalogue
from clusternet.detect.finding import find
from clusternet.detect.method import Method, MethodCard, Option, method
from clusternet.detect.quality import FIGURES, partition_figures
from clusternet.model import Catalogue, Network, Partition, recorded
from clusternet.model.settings import check_seed

#: Every method, the default first; then those that installed packages offer.
METHODS = MethodCatalogue("method", Catalogue.from_modules("method", Method, [natural, modularity, flow]).values())
DEFAULT_METHOD = "natural"


@recorded
def find_clusters(
    network: Network,
    method: str | Method = DEFAULT_METHOD,
    *,
    seed: int = 0,
    progress: Callable[[str], None] | None = None,
    **options: float,
) -> Partition:
    """Find candidate clusters: groups of enterprises that are linked to each other more than to others.

    Parameters
    ----------
    network : Network
        The network.
    method : str or Method, default "natural"
        The name of a method of :data:`METHODS`, or a method of your own made with the decorator
        :func:`~clusternet.detect.method.method`.
    seed : int, default 0
        0 to 4,294,967,295; the same seed gives the same clusters, whatever the order of rows or the scale of weights.
    progress : callable, optional
        Called with a short text as the work goes on.
    **options
        Numbers that the method takes, such as ``resolution``.

    Returns
    -------
    Partition
        Connected clusters of two or more enterprises, larger first; -1 for enterprises in none. ``certainty`` (0 to 1)
        and ``shares`` of each member as far as the method measures them; ``clusters`` with the stability of each (0 to
        1) and its support against chance (nats).

    Raises
    ------
    InputError
        If the method, an option or the seed is not one of those, or if a method of your own bears the name of another.

    Examples
    --------
    >>> from clusternet.model import Network
    >>> two_triangles = Network.from_edges(list("abcdefc"), list("bcaefdd"))
    >>> find_clusters(two_triangles, "leiden").codes
    array([0, 0, 0, 1, 1, 1])
    """
    return find(network, METHODS.resolved(method), options=options, seed=check_seed(seed), progress=progress)


__all__ = [
    "DEFAULT_METHOD",
    "FIGURES",
    "METHODS",
    "Method",
    "MethodCard",
    "Option",
    "find_clusters",
    "method",
    "partition_figures",
]
