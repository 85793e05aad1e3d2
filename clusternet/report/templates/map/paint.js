"use strict";
/* The picture: one way of drawing for the screen, for PNG and for SVG; large maps are drawn a slice at a time. */
(function (cn) {
  const { nodes } = cn.data;
  const SLICE = 12; // milliseconds of drawing before the page may answer again
  const QUICK = 18; // a picture drawn faster than this is drawn anew with every move
  const MOST_DRAWN = 900; // more enterprises than these are stamped from ready pictures
  const canvases = {};
  let stage = null;
  let ratio = 1;
  let drawn = null; // the view that the picture on the screen shows
  let job = null; // a drawing under way
  let asked = 0;
  let later = 0;
  let cost = 0;
  let waiting = [];

  function size(canvas) {
    canvas.width = Math.round(stage.clientWidth * ratio);
    canvas.height = Math.round(stage.clientHeight * ratio);
    canvas.style.width = `${stage.clientWidth}px`;
    canvas.style.height = `${stage.clientHeight}px`;
  }

  function clear(canvas, scale = ratio) {
    const pen = canvas.getContext("2d", cn.BY_PROCESSOR);
    pen.setTransform(1, 0, 0, 1, 0, 0);
    pen.clearRect(0, 0, canvas.width, canvas.height);
    pen.setTransform(scale, 0, 0, scale, 0, 0);
    return pen;
  }

  /** Draw nothing beyond the axes of the place view. */
  function clip(pen) {
    const { left, top, width, height } = cn.frame.view;
    pen.beginPath();
    pen.rect(left, top, width, height);
    pen.clip();
  }

  /** The outline of the region, behind everything else. */
  function drawOutline(pen) {
    const rings = cn.frame.rings();
    if (!rings) return;
    pen.beginPath();
    for (const ring of rings) {
      for (let c = 0; c < ring.length; c += 2) {
        const [x, y] = cn.frame.project(ring[c], ring[c + 1]);
        if (c) pen.lineTo(x, y);
        else pen.moveTo(x, y);
      }
      pen.closePath();
    }
    pen.setLineDash([]);
    pen.strokeStyle = cn.theme.quiet;
    pen.globalAlpha = 0.7;
    pen.lineWidth = 1.2;
    pen.stroke();
    pen.globalAlpha = 1;
  }

  /** Enterprises in view, the largest first so that small ones lie on top. */
  function* drawNodes(pen, exact, scale) {
    const { order } = cn.scale.shares();
    const { list, index } = cn.scale.looks();
    const points = cn.frame.coordinates();
    const { share } = cn.scale.shares();
    const [least, most] = cn.scale.radii();
    const { view } = cn.frame;
    const stamp = !exact && (cn.shown.nodes > MOST_DRAWN || most < 4);
    if (stamp) pen.setTransform(1, 0, 0, 1, 0, 0);
    for (let place = 0; place < order.length; place++) {
      const i = order[place];
      if (place % 4096 === 4095) yield;
      if (!cn.shown.node[i]) continue;
      const x = view.left + (points.x[i] - view.x) * view.kx;
      const y = view.top + (view.y - points.y[i]) * view.ky;
      const radius = least + (most - least) * share[i];
      if (!(x > -radius && y > -radius && x < stage.clientWidth + radius && y < stage.clientHeight + radius)) continue;
      if (!stamp) cn.symbols.draw(pen, list[index[i]], x, y, radius);
      else {
        const { image, half } = cn.symbols.sprite(list[index[i]], radius, scale);
        pen.drawImage(image, Math.round(x * scale) - half, Math.round(y * scale) - half);
      }
    }
    if (stamp) pen.setTransform(scale, 0, 0, scale, 0, 0);
  }

  /** Draw everything but names; hands back control from time to time. */
  function* scene(pen, exact = false, scale = ratio) {
    drawOutline(pen);
    if (cn.state.view === "clusters") {
      cn.hulls.drawMap(pen);
      return;
    }
    cn.hulls.draw(pen);
    yield* cn.links.draw(pen, exact && !pen.canvas);
    yield* drawNodes(pen, exact, scale);
  }

  /** Draw on until done or until the slice is used up; true when done. */
  function step(budget) {
    const begin = performance.now();
    let done = false;
    while (!done && performance.now() - begin < budget) done = job.steps.next().done;
    job.spent += performance.now() - begin;
    return done;
  }

  /** Begin a picture of the present view and state on the hidden canvas. */
  function begin() {
    const pen = clear(canvases.back);
    pen.save();
    clip(pen);
    job = { view: cn.frame.view, steps: scene(pen), pen, spent: 0 };
  }

  /** Show the finished picture with its names. */
  function finish() {
    const start = performance.now();
    job.pen.restore();
    const pen = clear(canvases.base);
    pen.setTransform(1, 0, 0, 1, 0, 0);
    pen.drawImage(canvases.back, 0, 0);
    cn.labels.write(clear(canvases.text), cn.labels.placed());
    drawn = job.view;
    for (const name of ["base", "text"]) canvases[name].style.transform = "";
    cost = job.spent + performance.now() - start;
    cn.timings.redraw = cost;
    job = null;
    const ready = waiting;
    waiting = [];
    for (const tell of ready) tell();
  }

  /** One frame: the whole picture where that is quick, else a slice of it. */
  function tick() {
    asked = 0;
    if (!job) begin();
    if (step(cost < QUICK * 3 ? Infinity : SLICE)) finish();
    else asked = requestAnimationFrame(tick);
  }

  /** Draw the picture anew in the next frame; resolves when it stands. */
  function draw() {
    job = null;
    if (later) clearTimeout(later);
    later = 0;
    if (!asked) asked = requestAnimationFrame(tick);
    return new Promise((tell) => waiting.push(tell));
  }

  /** Shift and stretch the last picture to where the view is now. */
  function shift() {
    const view = cn.frame.view;
    if (!drawn || drawn === view) return;
    const across = view.kx / drawn.kx;
    const down = view.ky / drawn.ky;
    const x = view.left + (drawn.x - view.x) * view.kx - drawn.left * across;
    const y = view.top + (view.y - drawn.y) * view.ky - drawn.top * down;
    for (const name of ["base", "text"]) canvases[name].style.transform = `translate(${x}px, ${y}px) scale(${across}, ${down})`;
  }

  function follow() {
    if (cost < QUICK) {
      draw();
      return;
    }
    shift();
    job = null;
    if (asked) cancelAnimationFrame(asked);
    asked = 0;
    clearTimeout(later);
    later = setTimeout(draw, 110);
  }

  function build(element) {
    stage = element;
    for (const name of ["base", "text", "top"]) {
      canvases[name] = cn.element("canvas", { "aria-hidden": "true", class: `layer-${name}` });
      Object.assign(canvases[name].style, { position: "absolute", left: "0", top: "0", pointerEvents: "none", transformOrigin: "0 0" });
    }
    canvases.back = document.createElement("canvas");
    stage.append(canvases.base, canvases.text, canvases.top);
    fit();
    cn.frame.onView(() => {
      if (fit()) draw();
      else follow();
    });
  }

  /** Take the stage's size and the screen's density; true where one of them changed. */
  function fit() {
    const density = Math.min(window.devicePixelRatio || 1, 2);
    const width = Math.round(stage.clientWidth * density);
    const height = Math.round(stage.clientHeight * density);
    if (canvases.base.width === width && canvases.base.height === height && ratio === density) return false;
    ratio = density;
    for (const canvas of Object.values(canvases)) size(canvas);
    drawn = null;
    return true;
  }

  /** The map of the present view with its names on paper, as a new canvas, `scale` pixels for each of the screen's. */
  function toCanvas(scale = 2) {
    const canvas = document.createElement("canvas");
    canvas.width = Math.round(stage.clientWidth * scale);
    canvas.height = Math.round(stage.clientHeight * scale);
    const pen = canvas.getContext("2d", cn.BY_PROCESSOR);
    pen.scale(scale, scale);
    pen.fillStyle = cn.theme.paper;
    pen.fillRect(0, 0, stage.clientWidth, stage.clientHeight);
    pen.save();
    clip(pen);
    Array.from(scene(pen, nodes.count < 20000, scale));
    pen.restore();
    cn.labels.write(pen, cn.labels.placed());
    cn.axes.draw(pen);
    return canvas;
  }

  /** The same as the text of an SVG file. */
  function toSvg() {
    const pen = cn.svgPen(stage.clientWidth, stage.clientHeight);
    pen.fillStyle = cn.theme.paper;
    pen.beginPath();
    pen.rect(0, 0, stage.clientWidth, stage.clientHeight);
    pen.fill();
    pen.begin();
    clip(pen);
    Array.from(scene(pen, true));
    pen.end();
    cn.labels.write(pen, cn.labels.placed());
    cn.axes.draw(pen);
    return pen.toString(cn.clean(cn.data.title));
  }

  /** The canvas of highlights, cleared, ready to draw on in pixels of the stage. */
  function overlay() {
    const pen = clear(canvases.top);
    return pen;
  }

  /** Let the picture step back behind the overlay, or not. */
  function dim(on) {
    const opacity = on ? (cn.theme.dark ? "0.25" : "0.2") : "1";
    for (const name of ["base", "text"]) if (canvases[name].style.opacity !== opacity) canvases[name].style.opacity = opacity;
  }

  cn.paint = { build, draw, toCanvas, toSvg, overlay, dim, clip };
})((window.clusternet = window.clusternet || {}));
