"use strict";
/* Linkages: where they run on the stage, and how they are drawn, thousands at a time. */
(function (cn) {
  const { links, layers, nodes } = cn.data;
  const CHUNK = 400; // short paths: a canvas is slow at one path of very many lines
  const MOST_DASHED = 6000;
  const MOST_ARROWS = 2500;
  const FAN = 5; // the most that ties of one pair stand apart, in pixels
  const LANE = 0.09; // as clusternet/draw/marks.py sets them
  let sorted = null;

  /**
   * Linkages by layer, by whether they leave a cluster, and by weight (light, middle, heavy third): one run of places
   * after another, so that each run is drawn with one pen.
   */
  function runs() {
    if (sorted) return sorted;
    const known = Float64Array.from(links.weight).sort();
    const thirds = [known[Math.floor(known.length / 3)], known[Math.floor((2 * known.length) / 3)]];
    const kind = new Uint16Array(links.count);
    const tally = new Uint32Array(layers.length * 6 + 1);
    for (let l = 0; l < links.count; l++) {
      const heavy = (links.weight[l] > thirds[0] ? 1 : 0) + (links.weight[l] > thirds[1] ? 1 : 0);
      const a = nodes.group[links.source[l]];
      const inside = a >= 0 && a === nodes.group[links.target[l]] ? 1 : 0;
      kind[l] = (inside * layers.length + links.layer[l]) * 3 + heavy;
      tally[kind[l] + 1]++;
    }
    for (let k = 1; k < tally.length; k++) tally[k] += tally[k - 1];
    const start = tally.slice();
    const order = new Uint32Array(links.count);
    for (let l = 0; l < links.count; l++) order[tally[kind[l]]++] = l;
    sorted = { order, start, kind };
    return sorted;
  }

  const line = new Float64Array(4);

  /** Ends of a linkage on the stage in pixels, its lane included, in one array that the next call overwrites. */
  function ends(l, points = cn.frame.coordinates(), view = cn.frame.view) {
    const a = links.source[l];
    const b = links.target[l];
    let x = view.left + (points.x[a] - view.x) * view.kx;
    let y = view.top + (view.y - points.y[a]) * view.ky;
    let u = view.left + (points.x[b] - view.x) * view.kx;
    let v = view.top + (view.y - points.y[b]) * view.ky;
    const lane = links.lane[l];
    if (lane) {
      const most = (Math.abs(lane) / LANE) * FAN;
      let aside = Math.max(Math.min(lane * cn.frame.unit(), most), -most);
      // Sideways is measured from the lower to the higher node.
      if (a > b) aside = -aside;
      const length = Math.hypot(u - x, v - y) || 1;
      const right = ((v - y) / length) * aside;
      const down = (-(u - x) / length) * aside;
      x += right;
      y += down;
      u += right;
      v += down;
    }
    line[0] = x;
    line[1] = y;
    line[2] = u;
    line[3] = v;
    return line;
  }

  /** Whether a line may touch the stage. */
  function near(l, points, view) {
    const a = links.source[l];
    const b = links.target[l];
    const x0 = view.x;
    const x1 = view.x + view.width / view.kx;
    const y1 = view.y;
    const y0 = view.y - view.height / view.ky;
    const [xa, xb, ya, yb] = [points.x[a], points.x[b], points.y[a], points.y[b]];
    // Written so that a missing coordinate fails.
    return !((xa < x0 && xb < x0) || (xa > x1 && xb > x1) || (ya < y0 && yb < y0) || (ya > y1 && yb > y1)) && xa === xa && xb === xb && ya === ya && yb === yb;
  }

  /** How many of the linkages shown may touch the stage. */
  function inView() {
    const points = cn.frame.coordinates();
    const { view } = cn.frame;
    let found = 0;
    for (let l = 0; l < links.count; l++) if (cn.shown.link[l] && near(l, points, view)) found++;
    return found;
  }

  /** Width and strength of lines for a number of them in view. */
  function manner(many) {
    const steps = [[150, 0.7, 1.25], [600, 0.55, 1.1], [2000, 0.42, 0.95], [8000, 0.3, 0.8], [30000, 0.2, 0.6], [Infinity, 0.13, 0.5]];
    const [, alpha, width] = steps.find(([most]) => many <= most);
    return { alpha: cn.theme.dark ? Math.min(alpha * 1.25, 1) : alpha, width, dashed: many <= MOST_DASHED, arrows: many <= MOST_ARROWS };
  }

  const WIDTHS = [0.75, 1.15, 1.9];

  /** Draw all linkages that are shown; hands back control every few thousand of them. */
  function* draw(pen, vector) {
    const { order, start } = runs();
    const points = cn.frame.coordinates();
    const { view } = cn.frame;
    const way = manner(inView());
    const chunk = vector ? Infinity : CHUNK;
    pen.save();
    for (let run = 0; run + 1 < start.length; run++) {
      const layer = layers[Math.floor(run / 3) % layers.length];
      const inside = run >= layers.length * 3;
      pen.strokeStyle = cn.theme.layer(layer);
      pen.globalAlpha = way.alpha * (inside ? 1 : 0.62);
      pen.lineWidth = way.width * WIDTHS[run % 3];
      pen.setLineDash(way.dashed ? layer.dash : []);
      let open = 0;
      for (let place = start[run]; place < start[run + 1]; place++) {
        const l = order[place];
        if (cn.shown.link[l] && near(l, points, view)) {
          if (!open) pen.beginPath();
          ends(l, points, view);
          pen.moveTo(line[0], line[1]);
          pen.lineTo(line[2], line[3]);
          if (++open === chunk) {
            pen.stroke();
            open = 0;
          }
        }
        if (place % 4096 === 4095) yield;
      }
      if (open) pen.stroke();
    }
    if (way.arrows) drawArrows(pen, points, view, way);
    pen.restore();
  }

  function drawArrows(pen, points, view, way) {
    pen.setLineDash([]);
    for (let place = 0; place < layers.length; place++) {
      if (!layers[place].directed) continue;
      pen.fillStyle = cn.theme.layer(layers[place]);
      pen.globalAlpha = Math.min(way.alpha * 1.5, 0.9);
      pen.beginPath();
      let any = false;
      for (let l = 0; l < links.count; l++) {
        if (links.layer[l] === place && cn.shown.link[l] && near(l, points, view)) any = arrow(pen, l, way.width) || any;
      }
      if (any) pen.fill();
    }
  }

  /** Add the head of an arrow to a path, at the rim of the enterprise that it points to; false where there is no room. */
  function arrow(pen, l, width) {
    const [x, y, u, v] = ends(l);
    const length = Math.hypot(u - x, v - y);
    const radius = cn.scale.radiusOf(links.target[l]) + 1;
    const size = 4 + 2.4 * width;
    if (length < radius + cn.scale.radiusOf(links.source[l]) + size) return false;
    const right = (u - x) / length;
    const down = (v - y) / length;
    const tip = [u - right * radius, v - down * radius];
    const back = [tip[0] - right * size, tip[1] - down * size];
    const half = size * 0.42;
    pen.moveTo(tip[0], tip[1]);
    pen.lineTo(back[0] - down * half, back[1] + right * half);
    pen.lineTo(back[0] + down * half, back[1] - right * half);
    pen.closePath();
    return true;
  }

  /** Draw single linkages strongly, as a highlight does. */
  function drawList(pen, list, strong = 1.5) {
    const { kind } = runs();
    const points = cn.frame.coordinates();
    const { view } = cn.frame;
    const few = list.length <= 400;
    for (const l of list) {
      if (!near(l, points, view)) continue;
      const layer = layers[links.layer[l]];
      ends(l, points, view);
      pen.strokeStyle = pen.fillStyle = cn.theme.layer(layer);
      pen.globalAlpha = few ? 0.95 : 0.6;
      pen.lineWidth = strong * WIDTHS[kind[l] % 3];
      pen.setLineDash(few ? layer.dash : []);
      pen.beginPath();
      pen.moveTo(line[0], line[1]);
      pen.lineTo(line[2], line[3]);
      pen.stroke();
      if (few && layer.directed) {
        pen.beginPath();
        if (arrow(pen, l, strong)) pen.fill();
      }
    }
    pen.setLineDash([]);
    pen.globalAlpha = 1;
  }

  cn.links = { draw, drawList, ends, inView, near };
})((window.clusternet = window.clusternet || {}));
