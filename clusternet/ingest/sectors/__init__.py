"""Sectors of enterprises: codes of several classifications and words, read as ISIC Rev.4."""

from clusternet.ingest.sectors.reading import with_sectors

__all__ = ["with_sectors"]
