// The page of one target: /<anything>?target=NAME. It gives the driver
// window.site, whose methods say what is in the target and put the caret there.
import { fields } from "./fields.js"
import { frames } from "./frames.js"

const params = new URLSearchParams(location.search)
const name = params.get("target") || "textarea"
const root = document.getElementById("target")

/** Whether a key has reached this page. A frame gets its own, which are not told of here. */
let hears = false
addEventListener("keydown", () => { hears = true }, true)

/** Editors are fetched only by the page that shows one. */
const editors = {
  prosemirror: () => import("./editors/prosemirror.js"),
  quill: () => import("./editors/quill.js"),
  codemirror: () => import("./editors/codemirror.js"),
  lexical: () => import("./editors/lexical.js"),
  ckeditor: () => import("./editors/ckeditor.js"),
}

async function build() {
  if (editors[name]) return (await editors[name]()).build(root)
  const make = fields[name] || frames[name]
  if (!make) throw new Error("no target " + name)
  return make(root, params)
}

const field = build()
window.site = {
  /** Puts the caret into the target, and says whether the page has the keyboard. */
  async focus() {
    await (await field).focus()
    return document.hasFocus()
  },
  /** Whether a key has reached the page, within that many milliseconds. */
  async hears(patience) {
    for (let n = 0; n < patience / 10 && !hears; n++) await new Promise(done => setTimeout(done, 10))
    return hears || document.activeElement?.tagName === "IFRAME"
  },
  /** The text in the target, a line for each block and line break. */
  async text() { return (await field).text() },
  /** The files that the page was given: name, size and text of each. */
  async files() { return (await field).files?.() ?? [] },
  /** Selects what the stand-in AI has answered, and returns it. */
  async answer() { return (await field).answer() },
  /** Forgets what was seen. */
  forget() { seen.length = 0 },
}

// Inside a frame of another origin the page above asks by message.
addEventListener("message", async e => {
  if (!site[e.data.call]) return
  e.source.postMessage({ answer: e.data.id, value: await site[e.data.call]() }, "*")
})
