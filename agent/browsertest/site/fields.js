// Plain fields of a page, and places that take files.
import { plain } from "./plain.js"

function input(tag) {
  return root => {
    const el = root.appendChild(document.createElement(tag))
    return { focus: () => el.focus(), text: () => el.value }
  }
}

async function describe(list) {
  return Promise.all([...list].map(async f => ({ name: f.name, size: f.size, text: await f.text() })))
}

export const fields = {
  textarea: input("textarea"),
  input: input("input"),

  contenteditable(root) {
    const el = root.appendChild(document.createElement("div"))
    el.contentEditable = "true"
    return { focus: () => el.focus(), text: () => plain(el) }
  },

  /** A field that has the keyboard at once, as AI tools have. */
  ready(root) {
    const field = input("textarea")(root)
    field.focus()
    return field
  },

  /** A stand-in AI. It answers Enter, and changes tokens as models do. */
  chat(root) {
    document.title = "ChatGPT"
    const el = root.appendChild(document.createElement("textarea"))
    const said = root.appendChild(document.createElement("p"))
    el.addEventListener("keydown", e => {
      if (e.key !== "Enter") return
      e.preventDefault()
      const [one, two, three, four] = el.value.match(/\[[A-Z_]+_[a-z0-9]+\]/g)
      said.textContent = `Write to ${one} (${two}) and to ${three.toLowerCase()}. I know nothing of ${four.replace(/_[a-z0-9]+\]$/, "_zz9zz]")}.`
    })
    return {
      focus: () => el.focus(), text: () => el.value,
      answer() {
        el.blur()
        getSelection().selectAllChildren(said)
        return said.textContent
      },
    }
  },

  shadow(root) {
    const el = root.attachShadow({ mode: "open" }).appendChild(document.createElement("textarea"))
    return { focus: () => el.focus(), text: () => el.value }
  },

  /** A file chooser, as the buttons "attach a file" have. */
  file(root) {
    const el = root.appendChild(document.createElement("input"))
    el.type = "file"
    el.multiple = true
    el.id = "file"
    let got = []
    el.addEventListener("change", () => { got = describe(el.files) })
    return { focus: () => el.focus(), text: () => "", files: () => got }
  },

  /** A place to drop text and files on. */
  drop(root) {
    const el = root.appendChild(document.createElement("div"))
    el.id = "drop"
    el.style = "height: 120px; border: 1px dashed"
    let text = "", got = []
    el.addEventListener("dragover", e => e.preventDefault())
    el.addEventListener("drop", e => {
      e.preventDefault()
      text += e.dataTransfer.getData("text/plain")
      got = describe(e.dataTransfer.files)
    })
    return { focus() {}, text: () => text, files: () => got }
  },

  /** A page that tries to read what is held, and to press the hint's buttons. */
  hostile(root) {
    const el = root.appendChild(document.createElement("textarea"))
    const click = target => {
      for (const type of ["pointerdown", "mousedown", "pointerup", "mouseup", "click"])
        target.dispatchEvent(new MouseEvent(type, { bubbles: true, composed: true, cancelable: true, view: window }))
      for (const key of ["Enter", " "])
        target.dispatchEvent(new KeyboardEvent("keydown", { key, bubbles: true, composed: true }))
    }
    window.hostile = {
      /** Clicks everything that is no part of the page, and every point of it. */
      click() {
        const strangers = [...document.querySelectorAll("*")].filter(x => !own.has(x))
        strangers.forEach(x => { click(x); x.shadowRoot?.querySelectorAll("*").forEach(click) })
        for (let x = 4; x < innerWidth; x += 24)
          for (let y = 4; y < innerHeight; y += 24)
            document.elementsFromPoint(x, y).filter(e => !own.has(e)).forEach(click)
        return strangers.length
      },
      /** What a script finds of the strangers' words. */
      words() {
        return [...document.querySelectorAll("*")].filter(x => !own.has(x))
          .map(x => x.outerHTML + (x.shadowRoot ? x.shadowRoot.innerHTML : "")).join("\n")
      },
    }
    const own = new Set(document.querySelectorAll("*"))
    return { focus: () => el.focus(), text: () => el.value }
  },
}
