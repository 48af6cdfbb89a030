package detect

var markingHits = []string{
	"CONFIDENTIAL\n\nQ3 forecast", "CONFIDENTIAL - INTERNAL USE ONLY\n\nCounsel advises", "revenue is down\n\n-- Trade Secret --", "[Trade Secret] Project Larch",
	"TLP:RED\nindicators", "[TLP:AMBER+STRICT] Counsel", "OFFICIAL-SENSITIVE", "OFFICIAL - SENSITIVE: COMMERCIAL\n", "MNPI - do not forward\n\nQ3",
	"Privileged & Confidential\n\nDear", "This draft is STRICTLY CONFIDENTIAL and", "**Highly Confidential**\n", "# Company confidential\n", "TOP SECRET//NOFORN",
	"[NOT FOR DISTRIBUTION] unit cost", "Internal Only - Do Not Distribute\n", "marked commercial in confidence by the buyer", "(SECRET)\n",
	"Classification: CONFIDENTIAL\nbody",
	// Companies
	"Classification: Internal\n\nRoadmap", "Sensitivity: Highly Confidential\n\nRoadmap", "Page 3 of 9 - Confidential\nmargins", "Strictly private and confidential\n\nDear Ana", "Confidential\n\nThe board met on the 14th and decided to close the site.",
	"The board decided to close the site in May.\n\n-- Confidential --", "[Confidential] unit cost is 41.20", "CONFIDENTIAL: the reorganisation starts in May", "Attorney-Client Privileged\n\nCounsel advises", "ATTORNEY WORK PRODUCT\n",
	"Proprietary and Confidential\n", "Restricted distribution\n\nbody", "Board eyes only\n\nbody", "*** RESTRICTED ***\nbody", "Commercial in Confidence\n\nbody", "FOR INTERNAL USE ONLY\n", "Material Non-Public Information\n\nbody",
	"Confidential - Do Not Forward\nbody", "# CONFIDENTIAL\n", "| CONFIDENTIAL |\n", "Information classification: Restricted\n", "Under NDA - do not share\n",
	// Governments
	"VS-NfD\n\nLage", "VS - Nur für den Dienstgebrauch\n", "VS-NUR FÜR DEN DIENSTGEBRAUCH", "UK EYES ONLY\n", "(TS//SI//NF) The source said", "(U//FOUO) Attendance", "(S//NF) Report", "CUI//SP-PRVCY\n", "CUI\n\nPrivacy data", "CONFIDENTIAL//REL TO USA, GBR\n", "FOR OFFICIAL USE ONLY\n",
	"LAW ENFORCEMENT SENSITIVE\n", "EU RESTRICTED\n", "RESTREINT UE/EU RESTRICTED\n", "NATO SECRET\n", "COSMIC TOP SECRET\n", "PROTECTED B\n", "OFFICIAL: Sensitive\n", "PROTECT - COMMERCIAL\n", "SENSITIVE BUT UNCLASSIFIED\n", "CONTROLLED UNCLASSIFIED INFORMATION\n", "TLP:AMBER\n", "TLP: RED\n\nhashes",
	// Other languages
	"STRENG VERTRAULICH\n", "Vertraulich\n\nDie Planung für das dritte Quartal steht noch aus.", "Nur für den internen Gebrauch\n", "[Streng vertraulich] Projekt", "Einstufung: intern\n", "CONFIDENTIEL\n", "Diffusion restreinte\n\nNote", "Usage interne uniquement\n", "SECRET DÉFENSE\n", "Strictement confidentiel\n\nNote", "CONFIDENCIAL\n", "Difusión limitada\n", "Uso interno\n\nNota",
	"RISERVATO\n", "Riservatissimo\n", "Ad uso interno\n", "VERTROUWELIJK\n", "Zeer geheim\n", "POUFNE\n", "ŚCIŚLE TAJNE\n", "ściśle tajne\n\nNotatka", "ZASTRZEŻONE\n", "Apenas para uso interno\n", "KONFIDENTIELLT\n", "Sekretess: SEKRETESSBELAGT\n", "FORTROLIGT\n", "Til tjenestebrug\n", "LUOTTAMUKSELLINEN\n", "ERITTÄIN SALAINEN\n",
	"DŮVĚRNÉ\n", "Přísně tajné\n", "PRÍSNE TAJNÉ\n", "CONFIDENȚIAL\n", "Secret de serviciu\n", "BIZALMAS\n", "Szigorúan titkos\n", "ΕΜΠΙΣΤΕΥΤΙΚΟ\n", "ΑΚΡΩΣ ΑΠΟΡΡΗΤΟ\n", "Άκρως απόρρητο\n", "ПОВЕРИТЕЛНО\n", "Строго секретно\n", "За служебно ползване\n", "STROGO POVJERLJIVO\n", "Samo za interno uporabo\n", "TÄIESTI SALAJANE\n",
}

var markingMisses = []string{
	"Is a trade secret the same as a patent?", "What does \"attorney-client privilege\" mean?", "confidential", "The secret to good bread is time.",
	"Confidential Information means all information", "keep it SECRET please", "TLP:GREEN", "TLP:CLEAR\n", "topsecret", "SECRETS\n", "const SECRET = 1",
	"This e-mail and its attachments are strictly confidential and may be privileged.", "SECRET_KEY\n",
	"The information in this message is highly confidential. If you are not the intended recipient, delete it.",
	"internal only in name", "do not distribute the load evenly", "\n\t// internal use only\n", "x = 1\n    # For Internal Use Only\n",
	// Talk about confidentiality
	"All applications are treated as strictly confidential.", "Ihre Bewerbung wird streng vertraulich behandelt.", "Vos données sont strictement confidentielles.", "What is the difference between TLP:RED and TLP:AMBER?", "TLP:RED is for named people, TLP:GREEN for the community", "The term \"OFFICIAL-SENSITIVE\" is used in the UK.",
	"Documents marked TOP SECRET are kept in a safe.", "\"Confidential Information\" shall mean any information.", "1. CONFIDENTIALITY\n1.1 The parties keep the terms confidential.", "CONFIDENTIALITY NOTICE: this e-mail is for its recipient only.", "CONFIDENTIAL: This e-mail is only for the intended recipient.",
	"Explain what FOR OFFICIAL USE ONLY means", "Cette note est confidentielle entre nous", "el secreto está en la masa", "è un segreto di famiglia", "tajne bractwo", "The company is privately held; its margins are a well kept secret.",
	// Lists, headings and code
	"- Public\n- Internal\n- Confidential\n- Restricted\n", "## Secret\n\nA Secret is an object that holds a token", "Internal\n", "Restricted\n\nPod security: restricted", "Draft\n", "type: SECRET,\n", "TOP_SECRET = 3", "if (level == TOP_SECRET) {", "Confidential: false\n", "enum { PUBLIC, SECRET }", "secret:\n  name: x\n", "SECRET=\n", "kind: Secret\n", "Classification: Public\n",
	"# Trade Secret\n\nA trade secret is a formula", "## Legal privilege\n\nLawyers", "Sensitivity: medium\n", "Confidential: yes\n",
	"classification report\n\nprecision recall", "Sensitivity: 0.93\nSpecificity: 0.91\n", "page 3 of 9\n", "Use\n\nOnly\n", "(s) plural", "(C) 2026 Contoso Ltd\n", "Internal use of this tool is free", "L.A. Confidential\n", "CUI lab results are in", "Protected branches\n",
}
