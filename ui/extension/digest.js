// Two keyed 32-bit hashes over UTF-16 code units, small enough to run while a
// paste event waits. agent/browser has the same in Go, with the same test data.

/**
 * Hashes a text with one seed.
 * @param {string} text
 * @param {number} seed
 * @returns {number} an unsigned 32-bit number
 */
function hash32(text, seed) {
  let h = seed | 0;
  for (let i = 0; i < text.length; i++) {
    h ^= text.charCodeAt(i);
    h = Math.imul(h, 0x85ebca6b);
    h = (h << 13) | (h >>> 19);
    h = (Math.imul(h, 5) + 0xe6546b64) | 0;
  }
  h ^= text.length;
  h ^= h >>> 16;
  h = Math.imul(h, 0x85ebca6b);
  h ^= h >>> 13;
  h = Math.imul(h, 0xc2b2ae35);
  h ^= h >>> 16;
  return h >>> 0;
}

/**
 * The digest of a text under the two keys of a connection.
 * @param {string} text
 * @param {[number, number]} key
 * @returns {[number, number]}
 */
function digest(text, key) {
  return [hash32(text, key[0]), hash32(text, key[1])];
}

/**
 * Whether text is the one that length and digest were made of. The length is
 * compared first, so that most texts cost nothing.
 * @param {string} text
 * @param {{length: number, digest: [number, number]} | null} of
 * @param {[number, number] | null} key
 */
function sameBytes(text, of, key) {
  if (!of || !key || text.length !== of.length) return false;
  const d = digest(text, key);
  return d[0] === of.digest[0] && d[1] === of.digest[1];
}

/**
 * Passes let a person paste again what was checked: each is bound to those
 * bytes, holds for 30 seconds and once.
 * @param {[number, number]} key random numbers of this page
 */
function passes(key) {
  /** @type {Pass[]} */
  let open = [];
  return {
    /**
     * @param {string} bytes
     * @param {number} now in milliseconds
     */
    give(bytes, now) {
      open.push({ length: bytes.length, digest: digest(bytes, key), until: now + 30_000 });
    },
    /**
     * Takes the pass for these bytes, if there is one.
     * @param {string} bytes
     * @param {number} now in milliseconds
     * @returns {boolean}
     */
    take(bytes, now) {
      open = open.filter((p) => p.until > now);
      const i = open.findIndex((p) => sameBytes(bytes, p, key));
      if (i < 0) return false;
      open.splice(i, 1);
      return true;
    },
  };
}
