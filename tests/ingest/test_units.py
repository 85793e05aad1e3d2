"""FAULTS D10: one spelling for each unit, one unit for each resource."""

import pytest

from clusternet.ingest import read_survey
from clusternet.ingest.unit_spellings import UNITS
from clusternet.ingest.units import one_spelling, unit_of

HEADER = "enterprise_id,resource,role,quantity,unit,unit_cost\n"


def test_every_spelling_means_one_unit():
    found = {}
    for unit, spellings in UNITS:
        for spelling in spellings:
            assert unit_of(spelling) == unit, spelling
            assert found.setdefault(spelling, unit) == unit
    assert len(found) > 400


@pytest.mark.parametrize(
    ("unit", "spellings"),
    [
        (
            "kg",
            ["KG", "kgs", "Kgs.", "kilogram", "kilogrammes", "كغ", "كغم", "كجم", "كيلو", "الكيلو", "كيلوغرام", "كـغـم"],
        ),
        ("t", ["ton", "Tonnes", "طن", "طنّ", "أطنان"]),
        ("m", ["metre", "Meter", "mètres", "متر", "م"]),
        ("m2", ["m²", "m^2", "sq. m", "sqm", "mètre carré", "متر مربع", "م٢", "م²"]),
        ("m3", ["m³", "cbm", "متر مكعب", "م3"]),
        ("litre", ["L", "ltr", "Liters", "لتر", "ليتر"]),
        ("kWh", ["kwh", "KWH", "k.w.h", "ك.و.س", "كيلوواط ساعة", "كيلو واط/ساعة"]),
        ("piece", ["pcs", "Pcs.", "pièces", "قطعة", "قطعه", "حبة"]),
        ("hour", ["hrs", "heures", "ساعة", "ساعات"]),
        ("day", ["days", "jour", "يوم", "أيام"]),
        ("month", ["months", "mois", "شهر"]),
        ("person", ["worker", "workers", "ouvriers", "عامل", "عمال"]),
        ("USD", ["usd", "US$", "$", "دولار أمريكي"]),
        ("JOD", ["JD", "jod", "دينار أردني"]),
    ],
)
def test_d10_spellings_in_three_languages(unit, spellings):
    assert {unit_of(spelling).name for spelling in spellings} == {unit}


@pytest.mark.parametrize("text", ["dinar", "دينار", "armful", "", "board foot", "kg/m2"])
def test_what_is_ambiguous_or_not_known_is_no_unit(text):
    assert unit_of(text) is None


def test_other_texts_take_their_most_frequent_spelling():
    assert one_spelling(["Sack", "sack", "SACK"], [2, 3, 2]) == dict.fromkeys(["Sack", "sack", "SACK"], "sack")
    assert one_spelling(["OAK", "Oak"], [1, 1]) == {"OAK": "Oak", "Oak": "Oak"}
    assert one_spelling(["الأرز", "الارز"], [2, 1])["الارز"] == "الأرز"
    assert one_spelling(["Dinar", "dinar"], [1, 2], units=True) == {"Dinar": "dinar", "dinar": "dinar"}


def test_d10_spellings_of_a_unit_are_counted(write_survey):
    resources = HEADER + "E1,oak,need,1,Kgs,5\nE2,oak,offer,1,كغم,5\nE3,oak,offer,1,kg,5\n"
    survey = read_survey(write_survey(resources=resources))
    assert survey.resources["unit"].tolist() == ["kg", "kg", "kg"]
    (problem,) = [problem for problem in survey.problems if problem.code == "D10"]
    assert (problem.severity, problem.row, problem.column, problem.values["count"]) == ("warning", 2, "unit", 2)
    assert '"Kgs" = kg' in problem.message()
    assert survey.original["resources"]["unit"].tolist() == ["Kgs", "كغم", "kg"]


def test_d10_units_in_order_say_nothing(write_survey):
    resources = HEADER + "E1,oak,need,1,m3,5\nE2,nails,offer,1,thousand,5\nE3,work,offer,1,hour,5\n"
    assert not [p for p in read_survey(write_survey(resources=resources)).problems if p.code == "D10"]


def test_d10_several_units_say_which_cells_to_change_and_how(refused):
    resources = HEADER + "E1,oak,need,1,kg,5\nE2,oak,offer,2,طن,900\nE3,oak,offer,1,كغم,5\n"
    (problem,) = refused(resources=resources)
    assert (problem.code, problem.row, problem.column, problem.value) == ("D10", 3, "unit", "oak")
    message = problem.message()
    assert "kg: 2, 4; t: 3" in message
    assert "in rows 3 multiply the quantity by 1000 and divide the unit cost by 1000" in message
    assert "900" not in message
    assert "اضرب الكمية في 1000" in problem.message("ar")


def test_d10_the_smaller_unit_is_divided(refused):
    (problem,) = refused(resources=HEADER + "E1,oak,need,1,t,5\nE2,oak,offer,2,t,9\nE3,oak,offer,1,g,5\n")
    assert "in rows 4 divide the quantity by 1000000 and multiply the unit cost by 1000000" in problem.message()


def test_d10_units_that_measure_different_things_have_no_factor(refused):
    (problem,) = refused(resources=HEADER + "E1,oak,need,1,kg,5\nE2,oak,offer,2,piece,9\nE3,oak,offer,1,kg,5\n")
    assert "factor" not in problem.values
    assert "call the resource there by another name" in problem.message()


def test_d10_three_units_are_two_problems(refused):
    rows = "E1,oak,need,1,kg,5\nE2,oak,offer,2,t,9\nE3,oak,offer,1,kg,5\nE1,oak,offer,1,m3,5\n"
    problems = refused(resources=HEADER + rows)
    assert [(problem.row, problem.values["unit"]) for problem in problems] == [(5, "m3"), (3, "t")]
