// The extension's scripts are classic ones that share a scope; a test loads
// them the same way, after which their functions are there by name.
import { readFileSync } from "node:fs";
import vm from "node:vm";

/** @param {string[]} names */
export function load(...names) {
  for (const name of names) {
    const path = new URL("../" + name, import.meta.url);
    new vm.Script(readFileSync(path, "utf8"), { filename: path.pathname }).runInThisContext();
  }
}
