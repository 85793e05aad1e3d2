"""From nouns to files: pages, workbook, tables and graphs; only this room writes files."""

from clusternet.report.map_page import write_map
from clusternet.report.publish import check_out
from clusternet.report.survey_files import write_survey
from clusternet.report.write import write_report

__all__ = ["check_out", "write_map", "write_report", "write_survey"]
