package catalog

import "testing"

func TestLookupByTitle(t *testing.T) {
	c := Default()
	for _, tt := range []struct {
		process, title string
		tool           ToolID
		domain         string
	}{
		{"chromium", "ChatGPT - Chromium", "chatgpt", "chatgpt.com"},
		{"chromium", "Quarterly plan - ChatGPT - Chromium", "chatgpt", "chatgpt.com"},
		{"chromium", "Quarterly plan | ChatGPT - Chromium", "chatgpt", "chatgpt.com"},
		{"chromium", "ChatGPT - Python Tutor - Chromium", "chatgpt", "chatgpt.com"},
		{"chromium", "ChatGPT", "chatgpt", "chatgpt.com"}, // a web app's window
		{"chromium", "ChatGPT - Chromium (Incognito)", "chatgpt", "chatgpt.com"},
		{"chrome.exe", "Claude - Google Chrome", "claude", "claude.ai"},
		{"google-chrome", "New chat - Claude - Google Chrome", "claude", "claude.ai"},
		{"Google Chrome", "New chat - Claude - Google Chrome – Work", "claude", "claude.ai"},
		{"chrome", "(3) Google Gemini - Google Chrome", "gemini", "gemini.google.com"},
		{"chrome", "Gemini - Google Chrome (Inkognito)", "gemini", "gemini.google.com"},
		{"firefox-esr", "ChatGPT — Mozilla Firefox", "chatgpt", "chatgpt.com"},
		{"firefox", "Plan - Claude — Mozilla Firefox Private Browsing", "claude", "claude.ai"},
		{"firefox", "Plan - Claude — Mozilla Firefox Privater Modus", "claude", "claude.ai"},
		{"firefox", "Perplexity — Work — Mozilla Firefox", "perplexity", "perplexity.ai"},
		{"msedge.exe", "Microsoft Copilot: Your AI companion - Work - Microsoft\u200b Edge", "copilot", "copilot.microsoft.com"},
		{"msedge", "ChatGPT and 3 more pages - Personal - Microsoft\u200b Edge", "chatgpt", "chatgpt.com"},
		{"msedge", "Le Chat - Mistral AI - [InPrivate] - Microsoft Edge", "mistral", "chat.mistral.ai"},
		{"msedge", "Chat | M365 Copilot - Contoso - Microsoft Edge", "m365-copilot", "copilot.cloud.microsoft"},
		{"brave", "DeepSeek - Into the Unknown - Brave", "deepseek", "chat.deepseek.com"},
		{"brave-browser", "DeepSeek - Brave (Private)", "deepseek", "chat.deepseek.com"},
		{"opera", "Grok - Opera", "grok", "grok.com"},
		{"vivaldi-bin", "GPT-5 - Poe - Vivaldi", "poe", "poe.com"},
		{"chromium", "llama3 • Open WebUI - Chromium", "open-webui", ""},
		{"chromium", "Budget · GitHub Copilot - Chromium", "github-copilot", "github.com"},
		{"chromium", "DeepL Translate: The world's most accurate translator - Chromium", "deepl", "deepl.com"},
	} {
		d, ok := c.Lookup(Target{Process: tt.process, Title: tt.title})
		if !ok || d.Tool != tt.tool || d.Domain != tt.domain || d.Surface != SurfaceBrowser || d.Role != RoleChat {
			t.Errorf("Lookup(%s, %q) = %+v, %v, want %s at %q", tt.process, tt.title, d, ok, tt.tool, tt.domain)
		}
	}
	for _, class := range []string{"Chromium", "chromium (/tmp/profile)", "Google-chrome", "firefox-esr", "Microsoft-edge", "Brave-browser", "Vivaldi-stable"} {
		if _, ok := c.Lookup(Target{Class: class, Title: "ChatGPT"}); !ok {
			t.Errorf("a window of class %q is not taken for a browser's", class)
		}
	}
}

