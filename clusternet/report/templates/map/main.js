"use strict";
/* The page: panel, views, map, card and table are put together. */
(function (cn) {
  const { nodes, links, groups } = cn.data;
  const element = cn.element;
  const place = (id) => document.getElementById(id);

  function tell() {
    place("count").textContent = cn.word("shown", {
      nodes: cn.number(cn.shown.nodes), all: cn.number(nodes.count), links: cn.number(cn.shown.links), most: cn.number(links.count),
    });
  }

  /** Buttons of the views, the way back from one cluster, and what can be saved. */
  function tools() {
    const views = ["network", ...(nodes.lon ? ["places"] : []), ...(cn.data.clusters.length ? ["clusters"] : [])];
    const buttons = views.map((view) => element("button", { type: "button", dataset: { view }, onclick: () => cn.set({ view, open: view === "clusters" ? null : cn.state.open, selected: null }) }, cn.word(`view_${view}`)));
    const back = element("button", { type: "button", id: "back", onclick: () => cn.set({ open: null, view: cn.data.large ? "clusters" : "network" }) }, cn.word("back"));
    const where = element("strong", {});
    const renew = () => {
      for (const button of buttons) button.setAttribute("aria-pressed", String(button.dataset.view === cn.state.view));
      back.hidden = where.hidden = cn.state.open === null;
      where.replaceChildren(element("bdi", {}, cn.clean(groups.find((group) => group.code === cn.state.open)?.label ?? "")));
    };
    renew();
    cn.on((changed) => (changed.has("view") || changed.has("open")) && renew());
    place("tools").append(element("div", { class: "row", role: "group", "aria-label": cn.word("view"), style: { margin: 0 } }, buttons), back, where, cn.downloads.build());
  }

  cn.filters.build(place("panel"));
  tools();
  cn.cards.build(place("card"));
  cn.table.build(place("table"));
  tell();
  cn.on((changed) => changed.has("shown") && tell());
  cn.stage.start(place("stage")).then(() => {
    cn.permalink.build();
    document.documentElement.dataset.ready = "1";
  });
})((window.clusternet = window.clusternet || {}));
