"""A network: the enterprises, their linkages by layer, what they need and offer, and how products are made."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Self

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike, NDArray

from clusternet.model import coding, graphs
from clusternet.model.layers import Layer
from clusternet.model.notebook import layer_overview, notebook_html
from clusternet.model.pairs import Pairs
from clusternet.model.provenance import Noun, Provenance, recorded
from clusternet.model.reports import Linkages, linkages_from_reports
from clusternet.model.settings import Settings

if TYPE_CHECKING:
    import igraph
    import networkx
    from scipy import sparse


@dataclass(frozen=True, eq=False)
class Network(Noun):
    """Enterprises and the linkages between them.

    Nodes are numbered: first the enterprises of the register, sorted by id (positions 0 to ``n_enterprises - 1``), then
    the outside partners, sorted by name. Outside partners are named by somebody but are not in the register: they
    are boundary, never members of a cluster.

    Parameters
    ----------
    register : DataFrame
        One row per enterprise, sorted by ``enterprise_id``; the column ``respondent`` is boolean.
    outside_names : tuple of str
        The outside partners, sorted.
    ties : Linkages
        The linkages in canonical form.
    layers : tuple of Layer
        The layers of the study, sorted by name.
    ledger : DataFrame
        Needs and offers: ``enterprise`` (position), resource, role, factor, quantity, unit, unit_cost.
    recipe_table : DataFrame
        product, stage, input, quantity.
    settings : Settings
        What the study declares about itself.
    given_order : array of int, shape (n_enterprises,), optional
        The positions of the enterprises in the order in which a table or graph gave them; by default their own order.
    dropped : mapping of str to int
        What was left out: ``self_links``, ``zero_weights`` (rows) and ``unconfirmed`` (ties).
    provenance : Provenance
        Where it comes from.

    Raises
    ------
    InputError
        If ids repeat or are not sorted, if an end is not a node, or if a weight is not finite and above 0.
    """

    register: pd.DataFrame
    outside_names: tuple[str, ...]
    ties: Linkages
    layers: tuple[Layer, ...]
    ledger: pd.DataFrame
    recipe_table: pd.DataFrame
    settings: Settings = field(default_factory=Settings)
    given_order: NDArray[np.int64] | None = None
    dropped: Mapping[str, int] = field(default_factory=dict)
    provenance: Provenance = field(default_factory=Provenance)

    def __post_init__(self) -> None:
        object.__setattr__(self, "dropped", MappingProxyType(dict(self.dropped)))
        for name in ("register", "ledger", "recipe_table"):
            object.__setattr__(self, name, getattr(self, name).copy(deep=False))
        coding.check_network(self)

    # ------------------------------------------------------------------ the same information in another form
    @classmethod
    def from_tables(
        cls,
        enterprises: pd.DataFrame,
        linkages: pd.DataFrame,
        resources: pd.DataFrame | None = None,
        recipes: pd.DataFrame | None = None,
        *,
        settings: Settings | None = None,
        layers: Sequence[Layer] = (),
        ties: str | None = None,
    ) -> Self:
        """Make a network from tables with the contract's columns.

        Parameters
        ----------
        enterprises : DataFrame
            At least ``enterprise_id``; ``respondent`` (yes/no or boolean) where not everybody answered.
        linkages : DataFrame
            One row per report: ``source``, ``target``, and as far as given ``layer`` (default ``"linkage"``),
            ``weight`` (default 1) and ``reporter`` (default the source; an empty text marks a record, which nobody
            reported).
            An end that is not in the register is an outside partner.
        resources, recipes : DataFrame, optional
            Needs and offers; how products are made.
        settings : Settings, optional
            What the study declares about itself.
        layers : sequence of Layer, optional
            Layers beside the standard ones and those of the settings.
        ties : {"union", "intersection"}, optional
            The rule for ties that only one end reported; default as in the settings.

        Returns
        -------
        Network
            The network.

        Raises
        ------
        InputError
            If an id repeats, a layer is unknown, both ends of a row are outside the register, or a weight is not a
            finite number of at least 0.
        """
        settings = settings or Settings()
        coded = coding.coded_reports(enterprises, linkages, settings, layers)
        found, dropped = linkages_from_reports(
            *coded.reports, layers=coded.layers, answered=coded.answered, ties=ties or settings.ties
        )
        return cls(
            coded.register,
            coded.outside_names,
            found,
            coded.layers,
            coding.coded_ledger(resources, coded.register["enterprise_id"]),
            coding.recipe_table(recipes),
            settings.replaced(ties=ties),
            coding.given_order(enterprises["enterprise_id"], coded.register["enterprise_id"]),
            dropped,
        )

    @classmethod
    @recorded
    def from_edges(
        cls,
        source: ArrayLike,
        target: ArrayLike,
        weight: ArrayLike | None = None,
        layer: ArrayLike | str | None = None,
        *,
        directed: bool = False,
        nodes: ArrayLike | None = None,
    ) -> Self:
        """Make a network from arrays of ends, without a Python loop.

        Parameters
        ----------
        source, target : array of str or int, shape (m,)
            The ids of the ends; every id becomes an enterprise.
        weight : array of float, shape (m,), optional
            Default 1.
        layer : str or array of str, shape (m,), optional
            Names of layers; standard names keep their meaning, others are general.
        directed : bool, default False
            Whether layers without a standard meaning have a direction.
        nodes : array of str or int, optional
            All ids, where some have no linkage.

        Returns
        -------
        Network
            The network; its linkages are records, not reports.

        Raises
        ------
        InputError
            If the arrays differ in length or a weight is not a finite number of at least 0.

        Examples
        --------
        >>> Network.from_edges(["a", "b"], ["b", "c"])
        <Network: 3 enterprises, 0 outside partners, 2 linkages in 1 layer>
        """
        return cls(**graphs.parts_from_edges(source, target, weight, layer, directed, nodes))

    @classmethod
    @recorded
    def from_networkx(cls, graph: networkx.Graph, *, weight: str = "weight", layer: str = "layer") -> Self:
        """Make a network from any networkx graph; node attributes become columns of the register.

        Parameters
        ----------
        graph : networkx.Graph, DiGraph, MultiGraph or MultiDiGraph
            The graph; a directed one gives directed layers unless the layer's name is a standard one.
        weight, layer : str
            The edge attributes that hold weight (default 1) and layer (default ``"linkage"``).

        Returns
        -------
        Network
            The network; its linkages are records, not reports.

        Raises
        ------
        InputError
            If a weight is not a finite number of at least 0.
        """
        return cls(**graphs.parts_from_networkx(graph, weight, layer))

    @classmethod
    @recorded
    def from_igraph(cls, graph: igraph.Graph, *, weight: str = "weight", layer: str = "layer") -> Self:
        """Make a network from an igraph graph; ids are the vertex attribute ``name``, else the vertex numbers.

        Parameters
        ----------
        graph : igraph.Graph
            The graph.
        weight, layer : str
            The edge attributes that hold weight (default 1) and layer (default ``"linkage"``).

        Returns
        -------
        Network
            The network; its linkages are records, not reports.

        Raises
        ------
        InputError
            If a weight is not a finite number of at least 0.
        """
        return cls(**graphs.parts_from_igraph(graph, weight, layer))

    def to_networkx(self, *, layered: bool = False) -> networkx.Graph:
        """Return a networkx graph: the flat one, or with ``layered`` a MultiDiGraph with one edge per linkage."""
        return graphs.layered_networkx(self) if layered else graphs.flat_networkx(self)

    def to_igraph(self) -> igraph.Graph:
        """Return the flat network as an undirected igraph graph with ``name`` and ``weight``."""
        graph = self.flat.graph()
        graph.vs["name"] = self.node_ids.tolist()
        return graph

    def to_sparse(self, *, layer: str | None = None) -> sparse.csr_array:
        """Return a weighted adjacency matrix of shape (nodes, nodes): the flat one or that of one layer."""
        return self.flat.matrix.copy() if layer is None else graphs.layer_matrix(self, layer)

    # ------------------------------------------------------------------ views
    @property
    def n_enterprises(self) -> int:
        """The number of enterprises in the register."""
        return len(self.register)

    @property
    def n_nodes(self) -> int:
        """The number of enterprises and outside partners."""
        return len(self.register) + len(self.outside_names)

    @property
    def enterprises(self) -> pd.DataFrame:
        """The register: one row per enterprise, sorted by id."""
        return self.register.copy(deep=False)

    @cached_property
    def enterprise_ids(self) -> pd.Index:
        """The ids of the enterprises, in order of position."""
        ids: pd.Index = pd.Index(self.register["enterprise_id"], name="enterprise_id")
        return ids

    @property
    def given_ids(self) -> pd.Index:
        """The ids of the enterprises in the order in which a table or graph gave them."""
        return self.enterprise_ids if self.given_order is None else self.enterprise_ids.take(self.given_order)

    @cached_property
    def node_ids(self) -> NDArray[np.object_]:
        """The ids of all nodes: enterprises, then outside partners, shape (n_nodes,)."""
        ids = np.array([*self.register["enterprise_id"], *self.outside_names], dtype=object)
        ids.flags.writeable = False
        return ids

    @cached_property
    def answered(self) -> NDArray[np.bool_]:
        """Whether each node answered the survey, shape (n_nodes,); outside partners did not."""
        answered = np.append(self.register["respondent"].to_numpy(dtype=bool), np.zeros(len(self.outside_names), bool))
        answered.flags.writeable = False
        return answered

    @cached_property
    def _linkage_table(self) -> pd.DataFrame:
        names = np.array([layer.name for layer in self.layers], dtype=object)
        return pd.DataFrame(
            {
                "source": pd.array(self.node_ids[self.ties.source], dtype="str"),
                "target": pd.array(self.node_ids[self.ties.target], dtype="str"),
                "layer": pd.array(names[self.ties.layer] if len(names) else [], dtype="str"),
                "weight": self.ties.weight,
                "n_reports": self.ties.n_reports,
            }
        )

    @property
    def linkages(self) -> pd.DataFrame:
        """The linkages: source, target, layer, weight, n_reports; one row per tie."""
        return self._linkage_table.copy(deep=False)

    @property
    def resources(self) -> pd.DataFrame:
        """The needs and offers, with the enterprise's id."""
        ids = self.register["enterprise_id"].take(self.ledger["enterprise"].to_numpy()).reset_index(drop=True)
        return pd.concat([ids, self.ledger.drop(columns="enterprise")], axis=1)

    @property
    def recipes(self) -> pd.DataFrame:
        """How products are made: product, stage, input, quantity."""
        return self.recipe_table.copy(deep=False)

    def family(self, name: str) -> NDArray[np.bool_]:
        """Return which linkages belong to a family of layers, shape (linkages,)."""
        return self.of_layers([layer.family == name for layer in self.layers])

    def of_layers(self, chosen: Sequence[bool]) -> NDArray[np.bool_]:
        """Return which linkages belong to chosen layers (one truth value per layer), shape (linkages,)."""
        mask = np.array(chosen, dtype=bool)
        return mask[self.ties.layer] if len(mask) else np.zeros(len(self.ties), dtype=bool)

    def pairs(self, chosen: NDArray[np.bool_]) -> Pairs:
        """Return the linked pairs that the chosen linkages make, unweighted by layer."""
        ties = self.ties.where(chosen)
        return Pairs.from_ties(ties.source, ties.target, ties.weight, self.n_nodes)

    @cached_property
    def flat(self) -> Pairs:
        """Every linked pair: the weights of all layers but rivalry, times the layer's weight, both directions added."""
        ties = self.ties.where(self.of_layers([layer.counts for layer in self.layers]))
        factor = np.array([layer.weight for layer in self.layers])
        weight = ties.weight if (factor == 1.0).all() else ties.weight * factor[ties.layer]
        return Pairs.from_ties(ties.source, ties.target, weight, self.n_nodes, ties.layer)

    def __repr__(self) -> str:
        layers = f"{len(self.layers)} layer{'' if len(self.layers) == 1 else 's'}"
        counts = f"{self.n_enterprises} enterprises, {len(self.outside_names)} outside partners"
        return f"<Network: {counts}, {len(self.ties)} linkages in {layers}>"

    def _repr_html_(self) -> str:
        words = {word.replace("_", " "): value for word, value in self.describe().items()}
        return notebook_html(self.settings.title or "Network", words, layer_overview(self.layers, self.ties.layer))

    def describe(self) -> dict[str, Any]:
        """Return the counts that a reader asks for first."""
        return {
            "enterprises": self.n_enterprises,
            "answered": int(self.answered.sum()),
            "outside_partners": len(self.outside_names),
            "linkages": len(self.ties),
            "linked_pairs": len(self.flat),
            "isolated": int((self.flat.degree[: self.n_enterprises] == 0).sum()),
        }
