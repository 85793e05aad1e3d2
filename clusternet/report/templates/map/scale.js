"use strict";
/* Size and colour of enterprises by any column, and the legend that says what they mean. */
(function (cn) {
  const { nodes, groups } = cn.data;
  const count = nodes.count;

  /* Apart in hue and in lightness (Okabe & Ito 2008), as clusternet/draw/palette.py has them; with a shape each. */
  const COLOURS = ["#0072B2", "#D55E00", "#009E73", "#B0478E", "#56B4E9", "#E69F00", "#7A4A1E", "#4B3FA0"];
  const SHAPES = ["circle", "square", "diamond", "triangle-up", "pentagon", "star", "triangle-down", "circle"];
  const OTHER = { colour: "#6B7280", symbol: "square" };
  /* From little to much: lightness falls steadily, so that it also reads without hue and in print. */
  const RAMP = ["#D9E6A8", "#8FCB9B", "#45A8A5", "#2A7FA6", "#2C5591", "#2B2A63"];
  const STEPS = 24;

  const groupOf = new Map(groups.map((group) => [group.code, group]));
  let made = null;
  let sizes = null;

  /** The colour of the ramp at a share from 0 to 1; on dark paper much is bright. */
  function ramp(share) {
    const at = Math.min(Math.max(cn.theme.dark ? 1 - share : share, 0), 1) * (RAMP.length - 1);
    const low = Math.min(Math.floor(at), RAMP.length - 2);
    return cn.theme.mix(RAMP[low], RAMP[low + 1], at - low);
  }

  /** The numbers between which nearly all values lie, so that one extreme value does not take all colours. */
  function span(values) {
    const known = Float64Array.from(values).filter(Number.isFinite).sort();
    if (!known.length) return [0, 1];
    const at = (share) => known[Math.round(share * (known.length - 1))];
    let [low, high] = known.length > 50 ? [at(0.02), at(0.98)] : [at(0), at(1)];
    if (low === high) [low, high] = [at(0), at(1)];
    return [low, high];
  }

  /** The most frequent categories get a colour each, in the order of the list; all others share one. */
  function chosen(column) {
    const tally = new Uint32Array(column.values.length);
    for (const code of column.codes) if (code >= 0) tally[code]++;
    const used = [...tally.keys()].filter((code) => tally[code]);
    const most = used.sort((a, b) => tally[b] - tally[a] || a - b).slice(0, COLOURS.length);
    return { tally, most: most.sort((a, b) => a - b), rest: used.length > most.length };
  }

  /** A function that gives the look of an enterprise: {symbol, colour, hollow, missing}, colours readable already. */
  function lookMaker() {
    const theme = cn.theme;
    const column = cn.column(cn.state.colourBy);
    const shape = (i) => groupOf.get(nodes.group[i]).symbol;
    if (!column) return (i) => [shape(i), theme.colour(groupOf.get(nodes.group[i]).colour), false];
    if (column.kind === "category") {
      const { most } = chosen(column);
      const place = new Map(most.map((code, rank) => [code, rank]));
      return (i) => {
        const code = column.codes[i];
        if (code < 0) return ["circle", theme.missing, true];
        const rank = place.get(code);
        return rank === undefined
          ? [OTHER.symbol, theme.colour(OTHER.colour), false]
          : [SHAPES[rank], theme.colour(COLOURS[rank]), false];
      };
    }
    const [low, high] = span(column.values);
    const colours = Array.from({ length: STEPS }, (_, step) => ramp(step / (STEPS - 1)));
    return (i) => {
      const value = column.values[i];
      if (Number.isNaN(value)) return ["circle", theme.missing, true];
      const share = high > low ? Math.min(Math.max((value - low) / (high - low), 0), 1) : 0.5;
      return [shape(i).replace(/-open$/, ""), colours[Math.round(share * (STEPS - 1))], false];
    };
  }

  /** All looks that occur, and which of them each enterprise has. */
  function looks() {
    if (made) return made;
    const look = lookMaker();
    const places = new Map();
    const list = [];
    const index = new Uint16Array(count);
    for (let i = 0; i < count; i++) {
      const outside = nodes.group[i] === -2;
      const [symbol, colour, missing] = look(i);
      const hollow = Boolean(nodes.silent[i]) && !outside;
      const key = `${outside ? "x" : symbol} ${colour} ${hollow} ${missing}`;
      if (!places.has(key)) {
        places.set(key, list.length);
        list.push({ symbol: outside ? "x" : symbol, colour, hollow, missing: missing && !outside });
      }
      index[i] = places.get(key);
    }
    made = { list, index };
    return made;
  }

  /** The size of each enterprise as a share from 0 to 1, and all of them from the largest to the smallest. */
  function shares() {
    if (sizes) return sizes;
    const column = cn.column(cn.state.sizeBy);
    const share = new Float32Array(count).fill(column ? 0 : 0.4);
    let high = 0;
    if (column && column.kind === "number") {
      const [low, top] = span(column.values);
      const from = Math.min(low, 0);
      high = top;
      for (let i = 0; i < count; i++) {
        const part = (column.values[i] - from) / (top - from || 1);
        // The area grows with the number, so the radius grows with its root.
        share[i] = Number.isNaN(part) ? 0 : Math.sqrt(Math.min(Math.max(part, 0), 1));
      }
    }
    const order = new Uint32Array(count);
    for (let i = 0; i < count; i++) order[i] = i;
    order.sort((a, b) => share[b] - share[a] || nodes.degree[b] - nodes.degree[a] || a - b);
    sizes = { share, order, high, column };
    return sizes;
  }

  /** Smallest and largest radius at today's zoom, in pixels. */
  function radii() {
    const unit = cn.frame.unit();
    return [Math.min(Math.max(0.13 * unit, 1.1), 5), Math.min(Math.max(0.42 * unit, 2.4), cn.state.view === "places" ? 9 : 15)];
  }

  function radiusOf(i) {
    const [least, most] = radii();
    return least + (most - least) * shares().share[i];
  }

  const entry = (swatch, text) => cn.element("li", {}, swatch, cn.element("bdi", {}, text));

  /** What the colours mean: categories, or a bar from little to much; and what a hollow or hatched mark means. */
  function colourEntries(column) {
    if (!column) return cn.element("p", {}, cn.word("legend_cluster"));
    const missing = count > 0 && Array.from(looks().list).some((look) => look.missing);
    const hatched = missing && entry(cn.symbols.swatch({ symbol: "circle", missing: true }), cn.word("missing"));
    if (column.kind === "category") {
      const { most, rest } = chosen(column);
      const items = most.map((code, rank) =>
        entry(cn.symbols.swatch({ symbol: SHAPES[rank], colour: COLOURS[rank] }), cn.cut(cn.clean(column.values[code]), 40))
      );
      const other = rest && entry(cn.symbols.swatch(OTHER), cn.word("other"));
      return cn.element("ul", {}, items, other, hatched);
    }
    const [low, high] = span(column.values);
    const stops = Array.from({ length: 7 }, (_, stop) => ramp(stop / 6));
    const bar = cn.element("div", { class: "ramp", "aria-hidden": "true", style: { background: `linear-gradient(to right, ${stops.join(", ")})` } });
    const marks = [low, (low + high) / 2, high].map((value) => cn.element("span", {}, cn.number(Number(value.toPrecision(3)))));
    // Numbers run from left to right in either language, as the axes do.
    return [cn.element("div", { class: "scale", dir: "ltr" }, bar, cn.element("div", { class: "ticks" }, marks)), cn.element("ul", {}, hatched)];
  }

  /** The legend of colours and sizes, as a new element. */
  function legend() {
    const column = cn.column(cn.state.colourBy);
    const title = (word, of) => cn.element("p", { class: "legend-title" }, cn.word(word), " ", cn.element("bdi", {}, heading(of)));
    const heading = (of) => (of ? cn.clean(of.label) + (of.unit ? ` (${cn.clean(of.unit)})` : "") : cn.word("cluster"));
    const silent = nodes.silent.some((value) => value);
    const hollow = silent && entry(cn.symbols.swatch({ symbol: "circle", colour: groups[0]?.colour, hollow: true }), cn.word("legend_silent"));
    const outside = groupOf.has(-2) && entry(cn.symbols.swatch({ symbol: "x", colour: groupOf.get(-2).colour }), cn.word("legend_outside"));
    const size = shares();
    const note = size.column && cn.element("p", {}, cn.word("legend_size"), " ", cn.element("bdi", {}, heading(size.column)));
    const extra = hollow || outside ? cn.element("ul", {}, hollow, outside) : null;
    return cn.element("div", { class: "map-legend" }, title("legend_colour", column), colourEntries(column), extra, note);
  }

  const option = ({ key, label, group }) => ({ key, label: cn.clean(label), group });

  cn.scale = {
    /** The colour of an enterprise as it is drawn. */
    colourOf: (i) => looks().list[looks().index[i]].colour,
    /** Its look: {symbol, colour, hollow, missing}. */
    lookOf: (i) => looks().list[looks().index[i]],
    radiusOf,
    radii,
    looks,
    shares,
    ramp,
    span,
    legend,
    /** What enterprises can be coloured by: their cluster, then every column. */
    colourOptions: () => [{ key: "cluster", label: cn.word("cluster") }, ...nodes.columns.map(option)],
    /** What their size can show: nothing, or every column of numbers. */
    sizeOptions: () => [
      { key: "", label: cn.word("size_equal") },
      ...nodes.columns.filter((column) => column.kind === "number").map(option),
    ],
  };

  cn.on((changed) => {
    if (changed.has("colourBy") || changed.has("theme")) made = null;
    if (changed.has("sizeBy")) sizes = null;
  });
})((window.clusternet = window.clusternet || {}));
