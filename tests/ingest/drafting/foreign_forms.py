"""Exports of forms that are not ours, in many styles, all of them saying the same."""

import io
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from openpyxl import Workbook

#: The answers of the form behind the real KoboToolbox exports.
FIRMS = (
    ("1001", "شركة النور للأغذية ذ.م.م", "food", "12", "31.95 35.91 800 5", ("iso9", "halal")),
    ("1002", "مؤسسة الأمل", "tex", "", "31.95 35.91 800 5", ()),
    ("1003", "+962 Trading & Co <b>", "tex", "5", "", ("iso9",)),
)
SUPPLIERS = (
    ("مؤسسة الأمل", ("buy", "know"), "3", 1),
    ('=HYPERLINK("http://x","y")', ("buy",), "1", 1),
    ("شركه النور للاغذيه", ("cred",), "5", 3),
)
PRODUCTS = (("طحين", 1), ("سكر", 1), ("زيت", 3))
REPEAT, FORM = "supplier_relationships_long_name_repeat", "Enterprise linkages"
_CUT = "supplier_relationships_long_..."
_SYSTEM = ("_id", "_uuid", "_submission_time", "_validation_status", "_notes", "_status", "_submitted_by", "_index")

ENGLISH = {
    "enterprise": "Enterprise",
    "name": "Enterprise name",
    "sector": "Sector",
    "emp": "Employees",
    "loc": "Location",
    "certs": "Certificates",
    "suppliers": "Suppliers",
    "partner": "Supplier name",
    "tie": "Tie type",
    "strength": "Strength",
    "products": "Products",
    "pname": "Product",
    "food": "Food",
    "tex": "Textiles",
    "buy": "Buy inputs",
    "know": "Share knowledge",
    "cred": "Credit",
    "iso9": "ISO 9001",
    "halal": "Halal",
}
ARABIC = {
    "enterprise": "المنشأة",
    "name": "اسم المنشأة",
    "sector": "القطاع",
    "emp": "عدد العاملين",
    "loc": "الموقع",
    "certs": "الشهادات",
    "suppliers": "الموردون",
    "partner": "اسم المورد",
    "tie": "نوع العلاقة",
    "strength": "قوة العلاقة",
    "products": "المنتجات",
    "pname": "المنتج",
    "food": "الصناعات الغذائية",
    "tex": "النسيج",
    "buy": "شراء مدخلات",
    "know": "تبادل معرفة",
    "cred": "ائتمان",
    "iso9": "آيزو 9001",
    "halal": "حلال",
}
FRENCH = {
    "enterprise": "Entreprise",
    "name": "Nom de l'entreprise",
    "sector": "Secteur d'activité",
    "emp": "Nombre d'employés",
    "loc": "Coordonnées GPS",
    "certs": "Certificats",
    "suppliers": "Fournisseurs",
    "partner": "Nom du fournisseur",
    "tie": "Type de relation",
    "strength": "Force de la relation",
    "products": "Produits",
    "pname": "Produit",
    "food": "Food",
    "tex": "Textiles",
    "buy": "Achat d'intrants",
    "know": "Conseil",
    "cred": "Crédit",
    "iso9": "ISO 9001",
    "halal": "Halal",
}
NAMES = {word: word for word in ENGLISH}


@dataclass(frozen=True)
class Style:
    """How KoboToolbox was asked to export: words, separator of groups (none: no groups), style of several choices."""

    words: dict[str, str]
    separator: str = ""
    several: str = "summary"
    typed: bool = False


def write_kobo(path: Path, style: Style) -> Path:
    """Write the answers as KoboToolbox does."""
    book = Workbook()
    write_sheet(book, FORM, _root_rows(style))
    write_sheet(book, _CUT, _supplier_rows(style))
    write_sheet(book, "prod", _product_rows(style))
    del book["Sheet"]
    book.save(path)
    return path


def write_sheet(book: Workbook, title: str, rows: Sequence[Sequence[object]]) -> None:
    """Add a sheet; texts that begin with "=" become live formulas, as in the real exports."""
    sheet = book.create_sheet(title)
    for row in rows:
        sheet.append([None if cell == "" else cell for cell in row])


