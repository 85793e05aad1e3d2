"use strict";
/* What lies under the pointer: enterprises through a grid of cells, then linkages, then clusters. */
(function (cn) {
  const { nodes, links } = cn.data;
  const MOST_LINKS = 20000; // beyond, lines lie so close that none can be meant
  const REACH = 5;
  let grid = null;

  /** Cells over the present coordinates, each with the places of the enterprises in it. */
  function cells() {
    const points = cn.frame.coordinates();
    if (grid && grid.points === points) return grid;
    const known = [];
    for (let i = 0; i < nodes.count; i++) if (!Number.isNaN(points.x[i]) && !Number.isNaN(points.y[i])) known.push(i);
    const side = Math.max(Math.ceil(Math.sqrt(known.length / 2)), 1);
    const low = [Infinity, Infinity];
    const high = [-Infinity, -Infinity];
    for (const i of known) {
      low[0] = Math.min(low[0], points.x[i]);
      low[1] = Math.min(low[1], points.y[i]);
      high[0] = Math.max(high[0], points.x[i]);
      high[1] = Math.max(high[1], points.y[i]);
    }
    const step = [(high[0] - low[0]) / side || 1, (high[1] - low[1]) / side || 1];
    const cell = (value, axis) => Math.min(Math.max(Math.floor((value - low[axis]) / step[axis]), 0), side - 1);
    const start = new Uint32Array(side * side + 1);
    const home = known.map((i) => cell(points.y[i], 1) * side + cell(points.x[i], 0));
    for (const at of home) start[at + 1]++;
    for (let at = 0; at < side * side; at++) start[at + 1] += start[at];
    const next = start.slice();
    const list = new Uint32Array(known.length);
    known.forEach((i, place) => (list[next[home[place]]++] = i));
    grid = { points, side, start, list, cell };
    return grid;
  }

  /** The enterprise under a point of the stage, or null: the nearest whose mark is touched. */
  function node(px, py) {
    const { points, side, start, list, cell } = cells();
    const far = cn.scale.radii()[1] + REACH;
    const [x0, y0] = cn.frame.unproject(px - far, py + far);
    const [x1, y1] = cn.frame.unproject(px + far, py - far);
    let best = null;
    let least = Infinity;
    for (let row = cell(y0, 1); row <= cell(y1, 1); row++) {
      const from = start[row * side + cell(x0, 0)];
      const to = start[row * side + cell(x1, 0) + 1];
      for (let place = from; place < to; place++) {
        const i = list[place];
        if (!cn.shown.node[i]) continue;
        const [x, y] = cn.frame.project(points.x[i], points.y[i]);
        const away = Math.hypot(px - x, py - y) - cn.scale.radiusOf(i);
        if (away < REACH - 1 && away < least) {
          least = away;
          best = i;
        }
      }
    }
    return best;
  }

  /** The linkage nearest to a point of the stage, or null. */
  function link(px, py) {
    if (cn.shown.links > MOST_LINKS && cn.links.inView() > MOST_LINKS) return null;
    const points = cn.frame.coordinates();
    const { view } = cn.frame;
    let best = null;
    let least = REACH * REACH;
    for (let l = 0; l < links.count; l++) {
      if (!cn.shown.link[l] || !cn.links.near(l, points, view)) continue;
      const [x, y, u, v] = cn.links.ends(l, points, view);
      const square = (u - x) ** 2 + (v - y) ** 2 || 1;
      const along = Math.min(Math.max(((px - x) * (u - x) + (py - y) * (v - y)) / square, 0), 1);
      const away = (x + along * (u - x) - px) ** 2 + (y + along * (v - y) - py) ** 2;
      if (away < least) {
        least = away;
        best = l;
      }
    }
    return best;
  }

  /** What lies under a point of the stage: {kind, index}, or null. */
  function pick(px, py) {
    const { left, top, width, height } = cn.frame.view;
    if (px < left || py < top || px > left + width || py > top + height) return null;
    if (cn.state.view === "clusters") {
      const code = cn.hulls.discAt(px, py);
      return code === null ? null : { kind: "cluster", index: code };
    }
    for (const [kind, find] of [["node", node], ["link", link], ["cluster", cn.hulls.at]]) {
      const index = find(px, py);
      if (index !== null) return { kind, index };
    }
    return null;
  }

  cn.picking = { pick };
})((window.clusternet = window.clusternet || {}));
