import Quill from "quill"

export function build(root) {
  const quill = new Quill(root)
  return { focus: () => quill.focus(), text: () => quill.getText().replace(/\n$/, "") }
}
