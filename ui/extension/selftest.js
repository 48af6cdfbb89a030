// Runs in the extension's own hidden page: a marked text goes through the same
// guard as a person's paste. Only the browser's own event is missing, which no
// script can make.

var selftestGuard = startGuard("selftest", (text) => {
  const field = /** @type {HTMLTextAreaElement} */ (document.querySelector("textarea"));
  field.value = "";
  field.focus();
  const data = new DataTransfer();
  data.setData("text/plain", text);
  const e = new Event("paste", { cancelable: true, composed: true });
  Object.defineProperty(e, "composedPath", { value: () => [field] });
  selftestGuard.paste(e, data, "paste", 0, 0);
});
