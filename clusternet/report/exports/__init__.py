"""The network and the tables in the formats of the programs that people work with; one file per format or family."""

from clusternet.model.catalogue import Catalogue
from clusternet.report.exports.cytoscape import CYTOSCAPE
from clusternet.report.exports.export import Export, Made, Told
from clusternet.report.exports.geojson import GEOJSON
from clusternet.report.exports.gephi import GEPHI
from clusternet.report.exports.graph import ExportGraph
from clusternet.report.exports.kumu import KUMU
from clusternet.report.exports.node_link import NODELINK
from clusternet.report.exports.pajek import PAJEK
from clusternet.report.exports.parquet import PARQUET
from clusternet.report.exports.polinode import POLINODE
from clusternet.report.exports.ucinet import UCINET
from clusternet.report.exports.vosviewer import VOSVIEWER

#: Every export, in the order in which they are listed.
EXPORTS: Catalogue[Export] = Catalogue(
    "export",
    [GEPHI, CYTOSCAPE, KUMU, VOSVIEWER, POLINODE, PAJEK, UCINET, NODELINK, GEOJSON, PARQUET],
)

__all__ = ["EXPORTS", "Export", "ExportGraph", "Made", "Told"]
