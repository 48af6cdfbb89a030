// What is read of a file that is chosen, dropped or pasted. The session draws
// the text out of it; here it is only told apart by name and type.

var FILE_LIMIT = 8 << 20;

/** @type {Record<string, FileKind>} */
var FILE_KINDS = {
  txt: "txt", text: "txt", log: "txt", eml: "txt", ini: "txt", conf: "txt", cfg: "txt", env: "txt", properties: "txt", rtf: "other",
  csv: "csv", tsv: "csv",
  md: "md", markdown: "md", rst: "md", adoc: "md", tex: "md",
  json: "json", jsonl: "json", ndjson: "json", geojson: "json", ipynb: "json", har: "json",
  docx: "docx", xlsx: "xlsx",
};

var CODE_ENDINGS =
  "c h cc cpp cxx hpp cs go rs java kt kts scala swift m mm py rb php pl lua r jl js mjs cjs jsx ts tsx vue svelte dart ex exs erl hs ml fs clj lisp " +
  "sql sh bash zsh ps1 bat cmd html htm css scss less xml xsl yaml yml toml tf hcl gradle cmake proto graphql tfvars pem key";

for (const ending of CODE_ENDINGS.split(" ")) FILE_KINDS[ending] = "code";

/** @type {Record<string, FileKind>} */
var FILE_TYPES = {
  "text/csv": "csv",
  "text/tab-separated-values": "csv",
  "text/markdown": "md",
  "application/json": "json",
  "application/vnd.openxmlformats-officedocument.wordprocessingml.document": "docx",
  "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": "xlsx",
};

/**
 * The kind of a file by the ending of its name, else by its type.
 * @param {string} name
 * @param {string} type MIME type, "" if unknown
 * @returns {FileKind}
 */
function fileKind(name, type) {
  const lower = name.toLowerCase();
  const dot = lower.lastIndexOf(".");
  const ending = dot < 0 ? "" : lower.slice(dot + 1);
  if (Object.hasOwn(FILE_KINDS, ending)) return FILE_KINDS[ending];
  if (["dockerfile", "makefile", "jenkinsfile", "id_rsa", "id_ed25519", "credentials"].includes(lower)) return "code";
  const mime = type.split(";")[0].trim().toLowerCase();
  if (Object.hasOwn(FILE_TYPES, mime)) return FILE_TYPES[mime];
  return mime.startsWith("text/") ? "txt" : "other";
}

/**
 * Which files are read, in order, until the attempt's limit is full.
 * @param {{name: string, type: string, size: number}[]} files
 * @returns {boolean[]}
 */
function inspected(files) {
  let left = FILE_LIMIT;
  return files.map((f) => {
    if (fileKind(f.name, f.type) === "other" || f.size > left) return false;
    left -= f.size;
    return true;
  });
}

/**
 * What a pass for files is bound to: bytes can't be read while an event waits.
 * @param {{name: string, size: number, lastModified: number}[]} files
 */
function filesBytes(files) {
  return files.map((f) => `${f.name}\0${f.size}\0${f.lastModified}`).sort().join("\n");
}

/**
 * Reads what is inspected of the files.
 * @param {File[]} files
 * @returns {Promise<HeldFile[]>}
 */
async function readFiles(files) {
  const read = inspected(files);
  return Promise.all(
    files.map(async (f, i) => {
      /** @type {HeldFile} */
      const held = { kind: fileKind(f.name, f.type), size: f.size };
      if (!read[i]) return held;
      try {
        held.data = await base64(f);
      } catch {
        // A folder, or a file that went away: not inspected.
      }
      return held;
    }),
  );
}

/**
 * A file's bytes in base64. A reader gives them as a string: the bytes
 * themselves belong to the page in Firefox, and look empty from here.
 * @param {Blob} file
 * @returns {Promise<string>}
 */
function base64(file) {
  return new Promise((done, fail) => {
    const reader = new FileReader();
    reader.onload = () => done(String(reader.result).replace(/^[^,]*,/, ""));
    reader.onerror = () => fail(reader.error);
    reader.readAsDataURL(file);
  });
}
