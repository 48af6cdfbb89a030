package ordinary

// talk is what people ask, tell and publish.
var talk = []kind{
	{"prompt, task", func(w *writer) string {
		return w.one(
			"Summarise this mail in three bullet points:\n\n", "Rewrite this mail so that it sounds friendlier:\n\n", "Translate to German:\n\n", "Write a polite answer to this:\n\n", "Make a list of the open points:\n\n", "Is this mail phishing?\n\n",
		) + businessMail(w)
	}},
	{"prompt, question", func(w *writer) string { return w.passage(w.between(1, 2), " ", questions) }},
	{"prompt, code", func(w *writer) string {
		k := codes[w.IntN(len(codes))]
		return w.one("Why does this not compile?\n\n", "Explain this code:\n\n", "Write unit tests for\n\n", "Is there a security problem here?\n\n", "Refactor, keep the behaviour:\n\n") + k.write(w)
	}},
	{"law, in public", func(w *writer) string { return w.passage(w.between(2, 4), " ", lawLines) }},
	{"money, in public", func(w *writer) string { return w.passage(w.between(2, 5), " ", moneyLines) }},
	{"health, in public", func(w *writer) string { return w.passage(w.between(2, 4), " ", healthLines) }},
	{"job ad", func(w *writer) string {
		return w.fill("~company~ is hiring: "+w.pick("Payroll Specialist", "Security Engineer (Secrets & Keys)", "Card Payments Analyst", "HR Business Partner", "Nurse", "Go Developer")+" in ~city~ (m/f/d)\n\nYour tasks\n") +
			w.lines(w.between(3, 5), "- you ~verb~ our ~noun~ platform", "- you handle confidential information with care", "- you prepare salary statements for ~n3~ employees", "- you run our secrets management and key rotation", "- you advise on contracts and NDAs") +
			w.fill("\nWe offer\n- EUR ~n2~,000 to ~n2~,000 a year, ~n2~ days of leave\n- job ticket, bike leasing\n\nReference ~d7~. Apply at ~url~ or call ~phone~.\n")
	}},
	{"news", func(w *writer) string { return w.passage(w.between(3, 6), " ", newsLines) }},
	{"recipe", func(w *writer) string {
		return w.fill("Secret apple cake of ~city~\n\nIngredients\n") + w.lines(w.between(4, 8), "- ~n3~ g flour", "- ~n2~ ml milk", "- ~n1~ eggs", "- 1/~n1~ tsp salt", "- ~n2~ g butter (82 %)") +
			w.fill("\n1. Heat the oven to 1~n1~0 °C.\n2. Stir ~n1~ min.\n3. Bake ~n2~ min. Makes ~n2~ pieces, ~n3~ kcal each.\n")
	}},
	{"mathematics", func(w *writer) string {
		return w.lines(w.between(3, 8), "~n5~ * ~n5~ = ~n10~", "sqrt(~n6~) ≈ ~float~", "Let p = ~n19~ and q = ~n18~; compute p mod q.", "π ≈ 3.14159265358979323846, e ≈ 2.718281828459045", "f(x) = ~n1~x^2 - ~n2~x + ~n1~",
			"P(A|B) = ~float~", "[~n2~, ~n2~, ~n2~, ~n3~] mean ~float~", "2^64 = 18446744073709551616", "gcd(~n9~, ~n9~) = ~n1~", "~d3~-~d3~-~d4~ has a digit sum of ~n2~", "\\int_0^{~n1~} x^~n1~ dx")
	}},
	{"urls", func(w *writer) string {
		return w.lines(w.between(2, 10), "~url~", "~url~ ~product~", "- [~product~](~url~)", "~meeting~")
	}},
	{"numbers", func(w *writer) string {
		return w.lines(w.between(2, 9), "~d8~", "~d9~", "~d10~", "~d11~", "~d12~", "~d13~", "~d14~", "~d15~", "~n17~", "~n18~", "~n19~", "~order~", "~part~", "~tracking~", "~phone~", "~d3~ ~d3~ ~d3~", "~d2~-~d7~", "~d4~-~d4~", "~d6~-~d4~", "~d3~.~d3~.~d3~")
	}},
	{"advice on security", func(w *writer) string { return w.passage(w.between(2, 4), " ", securityLines) }},
	{"minutes", func(w *writer) string {
		return w.fill("Minutes, ~weekday~ ~date~, ~time~\nPresent: ~name~, ~name~, ~name~\n\n") + w.lines(w.between(3, 7),
			"~n1~. ~first~ reports on ~company~: ~n2~ of ~n2~ done, ~pct~ over plan.", "~n1~. Decision: we ~verb~ the ~noun~ (vote ~n2~:~n1~).", "~n1~. Action ~first~ until ~date~: ~verb~ the ~noun~.", "~n1~. Budget ~price~, cost centre ~d6~, project ~d8~.", "~n1~. Next meeting ~date~ ~time~, ~meeting~")
	}},
	{"lesson", func(w *writer) string {
		return w.one("Exercise ~n2~. ", "Homework for ~weekday~: ", "Lesson ~n1~\n") + w.passage(w.between(2, 4), " ", []string{
			"What does the word 'confidential' mean in paragraph ~n1~?", "The train leaves ~city~ at ~time~ and runs ~n2~ km/h.", "Mozart was born on 27 January 1756 and died in 1791.", "Name three payment methods.", "Convert ~n5~ to binary: ~d1~101~d1~.",
			"Write a dialogue at a passport control.", "ISBN ~isbn-~, page ~n3~.", "The secret of a good essay is the first sentence.", "Marie Curie (born 7 November 1867) won the prize in 1903.", "Learn the words card, key, token and licence.",
		})
	}},
}

