import numpy as np
from numba.core.caching import CacheImpl

from clusternet.model.kernels import compiled, random_below, random_bits, random_share


def test_kernels_compile_without_a_folder_for_their_code(monkeypatch):
    monkeypatch.setattr(CacheImpl, "_locator_classes", [])
    assert compiled(lambda value: value + 1)(2) == 3


def test_splitmix64_gives_its_published_numbers():
    # The first outputs for the seed 1234567, as in the reference implementation by S. Vigna.
    state = np.array([1234567], dtype=np.uint64)
    assert [int(random_bits(state)) for _ in range(3)] == [
        6457827717110365317,
        3203168211198807973,
        9817491932198370423,
    ]


def test_shares_and_bounds():
    state = np.array([5], dtype=np.uint64)
    shares = np.array([random_share(state) for _ in range(2000)])
    assert shares.min() >= 0
    assert shares.max() < 1
    assert abs(shares.mean() - 0.5) < 0.03
    assert {random_below(state, 3) for _ in range(200)} == {0, 1, 2}
