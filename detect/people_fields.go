package detect

// fields is a set of what the columns of a table, or the keys of a record, say
// about a person.
type fields uint32

const (
	fieldName     fields = 1 << iota // a person's name, and nothing else's
	fieldAnyName                     // "name": of a person or of anything
	fieldFirst                       // given name
	fieldLast                        // family name
	fieldCustomer                    // a person or a company
	fieldEmail
	fieldPhone
	fieldAddress
	fieldBirth
	fieldPay
	fieldReview  // performance, appraisal
	fieldRating  // likewise, or of a film
	fieldAbsence // sick days, parental leave
	fieldPrivate // disability, religion, union: GDPR article 9
	fieldLeaving // termination, notice
	fieldHired
	fieldStaffID
	fieldGrade
	fieldPost // department, manager, job title
	fieldNational
	fieldThing  // the rows are no people of the organisation: products, players
	fieldAuthor // the addresses behind it are public: of a package's authors

	namesPerson = fieldName | fieldAnyName | fieldFirst | fieldLast | fieldCustomer
	reaches     = fieldEmail | fieldPhone | fieldAddress | fieldBirth
	onlyHR      = fieldPay | fieldReview | fieldAbsence | fieldPrivate | fieldLeaving
	alsoHR      = fieldBirth | fieldHired | fieldStaffID | fieldGrade | fieldPost | fieldNational
)

// A fieldWord is a header or key, in lower case; a space stands for a space,
// dash, underscore, nothing or a hump of camelCase.
type fieldWord struct {
	text  string
	means fields
	whole bool // only when there is nothing else in the cell
	say   Word
}

