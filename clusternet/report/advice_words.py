"""The rules of advice, and the sentences of what is missing in a chain, as the reader sees them."""

from __future__ import annotations

from clusternet.messages import mark

CHAIN_RULE = mark("Rule: a product of the chain of {final} that no member makes; gain = one over the chain's products.")
SINGLE_RULE = mark(
    "Rule: a product of the chain of {final} that one member alone makes; gain = one over the chain's products."
)
CONNECT_RULE = mark("Rule: a pair of members in openings.csv whose need coverage gain is {least} or more.")
CUT_RULE = mark("Rule: a member whose leaving cuts off {least} of the others or more; gain = that share.")
ASK_RULE = mark("Rule: {least} of the members or more did not answer; gain = that share.")
CONFIRM_RULE = mark(
    "Rule: of the ties whose two ends both answered, fewer than {least} were reported by both, and fewer than in the "
    "whole survey; gain = the rest."
)
GLUE_RULE = mark(
    "Rule: the density of the glue ({value}) is not above its mean in networks made by chance ({chance}); gain = what "
    "is lacking."
)

#: By whether nobody inside makes it (else one does), and whether somebody else in the register does.
CHAIN_SENTENCES = {
    (True, True): mark(
        "Recruit a maker of {product}: no member makes it, and with one the cluster covers {share} more of the chain. "
        "In the register it is made by: {others}."
    ),
    (True, False): mark(
        "Recruit a maker of {product}: no member makes it, and with one the cluster covers {share} more of the chain. "
        "Nobody in the register makes it; look beyond."
    ),
    (False, True): mark(
        "Back up {supplier}: no other member makes {product}; without it {share} of the chain would be missing. "
        "In the register it is also made by: {others}."
    ),
    (False, False): mark(
        "Back up {supplier}: no other member makes {product}; without it {share} of the chain would be missing. "
        "Nobody else in the register makes it."
    ),
}
