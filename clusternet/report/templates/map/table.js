"use strict";
/* The table of what the map shows: enterprises or linkages, sorted by any column, a hundred rows at a time. */
(function (cn) {
  const { nodes, links, layers, groups } = cn.data;
  const element = cn.element;
  const ROWS = 100;
  const state = { tab: "nodes", sort: { nodes: ["name", 1], links: ["weight", -1] }, page: 0 };
  let order = [];
  let parts = null;
  let asked = 0;

  const groupText = new Map(groups.map((group) => [group.code, group.label]));
  const text = (column) => (i) => (column.codes[i] < 0 ? "" : column.values[column.codes[i]]);

  /** The columns of both tables: a key, a head, a value to sort by; `text` is what a reader sees. */
  const COLUMNS = {
    nodes: [
      { key: "name", label: cn.word("name"), value: (i) => cn.name(i) },
      { key: "id", label: cn.word("id"), value: (i) => cn.clean(nodes.id[i]) },
      { key: "cluster", label: cn.word("cluster"), value: (i) => nodes.group[i], text: (i) => groupText.get(nodes.group[i]), number: true, words: true },
      ...nodes.columns.filter((column) => !column.by).map((column) =>
        column.kind === "number"
          ? { key: column.key, label: cn.clean(column.label), value: (i) => column.values[i], number: true }
          : { key: column.key, label: cn.clean(column.label), value: text(column) }
      ),
    ],
    links: [
      { key: "source", label: cn.word("source"), value: (l) => cn.name(links.source[l]) },
      { key: "target", label: cn.word("target"), value: (l) => cn.name(links.target[l]) },
      { key: "layer", label: cn.word("layer"), value: (l) => layers[links.layer[l]].label },
      { key: "weight", label: cn.word("weight"), value: (l) => links.weight[l], number: true },
      { key: "reports", label: cn.word("reports"), value: (l) => links.reports[l], number: true },
    ],
  };
  const collator = new Intl.Collator(cn.data.language, { numeric: true });

  /** Places of the rows that are shown, in the order asked for; unknown values last. */
  function sorted(tab = state.tab) {
    const mask = tab === "nodes" ? cn.shown.node : cn.shown.link;
    const [key, way] = state.sort[tab];
    const column = COLUMNS[tab].find((one) => one.key === key);
    const found = [];
    for (let place = 0; place < mask.length; place++) if (mask[place]) found.push(place);
    const values = new Map(found.map((place) => [place, column.value(place)]));
    const compare = column.number ? (a, b) => (a - b || 0) : collator.compare;
    const known = (value) => !(value === "" || Number.isNaN(value));
    return found.sort((a, b) => {
      const [x, y] = [values.get(a), values.get(b)];
      if (known(x) !== known(y)) return known(x) ? -1 : 1;
      return (known(x) ? way * compare(x, y) : 0) || a - b;
    });
  }

  function cell(column, place) {
    const shown = column.text ? column.text(place) : column.number ? cn.number(column.value(place)) : column.value(place);
    if (column.number && !column.words) return element("td", { class: "num", dir: "ltr" }, shown);
    return element("td", {}, element("bdi", {}, cn.cut(cn.clean(shown ?? ""), 80)));
  }

  function row(columns, place) {
    const what = { kind: state.tab === "nodes" ? "node" : "link", index: place };
    const select = () => (cn.set({ selected: what }), cn.emit("card"));
    const [first, ...rest] = columns;
    const { selected } = cn.state;
    const chosen = selected && selected.kind === what.kind && selected.index === place;
    const opener = element("button", { type: "button", class: "link", onclick: select }, element("bdi", {}, cn.cut(cn.clean(first.value(place)), 80)));
    return element("tr", { "aria-selected": String(Boolean(chosen)) }, element("th", { scope: "row" }, opener), rest.map((column) => cell(column, place)));
  }

  function head(column) {
    const [key, way] = state.sort[state.tab];
    const sign = key !== column.key ? "" : way > 0 ? " ▲" : " ▼";
    const turn = () => {
      state.sort[state.tab] = [column.key, key === column.key ? -way : column.number && !column.words ? -1 : 1];
      state.page = 0;
      fill();
      parts.head.querySelector(`[data-key="${CSS.escape(column.key)}"]`)?.focus();
    };
    const sorting = key !== column.key ? "none" : way > 0 ? "ascending" : "descending";
    return element("th", { scope: "col", "aria-sort": sorting, class: column.number && !column.words ? "num" : null }, element("button", { type: "button", dataset: { key: column.key }, onclick: turn }, element("bdi", {}, column.label), sign));
  }

  function fill() {
    order = sorted();
    state.page = Math.min(state.page, Math.max(Math.ceil(order.length / ROWS) - 1, 0));
    page();
  }

  function page() {
    const columns = COLUMNS[state.tab];
    const from = state.page * ROWS;
    const rows = order.slice(from, from + ROWS);
    parts.head.replaceChildren(...columns.map(head));
    parts.body.replaceChildren(...rows.map((place) => row(columns, place)));
    parts.told.textContent = cn.word("page", { from: cn.number(rows.length ? from + 1 : 0), to: cn.number(from + rows.length), all: cn.number(order.length) });
    parts.previous.disabled = state.page === 0;
    parts.next.disabled = from + ROWS >= order.length;
    for (const tab of ["nodes", "links"]) parts[tab].setAttribute("aria-pressed", String(tab === state.tab));
  }

  function build(place) {
    const turn = (by) => () => ((state.page += by), page());
    const tab = (name, word) => element("button", { type: "button", "aria-pressed": "false", onclick: () => ((state.tab = name), (state.page = 0), fill()) }, cn.word(word));
    parts = {
      head: element("tr", {}), body: element("tbody", {}), told: element("span", { class: "quiet" }),
      nodes: tab("nodes", "enterprises"), links: tab("links", "linkages"),
      previous: element("button", { type: "button", onclick: turn(-1) }, cn.word("previous")),
      next: element("button", { type: "button", onclick: turn(1) }, cn.word("next")),
    };
    place.append(
      element("h2", { id: "table-head" }, cn.word("table")),
      element("div", { class: "row" }, parts.nodes, parts.links, parts.previous, parts.next, parts.told),
      element("div", { class: "scroll", tabindex: 0, role: "region", "aria-labelledby": "table-head" }, element("table", {}, element("thead", {}, parts.head), parts.body))
    );
    fill();
    cn.on((changed) => {
      if (!changed.has("shown") && !changed.has("selected")) return;
      // Many changes in a row, as from a slider, fill the table once.
      cancelAnimationFrame(asked);
      asked = requestAnimationFrame(changed.has("shown") ? fill : page);
    });
  }

  cn.table = { build, sorted, columns: COLUMNS };
})((window.clusternet = window.clusternet || {}));
