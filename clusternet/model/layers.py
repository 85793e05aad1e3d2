"""The layers of linkage that a survey asks about, and their families."""

from __future__ import annotations

import math
from dataclasses import dataclass
from types import MappingProxyType

from clusternet.errors import InputError
from clusternet.messages import mark
from clusternet.model.catalogue import Catalogue

#: Every family of layers, with its label.
FAMILIES = MappingProxyType(
    {
        "trade": mark("Trade"),
        "glue": mark("Social glue"),
        "factor": mark("Shared factors"),
        "human": mark("People"),
        "trust": mark("Trust"),
        "rivalry": mark("Rivalry"),
        "general": mark("General"),
    }
)

ASKED = ("both", "source")


@dataclass(frozen=True)
class Layer:
    """One kind of linkage.

    Parameters
    ----------
    name : str
        The name used in the ``layer`` column.
    label : str
        What a reader sees.
    family : str
        One of :data:`FAMILIES`. A layer of rivalry is never part of the flat network.
    directed : bool
        Whether the linkage has a direction.
    weight : float
        How much the layer counts in the flat network, at least 0 (0 leaves it out).
    asked : {"both", "source"}
        Who was asked. ``"both"``: either end may report the tie, and a tie is confirmed when both did.
        ``"source"``: only the source was asked, as in a roster of "to whom do you turn?"; a tie is then
        confirmed when each end named the other.
    sentence : str
        What the layer means, in one sentence.

    Raises
    ------
    InputError
        If the family, the weight or ``asked`` is not one of those.
    """

    name: str
    label: str
    family: str = "general"
    directed: bool = False
    weight: float = 1.0
    asked: str = "both"
    sentence: str = ""

    def __post_init__(self) -> None:
        if self.family not in FAMILIES:
            raise InputError(
                mark('Layer "{name}" has the family "{value}"; expected one of: {known}.'),
                name=self.name,
                value=self.family,
                known=", ".join(FAMILIES),
            )
        if not (math.isfinite(self.weight) and self.weight >= 0):
            raise InputError(
                mark('Layer "{name}" has the weight {value}; expected a finite number of at least 0.'),
                name=self.name,
                value=self.weight,
            )
        if self.asked not in ASKED:
            raise InputError(
                mark('Layer "{name}" has asked = "{value}"; expected one of: {known}.'),
                name=self.name,
                value=self.asked,
                known=", ".join(ASKED),
            )

    @property
    def counts(self) -> bool:
        """Whether the layer is part of the flat network."""
        return self.family != "rivalry" and self.weight > 0


#: The layers of the standard questionnaire.
STANDARD_LAYERS: Catalogue[Layer] = Catalogue(
    "layer",
    [
        Layer(
            "supply",
            mark("Supply"),
            "trade",
            directed=True,
            sentence=mark("The source sells goods or services to the target."),
        ),
        Layer(
            "subcontracting",
            mark("Subcontracting"),
            "trade",
            directed=True,
            sentence=mark("The source works on the target's orders."),
        ),
        Layer("stock", mark("Shared stock"), "glue", sentence=mark("The two share a stock of products or materials.")),
        Layer("technology", mark("Shared technology"), "glue", sentence=mark("The two share equipment or technology.")),
        Layer(
            "knowledge",
            mark("Know-how and advice"),
            "glue",
            directed=True,
            sentence=mark("The source turns to the target for know-how or advice."),
        ),
        Layer("labour", mark("Shared workers"), "factor", sentence=mark("The two lend each other workers.")),
        Layer(
            "finance", mark("Credit"), "factor", directed=True, sentence=mark("The source gives credit to the target.")
        ),
        Layer("energy", mark("Shared energy"), "factor", sentence=mark("The two share a source of energy.")),
        Layer(
            "training",
            mark("Training"),
            "human",
            directed=True,
            sentence=mark("The source trains people of the target."),
        ),
        Layer(
            "association",
            mark("Association"),
            "trust",
            sentence=mark("The two belong to one association or meet as such."),
        ),
        Layer("rivalry", mark("Rivalry"), "rivalry", sentence=mark("The two name each other as competitors.")),
    ],
)