func TestTitlesThatAreNoTool(t *testing.T) {
	c := Default()
	for _, title := range []string{
		"How to use ChatGPT at work - Blog - Chromium",
		"How to use ChatGPT - Chromium",
		"ChatGPT - Google Search - Chromium",
		"ChatGPT - Google-Suche - Chromium",
		"ChatGPT - Wikipedia - Chromium",
		"ChatGPT - Wikipedia - Personal - Microsoft\u200b Edge",
		"ChatGPT - Google Search - Microsoft\u200b Edge",
		"Claude - Wikipedia - Chromium",
		"Claude - Chromium - Releases - Chromium",
		"Claude Monet - Google Arts & Culture - Chromium",
		"Claude: a short history - Chromium",
		"Notes on Claude - my blog - Chromium",
		"Daily horoscope - Gemini - Chromium",
		"Gemini horoscope - Chromium",
		"Gemini - Astrology - Chromium",
		"Edgar Allan Poe - Chromium",
		"Perplexity of language models - Chromium",
		"chatgpt - Chromium", "CHATGPT - Chromium",
		"NotChatGPT - Chromium", "ChatGPT2 - Chromium",
		"Quarterly plan -ChatGPT - Chromium", "Quarterly plan-ChatGPT - Chromium",
		"Chromium", "New Tab - Chromium", "New Tab - Google Chrome", " - Chromium", " - ", "", "(", "(2", "(2) ", "(2)",
		"GitHub - Chromium", "Inbox (3) - mail@example.com - Chromium",
	} {
		if d, ok := c.Lookup(Target{Process: "chromium", Title: title}); ok {
			t.Errorf("Lookup(%q) = %+v, want no tool", title, d)
		}
	}
	// Titles count in browsers only.
	for _, process := range []string{"gedit", "soffice.bin", "thunderbird", ""} {
		if d, ok := c.Lookup(Target{Process: process, Title: "ChatGPT"}); ok {
			t.Errorf("Lookup(%s, ChatGPT) = %+v, want no tool", process, d)
		}
	}
}

func TestLookupByProgram(t *testing.T) {
	c := Default()
	for _, tt := range []struct {
		name    string
		target  Target
		tool    ToolID // "" for none
		surface Surface
	}{
		{"desktop app", Target{Process: "ChatGPT.exe"}, "chatgpt", SurfaceApp},
		{"desktop app by process", Target{Process: "LM Studio", Class: "LM Studio"}, "lm-studio", SurfaceApp},
		{"claude desktop on Windows", Target{Process: "claude.exe", Exe: `C:\Users\a\AppData\Local\AnthropicClaude\app-1.0\claude.exe`}, "claude", SurfaceApp},
		{"claude desktop on macOS", Target{Process: "Claude", Exe: "/Applications/Claude.app/Contents/MacOS/Claude"}, "claude", SurfaceApp},
		{"claude desktop on X11", Target{Process: "electron", Exe: "/usr/lib/claude-desktop/node_modules/electron/dist/electron", Class: "Claude"}, "claude", SurfaceApp},
		{"a window that is called claude only", Target{Process: "claude", Exe: "/home/a/bin/claude"}, "", 0},
		{"a class that is called Claude only", Target{Process: "xterm", Exe: "/usr/bin/xterm", Class: "Claude"}, "", 0},
		{"cursor", Target{Process: "cursor", Class: "Cursor"}, "cursor", SurfaceIDE},
		{"cursor on Windows", Target{Process: "Cursor.exe", Exe: `C:\Users\a\AppData\Local\Programs\cursor\Cursor.exe`}, "cursor", SurfaceIDE},
		{"another cursor", Target{Process: "cursor", Exe: "/home/a/bin/cursor", Class: "Tk"}, "", 0},
		{"windsurf", Target{Process: "windsurf"}, "windsurf", SurfaceIDE},
		{"zed", Target{Process: "zed-editor", Class: "dev.zed.Zed"}, "zed", SurfaceIDE},
		{"the ZFS daemon is no zed", Target{Process: "zed", Exe: "/usr/sbin/zed"}, "", 0},
		{"copilot", Target{Process: "Copilot.exe", Exe: `C:\Program Files\WindowsApps\Microsoft.Copilot_1.2_x64__8wekyb3d8bbwe\Copilot.exe`}, "copilot", SurfaceApp},
		{"another copilot", Target{Process: "copilot", Exe: "/opt/flight/copilot"}, "", 0},
		{"jan", Target{Process: "Jan", Class: "Jan"}, "jan", SurfaceApp},
		{"somebody called jan", Target{Process: "jan", Exe: "/home/x/jan.sh"}, "", 0},
		{"an editor", Target{Process: "code", Class: "Code"}, "", 0},
		{"nothing known", Target{}, "", 0},

		{"claude code", Target{Process: "gnome-terminal-server", Foreground: "claude", ForegroundExe: "/home/a/.local/share/claude/versions/2.0.1"}, "claude-code", SurfaceTerminal},
		{"claude code as a script", Target{Foreground: "claude", ForegroundExe: "/usr/bin/node"}, "claude-code", SurfaceTerminal},
		{"claude code on Windows", Target{Foreground: "claude.exe", ForegroundExe: `C:\Users\a\.local\bin\claude.exe`}, "claude-code", SurfaceTerminal},
		{"a program that says it is claude", Target{Foreground: "claude", ForegroundExe: "/usr/bin/vim"}, "", 0},
		{"codex", Target{Foreground: "codex", ForegroundExe: "/usr/local/bin/codex"}, "codex-cli", SurfaceTerminal},
		{"gemini", Target{Foreground: "gemini", ForegroundExe: "/usr/bin/node"}, "gemini-cli", SurfaceTerminal},
		{"aider", Target{Foreground: "aider", ForegroundExe: "/usr/bin/python3.11"}, "aider", SurfaceTerminal},
		{"opencode", Target{Foreground: "opencode"}, "opencode", SurfaceTerminal},
		{"ollama", Target{Foreground: "ollama", ForegroundExe: "/usr/local/bin/ollama"}, "ollama", SurfaceTerminal},
		{"llm", Target{Foreground: "llm", ForegroundExe: "/home/a/.local/pipx/venvs/llm/bin/python"}, "llm-cli", SurfaceTerminal},
		{"another llm", Target{Foreground: "llm", ForegroundExe: "/usr/local/bin/llm"}, "", 0},
		{"llm, path unreadable", Target{Foreground: "llm"}, "", 0},
		{"goose", Target{Foreground: "goose", ForegroundExe: "/home/a/.local/bin/goose"}, "goose", SurfaceTerminal},
		{"the database migration tool is no goose", Target{Foreground: "goose", ForegroundExe: "/home/a/go/bin/goose"}, "", 0},
		{"github's copilot", Target{Foreground: "copilot", ForegroundExe: "/usr/bin/node"}, "github-copilot", SurfaceTerminal},
		{"aws's copilot", Target{Foreground: "copilot", ForegroundExe: "/usr/local/bin/copilot"}, "", 0},
		{"node without a script", Target{Foreground: "node", ForegroundExe: "/usr/bin/node"}, "", 0},
		{"a shell", Target{Process: "claude", Class: "Claude", Foreground: "bash", ForegroundExe: "/bin/bash"}, "", 0},
	} {
		d, ok := c.Lookup(tt.target)
		if ok != (tt.tool != "") || d.Tool != tt.tool || d.Surface != tt.surface || d.Domain != "" || ok && d.Role != RoleChat {
			t.Errorf("%s: Lookup(%+v) = %+v, %v, want %q on %v", tt.name, tt.target, d, ok, tt.tool, tt.surface)
		}
	}
}

