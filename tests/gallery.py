"""Make the pictures of ``reports/gallery`` anew from the shipped datasets: ``python -m tests.gallery``."""

import shutil
import tempfile
from pathlib import Path

from playwright.sync_api import sync_playwright

from clusternet.datasets import DATASETS
from clusternet.study import run_study

GALLERY = Path(__file__).parents[1] / "reports" / "gallery"
PICTURES = {"report.png": ("report.html", 0), "report.ar.png": ("report.ar.html", 0), "map.png": ("map.html", 0)}


def main() -> None:
    """Run the furniture study and photograph its pages."""
    browser_path = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    GALLERY.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        out = run_study(DATASETS["furniture"].folder, out=Path(folder) / "furniture", languages=["en", "ar"]).folder
        browser = playwright.chromium.launch(executable_path=browser_path, args=["--no-sandbox", "--disable-gpu"])
        page = browser.new_page(viewport={"width": 1200, "height": 900})
        for picture, (name, top) in PICTURES.items():
            page.goto((out / name).as_uri())
            page.wait_for_timeout(3000)
            page.evaluate(f"window.scrollTo(0, {top})")
            page.screenshot(path=GALLERY / picture)
        browser.close()


if __name__ == "__main__":
    main()
