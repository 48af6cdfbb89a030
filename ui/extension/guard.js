// The guard of one frame: holds pastes, drops and chosen files on watched
// pages, asks, and finishes them. It is loaded before any script of the page,
// so its window listeners come first. Classic scripts share one scope and may
// be injected twice, hence only functions and var at the top level.

var TEXT_LIMIT = 4 << 20;
/** How many words of HTML are looked for across the ends of the text's own. */
var JOINED_LIMIT = 500;

/**
 * Starts the guard. Elsewhere than in a web page (the self-test) it is fed by
 * its caller.
 * @param {string} channel name of the port to the background
 * @param {(text: string) => void} [run] what the self-test does with its text
 */
function startGuard(channel, run) {
  const key = /** @type {[number, number]} */ ([...crypto.getRandomValues(new Uint32Array(2))]);
  const pass = passes(key);
  /** @type {chrome.runtime.Port | null} */
  let port = null;
  /** @type {Standing | null} Null until the background answered. */
  let standing = null;
  let state = noAttempts();
  let last = 0;
  let listening = true; // until it is known that nothing is watched here
  /** @type {Map<number, Taken>} */
  const taken = new Map();
  /** @type {Map<number, ReturnType<typeof setTimeout>>} */
  const timers = new Map();
  /** @type {Set<string>} Notes that are said once per page. */
  const said = new Set();
  /** @type {WeakSet<HTMLInputElement>} File inputs whose choice is held. */
  const emptied = new WeakSet();
  let dragging = false;

  const hint = createHint({
    answer: (id, answer) => step({ on: "answer", id, answer }),
    account: (id, account) => step({ on: "account", id, account }),
  });
  const words = () => standing?.words ?? {};
  const failMode = () => standing?.fail ?? "open";

  // --- the background ---

  function connect() {
    if (port) return;
    try {
      const p = chrome.runtime.connect({ name: channel });
      port = p;
      p.onMessage.addListener(receive);
      p.onDisconnect.addListener(() => {
        if (port !== p) return;
        port = null;
        if (standing) standing.clip = null;
        step({ on: "lost", fail: failMode(), nobody: false });
      });
      const own = placeOf(location.href);
      const host = own.host || placeOf(self.origin).host;
      p.postMessage({ type: "start", host, top: self === top });
    } catch {
      stop(); // The extension was removed or replaced: this guard is an orphan.
    }
  }

  /** @param {any} m */
  function receive(m) {
    switch (m.type) {
      case "standing": {
        const clip = standing?.clip ?? null;
        standing = { clip, ...m.standing };
        const ours = !!standing && (standing.own.length > 0 || standing.top);
        if (ours) listening = true;
        else if (standing?.known) {
          listening = false;
          if (!state.now) leave();
        }
        // It could not be asked before; asked once, it is not asked again.
        const unasked = state.now?.phase === "asking" && taken.get(state.now.id)?.asked === false;
        if (unasked && state.now) ask(state.now.id);
        break;
      }
      case "clip":
        if (standing) standing.clip = m.clip;
        break;
      case "verdict":
        step({ ...m.verdict, on: "verdict", id: m.n });
        break;
      case "finish":
        step({ ...m.finish, on: "finish", id: m.n });
        break;
      case "run":
        run?.(m.text);
        break;
      case "lost":
        step({ on: "lost", fail: failMode(), nobody: m.nobody });
        break;
    }
  }

  /** Nothing is watched here: the port isn't needed. */
  function leave() {
    const p = port;
    port = null;
    p?.disconnect();
  }

  /** @param {Record<string, unknown>} message */
  function send(message) {
    connect();
    try {
      port?.postMessage(message);
    } catch {
      port = null;
    }
  }

  // --- attempts ---

  /** @param {AttemptEvent} e */
  function step(e) {
    const [next, effects] = stepAttempts(state, e);
    state = next;
    for (const effect of effects) perform(effect);
  }

  /** @param {Effect} f */
  function perform(f) {
    switch (f.do) {
      case "ask":
        ask(f.id);
        break;
      case "arm":
        clearTimeout(timers.get(f.id));
        timers.set(f.id, setTimeout(() => step({ on: "deadline", id: f.id, fail: failMode() }), standing?.deadline ?? 1500));
        break;
      case "show":
        hint.card(f.attempt, words());
        break;
      case "hide":
        hint.hide();
        break;
      case "note":
        note(f.word);
        break;
      case "send":
        send(f.message);
        break;
      case "insert":
        insert(f.id, f.text);
        break;
      case "forget":
        clearTimeout(timers.get(f.id));
        timers.delete(f.id);
        taken.delete(f.id);
        if (!state.now && standing?.known && !listening) leave();
        break;
    }
  }

  /** @param {string} word */
  function note(word) {
    if (["unchecked", "nobody", "not_inspected"].includes(word)) {
      if (said.has(word)) return;
      said.add(word);
    }
    hint.note(word, words());
  }

  /**
   * Asks the session, once it is sure that the page is watched: until then the
   * text stays in this process.
   * @param {number} id
   */
  async function ask(id) {
    const t = taken.get(id);
    connect();
    if (!t || !standing) return;
    const { host, path } = placeOf(location.href);
    const here = watched(standing.own, host || placeOf(self.origin).host, path || "/");
    if (!here && !standing.top) {
      // Either nothing is watched here, or nobody can say what is.
      if (standing.known) step({ on: "verdict", id, do: "allow" });
      return;
    }
    t.asked = true;
    const files = t.files.length ? await readFiles(t.files) : undefined;
    send({
      type: "attempt",
      n: id,
      how: t.how,
      host: here ? host || placeOf(self.origin).host : "",
      path: here ? firstSegment(path) : "",
      ...account(here),
      text: t.text.slice(0, TEXT_LIMIT),
      partial: t.text.length > TEXT_LIMIT || undefined,
      html: t.htmlOnly,
      files,
    });
  }

  /** @param {Watch | undefined} here */
  function account(here) {
    if (!here?.resolver) return { account: "none", tenant: "" };
    try {
      // A frame of the same site asks the page around it, which shows whose it is.
      const w = top?.document ? top : self;
      return accountOf(here.resolver, w.document, w.location, here.tenants ?? []);
    } catch {
      return { account: "unclear", tenant: "" };
    }
  }

  /**
   * @param {number} id
   * @param {string | undefined} text instead of the original
   */
  async function insert(id, text) {
    const t = taken.get(id);
    if (!t) return step({ on: "ended", id, outcome: "again" });
    // What waited goes behind what it waited for, where the caret is now.
    if (t.waited && t.how === "paste" && t.place) t.place = placeIn(t.place.el) ?? t.place;
    let ok = false;
    try {
      if (text === undefined && t.files.length) {
        const el = t.target;
        ok = t.how === "file" && el instanceof HTMLInputElement ? refill(el, t.files) : offerFiles(el, t);
      } else if (t.place && !(text === undefined && t.htmlOnly && !t.place.field)) {
        ok = await insertAt(t.place, text ?? t.text);
      }
    } catch {
      ok = false;
    }
    if (!ok) {
      pass.give(text === undefined ? t.bytes : text, Date.now());
      if (t.more && text === undefined) note("again_plain");
      else note(t.how === "paste" || text !== undefined ? "again" : t.how === "drop" ? "again_drop" : "again_file");
    }
    step({ on: "ended", id, outcome: ok ? "inserted" : "again" });
  }

  // --- the page's events: a person's own only, so never what insert() makes ---

  /**
   * Holds an attempt, unless it is known to be clean or was checked before.
   * @param {Event} e
   * @param {Taken} t
   */
  function hold(e, t) {
    // What the HTML says beyond the text was not looked at: only the text lands.
    if (!t.more) {
      if (!t.files.length && standing && sameBytes(t.text, standing.clip, standing.key) && !t.htmlOnly) return;
      if (pass.take(t.bytes, Date.now())) return;
    }
    e.preventDefault();
    e.stopImmediatePropagation();
    const id = ++last;
    t.waited = !!state.now;
    taken.set(id, t);
    step({ on: "attempt", id });
  }

  /**
   * @param {Event} e
   * @param {DataTransfer | null} dt
   * @param {How} how
   * @param {number} x
   * @param {number} y
   */
  function transfer(e, dt, how, x, y) {
    if (!dt || !applies()) return;
    const target = targetOf(e);
    if (isCredentialField(target)) return;
    const files = [...dt.files];
    const htmlText = dt.getData("text/html");
    let text = dt.getData("text/plain") || dt.getData("text/uri-list");
    const htmlOnly = !text && htmlText !== "";
    // A field takes the text of it; elsewhere all of it lands.
    if (htmlOnly) text = isField(target) ? textOf(htmlText) : [textOf(htmlText), ...besideText(htmlText)].join("\n");
    if (files.length && !inspected(files).includes(true)) {
      note("not_inspected");
      files.length = 0;
    }
    if (!text && !files.length) return;
    hold(e, {
      how, text, htmlOnly, files, target, x, y,
      more: !files.length && !htmlOnly && saysMore(htmlText, text),
      bytes: files.length ? filesBytes(files) : htmlOnly ? htmlText : text,
      asked: false,
      place: how === "drop" ? placeAt(target, x, y) : placeIn(target),
    });
  }

  /** Whether anything on this page is watched as it is addressed now. */
  function applies() {
    if (!standing || standing.top || !standing.known) return true;
    const { host, path } = placeOf(location.href);
    return !!watched(standing.own, host || placeOf(self.origin).host, path || "/");
  }

  /** @param {ClipboardEvent} e */
  function onPaste(e) {
    if (e.isTrusted) transfer(e, e.clipboardData, "paste", 0, 0);
  }

  /** @param {DragEvent} e */
  function onDrop(e) {
    const own = dragging;
    dragging = false;
    if (e.isTrusted && !own) transfer(e, e.dataTransfer, "drop", e.clientX, e.clientY);
  }

  /** @param {DragEvent} e */
  function onDrag(e) {
    dragging = e.type === "dragstart";
  }

  /** @param {Event} e */
  function onChoice(e) {
    const el = targetOf(e);
    if (!e.isTrusted || !(el instanceof HTMLInputElement) || el.type !== "file" || !applies()) return;
    if (emptied.delete(el) && e.type === "change") {
      // The second event of a choice that is held already.
      e.stopImmediatePropagation();
      return;
    }
    const files = [...(el.files ?? [])];
    if (!files.length) return;
    if (!inspected(files).includes(true)) return note("not_inspected");
    const before = last;
    hold(e, { how: "file", text: "", htmlOnly: false, more: false, files, asked: false, bytes: filesBytes(files), target: el, place: null, x: 0, y: 0 });
    if (last === before) return;
    el.value = "";
    if (e.type === "input") emptied.add(el);
  }

  /** @param {Event} e */
  const onHint = (e) => hint.handle(e);

  /** @type {[string, (e: any) => void][]} */
  const listeners = [
    ["paste", onPaste],
    ["drop", onDrop],
    ["dragstart", onDrag],
    ["dragend", onDrag],
    ["input", onChoice],
    ["change", onChoice],
    ...["pointerdown", "mousedown", "pointerup", "mouseup", "click", "keydown", "keyup", "keypress"].map((t) => /** @type {[string, (e: any) => void]} */ ([t, onHint])),
  ];

  // They stay where nothing is watched and do nothing there: a policy may change
  // while a page is open, and listeners that come later come last.
  const own = listeners.map(([type, f]) => /** @type {[string, (e: any) => void]} */ ([type, (e) => listening && f(e)]));

  function stop() {
    listening = false;
    for (const [type, f] of own) removeEventListener(type, f, true);
    hint.hide();
    port = null;
  }

  for (const [type, f] of own) addEventListener(type, f, true);
  connect();
  // A page from the back/forward cache, or a background that was put to sleep.
  const wake = () => listening && connect();
  addEventListener("pageshow", wake, true);
  addEventListener("focus", wake, true);
  chrome.runtime.onMessage.addListener((m) => {
    // Policy changed, or this page was not watched until now.
    if (m?.type === "again") connect();
    return undefined;
  });
  return { paste: transfer, alive: () => !!chrome.runtime?.id };
}

