"use strict";
/* The card of what is selected: an enterprise, a linkage or a cluster, with all that is known of it. */
(function (cn) {
  const { nodes, links, layers, groups, clusters, ledger } = cn.data;
  const element = cn.element;
  const FEW = 8;
  let box = null;
  let before = null; // where the focus was when the card took it

  const bdi = (text, longest = 200) => element("bdi", {}, cn.cut(cn.clean(text), longest));
  const arrow = cn.data.direction === "rtl" ? "←" : "→";
  const pick = (what, child) => element("button", { type: "button", class: "link", onclick: () => (cn.set({ selected: what }), cn.emit("card")) }, child);
  const firm = (i) => pick({ kind: "node", index: i }, bdi(cn.name(i), 60));
  const cluster = (code) => (code >= 0 ? pick({ kind: "cluster", index: code }, bdi(label(code))) : bdi(label(code)));
  const label = (code) => groups.find((group) => group.code === code)?.label ?? "";

  /** A heading with a list; long lists show their first entries and a button for the rest. */
  function listed(title, items) {
    if (!items.length) return null;
    const list = element("ul", { class: "lines" }, items.slice(0, FEW).map((make) => element("li", {}, make())));
    const more = items.length > FEW && element("button", { type: "button", onclick: () => (list.append(...items.slice(FEW).map((make) => element("li", {}, make()))), more.remove()) }, cn.word("more_all", { count: cn.number(items.length) }));
    return [element("h3", {}, title), list, more];
  }

  function facts(pairs) {
    return element("dl", {}, pairs.filter(Boolean).map(([name, value]) => [element("dt", {}, name), element("dd", {}, value)]));
  }

  /** A sentence whose {places} are filled with elements. */
  function sentence(word, values) {
    return cn.word(word).split(/(\{\w+\})/).map((part) => (part.startsWith("{") && part.slice(1, -1) in values ? values[part.slice(1, -1)] : part));
  }

  const opening = (entry) => () => sentence("opening_line", { supplier: firm(entry.supplier), buyer: firm(entry.buyer), resources: bdi(resources(entry)) });
  const resources = ({ resources: found }) => (Array.isArray(found) ? found.join(", ") : String(found ?? ""));

  function ofNode(i) {
    const given = [];
    for (const column of nodes.columns) {
      if (column.by === "cluster" || column.key === "partners") continue;
      if (column.kind === "category" && column.codes[i] >= 0) given.push([bdi(column.label), bdi(column.values[column.codes[i]])]);
      if (column.kind === "number" && !Number.isNaN(column.values[i])) given.push([bdi(column.label), [cn.number(column.values[i]), column.unit ? [" ", bdi(column.unit)] : null]]);
    }
    const ties = Array.from(cn.linksOf(i)).sort((a, b) => links.weight[b] - links.weight[a] || a - b);
    const outside = nodes.group[i] === -2;
    return [
      heading(cn.name(i)),
      facts([
        [cn.word("id"), bdi(nodes.id[i])],
        nodes.alt[i] ? [cn.word("name"), bdi(nodes.alt[i])] : null,
        [cn.word("cluster"), cluster(nodes.group[i])],
        nodes.silent[i] && !outside ? ["", cn.word("legend_silent")] : null,
        [cn.word("partners"), cn.number(nodes.degree[i])],
        ...given,
      ]),
      listed(cn.word("linkages"), ties.map((l) => () => tie(l, i))),
      ...needsAndOffers(i),
      listed(cn.word("openings"), openingsOf(i).map(opening)),
    ];
  }

  /** A linkage as seen from one of its ends. */
  function tie(l, i) {
    const away = links.source[l] === i;
    const other = away ? links.target[l] : links.source[l];
    const layer = layers[links.layer[l]];
    const way = layer.directed ? (away ? arrow : arrow === "→" ? "←" : "→") : "–";
    const evidence = `${cn.word("weight")} ${cn.number(links.weight[l])}; ${cn.word("reports")}: ${cn.number(links.reports[l])}${links.confirmed[l] ? ` (${cn.word("confirmed")})` : ""}`;
    return [`${way} `, firm(other), " ", element("span", { class: "quiet" }, bdi(layer.label), " · ", evidence)];
  }

  function needsAndOffers(i) {
    const found = [[], []];
    for (let row = 0; row < ledger.node.length; row++) if (ledger.node[row] === i) found[ledger.role[row]].push(row);
    const line = (row) => () => [
      bdi(ledger.resources[ledger.resource[row]]), " ",
      Number.isNaN(ledger.quantity[row]) ? "" : element("span", { class: "quiet" }, cn.number(ledger.quantity[row]), " ", bdi(ledger.units[ledger.unit[row]] ?? "")),
    ];
    return [listed(cn.word("needs"), found[0].map(line)), listed(cn.word("offers"), found[1].map(line))];
  }

  function openingsOf(i) {
    const all = cn.data.openings;
    const found = [];
    for (let row = 0; row < all.supplier.length; row++) {
      if (all.supplier[row] === i || all.buyer[row] === i) found.push({ supplier: all.supplier[row], buyer: all.buyer[row], resources: all.resources[row] });
    }
    return found;
  }

  function ofLink(l) {
    const layer = layers[links.layer[l]];
    return [
      heading(layer.label),
      facts([
        [layer.directed ? cn.word("source") : "", firm(links.source[l])],
        [layer.directed ? cn.word("target") : "", firm(links.target[l])],
        [cn.word("layer"), [bdi(layer.label), ` (${cn.word(layer.directed ? "directed" : "mutual")})`]],
        [cn.word("weight"), cn.number(links.weight[l])],
        [cn.word("reports"), [cn.number(links.reports[l]), links.confirmed[l] ? ` (${cn.word("confirmed")})` : ""]],
      ]),
    ];
  }

  function ofCluster(code) {
    const found = clusters[code];
    const alone = () => cn.set({ open: code, view: "network", selected: null });
    return [
      heading(label(code)),
      facts([
        found.verdict_label ? [bdi(cn.column("verdict")?.label ?? ""), bdi(found.verdict_label)] : null,
        [cn.word("enterprises"), cn.number(found.size)],
        [cn.word("certainty"), cn.number(found.certainty)],
      ]),
      element("p", {}, element("button", { type: "button", onclick: alone }, cn.word("open_cluster")), " ", element("a", { href: `report.html#cluster-${code}` }, cn.word("report"))),
      listed(cn.word("missing_stages"), (found.missing || []).map(({ product, stage }) => () => [bdi(product), stage ? [" · ", bdi(stage)] : ""])),
      listed(cn.word("single_stages"), (found.single || []).map(({ product, supplier }) => () => [bdi(product), ": ", supplier >= 0 ? firm(supplier) : "–"])),
      listed(cn.word("openings"), (found.openings || []).map(opening)),
      scores(found.scores || []),
    ];
  }

  function scores(rows) {
    const known = rows.filter((row) => !Number.isNaN(row.value));
    if (!known.length) return null;
    const tested = known.some((row) => !Number.isNaN(row.chance));
    const doubted = known.some((row) => !Number.isNaN(row.low));
    const head = [element("th", { scope: "col" }, cn.word("score")), number("th", cn.word("value")), doubted && number("th", cn.word("interval")), tested && number("th", cn.word("chance")), tested && number("th", cn.word("q"))];
    const body = known.map((row) =>
      element("tr", {}, element("th", { scope: "row", title: row.unit || "" }, bdi(row.label)), number("td", cn.number(row.value)),
        doubted && number("td", Number.isNaN(row.low) ? "" : `${cn.number(row.low)} – ${cn.number(row.high)}`), tested && number("td", cn.number(row.chance)), tested && number("td", cn.number(row.q)))
    );
    return [element("h3", {}, cn.word("scores")), element("div", { class: "scroll", tabindex: 0, role: "region", "aria-label": cn.word("scores") }, element("table", {}, element("thead", {}, element("tr", {}, head)), element("tbody", {}, body)))];
  }

  const number = (tag, text) => element(tag, { class: "num", dir: "ltr", scope: tag === "th" ? "col" : null }, text);

  function heading(text) {
    return element("header", {}, element("h2", {}, bdi(text, 120)), element("button", { type: "button", class: "close", "aria-label": cn.word("close"), onclick: close }, "×"));
  }

  const MAKERS = { node: ofNode, link: ofLink, cluster: ofCluster };

  function close() {
    cn.set({ selected: null, hover: null });
    if (before && before.isConnected) before.focus();
    before = null;
  }

  function show() {
    const what = cn.state.selected;
    const was = box.hidden;
    box.hidden = !what;
    document.getElementById("page").classList.toggle("carded", Boolean(what));
    if (what) {
      box.replaceChildren(...MAKERS[what.kind](what.index).flat(4).filter(Boolean));
      box.scrollTop = 0;
    }
    return was !== box.hidden;
  }

  function build(place) {
    box = place;
    box.addEventListener("keydown", (event) => event.key === "Escape" && (close(), event.stopPropagation()));
    cn.on((changed) => {
      if (changed.has("selected")) show();
      if (changed.has("card") && cn.state.selected) {
        if (!box.contains(document.activeElement)) before = document.activeElement;
        box.focus({ preventScroll: window.innerWidth > 900 });
      }
    });
  }

  cn.cards = { build, close };
})((window.clusternet = window.clusternet || {}));
