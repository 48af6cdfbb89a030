// The small hint in a page: a note, or the card of a held paste with its
// answers. It sits in a closed shadow root in the top layer, never takes the
// focus by itself, and believes only a person's own clicks and keys.

/** English for what the session sends words for. @type {Words} */
var HINT_WORDS = {
  open_approved: "Open {tool}",
  safe_paste: "Safe Paste",
  not_sensitive: "Not sensitive",
  allowed: "Allowed use",
  paste_anyway: "Paste anyway",
  dismiss: "Don’t paste",
  asking: "Handrail is asking",
  answers: "Answer here",
  again: "Checked. Press Ctrl+V again to paste it.",
  again_plain: "Checked without what is hidden in it. Press Ctrl+Shift+V to paste it.",
  again_drop: "Checked. Drop it here again.",
  again_file: "Checked. Choose the file again.",
  unchecked: "Handrail didn’t answer in time, so this paste was not checked.",
  kept: "Handrail didn’t answer in time, so nothing was pasted. It is still on your clipboard.",
  nobody: "Nobody is watching: Handrail isn’t running, so pastes are not checked.",
  waiting: "One paste is waiting for an answer. This one was left out.",
  not_inspected: "Handrail doesn’t look into files of this kind. Look yourself before you send it.",
  ask_account: "Is this your work account?",
  work: "Yes, work",
  personal: "No, my own",
  keys: "Alt+Shift+H for the keyboard, Esc to close",
  close: "Close",
};

/** A click in the first moment was meant for what was there before. */
var HINT_ARMED_MS = 250;
/** How long a note stays. */
var HINT_NOTE_MS = 8000;

var HINT_CSS = `
:host { all: initial !important; }
* { box-sizing: border-box; margin: 0; font: inherit; color: inherit; }
.box {
  color-scheme: light dark; position: fixed; right: 16px; bottom: 16px; width: 344px; max-width: calc(100vw - 16px);
  max-height: calc(100vh - 16px); overflow: auto; padding: 14px 16px; border-radius: 10px;
  font: 14px/1.4 system-ui, sans-serif; text-align: start; letter-spacing: normal; cursor: default; user-select: none;
  background: light-dark(#ffffff, #24262b); color: light-dark(#1b1d21, #f2f2f2);
  border: 1px solid light-dark(#8a8f98, #767c86); box-shadow: 0 6px 24px rgba(0, 0, 0, .28);
}
@media (max-width: 376px) { .box { right: 8px; bottom: 8px; } }
.line { display: flex; align-items: center; gap: 12px; justify-content: space-between; }
.title { font-weight: 600; font-size: 15px; }
.body, .because, .keys { margin-top: 6px; white-space: pre-line; }
.because, .keys { color: light-dark(#50555d, #b8bcc4); font-size: 13px; }
.buttons { display: flex; flex-wrap: wrap; gap: 8px; margin-top: 12px; }
button {
  padding: 6px 12px; min-height: 32px; border-radius: 6px; cursor: pointer;
  border: 1px solid light-dark(#8a8f98, #767c86); background: transparent;
}
button:hover { background: light-dark(#eef0f3, #32353c); }
button.first { background: #1f5fbf; border-color: #1f5fbf; color: #ffffff; font-weight: 600; }
button.first:hover { background: #184c9a; }
button:focus-visible { outline: 3px solid light-dark(#1f5fbf, #8ab4f8); outline-offset: 2px; }
`;

/**
 * The answers a card shows, the safe ones first.
 * @param {Attempt} a
 * @returns {Answer[]}
 */
function hintAnswers(a) {
  const all = a.card?.answers ?? [];
  const here = a.alone ? all.filter((x) => x === "paste_anyway" || x === "dismiss") : [...all];
  if (!here.includes("dismiss")) here.push("dismiss");
  return here;
}

/**
 * A page's hint.
 * @param {{answer: (id: number, answer: Answer) => void, account: (id: number, account: "work" | "personal") => void}} on
 */