func FuzzLookup(f *testing.F) {
	c := Default()
	f.Add("chatgpt.com", "/c", "chromium", "ChatGPT - Chromium", "claude")
	f.Add("xn--mnchen-3ya.de:80", "?", "msedge", " and  more pages - Microsoft Edge", "")
	f.Add("Ünï。ｃｏｍ.", "//", "FIREFOX.EXE", "(1) — Mozilla Firefox ", ".exe")
	f.Fuzz(func(t *testing.T, host, path, process, title, foreground string) {
		for _, target := range []Target{
			{Host: host, Path: path},
			{Process: process, Class: title, Exe: path, Title: title},
			{Process: "firefox", Title: title},
			{Process: "msedge", Title: title},
			{Foreground: foreground, ForegroundExe: path},
		} {
			d, ok := c.Lookup(target)
			if _, known := c.Tool(d.Tool); known != ok {
				t.Errorf("Lookup(%+v) = %+v, %v", target, d, ok)
			}
		}
		if target, err := ParseHost(host); err == nil {
			if again, err := ParseHost(target.Host + target.Path); err != nil || again != target {
				t.Errorf("ParseHost(%q) = %+v, and again %+v, %v", host, target, again, err)
			}
		}
	})
}

func BenchmarkLookup(b *testing.B) {
	c := Default()
	for _, bb := range []struct {
		name   string
		target Target
	}{
		{"host", Target{Host: "chatgpt.com"}},
		{"host-deep-miss", Target{Host: "static.assets.eu-west-1.cdn.example.com", Path: "/a/b"}},
		{"host-path", Target{Host: "www.bing.com", Path: "/chat?q=1"}},
		{"host-star", Target{Host: "bedrock-runtime.eu-west-1.amazonaws.com"}},
		{"title-hit", Target{Process: "chromium", Title: "Quarterly plan - ChatGPT - Chromium"}},
		{"title-miss", Target{Process: "msedge.exe", Title: "How to use ChatGPT at work - Blog - Work - Microsoft\u200b Edge"}},
		{"app", Target{Process: "cursor", Exe: "/usr/share/cursor/cursor", Class: "Cursor"}},
		{"app-miss", Target{Process: "soffice.bin", Exe: "/usr/lib/libreoffice/program/soffice.bin", Class: "libreoffice-writer"}},
		{"terminal", Target{Foreground: "claude", ForegroundExe: "/usr/bin/node"}},
	} {
		b.Run(bb.name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				c.Lookup(bb.target)
			}
		})
	}
}
