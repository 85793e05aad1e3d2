"use strict";
/* The panel: a legend whose entries are filters, ranges of numbers, and what colour and size mean. */
(function (cn) {
  const { nodes, links, layers, groups } = cn.data;
  const element = cn.element;
  const WIDE = window.matchMedia("(min-width: 56.01rem)").matches; // on a phone the lists begin folded
  const redraw = []; // what brings the controls in line with the state again

  /** A Set with an entry put in or taken out. */
  function toggled(set, entry, inside) {
    const made = new Set(set);
    if (inside) made.add(entry);
    else made.delete(entry);
    return made;
  }

  /** A list of checkboxes with "all" and "none"; `hidden` gives the Set of what is left out, `change` takes a new one. */
  function checks(entries, hidden, change) {
    const boxes = entries.map(({ key, swatch, text, count }) => {
      const box = element("input", { type: "checkbox", onchange: () => change(toggled(hidden(), key, !box.checked)) });
      redraw.push(() => (box.checked = !hidden().has(key)));
      return element("li", {}, element("label", {}, box, swatch, element("bdi", {}, cn.cut(cn.clean(text), 60)), element("span", {}, cn.number(count))));
    });
    const every = () => change(new Set());
    const none = () => change(new Set(entries.map(({ key }) => key)));
    const buttons = element("div", { class: "row" }, element("button", { type: "button", onclick: every }, cn.word("all")), element("button", { type: "button", onclick: none }, cn.word("none")));
    return [entries.length > 1 && buttons, element("ul", { class: "list" }, boxes)];
  }

  function folder(title, open, ...content) {
    return element("details", { open }, element("summary", {}, title), content);
  }

  function layerFilter() {
    const entries = layers.map((layer, key) => ({
      key, swatch: cn.symbols.lineSwatch(key), count: layer.count,
      text: layer.directed ? `${layer.label} ${cn.data.direction === "rtl" ? "←" : "→"}` : layer.label,
    }));
    return folder(cn.word("layers"), WIDE, checks(entries, () => cn.state.hiddenLayers, (hiddenLayers) => cn.set({ hiddenLayers })));
  }

  function clusterFilter() {
    const entries = groups.map((group) => ({
      key: group.code, swatch: cn.symbols.swatch({ symbol: group.symbol, colour: group.colour }), text: group.label, count: group.count,
    }));
    return folder(cn.word("clusters"), WIDE, checks(entries, () => cn.state.hiddenGroups, (hiddenGroups) => cn.set({ hiddenGroups })));
  }

  function categoryFilter(column) {
    const tally = new Uint32Array(column.values.length);
    let unknown = 0;
    for (const code of column.codes) code < 0 ? (unknown += 1) : (tally[code] += 1);
    const entries = column.values.map((text, key) => ({ key, text, count: tally[key] })).filter(({ count }) => count);
    if (unknown) entries.push({ key: -1, text: cn.word("missing"), count: unknown });
    if (entries.length < 2) return null;
    const hidden = () => cn.state.categories[column.key] || new Set();
    return folder(cn.clean(column.label), false, checks(entries, hidden, (set) => cn.set({ categories: { ...cn.state.categories, [column.key]: set } })));
  }

  /** Two ends of a range; empty fields mean no bound, and without a range unknown numbers stay. */
  function rangeFilter(column) {
    const known = Float64Array.from(column.values).filter(Number.isFinite);
    if (!known.length) return null;
    const [low, high] = [known.reduce((a, b) => Math.min(a, b)), known.reduce((a, b) => Math.max(a, b))];
    if (low === high) return null;
    const ends = [low, high].map((bound) => Number(bound.toPrecision(4)));
    const fields = ["from", "to"].map((word, place) =>
      element("input", { type: "number", step: "any", dir: "ltr", placeholder: ends[place], "aria-label": `${cn.clean(column.label)}: ${cn.word(word)}`, onchange: apply })
    );
    function apply() {
      const [from, to] = fields.map((field) => (field.value === "" ? NaN : Number(field.value)));
      const ranges = { ...cn.state.ranges };
      if (Number.isNaN(from) && Number.isNaN(to)) delete ranges[column.key];
      else ranges[column.key] = [Number.isNaN(from) ? -Infinity : from, Number.isNaN(to) ? Infinity : to];
      cn.set({ ranges });
    }
    redraw.push(() => {
      const range = cn.state.ranges[column.key] || [];
      fields.forEach((field, place) => (field.value = Number.isFinite(range[place]) ? range[place] : ""));
    });
    const unit = column.unit ? ` (${cn.clean(column.unit)})` : "";
    return element("fieldset", { style: { border: "0", padding: "0", margin: "0 0 .4rem" } }, element("legend", { class: "quiet" }, element("bdi", {}, cn.clean(column.label) + unit)), element("div", { class: "row" }, fields[0], "–", fields[1]));
  }

  function weightFilter() {
    const values = Float64Array.from(links.weight).sort();
    if (!values.length || values[0] === values[values.length - 1]) return null;
    const steps = 40;
    const told = element("output", {});
    // Steps go by rank, so that a few heavy linkages do not take the whole slider.
    const at = (step) => (step ? values[Math.min(Math.floor((step / steps) * values.length), values.length - 1)] : 0);
    const slider = element("input", { type: "range", min: 0, max: steps, value: 0, "aria-label": cn.word("least_weight"), oninput: () => cn.set({ minWeight: at(Number(slider.value)) }) });
    redraw.push(() => {
      let step = 0;
      while (step < steps && at(step) < cn.state.minWeight) step += 1;
      slider.value = step;
      told.textContent = cn.number(cn.state.minWeight);
      slider.setAttribute("aria-valuetext", told.textContent);
    });
    return element("label", { class: "field" }, cn.word("least_weight"), ": ", told, slider);
  }

  function choice(word, options, key) {
    const select = element("select", { onchange: () => cn.set({ [key]: select.value }) });
    let target = select;
    let heading = null;
    for (const { key: value, label, group } of options) {
      if (group && group !== heading) {
        target = element("optgroup", { label: cn.clean(group) });
        select.append(target);
        heading = group;
      } else if (!group) target = select;
      target.append(element("option", { value }, label));
    }
    redraw.push(() => (select.value = cn.state[key]));
    return element("label", { class: "field" }, cn.word(word), select);
  }

  function switcher(word, key) {
    const box = element("input", { type: "checkbox", onchange: () => cn.set({ [key]: box.checked }) });
    redraw.push(() => (box.checked = cn.state[key]));
    return element("label", { class: "switch" }, box, cn.word(word));
  }

  /** Everything as it was when the page was opened, but for the view. */
  function reset() {
    cn.set({ hiddenLayers: new Set(), hiddenGroups: new Set(), categories: {}, ranges: {}, minWeight: 0, sizeBy: "partners", colourBy: "cluster", selected: null, labels: true, hulls: true });
  }

  function build(panel) {
    const legend = element("div", {});
    const columns = nodes.columns;
    const categories = columns.filter((column) => column.kind === "category").map(categoryFilter);
    const ranges = columns.filter((column) => column.kind === "number" && !column.by).map(rangeFilter).filter(Boolean);
    panel.append(
      cn.search.build(),
      choice("colour_by", cn.scale.colourOptions(), "colourBy"),
      choice("size_by", cn.scale.sizeOptions(), "sizeBy"),
      legend, switcher("names", "labels"), switcher("hulls", "hulls"),
      element("div", { class: "row" }, element("button", { type: "button", id: "reset", onclick: reset }, cn.word("reset"))),
      layerFilter(), clusterFilter(), ...categories.filter(Boolean),
      ...(ranges.length ? [folder(cn.word("numbers"), false, ranges)] : []),
      ...[weightFilter()].filter(Boolean)
    );
    const paint = () => legend.replaceChildren(cn.scale.legend());
    redraw.forEach((renew) => renew());
    paint();
    cn.on((changed) => {
      if (["hiddenLayers", "hiddenGroups", "categories", "ranges", "minWeight", "sizeBy", "colourBy", "labels", "hulls"].some((key) => changed.has(key))) redraw.forEach((renew) => renew());
      if (["colourBy", "sizeBy", "theme"].some((key) => changed.has(key))) paint();
    });
  }

  cn.filters = { build, reset };
})((window.clusternet = window.clusternet || {}));
