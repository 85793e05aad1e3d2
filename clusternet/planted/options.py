"""What may be asked of a planted survey, and what is said when something else is asked."""

import math
from collections.abc import Sequence
from numbers import Integral

import numpy as np

from clusternet.errors import InputError
from clusternet.messages import mark
from clusternet.planted.industries import CHAINS

SMALLEST_SURVEY = 30
LARGEST_SURVEY = 1_000_000
SMALLEST_CLUSTER = 5
USUAL_CLUSTER_SIZE = 13.5
INDUSTRIES = tuple(dict.fromkeys(chain.industry for chain in CHAINS))


def checked_whole(name: str, value: object, lowest: int, highest: int | None = None) -> int:
    """Return `value` as an int if it is a whole number in its range.

    Parameters
    ----------
    name : str
        Name of the option, for the message.
    value : object
        What was given.
    lowest, highest : int
        The range, both ends included; no upper end when `highest` is None.

    Returns
    -------
    int
        The value.

    Raises
    ------
    InputError
        If it is not a whole number or lies outside the range.

    Examples
    --------
    >>> checked_whole("seed", 3, 0)
    3
    """
    whole = isinstance(value, Integral) and not isinstance(value, bool)
    if not (whole and lowest <= value and (highest is None or value <= highest)):  # type: ignore[operator]
        template = (
            mark("{name} is {value}, but a whole number of at least {least} is expected.")
            if highest is None
            else mark("{name} is {value}, but a whole number from {least} to {most} is expected.")
        )
        raise InputError(template, name=name, value=repr(value), least=lowest, most=highest)
    return int(value)  # type: ignore[call-overload, no-any-return]


def checked_number(name: str, value: object, lowest: float, highest: float) -> float:
    """Return `value` as a float if it is a finite number in its range.

    Parameters
    ----------
    name : str
        Name of the option, for the message.
    value : object
        What was given.
    lowest, highest : float
        The range, both ends included.

    Returns
    -------
    float
        The value.

    Raises
    ------
    InputError
        If it is not a finite number or lies outside the range.

    Examples
    --------
    >>> checked_number("noise", 0.2, 0, 1)
    0.2
    """
    number = isinstance(value, int | float | np.number) and not isinstance(value, bool)
    if not (number and math.isfinite(value) and lowest <= value <= highest):  # type: ignore[arg-type, operator]
        template = mark("{name} is {value}, but a number from {least} to {most} is expected.")
        raise InputError(template, name=name, value=repr(value), least=lowest, most=highest)
    return float(value)  # type: ignore[arg-type]


def checked_choice(name: str, value: Sequence[str] | None, known: tuple[str, ...]) -> tuple[str, ...]:
    """Return the chosen names in the order of `known`; all of them when none were given.

    Parameters
    ----------
    name : str
        Name of the option, for the message.
    value : sequence of str or None
        What was given.
    known : tuple of str
        What may be chosen.

    Returns
    -------
    tuple of str
        The choice, each name once.

    Raises
    ------
    InputError
        If the choice is empty, is one bare text, or has a name that is not known.

    Examples
    --------
    >>> checked_choice("layers", ["b"], ("a", "b"))
    ('b',)
    """
    if value is None:
        return known
    if isinstance(value, str):
        template = mark("{name} is the text {value}, but a list of names is expected, such as [{value}].")
        raise InputError(template, name=name, value=repr(value))
    chosen = tuple(value)
    unknown = [word for word in chosen if word not in known]
    if unknown or not chosen:
        template = mark("{name} is {value}, but one or more of these are expected: {known}.")
        raise InputError(template, name=name, value=repr(unknown[0] if unknown else []), known=", ".join(known))
    return tuple(word for word in known if word in chosen)


def checked_cluster_count(n_clusters: object, n_members: int) -> int:
    """Return how many clusters to plant among `n_members` enterprises.

    Parameters
    ----------
    n_clusters : int or None
        What was given; None gives clusters of 13 to 14 members on average.
    n_members : int
        Enterprises that belong to a cluster.

    Returns
    -------
    int
        Number of clusters, 2 or more.

    Raises
    ------
    InputError
        If clusters of at least 5 members cannot be formed.

    Examples
    --------
    >>> checked_cluster_count(None, 270)
    20
    """
    most = n_members // SMALLEST_CLUSTER
    if most < 2:
        raise InputError(
            mark("isolated leaves {left} enterprises that can join a cluster, but {least} are needed; isolate fewer."),
            left=n_members,
            least=2 * SMALLEST_CLUSTER,
        )
    if n_clusters is None:
        return max(2, round(n_members / USUAL_CLUSTER_SIZE))
    return checked_whole("n_clusters", n_clusters, 2, most)
