"use strict";
/* The outlines of clusters on the map of enterprises, and the map of clusters: a disc each, and the ties between them. */
(function (cn) {
  const { nodes, groups, between } = cn.data;
  const PAD = 1.15; // room around the members, in the distance of two neighbours
  const MOST_TIES = 3000;
  const clusters = groups.filter((group) => group.code >= 0);
  let found = null;
  let ties = null;

  const cross = (o, a, b) => (nodes.x[a] - nodes.x[o]) * (nodes.y[b] - nodes.y[o]) - (nodes.y[a] - nodes.y[o]) * (nodes.x[b] - nodes.x[o]);

  /** The members on the convex hull, against the clock (monotone chain of Andrew 1979). */
  function hull(members) {
    members.sort((a, b) => nodes.x[a] - nodes.x[b] || nodes.y[a] - nodes.y[b] || a - b);
    if (members.length < 3) return members;
    const half = (list) => {
      const chain = [];
      for (const i of list) {
        while (chain.length > 1 && cross(chain[chain.length - 2], chain[chain.length - 1], i) <= 0) chain.pop();
        chain.push(i);
      }
      chain.pop();
      return chain;
    };
    return [...half(members), ...half(members.reverse())];
  }

  /** Of each cluster the corners of its hull, from the members that are shown. */
  function hulls() {
    if (found) return found;
    const members = new Map(clusters.map((group) => [group.code, []]));
    for (let i = 0; i < nodes.count; i++) if (cn.shown.node[i] && nodes.group[i] >= 0) members.get(nodes.group[i]).push(i);
    found = new Map();
    for (const [code, list] of members) {
      const open = cn.state.open;
      if (list.length && (open === null || open === code)) found.set(code, hull(list));
    }
    return found;
  }

  const padding = () => Math.max(Math.min(PAD * cn.frame.unit(), 26), 5);

  /** Corners on the stage in pixels, with the clock. */
  const corners = (code) => (hulls().get(code) || []).map((i) => cn.frame.project(nodes.x[i], nodes.y[i])).reverse();

  /** Add to a path the line at a distance around a hull: straight along its sides, round at its corners. */
  function trace(pen, points, pad) {
    const count = points.length;
    if (count === 1) {
      pen.moveTo(points[0][0] + pad, points[0][1]);
      pen.arc(points[0][0], points[0][1], pad, 0, 2 * Math.PI);
      return;
    }
    // With the clock on a screen, "outside" is to the left of the way; angles of a canvas grow with the clock too.
    const out = points.map(([x, y], c) => {
      const [u, v] = points[(c + 1) % count];
      return Math.atan2(v - y, u - x) - Math.PI / 2;
    });
    const begin = out[count - 1];
    pen.moveTo(points[0][0] + pad * Math.cos(begin), points[0][1] + pad * Math.sin(begin));
    for (let c = 0; c < count; c++) {
      const from = out[(c + count - 1) % count];
      let to = out[c];
      while (to < from) to += 2 * Math.PI;
      pen.arc(points[c][0], points[c][1], pad, from, to);
    }
    pen.closePath();
  }

  const wanted = () => cn.state.hulls && cn.state.view === "network";

  /** Draw the outline of one cluster. */
  function drawOne(pen, code, strong) {
    const points = corners(code);
    if (!points.length) return;
    const colour = cn.theme.colour(groups[code].colour);
    pen.beginPath();
    trace(pen, points, padding());
    pen.globalAlpha = strong ? 0.14 : cn.theme.dark ? 0.13 : 0.08;
    pen.fillStyle = colour;
    pen.fill();
    pen.globalAlpha = strong ? 0.95 : 0.35;
    pen.strokeStyle = colour;
    pen.lineWidth = strong ? 2 : 1;
    pen.setLineDash([]);
    pen.stroke();
    pen.globalAlpha = 1;
  }

  function draw(pen) {
    if (wanted()) for (const code of hulls().keys()) drawOne(pen, code, false);
  }

  /** [left, top, right, bottom] of a hull on the stage. */
  function box(code) {
    const points = corners(code);
    const pad = padding();
    const x = points.map((point) => point[0]);
    const y = points.map((point) => point[1]);
    return [Math.min(...x) - pad, Math.min(...y) - pad, Math.max(...x) + pad, Math.max(...y) + pad];
  }

  /** The cluster whose hull holds a point of the stage, or null. */
  function at(px, py) {
    if (!wanted()) return null;
    const pad = padding();
    let best = null;
    for (const code of hulls().keys()) {
      const points = corners(code);
      let inside = points.length > 0;
      for (let c = 0; c < points.length && inside; c++) {
        const [x, y] = points[c];
        const [u, v] = points[(c + 1) % points.length];
        const length = Math.hypot(u - x, v - y);
        const away = length ? ((u - x) * (py - y) - (v - y) * (px - x)) / length : 0;
        inside = points.length > 2 ? away >= -pad : Math.hypot(px - (x + u) / 2, py - (y + v) / 2) <= length / 2 + pad;
      }
      if (inside) best = code;
    }
    return best;
  }

  const passes = (code) => !cn.state.hiddenGroups.has(code);

  /** Disc of a cluster on the stage: [x, y, radius] in pixels. */
  function disc(code) {
    const { x, y, radius } = groups[code];
    return [...cn.frame.project(x, y), Math.max(radius * cn.frame.view.kx, 5)];
  }

  /** The strongest ties between clusters, the weakest first so that the strongest lie on top. */
  function strongest() {
    if (ties) return ties;
    const order = Array.from(between.weight.keys()).sort((a, b) => between.weight[b] - between.weight[a] || a - b);
    ties = order.slice(0, MOST_TIES).reverse();
    return ties;
  }

  function drawTies(pen, of) {
    const most = between.weight.length ? between.weight[strongest()[ties.length - 1]] : 1;
    pen.strokeStyle = cn.theme.quiet;
    pen.setLineDash([]);
    for (const tie of strongest()) {
      const [a, b] = [between.source[tie], between.target[tie]];
      if (!passes(a) || !passes(b) || (of !== null && a !== of && b !== of)) continue;
      const [x, y] = disc(a);
      const [u, v] = disc(b);
      const share = Math.sqrt(between.weight[tie] / most);
      pen.globalAlpha = of === null ? 0.12 + 0.4 * share : 0.75;
      pen.lineWidth = 0.5 + 9 * share * Math.min(Math.max(cn.frame.view.kx / 12, 0.35), 1.4);
      pen.beginPath();
      pen.moveTo(x, y);
      pen.lineTo(u, v);
      pen.stroke();
    }
    pen.globalAlpha = 1;
  }

  function drawDisc(pen, code, strong) {
    const [x, y, radius] = disc(code);
    const colour = cn.theme.colour(groups[code].colour);
    pen.beginPath();
    pen.arc(x, y, radius, 0, 2 * Math.PI);
    pen.fillStyle = cn.theme.mix(cn.theme.paper, colour, strong ? 0.5 : 0.3);
    pen.fill();
    pen.strokeStyle = colour;
    pen.lineWidth = strong ? 3.5 : 2;
    pen.stroke();
    const text = groups[code].short || String(code);
    const size = Math.min(radius * 0.95, 26, (radius * 2.6) / text.length);
    if (size < 7) return;
    pen.font = `700 ${size.toFixed(1)}px ${cn.font}`;
    pen.textAlign = "center";
    pen.textBaseline = "middle";
    pen.fillStyle = cn.theme.ink;
    pen.fillText(text, x, y);
  }

  /** Draw the map of clusters: all of it, or one cluster with those it is tied to. */
  function drawMap(pen, of = null) {
    drawTies(pen, of);
    for (const group of clusters) {
      if (passes(group.code) && (of === null || group.code === of || partners(of).has(group.code))) {
        drawDisc(pen, group.code, group.code === of);
      }
    }
  }

  function partners(code) {
    const near = new Set();
    for (const tie of strongest()) {
      if (between.source[tie] === code) near.add(between.target[tie]);
      else if (between.target[tie] === code) near.add(between.source[tie]);
    }
    return near;
  }

  /** The cluster whose disc holds a point of the stage, or null. */
  function discAt(px, py) {
    for (const { code } of clusters) {
      const [x, y, radius] = disc(code);
      if (passes(code) && Math.hypot(px - x, py - y) <= radius + 2) return code;
    }
    return null;
  }

  cn.hulls = { draw, drawOne, box, at, hulls, wanted, disc, discAt, drawMap, partners, passes, clusters };

  cn.on((changed) => {
    if (changed.has("shown") || changed.has("open")) found = null;
  });
})((window.clusternet = window.clusternet || {}));
