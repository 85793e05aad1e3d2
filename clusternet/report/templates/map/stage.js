"use strict";
/* The stage: puts frame, pictures, pointer and keyboard together and follows the state. */
(function (cn) {
  const DRAWN = ["shown", "sizeBy", "colourBy", "labels", "hulls", "theme"];
  let moving = Promise.resolve();
  let mouth = null;

  /** Draw what a change asks for: other axes, another picture, another highlight. */
  function follow(changed) {
    if (changed.has("view") || changed.has("open")) moving = moving.then(turn);
    else if (changed.has("theme")) {
      moving = moving.then(() => cn.frame.restyle(true)).then(paper);
    }
    if (DRAWN.some((key) => changed.has(key))) cn.paint.draw();
    if (changed.has("selected") || changed.has("hover") || changed.has("shown") || changed.has("theme")) cn.hover.refresh();
    if (changed.has("selected")) {
      cn.hover.reveal();
      mouth.textContent = cn.tooltip.spoken(cn.state.selected);
    }
  }

  async function turn() {
    cn.tooltip.show(null);
    await cn.frame.restyle(false);
    await cn.paint.draw();
    cn.hover.refresh();
  }

  function paper() {
    document.querySelector(".layer-base").parentElement.style.background = cn.theme.paper;
  }

  /**
   * Build the map in an empty element that has a size of its own.
   * @returns a promise that resolves when the first picture stands
   */
  async function start(stage) {
    Object.assign(stage.style, { position: "relative", overflow: "hidden", background: cn.theme.paper });
    stage.tabIndex = 0;
    stage.dir = "ltr"; // axes run from left to right in either language; names have their own direction
    stage.setAttribute("role", "application");
    stage.setAttribute("aria-label", cn.word("stage"));
    await cn.frame.start(stage);
    cn.paint.build(stage);
    cn.tooltip.build(stage);
    cn.hover.listen(stage);
    cn.touch.listen(stage);
    mouth = cn.element("div", { class: "spoken", "aria-live": "polite", dir: cn.data.direction });
    Object.assign(mouth.style, { position: "absolute", width: "1px", height: "1px", overflow: "hidden", clipPath: "inset(50%)" });
    stage.append(mouth);
    cn.on(follow);
    await cn.paint.draw();
    cn.timings.first = performance.now() - cn.started;
  }

  cn.stage = { start, settled: () => moving };
})((window.clusternet = window.clusternet || {}));
