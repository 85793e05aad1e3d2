"use strict";
/* Search by name, other name or id: letters that are written in several ways count as one. */
(function (cn) {
  const { nodes, groups } = cn.data;
  const MOST = 12;
  const SAME = new Map(
    Object.entries({ أ: "ا", إ: "ا", آ: "ا", ٱ: "ا", ء: "", ؤ: "و", ئ: "ي", ى: "ي", ة: "ه", ـ: "", گ: "ك", ک: "ك", ی: "ي", ß: "ss", æ: "ae", ø: "o", œ: "oe", ł: "l", đ: "d", ı: "i" })
  );

  /** A text as search compares it: compatibility forms, marks, hamza, case, digits and signs made alike. */
  function folded(text) {
    let found = "";
    for (const letter of String(text).normalize("NFKD").toLowerCase()) {
      if (/\p{M}/u.test(letter)) continue;
      const code = letter.codePointAt(0);
      if (code >= 0x660 && code <= 0x669) found += code - 0x660;
      else if (code >= 0x6f0 && code <= 0x6f9) found += code - 0x6f0;
      else if (SAME.has(letter)) found += SAME.get(letter);
      else found += /[\p{L}\p{N}]/u.test(letter) ? letter : " ";
    }
    return found.replace(/ +/g, " ").trim();
  }

  let keys = null;
  function texts() {
    if (!keys) {
      keys = Array.from({ length: nodes.count }, (_, i) => [nodes.name[i], nodes.alt[i], nodes.id[i]].map(folded));
    }
    return keys;
  }

  /** How well a text fits: whole, from its beginning, at the beginning of a word, or anywhere. */
  function fit(text, wanted) {
    if (!text) return 0;
    if (text === wanted) return 4;
    if (text.startsWith(wanted)) return 3;
    const place = text.indexOf(wanted);
    return place < 0 ? 0 : text[place - 1] === " " ? 2 : 1;
  }

  /** Enterprises and clusters that fit a text, the best first. */
  function find(text) {
    const wanted = folded(text);
    if (!wanted) return [];
    const found = [];
    for (const group of groups) {
      if (group.code < 0) continue;
      const score = Math.max(fit(folded(group.label), wanted), String(group.code) === wanted ? 3.5 : 0);
      if (score) found.push({ kind: "cluster", index: group.code, score });
    }
    texts().forEach((own, index) => {
      const score = Math.max(...own.map((entry) => fit(entry, wanted)));
      if (score) found.push({ kind: "node", index, score: score + 0.2 });
    });
    const size = (one) => (one.kind === "node" ? nodes.degree[one.index] : 0);
    return found.sort((a, b) => b.score - a.score || size(b) - size(a) || a.index - b.index);
  }

  const groupLabel = (code) => cn.clean(groups.find((group) => group.code === code)?.label ?? "");
  const label = ({ kind, index }) => (kind === "node" ? cn.name(index) : groupLabel(index));

  /** Select what was chosen, bring it into sight and make sure that no filter hides it. */
  function choose(what) {
    const code = what.kind === "node" ? nodes.group[what.index] : what.index;
    const visible = what.kind === "node" ? cn.shown.node[what.index] : true;
    const view = cn.state.view === "clusters" ? "network" : cn.state.view;
    if (!visible) cn.set({ hiddenGroups: new Set(), categories: {}, ranges: {} });
    const open = cn.data.large || cn.state.open !== null ? (code >= 0 ? code : null) : null;
    cn.set({ view, open, selected: what });
    cn.stage.settled().then(() => {
      const members = [];
      for (let i = 0; i < nodes.count; i++) if (nodes.group[i] === code) members.push(i);
      cn.frame.fit(what.kind === "node" ? [what.index, ...cn.neighbours(what.index)] : members);
    });
    cn.emit("card");
  }

  /** The combobox, as a new element. */
  function build() {
    let listed = [];
    let active = -1;
    const list = cn.element("ul", { role: "listbox", id: "found", "aria-label": cn.word("search"), hidden: true });
    const told = cn.element("p", { class: "quiet", role: "status" });
    const input = cn.element("input", {
      type: "search", id: "search", role: "combobox", autocomplete: "off", "aria-label": cn.word("search"), placeholder: cn.word("search"),
      "aria-autocomplete": "list", "aria-expanded": "false", "aria-controls": "found", dir: "auto", oninput: show, onkeydown: key, onblur: () => setTimeout(close, 150),
    });

    function close() {
      list.hidden = true;
      active = -1;
      input.setAttribute("aria-expanded", "false");
      input.removeAttribute("aria-activedescendant");
    }

    function show() {
      const all = find(input.value);
      listed = all.slice(0, MOST);
      active = listed.length ? 0 : -1;
      told.textContent = !input.value.trim() ? "" : all.length ? cn.word("search_found", { count: cn.number(all.length) }) : cn.word("search_none");
      list.replaceChildren(
        ...listed.map((what, place) =>
          cn.element("li", { role: "option", id: `found-${place}`, "aria-selected": "false", onpointerdown: (event) => (event.preventDefault(), take(place)) },
            cn.element("bdi", {}, cn.cut(label(what))), cn.element("small", {}, what.kind === "node" ? cn.element("bdi", {}, cn.cut(cn.clean(nodes.id[what.index]), 24)) : cn.word("cluster")))
        )
      );
      list.hidden = !listed.length;
      input.setAttribute("aria-expanded", String(!list.hidden));
      point();
    }

    function point() {
      [...list.children].forEach((item, place) => item.setAttribute("aria-selected", String(place === active)));
      if (active >= 0) {
        input.setAttribute("aria-activedescendant", `found-${active}`);
        list.children[active].scrollIntoView({ block: "nearest" });
      }
    }

    function take(place) {
      const what = listed[place];
      close();
      if (what) choose(what);
    }

    function key(event) {
      if (event.key === "Escape") close();
      else if (event.key === "Enter") take(Math.max(active, 0));
      else if (event.key === "ArrowDown" || event.key === "ArrowUp") {
        if (list.hidden) show();
        if (listed.length) active = (active + (event.key === "ArrowDown" ? 1 : listed.length - 1)) % listed.length;
        point();
        event.preventDefault();
      }
    }

    return cn.element("div", { class: "search" }, input, list, told);
  }

  cn.search = { find, folded, build, choose, label };
})((window.clusternet = window.clusternet || {}));
