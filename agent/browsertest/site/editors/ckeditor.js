import { ClassicEditor } from "@ckeditor/ckeditor5-editor-classic"
import { Essentials } from "@ckeditor/ckeditor5-essentials"
import { Paragraph } from "@ckeditor/ckeditor5-paragraph"
import { plain } from "../plain.js"

export async function build(root) {
  const place = root.appendChild(document.createElement("div"))
  const editor = await ClassicEditor.create(place, { licenseKey: "GPL", plugins: [Essentials, Paragraph] })
  const editable = editor.ui.getEditableElement()
  return { focus: () => editor.editing.view.focus(), text: () => plain(editable) }
}
