package ask

import "handrail/detect"

// kindWords are the plain words for each class, as people say them, in English
// and German. The singular serves for the plural too (see same). A word that
// could mean something harmless as well ("address", "numbers") is not here: a
// question with it is better answered with "not decided".
var kindWords = map[detect.Class][]string{
	detect.ClassCard: {
		"card", "credit card", "debit card", "payment card", "card number", "credit card number", "pan", "cvv",
		"kreditkarte", "kartennummer", "zahlungskarte", "kreditkartennummer",
	},
	detect.ClassBank: {
		"bank", "bank account", "bank details", "bank data", "account number", "iban", "bic", "sort code", "routing number",
		"bankverbindung", "bankdaten", "kontonummer", "bankkonto",
	},
	detect.ClassGovID: {
		"passport", "passport number", "national id", "government id", "identity card", "identity number", "id card", "id number",
		"social security number", "ssn", "tax id", "tax number", "driving licence", "driver license", "national insurance number",
		"ausweis", "ausweisnummer", "reisepass", "steuernummer", "steuer id", "sozialversicherungsnummer", "fuehrerschein", "personalausweis",
	},
	detect.ClassSecret: {
		"password", "passphrase", "passcode", "secret", "credential", "api key", "access key", "private key", "ssh key", "token", "access token",
		"connection string", "login", "login details", "key", "env file",
		"passwort", "kennwort", "zugangsdaten", "schluessel", "geheimnis",
	},
	detect.ClassContacts: {
		"contact", "contact list", "contact details", "customer", "customer list", "customer data", "customer details", "client list", "client data",
		"client details", "clients", "address book", "mailing list", "email list", "email addresses", "phone numbers", "phone list", "crm export",
		"crm data", "crm", "leads", "lead list", "subscribers", "personal data", "names and addresses", "pii",
		"kunden", "kundenliste", "kundendaten", "kontakte", "kontaktdaten", "adressliste", "verteiler", "personenbezogene daten",
	},
	detect.ClassMarking: {
		"confidential", "confidential text", "confidential document", "internal only", "internal use only", "restricted", "classified",
		"strictly confidential", "vertraulich", "streng vertraulich", "nur intern", "geheim", "verschlusssache",
	},
	detect.ClassHR: {
		"salary", "salary list", "payroll", "payslip", "pay slip", "wages", "personnel file", "personnel record", "personnel data", "performance review",
		"appraisal", "sick leave", "absence list", "employee list", "employee data", "staff list", "staff data", "job application", "cv", "resume", "dismissal",
		"gehalt", "gehaltsliste", "lohn", "lohnabrechnung", "personalakte", "personaldaten", "mitarbeiterdaten", "bewerbung", "lebenslauf",
		"krankmeldung", "beurteilung", "kuendigung",
	},
	detect.ClassHealth: {
		"health", "health data", "health record", "medical", "medical data", "medical record", "medical history", "patient", "patient data", "patient record",
		"diagnosis", "diagnoses", "prescription", "lab results", "therapy",
		"gesundheitsdaten", "patientendaten", "patienten", "patientenakte", "diagnose", "befund", "arztbrief", "krankenakte",
	},
	detect.ClassContract: {
		"contract", "contract text", "agreement", "nda", "non disclosure agreement", "terms sheet", "term sheet", "lease", "legal text", "clause",
		"vertrag", "vertragstext", "vereinbarung", "geheimhaltungsvereinbarung", "mietvertrag",
	},
	detect.ClassFinance: {
		"figures", "financial figures", "financial data", "financials", "quarterly figures", "quarterly results", "earnings", "revenue", "turnover", "forecast", "budget",
		"board deck", "board paper", "business plan", "profit", "margin", "merger plan", "acquisition plan",
		"quartalszahlen", "umsatz", "umsatzzahlen", "finanzdaten", "geschaeftszahlen", "prognose", "haushalt", "geschaeftsplan", "gewinn",
	},
	detect.ClassCode: {
		"code", "source code", "source", "program code", "script", "repository", "repo", "software", "sql", "stack trace",
		"quellcode", "quelltext", "programmcode", "skript",
	},
	detect.ClassOwn: {"own terms", "own term", "organisation list", "project name", "code name", "codename", "projektname", "deckname"},
}

// holders are words for what data lie in. They say nothing by themselves, and
// are no gap in a question that names a kind of data.
var holders = set("list", "lists", "file", "files", "table", "tables", "spreadsheet", "sheet", "excel", "csv", "document", "documents", "text", "texts", "data",
	"details", "record", "records", "number", "numbers", "export", "report", "pdf", "mail", "email", "emails", "note", "notes",
	"liste", "listen", "datei", "dateien", "tabelle", "dokument", "dokumente", "daten", "angaben", "nummer", "nummern", "bericht")

// fillers are words that a question needs and an answer doesn't.
var fillers = set("a", "about", "ai", "all", "allow", "allowed", "am", "an", "and", "any", "are", "as", "ask", "at", "be", "by", "can", "cannot", "chat", "chatbot", "company", "copy",
	"could", "do", "does", "for", "from", "get", "give", "have", "how", "i", "if", "in", "insert", "into", "is", "it", "may", "me", "my", "of", "ok", "okay", "on", "one", "or",
	"our", "paste", "permitted", "please", "possible", "put", "say", "send", "share", "should", "some", "that", "the", "their", "them", "there", "these", "they",
	"this", "those", "to", "tool", "tools", "type", "upload", "us", "use", "used", "using", "want", "we", "what", "when", "where", "which", "who", "why", "will", "with", "work", "would", "write", "you", "your",
	"s", "re", "ll",
	"alle", "auf", "aus", "bei", "darf", "das", "dem", "den", "der", "des", "die", "duerfen", "ein", "eine", "einem", "einen", "einer", "eingeben", "einfuegen", "erlaubt", "es", "fuer",
	"hochladen", "ich", "im", "ins", "ist", "ki", "kann", "kopieren", "man", "mein", "meine", "meinem", "meinen", "mit", "nutzen", "oder", "schicken", "senden", "sind", "und", "unser", "unsere", "unseren",
	"verwenden", "von", "vom", "was", "welche", "welches", "werden", "wie", "wir", "zu", "zum", "zur")

func set(words ...string) map[string]bool {
	m := make(map[string]bool, len(words))
	for _, w := range words {
		m[w] = true
	}
	return m
}
