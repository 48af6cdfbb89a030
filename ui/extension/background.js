// The middle: one native port to the session, one port from each guard. It
// passes messages on, keeps nothing but the list of watched pages (in memory of
// the browser; on disk only what IT has set), and says plainly when nobody
// watches.

if (typeof importScripts === "function") importScripts("watch.js");

var HOST = "dev.handrail.browser";
/** After "nobody", pastes don't wait for another try during this time. */
var NOBODY_MS = 20_000;

/**
 * @typedef {object} Guard
 * @property {chrome.runtime.Port} port
 * @property {string} host
 * @property {number | undefined} tab
 * @property {boolean} top
 * @property {boolean} ours the hidden page of the self-test
 */

/** @type {chrome.runtime.Port | null} */
let native = null;
/** Done when the port had its hello. @type {Promise<void>} */
let greeted = Promise.resolve();
/** What the session's welcome said, null until there was one. @type {{watch: Watch[], fail: FailMode, deadline_ms: number, words: Words} | null} */
let policy = null;
/** @type {[number, number] | null} */
let digestKey = null;
/** @type {Standing["clip"]} */
let clip = null;
let welcomed = false;
let nobodyAt = -Infinity;
let tries = 0;
/** @type {ReturnType<typeof setTimeout> | undefined} */
let retry;
/** @type {Map<chrome.runtime.Port, Guard>} */
const guards = new Map();
/** Attempts under way: the session's number to the guard and its own. @type {Map<number, {guard: Guard, n: number}>} */
const routes = new Map();
let lastId = 0;
/** @type {{nonce: string, text: string} | null} */
let selftest = null;
/** Tabs without a guard since the install. */
let unguarded = 0;

const restored = chrome.storage.session.get("policy").then(
  (kept) => {
    policy ??= /** @type {any} */ (kept).policy ?? null;
  },
  () => {},
);

/** Where IT wants pastes kept back until a session has said what the policy is, null until known. @type {Watch[] | null} */
let bootstrap = null;

/** @param {string[]} sites */
function keepBack(sites) {
  bootstrap = sites.map(bootstrapWatch);
  shareStanding();
  if (sites.length) void askAgain(); // guards that were told that nothing is watched
}

function readManaged() {
  // Empty is "not loaded yet", too: see onChanged.
  chrome.storage.managed?.get(["fail", "sites"]).then(
    (m) => {
      const sites = m.fail === "closed" && Array.isArray(m.sites) ? m.sites : [];
      keepBack(sites);
      return chrome.storage.local.set({ sites });
    },
    () => {}, // nothing is managed
  );
}
chrome.storage.onChanged.addListener((_, area) => area === "managed" && readManaged());
readManaged();
// Chromium hands IT's settings out only when the first page has come to rest,
// at each of its starts. Until then those of the last time hold.
chrome.storage.local.get("sites").then(
  (/** @type {any} */ kept) => bootstrap ?? keepBack(kept.sites ?? []),
  () => {},
);

/** What is watched. */
function watchList() {
  return policy?.watch ?? bootstrap ?? [];
}

// --- the session ---

function connectNative() {
  if (native) return;
  clearTimeout(retry);
  const port = chrome.runtime.connectNative(HOST);
  native = port;
  port.onMessage.addListener(fromSession);
  port.onDisconnect.addListener(() => {
    void chrome.runtime.lastError; // The badge says it; the browser's own log needn't.
    if (native !== port) return;
    const never = !welcomed;
    lostSession(never || performance.now() - nobodyAt < 1000);
  });
  greeted = hello(port);
}

/**
 * Hello is the first message; others wait for it.
 * @param {chrome.runtime.Port} port
 */
async function hello(port) {
  let isPrivate = false;
  try {
    isPrivate = await chrome.extension.isAllowedIncognitoAccess();
  } catch {}
  try {
    port.postMessage({ kind: "hello", protocol: 1, browser: browserName(), version: chrome.runtime.getManifest().version, private: isPrivate });
    if (unguarded) port.postMessage({ kind: "state", tabs_unguarded: unguarded });
  } catch {}
}

function browserName() {
  const agent = navigator.userAgent;
  if (agent.includes("Firefox/")) return "firefox";
  if (agent.includes("Edg/")) return "edge";
  const brands = /** @type {any} */ (navigator).userAgentData?.brands?.map((/** @type {{brand: string}} */ b) => b.brand) ?? [];
  return brands.includes("Google Chrome") ? "chrome" : agent.includes("Chrome/") ? "chromium" : "other";
}

