"""What is said of a value that was not worked out to the end, because the cluster is too large."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from clusternet.messages import mark

#: Samples of the same graph are always drawn alike.
SAMPLE_SEED = 7

ESTIMATED = mark("Estimated from a random sample, because the cluster is very large; the standard error is:")
UPPER_BOUND = mark("At most this, because the cluster is very large; the chance that less was missed is below:")
WITHIN = mark("Not found to the last digit, because the cluster is very large; it is off by at most:")
BY_DEGREE = mark("At least this; in so large a cluster only those with most partners are tried as the core.")


def remarks(said: str, amounts: NDArray[np.float64]) -> list[str]:
    """Return a sentence that ends in an amount of two digits for each amount above 0, and an empty text for others.

    Examples
    --------
    >>> remarks("The standard error is:", np.array([0.0, 0.01234]))
    ['', 'The standard error is: 0.012']
    """
    return [f"{said} {amount:.2g}" if amount > 0 else "" for amount in amounts.tolist()]
