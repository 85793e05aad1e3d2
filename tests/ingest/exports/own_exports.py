"""A few answers to our own form, as tools export them, for tests of reading as a whole."""

from clusternet.model.questionnaire import questionnaire
from clusternet.model.settings import Settings

FORM = "Survey of enterprises"
ABOUT = [q for q in questionnaire(Settings()).questions if q.table == "enterprises" and q.column]
NAMES = [question.name for question in ABOUT]
SYSTEM = ["_id", "_uuid", "_submission_time", "_index"]
PARENT = ["_index", "_parent_table_name", "_parent_index"]


def answers(number, **given):
    """One row of the main sheet as KoboToolbox has it."""
    known = {"consent": "yes", "enterprise_id": f"E{number}", "name": f"Enterprise {number}", **given}
    return [*(known.get(name, "") for name in NAMES), str(number), f"u{number}", "2026-03-01T10:00:00", str(number)]


def main_of(*rows):
    return [[*NAMES, *SYSTEM], *rows]


def needs_of(*rows):
    return [["need_resource", "need_quantity", *PARENT], *rows]


def ties_of(*rows):
    return [["supply_from_partner", "supply_from_strength", *PARENT], *rows]


MAIN = main_of(answers(1), answers(2), answers(3))
TIES = ties_of(["E2", "5", "1", FORM, "1"], ["E3", "2", "2", FORM, "1"])
BOOK = {FORM: MAIN, "supply_from": TIES}


def keyed(number, name="", **given):
    known = {"consent": "yes", "enterprise_id": f"E{number}", "name": name or f"Enterprise {number}", **given}
    return [known.get(column, "") for column in NAMES]


KEYED = [[*NAMES, "KEY", "SubmissionDate"], [*keyed(1), "a", ""], [*keyed(2), "b", ""]]
KEYED_NEEDS = [
    ["need_resource", "need_quantity", "PARENT_KEY", "KEY"],
    ["x", "1", "a", "a/1"],
    ["y", "many", "b", "b/1"],
]
