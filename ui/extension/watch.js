// Which pages are watched. Pure: guard and background ask the same questions.

/**
 * Whether an entry speaks of this host. A label of the entry may be "*" for
 * any, or begin with "*" for any with that ending.
 * @param {Watch} w
 * @param {string} host
 */
function watchesHost(w, host) {
  if (host === w.host || (!!w.sub && host.endsWith("." + w.host))) return true;
  if (!w.host.includes("*")) return false;
  const want = w.host.split(".");
  const have = host.split(".");
  return want.length === have.length && want.every((l, i) => l === have[i] || (l.startsWith("*") && have[i].endsWith(l.slice(1))));
}

/**
 * @param {Watch} w
 * @param {string} path
 */
function watchesPath(w, path) {
  const want = (w.path ?? "").toLowerCase().replace(/\/$/, "");
  const have = path.toLowerCase();
  return have === want || have.startsWith(want + "/");
}

/**
 * The entry for a page, the most exact first; undefined when nothing is watched there.
 * @param {Watch[]} watch
 * @param {string} host
 * @param {string} path
 * @returns {Watch | undefined}
 */
function watched(watch, host, path) {
  return watch
    .filter((w) => watchesHost(w, host) && (!w.path || watchesPath(w, path)))
    .sort((a, b) => (b.path ?? "").length - (a.path ?? "").length || b.host.length - a.host.length)[0];
}

/**
 * What becomes of a paste that nobody answers for: where a rule blocks at one
 * of the hosts it stays on the clipboard, whatever is said of the others.
 * @param {Watch[]} watch
 * @param {string[]} hosts of the frame, and of the page around it
 * @param {FailMode} otherwise
 * @returns {FailMode}
 */
function failModeOf(watch, hosts, otherwise) {
  return watch.some((w) => w.fail === "closed" && hosts.some((h) => watchesHost(w, h))) ? "closed" : otherwise;
}

/**
 * A site that IT keeps closed until a session has spoken, as browsers' content
 * settings write it: https://host, or https://[*.]host with all below it.
 * @param {string} site
 * @returns {Watch}
 */
function bootstrapWatch(site) {
  const host = site.replace("https://", "");
  return { host: host.replace("[*.]", ""), sub: host.startsWith("[*.]"), fail: "closed" };
}

/**
 * The first segment of a path, all that is ever told of it: "/c/123" is "/c".
 * @param {string} path
 */
function firstSegment(path) {
  return "/" + (path.split("/")[1] ?? "");
}

/**
 * Host and path of an address; both "" where it has none (about:blank).
 * @param {string | undefined} address
 * @returns {{host: string, path: string}}
 */
function placeOf(address) {
  try {
    const u = new URL(address ?? "");
    if (u.hostname) return { host: u.hostname, path: u.pathname };
  } catch {
    // An opaque origin is the text "null".
  }
  return { host: "", path: "" };
}
