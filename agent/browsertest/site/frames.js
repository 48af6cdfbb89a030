// A text field inside each kind of frame.
function frame(root, set) {
  const f = document.createElement("iframe")
  f.width = 640
  f.height = 160
  const loaded = new Promise(done => { f.onload = done })
  set(f)
  root.append(f)
  return { f, loaded }
}

/** Talks to the site in a frame whose document the page may not touch. */
function ask(f, call) {
  const id = Math.random()
  return new Promise(done => {
    addEventListener("message", function listen(e) {
      if (e.data.answer !== id) return
      removeEventListener("message", listen)
      done(e.data.value)
    })
    f.contentWindow.postMessage({ call, id }, "*")
  })
}

async function served(root, address) {
  const { f, loaded } = frame(root, f => { f.src = address })
  await loaded
  return {
    focus() { f.focus(); return ask(f, "focus") },
    text: () => ask(f, "text"),
  }
}

async function within(root, set) {
  const { f, loaded } = frame(root, set)
  await loaded
  const body = f.contentDocument.body
  const el = body.querySelector("textarea") || body.appendChild(f.contentDocument.createElement("textarea"))
  return { focus() { f.focus(); el.focus() }, text: () => el.value }
}

export const frames = {
  "frame-same": root => served(root, "/inner?target=textarea"),
  "frame-cross": (root, params) => served(root, `https://${params.get("other")}/inner?target=textarea`),
  "frame-blank": root => within(root, () => {}),
  "frame-srcdoc": root => within(root, f => { f.srcdoc = "<!doctype html><textarea></textarea>" }),
}