/**
 * The text of HTML, hidden or not: what a clipboard without text is checked by.
 * @param {string} html
 */
function textOf(html) {
  const doc = new DOMParser().parseFromString(html, "text/html");
  for (const el of doc.querySelectorAll("style, script, template")) el.remove();
  for (const el of doc.querySelectorAll("br, p, div, li, tr, h1, h2, h3, h4, h5, h6, pre")) el.append("\n");
  for (const el of doc.querySelectorAll("td, th")) el.append("\t");
  return (doc.body?.textContent ?? "").trim();
}

/**
 * Whether HTML brings words that its text lacks, hidden ones or where a link
 * leads: the page could read them. Where one word ends is a matter of style,
 * which isn't known here: a word may lie across the ends of the text's own.
 * @param {string} html
 * @param {string} text
 */
function saysMore(html, text) {
  if (!html) return false;
  const known = new Set(text.split(/\s+/));
  const joined = text.replace(/\s+/g, "");
  let looks = 0;
  /** @param {string} word */
  const isKnown = (word) => known.has(word) || (looks++ < JOINED_LIMIT && joined.includes(word));
  return [textOf(html), ...besideText(html)].some((t) => t.split(/\s+/).some((word) => word && !isKnown(word)));
}

/**
 * Where the links of HTML lead, and what it says of pictures and the like.
 * @param {string} html
 */
function besideText(html) {
  const doc = new DOMParser().parseFromString(html, "text/html");
  const all = [...doc.querySelectorAll("[href], [alt], [title]")];
  return all.flatMap((el) => ["href", "alt", "title"].map((name) => el.getAttribute(name) ?? "")).filter(Boolean);
}
