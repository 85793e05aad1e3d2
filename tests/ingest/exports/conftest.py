"""The form of both designs, as the command writes it, through pyxform, filled in."""

import pytest

from clusternet.cli import main
from tests.ingest.exports import simulation
from tests.ingest.exports.dialects import DESIGNS, Case, write_register
from tests.ingest.exports.form_model import read_form


@pytest.fixture(scope="session")
def cases(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Case]:
    """Both designs: the form as the command writes it, through pyxform, filled in."""
    folder = tmp_path_factory.mktemp("forms")
    write_register(folder)
    found = {}
    for design in DESIGNS:
        path = folder / f"{design}.xlsx"
        roster = ["--roster", str(folder / "enterprises.csv")] if design == "roster" else []
        assert main(["form", "--out", str(path), *roster]) == 0
        form = read_form(path)
        found[design] = Case(design, form, simulation.fill_in(form))
    return found
