package detect

// contractProse is agreements between parties: their wording is old and much
// the same everywhere, in each language.
var contractProse = proseKind{
	id: ContractText, class: ClassContract, name: "contract",
	need: 10, least: 3, enough: 3,
	groups: []cueGroup{
		{"title", 3, 5, "consulting agreement|non disclosure agreement|nondisclosure agreement|confidentiality agreement|master services agreement|master service agreement|" +
			"share purchase agreement|stock purchase agreement|asset purchase agreement|employment agreement|employment contract|contract of employment|" +
			"lease agreement|tenancy agreement|this lease|settlement agreement|term sheet|letter of intent|statement of work|loan agreement|" +
			"services agreement|service agreement|supply agreement|distribution agreement|consultancy agreement|consulting agreement|" +
			"data processing agreement|shareholders agreement|shareholders' agreement|licence agreement|license agreement|framework agreement|" +
			"severance agreement|separation agreement|this agreement|this deed|this amendment|heads of terms|memorandum of understanding|" +
			"geheimhaltungsvereinbarung|vertraulichkeitsvereinbarung|kaufvertrag|unternehmenskaufvertrag|mietvertrag|arbeitsvertrag|aufhebungsvertrag|" +
			"dienstleistungsvertrag|rahmenvertrag|werkvertrag|darlehensvertrag|vergleichsvereinbarung|gesellschaftsvertrag|dieser vertrag|dieses vertrages|dieser vereinbarung|" +
			"accord de confidentialité|contrat de travail|contrat de prestation*|contrat de bail|bail commercial|contrat de cession|protocole d'accord|" +
			"protocole transactionnel|le présent contrat|du présent contrat|présente convention|le présent accord|présent contrat|" +
			"acuerdo de confidencialidad|contrato de trabajo|contrato de arrendamiento|contrato de prestación*|contrato de compraventa|el presente contrato|presente contrato|presente acuerdo|" +
			"accordo di riservatezza|contratto di lavoro|contratto di locazione|contratto di compravendita|contratto di fornitura|presente contratto|presente accordo|" +
			"geheimhoudingsovereenkomst|arbeidsovereenkomst|huurovereenkomst|koopovereenkomst|vaststellingsovereenkomst|deze overeenkomst|onderhavige overeenkomst|" +
			"acordo de confidencialidade|contrato de arrendamento|contrato de prestação*|contrato de compra e venda|presente acordo|" +
			"umowa o zachowaniu poufności|umowa o pracę|umowa najmu|umowa sprzedaży|umowa o dzieło|umowa zlecenia|niniejsza umowa|niniejszej umowy"},
		{"parties", 3, 9, "disclosing party|receiving party|by and between|made and entered into|is made on|is made this|is dated|dated as of|entered into on|entered into as of|is entered into|" +
			"hereinafter*|hereafter referred to*|each a party|each, a \"party\"|collectively the parties hereto|whose registered office|registered office is at|having its registered office|" +
			"principal place of business|incorporated in england*|incorporated and registered|incorporated under the laws|organized under the laws|company number|company no|registered number|" +
			"party of the first part|between the landlord|" +
			"nachfolgend*|nachstehend*|im folgenden*|vertreten durch|geschäftsansässig*|eingetragen im handelsregister|zwischen der|zwischen den parteien|gemeinsam die parteien|" +
			"ci après*|d'une part|d'autre part|dont le siège*|représentée par|immatriculée au|entre les soussignés|" +
			"de una parte|de otra parte|en adelante*|con domicilio*|reunidos|representada por|" +
			"di seguito|da una parte|dall'altra parte|con sede legale|con sede in|rappresentata da|" +
			"hierna te noemen|hierna: *|ondergetekenden|de ondergetekenden|vertegenwoordigd door|gevestigd te|statutair gevestigd|" +
			"doravante*|de um lado|de outro lado|com sede em|com sede na|primeira outorgante|segunda outorgante|primeiro outorgante|" +
			"zwaną dalej|zwanym dalej|zwana dalej|reprezentowaną przez|reprezentowana przez|z siedzibą w|zawarta w dniu|zawarta dnia|pomiędzy: *"},
		{"recitals", 2, 4, "whereas|recitals|now therefore|now, therefore|in consideration of|good and valuable consideration|witnesseth|background (a)|parties agree as follows|agreed as follows|hereby agree*|" +
			"präambel|vorbemerkung|vereinbaren die parteien|vereinbaren folgendes|wird folgendes vereinbart|wird folgender|schließen folgenden*|" +
			"considérant que|attendu que|il a été convenu|est convenu ce qui suit|étant préalablement exposé|préambule|" +
			"considerando que|manifiestan|exponen|acuerdan|las partes acuerdan|estipulaciones|cláusulas|" +
			"premesso che|si conviene*|si stipula*|convengono|" +
			"overwegende dat|komen overeen*|zijn overeengekomen|in aanmerking nemende|" +
			"acordam|é celebrado|celebram|zważywszy|strony ustalają|strony postanawiają|o następującej treści"},
		{"definitions", 2, 6, "confidential information means|confidential information shall mean|shall mean|has the meaning*|have the meaning*|shall have the meaning|as defined in clause*|as defined in section*|effective date|commencement date|" +
			"purchase price|closing date|completion date|premises|term of this|hereunder|hereof|hereto|thereof|schedule #|annex #|exhibit a|" +
			"vertrauliche informationen im sinne*|vertrauliche informationen sind|im sinne dieser*|im sinne dieses*|vertragsgegenstand|gegenstand des vertrages|kaufpreis|mietgegenstand|mietsache|vertragsbeginn|" +
			"informations confidentielles|objet du contrat|prix de cession|date d'effet|prise d'effet|on entend par|" +
			"información confidencial|objeto del contrato|se entenderá por|fecha de entrada en vigor|precio de compra|" +
			"informazioni riservate|oggetto del contratto|si intende*|decorrenza|prezzo di acquisto|" +
			"vertrouwelijke informatie|wordt verstaan onder|koopsom|ingangsdatum|het gehuurde|" +
			"informação confidencial|informações confidenciais|objeto do contrato|entende-se por|data de início|" +
			"informacje poufne|informacji poufnych|przedmiot umowy|przedmiotem umowy|rozumie się|cena sprzedaży"},
		{"obligations", 2, 8, "shall hold|shall not|shall keep|shall pay|shall provide|shall deliver|shall ensure|shall be entitled|shall be responsible|shall indemnify*|shall repay|either party may|governed by|indemnify and hold harmless|hold harmless|strict confidence|strictest confidence|" +
			"represents and warrants|warrants that|warrants to|undertakes to|undertakes not|undertakes that|covenants|agrees to pay|agrees not to|obligations under|best endeavours|reasonable endeavours|commercially reasonable efforts|without the prior written consent|prior written consent|non compete|non solicit*|" +
			"verpflichtet sich*|verpflichten sich*|ist verpflichtet*|gewährleistet*|sichert zu|strengstens vertraulich|vertraulich zu behandeln|stillschweigen*|verschwiegenheit*|wettbewerbsverbot*|vertragsstrafe|vorherige schriftliche zustimmung|" +
			"s'engage à|s'engagent à|s'oblige à|s'interdit*|tenu de|garantit que|clause de non concurrence|strictement confidentielle*|accord écrit préalable|accord préalable et écrit|" +
			"se obliga*|se compromete*|deberá|garantiza que|estricta confidencialidad|consentimiento previo|" +
			"si impegna*|si obbliga*|è tenuto*|garantisce che|patto di non concorrenza|previo consenso|strettamente riservat*|" +
			"verbindt zich*|verplicht zich*|is verplicht*|garandeert*|strikt vertrouwelijk*|geheimhouding|concurrentiebeding|voorafgaande schriftelijke|" +
			"obriga-se|obriga se|compromete-se|compromete se|garante que|consentimento prévio|sigilo|" +
			"zobowiązuje się*|zobowiązany jest*|jest zobowiązan*|zachować w tajemnicy|zachowania w poufności|uprzedniej pisemnej zgody|zakaz konkurencji|kara umowna|karę umowną"},
		{"term", 2, 4, "term and termination|terminate this*|termination of this*|shall remain in force|remain in full force|shall continue in force|months' written notice|days' written notice|days' notice|months' notice|written notice|upon termination|" +
			"expiration or termination|survive the termination|survive termination|for a period of|initial term|notice period|material breach|probationary period|break clause|for a term of|vacate the premises|return or destroy|" +
			"kündigungsfrist*|laufzeit|außerordentliche kündigung|fristlose kündigung|aus wichtigem grund|auf unbestimmte zeit|tritt in kraft|probezeit|mit einer frist von|zum ende eines*|" +
			"durée du contrat|résiliation|résilié*|préavis de|préavis|pour une durée*|période d'essai|mise en demeure|" +
			"resolución del contrato|duración del contrato|preaviso|período de prueba|duración de|vigencia|" +
			"recesso|risoluzione del contratto|durata del contratto|preavviso|periodo di prova|" +
			"opzegtermijn|opzegging|ontbinding|voor de duur van|proeftijd|voor onbepaalde tijd|" +
			"rescisão|denúncia do contrato|pré aviso|vigência|prazo de|" +
			"okres wypowiedzenia|okresu wypowiedzenia|wypowiedzenia|wypowiedzieć|rozwiązać umowę|na czas nieokreślony|na czas określony|na okres"},
		{"liability", 2, 4, "liability cap|indemnity|limitation of liability|liability is capped|liability under*|aggregate liability|total liability|liability shall*|shall be liable|in no event shall*|consequential loss|liquidated damages|full and final settlement|waives all claims|waives any claim*|releases and forever*|" +
			"haftung ist*|haftet für|gesamthaftung|haftungsbeschränkung|begrenzt auf|sämtliche ansprüche|abgegolten|" +
			"responsabilité est limitée|responsabilité*|plafonnée à|dommages et intérêts|dommages-intérêts|responsabilidad*|daños y perjuicios|indemnización|" +
			"responsabilità*|risarcimento|penale di|aansprakelijkheid*|schadevergoeding|boete van|finale kwijting|responsabilidade*|indemnização|indenização|odpowiedzialność*|odszkodowani*"},
		{"law", 2, 6, "governing law|shall be governed*|governed by and construed|governed by the law*|exclusive jurisdiction|entire agreement|entire understanding|severability|force majeure|assign this*|in counterparts|amended in writing|amendments to this|" +
			"laws of england|laws of the state|english law|law of england|state of delaware|venue shall|binding arbitration|invalid or unenforceable|supersedes all|" +
			"salvatorische klausel|gerichtsstand*|schriftform*|deutsches recht|deutschem recht|recht der bundesrepublik|erfüllungsort|änderungen und ergänzungen|mündliche nebenabreden|unwirksam*|" +
			"droit français|droit applicable|loi applicable|tribunaux compétents|tribunal de commerce|compétence exclusive|tribunaux de|régi par|intégralité de l'accord|soumis au droit*|" +
			"ley aplicable|legislación española|ley española|juzgados y tribunales|se regirá por|jurisdicción|tribunales de|" +
			"legge applicabile|legge italiana|foro competente|foro di|foro esclusivo|codice civile|" +
			"nederlands recht|toepasselijk recht|bevoegde rechter|rechtbank|" +
			"lei aplicável|lei portuguesa|foro da|foro competente|comarca de|tribunal da comarca|" +
			"prawo właściwe|prawu polskiemu|prawa polskiego|kodeksu cywilnego|kodeks cywilny|kodeksu pracy|sąd właściwy|sądu właściwego|formy pisemnej|pod rygorem nieważności"},
		{"execution", 4, 8, "in witness whereof|executed this*|executed as a deed|have executed|duly authorised|duly authorized|signed for and on behalf|for and on behalf of|signed by|authorised signatory|authorized signatory|signature: *|signature of*|by: __*|name: __*|signed: __*|date: __*|__ date*|as of the date first*|first written above|first above written|" +
			"unterschrift*|unterzeichnet*|ort, datum|zu urkund*|in zwei ausfertigungen|zweifach ausgefertigt|für den auftraggeber|" +
			"fait à*|en deux exemplaires*|lu et approuvé|bon pour accord|signature du*|signature de*|" +
			"en prueba de conformidad|firman*|por duplicado|en el lugar y fecha*|firmado*|" +
			"letto, confermato*|letto confermato*|in duplice copia|firma del*|sottoscritto*|" +
			"aldus overeengekomen*|in tweevoud*|handtekening*|getekend te*|feito em duplicado|em duas vias|assinatura*|assinam*|" +
			"w dwóch jednobrzmiących*|podpis*|jednobrzmiących*"},
	},
	concrete: func(sg signs, points [maxCueGroups]int8) int {
		n := min(2*sg.defined, 4) + min(sg.amounts, 1) + min(sg.dates, 1)
		if sg.clauses >= 3 {
			n++
		}
		if sg.clauses >= 6 {
			n++
		}
		if sg.shall >= 3 || points[4] >= 6 {
			n++
		}
		if points[8] > 0 { // execution
			n += 2
		}
		if points[1] >= 6 && sg.names+sg.titled > 0 {
			n++
		}
		return n
	},
}
