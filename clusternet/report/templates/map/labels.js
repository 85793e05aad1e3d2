"use strict";
/* Names on the map: none covers another, the most important come first, and more as one zooms in. */
(function (cn) {
  const { nodes, groups } = cn.data;
  const CELL = 4;
  const LONGEST = 60;
  const MOST_MARKS = 4000;
  const ruler = document.createElement("canvas").getContext("2d", cn.BY_PROCESSOR);
  let widths = new Map();

  /** The width of a text in pixels, remembered. */
  cn.measure = function (text, font) {
    const key = `${font}\u0000${text}`;
    let width = widths.get(key);
    if (width === undefined) {
      if (widths.size > 30000) widths = new Map();
      ruler.font = font;
      width = ruler.measureText(text).width;
      widths.set(key, width);
    }
    return { width };
  };

  /** Which cells of the stage are taken. */
  class Occupancy {
    constructor(width, height) {
      this.across = Math.ceil(width / CELL);
      this.down = Math.ceil(height / CELL);
      this.taken = new Uint8Array(this.across * this.down);
    }

    cells(left, top, right, bottom) {
      return [Math.max(Math.floor(left / CELL), 0), Math.max(Math.floor(top / CELL), 0), Math.min(Math.floor(right / CELL), this.across - 1), Math.min(Math.floor(bottom / CELL), this.down - 1)];
    }

    free(left, top, right, bottom, bits) {
      const [a, b, c, d] = this.cells(left, top, right, bottom);
      for (let row = b; row <= d; row++) {
        for (let at = row * this.across + a, end = row * this.across + c; at <= end; at++) if (this.taken[at] & bits) return false;
      }
      return true;
    }

    take(left, top, right, bottom, bit) {
      const [a, b, c, d] = this.cells(left, top, right, bottom);
      for (let row = b; row <= d; row++) {
        for (let at = row * this.across + a, end = row * this.across + c; at <= end; at++) this.taken[at] |= bit;
      }
    }
  }

  const NAME = 1;
  const MARK = 2;
  const isolated = (text) => `\u2068${text}\u2069`;
  const shownName = (i) => isolated(cn.cut(cn.name(i), LONGEST));

  /** Break a long name into two lines near its middle. */
  function lines(text) {
    const whole = cn.cut(text, LONGEST);
    if (whole.length <= 24) return [whole];
    const gaps = [...whole.matchAll(/\s/g)].map((gap) => gap.index);
    const best = gaps.sort((a, b) => Math.abs(a - whole.length / 2) - Math.abs(b - whole.length / 2))[0];
    return best > 3 && best < whole.length - 3 ? [whole.slice(0, best), whole.slice(best + 1)].map((part) => part.replace(/^[\s·]+|[\s·]+$/g, "")) : [whole];
  }

  /** A name for placing: its lines and its size; the corner is chosen by put(). */
  function label(texts, size, weight, colour) {
    const font = `${weight} ${size}px ${cn.font}`;
    const width = Math.max(...texts.map((text) => cn.measure(text, font).width));
    return { texts, font, size, colour, width, height: texts.length * size * 1.2 };
  }

  /** Set a name at the first of several corners where nothing lies in its way; true where one was found. */
  function put(grid, placed, made, corners, bits, stage) {
    for (const [left, top] of corners) {
      const [right, bottom] = [left + made.width, top + made.height];
      if (left < stage[0] + 2 || top < stage[1] + 2 || right > stage[2] - 2 || bottom > stage[3] - 2) continue;
      if (!grid.free(left - 1, top, right + 1, bottom, bits)) continue;
      grid.take(left - 1, top, right + 1, bottom, NAME);
      placed.push({ ...made, left, top });
      return true;
    }
    return false;
  }

  /** Corners around a mark: to the right, to the left, below, above. */
  const around = (x, y, radius, { width, height }) => [
    [x + radius + 4, y - height / 2],
    [x - radius - 4 - width, y - height / 2],
    [x - width / 2, y + radius + 2],
    [x - width / 2, y - radius - 2 - height],
  ];

  const bounds = () => {
    const { left, top, width, height } = cn.frame.view;
    return [left, top, left + width, top + height];
  };

  const clusterLabel = (code, size) => label(lines(cn.clean(groups[code].label)).map(isolated), size, 650, cn.theme.text(groups[code].colour));

  function placeDiscs(grid, placed, stage, codes) {
    for (const code of codes) {
      const [x, y, radius] = cn.hulls.disc(code);
      grid.take(x - radius, y - radius, x + radius, y + radius, MARK);
    }
    for (const code of codes) {
      const [x, y, radius] = cn.hulls.disc(code);
      const made = clusterLabel(code, 12);
      const [right, left, below, above] = around(x, y, radius, made);
      put(grid, placed, made, [below, above, right, left], NAME | MARK, stage);
    }
  }

  /** Names of clusters: above their outline, or below their disc, the largest clusters first. */
  function placeClusters(grid, placed, stage) {
    if (cn.state.view === "places") return;
    if (cn.state.view === "clusters") {
      placeDiscs(grid, placed, stage, cn.hulls.clusters.map((group) => group.code).filter(cn.hulls.passes));
      return;
    }
    if (!cn.hulls.wanted()) return;
    for (const code of cn.hulls.hulls().keys()) {
      const made = clusterLabel(code, 13);
      const [left, top, right, bottom] = cn.hulls.box(code);
      if (right < stage[0] || left > stage[2] || bottom < stage[1] || top > stage[3]) continue;
      // Where the upper edge is out of sight, the name stays at the upper edge of the stage.
      const middle = Math.min(Math.max((left + right) / 2, stage[0] + made.width / 2 + 4), stage[2] - made.width / 2 - 4);
      const upper = Math.min(Math.max(top - made.height - 2, stage[1] + 6), bottom);
      put(grid, placed, made, [[middle - made.width / 2, upper], [middle - made.width / 2, bottom + 2], [right + 2, (top + bottom - made.height) / 2], [left - made.width - 2, (top + bottom - made.height) / 2]], NAME, stage);
    }
  }

  /** Names of enterprises, the largest marks first, as many as today's zoom has room for. */
  function placeNodes(grid, placed, stage) {
    const points = cn.frame.coordinates();
    const unit = cn.frame.unit();
    if (unit < 7) return;
    const { order } = cn.scale.shares();
    const visible = [];
    for (const i of order) {
      if (!cn.shown.node[i]) continue;
      const [x, y] = cn.frame.project(points.x[i], points.y[i]);
      if (x >= stage[0] && x <= stage[2] && y >= stage[1] && y <= stage[3]) visible.push([i, x, y, cn.scale.radiusOf(i)]);
    }
    if (visible.length <= MOST_MARKS) for (const [, x, y, r] of visible) grid.take(x - r, y - r, x + r, y + r, MARK);
    const room = ((stage[2] - stage[0]) * (stage[3] - stage[1])) / 6500;
    let left = Math.min(room * Math.min(unit / 22, 2.5), 260);
    const size = unit > 60 ? 13 : 12;
    for (const [i, x, y, radius] of visible.slice(0, 6 * left)) {
      if (left < 1) break;
      const made = label([shownName(i)], size, 400, cn.theme.ink);
      if (put(grid, placed, made, around(x, y, radius, made), NAME | MARK, stage)) left--;
    }
  }

  /** All names of the present picture, each with its place. */
  function placed() {
    const found = [];
    const stage = bounds();
    const grid = new Occupancy(stage[2], stage[3]);
    placeClusters(grid, found, stage);
    if (cn.state.labels && cn.state.view !== "clusters") placeNodes(grid, found, stage);
    return found;
  }

  /** Names of a highlight: the first always, the others where there is room. */
  function placedAround(list, most = 40) {
    const found = [];
    const stage = bounds();
    const grid = new Occupancy(stage[2], stage[3]);
    const points = cn.frame.coordinates();
    list.slice(0, 2000).forEach((i) => {
      const [x, y] = cn.frame.project(points.x[i], points.y[i]);
      const radius = cn.scale.radiusOf(i);
      grid.take(x - radius, y - radius, x + radius, y + radius, MARK);
    });
    list.slice(0, 6 * most).forEach((i, rank) => {
      if (found.length >= most) return;
      const [x, y] = cn.frame.project(points.x[i], points.y[i]);
      const made = label([shownName(i)], rank ? 12 : 14, rank ? 500 : 700, cn.theme.ink);
      const corners = around(x, y, cn.scale.radiusOf(i) + (rank ? 0 : 4), made);
      if (!put(grid, found, made, corners, NAME | MARK, stage) && !rank) put(grid, found, made, corners, 0, stage);
    });
    return found;
  }

  /** Names of some discs on the map of clusters, the first always. */
  function placedDiscs(codes) {
    const found = [];
    const stage = bounds();
    const grid = new Occupancy(stage[2], stage[3]);
    placeDiscs(grid, found, stage, codes.filter(cn.hulls.passes));
    return found;
  }

  /** Write placed names, each with a rim of paper. */
  function write(pen, names) {
    pen.save();
    // A text without a direction of its own, such as a number, follows the page.
    pen.direction = cn.data.direction;
    pen.textBaseline = "middle";
    pen.textAlign = "center";
    pen.lineJoin = "round";
    for (const name of names) {
      pen.font = name.font;
      name.texts.forEach((text, row) => {
        const x = name.left + name.width / 2;
        const y = name.top + name.size * 1.2 * (row + 0.5);
        pen.globalAlpha = 0.85;
        pen.strokeStyle = cn.theme.paper;
        pen.lineWidth = 3.5;
        pen.strokeText(text, x, y);
        pen.globalAlpha = 1;
        pen.fillStyle = name.colour;
        pen.fillText(text, x, y);
      });
    }
    pen.restore();
  }

  cn.labels = { placed, placedAround, placedDiscs, write };
})((window.clusternet = window.clusternet || {}));
