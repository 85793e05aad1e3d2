"""A small KoboToolbox export: submissions, a repeat whose title is cut, and a repeat in it."""

import copy

FORM = "Enterprise linkages"
LONG = "supplier_relationships_long_name_repeat"
CUT = "supplier_relationships_long_..."
MAIN = [
    ["name", "sector", "_id", "_uuid", "_submission_time", "_index"],
    ["Cedar", "10", "101", "uuid:a", "2026-03-01T10:00:00", "1"],
    ["Oak", "13", "102", "uuid:b", "2026-03-01T10:00:00", "2"],
    ["Elm", "13", "103", "uuid:c", "2026-03-01T10:00:00", "3"],
]
TIES = [
    ["partner", "_index", "_parent_table_name", "_parent_index", "_submission__id", "_submission__uuid"],
    ["Oak", "1", FORM, "1", "101", "uuid:a"],
    ["Elm", "2", FORM, "1", "101", "uuid:a"],
    ["Cedar", "3", FORM, "3", "103", "uuid:c"],
]
GOODS = [
    ["product", "_index", "_parent_table_name", "_parent_index", "_submission__id", "_submission__uuid"],
    ["flour", "1", LONG, "1", "101", "uuid:a"],
    ["salt", "2", LONG, "3", "103", "uuid:c"],
]


def book(main=MAIN, ties=TIES, goods=GOODS, title=FORM, cut=CUT, last="prod"):
    return {title: copy.deepcopy(main), cut: copy.deepcopy(ties), last: copy.deepcopy(goods)}