var questions = []string{
	"What does \"attorney-client privilege\" mean?", "How do I validate an IBAN checksum in Go? I know it is mod 97.", "Write a regex for US social security numbers.", "Is a trade secret the same as a patent?", "Write a Python function that checks a credit card number with Luhn.",
	"Which documents do I need for a passport in ~city~?", "How long is a driving licence valid in the EU?", "What is the difference between TLP:AMBER and TLP:RED?", "Explain what a NDA is to a ten year old.", "What is a good name for a cat?", "How many digits has a German tax number?", "Give me ~n1~ ideas for a birthday on ~date~.",
	"What does 'strictly confidential' mean legally?", "Plan a trip to ~city~ for ~n1~ days, budget ~price~.", "Why is my API key rejected with 401?", "How do I rotate a secret in Kubernetes?", "Write a haiku about passwords.", "What is the tax on ~price~ at ~n2~ %?", "Make a table of ~n1~ programming languages and their first version.", "How does national insurance work in the UK?",
	"Which is larger, ~n9~ or ~n9~?", "Convert ~epoch~ to a date.", "What is error 0x~HEX8~?", "Compare ~product~ with ~product~.", "How do I say 'top secret' in French?", "Is ~n3~.~n2~ GB much for a log of ~n2~ days?", "Draft a rule for when to mark a document confidential.", "What happens if I lose my bank card abroad?",
}

var lawLines = []string{
	"A contract needs offer and acceptance.", "Under Article ~n2~ GDPR the controller answers within one month.", "The court in ~city~ decided on ~date~ (case ~n1~ C ~n3~/~d2~).", "A non-disclosure agreement protects trade secrets, but only if the information is in fact secret.", "Section ~n3~ of the act says that notice must be in writing.", "Lawyers call this ~sealed~ communication.",
	"Permission is hereby granted, free of charge, to any person obtaining a copy of this software.", "ECLI:EU:C:~isoyear~:~n3~ is worth reading.", "The tenant may end the lease with three months' notice.", "EUR-Lex 3~isoyear~R0~n3~ has the text.", "What clauses should a freelance contract have?", "Judges may seal files that are marked secret.",
}

var moneyLines = []string{
	"The company reported revenue of ~price~ million on ~date~, up ~pct~.", "Analysts expect EPS of ~n1~.~d2~.", "The DAX closed at ~n2~,~n3~.~d2~ points.", "ISIN US~d9~~d1~ rose ~pct~.", "WKN ~d6~ is cheap.", "The ECB keeps its rate at ~n1~.~d2~ %.", "IBAN stands for International Bank Account Number and has up to 34 characters.",
	"EUR/USD 1.~d4~, gold ~n4~.~d2~.", "A credit card with no fee is hard to find.", "Is the forecast of ~pct~ growth realistic?", "LEI 5493~HEX14~~d2~ belongs to the fund.", "The annual report is at ~url~.", "Bitcoin is at ~n5~ dollars.", "Last year's budget was ~price~, published in the gazette.", "The tax office moved to ~street~.", "Salaries in ~city~ are ~pct~ higher, a survey of ~n4~ people says.",
}

var healthLines = []string{
	"A blood pressure of 1~n1~0 over ~n2~ is normal.", "The vaccine was tested on ~n5~ people.", "Paracetamol ~n3~ mg, PZN 0~d7~, price ~price~.", "Doctors call this a diagnosis by exclusion.", "ICD-10 code J~n2~.~d1~ is for the flu.", "Clinical trial NCT0~d7~ starts in ~month~.", "How is type 2 diabetes treated?", "doi:10.~n4~/j.~slug~.~isoyear~.~n6~", "PMID ~n8~ says otherwise.", "The hospital in ~city~ has ~n3~ beds, phone ~phone~.",
	"Patients with asthma should carry a spray.", "Eat less salt, walk ~n5~ steps.", "Which insurance card do I need abroad?", "The average age was ~n2~.~d1~ years (SD ~n1~.~d1~).",
}

var newsLines = []string{
	"~city~, ~date~: the council voted ~n2~ to ~n2~ for the new bridge.", "The confidential report was leaked in ~month~.", "~company~ opens ~n2~ shops.", "Police found ~n4~ stolen cards and ~n2~ fake passports.", "The secret service denied it.", "Tickets cost ~price~ at ~url~.", "The match ended ~n1~:~n1~ before ~n5~ people.",
	"A magnitude ~n1~.~d1~ quake hit at ~lat~, ~lon~.", "Flight ~L2~~n4~ was late by ~n2~ minutes.", "Hackers took the data of ~n6~ customers, no passwords were lost.", "\"It is top secret\", ~name~ joked.", "The hotline is ~phone~.", "Unemployment fell to ~pct~.", "The strike ends on ~weekday~.", "Internal documents show that the plan is older.",
}

var securityLines = []string{
	"Never paste an API key into a chat.", "A password manager makes a password such as correct-horse-battery-staple.", "Set DB_PASSWORD in the environment, not in the code.", "Replace <your-api-key> by the key from the portal.", "Tokens that begin with ghp_ belong to GitHub, sk- to OpenAI.", "Store it as ${API_TOKEN} and read it at run time.", "password: ******** is what the log should say.", "AWS access keys begin with AKIA.",
	"JWT have three parts, header.payload.signature, each in base64url.", "Use `openssl rand -hex 32` to make one.", "A private key file starts with BEGIN and PRIVATE KEY.", "Connection strings look like postgres://user:password@host/db.", "The policy classifies documents as public, internal, confidential and strictly confidential.", "Mark mails TLP:GREEN or TLP:CLEAR as you see fit.", "Card data falls under PCI DSS 4.0.", "2FA codes have ~n1~ digits.",
}
