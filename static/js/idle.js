/* Idle time-out: warns two minutes before the session ends; whoever is typing stays signed in; afterwards the screen is cleared.
   The server keeps the real clock; this file only tells people in time. Tabs of one browser count as one. */
(() => {
  "use strict";

  // The server moves the end of a session at most once a minute, so it may end a minute before the full time.
  const limit = (Number(document.body.dataset.idleSeconds || 60) - 60) * 1000;
  const keepAlive = document.body.dataset.keepAliveUrl || "/gezondheid";
  const dialog = document.getElementById("idle-dialog");
  if (limit <= 0 || !dialog?.showModal) return;

  const WARN = 120000;
  const TOUCH = 60000;
  const left = dialog.querySelector("[data-idle-left]");
  const tabs = "BroadcastChannel" in window ? new BroadcastChannel("terugkeer-idle") : null;
  let active = Date.now();
  let touched = Date.now();

  const inWords = (milliseconds) => {
    const seconds = Math.max(0, Math.round(milliseconds / 1000));
    if (seconds > 60) return `${Math.ceil(seconds / 60)} minuten`;
    return seconds > 20 ? "1 minuut" : `${seconds} seconden`;
  };

  const touch = () => {
    touched = Date.now();
    tabs?.postMessage(touched);
    fetch(keepAlive, { method: "HEAD", cache: "no-store" }).catch(() => {});
  };

  const stay = () => {
    active = Date.now();
    if (dialog.open) dialog.close();
    touch();
  };

  const leave = () => {
    const here = encodeURIComponent(location.pathname + location.search);
    location.replace(`/inloggen/?verlopen=1&next=${here}`);
  };

  const look = () => {
    const remaining = Math.max(active, touched) + limit - Date.now();
    if (remaining <= 0) return leave();
    if (remaining > WARN && dialog.open) dialog.close();
    if (remaining > WARN) return undefined;
    left.textContent = inWords(remaining);
    if (!dialog.open) dialog.showModal();
    return undefined;
  };

  const notice = () => {
    if (dialog.open) return;
    active = Date.now();
    if (active - touched > TOUCH) touch();
  };

  tabs?.addEventListener("message", (event) => {
    touched = Math.max(touched, event.data);
  });
  ["keydown", "pointerdown", "input"].forEach((kind) => document.addEventListener(kind, notice, { passive: true }));
  dialog.querySelector("[data-idle-stay]").addEventListener("click", stay);
  dialog.addEventListener("cancel", stay);
  document.addEventListener("visibilitychange", look);
  setInterval(look, 5000);
})();
