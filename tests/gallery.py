"""Make the pictures of ``reports/gallery`` anew from the shipped datasets: ``python -m tests.gallery``."""

import io
import shutil
import tempfile
from pathlib import Path

from PIL import Image
from playwright.sync_api import sync_playwright

from clusternet.datasets import DATASETS
from clusternet.study import run_study

GALLERY = Path(__file__).parents[1] / "reports" / "gallery"
_SELECT = "clusternet.set({selected: {kind: 'node', index: %d}}); 1"
#: Each picture: the page, its width, light or dark, what is done on it first, and what it shows.
PICTURES = {
    "report": ("report.html", 1200, "light", "", "The first page of the report"),
    "report.ar": ("report.ar.html", 1200, "light", "", "The first page of the report in Arabic"),
    "quadrant": ("report.html#clusters", 1200, "light", "", "The quadrant and the table of clusters"),
    "cluster": ("report.html#cluster-0", 1200, "light", "", "The page of a cluster, with what would help"),
    "map": ("map.html", 1200, "light", "", "The map, clusters apart"),
    "map.dark": ("map.html", 1200, "dark", _SELECT % 40, "An enterprise with its partners and its card, in the dark"),
    "map.clusters": ("map.html", 1200, "light", "clusternet.set({view: 'clusters'}); 1", "The map of clusters"),
    "map.phone": ("map.html", 390, "light", "", "The map on a phone"),
    "map.ar": ("map.ar.html", 1200, "light", "clusternet.set({view: 'places'}); 1", "Places, in Arabic"),
}


def main() -> None:
    """Run the furniture study and photograph its pages."""
    browser_path = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    GALLERY.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        survey = DATASETS["furniture"].folder
        out = run_study(survey, out=Path(folder) / "furniture", languages=["en", "ar"]).folder
        arabic = run_study(survey, out=Path(folder) / "arabic", languages=["ar"], draws=0, resamples=0).folder
        shutil.copy(arabic / "map.html", out / "map.ar.html")
        browser = playwright.chromium.launch(executable_path=browser_path, args=["--no-sandbox", "--disable-gpu"])
        for name, (page_name, width, scheme, script, _) in PICTURES.items():
            context = browser.new_context(viewport={"width": width, "height": 900}, color_scheme=scheme)
            page = context.new_page()
            file, _, place = page_name.partition("#")
            page.goto((out / file).as_uri() + (f"#{place}" if place else ""))
            if file.startswith("map"):
                page.wait_for_selector("html[data-ready]")
            if script:
                page.evaluate(script)
            page.wait_for_timeout(800)
            picture = Image.open(io.BytesIO(page.screenshot()))
            # Few colours make a small file, and the same one every time.
            picture.quantize(96, dither=Image.Dither.NONE).save(GALLERY / f"{name}.png", optimize=True)
            context.close()
        browser.close()
    lines = [f"- [{what}]({name}.png)" for name, (*_, what) in PICTURES.items()]
    head = "# Gallery\n\nThe furniture study (synthetic), made by `make gallery`.\n\n"
    (GALLERY / "README.md").write_text(head + "\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
