"use strict";
// The data of the map: read once from the page, numbers unpacked into typed arrays, what is large filled in when asked.
(function (cn) {
  cn.started = performance.now();

  /** Kinds of typed arrays, by the names that the payload uses. */
  const KINDS = {
    f4: Float32Array, i4: Int32Array, u4: Uint32Array, i2: Int16Array, u2: Uint16Array, i1: Int8Array, u1: Uint8Array,
  };

  /** Turn base64 into a typed array; the payload and every browser keep the least byte first. */
  function unpack(packed) {
    const text = atob(packed.bdata);
    const bytes = new Uint8Array(text.length);
    for (let i = 0; i < text.length; i += 1) bytes[i] = text.charCodeAt(i);
    return new KINDS[packed.dtype](bytes.buffer);
  }

  /** Unpack every typed array in an object or list, in place. */
  function unpackAll(holder) {
    for (const key of Object.keys(holder)) {
      const value = holder[key];
      if (value === null || typeof value !== "object") continue;
      if (typeof value.bdata === "string" && value.dtype in KINDS) holder[key] = unpack(value);
      else unpackAll(value);
    }
  }

  /** Give an object a property that is worked out when it is first read. */
  function lazily(holder, key, make) {
    Object.defineProperty(holder, key, {
      configurable: true,
      enumerable: true,
      get() {
        const value = make();
        Object.defineProperty(holder, key, { value, enumerable: true, writable: true });
        return value;
      },
    });
  }

  const nan = (value) => (value === null || value === undefined ? NaN : value);

  /** A column that holds one entry per cluster becomes one per node when somebody asks for it. */
  function spread(column, group) {
    const key = column.kind === "category" ? "codes" : "values";
    const own = column[key];
    column.ofCluster = own;
    lazily(column, key, () => {
      const all = new own.constructor(group.length).fill(column.kind === "category" ? -1 : NaN);
      for (let i = 0; i < group.length; i += 1) if (group[i] >= 0) all[i] = own[group[i]];
      return all;
    });
  }

  /** The scores of one cluster as a list of rows, in the order of the families. */
  function scoresOf(board, code) {
    const width = board.metrics.length;
    return board.metrics.map((metric, column) => {
      const at = code * width + column;
      return {
        ...metric,
        value: board.value[at],
        chance: board.chance[at],
        low: board.low[at],
        high: board.high[at],
        q: board.q[at],
        note: board.note[at] < 0 ? "" : board.notes[board.note[at]],
      };
    }).filter((row) => !Number.isNaN(row.value) || row.note);
  }

  /** The openings of one cluster, in the order of the payload. */
  function openingsOf(openings, code) {
    const found = [];
    for (let i = 0; i < openings.cluster.length; i += 1) {
      if (openings.cluster[i] === code) {
        found.push({ supplier: openings.supplier[i], buyer: openings.buyer[i], resources: openings.resources[i] });
      }
    }
    return found;
  }

  /**
   * Decode a payload (see clusternet/draw/map_payload.py) in place.
   * Beside what it holds: columns with `by: "cluster"` get their node-long array lazily (and keep `ofCluster`),
   * `clusters[i].scores` and `clusters[i].openings` are made lazily, missing scalars become NaN, and
   * `column(key)`, `metric(key)` find a column or the place of a metric.
   */
  cn.decode = function (payload) {
    unpackAll(payload);
    const nodes = payload.nodes;
    nodes.name = nodes.name.map((name, i) => name || nodes.id[i]);
    if (!nodes.alt.length) nodes.alt = new Array(nodes.count).fill("");
    for (const column of nodes.columns) if (column.by === "cluster") spread(column, nodes.group);
    for (const group of payload.groups) for (const key of ["x", "y", "radius"]) group[key] = nan(group[key]);
    for (const cluster of payload.clusters) {
      cluster.certainty = nan(cluster.certainty);
      cluster.stability = nan(cluster.stability);
      lazily(cluster, "scores", () => scoresOf(payload.board, cluster.code));
      lazily(cluster, "openings", () => openingsOf(payload.openings, cluster.code));
    }
    payload.column = (key) => nodes.columns.find((column) => column.key === key);
    payload.metric = (key) => payload.board.metrics.findIndex((metric) => metric.key === key);
    return payload;
  };

  const holder = document.getElementById("clusternet-payload");
  cn.data = cn.decode(JSON.parse(holder.textContent));
  holder.remove(); // the text is not needed any more, and may be large
})(window.clusternet = window.clusternet || {});
