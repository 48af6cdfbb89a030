// Puts a text where a paste was held, and says whether it arrived.

/** Firefox's editor wants paragraphs one by one; more lines than this take too long there. */
var LINES_LIMIT = 2000;

/**
 * The element an event is really about, also inside open shadow roots.
 * @param {Event} e
 * @returns {HTMLElement}
 */
function targetOf(e) {
  const n = /** @type {Node | undefined} */ (e.composedPath()[0]);
  if (n instanceof HTMLElement) return n;
  return (n instanceof Node && n.parentElement) || document.body || document.documentElement;
}

/**
 * @param {Element} el
 * @returns {el is HTMLInputElement | HTMLTextAreaElement}
 */
function isField(el) {
  return el instanceof HTMLTextAreaElement || (el instanceof HTMLInputElement && !["file", "checkbox", "radio", "button", "submit"].includes(el.type));
}

/**
 * Fields whose content is nobody's business and goes to no AI tool.
 * @param {Element} el
 */
function isCredentialField(el) {
  return el instanceof HTMLInputElement && (el.type === "password" || el.autocomplete.startsWith("cc-"));
}

/**
 * The outermost element that is edited together with el, null if none is.
 * @param {HTMLElement} el
 * @returns {HTMLElement | null}
 */
function editingHost(el) {
  if (document.designMode === "on") return document.body;
  if (!el.isContentEditable) return null;
  let host = el;
  while (host.parentElement?.isContentEditable) host = host.parentElement;
  return host;
}

/**
 * @param {HTMLElement} el
 * @returns {Selection | null}
 */
function selectionIn(el) {
  const root = el.getRootNode();
  return (root instanceof ShadowRoot && root.getSelection?.()) || document.getSelection();
}

/**
 * Where the caret is in el now; null where nothing can be inserted.
 * @param {HTMLElement} el
 * @returns {Place | null}
 */
function placeIn(el) {
  if (isField(el)) {
    // Fields such as type=email have no caret to ask for.
    return { el, field: true, start: el.selectionStart, end: el.selectionEnd, value: el.value, range: null };
  }
  const host = editingHost(el);
  if (!host) return null;
  const sel = selectionIn(el);
  const range = sel && sel.rangeCount ? sel.getRangeAt(0).cloneRange() : null;
  return { el: host, field: false, start: null, end: null, value: "", range };
}

/**
 * The place under a drop.
 * @param {HTMLElement} el
 * @param {number} x
 * @param {number} y
 * @returns {Place | null}
 */
function placeAt(el, x, y) {
  const place = placeIn(el);
  if (!place) return null;
  const at = document.caretPositionFromPoint?.(x, y);
  if (!at) return place;
  if (place.field) {
    if (place.start !== null && (at.offsetNode === place.el || place.el.contains(at.offsetNode))) place.start = place.end = at.offset;
  } else if (place.el.contains(at.offsetNode)) {
    const range = document.createRange();
    range.setStart(at.offsetNode, at.offset);
    place.range = range;
  }
  return place;
}

/**
 * A text without anything an editor may do to blanks, to compare by.
 * @param {string} text
 */
function squeeze(text) {
  return text.replace(/[\s\u00a0\u200b\u200c\u200d\ufeff]+/g, "");
}

/**
 * What became of an insertion: "all" of the text is there, "part" of it, or "none".
 * @param {string} before
 * @param {string} selected what the text replaced
 * @param {string} after
 * @param {string} text
 * @returns {"all" | "part" | "none"}
 */
function arrived(before, selected, after, text) {
  const [b, s, a, t] = [before, selected, after, text].map(squeeze);
  const grown = a.length - (b.length - s.length);
  if (grown >= t.length && a.includes(t)) return "all";
  if (a === b) return "none";
  // Editors make lists of "- " and links of addresses: half of it is enough.
  return grown * 2 >= t.length ? "all" : "part";
}

/**
 * @param {Place} place
 * @returns {string}
 */
function contentOf(place) {
  return isField(place.el) ? place.el.value : (place.el.textContent ?? "");
}

/**
 * Inserts text at the place, keeps what was typed meanwhile, and waits until
 * it can tell whether it arrived: some editors draw a moment later.
 * @param {Place} place
 * @param {string} text
 * @returns {Promise<boolean>}
 */
