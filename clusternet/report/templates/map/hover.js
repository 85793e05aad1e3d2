"use strict";
/* Pointer and keyboard on the stage: what is under the pointer or selected is lit, everything else steps back. */
(function (cn) {
  const { nodes, links } = cn.data;
  const STILL = 5; // a press that moves further than this many pixels is a drag
  const MOST_LIT = 4000;
  let stage = null;
  let pointer = null;
  let pressed = null;
  let asked = 0;

  /** What is to be lit: what the pointer is on, else what is selected. A cluster under the pointer does not dim the rest. */
  function lit() {
    const { hover, selected } = cn.state;
    return hover && !(hover.kind === "cluster" && selected) ? hover : selected;
  }

  /** Linkages and enterprises that light up with a thing; the thing itself comes first. */
  function company({ kind, index }) {
    if (kind === "link") return { ties: [index], list: [links.source[index], links.target[index]] };
    if (kind === "node") {
      const ties = cn.linksOf(index).filter((l) => cn.shown.link[l]);
      const others = new Set();
      for (const l of ties) others.add(links.source[l] === index ? links.target[l] : links.source[l]);
      const near = [...others].sort((a, b) => nodes.degree[b] - nodes.degree[a] || a - b);
      return { ties, list: [index, ...near] };
    }
    const list = [];
    for (let i = 0; i < nodes.count; i++) if (nodes.group[i] === index && cn.shown.node[i]) list.push(i);
    const ties = [];
    for (let l = 0; l < links.count && ties.length < MOST_LIT; l++) {
      if (cn.shown.link[l] && nodes.group[links.source[l]] === index && nodes.group[links.target[l]] === index) ties.push(l);
    }
    return { ties, list };
  }

  /** Draw what is lit on the overlay. */
  function highlight() {
    const pen = cn.paint.overlay();
    const what = lit();
    const soft = what && what.kind === "cluster" && what === cn.state.hover;
    cn.paint.dim(Boolean(what) && !soft);
    if (!what || (what.kind === "cluster" && !cn.hulls.passes(what.index))) return;
    pen.save();
    cn.paint.clip(pen);
    if (cn.state.view === "clusters") {
      if (what.kind === "cluster") lightDisc(pen, what.index);
    } else if (soft) cn.hulls.drawOne(pen, what.index, true);
    else lightMarks(pen, what);
    pen.restore();
  }

  function lightDisc(pen, code) {
    cn.paint.dim(true);
    cn.hulls.drawMap(pen, code);
    cn.labels.write(pen, cn.labels.placedDiscs([code, ...cn.hulls.partners(code)]));
  }

  function lightMarks(pen, what) {
    const { ties, list } = company(what);
    const points = cn.frame.coordinates();
    const stood = list.filter((i) => cn.shown.node[i] && !Number.isNaN(points.x[i]));
    if (what.kind === "cluster" && cn.hulls.wanted()) cn.hulls.drawOne(pen, what.index, true);
    cn.links.drawList(pen, ties, what.kind === "cluster" ? 1 : 1.5);
    for (let place = stood.length - 1; place >= 0; place--) {
      const i = stood[place];
      const [x, y] = cn.frame.project(points.x[i], points.y[i]);
      const radius = Math.max(cn.scale.radiusOf(i), what.kind === "cluster" ? 0 : 3);
      if (what.kind === "node" && i === what.index) ring(pen, x, y, radius + 4);
      cn.symbols.draw(pen, cn.scale.lookOf(i), x, y, radius);
    }
    const order = what.kind === "cluster" ? stood.sort((a, b) => nodes.degree[b] - nodes.degree[a] || a - b) : stood;
    if (what.kind === "node" && stood[0] !== what.index) return;
    cn.labels.write(pen, cn.labels.placedAround(order));
  }

  function ring(pen, x, y, radius) {
    pen.beginPath();
    pen.arc(x, y, radius, 0, 2 * Math.PI);
    pen.strokeStyle = cn.theme.ink;
    pen.lineWidth = 2;
    pen.stroke();
  }

  function refresh() {
    if (!asked) {
      asked = requestAnimationFrame(() => {
        asked = 0;
        highlight();
      });
    }
  }

  const at = (event) => {
    const box = stage.getBoundingClientRect();
    return [event.clientX - box.left, event.clientY - box.top];
  };

  /** Light what is under the pointer at once; the time from the event to the finished drawing is kept. */
  function point(event) {
    if (event.pointerType === "touch" || pressed || event.target.closest?.(".modebar")) return;
    const [px, py] = at(event);
    const what = cn.picking.pick(px, py);
    const before = cn.state.hover;
    pointer = [px, py];
    stage.querySelectorAll(".nsewdrag").forEach((place) => (place.style.cursor = what ? "pointer" : ""));
    cn.set({ hover: what });
    if (before !== cn.state.hover && what) {
      highlight();
      cn.timings.highlight.push(performance.now() - event.timeStamp);
      if (cn.timings.highlight.length > 2000) cn.timings.highlight.shift();
    }
    cn.tooltip.show(what, px, py);
  }

  function leave() {
    pointer = null;
    cn.set({ hover: null });
    cn.tooltip.show(null);
  }

  function release(event) {
    const start = pressed;
    pressed = null;
    if (!start || start.id !== event.pointerId || event.button > 0) return;
    const [px, py] = at(event);
    if (start.moved || Math.hypot(px - start.px, py - start.py) > STILL) return;
    const now = performance.now();
    const twice = start.before && now - start.before.time < 320 && Math.hypot(px - start.before.px, py - start.before.py) < 12;
    const what = cn.picking.pick(px, py);
    last = { time: now, px, py };
    if (!what && twice) cn.frame.fit();
    else choose(what);
  }

  let last = null;

  function press(event) {
    if (!event.isPrimary) {
      if (pressed) pressed.moved = true; // a second finger makes it a pinch
      return;
    }
    if (event.target.closest?.(".modebar")) return;
    const [px, py] = at(event);
    pressed = { id: event.pointerId, px, py, before: last };
    cn.tooltip.show(null);
  }

  /** Select a thing and ask for its card; on the map of clusters a cluster opens. */
  function choose(what) {
    if (!what) cn.set({ selected: null, hover: null });
    else if (cn.state.view === "clusters") cn.set({ selected: null, hover: null, open: what.index, view: "network" });
    else {
      cn.set({ selected: what });
      cn.emit("card");
    }
  }

  const DIRECTIONS = { ArrowRight: [1, 0], ArrowLeft: [-1, 0], ArrowDown: [0, 1], ArrowUp: [0, -1] };

  /** Step from the selected enterprise to the partner that lies most in a direction; begin with the most linked one. */
  function walk([right, down]) {
    const { selected } = cn.state;
    const points = cn.frame.coordinates();
    const stands = (i) => cn.shown.node[i] && !Number.isNaN(points.x[i]);
    if (!selected || selected.kind !== "node" || !stands(selected.index)) {
      let best = -1;
      for (let i = 0; i < nodes.count; i++) if (stands(i) && (best < 0 || nodes.degree[i] > nodes.degree[best])) best = i;
      if (best >= 0) cn.set({ selected: { kind: "node", index: best } });
      return;
    }
    const here = cn.frame.project(points.x[selected.index], points.y[selected.index]);
    const ties = cn.linksOf(selected.index);
    let best = null;
    let most = 0.1;
    cn.neighbours(selected.index).forEach((i, place) => {
      if (!cn.shown.link[ties[place]] || !stands(i)) return;
      const there = cn.frame.project(points.x[i], points.y[i]);
      const [x, y] = [there[0] - here[0], there[1] - here[1]];
      const length = Math.hypot(x, y) || 1;
      // Mostly by the angle; of two in about the same direction the nearer one.
      const fit = (x * right + y * down) / length - length / 1e4;
      if (fit > most) {
        most = fit;
        best = i;
      }
    });
    if (best !== null) cn.set({ selected: { kind: "node", index: best } });
  }

  function key(event) {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key in DIRECTIONS && cn.state.view !== "clusters") walk(DIRECTIONS[event.key]);
    else if (event.key in DIRECTIONS) walkDiscs(DIRECTIONS[event.key]);
    else if (event.key === "Enter" && cn.state.selected) {
      if (cn.state.view === "clusters") choose(cn.state.selected);
      else cn.emit("card");
    } else if (event.key === "Escape" && cn.state.selected) cn.set({ selected: null, hover: null });
    else if (event.key === "Escape" && cn.state.open !== null) cn.set({ open: null, view: cn.data.large ? "clusters" : cn.state.view });
    else if (event.key === "+" || event.key === "=" || event.key === "-") {
      const [x, y, kx] = cn.frame.where();
      cn.frame.show(x, y, event.key === "-" ? kx / 1.4 : kx * 1.4);
    } else if (event.key === "0") cn.frame.fit();
    else return;
    event.preventDefault();
  }

  /** The same on the map of clusters: to the nearest disc in a direction. */
  function walkDiscs([right, down]) {
    const now = cn.state.selected?.kind === "cluster" ? cn.state.selected.index : null;
    const codes = cn.hulls.clusters.map((group) => group.code).filter(cn.hulls.passes);
    if (!codes.length) return;
    const [x, y] = now === null ? [0, 0] : cn.hulls.disc(now);
    const near = codes
      .filter((code) => code !== now)
      .map((code) => {
        const [u, v] = cn.hulls.disc(code);
        const length = Math.hypot(u - x, v - y) || 1;
        return { code, length, fit: ((u - x) * right + (v - y) * down) / length };
      })
      .filter(({ fit }) => fit > 0.5)
      .sort((a, b) => a.length / a.fit - b.length / b.fit);
    if (now === null) cn.set({ selected: { kind: "cluster", index: codes[0] } });
    else if (near.length) cn.set({ selected: { kind: "cluster", index: near[0].code } });
  }

  /** Keep what is selected in sight. */
  function reveal() {
    const { selected } = cn.state;
    if (!selected || selected.kind !== "node" || cn.state.view === "clusters") return;
    const points = cn.frame.coordinates();
    const [x, y] = [points.x[selected.index], points.y[selected.index]];
    const [px, py] = cn.frame.project(x, y);
    const { left, top, width, height } = cn.frame.view;
    if (Number.isNaN(px) || (px > left + 12 && py > top + 12 && px < left + width - 12 && py < top + height - 12)) return;
    cn.frame.show(x, y, cn.frame.view.kx);
  }

  function listen(element) {
    stage = element;
    stage.addEventListener("pointermove", point);
    stage.addEventListener("pointerleave", leave);
    stage.addEventListener("pointerdown", press, { capture: true });
    window.addEventListener("pointerup", release, { capture: true });
    stage.addEventListener("keydown", key);
    cn.frame.onView(() => {
      if (pointer && cn.state.hover) cn.tooltip.show(null);
      if (lit()) refresh();
    });
  }

  cn.hover = { listen, refresh, highlight, reveal, pick: cn.picking.pick };
})((window.clusternet = window.clusternet || {}));
