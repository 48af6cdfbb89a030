// Whose account is in use in this page: the company's workspace, a personal
// account, or nobody's. What to look for is data (accounts-data.js, made from
// detect/catalog/accounts.yaml). It reads the address and a few elements outside
// of the conversation; no cookies, no storage, no requests. Of what it reads,
// only one of four words and a tenant that the policy itself names come out.

/**
 * @typedef {"work" | "personal" | "none" | "unclear"} AccountWord
 * @typedef {{says?: string, tenant?: string, host?: string, path?: string, query?: string,
 *   at?: string, attribute?: string, is?: string[]}} AccountSign
 * @typedef {{account: string, tenant: string}} AccountFinding
 */

/**
 * accountOf says whose account is in use. It never throws: whatever it can't
 * make sense of is unclear.
 * @param {string} resolver the name of a resolver, from welcome.watch
 * @param {Document} doc the page's, of its top frame
 * @param {{hostname: string, pathname: string, search: string}} location
 * @param {string[]} [tenants] the company's own, from welcome.watch
 * @returns {{account: AccountWord, tenant: string}} tenant is one of tenants,
 *   "other" for an organisation that is not among them, or "" if it is not known
 */
function accountOf(resolver, doc, location, tenants) {
  /** @type {{account: AccountWord, tenant: string}} */
  const unclear = { account: "unclear", tenant: "" };
  try {
    const r = accountData.resolvers.find((x) => x.id === resolver);
    if (!r) return unclear;
    const conversation = [...accountData.everywhere, ...(r.conversation || [])].join(",");
    const known = Array.isArray(tenants) ? tenants : [];
    /** @type {AccountFinding[]} */
    const found = [];
    for (const sign of /** @type {AccountSign[]} */ (r.signs)) {
      found.push(...accountSign(sign, doc, location, conversation, known));
    }
    // Signs that contradict each other prove nothing, whichever is right.
    const accounts = new Set(found.map((f) => f.account));
    const names = new Set(found.map((f) => f.tenant).filter((t) => t !== ""));
    if (accounts.size !== 1 || names.size > 1) return unclear;
    return {
      account: /** @type {AccountWord} */ ([...accounts][0]),
      tenant: [...names][0] || "",
    };
  } catch {
    return unclear; // a page is free to break anything that it can reach
  }
}

/**
 * What one sign says about the page: nothing, or a finding for each element.
 * @param {AccountSign} sign
 * @param {Document} doc
 * @param {{hostname: string, pathname: string, search: string}} location
 * @param {string} conversation
 * @param {string[]} tenants
 * @returns {AccountFinding[]}
 */
function accountSign(sign, doc, location, conversation, tenants) {
  if (!sign.at) {
    return accountAddress(sign, location) ? [{ account: sign.says || "", tenant: "" }] : [];
  }
  /** @type {AccountFinding[]} */
  const found = [];
  let left = 50; // a page with more of them is none that we know
  for (const element of doc.querySelectorAll(sign.at)) {
    if (left-- === 0) return [{ account: "unclear", tenant: "" }];
    if (element.closest(conversation)) continue;
    for (const text of sign.is || sign.tenant ? accountTexts(element, sign.attribute) : [""]) {
      const f = accountText(sign, text, tenants);
      if (f) found.push(f);
    }
  }
  return found;
}

/**
 * @param {AccountSign} sign
 * @param {{hostname: string, pathname: string, search: string}} location
 */
function accountAddress(sign, location) {
  if (sign.host) return location.hostname.toLowerCase() === sign.host;
  if (sign.path) return location.pathname.split("/")[1] === sign.path;
  const [name, value] = (sign.query || "").split("=");
  const values = new URLSearchParams(location.search).getAll(name);
  return values.length === 1 && values[0] === value;
}

/**
 * What a sign says with one text of an element; null if it does not hold.
 * @param {AccountSign} sign
 * @param {string} text
 * @param {string[]} tenants
 * @returns {AccountFinding | null}
 */
function accountText(sign, text, tenants) {
  const same = (/** @type {string} */ s) => accountFold(s) === accountFold(text);
  if (sign.tenant === "name") {
    const tenant = tenants.find(same);
    return tenant === undefined ? null : { account: "work", tenant };
  }
  if (sign.tenant === "domain") {
    const domain = /^[^@]*@([a-z0-9.-]+\.[a-z0-9-]+)\)?$/i.exec(text)?.[1]?.toLowerCase();
    if (!domain) return null;
    if (accountData.personal_domains.includes(domain)) return { account: "personal", tenant: "" };
    // Without the policy's list nothing is known of whose organisation it is.
    const other = tenants.length > 0 ? "other" : "";
    return { account: "work", tenant: tenants.find((t) => accountFold(t) === domain) || other };
  }
  if (sign.is && !sign.is.some(same)) return null;
  return { account: sign.says || "", tenant: "" };
}

/**
 * The texts of an element, each for itself: "Jo Doe" and "Plus" stand in two
 * elements of a button. An attribute is one text.
 * @param {Element} element
 * @param {string} [attribute]
 * @returns {string[]}
 */
function accountTexts(element, attribute) {
  /** @type {string[]} */
  const texts = [];
  if (attribute) {
    texts.push(element.getAttribute(attribute) || "");
  } else {
    const walk = element.ownerDocument.createTreeWalker(element, 4 /* text */);
    while (texts.length < 20 && walk.nextNode()) texts.push(walk.currentNode.nodeValue || "");
  }
  return texts.map((t) => t.slice(0, 300).trim()).filter((t) => t !== "");
}

/** Case and white space make no difference. @param {string} s */
function accountFold(s) {
  return s.trim().replace(/\s+/g, " ").toLowerCase();
}
