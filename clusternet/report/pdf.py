"""The report as PDF, printed by a browser that is there: without any connection, the same bytes every time."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import tempfile
from pathlib import Path

from clusternet.errors import ResourceError
from clusternet.messages import mark

#: Names under which a browser that can print is found, in this order; CLUSTERNET_CHROMIUM names another.
BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome", "msedge")
#: Where Windows and macOS keep them.
_PLACES = (
    r"C:\Program Files\Google\Chrome\Application\chrome.exe",
    r"C:\Program Files (x86)\Microsoft\Edge\Application\msedge.exe",
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
)
_SECONDS = 300
_OPTIONS = (
    "--headless=new",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-extensions",
    "--no-first-run",
    # Nothing is ever asked for: every host leads nowhere.
    "--host-resolver-rules=MAP * ~NOTFOUND",
    "--no-pdf-header-footer",
)
#: Links to other files would point into the folder where the printing is done; those inside the page stay.
_LINK_AWAY = re.compile(r' href="(?!#|data:)[^"]*"')
_DATE = re.compile(rb"(/(?:CreationDate|ModDate) ?\(D:)[0-9]{14}([^)]*\))")
_XMP_DATE = re.compile(rb"(<xmp:(?:CreateDate|ModifyDate|MetadataDate)>)[^<]*(<)")


def find_browser() -> str:
    """Return the browser that prints.

    Raises
    ------
    ResourceError
        If there is none.
    """
    wanted = os.environ.get("CLUSTERNET_CHROMIUM")
    found = [wanted] if wanted else [shutil.which(name) for name in BROWSERS]
    for candidate in [*filter(None, found), *(place for place in _PLACES if not wanted)]:
        if Path(candidate).is_file():
            return str(candidate)
    raise ResourceError(
        mark(
            "A PDF needs Chromium, Chrome or Edge, and none was found here. Install one, or name it in the "
            "environment variable CLUSTERNET_CHROMIUM; or open report.html and print it from any browser."
        )
    )


def pdf_bytes(page: str, browser: str) -> bytes:
    """Return a page as PDF.

    Parameters
    ----------
    page : str
        HTML that needs no other file.
    browser : str
        As from :func:`find_browser`.

    Returns
    -------
    bytes
        The file, with fixed dates; equal pages give equal bytes from one version of a browser.

    Raises
    ------
    ResourceError
        If the browser does not print within five minutes.
    """
    with tempfile.TemporaryDirectory(prefix="clusternet-") as folder:
        source, target = Path(folder) / "report.html", Path(folder) / "report.pdf"
        source.write_text(_LINK_AWAY.sub("", page), encoding="utf-8", errors="replace")
        command = [browser, *_OPTIONS, f"--user-data-dir={folder}/profile", f"--print-to-pdf={target}"]
        if hasattr(os, "geteuid") and os.geteuid() == 0:
            command.append("--no-sandbox")  # Chromium refuses to run as root with its sandbox
        try:
            subprocess.run([*command, source.as_uri()], check=True, capture_output=True, timeout=_SECONDS)  # noqa: S603
            data = target.read_bytes()
        except (subprocess.SubprocessError, OSError) as trouble:
            raise ResourceError(
                mark("The browser could not print the report as PDF ({reason}); open report.html and print it."),
                reason=type(trouble).__name__,
            ) from trouble
    return _XMP_DATE.sub(rb"\g<1>2000-01-01T00:00:00Z\g<2>", _DATE.sub(rb"\g<1>20000101000000\g<2>", data))
