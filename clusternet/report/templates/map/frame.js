"use strict";
/* The frame of the map: plotly holds axes, panning, wheel zoom and the bar of buttons; it draws no enterprise itself. */
(function (cn) {
  const { nodes, groups, outline } = cn.data;
  const watchers = [];
  let stage = null;
  let plot = null;
  let view = { left: 0, top: 0, width: 1, height: 1, x: 0, y: 0, kx: 1, ky: 1 };
  let fitted = 1;
  let places = null;

  const onPlaces = () => cn.state.view === "places" && Boolean(nodes.lon);
  const margins = () => (onPlaces() ? { l: 58, r: 10, t: 10, b: 46, pad: 0 } : { l: 0, r: 0, t: 0, b: 0, pad: 0 });

  /** Coordinates of the enterprises in the present view: the layout, or longitude and latitude. */
  function coordinates() {
    return onPlaces() ? (places = places || spread()) : { x: nodes.x, y: nodes.y };
  }

  /** Longitude and latitude, with enterprises that stand on one spot set around it in a small spiral. */
  function spread() {
    const x = Float64Array.from(nodes.lon);
    const y = Float64Array.from(nodes.lat);
    const box = extent(x, y);
    const step = 0.0035 * Math.max(box[2] - box[0], box[3] - box[1], 0.002);
    const seen = new Map();
    for (let i = 0; i < x.length; i++) {
      if (Number.isNaN(x[i])) continue;
      const key = `${x[i].toFixed(5)} ${y[i].toFixed(5)}`;
      const rank = seen.get(key) || 0;
      seen.set(key, rank + 1);
      x[i] += step * Math.sqrt(rank) * Math.cos(2.399963 * rank);
      y[i] += step * Math.sqrt(rank) * Math.sin(2.399963 * rank) * narrowing();
    }
    return { x, y };
  }

  /** How much narrower a degree of longitude is than one of latitude, in the middle of the enterprises. */
  let narrow = null;
  function narrowing() {
    if (narrow === null) {
      const known = Float64Array.from(nodes.lat).filter(Number.isFinite).sort();
      narrow = known.length ? Math.max(Math.cos((known[known.length >> 1] * Math.PI) / 180), 0.05) : 1;
    }
    return narrow;
  }

  /** [low x, low y, high x, high y] of points; those of a list of places only, where one is given. */
  function extent(x, y, chosen) {
    const box = [Infinity, Infinity, -Infinity, -Infinity];
    const add = (i) => {
      if (Number.isNaN(x[i]) || Number.isNaN(y[i])) return;
      if (x[i] < box[0]) box[0] = x[i];
      if (y[i] < box[1]) box[1] = y[i];
      if (x[i] > box[2]) box[2] = x[i];
      if (y[i] > box[3]) box[3] = y[i];
    };
    if (chosen) for (const i of chosen) add(i);
    else for (let i = 0; i < x.length; i++) add(i);
    return box;
  }

  /** What the present view should show when everything is to be seen. */
  function everything() {
    if (cn.state.view === "clusters") {
      const discs = groups.filter((group) => group.code >= 0 && Number.isFinite(group.x));
      const box = [Infinity, Infinity, -Infinity, -Infinity];
      for (const { x, y, radius } of discs) {
        box[0] = Math.min(box[0], x - radius);
        box[1] = Math.min(box[1], y - radius);
        box[2] = Math.max(box[2], x + radius);
        box[3] = Math.max(box[3], y + radius);
      }
      return box;
    }
    const { x, y } = coordinates();
    const shown = [];
    for (let i = 0; i < x.length; i++) if (cn.shown.node[i]) shown.push(i);
    const box = extent(x, y, shown.length ? shown : null);
    if (!onPlaces() || !outline) return box;
    // The region is shown whole, unless it would shrink the enterprises to a spot.
    const wide = extent(...rings());
    const fits = wide[2] - wide[0] < 4 * (box[2] - box[0]) && wide[3] - wide[1] < 4 * (box[3] - box[1]);
    return fits ? [0, 1].map((c) => Math.min(box[c], wide[c])).concat([2, 3].map((c) => Math.max(box[c], wide[c]))) : box;
  }

  function rings() {
    const x = [];
    const y = [];
    for (const ring of outline) for (let c = 0; c < ring.length; c += 2) (x.push(ring[c]), y.push(ring[c + 1]));
    return [x, y];
  }

  /** Ranges of both axes around a box at equal scale, with some room at the edges. */
  function rangesAround([x0, y0, x1, y1], room = 0.06, least = 0) {
    const { width, height } = inner();
    if (!Number.isFinite(x0)) [x0, y0, x1, y1] = [-1, -1, 1, 1];
    const ratio = onPlaces() ? narrowing() : 1; // one unit of y is 1 / ratio times as long on the screen as one of x
    const wide = Math.max((x1 - x0) * (1 + 2 * room), least);
    const tall = Math.max((y1 - y0) * (1 + 2 * room), least * ratio);
    const unit = Math.max(wide / width, tall / ratio / height) || 1 / Math.min(width, height);
    return around((x0 + x1) / 2, (y0 + y1) / 2, unit, ratio);
  }

  function around(x, y, unit, ratio) {
    const { width, height } = inner();
    const [across, up] = [(unit * width) / 2, (unit * ratio * height) / 2];
    return { x: [x - across, x + across], y: [y - up, y + up] };
  }

  function inner() {
    const margin = margins();
    return {
      left: margin.l,
      top: margin.t,
      width: Math.max(stage.clientWidth - margin.l - margin.r, 10),
      height: Math.max(stage.clientHeight - margin.t - margin.b, 10),
    };
  }

  /** Plotly's layout for the present view and theme. */
  function layout(ranges) {
    const theme = cn.theme;
    const shown = onPlaces();
    const axis = {
      visible: shown, showgrid: shown, zeroline: false, gridcolor: theme.grid, linecolor: theme.line, showline: shown,
      mirror: shown, ticks: shown ? "outside" : "", tickcolor: theme.line, tickfont: { size: 11, color: theme.quiet },
      automargin: false, fixedrange: false, separatethousands: false, exponentformat: "none",
    };
    const title = (text) => ({ text: shown ? cn.word(text) : "", font: { size: 12, color: theme.quiet }, standoff: 6 });
    return {
      template: null, showlegend: false, hovermode: false, dragmode: plot?.layout?.dragmode || "pan", margin: margins(),
      width: stage.clientWidth, height: stage.clientHeight, paper_bgcolor: "rgba(0,0,0,0)", plot_bgcolor: "rgba(0,0,0,0)",
      font: { family: cn.font, color: theme.ink },
      modebar: { bgcolor: "rgba(0,0,0,0)", color: theme.quiet, activecolor: theme.ink },
      xaxis: { ...axis, range: ranges.x, title: title("longitude") },
      yaxis: { ...axis, range: ranges.y, title: title("latitude"), scaleanchor: "x", scaleratio: shown ? 1 / narrowing() : 1 },
    };
  }

  const traces = (ranges) => [{ type: "scatter", mode: "markers", x: ranges.x, y: ranges.y, marker: { opacity: 0 }, hoverinfo: "skip" }];

  function settings() {
    const fit = { name: "fit", title: cn.word("fit"), icon: Plotly.Icons.home, click: () => cn.frame.fit() };
    return {
      showSendToCloud: false, plotlyServerURL: "", showEditInChartStudio: false, showLink: false, sendData: false,
      displaylogo: false, displayModeBar: true, scrollZoom: true, doubleClick: false, responsive: false,
      showAxisDragHandles: false, showTips: false, locale: "page",
      modeBarButtons: [[fit], ["zoomIn2d", "zoomOut2d"], ["pan2d", "zoom2d"]],
    };
  }

  /** Read from plotly where the axes stand now, also in the middle of a drag; tell the watchers. */
  function read() {
    const full = plot._fullLayout || plot.layout;
    const [xa, xb] = full.xaxis.range.map(Number);
    const [ya, yb] = full.yaxis.range.map(Number);
    const box = inner();
    set({ ...box, x: xa, y: yb, kx: box.width / (xb - xa), ky: box.height / (yb - ya) });
  }

  function set(next) {
    view = next;
    for (const watcher of watchers) watcher(view);
  }

  function place(ranges) {
    return Plotly.relayout(plot, {
      width: stage.clientWidth, height: stage.clientHeight, "xaxis.range": ranges.x, "yaxis.range": ranges.y,
    });
  }

  cn.frame = {
    /** Build plotly's frame in an element; what it shows is fitted. */
    async start(element) {
      stage = element;
      const holder = cn.element("div", { class: "frame", style: { position: "absolute", inset: "0" } });
      stage.prepend(holder);
      const dictionary = { "Zoom in": cn.word("zoom_in"), "Zoom out": cn.word("zoom_out"), Pan: cn.word("pan"), Zoom: cn.word("zoom_box") };
      Plotly.register({ moduleType: "locale", name: "page", dictionary, format: {} });
      const ranges = rangesAround(everything());
      plot = holder;
      await Plotly.newPlot(holder, traces(ranges), layout(ranges), settings());
      holder.on("plotly_relayouting", read);
      holder.on("plotly_relayout", read);
      read();
      fitted = view.kx;
      new ResizeObserver(() => cn.frame.resize()).observe(stage);
    },
    /** Where a point of the present view stands on the stage, in pixels from its upper left corner. */
    project: (x, y) => [view.left + (x - view.x) * view.kx, view.top + (view.y - y) * view.ky],
    unproject: (px, py) => [view.x + (px - view.left) / view.kx, view.y - (py - view.top) / view.ky],
    get range() {
      return { x: [view.x, view.x + view.width / view.kx], y: [view.y - view.height / view.ky, view.y] };
    },
    get view() {
      return view;
    },
    coordinates,
    onPlaces,
    rings: () => (onPlaces() ? outline : null),
    /** Pixels between two neighbouring members; on places a length that grows more slowly than the zoom. */
    unit() {
      if (!onPlaces()) return view.kx;
      const usual = Math.sqrt((view.width * view.height) / Math.max(nodes.count, 60)) * 0.7;
      return Math.min(usual, 26) * Math.sqrt(Math.max(view.kx / fitted, 0.1));
    },
    /** How far one is zoomed in, 1 where everything is seen. */
    zoom: () => view.kx / fitted,
    /** Show these enterprises, or everything. */
    fit(indices) {
      const { x, y } = coordinates();
      const chosen = indices && indices.length ? extent(x, y, indices) : null;
      const near = onPlaces() ? 0.01 : 7; // never so close that a single enterprise fills the stage
      const ranges = chosen && Number.isFinite(chosen[0]) ? rangesAround(chosen, 0.12, near) : rangesAround(everything());
      const done = place(ranges);
      if (!chosen) fitted = inner().width / (ranges.x[1] - ranges.x[0]);
      return done;
    },
    /** Set the view itself (pixels per unit of x, and the point in the middle), for pinching and for permalinks. */
    show: (x, y, kx) => place(around(x, y, 1 / kx, onPlaces() ? narrowing() : 1)),
    /** The middle of the stage and its scale, as show() takes them. */
    where: () => [...cn.frame.unproject(view.left + view.width / 2, view.top + view.height / 2), view.kx],
    /** Follow with the pictures only, while fingers still move; plotly is told at the end by show(). */
    follow: (x, y, kx) => {
      const ky = (kx * view.ky) / view.kx;
      set({ ...view, kx, ky, x: x - view.width / 2 / kx, y: y + view.height / 2 / ky });
    },
    /** Call the watcher whenever the view changes. */
    onView: (watcher) => watchers.push(watcher),
    /** Take the stage's present size; the middle and the scale stay. */
    resize() {
      if (!plot || (plot.layout.width === stage.clientWidth && plot.layout.height === stage.clientHeight)) return;
      const shrink = Math.min(stage.clientWidth / plot.layout.width, stage.clientHeight / plot.layout.height);
      const [x, y, kx] = cn.frame.where();
      fitted *= shrink;
      cn.frame.show(x, y, kx * shrink);
    },
    /** Draw axes anew after another view or theme; `again` keeps what is seen. */
    async restyle(again) {
      const full = plot.layout;
      const ranges = again ? { x: [...full.xaxis.range], y: [...full.yaxis.range] } : rangesAround(everything());
      await Plotly.react(plot, traces(ranges), layout(ranges), settings());
      read();
      if (!again) fitted = view.kx;
    },
  };
})((window.clusternet = window.clusternet || {}));