async function insertAt(place, text) {
  if (!place.el.isConnected || text === "") return text === "";
  const before = contentOf(place);
  const selected = place.field ? insertInField(place, text) : insertInEditor(place, text);
  if (selected === null) return false;
  // An editor may take back at once what it didn't expect, as Quill does.
  if (!place.field) await new Promise((done) => setTimeout(done, 0));
  for (const wait of [0, 30, 120]) {
    const how = arrived(before, selected, contentOf(place), text);
    if (how === "all") return true;
    if (how === "part") {
      // A field's own limit, or an editor that lost the rest: take it back and let the person paste.
      const limit = isField(place.el) ? place.el.maxLength : -1;
      if (limit >= 0 && contentOf(place).length >= limit) return true;
      document.execCommand("undo");
      return contentOf(place) !== before;
    }
    await new Promise((done) => setTimeout(done, wait));
  }
  return false;
}

/**
 * @param {Place} place
 * @param {string} text
 * @returns {string} what was selected
 */
function insertInField(place, text) {
  const el = /** @type {HTMLInputElement | HTMLTextAreaElement} */ (place.el);
  el.focus({ preventScroll: true });
  if (place.start === null || place.end === null) {
    document.execCommand("insertText", false, text);
    return "";
  }
  // Typing replaced the selection already; what is selected now is the typed text.
  const end = el.value === place.value ? place.end : place.start;
  const caret = el.selectionStart ?? place.start;
  const length = el.value.length;
  const selected = el.value.slice(place.start, end);
  el.setSelectionRange(place.start, end);
  document.execCommand("insertText", false, text);
  if (el.value !== place.value && caret > end) {
    const after = caret + el.value.length - length;
    el.setSelectionRange(after, after);
  }
  return selected;
}

/**
 * @param {Place} place
 * @param {string} text
 * @returns {string | null} what was selected, null if it can't be done
 */
function insertInEditor(place, text) {
  const sel = selectionIn(place.el);
  if (!sel) return null;
  const lines = text.split(/\r\n|\r|\n/);
  const byLine = isFirefox() && lines.length > 1;
  if (byLine && lines.length > LINES_LIMIT) return null;
  place.el.focus({ preventScroll: true });
  const typed = sel.rangeCount ? sel.getRangeAt(0).cloneRange() : null;
  const moved = typed && place.range && typed.compareBoundaryPoints(Range.START_TO_START, place.range) > 0 && !place.range.toString();
  if (place.range) {
    sel.removeAllRanges();
    sel.addRange(place.range);
  }
  const selected = sel.toString();
  if (pasteBySelf(place.el, text)) return selected;
  if (!byLine) document.execCommand("insertText", false, text);
  else
    lines.forEach((line, i) => {
      if (i) document.execCommand("insertParagraph");
      if (line) document.execCommand("insertText", false, line);
    });
  if (moved && typed.startContainer.isConnected) {
    sel.removeAllRanges();
    sel.addRange(typed);
  }
  return selected;
}

/**
 * Pastes by an event of our own into the editors that lose the lines of an
 * inserted text (Lexical) or the whole of it (CKEditor 5). Not in Firefox,
 * which shows a page nothing of such an event.
 * @param {HTMLElement} el
 * @param {string} text
 * @returns {boolean} whether the editor took it
 */
function pasteBySelf(el, text) {
  if (isFirefox() || !el.closest("[data-lexical-editor], .ck-editor__editable")) return false;
  const dt = new DataTransfer();
  dt.setData("text/plain", text);
  return !el.dispatchEvent(new ClipboardEvent("paste", { bubbles: true, cancelable: true, composed: true, clipboardData: dt }));
}

/** Firefox's editor and Chromium's differ; nothing else tells them apart at once. */
function isFirefox() {
  return chrome.runtime.getURL("").startsWith("moz-extension:");
}

/**
 * Gives files back to an <input type=file> as if they were just chosen.
 * @param {HTMLInputElement} el
 * @param {File[]} files
 * @returns {boolean}
 */
function refill(el, files) {
  const dt = new DataTransfer();
  for (const f of files) dt.items.add(f);
  el.files = dt.files;
  el.dispatchEvent(new Event("input", { bubbles: true, composed: true }));
  el.dispatchEvent(new Event("change", { bubbles: true }));
  return true;
}

/**
 * Repeats a paste or drop of files by an event of our own; false where the page
 * didn't take it. Firefox shows a page nothing of such an event.
 * @param {HTMLElement} target
 * @param {Taken} taken
 * @returns {boolean}
 */
function offerFiles(target, taken) {
  if (isFirefox() || !target.isConnected) return false;
  const dt = new DataTransfer();
  for (const f of taken.files) dt.items.add(f);
  if (taken.text && taken.how === "paste") dt.setData("text/plain", taken.text);
  const common = { bubbles: true, cancelable: true, composed: true };
  const e =
    taken.how === "paste"
      ? new ClipboardEvent("paste", { ...common, clipboardData: dt })
      : new DragEvent("drop", { ...common, dataTransfer: dt, clientX: taken.x, clientY: taken.y });
  return !target.dispatchEvent(e);
}