// fieldWords are the headers that HR systems, address books and spreadsheets
// use, in the languages of the EU; ASCII forms without accents as well, as
// exports write them. vCard's are of RFC 6350, LDAP's of RFC 4519 and 2798.
var fieldWords = func() (all []fieldWord) {
	anywhere := func(means fields, words ...string) {
		for _, w := range words {
			all = append(all, fieldWord{w, means, false, say(w)})
		}
	}
	whole := func(means fields, words ...string) {
		for _, w := range words {
			all = append(all, fieldWord{w, means, true, say(w)})
		}
	}
	anywhere(fieldName, "full name", "employee name", "staff name", "name of employee", "contact name", "contact person", "person name", "patient name",
		"customer name", "client name", "member name", "guest name", "tenant name", "candidate name", "applicant name", "display name", "ansprechpartner", "ansprechperson",
		"mitarbeitername", "kundenname", "nom complet", "nom et prénom", "nombre completo", "nombre y apellidos", "nome completo", "nome e cognome",
		"imię i nazwisko", "imie i nazwisko", "volledige naam", "fullständigt namn", "jméno a příjmení", "nume și prenume", "nume si prenume", "ονοματεπώνυμο")
	whole(fieldName, "employee", "employees", "worker", "associate", "staff", "staff member", "team member", "colleague", "person", "contact", "patient", "candidate", "applicant", "member", "guest",
		"attendee", "participant", "subscriber", "tenant", "donor", "lead", "mitarbeiter", "mitarbeiterin", "mitarbeitende", "angestellter", "kontakt", "patientin", "teilnehmer", "mitglied",
		"employé", "salarié", "collaborateur", "empleado", "trabajador", "dipendente", "dipendenti", "medewerker", "werknemer", "pracownik", "funcionário", "colaborador", "anställd",
		"medarbejder", "ansatt", "työntekijä", "zaměstnanec", "angajat", "munkavállaló", "εργαζόμενος", "служител", "fn", "cn", "inhaber")
	whole(fieldAnyName, "name", "names", "nom", "nome", "nombre", "naam", "navn", "namn", "nimi", "imię", "jméno", "nume", "név", "όνομα", "име", "nazwa")
	anywhere(fieldFirst, "first name", "given name", "forename", "vorname", "prénom", "prenom", "voornaam", "fornavn", "förnamn", "etunimi", "křestní", "prenume", "keresztnév", "nombre de pila")
	whole(fieldFirst, "first", "given", "fname", "imie")
	anywhere(fieldLast, "last name", "surname", "family name", "nachname", "familienname", "nom de famille", "apellido", "cognome", "achternaam", "nazwisko", "sobrenome", "apelido",
		"efternamn", "efternavn", "etternavn", "sukunimi", "příjmení", "nume de familie", "vezetéknév", "επώνυμο", "фамилия")
	whole(fieldLast, "last", "lname", "sn", "zuname")
	whole(fieldCustomer, "customer", "client", "kunde", "kundin", "cliente", "klant", "klient", "kund", "asiakas", "zákazník", "ügyfél", "πελάτης", "клиент", "account holder", "policyholder", "insured",
		"buyer", "payee", "beneficiary", "recipient", "account name", "kontoinhaber", "titulaire", "titular", "debtor", "resident", "owner")
	anywhere(fieldEmail, "email", "e mail", "mail address", "correo", "courriel", "adresse mail", "sähköposti", "e post", "mailadresse", "mailto")
	whole(fieldEmail, "mail")
	anywhere(fieldPhone, "phone", "telephone", "mobile", "cell phone", "tel no", "tel nr", "telefon", "telefoon", "teléfono", "telefono", "téléphone", "telefone", "handy", "mobil", "portable",
		"móvil", "movil", "celular", "cellulare", "telemóvel", "puhelin", "τηλέφωνο", "телефон", "rufnummer", "whatsapp", "contact number", "contact no", "durchwahl", "gsm", "komórka")
	whole(fieldPhone, "tel", "tel.", "cell", "direct dial", "extension", "landline", "festnetz", "numéro", "mob", "home", "work")
	anywhere(fieldAddress, "address", "street", "postcode", "post code", "postal code", "zip code", "anschrift", "straße", "strasse", "adresse", "plz", "postleitzahl", "dirección", "direccion", "indirizzo",
		"via/piazza", "adres", "ulica", "endereço", "morada", "adress", "osoite", "adresa", "lakcím", "cím", "διεύθυνση", "адрес", "code postal", "código postal", "postanschrift", "wohnort")
	whole(fieldAddress, "adr", "zip", "town", "domicile")
	anywhere(fieldBirth, "date of birth", "birth date", "birthday", "geburtsdatum", "geburtstag", "date de naissance", "né le", "fecha de nacimiento", "data di nascita", "geboortedatum", "data urodzenia",
		"data de nascimento", "födelsedatum", "fødselsdato", "syntymäaika", "datum narození", "data nașterii", "data nasterii", "születési", "ημερομηνία γέννησης", "дата на раждане", "geb datum")
	whole(fieldBirth, "dob", "d.o.b.", "born", "bday", "geb.", "geboren", "birth")
	anywhere(fieldPay, "salary", "salaries", "wage", "compensation", "base pay", "gross pay", "net pay", "pay rate", "annual pay", "pay band", "pay grade", "bonus", "payroll", "take home", "hourly rate", "remuneration",
		"total comp", "equity grant", "stock grant", "severance", "gehalt", "jahresgehalt", "bruttogehalt", "monatsgehalt", "lohn", "vergütung", "entgelt", "abfindung", "salaire", "rémunération", "remuneration brute", "prime annuelle",
		"salario", "sueldo", "remuneración", "nómina", "stipendio", "retribuzione", "salaris", "brutoloon", "loon", "wynagrodzenie", "pensja", "płaca", "salário", "vencimento", "remuneração", "lön", "månadslön", "løn", "palkka",
		"mzda", "plat", "salariu", "fizetés", "bér", "μισθός", "заплата", "lønn", "earnings", "merit increase", "pay increase", "pay rise", "raise")
	whole(fieldPay, "pay", "base", "comp", "ote", "brutto", "netto", "ctc", "annual ctc")
	anywhere(fieldReview, "performance", "appraisal", "review score", "review result", "review rating", "last review", "annual review", "calibration", "talent rating", "leistungsbeurteilung", "beurteilung", "bewertung der leistung",
		"zielerreichung", "évaluation", "evaluation annuelle", "evaluación", "desempeño", "valutazione", "beoordeling", "ocena pracownicza", "ocena roczna", "avaliação", "medarbetarsamtal", "disciplinary", "warning letter", "written warning", "abmahnung", "flight risk", "pip status")
	whole(fieldReview, "pip", "nine box", "9 box", "review", "ocena")
	whole(fieldRating, "rating", "score", "note", "evaluation", "bewertung", "valutación", "potential")
	anywhere(fieldAbsence, "sick day", "sick leave", "sickness", "days sick", "absence", "absent day", "days absent", "medical leave", "maternity", "parental leave", "krankheitstage", "krankheit", "fehltage", "fehlzeiten", "krankentage", "elternzeit", "mutterschutz", "arrêt maladie",
		"jours d'absence", "absentéisme", "baja médica", "días de baja", "ausencias", "assenze", "giorni di malattia", "malattia", "ziekteverzuim", "ziektedagen", "verzuim", "zwolnienie lekarskie", "dni chorobowe", "nieobecności", "faltas", "baixa médica",
		"sjukdagar", "sjukfrånvaro", "sygedage", "sygefravær", "sairauspäivät", "nemocenská", "concediu medical", "betegszabadság", "άδεια ασθένειας", "болничен", "leave balance", "pto balance", "resturlaub", "urlaubsanspruch")
	anywhere(fieldPrivate, "disability", "disabled", "behinderung", "schwerbehindert", "gdb", "handicap", "discapacidad", "disabilità", "niepełnosprawność", "religion", "konfession", "ethnicity", "ethnic origin", "sexual orientation", "union member", "trade union",
		"gewerkschaft", "betriebsrat", "works council", "comité d'entreprise", "marital status", "familienstand", "état civil", "stan cywilny", "steuerklasse", "tax class", "pregnan", "diagnosis", "medical condition", "background check", "garnishment", "lohnpfändung")
	anywhere(fieldLeaving, "termination", "terminated", "notice period", "last working day", "leaving date", "exit date", "end of employment", "redundan", "layoff", "lay off", "resignation", "probation", "kündigung", "austrittsdatum", "austritt", "probezeit", "kündigungsfrist",
		"licenciement", "date de sortie", "période d'essai", "despido", "fecha de baja", "licenziamento", "data cessazione", "ontslag", "uitdiensttreding", "zwolnienie", "data zwolnienia", "despedimento", "uppsägning", "fratrædelse", "výpověď", "concediere")
	anywhere(fieldHired, "hire date", "date hired", "date of hire", "hired", "start date", "joining date", "date joined", "date of joining", "joined on", "employment date", "employment status", "employment type", "contract type", "tenure", "years of service", "length of service", "eintrittsdatum", "eintritt",
		"einstellungsdatum", "betriebszugehörigkeit", "date d'embauche", "date d'entrée", "ancienneté", "type de contrat", "fecha de ingreso", "fecha de alta", "antigüedad", "data assunzione", "data di assunzione", "anzianità", "datum indiensttreding",
		"in dienst", "data zatrudnienia", "data de admissão", "anställningsdatum", "ansættelsesdato", "datum nástupu", "data angajării", "belépés", "fte", "working hours", "wochenstunden", "weekly hours", "contracted hours")
	anywhere(fieldStaffID, "employee id", "employee no", "employee number", "employee code", "emp id", "emp no", "staff id", "staff no", "staff number", "personnel no", "personnel number", "payroll no", "payroll id", "worker id", "personalnummer", "personal nr", "pers nr", "mitarbeiternummer", "mitarbeiter id", "mitarbeiter nr", "matricule",
		"número de empleado", "numero de empleado", "id empleado", "matricola", "personeelsnummer", "numer pracownika", "nr pracownika", "número de funcionário", "anställningsnummer", "medarbejdernummer", "osobní číslo zaměstnance", "marcă angajat")
	anywhere(fieldGrade, "pay band", "job level", "job grade", "salary band", "entgeltgruppe", "tarifgruppe", "gehaltsstufe", "coefficient", "categoría profesional", "livello contrattuale", "loonschaal")
	whole(fieldGrade, "grade", "level", "band", "livello", "schaal")
	anywhere(fieldPost, "department", "job title", "line manager", "reports to", "supervisor", "cost center", "cost centre", "position title", "abteilung", "vorgesetzter", "kostenstelle", "stellenbezeichnung", "service/département", "département", "intitulé du poste", "departamento", "puesto", "cargo",
		"reparto", "mansione", "qualifica", "afdeling", "functietitel", "leidinggevende", "dział", "stanowisko", "przełożony", "avdelning", "befattning", "afdeling", "osasto", "oddělení", "departament", "osztály", "τμήμα", "отдел")
	whole(fieldPost, "manager", "title", "position", "role", "dept", "poste", "functie", "funktion", "team", "boss", "designation")
	anywhere(fieldNational, "ssn", "social security", "national insurance", "ni number", "nino", "national id", "tax id", "passport", "steuer id", "steueridentifikationsnummer", "sozialversicherungsnummer", "sv nummer", "numéro de sécurité sociale", "nir", "dni", "nif", "nie", "codice fiscale", "bsn", "pesel", "personnummer",
		"cpr", "henkilötunnus", "rodné číslo", "cnp", "taj", "αφμ", "егн", "aadhaar", "rijksregisternummer", "iban", "bank account", "kontonummer")
	anywhere(fieldThing, "product", "sku", "price", "player", "goals", "club", "artist", "album", "movie", "film", "director", "actor", "author", "isbn", "publisher", "country", "capital", "population", "stars", "downloads", "license", "commit", "repository", "branch", "species", "character", "constituency",
		"student", "pupil", "exam", "quiz", "homework", "score board", "stadium", "driver", "race", "lap", "points", "wins", "losses", "matches", "season", "coach", "opponent", "genre", "restaurant", "hotel", "store name", "file name", "host name", "user name", "project name", "test name", "produkt", "preis", "artikel",
		"verein", "tore", "joueur", "équipe", "buts", "jugador", "goles", "giocatore", "squadra", "speler", "zawodnik", "spieler", "senator", "party", "stock price", "ticker", "market cap", "revenue rank", "net worth", "spec", "datatype", "data type", "nullable", "nobel")
	anywhere(fieldAuthor, "authors", "maintainer", "contributor", "author email", "committer")
	return all
}()