/** @param {boolean} nobody */
function lostSession(nobody) {
  native = null;
  welcomed = false;
  clip = digestKey = null;
  routes.clear();
  if (nobody) nobodyAt = performance.now();
  for (const g of guards.values()) post(g, { type: "lost", nobody });
  shareStanding();
  badge();
  // 1 s, 2 s, 4 s, at most a minute; a paste doesn't wait for it.
  retry = setTimeout(connectNative, Math.min(60_000, 1000 * 2 ** tries++));
}

/** @param {any} m */
function fromSession(m) {
  switch (m?.kind) {
    case "welcome":
      welcomed = true;
      tries = 0;
      nobodyAt = -Infinity;
      digestKey = m.key ?? null;
      policy = { watch: m.watch ?? [], fail: m.fail === "closed" ? "closed" : "open", deadline_ms: m.deadline_ms || 1500, words: m.words ?? {} };
      chrome.storage.session.set({ policy }).catch(() => {});
      shareStanding();
      askAgain();
      badge();
      break;
    case "clip":
      clip = m.clean && Array.isArray(m.digest) ? { length: m.length, digest: m.digest } : null;
      for (const g of guards.values()) post(g, { type: "clip", clip });
      break;
    case "verdict":
      toGuard(m.id, { type: "verdict", verdict: m });
      break;
    case "finish":
      toGuard(m.id, { type: "finish", finish: m });
      if (m.do === "drop") routes.delete(m.id);
      break;
    case "selftest":
      selftest = { nonce: m.nonce, text: m.text };
      runSelftest();
      break;
    case "nobody":
      nobodyAt = performance.now();
      break;
  }
}

/**
 * Late words about an attempt that ended are ignored.
 * @param {number} id
 * @param {Record<string, unknown>} message
 */
function toGuard(id, message) {
  const r = routes.get(id);
  if (r) post(r.guard, { ...message, n: r.n });
}

/** @param {Record<string, unknown>} message */
function toSession(message) {
  connectNative();
  const port = native;
  void greeted.then(() => {
    if (port && port === native) port.postMessage(message);
  });
}

// --- the guards ---

chrome.runtime.onConnect.addListener((port) => {
  if (port.sender?.id !== chrome.runtime.id) return;
  const ours = port.name === "selftest";
  /** @type {Guard} */
  const guard = { port, host: "", tab: port.sender?.tab?.id, top: false, ours };
  guards.set(port, guard);
  port.onMessage.addListener((m) => void fromGuard(guard, m));
  port.onDisconnect.addListener(() => {
    void chrome.runtime.lastError;
    guards.delete(port);
    // Closed, navigated or discarded while something was held.
    for (const [id, r] of routes)
      if (r.guard === guard) {
        routes.delete(id);
        if (native) toSession({ kind: "done", id, outcome: "gone" });
      }
  });
});

/**
 * @param {Guard} g
 * @param {Record<string, unknown>} message
 */
function post(g, message) {
  try {
    g.port.postMessage(message);
  } catch {
    guards.delete(g.port);
  }
}

/**
 * @param {Guard} g
 * @param {any} m
 */
async function fromGuard(g, m) {
  await restored;
  switch (m.type) {
    case "start":
      g.host = m.host;
      g.top = m.top;
      if (performance.now() - nobodyAt > NOBODY_MS) connectNative();
      post(g, { type: "standing", standing: await standingOf(g) });
      post(g, { type: "clip", clip });
      if (g.ours && selftest) post(g, { type: "run", text: selftest.text });
      break;
    case "attempt":
      if (g.ours) return provable(g, m);
      await attempt(g, m);
      break;
    case "answer":
    case "account":
    case "done": {
      if (g.ours) return proved(g, m);
      const id = [...routes].find(([, r]) => r.guard === g && r.n === m.n)?.[0];
      if (id === undefined) return;
      if (m.type === "done") routes.delete(id);
      const { type, n, ...rest } = m;
      if (native) toSession({ kind: type, id, ...rest });
      break;
    }
  }
}

/**
 * @param {Guard} g
 * @param {any} m
 */
async function attempt(g, m) {
  let { host, path } = m;
  if (!host) {
    // The page around the frame decides, by the address it has now.
    const page = await pageOf(g);
    if (!page || !watched(watchList(), page.host, page.path)) {
      post(g, { type: "verdict", n: m.n, verdict: { do: "allow" } });
      return;
    }
    host = page.host;
    path = firstSegment(page.path);
  }
  if (!welcomed && performance.now() - nobodyAt < NOBODY_MS) {
    connectNative();
    post(g, { type: "lost", nobody: true });
    return;
  }
  const id = ++lastId;
  routes.set(id, { guard: g, n: m.n });
  const { type, n, ...rest } = m;
  toSession({ kind: "attempt", id, ...rest, host, path });
}

