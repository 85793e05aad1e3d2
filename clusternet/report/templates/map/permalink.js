"use strict";
/* The state of the page in its address, so that a link opens the same picture; what is broken in it is passed over. */
(function (cn) {
  const PLAIN = { view: "network", open: null, minWeight: 0, sizeBy: "partners", colourBy: "cluster", labels: true, hulls: true };
  const FIRST = { ...PLAIN, view: cn.state.view };
  const keys = new Set(cn.data.nodes.columns.map((column) => column.key));
  const numeric = new Set(cn.data.nodes.columns.filter((column) => column.kind === "number").map((column) => column.key));
  let asked = 0;

  const list = (set) => [...set].sort((a, b) => a - b).join(".");

  /** The state as the part of the address after "#"; only what is not as at first. */
  function written() {
    const { state } = cn;
    const found = new URLSearchParams();
    for (const key of Object.keys(FIRST)) if (state[key] !== FIRST[key]) found.set(key, String(state[key]));
    if (state.hiddenLayers.size) found.set("layers", list(state.hiddenLayers));
    if (state.hiddenGroups.size) found.set("groups", list(state.hiddenGroups));
    for (const [key, hidden] of Object.entries(state.categories)) if (hidden.size) found.set(`not:${key}`, list(hidden));
    for (const [key, range] of Object.entries(state.ranges)) found.set(`in:${key}`, range.map((end) => (Number.isFinite(end) ? end : "")).join("_"));
    if (state.selected) found.set(state.selected.kind, String(state.selected.index));
    return found.toString();
  }

  const numbers = (text) => new Set(text.split(".").map(Number).filter(Number.isInteger));

  /** The state that an address asks for; unknown keys and values that do not fit are left out. */
  function read(text) {
    const asks = new URLSearchParams(text);
    const { nodes, links, clusters } = cn.data;
    const sizes = { node: nodes.count, link: links.count, cluster: clusters.length };
    const found = { ...FIRST, hiddenLayers: new Set(), hiddenGroups: new Set(), categories: {}, ranges: {}, selected: null, hover: null };
    for (const [key, value] of asks) {
      const [kind, column] = [key.slice(0, key.indexOf(":") + 1), key.slice(key.indexOf(":") + 1)];
      const whole = /^\d+$/.test(value) ? Number(value) : -1;
      if (key === "view" && (value === "network" || value === "clusters" || (value === "places" && nodes.lon))) found.view = value;
      else if (key === "open" && whole >= 0 && whole < clusters.length) found.open = whole;
      else if (key === "minWeight" && value !== "" && Number(value) >= 0 && Number.isFinite(Number(value))) found.minWeight = Number(value);
      else if ((key === "sizeBy" && (value === "" || keys.has(value))) || (key === "colourBy" && (value === "cluster" || keys.has(value)))) found[key] = value;
      else if (key === "labels" || key === "hulls") found[key] = value !== "false";
      else if (key === "layers") found.hiddenLayers = numbers(value);
      else if (key === "groups") found.hiddenGroups = numbers(value);
      else if (kind === "not:" && keys.has(column)) found.categories[column] = numbers(value);
      else if (kind === "in:" && numeric.has(column)) {
        const [from, to] = value.split("_").map((end) => (end === "" ? NaN : Number(end)));
        if (!(from > to)) found.ranges[column] = [Number.isNaN(from) ? -Infinity : from, Number.isNaN(to ?? NaN) ? Infinity : to];
      } else if (Object.hasOwn(sizes, key) && whole >= 0 && whole < sizes[key]) found.selected = { kind: key, index: whole };
    }
    return found;
  }

  function build() {
    const adopt = (text) => {
      clearTimeout(asked); // what waits to be written must not overwrite what was just asked for
      if (text !== written() && (text === "" || text.includes("="))) cn.set(read(text));
    };
    // The event's own address: the page's may have been written over by now.
    window.addEventListener("hashchange", (event) => adopt(new URL(event.newURL).hash.slice(1)));
    cn.on((changed) => {
      if (changed.size === 1 && changed.has("hover")) return;
      clearTimeout(asked);
      asked = setTimeout(() => {
        const text = written();
        if (text !== location.hash.slice(1)) history.replaceState(null, "", text ? `#${text}` : location.pathname + location.search);
      }, 200);
    });
    if (location.hash.length > 1) adopt(location.hash.slice(1));
  }

  cn.permalink = { build, written, read };
})((window.clusternet = window.clusternet || {}));
