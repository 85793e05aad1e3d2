"""Planted surveys: invented enterprises whose clusters are known, for tests, teaching and benchmarks.

Examples
--------
>>> from clusternet.planted import plant_survey
>>> tables = plant_survey(60, seed=1)
>>> len(tables.enterprises)
60
"""

from clusternet.planted.survey import PlantedTables, plant_survey

__all__ = ["PlantedTables", "plant_survey"]