/**
 * The address of the tab a guard is in.
 * @param {Guard} g
 */
async function pageOf(g) {
  if (g.tab === undefined) return null;
  try {
    return placeOf((await chrome.tabs.get(g.tab)).url);
  } catch {
    return null;
  }
}

/**
 * @param {Guard} g
 * @returns {Promise<Omit<Standing, "clip">>}
 */
async function standingOf(g) {
  const watch = watchList();
  const page = g.top ? null : await pageOf(g);
  return {
    own: g.ours ? [{ host: g.host }] : watch.filter((w) => watchesHost(w, g.host)),
    top: !!page && watch.some((w) => watchesHost(w, page.host)),
    known: policy !== null || performance.now() - nobodyAt < NOBODY_MS,
    fail: failModeOf(watch, [g.host, page?.host ?? ""], policy?.fail ?? "open"),
    deadline: policy?.deadline_ms ?? 1500,
    words: policy?.words ?? {},
    key: digestKey,
  };
}

function shareStanding() {
  for (const g of guards.values()) void standingOf(g).then((standing) => post(g, { type: "standing", standing }));
}

/** Guards that stood down have no port: they ask again when the policy changed. */
async function askAgain() {
  for (const tab of await chrome.tabs.query({})) {
    if (tab.id === undefined || tab.discarded || !placeOf(tab.url).host) continue;
    chrome.tabs.sendMessage(tab.id, { type: "again" }).catch(() => {});
  }
}

// --- what the person sees ---

function badge() {
  const watching = native !== null && welcomed;
  const paused = watching && policy?.watch.length === 0;
  chrome.action.setBadgeText({ text: watching && !paused ? "" : "!" });
  chrome.action.setBadgeBackgroundColor({ color: "#6b7078" });
  const why = !watching
    ? "nobody is watching. Handrail isn’t running, so pastes are not checked."
    : paused
      ? "nothing is watched. It is paused, switched off, or no tool needs it."
      : "on. It asks before something sensitive goes to an AI tool that isn’t approved.";
  chrome.action.setTitle({ title: "Handrail: " + why });
}

// --- the self-test: a marked text through the hidden page's guard ---

async function runSelftest() {
  for (const g of guards.values()) if (g.ours) g.port.disconnect();
  await closeHidden();
  try {
    if (chrome.offscreen) {
      await chrome.offscreen.createDocument({ url: "selftest.html", reasons: [chrome.offscreen.Reason.DOM_PARSER], justification: "Proves that a paste still goes through the whole path." });
    } else {
      const frame = document.createElement("iframe");
      frame.src = chrome.runtime.getURL("selftest.html");
      document.documentElement.append(frame);
    }
  } catch {
    // No proof then, which is what the session goes by.
  }
}

async function closeHidden() {
  try {
    if (chrome.offscreen) await chrome.offscreen.closeDocument();
    else document.querySelector("iframe")?.remove();
  } catch {}
}

/**
 * @param {Guard} g
 * @param {any} m
 */
function provable(g, m) {
  if (selftest && m.text === selftest.text) post(g, { type: "verdict", n: m.n, verdict: { do: "allow" } });
}

/**
 * @param {Guard} g
 * @param {any} m
 */
function proved(g, m) {
  if (selftest && m.type === "done" && m.outcome === "inserted") {
    if (native) toSession({ kind: "proof", nonce: selftest.nonce });
    selftest = null;
    void closeHidden();
  }
}

// --- start ---

chrome.runtime.onInstalled.addListener(async () => {
  const files = chrome.runtime.getManifest().content_scripts?.[0].js ?? [];
  unguarded = 0;
  for (const tab of await chrome.tabs.query({ url: ["http://*/*", "https://*/*"] })) {
    if (tab.id === undefined || tab.discarded) continue;
    try {
      await chrome.scripting.executeScript({ target: { tabId: tab.id, allFrames: true }, files, injectImmediately: true });
    } catch {
      unguarded++;
    }
  }
  if (native) toSession({ kind: "state", tabs_unguarded: unguarded });
});

chrome.runtime.onStartup.addListener(() => connectNative());
badge();
connectNative();
