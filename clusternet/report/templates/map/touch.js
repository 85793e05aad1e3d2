"use strict";
/* Pinching with two fingers, which plotly's plain axes do not know. */
(function (cn) {
  /** Listen on a stage; one finger stays with plotly, which pans. */
  function listen(stage) {
    let start = null;

    const at = (touch) => {
      const box = stage.getBoundingClientRect();
      return [touch.clientX - box.left, touch.clientY - box.top];
    };

    /** Middle and distance of two fingers. */
    function fingers(event) {
      const [a, b] = [at(event.touches[0]), at(event.touches[1])];
      return { x: (a[0] + b[0]) / 2, y: (a[1] + b[1]) / 2, apart: Math.max(Math.hypot(a[0] - b[0], a[1] - b[1]), 1) };
    }

    function begin(event) {
      if (event.touches.length !== 2) return;
      event.preventDefault();
      event.stopPropagation();
      const now = fingers(event);
      start = { ...now, point: cn.frame.unproject(now.x, now.y), kx: cn.frame.view.kx };
    }

    function move(event) {
      if (!start || event.touches.length < 2) return;
      event.preventDefault();
      event.stopPropagation();
      const now = fingers(event);
      const view = cn.frame.view;
      const kx = start.kx * (now.apart / start.apart);
      const ky = (kx * view.ky) / view.kx;
      // The point that was between the fingers stays between them.
      const x = start.point[0] - (now.x - view.left - view.width / 2) / kx;
      const y = start.point[1] + (now.y - view.top - view.height / 2) / ky;
      cn.frame.follow(x, y, kx);
    }

    function end(event) {
      if (!start || event.touches.length >= 2) return;
      start = null;
      event.stopPropagation();
      cn.frame.show(...cn.frame.where());
    }

    stage.style.touchAction = "none";
    stage.addEventListener("touchstart", begin, { capture: true, passive: false });
    stage.addEventListener("touchmove", move, { capture: true, passive: false });
    stage.addEventListener("touchend", end, { capture: true });
    stage.addEventListener("touchcancel", end, { capture: true });
  }

  cn.touch = { listen };
})((window.clusternet = window.clusternet || {}));
