// Keyboard for the whole desk: go to pages, walk through rows, press what carries a key.
"use strict";
(() => {
  const places = { q: "/queue", d: "/documents", b: "/bank-lines", j: "/journal", o: "/open-items", i: "/invoices", s: "/", u: "/upload", a: "/autopilot", r: "/rules" };
  let going = 0;
  const typing = (node) => node.closest("input, select, textarea, [contenteditable]") !== null;
  const links = () => [...document.querySelectorAll("[data-rows] .row-link")];

  const walk = (step) => {
    const all = links();
    if (all.length === 0) return;
    const now = all.indexOf(document.activeElement);
    const next = all[now < 0 ? 0 : Math.min(all.length - 1, Math.max(0, now + step))];
    next.focus();
    next.scrollIntoView({ block: "nearest" });
  };

  const counted = () => {
    const bar = document.querySelector("[data-marked]");
    if (!bar) return;
    const marked = document.querySelectorAll("[data-bulk] input[type=checkbox]:checked").length;
    bar.hidden = marked === 0;
    bar.querySelector("[data-marked-count]").textContent = String(marked);
  };

  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
    if (event.key === "Escape" && typing(event.target)) { event.target.blur(); return; }
    if (typing(event.target) || document.querySelector("dialog[open]")) return;
    if (going && performance.now() - going < 1500 && places[event.key]) {
      event.preventDefault();
      going = 0;
      window.location.assign(places[event.key]);
      return;
    }
    going = 0;
    if (event.key === "g") going = performance.now();
    else if (event.key === "j" || event.key === "k") walk(event.key === "j" ? 1 : -1);
    else if (event.key === "x") {
      const tick = document.activeElement.closest("tr")?.querySelector("input[type=checkbox]");
      if (tick) { tick.checked = !tick.checked; counted(); }
    } else if (event.key === "?") document.getElementById("keys")?.showModal();
    else if (event.key === "/") {
      const search = document.querySelector("[data-search]");
      if (search) { event.preventDefault(); search.focus(); search.select(); }
    } else {
      const target = document.querySelector(`[data-key="${CSS.escape(event.key)}"]`);
      if (target) { event.preventDefault(); target.click(); }
    }
  });

  document.addEventListener("click", (event) => {
    const opener = event.target.closest("[data-opens]");
    if (opener) document.getElementById(opener.dataset.opens)?.showModal();
    const row = event.target.closest("[data-rows] tbody tr");
    if (row && !event.target.closest("a, button, input") && !window.getSelection()?.toString()) row.querySelector(".row-link")?.click();
    for (const menu of document.querySelectorAll("details.menu[open]")) if (!menu.contains(event.target)) menu.open = false;
  });

  document.addEventListener("change", (event) => {
    counted();
    if (event.target.matches(".filebox input")) event.target.parentElement.querySelector("output").textContent = [...event.target.files].map((file) => file.name).join(", ");
  });

  links()[0]?.focus({ preventScroll: true });
})();
