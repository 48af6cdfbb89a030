package catalog

import (
	"strings"
	"testing"
)

func TestLookupByHost(t *testing.T) {
	c := Default()
	for _, tt := range []struct {
		host, path string
		tool       ToolID
		domain     string
		role       Role
	}{
		{"chatgpt.com", "", "chatgpt", "chatgpt.com", RoleChat},
		{"chatgpt.com", "/c/6718-ab?model=x#y", "chatgpt", "chatgpt.com", RoleChat},
		{"www.chatgpt.com", "/", "chatgpt", "chatgpt.com", RoleChat},
		{"CHATGPT.com", "", "chatgpt", "chatgpt.com", RoleChat},
		{"chatgpt.com.", "", "chatgpt", "chatgpt.com", RoleChat},
		{"chatgpt.com:443", "", "chatgpt", "chatgpt.com", RoleChat},
		{"ChatGPT.com.:8443", "", "chatgpt", "chatgpt.com", RoleChat},
		{"ｃｈａｔｇｐｔ．ｃｏｍ", "", "chatgpt", "chatgpt.com", RoleChat},
		{"chatgpt。com", "", "chatgpt", "chatgpt.com", RoleChat},
		{"sora.chatgpt.com", "", "sora", "sora.chatgpt.com", RoleChat},
		{"claude.ai", "/new", "claude", "claude.ai", RoleChat},
		{"api.anthropic.com", "/v1/messages", "anthropic-api", "api.anthropic.com", RoleAPI},
		{"gemini.google.com", "/app", "gemini", "gemini.google.com", RoleChat},
		{"www.perplexity.ai", "", "perplexity", "perplexity.ai", RoleChat},
		{"api.perplexity.ai", "", "perplexity", "api.perplexity.ai", RoleAPI},
		{"chat.deepseek.com", "", "deepseek", "chat.deepseek.com", RoleChat},

		// One part of the path.
		{"www.bing.com", "/chat", "copilot", "bing.com", RoleChat},
		{"bing.com", "/Chat?q=1", "copilot", "bing.com", RoleChat},
		{"github.com", "/copilot", "github-copilot", "github.com", RoleChat},
		{"github.com", "/copilot/c/1", "github-copilot", "github.com", RoleChat},
		{"github.com", "copilot#x", "github-copilot", "github.com", RoleChat},
		{"openrouter.ai", "/chat", "openrouter", "openrouter.ai", RoleChat},
		{"openrouter.ai", "/api/v1", "openrouter", "openrouter.ai", RoleAPI},
		{"m365.cloud.microsoft", "/chat/", "m365-copilot", "m365.cloud.microsoft", RoleChat},

		// Clouds, with a customer's or a region's name in front.
		{"acme-payroll.openai.azure.com", "", "azure-openai", "openai.azure.com", RoleAPI},
		{"docs.openai.azure.com", "", "azure-openai", "openai.azure.com", RoleAPI},
		{"bedrock-runtime.eu-west-1.amazonaws.com", "", "amazon-bedrock", "bedrock-runtime.eu-west-1.amazonaws.com", RoleAPI},
		{"eu-west-1.console.aws.amazon.com", "/bedrock/home", "amazon-bedrock", "console.aws.amazon.com", RoleChat},
		{"europe-west4-aiplatform.googleapis.com", "", "vertex-ai", "europe-west4-aiplatform.googleapis.com", RoleAPI},
		{"Europe-West4-AIplatform.googleapis.com:443", "", "vertex-ai", "europe-west4-aiplatform.googleapis.com", RoleAPI},
		{"aiplatform.googleapis.com", "", "vertex-ai", "aiplatform.googleapis.com", RoleAPI},
		{"substrate.office.com", "", "m365-copilot", "substrate.office.com", RoleAPI},
	} {
		d, ok := c.Lookup(Target{Host: tt.host, Path: tt.path})
		if !ok || d.Tool != tt.tool || d.Domain != tt.domain || d.Role != tt.role || d.Surface != SurfaceBrowser || d.Name == "" {
			t.Errorf("Lookup(%q, %q) = %+v, %v, want %s at %s as %v", tt.host, tt.path, d, ok, tt.tool, tt.domain, tt.role)
		}
	}
}

