/**
 * The text of an editable element as its reader sees it: a line for each block
 * and each line break. Editors differ in their markup, not in this.
 * @param {Node} root
 */
export function plain(root) {
  const lines = []
  let line = "", open = false // open: something stands in this line
  const end = () => { if (open) { lines.push(line); line = ""; open = false } }
  const walk = node => {
    if (node.nodeType === Node.TEXT_NODE) {
      if (node.data) { line += node.data; open = true }
      return
    }
    if (node.nodeName === "BR") {
      open = true
      end()
      return
    }
    const block = node !== root && node.nodeType === Node.ELEMENT_NODE && /^(block|list-item)/.test(getComputedStyle(node).display)
    if (block) end()
    node.childNodes.forEach(walk)
    if (block) end()
  }
  walk(root)
  end()
  // Editors put a word joiner where the caret would have no place otherwise,
  // and a space without break at the end of a line.
  return lines.join("\n").replace(/[\u2060\uFEFF]/g, "").replace(/\u00A0/g, " ")
}