var (
	fieldBegin triples
	fieldEnd   starts
	fieldIndex foldedIndex
)

func init() {
	for i, w := range fieldWords {
		fieldBegin.add(w.text)
		fieldEnd.add(w.text[len(w.text)-2:])
		fieldIndex.add(w.text, i)
	}
}

// field says what a header or key is about, by its longest word that is known,
// and which word that is.
func (s *scanner) field(from, to int) (fields, Word) {
	text := s.text[:to]
	if to-from > maxHeading {
		return 0, 0
	}
	s.steps += to - from
	best, length := -1, 0
	var thing fields
	for i := fieldBegin.next(text, from); i < to; i = fieldBegin.next(text, i+1) {
		if !wordStart(text, i) {
			continue
		}
		head, list := headAt(text, i), fieldIndex.at(text, i)
		for k := range list {
			if !list[k].may(head) {
				continue
			}
			w := &fieldWords[list[k].number]
			end := matchFold(text, i, w.text)
			if end == 0 || w.whole && (i != from || end != to) || len(w.text) <= 4 && end < to && class[text[end]]&isLower != 0 {
				continue
			}
			if w.means == fieldThing {
				thing = fieldThing
			}
			if len(w.text) > length {
				best, length = int(list[k].number), len(w.text)
			}
		}
	}
	if best < 0 {
		return 0, 0
	}
	return fieldWords[best].means | thing, fieldWords[best].say
}
