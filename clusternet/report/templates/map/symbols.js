"use strict";
/* The shapes of enterprises: as paths on a canvas or in an SVG, as small ready pictures for large maps, as swatches. */
(function (cn) {
  const RING = 2 * Math.PI;

  /** Corners of a regular polygon in a circle of radius 1, the first at an angle (degrees, 0 up). */
  const polygon = (corners, turn, reach = 1, inner = 0) =>
    Array.from({ length: inner ? 2 * corners : corners }, (_, place) => {
      const angle = ((turn + (place * 360) / (inner ? 2 * corners : corners)) * Math.PI) / 180;
      const radius = inner && place % 2 ? inner : reach;
      return [radius * Math.sin(angle), -radius * Math.cos(angle)];
    });

  /* Scaled so that all shapes weigh about as much as a circle of radius 1. */
  const CORNERS = {
    square: polygon(4, 45, 1.25),
    diamond: polygon(4, 0, 1.25),
    "triangle-up": polygon(3, 0, 1.4).map(([x, y]) => [x, y + 0.2]),
    "triangle-down": polygon(3, 180, 1.4).map(([x, y]) => [x, y - 0.2]),
    pentagon: polygon(5, 0, 1.15),
    star: polygon(5, 0, 1.5, 0.68),
  };

  const base = (symbol) => symbol.replace(/-open$/, "");

  /** Add the outline of a symbol to a path. */
  function trace(pen, symbol, x, y, radius) {
    const corners = CORNERS[base(symbol)];
    if (corners) {
      pen.moveTo(x + corners[0][0] * radius, y + corners[0][1] * radius);
      for (let c = 1; c < corners.length; c++) pen.lineTo(x + corners[c][0] * radius, y + corners[c][1] * radius);
      pen.closePath();
    } else if (symbol.startsWith("x")) {
      const r = radius * 0.85;
      pen.moveTo(x - r, y - r);
      pen.lineTo(x + r, y + r);
      pen.moveTo(x - r, y + r);
      pen.lineTo(x + r, y - r);
    } else {
      pen.moveTo(x + radius, y);
      pen.arc(x, y, radius, 0, RING);
    }
  }

  /**
   * Draw one enterprise.
   * @param look {symbol, colour (readable already), hollow, missing}
   */
  function draw(pen, look, x, y, radius) {
    const theme = cn.theme;
    const line = Math.max(Math.min(radius * 0.28, 2), 0.8);
    pen.beginPath();
    trace(pen, look.symbol, x, y, radius);
    if (look.symbol.startsWith("x")) {
      pen.lineWidth = line;
      pen.strokeStyle = look.colour;
      pen.stroke();
      return;
    }
    const hollow = look.hollow || look.symbol.endsWith("-open");
    pen.fillStyle = hollow || look.missing ? theme.paper : look.colour;
    pen.lineWidth = hollow || look.missing ? line : radius > 3 ? 1 : 0.6;
    pen.strokeStyle = hollow || look.missing ? look.colour : theme.paper;
    // The pale rim goes under the fill, so that small marks keep their size.
    if (!hollow && !look.missing) {
      pen.lineWidth *= 2;
      pen.stroke();
      pen.fill();
      return;
    }
    pen.fill();
    pen.stroke();
    if (look.missing) {
      const r = radius * 0.62;
      pen.beginPath();
      pen.moveTo(x - r, y + r);
      pen.lineTo(x + r, y - r);
      pen.stroke();
    }
  }

  let sprites = new Map();

  /** A ready picture of a symbol for drawImage: {image, half} in device pixels; radii are rounded to half pixels. */
  function sprite(look, radius, ratio) {
    const size = Math.max(Math.round(radius * ratio * 2), 2) / 2;
    const key = `${look.symbol} ${look.colour} ${look.hollow ? 1 : 0}${look.missing ? 1 : 0} ${size} ${ratio}`;
    let found = sprites.get(key);
    if (!found) {
      const half = Math.ceil(size * 1.5 + 2 * ratio);
      const image = document.createElement("canvas");
      image.width = image.height = 2 * half;
      const pen = image.getContext("2d", cn.BY_PROCESSOR);
      pen.scale(ratio, ratio);
      draw(pen, look, half / ratio, half / ratio, size / ratio);
      found = { image, half };
      if (sprites.size > 4000) sprites = new Map();
      sprites.set(key, found);
    }
    return found;
  }

  /** A small <svg> of a symbol for a legend; decorative, the words beside it say the same. */
  function swatch(look, size = 16) {
    const pen = cn.svgPen(size, size);
    draw(pen, { ...look, colour: look.missing ? cn.theme.missing : cn.theme.colour(look.colour) }, size / 2, size / 2, size * 0.32);
    return pen.element();
  }

  /** A small <svg> of a layer's line, with an arrow where the layer is directed. */
  function lineSwatch(place, width = 34, height = 12) {
    const layer = cn.data.layers[place];
    const pen = cn.svgPen(width, height);
    pen.strokeStyle = pen.fillStyle = cn.theme.layer(layer);
    pen.lineWidth = 2;
    pen.setLineDash(layer.dash || []);
    pen.beginPath();
    pen.moveTo(1, height / 2);
    pen.lineTo(width - (layer.directed ? 8 : 1), height / 2);
    pen.stroke();
    if (layer.directed) {
      pen.beginPath();
      pen.moveTo(width - 1, height / 2);
      pen.lineTo(width - 9, height / 2 - 4.5);
      pen.lineTo(width - 9, height / 2 + 4.5);
      pen.closePath();
      pen.fill();
    }
    const made = pen.element();
    if (cn.data.direction === "rtl") made.style.transform = "scaleX(-1)";
    return made;
  }

  cn.symbols = { draw, trace, sprite, swatch, lineSwatch };
})((window.clusternet = window.clusternet || {}));
