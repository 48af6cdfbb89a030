package detect

// A phrase is one marking, in lower case. A space in it stands for a space or a
// dash.
type phrase struct {
	text string
	use  use
}

type use uint8

const (
	anywhere use = iota // has one meaning wherever it stands
	shouted             // likewise when it is in capitals; else like banner
	banner              // counts in a banner: on a line of its own, in brackets, behind "Classification:"
	title               // likewise in capitals; with one capital where the banner is framed, first, last or labelled
	capitals            // likewise, in capitals only, or labelled
	labelled            // only behind "Classification:"
	joiner              // may stand in a banner beside one that counts
	label               // says that a marking follows
	page                // may have a number behind it
)

// phrases are the markings of governments and companies, by language.
//
// Sources: TLP 2.0 of FIRST; the UK Government Security Classifications policy
// of 2023 and the scheme before 2014; Executive Order 13526, ISOO's marking
// booklet and the CUI registry of the US; Council Decision 2013/488/EU with its
// table of the member states' equivalents; NATO C-M(2002)49; Australia's PSPF;
// for companies, the sensitivity labels that Microsoft Purview and ISO 27001
// guides begin with.
var phrases = func() (all []phrase) {
	for _, set := range [...]struct {
		use   use
		texts []string
	}{
		{anywhere, []string{
			"tlp:red", "tlp: red", "tlp:amber", "tlp: amber", "tlp:amber+strict", "tlp: amber+strict",
			"official sensitive", "official - sensitive", "official – sensitive", "official: sensitive",
			"commercial in confidence", "commercial - in - confidence", "company confidential", "board confidential",
			"vs nur für den dienstgebrauch", "vs - nur für den dienstgebrauch", "vs – nur für den dienstgebrauch", "verschlusssache nur für den dienstgebrauch", "vs nfd",
			"restreint ue", "confidentiel ue", "secret ue", "très secret ue", "tres secret ue", "restreint ue/eu restricted", "confidentiel ue/eu confidential", "secret ue/eu secret",
			"très secret ue/eu top secret", "r ue/eu r", "cosmic top secret", "top secret//noforn", "secret//noforn", "secret//rel to", "confidential//rel to", "confidential//noforn", "top secret//si",
			"unclassified//fouo", "unclassified//for official use only", "sensitive but unclassified", "law enforcement sensitive", "controlled unclassified information", "controlled technical information",
			"privileged & confidential", "privileged and confidential", "confidential & privileged", "confidential and privileged",
			"attorney client privileged", "attorney client privileged communication", "privileged attorney client communication",
			"attorney client confidential", "solicitor client privileged", "confidential attorney client communication",
		}},
		{shouted, []string{
			// English
			"strictly confidential", "highly confidential", "most confidential", "private and confidential", "private & confidential", "strictly private and confidential",
			"strictly private & confidential", "personal and confidential", "personal & confidential", "business confidential", "commercially confidential", "commercially sensitive", "client confidential", "customer confidential",
			"confidential and proprietary", "confidential & proprietary", "proprietary and confidential", "proprietary & confidential", "proprietary information", "confidential - internal use only",
			"for internal use only", "internal use only", "internal only", "internal distribution only", "company internal", "employees only", "for employees only", "staff only", "not for distribution", "not for external distribution",
			"not for further distribution", "not for release", "not for public release", "not for publication", "not for onward transmission", "do not distribute", "do not redistribute", "for official use only", "limited official use",
			"eyes only", "board eyes only", "uk eyes only", "aus eyes only", "for your eyes only", "management eyes only", "recipients eyes only", "restricted distribution", "limited distribution", "restricted circulation", "limited circulation", "restricted - confidential",
			"top secret", "trade secret", "contains trade secrets", "classified information", "need to know only", "need to know basis only", "material non public information", "attorney work product", "attorney eyes only", "attorneys' eyes only", "outside counsel only",
			"attorney client privilege", "legally privileged", "legal privilege", "subject to legal privilege", "without prejudice and confidential", "subject to nda", "under nda", "nda only", "nda required", "under embargo", "strictly embargoed",
			"eu restricted", "eu confidential", "eu secret", "eu top secret", "nato restricted", "nato confidential", "nato secret", "rel to usa", "protected a", "protected b", "protected c", "secret//si", "s//nf", "s//si", "s//rel", "s//rel to", "ts//si", "ts//nf", "ts//sci", "ts//tk", "ts//hcs", "ts//rel",
			"c//nf", "c//rel", "c//rel to", "u//fouo", "u//les", "cui//sp", "cui//basic", "cui//noforn", "cui//fedcon", "price sensitive information", "inside information", "insider information", "confidential treatment requested", "red: not for disclosure",
			// German
			"streng vertraulich", "streng geheim", "nur für den dienstgebrauch", "nur für den internen gebrauch", "nur zum internen gebrauch", "nur für internen gebrauch", "nur für interne zwecke", "nur zur internen verwendung", "nur zur internen nutzung", "nur für interne verwendung",
			"nicht zur weitergabe", "nicht zur weitergabe bestimmt", "nicht zur veröffentlichung", "nicht zur veröffentlichung bestimmt", "nicht weitergeben", "betriebsgeheimnis", "geschäftsgeheimnis", "firmenvertraulich", "unternehmensvertraulich", "persönlich vertraulich", "persönlich/vertraulich",
			"persönlich und vertraulich", "persönlich & vertraulich", "streng persönlich", "vertraulich behandeln", "bitte vertraulich behandeln", "vs vertraulich", "vs - vertraulich",
			// French
			"strictement confidentiel", "très confidentiel", "hautement confidentiel", "privé et confidentiel", "personnel et confidentiel", "secret défense", "très secret défense", "très secret", "confidentiel défense", "confidentiel industrie", "confidentiel entreprise", "diffusion restreinte",
			"diffusion limitée", "diffusion interdite", "usage interne uniquement", "à usage interne", "à usage interne uniquement", "usage strictement interne", "réservé à un usage interne", "réservé à l'usage interne", "ne pas diffuser", "ne pas divulguer", "secret des affaires", "secret professionnel", "spécial france", "document interne",
			// Spanish and Portuguese
			"estrictamente confidencial", "altamente confidencial", "privado y confidencial", "personal y confidencial", "confidencial y reservado", "solo uso interno", "sólo uso interno", "solo para uso interno", "sólo para uso interno", "uso interno exclusivo", "uso exclusivo interno", "exclusivamente para uso interno", "uso interno", "difusión limitada", "difusión restringida",
			"alto secreto", "no distribuir", "no difundir", "prohibida su difusión", "secreto empresarial", "secreto comercial", "información confidencial", "información reservada", "estritamente confidencial", "altamente confidencial", "privado e confidencial", "apenas para uso interno", "somente para uso interno", "uso interno apenas",
			"uso exclusivo interno", "muito secreto", "não distribuir", "não divulgar", "informação confidencial", "segredo comercial", "segredo de negócio",
			// Italian
			"strettamente riservato", "strettamente confidenziale", "riservato e confidenziale", "riservata e confidenziale", "solo per uso interno", "ad uso interno", "ad esclusivo uso interno", "esclusivamente per uso interno", "per uso interno", "a diffusione limitata", "diffusione limitata", "diffusione vietata", "non divulgare", "non diffondere", "informazioni riservate", "segreto industriale", "segreto aziendale", "segreto commerciale", "riservatissimo", "segretissimo",
			// Dutch
			"strikt vertrouwelijk", "zeer vertrouwelijk", "bedrijfsvertrouwelijk", "departementaal vertrouwelijk", "dep. vertrouwelijk", "stg. confidentieel", "stg. geheim", "stg. zeer geheim", "zeer geheim", "alleen voor intern gebruik", "uitsluitend voor intern gebruik", "enkel voor intern gebruik", "voor intern gebruik", "niet verspreiden", "niet voor verspreiding", "beperkte verspreiding", "bedrijfsgeheim", "persoonlijk en vertrouwelijk",
			// Polish
			"ściśle poufne", "ściśle tajne", "do użytku wewnętrznego", "tylko do użytku wewnętrznego", "wyłącznie do użytku wewnętrznego", "tajemnica przedsiębiorstwa", "tajemnica służbowa", "tajemnica handlowa", "nie rozpowszechniać", "prywatne i poufne",
			// Nordic languages
			"strikt konfidentiellt", "strängt konfidentiellt", "kvalificerat hemlig", "begränsat hemlig", "endast för internt bruk", "endast internt bruk", "för internt bruk", "företagshemlighet", "får ej spridas", "strengt fortroligt", "strengt fortrolig", "yderst hemmeligt", "til tjenestebrug", "kun til internt brug", "kun til intern brug", "må ikke videregives", "forretningshemmelighed",
			"strengt konfidensielt", "strengt hemmelig", "unntatt offentlighet", "kun for intern bruk", "kun til internt bruk", "forretningshemmelighet", "ehdottoman luottamuksellinen", "erittäin luottamuksellinen", "erittäin salainen", "käyttö rajoitettu", "salassa pidettävä", "vain sisäiseen käyttöön", "liikesalaisuus",
			// Czech, Slovak, Slovene, Croatian
			"přísně důvěrné", "přísně tajné", "pouze pro vnitřní potřebu", "pouze pro interní potřebu", "pouze pro interní použití", "obchodní tajemství", "nešířit", "prísne dôverné", "prísne tajné", "len pre vnútornú potrebu", "len na interné použitie", "obchodné tajomstvo",
			"strogo zaupno", "strogo tajno", "samo za interno uporabo", "poslovna skrivnost", "strogo povjerljivo", "vrlo tajno", "samo za internu uporabu", "samo za internu upotrebu", "poslovna tajna",
			// Romanian, Hungarian
			"strict confidențial", "strict confidential", "strict secret", "secret de serviciu", "de uz intern", "doar pentru uz intern", "numai pentru uz intern", "secret comercial", "szigorúan bizalmas", "szigorúan titkos", "korlátozott terjesztésű", "csak belső használatra", "belső használatra", "üzleti titok",
			// Baltic languages, Irish, Maltese
			"täiesti salajane", "asutusesiseseks kasutamiseks", "ametialaseks kasutamiseks", "ainult sisekasutuseks", "ärisaladus", "stingri konfidenciāli", "sevišķi slepeni", "dienesta vajadzībām", "tikai iekšējai lietošanai", "komercnoslēpums", "griežtai konfidencialu", "visiškai slaptai", "riboto naudojimo", "tik vidiniam naudojimui", "an rúnda", "sigriet ħafna",
			// Greek, Bulgarian
			"άκρως εμπιστευτικό", "ακρως εμπιστευτικο", "αυστηρά εμπιστευτικό", "αυστηρα εμπιστευτικο", "άκρως απόρρητο", "ακρως απορρητο", "περιορισμένης χρήσης", "περιορισμενης χρησης", "μόνο για εσωτερική χρήση", "μονο για εσωτερικη χρηση", "για εσωτερική χρήση", "για εσωτερικη χρηση", "εμπορικό απόρρητο",
			"строго поверително", "строго секретно", "за служебно ползване", "само за вътрешна употреба", "само за вътрешно ползване", "търговска тайна",
		}},
		{title, []string{
			"confidential", "vertraulich", "confidentiel", "confidentielle", "confidencial", "riservato", "confidenziale", "vertrouwelijk", "poufne", "konfidentiellt", "konfidentiell", "fortroligt", "fortrolig", "konfidensielt", "konfidensiell", "luottamuksellinen", "luottamuksellista",
			"důvěrné", "dôverné", "zaupno", "povjerljivo", "confidențial", "bizalmas", "konfidentsiaalne", "konfidenciāli", "konfidencialu", "kunfidenzjali", "faoi rún", "εμπιστευτικό", "εμπιστευτικο", "поверително", "mnpi", "do not forward", "do not share externally", "not for external use",
		}},
		{capitals, []string{
			"secret", "restricted", "proprietary", "cui", "fouo", "u//fouo", "nofo", "limdis", "noforn", "orcon", "controlled", "classified", "privileged", "secret and confidential", "protect", "limite", "atomal",
			"geheim", "verschlusssache", "eingeschränkt", "secreto", "reservado", "sigiloso", "ultrassecreto", "segreto", "riservata", "stg. geheim", "tajne", "zastrzeżone", "hemlig", "hemligt", "sekretess", "sekretessbelagt", "hemmeligt", "hemmelig", "begrenset", "salainen",
			"tajné", "vyhrazené", "vyhradené", "tajno", "ograničeno", "titkos", "salajane", "slepeni", "slaptai", "rúnda", "sigriet", "απόρρητο", "απορρητο", "секретно",
		}},
		{labelled, []string{
			"internal", "intern", "interne", "interno", "interna", "internal use", "company internal", "sensitive", "confidential/all employees", "general/internal", "wewnętrzne", "internt", "sisäinen", "interní", "belső", "εσωτερικό",
		}},
		{joiner, []string{
			"and", "or", "of", "for", "to", "by", "only", "use", "information", "document", "copy", "draft", "final", "do not copy", "do not share", "commercial", "personal", "hr", "legal", "sp", "nf", "si", "tk", "les", "usa", "fvey", "gbr", "can", "aus", "nzl", "eu", "nato", "level", "strict",
			"und", "nur", "et", "y", "e", "en", "oraz", "och", "og", "ja", "a", "és", "dokument", "data", "restricted use", "all rights reserved", "unclassified", "property", "please", "this page", "document is", "subject to contract", "not for circulation", "handle via", "channels", "market sensitive",
		}},
		{label, []string{
			"classification", "security classification", "data classification", "document classification", "information classification", "classification level", "classified as", "sensitivity", "sensitivity label", "security level", "security marking", "marking", "protective marking", "handling", "handling instructions", "distribution", "confidentiality", "confidentiality level", "document status",
			"klassifizierung", "klassifikation", "einstufung", "schutzklasse", "vertraulichkeit", "vertraulichkeitsstufe", "classification du document", "niveau de confidentialité", "confidentialité", "mention", "clasificación", "nivel de confidencialidad", "classificazione", "livello di riservatezza", "classificatie", "rubricering", "klauzula", "klauzula tajności", "classificação", "klassning",
			"informationsklass", "klassificering", "klassifisering", "luokittelu", "turvallisuusluokka", "stupeň utajení", "klasifikace", "clasificare", "minősítés", "διαβάθμιση", "класификация", "tlp",
		}},
		{page, []string{"page", "seite", "página", "pagina", "strona", "sida", "side", "sivu", "strana", "oldal", "σελίδα", "von", "sur", "de", "di", "van", "z", "av", "slide", "version", "rev", "no.", "nr.", "copy no", "exemplar"}},
	} {
		for _, t := range set.texts {
			all = append(all, phrase{t, set.use})
		}
	}
	return all
}()
