"""From a survey to its network."""

from __future__ import annotations

from clusternet.model.network import Network
from clusternet.model.provenance import recorded
from clusternet.model.survey import Survey


@recorded
def build_network(survey: Survey, *, ties: str | None = None) -> Network:
    """Build the network of a survey: reports become linkages, partners outside the register become boundary.

    Parameters
    ----------
    survey : Survey
        The survey.
    ties : {"union", "intersection"}, optional
        Whether one report makes a tie or, where both ends answered, both are needed; default as in the settings.

    Returns
    -------
    Network
        The network; enterprises sorted by id, isolated ones included.

    Raises
    ------
    InputError
        If the tables do not fit together, or ``ties`` is neither of the two words.

    Examples
    --------
    >>> import pandas as pd
    >>> register = pd.DataFrame({"enterprise_id": ["E1", "E2"], "name": ["Cedar Doors", "Oak Tables"]})
    >>> named = pd.DataFrame({"source": ["E1"], "target": ["E2"], "layer": ["supply"]})
    >>> build_network(Survey.from_tables(register, named))
    <Network: 2 enterprises, 0 outside partners, 1 linkages in 1 layer>
    """
    settings = survey.settings.replaced(ties=ties)
    return Network.from_tables(
        survey.enterprises,
        survey.linkages,
        survey.resources,
        survey.recipes,
        settings=settings,
    )
