// An item on the desk: marks on the page, lines of the entry, the verdict by keyboard.
"use strict";
(() => {
  const form = document.querySelector("form[data-item]");
  if (!form) return;
  const all = (selector, root = document) => [...root.querySelectorAll(selector)];
  const language = document.documentElement.lang;
  const written = new Intl.NumberFormat(language, { minimumFractionDigits: 2, maximumFractionDigits: 2 });
  const point = language === "en" ? "." : ",";
  const cents = (text) => {
    const plain = text.replace(/[\s\u00a0\u202f]/g, "").split(point === "," ? "." : ",").join("").replace(point, ".");
    return /^-?\d+(\.\d+)?$/.test(plain) ? Math.round(Number(plain) * 100) : null;
  };

  // fields and their marks
  const light = (name, on, scroll) => {
    for (const node of all(`[data-field="${CSS.escape(name)}"]`)) {
      node.classList.toggle("lit", on);
      if (on && scroll && node.matches(".mark, .einvoice *")) node.scrollIntoView({ block: "center", behavior: "smooth" });
    }
  };
  const named = (node) => node.closest?.("[data-field]")?.dataset.field;
  for (const [kind, on] of [["mouseover", true], ["mouseout", false], ["focusin", true], ["focusout", false]]) {
    document.addEventListener(kind, (event) => {
      const name = named(event.target);
      if (name) light(name, on, kind === "focusin");
      const about = event.target.closest?.("[data-about]")?.dataset.about;
      if (about) for (const one of about.split(" ")) light(one, on, false);
    });
  }
  document.addEventListener("click", (event) => {
    const mark = event.target.closest(".mark, .einvoice [data-field]");
    if (mark) form.querySelector(`[name="field.${mark.dataset.field}"]`)?.focus();
  });

  // zoom
  const pages = document.querySelector("[data-pages]");
  let zoom = Number(localStorage.getItem("contor-zoom")) || 100;
  const scale = (step) => {
    zoom = Math.min(300, Math.max(50, zoom + step * 25));
    localStorage.setItem("contor-zoom", String(zoom));
    for (const page of all(".page")) page.style.width = `${zoom}%`;
  };
  if (pages) scale(0);
  document.addEventListener("click", (event) => {
    const button = event.target.closest("[data-zoom]");
    if (button) scale(Number(button.dataset.zoom));
  });

  // drawing a frame where a field stands
  let last = null;
  let drawn = null;
  form.addEventListener("focusin", (event) => {
    last = event.target.name?.startsWith("field.") ? event.target : null;
    pages?.classList.toggle("drawing", last !== null);
  });
  const place = (page, event) => {
    const area = page.getBoundingClientRect();
    return [(event.clientX - area.left) / area.width * Number(page.dataset.width), (event.clientY - area.top) / area.height * Number(page.dataset.height)];
  };
  const stretch = ({ page, frame, start }, event) => {
    const [x, y] = place(page, event);
    const edges = [Math.min(x, start[0]), Math.min(y, start[1]), Math.max(x, start[0]), Math.max(y, start[1])];
    frame.setAttribute("x", edges[0]);
    frame.setAttribute("y", edges[1]);
    frame.setAttribute("width", edges[2] - edges[0]);
    frame.setAttribute("height", edges[3] - edges[1]);
    return edges;
  };
  pages?.addEventListener("mousedown", (event) => {
    const page = event.target.closest(".page");
    if (!page || !last || event.button !== 0) return;
    event.preventDefault();
    page.querySelector(`.drawn[data-field="${CSS.escape(last.name.slice(6))}"]`)?.remove();
    const frame = document.createElementNS("http://www.w3.org/2000/svg", "rect");
    frame.setAttribute("class", "drawn");
    frame.dataset.field = last.name.slice(6);
    page.querySelector("svg").append(frame);
    drawn = { page, frame, field: last, start: place(page, event) };
  });
  window.addEventListener("mousemove", (event) => { if (drawn) stretch(drawn, event); });
  window.addEventListener("mouseup", (event) => {
    if (!drawn) return;
    const edges = stretch(drawn, event);
    const box = form.querySelector(`[name="box.${drawn.field.name.slice(6)}"]`);
    if (edges[2] - edges[0] > 3 && edges[3] - edges[1] > 3) box.value = [drawn.page.dataset.page, ...edges.map((edge) => edge.toFixed(1))].join(" ");
    else drawn.frame.remove();
    drawn.field.focus();
    drawn = null;
  });

  // lines of the entry
  const accounts = new Map(all("#chart option").map((option) => [option.value, option.textContent.slice(option.value.length + 1)]));
  const sums = () => {
    const label = form.querySelector("[data-net-sum]");
    const nets = all("[data-net]", form).map((input) => cents(input.value));
    if (label) label.textContent = nets.length > 1 && nets.every((net) => net !== null) ? `${label.dataset.label}: ${written.format(nets.reduce((a, b) => a + b, 0) / 100)}` : "";
    const rest = form.querySelector("[data-rest]");
    if (!rest) return;
    const line = Math.round(Number(form.dataset.lineAmount) * 100);
    const money = all("[data-money]", form).map((input) => cents(input.value));
    const left = money.every((part) => part !== null) ? line - money.reduce((a, b) => a + b, 0) : null;
    rest.textContent = left === null ? "" : `${rest.dataset.label}: ${written.format(left / 100)}`;
    rest.classList.toggle("off", left !== 0);
  };
  const state = () => new URLSearchParams([...new FormData(form)].filter(([name]) => !["reason", "q", "csrf"].includes(name))).toString();
  let before = state();
  const dirty = () => state() !== before;
  const changed = () => {
    sums();
    form.querySelector("[data-dirty]")?.toggleAttribute("hidden", !dirty());
    form.querySelector("[data-accept]")?.classList.toggle("primary", !dirty());
    form.querySelector("[data-correct]")?.classList.toggle("primary", dirty());
  };
  form.addEventListener("input", (event) => {
    const { target } = event;
    if (target.matches("[data-account]")) target.closest(".posting").querySelector("output").textContent = accounts.get(target.value.split(" ")[0]) ?? "";
    target.closest(".field")?.classList.toggle("changed", target.value !== target.defaultValue);
    changed();
  });
  form.addEventListener("click", (event) => {
    const button = event.target.closest("button");
    if (!button) return;
    if (button.matches("[data-add-posting]")) {
      const copy = document.getElementById("new-posting").content.cloneNode(true);
      form.querySelector("[data-postings]").append(copy);
      all("[data-account]", form).at(-1).focus();
    } else if (button.matches("[data-remove]")) button.closest(".posting, .allocation").remove();
    else if (button.matches("[data-take]")) {
      const input = button.closest(".posting").querySelector(`[name="posting.${button.dataset.take}"]`);
      input.value = button.dataset.value;
      input.dispatchEvent(new Event("input", { bubbles: true }));
      input.focus();
    } else return;
    changed();
  });
  // tax codes follow the dates on the page: those of the supply's day are offered
  const taxDays = ["delivery_date", "period_end", "issue_date"];
  const offer = (root, found) => {
    const codes = new Set(found.offered.map(([code]) => code));
    for (const select of all("[name='posting.tax_code']", root)) {
      const chosen = codes.has(select.value) ? select.value : found.instead[select.value] ?? select.value;
      const kept = codes.has(chosen) || !chosen ? [] : [[chosen, ""]];
      select.replaceChildren(new Option(""), ...[...found.offered, ...kept].map(([code, name]) => new Option(name ? `${code} · ${name}` : code, code)));
      select.value = chosen;
    }
    for (const chip of all("[data-take='tax_code']", root)) chip.hidden = !codes.has(chip.dataset.value);
  };
  let asked = 0;
  form.addEventListener("change", async ({ target }) => {
    if (!form.dataset.taxCodes || !taxDays.includes(target.name?.slice(6))) return;
    const typed = new URLSearchParams(taxDays.map((name) => [name, form.querySelector(`[name="field.${name}"]`)?.value ?? ""]));
    const number = ++asked;
    const answer = await fetch(`${form.dataset.taxCodes}?${typed}`);
    if (!answer.ok || number !== asked) return;  // the form still says it when it is sent
    const found = await answer.json();
    offer(form, found);
    const fresh = document.getElementById("new-posting");
    if (fresh) offer(fresh.content, found);
    changed();
  });
  document.body.addEventListener("htmx:afterSwap", changed);
  sums();

  // the verdict
  const reason = form.querySelector("[data-reason]");
  let sent = false;
  const press = (verdict) => {
    const button = form.querySelector(`button[name=verdict][value=${verdict}]`);
    if (button && !sent) form.requestSubmit(button);
  };
  const askReason = (ask) => {
    reason.hidden = !ask;
    if (ask) reason.querySelector("input").focus();
  };
  const correct = () => {
    if (dirty()) { press("correct"); return; }
    const usable = (selector) => all(selector, form).filter((place) => !place.disabled);
    const wanted = form.dataset.wanting ? usable(`[name="${form.dataset.wanting}"]`) : [];
    const places = wanted.length ? wanted : usable("[data-account], [name='allocation.amount']");
    let first = places.find((place) => !place.value) ?? places[0];
    const folded = first?.closest("details");
    if (folded) folded.open = true;
    if (!first) { form.querySelector("[data-add-posting]")?.click(); first = form.querySelector("[data-account]"); }
    first?.focus();
    first?.select?.();
  };
  // the key of what comes next: without an entry that could be accepted that is to complete it
  const goOn = () => {
    if (dirty()) press("correct");
    else if (form.querySelector("[data-accept]")) press("accept");
    else correct();
  };
  form.addEventListener("submit", (event) => {
    if (sent) { event.preventDefault(); return; }
    sent = true;
    setTimeout(() => { sent = false; }, 8000);
  });
  form.querySelector("[data-reject]")?.addEventListener("click", () => askReason(true));
  form.querySelector("[data-reject-not]")?.addEventListener("click", () => askReason(false));
  form.querySelector("[data-correct]")?.addEventListener("click", (event) => {
    if (!dirty()) { event.preventDefault(); correct(); }
  });
  reason?.querySelector("input").addEventListener("keydown", (event) => {
    if (event.key === "Enter") { event.preventDefault(); press("reject"); }
    if (event.key === "Escape") askReason(false);
  });
  form.addEventListener("keydown", (event) => {
    if (event.key !== "Enter") return;
    if (event.ctrlKey || event.metaKey) { event.preventDefault(); goOn(); }
    else if (event.target.matches("input:not([type=search])") && event.target.name !== "reason") event.preventDefault();
  });
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.repeat) return;
    if (event.target.closest("input, select, textarea, dialog") || document.querySelector("dialog[open]")) return;
    const ways = { a: goOn, c: correct, r: () => reason && askReason(true), "+": () => scale(1), "-": () => scale(-1), f: () => form.querySelector("[name^='field.']:not(:disabled)")?.focus() };
    if (ways[event.key] && form.querySelector("[data-verdict]")) { event.preventDefault(); ways[event.key](); }
  });
  document.getElementById("refused")?.focus();
})();
