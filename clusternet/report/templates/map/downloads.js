"use strict";
/* What the reader takes along: the picture as it stands, and the tables as they are filtered. */
(function (cn) {
  const { nodes, links } = cn.data;
  const element = cn.element;
  const RISKY = /^['\s]*[=+\-@\t\r]/;

  /** A cell of a CSV: quoted where it must be, an apostrophe before what a spreadsheet would run as a formula. */
  function cell(value) {
    if (typeof value === "number") return Number.isNaN(value) ? "" : String(Number(value.toPrecision(7)));
    const text = RISKY.test(value) ? `'${value}` : String(value);
    return /[",\r\n]/.test(text) || text !== text.trim() ? `"${text.replaceAll('"', '""')}"` : text;
  }

  const csv = (head, rows) => "\ufeff" + [head, ...rows].map((row) => row.map(cell).join(",")).join("\r\n") + "\r\n";

  /** The enterprises that are shown, by id. */
  function nodeTable() {
    const columns = nodes.columns.filter((column) => !column.by);
    const rows = [];
    for (let i = 0; i < nodes.count; i++) {
      if (!cn.shown.node[i]) continue;
      const given = columns.map((column) => (column.kind === "number" ? column.values[i] : column.codes[i] < 0 ? "" : column.values[column.codes[i]]));
      rows.push([nodes.id[i], nodes.name[i], nodes.group[i], ...given]);
    }
    return csv(["enterprise_id", "name", "cluster", ...columns.map((column) => column.key)], rows);
  }

  /** The linkages that are shown. */
  function linkTable() {
    const rows = [];
    for (let l = 0; l < links.count; l++) {
      if (cn.shown.link[l]) rows.push([nodes.id[links.source[l]], nodes.id[links.target[l]], cn.data.layers[links.layer[l]].name, links.weight[l], links.reports[l]]);
    }
    return csv(["source", "target", "layer", "weight", "n_reports"], rows);
  }

  function save(blob, name) {
    const address = URL.createObjectURL(blob);
    element("a", { href: address, download: name }).click();
    setTimeout(() => URL.revokeObjectURL(address), 10000);
  }

  const text = (content, type, name) => save(new Blob([content], { type }), name);

  const WAYS = {
    save_png: () => cn.paint.toCanvas(2).toBlob((blob) => save(blob, "map.png"), "image/png"),
    save_svg: () => text(cn.paint.toSvg(), "image/svg+xml", "map.svg"),
    save_nodes: () => text(nodeTable(), "text/csv", "enterprises-shown.csv"),
    save_links: () => text(linkTable(), "text/csv", "linkages-shown.csv"),
  };

  /** A select that saves what is chosen. */
  function build() {
    const select = element("select", { id: "download", "aria-label": cn.word("download"), onchange: () => (WAYS[select.value]?.(), (select.value = "")) },
      element("option", { value: "" }, `${cn.word("download")} …`), Object.keys(WAYS).map((key) => element("option", { value: key }, cn.word(key))));
    return select;
  }

  cn.downloads = { build, nodeTable, linkTable };
})((window.clusternet = window.clusternet || {}));
