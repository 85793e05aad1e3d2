"""Make the pictures of ``reports/gallery`` anew from the shipped furniture survey: ``python -m tests.gallery``."""

import argparse
import io
import os
import shutil
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any, NamedTuple

from PIL import Image
from playwright.sync_api import sync_playwright

from clusternet.datasets import DATASETS
from clusternet.draw import draw_chain
from clusternet.report import write_map, write_report
from clusternet.study import run_study

GALLERY = Path(__file__).parents[1] / "reports" / "gallery"
#: The largest file, in bytes, and the numbers of colours that are tried until it is small enough.
_LARGEST, _COLOURS = 150_000, (128, 64, 32, 16)
_DESK, _PHONE = (1200, 850), (390, 800)


class Picture(NamedTuple):
    """One picture: the page, what it shows in a sentence, the window, the colours, and what comes first into sight."""

    page: str
    caption: str
    window: tuple[int, int] = _DESK
    scheme: str = "light"
    top: str = ""


PICTURES = {
    "map.png": Picture("en/map.html", "The map: clusters apart, layers and filters beside it."),
    "map.ar.png": Picture("ar/map.html", "The same map in Arabic, mirrored."),
    "map.dark.png": Picture("en/map.html", "The map in dark colours.", scheme="dark"),
    "map.phone.png": Picture("en/map.html", "The map on a phone.", _PHONE),
    "report.png": Picture("en/report.html", "The report's first page."),
    "report.ar.png": Picture("en/report.ar.html", "The report's first page in Arabic."),
    "cluster.png": Picture("en/report.html", "The page of one cluster.", top="#cluster-0"),
    "quadrant.png": Picture("en/report.html", "Cohesion by complementarity, with intervals.", top="svg.quadrant"),
    "chain.png": Picture("en/chain.html", "A production chain, and who makes each step."),
}


def main(given: Sequence[str] | None = None) -> None:
    """Run the furniture study and photograph its pages."""
    parser = argparse.ArgumentParser(prog="python -m tests.gallery", description=__doc__.partition("\n")[0])
    parser.add_argument("--quick", action="store_true", help="few draws and another method: to try the pictures")
    options = parser.parse_args(given)
    quick: dict[str, Any] = {"method": "leiden", "draws": 19, "resamples": 5} if options.quick else {}
    GALLERY.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        study = run_study(DATASETS["furniture"].folder, out=folder / "en", languages=["en", "ar"], **quick)
        nouns = (study.network, study.clusters, study.scores)
        write_report(*nouns, out=folder / "ar", survey=study.survey, languages=("ar",))
        chain = draw_chain(study.network, study.scores, 0)
        write_map(chain, folder / "en" / "chain.html", title="A production chain")
        made = photograph(folder)
    lines = [f"- ![{made[name]}]({name})\n  {made[name]}" for name in made]
    about = "Pictures of the furniture survey (synthetic), made by `python -m tests.gallery`."
    (GALLERY / "README.md").write_text("\n".join(["# Gallery", "", about, "", *lines, ""]), encoding="utf-8")


def photograph(folder: Path) -> dict[str, str]:
    """Write every picture whose place is in the pages of a folder; return their captions by name."""
    names = ("chromium", "chromium-browser", "google-chrome")
    found = os.environ.get("CLUSTERNET_CHROMIUM") or next(filter(None, map(shutil.which, names)), None)
    made: dict[str, str] = {}
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=found, args=["--no-sandbox", "--disable-gpu"])
        for name, picture in PICTURES.items():
            shot = _shot(browser, folder / picture.page, picture)
            if shot is None:
                raise LookupError(f"{name}: {picture.page} has no {picture.top}; mend PICTURES in tests/gallery.py.")
            (GALLERY / name).write_bytes(small(shot))
            made[name] = picture.caption
        browser.close()
    return made


def _shot(browser: Any, path: Path, picture: Picture) -> bytes | None:
    width, height = picture.window
    page = browser.new_page(viewport={"width": width, "height": height}, color_scheme=picture.scheme)
    page.goto(path.as_uri())
    if path.name == "chain.html":
        page.wait_for_selector(".sankey-node")
    if path.name == "map.html":
        page.wait_for_selector("html[data-ready='1']")
        # The picture is drawn in frames after that moment, with more names once it stands still.
        page.wait_for_timeout(1500)
    place = page.locator(picture.top).first if picture.top else None
    shot = None
    if place is None:
        shot = page.screenshot()
    elif place.count():
        place.evaluate("element => { element.scrollIntoView({block: 'start'}); window.scrollBy(0, -12); }")
        shot = page.screenshot()
    page.close()
    return shot


def small(shot: bytes) -> bytes:
    """Return a PNG with as many colours as fit into the size that a picture may have."""
    image = Image.open(io.BytesIO(shot)).convert("RGB")
    stored = io.BytesIO()
    for colours in _COLOURS:
        stored = io.BytesIO()
        fewer = image.quantize(colours, method=Image.Quantize.MEDIANCUT, dither=Image.Dither.NONE)
        fewer.save(stored, "PNG", optimize=True)
        if stored.tell() <= _LARGEST:
            break
    return stored.getvalue()


if __name__ == "__main__":
    main()
