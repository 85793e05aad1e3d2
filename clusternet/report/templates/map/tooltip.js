"use strict";
/* The note beside the pointer. Every text of a survey is set as text, isolated in its direction. */
(function (cn) {
  const { nodes, links, layers, groups, clusters } = cn.data;
  let box = null;

  const bdi = (text, longest = 60) => cn.element("bdi", {}, cn.cut(cn.clean(text), longest));
  const row = (label, value) => cn.element("div", { class: "tip-row" }, cn.element("span", {}, label), " ", cn.element("span", {}, value));
  const groupLabel = (code) => groups.find((group) => group.code === code)?.label || "";

  function ofNode(i) {
    const rows = [cn.element("strong", {}, bdi(cn.name(i)))];
    if (nodes.alt[i]) rows.push(cn.element("div", {}, bdi(nodes.alt[i])));
    rows.push(cn.element("div", { class: "tip-quiet" }, bdi(groupLabel(nodes.group[i]), 80)));
    for (const key of ["stage", "sector", "place", "role"]) {
      const column = cn.column(key);
      if (column && column.codes[i] >= 0) rows.push(row(column.label, bdi(column.values[column.codes[i]])));
    }
    rows.push(row(cn.word("partners"), cn.number(nodes.degree[i])));
    const by = cn.column(cn.state.colourBy);
    if (by && by.kind === "number") rows.push(row(cn.clean(by.label), by.unit ? [cn.number(by.values[i]), " ", bdi(by.unit)] : cn.number(by.values[i])));
    if (nodes.silent[i] && nodes.group[i] !== -2) rows.push(cn.element("div", { class: "tip-quiet" }, cn.word("legend_silent")));
    return rows;
  }

  function ofLink(l) {
    const layer = layers[links.layer[l]];
    const arrow = layer.directed ? (cn.data.direction === "rtl" ? "←" : "→") : "–";
    return [
      cn.element("strong", {}, bdi(cn.name(links.source[l]), 40), ` ${arrow} `, bdi(cn.name(links.target[l]), 40)),
      cn.element("div", {}, bdi(layer.label)),
      row(cn.word("weight"), cn.number(links.weight[l])),
      row(cn.word("reports"), cn.number(links.reports[l])),
    ];
  }

  function ofCluster(code) {
    const cluster = clusters[code] || {};
    const rows = [cn.element("strong", {}, bdi(groupLabel(code), 80))];
    if (cluster.verdict_label) rows.push(cn.element("div", { class: "tip-quiet" }, bdi(cluster.verdict_label)));
    rows.push(row(cn.word("enterprises"), cn.number(cluster.size ?? groups[code].count)));
    if (cluster.certainty >= 0) rows.push(row(cn.word("certainty"), cn.number(cluster.certainty)));
    return rows;
  }

  const MAKERS = { node: ofNode, link: ofLink, cluster: ofCluster };

  /** Show the note on a thing beside a point of the stage, inside the stage. */
  function show(what, px, py) {
    if (!what) {
      box.hidden = true;
      return;
    }
    box.replaceChildren(...MAKERS[what.kind](what.index));
    box.hidden = false;
    const stage = box.parentElement;
    const [width, height] = [box.offsetWidth, box.offsetHeight];
    const left = px + 16 + width < stage.clientWidth ? px + 16 : Math.max(px - 16 - width, 4);
    const top = Math.min(Math.max(py + 14, 4), Math.max(stage.clientHeight - height - 4, 4));
    box.style.transform = `translate(${Math.round(left)}px, ${Math.round(top)}px)`;
  }

  function build(stage) {
    box = cn.element("div", { class: "tooltip", role: "presentation", dir: cn.data.direction, hidden: true });
    Object.assign(box.style, { position: "absolute", left: "0", top: "0", pointerEvents: "none", zIndex: "3" });
    stage.append(box);
  }

  /** The same note as one line of text, for readers of the screen. */
  function spoken(what) {
    return what ? MAKERS[what.kind](what.index).map((part) => part.textContent).join("; ") : "";
  }

  cn.tooltip = { build, show, spoken };
})((window.clusternet = window.clusternet || {}));
