// Answers the page's question when the native host has spoken, and with what is
// in the managed storage by then.
const host = new Promise((resolve) => {
  const port = chrome.runtime.connectNative("dev.handrail.browser");
  port.onMessage.addListener((m) => resolve(m.said));
  port.onDisconnect.addListener(() => resolve("gone: " + (chrome.runtime.lastError || port.error || {}).message));
});
chrome.runtime.onMessage.addListener((_, __, reply) => {
  host.then((said) => chrome.storage.managed.get(null, (found) => reply({fail: (found || {}).fail || "", said})));
  return true;
});
