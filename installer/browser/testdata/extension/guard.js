document.documentElement.dataset.guarded = "yes";
chrome.runtime.sendMessage("ready?", ({fail, said}) => {
  const q = new URLSearchParams({version: chrome.runtime.getManifest().version, fail, said});
  navigator.permissions.query({name: "clipboard-read"}).then((p) => p.state, () => "unknown").then((clipboard) => {
    q.set("clipboard", clipboard);
    fetch("/seen?" + q);
  });
});
