import { $createParagraphNode, $getRoot, createEditor } from "lexical"
import { createEmptyHistoryState, registerHistory } from "@lexical/history"
import { registerRichText } from "@lexical/rich-text"

export async function build(root) {
  root.contentEditable = "true"
  const editor = createEditor({ namespace: "test", onError(e) { throw e } })
  editor.setRootElement(root)
  registerRichText(editor)
  editor.update(() => { $getRoot().append($createParagraphNode()) }, { discrete: true })
  registerHistory(editor, createEmptyHistoryState(), 300)
  return {
    focus: () => new Promise(done => editor.focus(done, { defaultSelection: "rootEnd" })),
    text: () => editor.getEditorState().read(() => $getRoot().getChildren().map(c => c.getTextContent()).join("\n")),
  }
}