function createHint(on) {
  /** @type {HTMLElement | null} */
  let host = null;
  /** @type {ShadowRoot | null} */
  let root = null;
  /** @type {WeakMap<Element, () => void>} */
  let actions = new WeakMap();
  /** @type {Words} */
  let words = {};
  let shownAt = 0;
  let tries = 0;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let timer;
  /** @type {Element | null} */
  let came = null;
  let asking = false;
  const watcher = new MutationObserver(() => {
    // A page that takes the hint away gets it back a few times.
    if (host && !host.isConnected && tries++ < 5) mount();
  });

  /** @param {string} key */
  const word = (key) => words[key] ?? HINT_WORDS[key] ?? key;

  function mount() {
    if (!host) return;
    // Outside an open modal dialog nothing can be clicked.
    const dialogs = document.querySelectorAll("dialog:modal");
    (dialogs[dialogs.length - 1] ?? document.documentElement).append(host);
    try {
      host.showPopover();
    } catch {
      // Not in the top layer then; the highest z-index serves.
    }
  }

  /** @returns {HTMLElement} the empty box to fill */
  function open() {
    clearTimeout(timer);
    if (!host) {
      host = document.createElement("div");
      host.setAttribute("popover", "manual");
      // Inline and important: no rule of the page comes before it.
      const look = "all: initial; display: block; position: fixed; inset: auto 0 0 auto; z-index: 2147483647; border: 0; padding: 0; margin: 0; background: none; overflow: visible; opacity: 1; visibility: visible; pointer-events: auto; transform: none; filter: none; animation: none; transition: none; width: auto; height: auto";
      for (const rule of look.split("; ")) {
        const [name, value] = rule.split(": ");
        host.style.setProperty(name, value, "important");
      }
      root = host.attachShadow({ mode: "closed" });
      style(root);
      const box = document.createElement("div");
      box.className = "box";
      box.setAttribute("role", "status");
      box.setAttribute("aria-live", "polite");
      root.append(box);
      tries = 0;
      mount();
      watcher.observe(document, { childList: true, subtree: true });
    }
    shownAt = performance.now();
    actions = new WeakMap();
    const box = /** @type {HTMLElement} */ (/** @type {ShadowRoot} */ (root).querySelector(".box"));
    box.replaceChildren();
    return box;
  }

  /** @param {ShadowRoot} r */
  function style(r) {
    try {
      // Not subject to the page's content security policy.
      const sheet = new CSSStyleSheet();
      sheet.replaceSync(HINT_CSS);
      r.adoptedStyleSheets = [sheet];
    } catch {
      const el = document.createElement("style");
      el.textContent = HINT_CSS;
      r.append(el);
    }
  }

  function close() {
    clearTimeout(timer);
    watcher.disconnect();
    const back = root?.activeElement ? came : null;
    host?.remove();
    host = root = null;
    came = null;
    asking = false;
    if (back instanceof HTMLElement) back.focus({ preventScroll: true });
  }

  /**
   * @param {HTMLElement} parent
   * @param {string} className
   * @param {string} text
   */
  function line(parent, className, text) {
    if (!text) return;
    const el = document.createElement("div");
    el.className = className;
    el.textContent = text;
    parent.append(el);
  }

  /**
   * @param {HTMLElement} parent
   * @param {string} text
   * @param {string} className
   * @param {() => void} action
   */
  function button(parent, text, className, action) {
    const el = document.createElement("button");
    el.type = "button";
    el.className = className;
    el.textContent = text;
    actions.set(el, action);
    parent.append(el);
  }

  /** @returns {HTMLElement} */
  function row(/** @type {HTMLElement} */ parent, className = "buttons") {
    const el = document.createElement("div");
    el.className = className;
    parent.append(el);
    return el;
  }

  /** @param {Attempt} a */
  function showCard(a) {
    const card = /** @type {Card} */ (a.card);
    const box = open();
    line(box, "title", card.title);
    line(box, "body", card.body);
    line(box, "because", card.because);
    if (a.alone) line(box, "because", word("nobody"));
    if (a.askAccount) {
      line(box, "body", word("ask_account"));
      const buttons = row(box);
      button(buttons, word("work"), "", () => on.account(a.id, "work"));
      button(buttons, word("personal"), "", () => on.account(a.id, "personal"));
    }
    const buttons = row(box);
    hintAnswers(a).forEach((answer, i) => button(buttons, word(answer).replace("{tool}", card.instead), i ? "" : "first", () => on.answer(a.id, answer)));
    line(box, "keys", word("keys"));
  }

  /** @param {Event} e @returns {Element | null} the button that a person really pressed */
  function pressed(e) {
    if (!host || !root || !e.isTrusted || performance.now() - shownAt < HINT_ARMED_MS) return null;
    if (e instanceof MouseEvent && e.detail > 0) {
      if (document.elementFromPoint(e.clientX, e.clientY) !== host && host.parentNode?.getRootNode() === document) return null;
      return root.elementFromPoint(e.clientX, e.clientY)?.closest("button") ?? null;
    }
    return root.activeElement?.closest("button") ?? null;
  }

  return {
    /**
     * Shows a held attempt; beside the Fyne window one line is enough.
     * @param {Attempt} a
     * @param {Words} w
     */
    card(a, w) {
      words = w;
      asking = true;
      if (!a.window || a.askAccount) return showCard(a);
      const box = open();
      const one = row(box, "line");
      line(one, "title", word("asking"));
      button(one, word("answers"), "", () => {
        const keyboard = root?.activeElement;
        showCard(a);
        if (keyboard) root?.querySelector("button")?.focus();
      });
    },
    /**
     * Says one sentence for some seconds.
     * @param {string} key
     * @param {Words} w
     */
    note(key, w) {
      words = w;
      const shown = root?.querySelector(".box");
      if (asking && shown instanceof HTMLElement) {
        // The question stays; the sentence goes below it.
        shown.querySelector(".note")?.remove();
        return line(shown, "body note", word(key));
      }
      const box = open();
      const one = row(box, "line");
      line(one, "", word(key));
      button(one, word("close"), "", close);
      timer = setTimeout(close, HINT_NOTE_MS);
    },
    hide: close,
    /**
     * Sees the page's events first. What is the hint's own never reaches the page.
     * @param {Event} e
     */
    handle(e) {
      if (!host) return;
      const own = e.target === host;
      if (e instanceof KeyboardEvent && e.type === "keydown" && e.isTrusted) {
        if (e.altKey && e.shiftKey && e.code === "KeyH" && !own) {
          came = document.activeElement;
          root?.querySelector("button")?.focus();
          e.preventDefault();
          e.stopImmediatePropagation();
          return;
        }
        if (own && e.key === "Escape") {
          const buttons = [...(root?.querySelectorAll("button") ?? [])];
          const last = buttons[buttons.length - 1];
          e.preventDefault();
          e.stopImmediatePropagation();
          if (last) actions.get(last)?.();
          return;
        }
      }
      if (!own) return;
      // The keyboard stays in the page's field while the mouse is here.
      if (e.type === "mousedown" || e.type === "pointerdown") e.preventDefault();
      e.stopImmediatePropagation();
      if (e.type !== "click") return;
      const b = pressed(e);
      if (b) actions.get(b)?.();
    },
  };
}
