"use strict";
/* The state of the page, the masks of what passes its filters, and who is told when it changes. */
(function (cn) {
  cn.started = cn.started ?? performance.now();
  cn.timings = cn.timings || { first: null, highlight: [], redraw: null };

  // Without a graphics card a browser may compute one, and thousands of small marks then take many times as long.
  cn.BY_PROCESSOR = { willReadFrequently: true };

  const data = cn.data;
  const count = data.nodes.count;
  const links = data.links;
  const columns = new Map(data.nodes.columns.map((column) => [column.key, column]));

  cn.state = {
    view: data.large ? "clusters" : "network",
    open: null,
    hiddenLayers: new Set(),
    hiddenGroups: new Set(),
    categories: {},
    ranges: {},
    minWeight: 0,
    sizeBy: "partners",
    colourBy: "cluster",
    hover: null,
    selected: null,
    labels: true,
    hulls: true,
  };
  cn.shown = { node: new Uint8Array(count), link: new Uint8Array(links.count), nodes: 0, links: 0 };

  const FILTERS = ["open", "hiddenLayers", "hiddenGroups", "categories", "ranges", "minWeight"];
  const listeners = [];

  /** Call the listener with the set of changed keys after each change. */
  cn.on = function (listener) {
    listeners.push(listener);
  };

  /** Tell all listeners that these keys changed (or happened, as "card"), without changing the state. */
  cn.emit = function (...keys) {
    const changed = new Set(keys);
    for (const listener of listeners) listener(changed);
  };

  /** Merge into the state, recompute the masks where a filter changed, and tell the listeners once. */
  cn.set = function (partial) {
    const changed = Object.keys(partial).filter((key) => !same(cn.state[key], partial[key]));
    if (!changed.length) return;
    Object.assign(cn.state, partial);
    if (changed.some((key) => FILTERS.includes(key))) {
      recompute();
      changed.push("shown");
    }
    cn.emit(...changed);
  };

  /** Whether two values of the state are the same; a hover is the same when it is on the same thing. */
  function same(one, other) {
    if (one === other) return true;
    return Boolean(one && other && one.kind && one.kind === other.kind && one.index === other.index);
  }

  /** The column of the enterprises with a key, or undefined. */
  cn.column = (key) => columns.get(key);

  /** Write the masks of the enterprises and linkages that pass every filter. */
  function recompute() {
    const state = cn.state;
    const node = cn.shown.node;
    const group = data.nodes.group;
    for (let i = 0; i < count; i++) node[i] = state.hiddenGroups.has(group[i]) ? 0 : 1;
    for (const [key, hidden] of Object.entries(state.categories)) {
      const column = columns.get(key);
      if (!hidden || !hidden.size || !column || column.kind !== "category") continue;
      const codes = column.codes;
      for (let i = 0; i < count; i++) if (node[i] && hidden.has(codes[i])) node[i] = 0;
    }
    for (const [key, range] of Object.entries(state.ranges)) {
      const column = columns.get(key);
      if (!range || !column || column.kind !== "number") continue;
      const values = column.values;
      // Written so that a missing number, which no comparison holds for, is left out.
      for (let i = 0; i < count; i++) if (!(values[i] >= range[0] && values[i] <= range[1])) node[i] = 0;
    }
    const open = state.open;
    const passing = new Uint8Array(data.layers.length);
    for (let layer = 0; layer < passing.length; layer++) passing[layer] = state.hiddenLayers.has(layer) ? 0 : 1;
    if (open !== null) keepAround(open, passing);
    const link = cn.shown.link;
    const { source, target, layer, weight } = links;
    let found = 0;
    for (let l = 0; l < links.count; l++) {
      const a = source[l];
      const b = target[l];
      link[l] = node[a] && node[b] && passing[layer[l]] && weight[l] >= state.minWeight ? 1 : 0;
      if (link[l] && open !== null && group[a] !== open && group[b] !== open) link[l] = 0;
      found += link[l];
    }
    cn.shown.links = found;
    cn.shown.nodes = 0;
    for (let i = 0; i < count; i++) cn.shown.nodes += node[i];
  }

  /** Leave only the members of a cluster and whoever is linked to one of them by a linkage that is shown. */
  function keepAround(code, passing) {
    const near = new Uint8Array(count);
    const group = data.nodes.group;
    for (let i = 0; i < count; i++) near[i] = group[i] === code ? 1 : 0;
    for (let l = 0; l < links.count; l++) {
      if (!passing[links.layer[l]] || !(links.weight[l] >= cn.state.minWeight)) continue;
      if (group[links.source[l]] === code) near[links.target[l]] = 1;
      else if (group[links.target[l]] === code) near[links.source[l]] = 1;
    }
    for (let i = 0; i < count; i++) if (!near[i]) cn.shown.node[i] = 0;
  }

  let index = null;

  /** Linkages and partners of each enterprise, as one flat list each with the place where every enterprise begins. */
  function adjacency() {
    if (index) return index;
    const { source, target } = links;
    const start = new Uint32Array(count + 1);
    for (let l = 0; l < links.count; l++) {
      start[source[l] + 1]++;
      start[target[l] + 1]++;
    }
    for (let i = 0; i < count; i++) start[i + 1] += start[i];
    const next = start.slice(0, count);
    const partner = new Int32Array(2 * links.count);
    const link = new Int32Array(2 * links.count);
    for (let l = 0; l < links.count; l++) {
      const a = source[l];
      const b = target[l];
      partner[next[a]] = b;
      link[next[a]++] = l;
      partner[next[b]] = a;
      link[next[b]++] = l;
    }
    index = { start, partner, link };
    return index;
  }

  /** Partners of an enterprise, one entry per linkage. */
  cn.neighbours = function (i) {
    const { start, partner } = adjacency();
    return partner.subarray(start[i], start[i + 1]);
  };

  /** Places of the linkages of an enterprise, in the order of cn.neighbours. */
  cn.linksOf = function (i) {
    const { start, link } = adjacency();
    return link.subarray(start[i], start[i + 1]);
  };

  /**
   * Make an element. A text becomes a text node, never markup; an attribute whose name begins with "on" must be a
   * function and becomes a listener; false, null and undefined leave an attribute or a child out.
   */
  cn.element = function (tag, attributes, ...children) {
    const made = document.createElement(tag);
    for (const [name, value] of Object.entries(attributes || {})) {
      if (value === false || value === null || value === undefined) continue;
      if (name.startsWith("on")) made.addEventListener(name.slice(2), value);
      else if (name === "style" && typeof value === "object") Object.assign(made.style, value);
      else if (name === "dataset") Object.assign(made.dataset, value);
      else made.setAttribute(name, value === true ? "" : String(value));
    }
    for (const child of children.flat(3)) {
      if (child === false || child === null || child === undefined) continue;
      made.append(child instanceof Node ? child : String(child));
    }
    return made;
  };

  /** The word of the page's language for a key, with its {placeholders} filled in. */
  cn.word = function (key, values) {
    const text = Object.hasOwn(data.words || {}, key) ? data.words[key] : key;
    return values ? text.replace(/\{(\w+)\}/g, (all, name) => (name in values ? String(values[name]) : all)) : text;
  };

  const numbers = new Intl.NumberFormat(data.language === "ar" ? "ar-u-nu-latn" : data.language || "en", {
    maximumSignificantDigits: 3,
  });
  const wholes = new Intl.NumberFormat(data.language === "ar" ? "ar-u-nu-latn" : data.language || "en");

  /** A number for readers: counts in full, others with three significant digits, a dash where there is none. */
  cn.number = function (value) {
    if (value === null || value === undefined || Number.isNaN(value)) return "–";
    return Number.isInteger(value) ? wholes.format(value) : numbers.format(value);
  };

  const UNSEEN = /[\u0000-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069\ufeff\ufffe\uffff]/g;

  /** A text without what cannot be seen and what would turn the direction of its neighbours. */
  cn.clean = (text) => String(text).replace(/[\u202a-\u202e\u2066-\u2069]/g, "").replace(UNSEEN, " ").trim();

  /** The name of an enterprise, or its id where it has none. */
  cn.name = (i) => cn.clean(data.nodes.name[i] || "") || cn.clean(data.nodes.id[i]);

  /** A text cut at a number of letters. */
  cn.cut = function (text, longest = 60) {
    // A text that is far too long is shortened first, so that it is not taken apart letter by letter in full.
    const letters = Array.from(text.length > 4 * longest ? text.slice(0, 4 * longest) : text);
    return letters.length <= longest ? text : letters.slice(0, longest - 1).join("") + "…";
  };

  recompute();
})((window.clusternet = window.clusternet || {}));