def _root_rows(style: Style) -> list[list[object]]:
    words, group = style.words, (style.words["enterprise"],)
    loc = words["loc"]
    parts = [f"_{loc}_{part}" for part in ("latitude", "longitude", "altitude", "precision")]
    header = ["start", "end", *(_header(style, group, words[name]) for name in ("name", "sector", "emp"))]
    header += [loc, *(_header(style, group, part) for part in parts)]
    header += [*_choice_headers(style, group, "certs", ("iso9", "halal")), *_SYSTEM]
    rows: list[list[object]] = [header]
    for number, (key, name, sector, emp, place, certs) in enumerate(FIRMS, start=1):
        row: list[object] = ["2026-03-01T09:00:00.000+03:00", "2026-03-01T09:30:00.000+03:00"]
        row += [name, words[sector], _number(style, emp), place, *(place.split() or [""] * 4)]
        row += _choice_cells(style, certs, ("iso9", "halal"))
        row += [int(key), f"uuid-{number}", "2026-03-01T10:00:00", "", "", "submitted_via_web", "enum1", number]
        rows.append(row)
    return rows


def _supplier_rows(style: Style) -> list[list[object]]:
    words, group, ties = style.words, (style.words["suppliers"],), ("buy", "know", "cred")
    header = [_header(style, group, words["partner"]), *_choice_headers(style, group, "tie", ties)]
    header += [_header(style, group, words["strength"]), "_index", "_parent_table_name", "_parent_index"]
    rows: list[list[object]] = [header]
    for number, (partner, taken, strength, firm) in enumerate(SUPPLIERS, start=1):
        cells = [partner, *_choice_cells(style, taken, ties), _number(style, strength)]
        rows.append([*cells, number, FORM, firm])
    return rows


def _product_rows(style: Style) -> list[list[object]]:
    words = style.words
    group = (words["suppliers"], words["products"])
    rows: list[list[object]] = [
        [_header(style, group, words["pname"]), "_index", "_parent_table_name", "_parent_index"]
    ]
    return [*rows, *([name, number, REPEAT, above] for number, (name, above) in enumerate(PRODUCTS, start=1))]


def _header(style: Style, groups: Sequence[str], leaf: str) -> str:
    return style.separator.join([*groups, leaf]) if style.separator else leaf


def _choice_headers(style: Style, groups: Sequence[str], name: str, choices: Sequence[str]) -> list[str]:
    own = _header(style, groups, style.words[name])
    details = [f"{own}{style.separator or '/'}{style.words[choice]}" for choice in choices]
    return {"summary": [own], "details": details, "both": [own, *details]}[style.several]


def _choice_cells(style: Style, taken: Sequence[str], choices: Sequence[str]) -> list[object]:
    summary = " ".join(style.words[choice] for choice in taken)
    details = [_number(style, str(int(choice in taken))) if taken else "" for choice in choices]
    return {"summary": [summary], "details": details, "both": [summary, *details]}[style.several]


def _number(style: Style, text: str) -> object:
    return int(text) if style.typed and text else text


def write_zip(path: Path, files: dict[str, list[list[str]]], *, separator: str = ",") -> Path:
    """Write an archive of text tables."""
    with zipfile.ZipFile(path, "w") as archive:
        for name, rows in files.items():
            stream = io.StringIO(newline="")
            for row in rows:
                stream.write(separator.join(_quoted(cell, separator) for cell in row) + "\r\n")
            archive.writestr(name, stream.getvalue())
    return path


def _quoted(cell: str, separator: str) -> str:
    return '"' + cell.replace('"', '""') + '"' if any(sign in cell for sign in f'{separator}"\n') else cell


def write_table(path: Path, rows: list[list[str]]) -> Path:
    """Write one text table with commas."""
    path.write_text("".join(",".join(_quoted(cell, ",") for cell in row) + "\n" for row in rows), encoding="utf-8")
    return path
