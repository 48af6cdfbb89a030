import assert from "node:assert/strict";
import buffer from "node:buffer";
import test from "node:test";
import { load } from "./load.js";

globalThis.File ??= /** @type {any} */ (buffer.File); // Node 18
load("files.js");

test("the kind of a file by name, then by type", () => {
  const rows = [
    ["a.txt", "", "txt"], ["A.CSV", "text/plain", "csv"], ["b.tsv", "", "csv"], ["README.md", "", "md"], ["x.json", "", "json"],
    ["main.go", "", "code"], ["Makefile", "", "code"], ["id_rsa", "", "code"], [".env", "", "txt"], ["dump.sql", "application/sql", "code"],
    ["plan.docx", "", "docx"], ["list.xlsx", "", "xlsx"], ["noending", "text/csv; charset=utf-8", "csv"], ["noending", "text/x-any", "txt"],
    ["a.png", "image/png", "other"], ["a.zip", "", "other"], ["old.doc", "", "other"], ["a.pdf", "application/pdf", "other"], ["constructor", "", "other"], ["a.constructor", "", "other"],
  ];
  for (const [name, type, want] of rows) assert.equal(fileKind(name, type), want, name + " " + type);
});

test("the limit is one attempt's, not one file's", () => {
  const f = (/** @type {string} */ name, /** @type {number} */ size) => ({ name, type: "", size });
  const mb = 1 << 20;
  assert.deepEqual(inspected([f("a.csv", 5 * mb), f("b.csv", 5 * mb), f("c.csv", 3 * mb), f("d.png", 1)]), [true, false, true, false]);
  assert.deepEqual(inspected([f("a.csv", 8 * mb + 1)]), [false]);
});

/** Node has no FileReader, which the extension reads files by. */
class Reader {
  result = "";
  onload = () => {};
  /** @param {Blob} file */
  async readAsDataURL(file) {
    this.result = "data:text/csv;base64," + Buffer.from(await file.arrayBuffer()).toString("base64");
    this.onload();
  }
}
Object.assign(globalThis, { FileReader: Reader });

test("what is read goes as base64, the rest is only named", async () => {
  const bytes = new Uint8Array(100_000).map((_, i) => i * 7);
  const held = await readFiles([new File([bytes], "a.csv"), new File(["png"], "b.png")]);
  assert.equal(held[0].kind, "csv");
  assert.deepEqual(Buffer.from(held[0].data ?? "", "base64"), Buffer.from(bytes));
  assert.deepEqual(held[1], { kind: "other", size: 3 });
});

test("a pass for files doesn't depend on their order", () => {
  const a = { name: "a", size: 1, lastModified: 5 };
  const b = { name: "b", size: 2, lastModified: 6 };
  assert.equal(filesBytes([a, b]), filesBytes([b, a]));
  assert.notEqual(filesBytes([a]), filesBytes([{ ...a, lastModified: 7 }]));
});
