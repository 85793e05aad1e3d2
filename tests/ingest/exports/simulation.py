"""Fifty simulated respondents fill in the questionnaire, with all that spreadsheets and parsers like to spoil."""

from __future__ import annotations

import random
from collections.abc import Sequence
from typing import Any

from tests.ingest.exports.form_model import Field, Form, Submission, Table

RESPONDENTS = 50
#: Said no when asked to take part.
REFUSING = (13, 29, 41)
#: Name nobody, need nothing, make nothing.
LONELY = (4, 17, 33, 48)
#: Stand in the register of a roster, but were not reached.
NOT_REACHED = tuple(range(51, 59))

_WORDS = (
    "الزيتون القمة الفرات النخيل الواحة المنارة الجسر السلام القدس الريحان الياسمين الندى البحر الصقر الهلال "
    "الميزان العقيق الرمال الشروق الغروب البادية السنابل الخليج المرجان الأرز الفجر النسيم الكوثر السدرة "
).split()
_MAKES = ("للأثاث", "للخياطة", "للحلويات", "للطباعة", "للألمنيوم")
_LATIN = (
    "Cedar Walnut Quarry Harbour Falcon Juniper Marble Copper Velvet Saffron Anchor Meadow Granite Willow Orchid "
    "Beacon Pepper Thistle Lantern Bramble Cobalt Hazel Ivory Jasper Kestrel Lupin Mistral Nutmeg Onyx"
).split()
_TRADES = ("Carpentry", "Bakery", "Textiles", "Foundry", "Printing Works")
#: Names that spreadsheets, parsers and statisticians like to spoil.
_HARD = {
    2: "=SUM(1)",
    3: "+962 Trading",
    6: 'Café "Zayt", Oil; Soap',
    7: "NA",
    12: "<b>Bold & Sons</b>",
    15: "007",
    21: "@weavers",
    26: "-Minus- Looms",
}
_HARD_IDS = {5: "12E5", 7: "NA", 9: "E-9", 14: "0014"}

#: resource, factor, unit
_RESOURCES = (
    ("flour", "material", "kg"),
    ("خشب زان", "material", "m3"),
    ("electricity", "energy", "kWh"),
    ("welder", "labour", "day"),
    ("sawdust", "byproduct", "kg"),
    ("قماش قطني", "material", "m"),
    ("accounting", "knowledge", "hour"),
    ("cutting machine", "technology", "hour"),
)
#: product, inputs with the quantity of each per unit of product; two enterprises make bread, alike.
_PRODUCTS = {
    1: (("bread", (("flour", "0.75"), ("yeast", "0.02"))),),
    2: (("bread", (("flour", "0.75"), ("yeast", "0.02"))), ("كعك", (("flour", "0.5"),))),
    5: (("chair", (("خشب زان", "0.05"), ("screws", "12"))),),
    8: (("قميص", (("قماش قطني", "1.4"),)),),
    10: (("iron", ()),),
    22: (("table", (("خشب زان", "0.125"), ("glue", "0.2"), ("varnish", "0.333"))),),
}
_OUTSIDE = ("Far Away Cement Factory", "بنك المحافظة البعيدة")


def name_of(number: int) -> str:
    """The name of an enterprise, as all who name it write it."""
    if number in _HARD:
        return _HARD[number]
    if number % 2:
        return f"{_WORDS[number // 2 % len(_WORDS)]} {_MAKES[number % len(_MAKES)]}"
    return f"{_LATIN[number // 2 % len(_LATIN)]} {_TRADES[number // 2 % len(_TRADES)]}"


def id_of(number: int) -> str:
    """The identifier of an enterprise: text, with leading zeros, some that look like something else."""
    return _HARD_IDS.get(number, f"{number:03d}")


def register() -> list[tuple[str, str]]:
    """Everybody whom a roster lists: identifier and name."""
    return [(id_of(number), name_of(number)) for number in (*range(1, RESPONDENTS + 1), *NOT_REACHED)]


def fill_in(form: Form, *, seed: int = 5, most: int = 5) -> list[Submission]:
    """Let the respondents answer every question of the form that is put to them, naming at most so many partners."""
    return [_Respondent(form, number, seed, most).submission() for number in range(1, RESPONDENTS + 1)]


