"""What compiled kernels share: how they are compiled, and where their chance comes from."""

from __future__ import annotations

from typing import Any

import numba
import numpy as np

#: The odd number by which splitmix64 walks through its states.
GOLDEN = np.uint64(0x9E3779B97F4A7C15)


def compiled(function: Any) -> Any:
    """Compile a kernel, and keep the machine code where there is a folder to keep it in.

    While a kernel runs other threads may, since it touches nothing but its arguments.
    """
    try:
        return numba.njit(cache=True, nogil=True)(function)
    except RuntimeError:
        # Neither the package's folder nor the user's can be written, as on a shared installation: compile every time.
        return numba.njit(nogil=True)(function)


def inlined(function: Any) -> Any:
    """Compile a part of kernels, to be copied into each kernel that calls it.

    A call that hands over arrays counts references to each of them, which in small parts takes longer than the rest.
    """
    try:
        return numba.njit(cache=True, nogil=True, forceinline=True)(function)
    except RuntimeError:
        return numba.njit(nogil=True, forceinline=True)(function)


@compiled
def random_bits(state):  # type: ignore[no-untyped-def]
    """Return the next 64 random bits (splitmix64); the state is the caller's own, so no global one is touched."""
    state[0] += GOLDEN
    bits = state[0]
    bits = (bits ^ (bits >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    bits = (bits ^ (bits >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return bits ^ (bits >> np.uint64(31))


@compiled
def random_share(state):  # type: ignore[no-untyped-def]
    """Return the next random number, at least 0 and below 1."""
    return np.float64(random_bits(state) >> np.uint64(11)) * (1.0 / 9007199254740992.0)


@compiled
def random_below(state, bound):  # type: ignore[no-untyped-def]
    """Return the next random whole number, at least 0 and below the bound."""
    return np.int64(random_share(state) * bound)
