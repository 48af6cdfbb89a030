import { baseKeymap } from "prosemirror-commands"
import { keymap } from "prosemirror-keymap"
import { schema } from "prosemirror-schema-basic"
import { EditorState } from "prosemirror-state"
import { EditorView } from "prosemirror-view"

export function build(root) {
  const view = new EditorView(root, { state: EditorState.create({ schema, plugins: [keymap(baseKeymap)] }) })
  const doc = () => view.state.doc
  return { focus: () => view.focus(), text: () => doc().textBetween(0, doc().content.size, "\n", leaf => leaf.type.name === "hard_break" ? "\n" : "") }
}
