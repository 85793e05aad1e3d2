"""How each layer of linkage is asked for, from either end, in words that a respondent uses."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import NamedTuple

from clusternet.messages import mark


class Wording(NamedTuple):
    """The words of one section on linkages.

    ``section`` is its title; ``partner``, ``weight``, ``frequency``, ``amount`` and ``unit`` are asked for each partner
    who is named; ``listed`` and ``others`` are asked where partners are chosen from a list. No question may begin with
    the words of another, or the headers of an export could not be told apart.
    """

    section: str
    partner: str
    weight: str
    frequency: str
    listed: str
    others: str
    amount: str = ""
    unit: str = ""


#: The words for the standard layers, by layer and side.
WORDINGS: Mapping[tuple[str, str], Wording] = MappingProxyType(
    {
        ("supply", "to"): Wording(
            mark("Your buyers"),
            mark("Name of the buyer"),
            mark("How important is this buyer to you?"),
            mark("How often does this buyer buy from you?"),
            mark("Who in the list buys from you?"),
            mark("Other buyers, who are not in the list"),
            mark("Amount sold to this buyer in a usual month"),
            mark("Unit of the amount sold"),
        ),
        ("supply", "from"): Wording(
            mark("Your suppliers"),
            mark("Name of the supplier"),
            mark("How important is this supplier to you?"),
            mark("How often do you buy from this supplier?"),
            mark("Who in the list supplies you?"),
            mark("Other suppliers, who are not in the list"),
            mark("Amount bought from this supplier in a usual month"),
            mark("Unit of the amount bought"),
        ),
        ("subcontracting", "to"): Wording(
            mark("Those for whom you carry out orders"),
            mark("Name of the enterprise that gives you orders"),
            mark("How important are its orders to you?"),
            mark("How often does it give you orders?"),
            mark("For whom in the list do you carry out orders?"),
            mark("Others who give you orders and are not in the list"),
            mark("Amount of its orders in a usual month"),
            mark("Unit of the amount of its orders"),
        ),
        ("subcontracting", "from"): Wording(
            mark("Those who carry out orders for you"),
            mark("Name of the enterprise that carries out your orders"),
            mark("How important is its work to you?"),
            mark("How often do you give it orders?"),
            mark("Who in the list carries out orders for you?"),
            mark("Others who carry out your orders and are not in the list"),
            mark("Amount of your orders to it in a usual month"),
            mark("Unit of the amount of your orders"),
        ),
        ("stock", "with"): Wording(
            mark("Those who share a stock with you"),
            mark("Name of the enterprise that shares a stock with you"),
            mark("How important is the shared stock to you?"),
            mark("How often do you use the shared stock?"),
            mark("Who in the list shares a stock of products or materials with you?"),
            mark("Others who share a stock with you and are not in the list"),
        ),
        ("technology", "with"): Wording(
            mark("Those who share equipment with you"),
            mark("Name of the enterprise that shares equipment with you"),
            mark("How important is the shared equipment to you?"),
            mark("How often do you use the shared equipment?"),
            mark("Who in the list shares equipment or technology with you?"),
            mark("Others who share equipment with you and are not in the list"),
        ),
        ("knowledge", "to"): Wording(
            mark("Those whom you ask for advice"),
            mark("Name of the enterprise that you ask"),
            mark("How much does its advice help you?"),
            mark("How often do you ask it?"),
            mark("Whom in the list do you ask for know-how or advice?"),
            mark("Others whom you ask and who are not in the list"),
        ),
        ("knowledge", "from"): Wording(
            mark("Those who ask you for advice"),
            mark("Name of the enterprise that asks you"),
            mark("How much does your advice help it?"),
            mark("How often does it ask you?"),
            mark("Who in the list asks you for know-how or advice?"),
            mark("Others who ask you and are not in the list"),
        ),
        ("labour", "with"): Wording(
            mark("Those with whom you lend and borrow workers"),
            mark("Name of the enterprise that lends you workers or borrows them"),
            mark("How important are these workers to the two of you?"),
            mark("How often do you lend or borrow workers?"),
            mark("With whom in the list do you lend and borrow workers?"),
            mark("Others with whom you lend workers, not in the list"),
        ),
        ("finance", "to"): Wording(
            mark("Those to whom you give credit"),
            mark("Name of the enterprise to which you give credit"),
            mark("How important is your credit to it?"),
            mark("How often do you give it credit?"),
            mark("To whom in the list do you give credit?"),
            mark("Others to whom you give credit, not in the list"),
            mark("Amount of the credit that you gave it"),
            mark("Currency of the credit that you gave"),
        ),
        ("finance", "from"): Wording(
            mark("Those who give you credit"),
            mark("Name of the enterprise that gives you credit"),
            mark("How important is its credit to you?"),
            mark("How often does it give you credit?"),
            mark("Who in the list gives you credit?"),
            mark("Others who give you credit and are not in the list"),
            mark("Amount of the credit that it gave you"),
            mark("Currency of the credit that you got"),
        ),
        ("energy", "with"): Wording(
            mark("Those who share a source of energy with you"),
            mark("Name of the enterprise that shares energy with you"),
            mark("How important is the shared energy to you?"),
            mark("How often do you use the shared energy?"),
            mark("Who in the list shares a source of energy with you?"),
            mark("Others who share energy with you and are not in the list"),
        ),
        ("training", "to"): Wording(
            mark("Those whose people you train"),
            mark("Name of the enterprise whose people you train"),
            mark("How important is your training to it?"),
            mark("How often do you train its people?"),
            mark("Whose people do you train, of the list?"),
            mark("Others whose people you train, not in the list"),
        ),
        ("training", "from"): Wording(
            mark("Those who train your people"),
            mark("Name of the enterprise that trains your people"),
            mark("How important is its training to you?"),
            mark("How often does it train your people?"),
            mark("Who in the list trains your people?"),
            mark("Others who train your people and are not in the list"),
        ),
        ("association", "with"): Wording(
            mark("Those whom you meet in an association"),
            mark("Name of the enterprise that you meet there"),
            mark("How important are these meetings to you?"),
            mark("How often do you meet?"),
            mark("Whom in the list do you meet in an association?"),
            mark("Others whom you meet there, not in the list"),
        ),
        ("rivalry", "with"): Wording(
            mark("Your competitors"),
            mark("Name of the competitor"),
            mark("How strong is this competitor?"),
            mark("How often do you compete for the same buyers?"),
            mark("Who in the list competes with you?"),
            mark("Other competitors, who are not in the list"),
        ),
    }
)

#: The words for a layer that the study declares, by side; the subject is the layer's own label.
OWN_WORDINGS: Mapping[str, Wording] = MappingProxyType(
    {
        "to": Wording(
            mark("{subject}: from you to others"),
            mark("{subject}, from you: name of the other enterprise"),
            mark("{subject}, from you: how important is it?"),
            mark("{subject}, from you: how often?"),
            mark("{subject}, from you: to whom in the list?"),
            mark("{subject}, from you: to others, who are not in the list"),
            mark("{subject}, from you: amount in a usual month"),
            mark("{subject}, from you: unit of the amount"),
        ),
        "from": Wording(
            mark("{subject}: from others to you"),
            mark("{subject}, to you: name of the other enterprise"),
            mark("{subject}, to you: how important is it?"),
            mark("{subject}, to you: how often?"),
            mark("{subject}, to you: from whom in the list?"),
            mark("{subject}, to you: from others, who are not in the list"),
            mark("{subject}, to you: amount in a usual month"),
            mark("{subject}, to you: unit of the amount"),
        ),
        "with": Wording(
            mark("{subject}: you and others"),
            mark("{subject}: name of the other enterprise"),
            mark("{subject}: how important is it?"),
            mark("{subject}: how often?"),
            mark("{subject}: with whom in the list?"),
            mark("{subject}: with others, who are not in the list"),
            mark("{subject}: amount in a usual month"),
            mark("{subject}: unit of the amount"),
        ),
    }
)
