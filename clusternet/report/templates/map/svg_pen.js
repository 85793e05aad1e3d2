"use strict";
/* The part of a canvas context that the map uses, writing SVG instead: one way of drawing for both. */
(function (cn) {
  const NAMESPACE = "http:" + "//www.w3.org/2000/svg";
  const short = (value) => String(Math.round(value * 100) / 100);

  /** Escape a text for XML; what XML cannot hold is replaced. */
  function escaped(text) {
    return String(text)
      .replace(/[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu, "\ufffd")
      .replace(/[&<>"']/g, (letter) => `&#${letter.charCodeAt(0)};`);
  }

  const ANCHORS = { left: "start", center: "middle", right: "end" };

  class SvgPen {
    constructor(width, height) {
      this.width = width;
      this.height = height;
      this.out = [];
      this.path = [];
      this.dash = [];
      this.saved = [];
      Object.assign(this, { fillStyle: "#000000", strokeStyle: "#000000", lineWidth: 1, globalAlpha: 1 });
      Object.assign(this, { font: "12px sans-serif", textAlign: "left", textBaseline: "alphabetic", lineJoin: "round", lineCap: "butt" });
    }

    beginPath() {
      this.path = [];
    }

    moveTo(x, y) {
      this.path.push("M", short(x), " ", short(y));
    }

    lineTo(x, y) {
      this.path.push("L", short(x), " ", short(y));
    }

    closePath() {
      this.path.push("Z");
    }

    /** An arc as a canvas draws it, clockwise; a whole circle as two halves. */
    arc(x, y, radius, from, to) {
      if (to - from >= 2 * Math.PI - 1e-9) {
        this.path.push(`M${short(x - radius)} ${short(y)}`);
        for (const side of [1, -1]) this.path.push(`A${short(radius)} ${short(radius)} 0 0 1 ${short(x + side * radius)} ${short(y)}`);
        this.path.push("Z");
        return;
      }
      const start = `${short(x + radius * Math.cos(from))} ${short(y + radius * Math.sin(from))}`;
      const end = `${short(x + radius * Math.cos(to))} ${short(y + radius * Math.sin(to))}`;
      this.path.push(`${this.path.length ? "L" : "M"}${start}A${short(radius)} ${short(radius)} 0 ${to - from > Math.PI ? 1 : 0} 1 ${end}`);
    }

    rect(x, y, width, height) {
      this.path.push(`M${short(x)} ${short(y)}h${short(width)}v${short(height)}h${short(-width)}Z`);
    }

    /** Begin a group; a clip within it holds until its end. */
    begin() {
      this.out.push("");
      this.group = this.out.length - 1;
    }

    clip() {
      this.out[this.group] = `<clipPath id="stage"><path d="${this.path.join("")}"/></clipPath><g clip-path="url(#stage)">`;
    }

    end() {
      this.out.push("</g>");
    }

    setLineDash(dash) {
      this.dash = dash;
    }

    fill() {
      this.out.push(`<path d="${this.path.join("")}" fill="${this.fillStyle}"${this.opacity("fill")}/>`);
    }

    stroke() {
      const dash = this.dash.length ? ` stroke-dasharray="${this.dash.map(short).join(" ")}"` : "";
      this.out.push(
        `<path d="${this.path.join("")}" fill="none" stroke="${this.strokeStyle}" stroke-width="${short(this.lineWidth)}"` +
          ` stroke-linejoin="${this.lineJoin}" stroke-linecap="${this.lineCap}"${this.opacity("stroke")}${dash}/>`
      );
    }

    opacity(what) {
      return this.globalAlpha < 1 ? ` ${what}-opacity="${short(this.globalAlpha)}"` : "";
    }

    strokeText(text, x, y) {
      const line = ` fill="none" stroke="${this.strokeStyle}" stroke-width="${short(this.lineWidth)}" stroke-linejoin="round"`;
      this.text(text, x, y, `${line}${this.opacity("stroke")} aria-hidden="true"`);
    }

    fillText(text, x, y) {
      this.text(text, x, y, ` fill="${this.fillStyle}"${this.opacity("fill")}`);
    }

    text(text, x, y, paint) {
      const baseline = this.textBaseline === "middle" ? ' dominant-baseline="central"' : "";
      this.out.push(
        `<text x="${short(x)}" y="${short(y)}" style="font:${escaped(this.font)}" text-anchor="${ANCHORS[this.textAlign]}"` +
          `${baseline}${paint}>${escaped(text)}</text>`
      );
    }

    measureText(text) {
      return cn.measure(text, this.font);
    }

    save() {
      const { fillStyle, strokeStyle, lineWidth, globalAlpha, font, textAlign, textBaseline, lineJoin, lineCap, dash } = this;
      this.saved.push({ fillStyle, strokeStyle, lineWidth, globalAlpha, font, textAlign, textBaseline, lineJoin, lineCap, dash });
    }

    restore() {
      Object.assign(this, this.saved.pop());
    }

    /** The whole drawing as the text of an SVG file. */
    toString(title = "") {
      const name = title ? `<title>${escaped(title)}</title>` : "";
      return (
        `<svg xmlns="${NAMESPACE}" width="${short(this.width)}" height="${short(this.height)}"` +
        ` viewBox="0 0 ${short(this.width)} ${short(this.height)}">${name}${this.out.join("")}</svg>`
      );
    }

    /** The drawing as an element of the page, hidden from readers of the screen. Its text holds no word of a survey. */
    element() {
      const made = document.importNode(new DOMParser().parseFromString(this.toString(), "image/svg+xml").documentElement, true);
      made.setAttribute("aria-hidden", "true");
      return made;
    }
  }

  cn.svgPen = (width, height) => new SvgPen(width, height);
})((window.clusternet = window.clusternet || {}));