func TestHostsThatAreNoDestination(t *testing.T) {
	c := Default()
	for _, address := range []string{
		// Names that only look like one.
		"evil-chatgpt.com", "notchatgpt.com", "chatgpt.com.evil.test", "chatgpt.com-login.test",
		"chatgpt.co", "chatgptcom", "com", "ai", "сhatgpt.com", // a Cyrillic с
		"claude.ai.evil.test", "xclaude.ai", "gemini.google.com.evil.test",
		"notopenai.azure.com", "azure.com", "x.aiplatform-googleapis.com",
		"a.b-aiplatform.googleapis.com", "-aiplatform.googleapis.com", "storage.googleapis.com",
		"bedrock-runtime.amazonaws.com", "bedrock-runtime.a.b.amazonaws.com", "s3.eu-west-1.amazonaws.com",
		// Documentation, help, company pages, files.
		"openai.com", "help.openai.com", "auth0.openai.com", "docs.anthropic.com", "www.anthropic.com",
		"status.claude.ai", "docs.perplexity.ai", "cdn.oaistatic.com", "files.oaiusercontent.com",
		"help.chatgpt.com", "api-docs.deepseek.com", "docs.mistral.ai", "huggingface.co/models",
		"openrouter.ai/docs", "cursor.com", "marketplace.cursorapi.com",
		// The rest of a product, and the rest of the web.
		"github.com", "github.com/copilots", "github.com/torvalds/copilot", "gist.github.com/copilot",
		"www.bing.com", "www.bing.com/search", "www.bing.com/chatter", "www.notion.so", "www.notion.so/chats",
		"google.com", "www.google.com/search", "microsoft.com", "auth0.com", "js.stripe.com", "sentry.io",
		"cdn.cloudflare.net", "localhost", "127.0.0.1", "192.168.0.1:11434", "example.com",
		// No host names at all.
		"", ".", "..", "chatgpt..com", ".chatgpt.com", "chatgpt.com:https", "chatgpt.com:443@evil.test",
		"user@chatgpt.com", "chat gpt.com", "[::1]:443", "chatgpt.com\x00", "chatgpt.com\xff", "chatgpt%2ecom",
		strings.Repeat("a", 64) + ".chatgpt.com", strings.Repeat("a.", 130) + "chatgpt.com",
	} {
		host, path, _ := strings.Cut(address, "/")
		if d, ok := c.Lookup(Target{Host: host, Path: "/" + path}); ok {
			t.Errorf("Lookup(%q) = %+v, want no destination", address, d)
		}
	}
}

// What is known best decides: a title never overrules an address.
func TestHostComesBeforeTitle(t *testing.T) {
	tab := Target{Process: "chromium", Title: "ChatGPT - Chromium", Host: "blog.example.com"}
	if d, ok := Default().Lookup(tab); ok {
		t.Errorf("Lookup = %+v for a page elsewhere that calls itself ChatGPT", d)
	}
	tab = Target{Process: "chromium", Title: "Fusion cooking - Chromium", Host: "claude.ai", Path: "/chat/1"}
	if d, ok := Default().Lookup(tab); !ok || d.Tool != "claude" {
		t.Errorf("Lookup = %+v, %v, want claude by its host", d, ok)
	}
}

func TestAskOrganisation(t *testing.T) {
	c := Default()
	for host, want := range map[string]bool{
		"x.openai.azure.com": true, "bedrock-runtime.us-east-1.amazonaws.com": true, "aiplatform.googleapis.com": true,
		"substrate.office.com": true, "copilot.cloud.microsoft": true,
		"chatgpt.com": false, "api.openai.com": false, "copilot.microsoft.com": false,
	} {
		if d, ok := c.Lookup(Target{Host: host}); !ok || d.AskOrganisation != want {
			t.Errorf("Lookup(%q).AskOrganisation = %v, %v, want %v", host, d.AskOrganisation, ok, want)
		}
	}
}

func TestParseHost(t *testing.T) {
	for _, tt := range []struct{ arg, host, path string }{
		{"chatgpt.com", "chatgpt.com", ""},
		{" ChatGPT.com. ", "chatgpt.com", ""},
		{"github.com/copilot", "github.com", "/copilot"},
		{"https://chatgpt.com/c/1?q=secret#frag", "chatgpt.com", "/c/1"},
		{"https://chatgpt.com?q=secret", "chatgpt.com", ""},
		{"HTTP://chatgpt.com:8080/", "chatgpt.com", "/"},
		{"https://münchen-ki.example/", "xn--mnchen-ki-q9a.example", "/"},
		{"localhost:11434", "localhost", ""},
	} {
		got, err := ParseHost(tt.arg)
		if want := (Target{Host: tt.host, Path: tt.path}); err != nil || got != want {
			t.Errorf("ParseHost(%q) = %+v, %v, want %+v", tt.arg, got, err, want)
		}
	}
	for arg, advice := range map[string]string{
		"":                         "write the tool's address",
		"  ":                       "write the tool's address",
		"chatgpt":                  "only a name",
		"ChatGPT Plus":             "write the tool's address",
		"ftp://chatgpt.com":        "not a web address",
		"chat gpt.com":             "no valid host name",
		"https://":                 "no valid host name",
		"https:///x":               "no valid host name",
		"me@chatgpt.com":           "leave out",
		"https://[::1]/":           "use the host's name",
		"chatgpt.com:http":         "no valid host name",
		"https://chat\u0000gpt.ai": "no valid host name",
	} {
		if got, err := ParseHost(arg); err == nil || !strings.Contains(err.Error(), advice) {
			t.Errorf("ParseHost(%q) = %+v, %v, want an error with %q", arg, got, err, advice)
		}
	}
}

// The examples are RFC 3492's own (section 7.1) and names in use.
func TestPunycode(t *testing.T) {
	for label, want := range map[string]string{
		"münchen":   "mnchen-3ya",
		"bücher":    "bcher-kva",
		"他们为什么不说中文": "ihqwcrb4cv8a8dqg056pqjye",
		"なぜみんな日本語を話してくれないのか": "n8jok5ay5dzabd5bym9f0cm5685rrjetr6pdxa",
		"3年b組金八先生": "3b-ww4c5e180e575a65lsy2b",
		"почемужеонинеговорятпорусски": "b1abfaaepdrnnbgefbadotcwatmq2g4l",
	} {
		if got := punycode(label); got != want {
			t.Errorf("punycode(%q) = %q, want %q", label, got, want)
		}
	}
}
