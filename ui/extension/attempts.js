// The life of held pastes in one frame, as a pure function: an event and the
// present state give the next state and what is to be done. Nothing here knows
// the browser, the clock or the text.
//
//   attempt -> asking -> (allow) ------------------------> inserting -> ended
//                     -> (hold)  -> held -> answered ----> inserting or dropped
//                     -> (deadline, lost: the fail mode) -> inserting or dropped
//
// One paste is held at a time and one may wait behind it; a third is refused.

/** @returns {Attempts} */
function noAttempts() {
  return { now: null, waiting: 0 };
}

/**
 * @param {Attempts} s
 * @param {AttemptEvent} e
 * @returns {[Attempts, Effect[]]}
 */
function stepAttempts(s, e) {
  if (e.on === "attempt") {
    if (!s.now) return begin(e.id, []);
    if (s.waiting) return [s, [{ do: "forget", id: e.id }, { do: "note", word: "waiting" }]];
    return [{ ...s, waiting: e.id }, []];
  }
  const a = s.now;
  if (!a) return [s, []];
  if (e.on === "lost") return lost(s, a, e);
  // What comes late belongs to an attempt that ended.
  if (e.id !== a.id) return [s, []];
  /** @param {Partial<Attempt>} change */
  const become = (change) => ({ ...s, now: { ...a, ...change } });

  switch (e.on) {
    case "verdict": {
      // A second verdict comes after the question of whose account it is.
      if (a.phase !== "asking" && a.phase !== "held") return [s, []];
      if (e.do === "allow" || !e.card) return [become({ phase: "inserting" }), [{ do: "hide" }, { do: "insert", id: a.id }]];
      const held = become({ phase: "held", card: e.card, window: e.window, askAccount: e.ask_account });
      return [held, [{ do: "show", attempt: /** @type {Attempt} */ (held.now) }]];
    }
    case "account": {
      if (a.phase !== "held" || !a.askAccount) return [s, []];
      const asked = become({ askAccount: false });
      const message = { type: "account", n: a.id, account: e.account };
      return [asked, [{ do: "send", message }, { do: "show", attempt: /** @type {Attempt} */ (asked.now) }]];
    }
    case "answer":
      if (a.phase !== "held") return [s, []];
      if (a.alone) return alone(s, a, e.answer);
      return [
        become({ phase: "answered", answer: e.answer }),
        [{ do: "hide" }, { do: "send", message: { type: "answer", n: a.id, answer: e.answer } }, { do: "arm", id: a.id }],
      ];
    case "finish":
      if (a.phase === "inserting") return [s, []];
      if (e.do === "drop") return drop(s, a, "");
      return [become({ phase: "inserting" }), [{ do: "hide" }, { do: "insert", id: a.id, text: e.do === "insert_text" ? (e.text ?? "") : undefined }]];
    case "deadline":
      if (a.phase === "asking") return fail(s, a, e.fail, "unchecked");
      if (a.phase === "answered" && a.answer) return alone(s, a, a.answer);
      return [s, []];
    case "ended":
      if (a.phase !== "inserting") return [s, []];
      return next(s, [{ do: "send", message: { type: "done", n: a.id, outcome: e.outcome } }, { do: "forget", id: a.id }]);
  }
}

/**
 * @param {number} id
 * @param {Effect[]} before
 * @returns {[Attempts, Effect[]]}
 */
function begin(id, before) {
  return [{ now: { id, phase: "asking", retried: false }, waiting: 0 }, [...before, { do: "arm", id }, { do: "ask", id }]];
}

/**
 * Ends the present attempt and lets the waiting one begin.
 * @param {Attempts} s
 * @param {Effect[]} effects
 * @returns {[Attempts, Effect[]]}
 */
function next(s, effects) {
  return s.waiting ? begin(s.waiting, effects) : [noAttempts(), effects];
}

/**
 * The text stays out of the page and on the clipboard.
 * @param {Attempts} s
 * @param {Attempt} a
 * @param {string} word what is said about it, "" for nothing
 * @returns {[Attempts, Effect[]]}
 */
function drop(s, a, word) {
  /** @type {Effect[]} */
  const effects = [{ do: "hide" }, { do: "forget", id: a.id }];
  if (word) effects.push({ do: "note", word }, { do: "send", message: { type: "done", n: a.id, outcome: "gone" } });
  return next(s, effects);
}

/**
 * Nobody decided in time.
 * @param {Attempts} s
 * @param {Attempt} a
 * @param {FailMode} mode
 * @param {string} word what is said of a paste that goes through
 * @returns {[Attempts, Effect[]]}
 */
function fail(s, a, mode, word) {
  if (mode === "closed") return drop(s, a, "kept");
  return [{ ...s, now: { ...a, phase: "inserting" } }, [{ do: "hide" }, { do: "note", word }, { do: "insert", id: a.id }]];
}

/**
 * The session is gone. A paste that nobody decided on is asked once more, for
 * the relay may only have been restarted; one that is held stays the person's
 * to decide.
 * @param {Attempts} s
 * @param {Attempt} a
 * @param {{fail: FailMode, nobody: boolean}} e
 * @returns {[Attempts, Effect[]]}
 */
function lost(s, a, e) {
  switch (a.phase) {
    case "asking":
      if (e.nobody || a.retried) return fail(s, a, e.fail, e.nobody ? "nobody" : "unchecked");
      return [{ ...s, now: { ...a, retried: true } }, [{ do: "ask", id: a.id }]];
    case "held": {
      const now = { ...a, alone: true, window: false, askAccount: false };
      return [{ ...s, now }, [{ do: "show", attempt: now }]];
    }
    case "answered":
      return alone(s, a, /** @type {Answer} */ (a.answer));
    default:
      return [s, []];
  }
}

/**
 * What a page can do by itself with an answer: everything but the original
 * text needs the session.
 * @param {Attempts} s
 * @param {Attempt} a
 * @param {Answer} answer
 * @returns {[Attempts, Effect[]]}
 */
function alone(s, a, answer) {
  if (answer === "paste_anyway" && a.card?.answers.includes("paste_anyway"))
    return [{ ...s, now: { ...a, phase: "inserting" } }, [{ do: "hide" }, { do: "insert", id: a.id }]];
  return drop(s, a, answer === "dismiss" ? "" : "kept");
}
