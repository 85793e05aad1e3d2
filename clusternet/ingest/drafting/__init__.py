"""A draft of the mapping for somebody else's form, guessed from the names, labels and answers of an export."""

from clusternet.ingest.drafting.draft import draft_mapping
from clusternet.ingest.drafting.text import draft_text

__all__ = ["draft_mapping", "draft_text"]
