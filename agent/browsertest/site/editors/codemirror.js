import { EditorView, basicSetup } from "codemirror"

export function build(root) {
  const view = new EditorView({ parent: root, extensions: [basicSetup] })
  return { focus: () => view.focus(), text: () => view.state.doc.toString() }
}
