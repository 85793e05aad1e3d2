"use strict";
/* The axes of the place view for pictures that leave the page; on the screen plotly draws them. */
(function (cn) {
  /** Round steps (1, 2 or 5 times a power of ten) between two numbers, about as many as asked for. */
  function steps(low, high, about) {
    const raw = (high - low) / about;
    const power = 10 ** Math.floor(Math.log10(raw));
    const step = [1, 2, 5, 10].find((factor) => factor * power >= raw) * power;
    const found = [];
    for (let place = Math.ceil(low / step); place * step <= high; place++) found.push(place * step);
    return { found, digits: Math.max(0, -Math.floor(Math.log10(step))) };
  }

  function draw(pen) {
    if (!cn.frame.onPlaces()) return;
    const { left, top, width, height } = cn.frame.view;
    const { x, y } = cn.frame.range;
    pen.save();
    pen.setLineDash([]);
    pen.strokeStyle = cn.theme.line;
    pen.fillStyle = cn.theme.quiet;
    pen.lineWidth = 1;
    pen.font = `11px ${cn.font}`;
    pen.beginPath();
    pen.rect(left, top, width, height);
    pen.stroke();
    pen.textBaseline = "middle";
    pen.textAlign = "center";
    const across = steps(x[0], x[1], Math.max(width / 110, 2));
    for (const value of across.found) pen.fillText(value.toFixed(across.digits), cn.frame.project(value, y[0])[0], top + height + 12);
    pen.fillText(cn.word("longitude"), left + width / 2, top + height + 32);
    const up = steps(y[0], y[1], Math.max(height / 80, 2));
    pen.textAlign = "right";
    for (const value of up.found) pen.fillText(value.toFixed(up.digits), left - 6, cn.frame.project(x[0], value)[1]);
    pen.textAlign = "left";
    pen.fillText(cn.word("latitude"), 4, top + 2);
    pen.restore();
  }

  cn.axes = { draw, steps };
})((window.clusternet = window.clusternet || {}));
