// The shapes that the extension's scripts share. Not shipped: for tsc only.

/** A page that is watched, as the session's welcome lists it. */
interface Watch {
  host: string;
  /** Subdomains of host count too. */
  sub?: boolean;
  /** Only this path and what is below it; absent: the whole host. */
  path?: string;
  tool?: string;
  name?: string;
  /** How accountOf tells whose account is in use; absent: it doesn't matter here. */
  resolver?: string;
  /** "closed" where a rule blocks; absent: what the welcome says. */
  fail?: FailMode;
  /** The organisation's own tenants: no other is ever named. */
  tenants?: string[];
}

type FailMode = "open" | "closed";
type Words = Record<string, string>;
type Answer = "open_approved" | "safe_paste" | "not_sensitive" | "allowed" | "paste_anyway" | "dismiss";
type How = "paste" | "drop" | "file";
type FileKind = "txt" | "csv" | "md" | "json" | "code" | "docx" | "xlsx" | "other";

/** What a hint shows of a held attempt. The words are made by the session. */
interface Card {
  title: string;
  body: string;
  because: string;
  /** Name of the approved tool, "" if there is none. */
  instead: string;
  answers: Answer[];
}

interface HeldFile {
  kind: FileKind;
  size: number;
  /** Base64; absent when the content is not inspected. */
  data?: string;
}

/** How a held attempt stands: see attempts.js. */
interface Attempt {
  id: number;
  phase: "asking" | "held" | "answered" | "inserting";
  retried: boolean;
  card?: Card;
  window?: boolean;
  askAccount?: boolean;
  answer?: Answer;
  /** The session is gone: the page answers by itself. */
  alone?: boolean;
}

interface Attempts {
  now: Attempt | null;
  /** The id of the one paste that may wait behind the held one, 0 for none. */
  waiting: number;
}

type AttemptEvent =
  | { on: "attempt"; id: number }
  | { on: "verdict"; id: number; do: "allow" | "hold"; card?: Card; window?: boolean; ask_account?: boolean }
  | { on: "finish"; id: number; do: "insert_original" | "insert_text" | "drop"; text?: string }
  | { on: "answer"; id: number; answer: Answer }
  | { on: "account"; id: number; account: "work" | "personal" }
  | { on: "deadline"; id: number; fail: FailMode }
  | { on: "lost"; fail: FailMode; nobody: boolean }
  | { on: "ended"; id: number; outcome: "inserted" | "again" };

type Effect =
  | { do: "ask"; id: number }
  | { do: "arm"; id: number }
  | { do: "show"; attempt: Attempt }
  | { do: "hide" }
  | { do: "note"; word: string }
  | { do: "send"; message: { type: string; n: number } & Record<string, unknown> }
  /** Text absent: the original. */
  | { do: "insert"; id: number; text?: string }
  | { do: "forget"; id: number };

/** Where in a page a text goes. */
interface Place {
  el: HTMLElement;
  field: boolean;
  start: number | null;
  end: number | null;
  value: string;
  range: Range | null;
}

/** A one-shot permission for exactly these bytes. */
interface Pass {
  length: number;
  digest: [number, number];
  until: number;
}

/** What a guard got from the background about its page. */
interface Standing {
  own: Watch[];
  /** The page around this frame is watched: the background knows its address. */
  top: boolean;
  /** True only when policy and catalogue are known. */
  known: boolean;
  fail: FailMode;
  deadline: number;
  words: Words;
  key: [number, number] | null;
  clip: { length: number; digest: [number, number] } | null;
}

interface Taken {
  /** The session has it, or will by the port's own order. */
  asked: boolean;
  how: How;
  text: string;
  /** The clipboard had HTML and no text: text was drawn from it. */
  htmlOnly: boolean;
  /** The HTML beside the text says more than the text. */
  more: boolean;
  /** What a pass is bound to: the text or the HTML, or the files' names and sizes. */
  bytes: string;
  files: File[];
  place: Place | null;
  target: HTMLElement;
  /** It was held while another one was. */
  waited?: boolean;
  /** Drops: where it was let go. */
  x: number;
  y: number;
}

declare var ShadowRoot: { prototype: ShadowRoot & { getSelection?: () => Selection | null }; new (): ShadowRoot };
interface ShadowRoot { getSelection?: () => Selection | null }
declare function importScripts(...names: string[]): void;
