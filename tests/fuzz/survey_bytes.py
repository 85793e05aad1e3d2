"""A coverage-guided fuzz target: whatever bytes stand in the files, there is a survey or a ClusternetError.

``python -m tests.fuzz.survey_bytes [--format=csv] [CORPUS] [-max_total_time=60 ...]`` needs the extra ``fuzz``. The
first byte of an input says what the rest is, unless a format is named: then all inputs are of that format. Parts of one
input, such as the tables of a folder, are separated by ``\\n---\\n``.
"""

import io
import sys
import tempfile
import zipfile
from pathlib import Path

#: What an input can be, in the order of its first byte.
FORMATS = ("csv", "sheets", "xlsx", "graphml", "pajek", "toml")
SEPARATOR = b"\n---\n"
ENTERPRISES = b"enterprise_id,name\nE1,Cedar Doors\nE2,Oak Tables\n"
LINKAGES = b"source,target,layer\nE1,E2,supply\n"
_WORKBOOK = (
    b'<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" '
    b'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets>'
    b'<sheet name="enterprises" sheetId="1" r:id="rId1"/><sheet name="linkages" sheetId="2" r:id="rId2"/>'
    b"</sheets></workbook>"
)
_TYPES = (
    b'<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    b'<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    b'<Override PartName="/xl/workbook.xml" '
    b'ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/>'
    b'<Override PartName="/xl/worksheets/sheet1.xml" '
    b'ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/>'
    b'<Override PartName="/xl/worksheets/sheet2.xml" '
    b'ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/></Types>'
)
_RELATIONS = b'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
_OFFICE = b"http://schemas.openxmlformats.org/officeDocument/2006/relationships/"


def _relations(kind, targets):
    entries = b"".join(
        b'<Relationship Id="rId%d" Type="%s%s" Target="%s"/>' % (number + 1, _OFFICE, kind, target)
        for number, target in enumerate(targets)
    )
    return _RELATIONS + entries + b"</Relationships>"


def _zipped(parts):
    """Return a workbook whose two sheets are given as XML: a whole archive would hardly ever survive its checksums."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("[Content_Types].xml", _TYPES)
        archive.writestr("_rels/.rels", _relations(b"officeDocument", [b"xl/workbook.xml"]))
        archive.writestr("xl/workbook.xml", _WORKBOOK)
        sheets = [b"worksheets/sheet1.xml", b"worksheets/sheet2.xml"]
        archive.writestr("xl/_rels/workbook.xml.rels", _relations(b"worksheet", sheets))
        for number in (1, 2):
            archive.writestr(f"xl/worksheets/sheet{number}.xml", parts[number - 1] if number <= len(parts) else b"")
    return buffer.getvalue()


def files_of(data):
    """Return the files that an input stands for, and which of them is to be read (none: their folder)."""
    kind, parts = FORMATS[data[0] % len(FORMATS)], data[1:].split(SEPARATOR)
    if kind == "csv":
        names = ("enterprises.csv", "linkages.csv", "resources.csv", "recipes.csv")
        return dict(zip(names, parts, strict=False)), ""
    if kind == "sheets":
        return {"survey.xlsx": _zipped(parts)}, "survey.xlsx"
    if kind == "xlsx":
        return {"survey.xlsx": data[1:]}, "survey.xlsx"
    if kind == "graphml":
        return {"network.graphml": data[1:]}, "network.graphml"
    if kind == "pajek":
        return {"network.net": data[1:]}, "network.net"
    return {"enterprises.csv": ENTERPRISES, "linkages.csv": LINKAGES, "study.toml": data[1:]}, ""


def one_input(data):
    """Read one input; anything but a survey or a ClusternetError is a fault of ours."""
    from clusternet.errors import ClusternetError
    from clusternet.ingest import read_survey

    if not data:
        return
    files, chosen = files_of(data)
    with tempfile.TemporaryDirectory() as name:
        for file, content in files.items():
            (Path(name) / file).write_bytes(content)
        try:
            read_survey(Path(name) / chosen)
        except ClusternetError as error:
            # The sentence itself is made of hostile text as well.
            error.text("ar")


def main():
    """Run until libFuzzer's limits are reached."""
    import atheris

    with atheris.instrument_imports(include=["clusternet.ingest", "clusternet.model"]):
        import clusternet.ingest  # noqa: F401

    arguments = [text for text in sys.argv if not text.startswith("--format=")]
    chosen = [text.removeprefix("--format=") for text in sys.argv if text.startswith("--format=")]
    first = [FORMATS.index(name) for name in chosen]

    def fuzzed(data):
        one_input(bytes(first) + data[1:] if first else data)

    atheris.Setup(arguments, fuzzed)
    atheris.Fuzz()


if __name__ == "__main__":
    main()
