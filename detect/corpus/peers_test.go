package corpus

// peer is what other tools reach on a held-out set of the same sources and
// labels as this corpus, 1,275 texts, measured on 24 November 2026: each as its
// project ships it, Presidio as its 73 patterns without language models, at its
// threshold of 0.4. A class a tool does not cover is "-".
type peer struct {
	name    string
	all     string
	byClass map[string]string // precision / recall / F1
	slices  map[string]string // false alarms
	evasion string
}

var peers = []peer{
	{
		"gitleaks 8.30.1", "1.00 / 0.30 / 0.46",
		map[string]string{"secret": "1.00 / 0.63 / 0.77"},
		map[string]string{"sample_values": "0 %", "hard_negative": "0 %", "ordinary": "0 %", "public_text": "0 %"}, "0.15",
	},
	{
		"betterleaks", "1.00 / 0.31 / 0.47",
		map[string]string{"secret": "1.00 / 0.65 / 0.79"},
		map[string]string{"sample_values": "0 %", "hard_negative": "0 %", "ordinary": "0 %", "public_text": "0 %"}, "0.09",
	},
	{
		"detect-secrets", "0.88 / 0.21 / 0.33",
		map[string]string{"secret": "0.85 / 0.42 / 0.56"},
		map[string]string{"sample_values": "20 %", "hard_negative": "10 %", "ordinary": "0 %", "public_text": "0 %"}, "0.09",
	},
	{
		"shadow-ai-guard", "0.82 / 0.29 / 0.42",
		map[string]string{"card": "0.60 / 0.88 / 0.71", "bank": "1.00 / 0.28 / 0.43", "govid": "1.00 / 0.09 / 0.17", "secret": "0.87 / 0.17 / 0.28", "bulk": "1.00 / 0.53 / 0.69", "marking": "1.00 / 0.24 / 0.38"},
		map[string]string{"sample_values": "73 %", "hard_negative": "11 %", "ordinary": "0 %", "public_text": "0 %"}, "0.12",
	},
	{
		"Presidio", "0.85 / 0.39 / 0.54",
		map[string]string{"card": "0.67 / 0.73 / 0.70", "bank": "0.96 / 0.89 / 0.92", "govid": "0.79 / 0.96 / 0.87"},
		map[string]string{"sample_values": "55 %", "hard_negative": "18 %", "ordinary": "0 %", "public_text": "2 %"}, "0.09",
	},
	{
		"ferret-scan", "0.90 / 0.36 / 0.52",
		map[string]string{"card": "0.77 / 0.72 / 0.74", "bank": "0.96 / 0.85 / 0.90", "govid": "1.00 / 0.21 / 0.35", "secret": "0.90 / 0.32 / 0.47", "marking": "0.29 / 0.15 / 0.20"},
		map[string]string{"sample_values": "48 %", "hard_negative": "6 %", "ordinary": "0 %", "public_text": "0 %"}, "0.18",
	},
	{
		"gitleaks and Presidio together", "0.91 / 0.69 / 0.78",
		map[string]string{"card": "0.67 / 0.73 / 0.70", "bank": "0.96 / 0.89 / 0.92", "govid": "0.79 / 0.96 / 0.87", "secret": "1.00 / 0.63 / 0.77"},
		map[string]string{"sample_values": "55 %", "hard_negative": "18 %", "ordinary": "0 %", "public_text": "2 %"}, "0.24",
	},
}
