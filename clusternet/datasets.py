"""The surveys that come with the package, as a catalogue."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from clusternet.errors import ResourceError
from clusternet.messages import mark
from clusternet.model.catalogue import Catalogue

_HERE = Path(__file__).resolve().parent


@dataclass(frozen=True)
class Dataset:
    """One shipped survey.

    Parameters
    ----------
    name : str
        The name of its folder.
    label, sentence : str
        What it is called, and what it is.
    real : bool
        Whether it was observed; a synthetic one says so everywhere.
    """

    name: str
    label: str
    sentence: str
    real: bool

    @property
    def folder(self) -> Path:
        """Where its tables are.

        Raises
        ------
        ResourceError
            If the package was installed without them.
        """
        # An installed package carries the folder under another name than the checkout.
        for home in (_HERE / "surveys", _HERE.parent / "datasets"):
            if (home / self.name / "enterprises.csv").is_file():
                return home / self.name
        raise ResourceError(
            mark('The dataset "{name}" did not come with this installation; install it again.'), name=self.name
        )

    def truth(self) -> pd.Series | None:
        """Return the planted cluster of each enterprise, -1 for none; None where nothing is planted."""
        path = self.folder / "truth.csv"
        if not path.is_file():
            return None
        return pd.read_csv(path, dtype={"enterprise_id": str}, keep_default_na=False).set_index("enterprise_id")[
            "cluster"
        ]


#: Every shipped survey.
DATASETS: Catalogue[Dataset] = Catalogue(
    "dataset",
    [
        Dataset(
            "furniture",
            mark("A furniture town (synthetic)"),
            mark("About 300 workshops of one furniture town, planted with known clusters, chains, needs and offers."),
            real=False,
        ),
        Dataset(
            "florentine",
            mark("Florentine families (real)"),
            mark("Business and marriage ties of 16 families of Florence in the fifteenth century."),
            real=True,
        ),
    ],
)
