"use strict";
/* Light and dark: colours of paper and ink, and every colour of the study made readable on today's paper. */
(function (cn) {
  const LIGHT = { dark: false, paper: "#ffffff", ink: "#1f2937", quiet: "#5b6472", line: "#d5d9e0", grid: "#e8ebf0", missing: "#8a919c" };
  const DARK = { dark: true, paper: "#12161d", ink: "#e8ebf0", quiet: "#a3acb9", line: "#3a4250", grid: "#262d38", missing: "#8a919c" };
  const asked = window.matchMedia("(prefers-color-scheme: dark)");
  let made = new Map();

  /** The three parts of "#rrggbb", 0 to 255; middle grey for anything else. */
  function parts(colour) {
    const found = /^#([0-9a-f]{6})$/i.exec(colour || "");
    const value = found ? parseInt(found[1], 16) : 0x808080;
    return [value >> 16, (value >> 8) & 255, value & 255];
  }

  const hex = (rgb) => "#" + rgb.map((part) => Math.round(part).toString(16).padStart(2, "0")).join("");

  /** Mix two colours; share 0 is the first, 1 the second. */
  function mix(one, other, share) {
    const b = parts(other);
    return hex(parts(one).map((part, place) => part + (b[place] - part) * share));
  }

  /** Relative luminance as WCAG 2 defines it, 0 to 1. */
  function luminance(colour) {
    const [r, g, b] = parts(colour).map((part) => {
      const share = part / 255;
      return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
    });
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  }

  /** Contrast of two colours as WCAG 2 defines it, 1 to 21. */
  function contrast(one, other) {
    const [low, high] = [luminance(one), luminance(other)].sort((a, b) => a - b);
    return (high + 0.05) / (low + 0.05);
  }

  /** The colour moved towards the ink until it stands out from the paper by this contrast. */
  function readable(colour, least) {
    const key = `${colour} ${least}`;
    if (!made.has(key)) {
      const end = cn.theme.dark ? "#ffffff" : "#000000";
      let found = mix(colour, colour, 0);
      for (let share = 0.08; contrast(found, cn.theme.paper) < least && share <= 1; share += 0.08) {
        found = mix(colour, end, share);
      }
      made.set(key, found);
    }
    return made.get(key);
  }

  cn.theme = {
    contrast,
    mix,
    luminance,
    /** A fill that stands out from the paper (3 to 1; dark fills on dark paper a little more). */
    colour: (colour) => readable(colour, cn.theme.dark ? 4 : 2.2),
    /** A colour for text (4.5 to 1). */
    text: (colour) => readable(colour, 4.6),
    /** The colour of a layer's lines. */
    layer: (layer) => (cn.theme.dark ? cn.theme.colour(layer.colour_dark || layer.colour) : layer.colour),
  };

  function adopt() {
    made = new Map();
    Object.assign(cn.theme, asked.matches ? DARK : LIGHT);
  }

  cn.font = "system-ui, 'Segoe UI', 'Noto Sans', 'Noto Sans Arabic', Tahoma, Arial, sans-serif";
  adopt();
  asked.addEventListener("change", () => {
    adopt();
    cn.emit("theme");
  });
})((window.clusternet = window.clusternet || {}));
