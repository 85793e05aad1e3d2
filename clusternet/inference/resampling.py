"""A survey in which fewer people answered: respondents, or the linkages of a record, left out at random."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from clusternet.model import Network
from clusternet.model.reports import without_reporters

#: The share of respondents that each resample leaves out.
LEFT_OUT = 0.2


@dataclass(frozen=True, eq=False)
class Resampling:
    """How a network is resampled.

    Respondents are the units of a survey: one who is left out becomes a non-respondent, with no reports, needs or
    offers. Linkages that nobody reported (records, such as the edges of a graph) are units of their own. What the
    register says of an enterprise stays.

    Parameters
    ----------
    network : Network
        The network.
    share : float, default 0.2
        The share of units left out, above 0 and below 1; rounded to whole units, at least one of two or more.
    """

    network: Network
    share: float = LEFT_OUT

    @property
    def respondents(self) -> NDArray[np.int64]:
        """The positions of all who answered; none in a network without any answer."""
        network = self.network
        answers = (network.ties.n_reports > 0).any() or len(network.ledger) > 0
        return np.flatnonzero(network.answered) if answers else np.zeros(0, dtype=np.int64)

    @property
    def records(self) -> NDArray[np.int64]:
        """The positions of the linkages that nobody reported."""
        return np.flatnonzero(self.network.ties.n_reports == 0)

    @property
    def scale(self) -> float:
        """By how much deviations of the resamples are widened, the square root of (units kept / units left out).

        NaN where there are fewer than two units, so that nothing can be left out.
        """
        units = len(self.respondents) if len(self.respondents) > 1 else len(self.records)
        gone = self._left_out(units)
        return float(np.sqrt((units - gone) / gone)) if gone else float("nan")

    def draw(self, generator: np.random.Generator) -> Network:
        """Return the network of one resample."""
        network, ties = self.network, self.network.ties
        silent = np.zeros(network.n_nodes, dtype=bool)
        silent[self._chosen(self.respondents, generator)] = True
        kept = np.ones(len(ties), dtype=bool)
        kept[self._chosen(self.records, generator)] = False
        ties = without_reporters(ties.where(kept), silent, network.layers)
        if not silent.any():
            return replace(network, ties=ties)
        present = ~silent[network.ledger["enterprise"].to_numpy(dtype=np.int64)]
        return replace(
            network,
            ties=ties,
            ledger=network.ledger[present].reset_index(drop=True),
            register=network.register.assign(respondent=(network.answered & ~silent)[: network.n_enterprises]),
        )

    def _left_out(self, units: int) -> int:
        return min(max(round(self.share * units), 1), units - 1) if units > 1 else 0

    def _chosen(self, units: NDArray[np.int64], generator: np.random.Generator) -> NDArray[np.int64]:
        return generator.choice(units, self._left_out(len(units)), replace=False) if len(units) else units
