"""Write the furniture survey anew: ``python datasets/furniture/make.py`` gives the same bytes every time."""

import json
import sys
from pathlib import Path

FOLDER = Path(__file__).resolve().parent
# The checkout that this file belongs to makes the folder, whatever version may be installed.
sys.path.insert(0, str(FOLDER.parents[1]))

from clusternet.planted import PlantedTables, plant_survey  # noqa: E402

TABLES = ("enterprises", "linkages", "resources", "recipes", "truth")


def plant_furniture() -> PlantedTables:
    """Plant the survey that the data card describes.

    Returns
    -------
    PlantedTables
        300 furniture workshops and their answers.
    """
    return plant_survey(300, industries=["furniture"], arabic=0.5, seed=1405)


def write_furniture(folder: Path) -> None:
    """Write the tables and study.toml of the survey.

    Parameters
    ----------
    folder : pathlib.Path
        Existing folder; files of these names in it are replaced.
    """
    survey = plant_furniture()
    for name in TABLES:
        getattr(survey, name).to_csv(folder / f"{name}.csv", index=False, encoding="utf-8", lineterminator="\n")
    settings = survey.settings | {
        "title": "Furniture workshops of an invented town (synthetic)",
        "boundary": "All 300 furniture workshops of one invented town",
    }
    # A TOML value of these kinds (text, number, list of texts) is written as in JSON.
    lines = [f"{key} = {json.dumps(value, ensure_ascii=False)}\n" for key, value in settings.items()]
    (folder / "study.toml").write_text("".join(lines), encoding="utf-8", newline="\n")


if __name__ == "__main__":
    write_furniture(FOLDER)