class _Respondent:
    """One who answers; the same number and seed always answer alike."""

    def __init__(self, form: Form, number: int, seed: int, most: int) -> None:
        self.form, self.number, self.most = form, number, most
        self.random = random.Random(f"{seed}/{number}")
        self.roster = bool(form.find("enterprise_id").options)

    def submission(self) -> Submission:
        answers = self.table(self.form.root)
        if self.number in REFUSING:
            asked = {entry.name for entry in self.form.fields if "consent" not in entry.relevant}
            answers = {name: answer for name, answer in answers.items() if name in asked}
            answers["consent"] = "no"
        return Submission(self.number, answers)

    def table(self, table: Table) -> dict[str, Any]:
        answers = {entry.name: self.answer(entry) for entry in table.fields}
        for child in table.children:
            answers[child.name] = self.rows(child)
            if f"{child.name}_count" in answers:
                answers[f"{child.name}_count"] = str(len(answers[child.name]))
        return {name: answer for name, answer in answers.items() if answer not in (None, "", (), [])}

    def rows(self, table: Table) -> list[dict[str, Any]]:
        names = {entry.name for entry in table.fields}
        if self.number in LONELY:
            return []
        if table.name == "products":
            return [self.product(product, inputs) for product, inputs in _PRODUCTS.get(self.number, ())]
        if table.name in ("needs", "offers"):
            chosen = self.random.sample(_RESOURCES, self.random.randint(0, 3))
            return [self.resource(table, *entry) for entry in chosen]
        assert f"{table.name}_partner" in names, f"a repeat that the simulation does not know: {table.name}"
        return [{**self.table(table), f"{table.name}_partner": partner} for partner in self.partners()]

    def product(self, product: str, inputs: Sequence[tuple[str, str]]) -> dict[str, Any]:
        stage = self.form.find("product_stage")
        row: dict[str, Any] = {"product_name": product}
        if stage is not None:
            row["product_stage"] = self.choose(stage) if stage.options else "finishing"
        if inputs:
            row["inputs"] = [{"input_name": name, "input_quantity": quantity} for name, quantity in inputs]
        return row

    def resource(self, table: Table, resource: str, factor: str, unit: str) -> dict[str, Any]:
        word = table.name.removesuffix("s")
        row = {
            f"{word}_resource": resource,
            f"{word}_factor": factor,
            f"{word}_quantity": f"{self.random.randint(1, 4000) / 8:g}",
            f"{word}_unit": unit,
            f"{word}_unit_cost": f"{self.random.randint(1, 900) / 4:g}",
        }
        if self.random.random() < 0.2:
            row.pop(f"{word}_unit_cost")
        known = {entry.name for entry in table.fields}
        assert set(row) <= known, f"{table.name} asks {sorted(known)}"
        return row

    def partners(self) -> list[str]:
        """Partners as they are typed: by name, by identifier, or one from outside the register."""
        others = [n for n in range(1, RESPONDENTS + 1) if n not in REFUSING and n != self.number]
        partners = self.random.sample(others, self.random.choice((0, 1, 2, 4)))
        typed = [id_of(n) if self.random.random() < 0.25 else name_of(n) for n in partners]
        typed += [self.random.choice(_OUTSIDE)] if self.random.random() < 0.1 else []
        return typed[: self.most]

    def choose(self, entry: Field) -> str:
        return self.random.choice(entry.options).name

    def answer(self, entry: Field) -> Any:
        special = getattr(self, f"_{entry.name}", None)
        if special is not None:
            return special(entry)
        kinds = {
            "start": f"2026-03-01T09:{self.number:02d}:00.000+03:00",
            "end": f"2026-03-01T10:{self.number:02d}:00.000+03:00",
            "today": "2026-03-01",
        }
        if entry.kind in kinds:
            return kinds[entry.kind]
        if entry.kind in ("note", "calculate"):
            return None
        if entry.kind == "select_multiple":
            return self.listed(entry)
        if entry.kind == "select_one":
            return self.choose(entry)
        if entry.name.endswith("_others"):
            return "\n".join(_OUTSIDE[: self.random.choice((0, 0, 0, 1, 2))]) if self.number not in LONELY else None
        if entry.name.endswith("_weight"):
            return str(self.random.randint(1, 5))
        if entry.name.endswith("_unit"):
            return "JOD"
        if entry.kind == "decimal":
            return f"{self.random.randint(400, 40_000) / 8:g}" if self.random.random() < 0.9 else None
        if entry.kind == "integer":
            return str(self.random.randint(1, 500)) if self.random.random() < 0.9 else None
        assert entry.kind in ("text", "string"), f"a type that the simulation does not know: {entry.kind}"
        return f"نص {self.number}" if self.random.random() < 0.5 else None

    def listed(self, entry: Field) -> tuple[str, ...]:
        """Some choices, in the order of the list, never oneself."""
        if self.number in LONELY:
            return ()
        names = [option.name for option in entry.options if option.name != id_of(self.number)]
        chosen = set(self.random.sample(names, min(self.most, self.random.choice((0, 1, 2, 5)))))
        return tuple(name for name in names if name in chosen)

    def _consent(self, _: Field) -> str:
        return "yes"

    def _enterprise_id(self, _: Field) -> str:
        return id_of(self.number)

    def _name(self, _: Field) -> str | None:
        """In a roster the name is known; it is asked only where it differs from the list."""
        return None if self.roster else name_of(self.number)

    def _name_alt(self, _: Field) -> str | None:
        return {1: "None", 3: "تجارة ٩٦٢", 7: "N/A", 15: "٠٠٧", 20: "=1+1"}.get(self.number)

    def _place(self, entry: Field) -> str | None:
        if entry.options:
            return self.choose(entry)
        streets = ("Amman\nSouth Street 5", "إربد، شارع ٣٠", 'Zarqa; Zone 2, "Old" market', "NA", "Salt")
        return self.random.choice(streets) if self.number % 5 else None

    def _location(self, _: Field) -> str | None:
        if self.number % 6 == 0:
            return None
        return f"{31 + self.number / 64:g} {35 + self.number / 128:g} {700 + self.number} 4.5"

    def _founded(self, _: Field) -> str:
        return str(1970 + self.number)

    def _workers(self, _: Field) -> str:
        return str(10 + self.number)

    def _women_workers(self, _: Field) -> str:
        return str(self.number % 10)

    def _youth_workers(self, _: Field) -> str:
        return str(self.number % 7)
