/* What a page does better with a script; without it every page works all the same.
 *
 * Keys: ? / g+letter j k Enter. Drafts: a form with data-draft="its name" is kept while it is
 * written. Clock: how long until one is signed out. Only
 * htmx asks the server for anything, and only for what a link on the page names.
 */
"use strict";

(() => {
  const account = document.body.dataset.account || "";
  const english = document.documentElement.lang === "en";
  const say = (sv, en) => (english ? en : sv);

  /* --- storage that may be shut --------------------------------------------------------- */

  const PREFIX = "samsyn:draft:";
  const KEYS_OFF = "samsyn:keys-off";
  const WEEK = 7 * 24 * 3600 * 1000;

  const each = (store, visit) => {
    try {
      for (const name of Object.keys(store)) {
        if (name.startsWith(PREFIX)) visit(name);
      }
    } catch { /* a browser that keeps nothing keeps no drafts */ }
  };
  const read = (store, name) => {
    try { return JSON.parse(store.getItem(name)); } catch { return null; }
  };
  const write = (store, name, value) => {
    try { store.setItem(name, JSON.stringify(value)); } catch { /* full or shut */ }
  };
  const drop = (store, name) => {
    try { store.removeItem(name); } catch { /* shut */ }
  };

  /* --- drafts --------------------------------------------------------------------------- */

  // INVARIANT: text of another account never stays where this account can reach it, and text
  // marked data-secret never outlives the browser's window.
  const stores = () => {
    try { return [localStorage, sessionStorage]; } catch { return []; }
  };
  const forget = (keep) => stores().forEach((store) => each(store, (name) => {
    if (!keep(name, read(store, name))) drop(store, name);
  }));
  if (account) {
    forget((name, draft) => name.startsWith(`${PREFIX}${account}:`) && draft && Date.now() - draft.at < WEEK);
  }

  const kept = (field) => field.name && !field.disabled && field.name !== "csrfmiddlewaretoken"
    && !["password", "file", "hidden", "submit", "button"].includes(field.type);
  const values = (form) => [...form.elements].filter(kept).map((field) =>
    [field.name, field.value, ["checkbox", "radio"].includes(field.type) ? field.checked : null]);
  const same = (a, b) => JSON.stringify(a) === JSON.stringify(b);

  const putBack = (form, saved) => {
    const left = saved.map((entry) => entry);
    for (const field of [...form.elements].filter(kept)) {
      const toggles = ["checkbox", "radio"].includes(field.type);
      const at = left.findIndex(([name, value]) => name === field.name && (!toggles || value === field.value));
      if (at < 0) continue;
      const [[, value, checked]] = left.splice(at, 1);
      if (toggles) field.checked = checked; else field.value = value;
    }
  };

  const showDraft = (form, draft, discard) => {
    const note = document.createElement("div");
    note.className = "draft";
    note.setAttribute("role", "status");
    const time = new Date(draft.at).toLocaleTimeString(english ? "en-GB" : "sv-SE", { hour: "2-digit", minute: "2-digit" });
    const text = document.createElement("span");
    text.textContent = say(`Ditt utkast från ${time} har lagts tillbaka.`, `Your draft from ${time} has been put back.`);
    const button = document.createElement("button");
    button.type = "button";
    button.className = "plain";
    button.textContent = say("Släng utkastet", "Discard the draft");
    button.addEventListener("click", () => { discard(); note.remove(); });
    note.append(text, button);
    form.prepend(note);
  };

  // Reached by the answer to a form that was sent: what was written has arrived.
  const navigation = performance.getEntriesByType("navigation")[0];
  const arrived = navigation && navigation.type === "navigate" && navigation.redirectCount > 0;
  const faulty = document.querySelector("[data-errors]");
  if (account && arrived && !faulty) {
    forget((name, draft) => !(draft && draft.sent));
  }

  const keepDraft = (form) => {
    if (!account) return;
    const store = "secret" in form.dataset ? sessionStorage : localStorage;
    const name = `${PREFIX}${account}:${form.dataset.draft}`;
    const first = values(form);
    const draft = read(store, name);
    if (draft && !faulty && !same(draft.values, first)) {
      putBack(form, draft.values);
      showDraft(form, draft, () => { drop(store, name); form.reset(); });
    }
    let waiting = 0;
    const save = (sent) => {
      clearTimeout(waiting);
      waiting = 0;
      const now = values(form);
      if (same(now, first)) drop(store, name);
      else write(store, name, { at: Date.now(), values: now, sent });
    };
    form.addEventListener("input", () => {
      clearTimeout(waiting);
      waiting = setTimeout(() => save(false), 400);
    });
    form.addEventListener("submit", () => save(true));
    addEventListener("pagehide", () => { if (waiting) save(false); });
  };
  try {
    document.querySelectorAll("form[data-draft]").forEach(keepDraft);
  } catch { /* storage is shut: no drafts */ }
  document.querySelectorAll("form[data-sign-out]").forEach((form) => {
    form.addEventListener("submit", () => forget(() => false));
  });

  /* --- keys ----------------------------------------------------------------------------- */

  const keysOn = () => {
    try { return localStorage.getItem(KEYS_OFF) === null; } catch { return true; }
  };
  // One in the list of keys, and one more on the page of settings.
  const boxes = [...document.querySelectorAll("[data-keys-on]")];
  for (const box of boxes) {
    box.checked = keysOn();
    box.addEventListener("change", () => {
      try {
        if (box.checked) localStorage.removeItem(KEYS_OFF); else localStorage.setItem(KEYS_OFF, "1");
      } catch { /* shut: the choice lasts for this page */ }
      for (const other of boxes) other.checked = box.checked;
    });
  }

  const writing = (element) => element && element.closest("input, textarea, select, [contenteditable]");
  const rows = () => [...document.querySelectorAll("[data-rows] > tbody > tr")].filter((row) => row.querySelector("a[href]"));
  const step = (by) => {
    const all = rows();
    if (!all.length) return;
    const at = all.findIndex((row) => row.contains(document.activeElement));
    const next = at < 0 ? (by > 0 ? 0 : all.length - 1) : Math.min(Math.max(at + by, 0), all.length - 1);
    // The row's own link takes the focus, so Enter opens it and a screen reader says it.
    const link = all[next].querySelector("th a[href], a[href]");
    link.focus();
    all[next].scrollIntoView({ block: "nearest" });
  };
  let went = 0;
  document.addEventListener("keydown", (event) => {
    if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || writing(event.target) || !keysOn()) return;
    const since = Date.now() - went;
    went = 0;
    if (since < 1500) {
      const link = document.querySelector(`[data-go="${CSS.escape(event.key)}"]`);
      if (link) { event.preventDefault(); location.assign(link.href); }
      return;
    }
    const acts = {
      g: () => { went = Date.now(); },
      j: () => step(1),
      k: () => step(-1),
      "?": () => { const sheet = document.getElementById("keys"); if (sheet) sheet.togglePopover(); },
      "/": () => {
        const field = document.querySelector("[data-search]");
        if (!field) return;
        const rail = field.closest("[popover]");
        if (rail && getComputedStyle(rail).display === "none") rail.showPopover();
        field.focus();
        field.select();
      },
    };
    if (acts[event.key]) { event.preventDefault(); acts[event.key](); }
  });

  /* --- htmx: what it cannot do, the link does -------------------------------------------- */

  // A session that is over answers with another page, and a no with its own: both are shown whole.
  const goThere = (event) => {
    const { elt, xhr } = event.detail;
    event.preventDefault();
    location.assign((xhr && xhr.responseURL) || elt.href || location.href);
  };
  document.body.addEventListener("htmx:responseError", goThere);
  document.body.addEventListener("htmx:sendError", goThere);
  document.body.addEventListener("htmx:beforeSwap", (event) => {
    const { xhr, requestConfig, pathInfo } = event.detail;
    const asked = new URL((pathInfo && pathInfo.finalRequestPath) || requestConfig.path, location.href);
    if (xhr.status < 400 && new URL(xhr.responseURL).pathname !== asked.pathname) goThere(event);
  });

  /* --- on a phone the list comes before its filters ---------------------------------------- */

  if (matchMedia("(max-width: 47.99rem)").matches) {
    for (const fold of document.querySelectorAll("details[data-fold]")) {
      fold.open = false;
      if (location.search) fold.firstElementChild.append(say(" (något är valt)", " (something is chosen)"));
    }
  }

  /* --- faults first, and the time that is left -------------------------------------------- */

  if (faulty) faulty.focus();

  const until = document.querySelector("[data-until]");
  if (until) {
    const end = new Date(until.dateTime).getTime();
    const clock = until.textContent;
    const tick = () => {
      const minutes = Math.floor((end - Date.now()) / 60000);
      // Far from the end the time of day is calmer than a number that changes.
      until.textContent = minutes < 10 && minutes >= 0
        ? `${clock} (${minutes < 1 ? say("under 1 min", "under 1 min") : `${minutes} min`})`
        : clock;
    };
    tick();
    setInterval(tick, 20000);
  }
})();
