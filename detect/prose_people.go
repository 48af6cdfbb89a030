package detect

// hrProse is what an employer writes about one person.
var hrProse = proseKind{
	id: HRText, class: ClassHR, name: "personnel",
	need: 9, least: 3, enough: 3,
	groups: []cueGroup{
		{"file", 2, 5, "hr department|hr to prepare|hr file|personnel file|employee file|employee name|employee:*|employee id|employee no*|employee number|staff number|payroll number|job title|line manager|reporting manager|manager:*|reviewer:*|review period|hire date|start date|date of hire|position held|department:*|length of service|hr business partner|human resources|hired #|joined #|private and confidential|strictly private*|" +
			"personalakte|personalnummer|mitarbeiter:*|mitarbeiterin:*|vorgesetzte*|eintrittsdatum|beschäftigt*|betriebsrat|personalabteilung|in unserem unternehmen|" +
			"dossier du personnel|dossier rh|matricule|salarié:*|salarié|salariée|date d'embauche|ressources humaines|date d'entrée|" +
			"expediente*|empleado*|fecha de ingreso|recursos humanos|antigüedad|trabajador*|" +
			"fascicolo personale|dipendente*|matricola|data di assunzione|risorse umane|" +
			"personeelsdossier|personeelsnummer|medewerker*|werknemer*|datum in dienst|leidinggevende|personeelszaken|" +
			"ficha do colaborador|colaborador*|trabalhador*|data de admissão|funcionári*|" +
			"akta osobowe|akt osobowych|pracownik*|pracownic*|data zatrudnienia|przełożon*|kadr "},
		{"measures", 4, 8, "formal warning|performance improvement plan|on a pip|placed on a pip|final written warning|first written warning|written warning|verbal warning|disciplinary hearing|disciplinary meeting|disciplinary action|disciplinary procedure|disciplinary investigation|gross misconduct|misconduct|summary dismissal|notice of dismissal|letter of dismissal|dismissal*|dismissed for*|your employment will end*|your employment is terminated*|terminate your employment|termination of your employment|terminating her*|terminating his*|notice of termination|notice of redundancy|at risk of redundancy|redundancy*|severance*|suspended on full pay|right to appeal|right to be accompanied|failed probation|probation extended|probation period has been*|extend her probation|extend his probation|garden leave|settlement offer|let go|managed out|" +
			"abmahnung|abgemahnt|kündigung|kündigen wir*|ordentlich gekündigt|fristlos*|arbeitsverhältnis*|fehlverhalten|pflichtverletzung|freistellung|freigestellt|anhörung*|leistungsverbesserungsplan|aufhebungsvertrag|abfindung*|" +
			"avertissement*|licenciement*|entretien préalable|faute grave|mise à pied|procédure disciplinaire|lettre de licenciement|rupture conventionnelle|plan d'amélioration*|rupture du contrat|" +
			"despido*|amonestación*|falta grave|falta muy grave|expediente disciplinario|carta de despido|plan de mejora*|finiquito|indemnización|" +
			"licenziamento|lettera di richiamo|richiamo scritto|contestazione disciplinare|provvedimento disciplinare|giusta causa|piano di miglioramento|procedimento disciplinare|" +
			"schriftelijke waarschuwing|officiële waarschuwing|ontslag*|verbetertraject|verbeterplan|disfunctioneren|op non actief|ontslagvergoeding|" +
			"advertência*|processo disciplinar|despedimento*|justa causa|plano de melhoria|carta de despedimento|" +
			"upomnienie|nagana|naganę|kara porządkowa|zwolnienie dyscyplinarne|zwolnienia dyscyplinarn*|wypowiedzenie umowy|rozwiązanie umowy o pracę|plan naprawczy|naruszenie obowiązków*|odprawa|odprawę"},
		{"pay", 3, 6, "salary will be|base salary|annual salary|current salary|new salary|basic salary|gross salary|salary increase|salary review|salary:*|your salary*|her salary|his salary|bonus of|annual bonus|target bonus|pay rise|pay increase|pay grade|merit increase|on target earnings|equity grant|compensation review|compa ratio|total compensation|retention bonus|sign on bonus|per annum|" +
			"bruttogehalt|grundgehalt|jahresgehalt|gehaltserhöhung|monatsgehalt|ihr gehalt|gehalt von|jahresbonus|vergütung|bruttomonatsgehalt|" +
			"salaire brut|salaire annuel|rémunération*|augmentation de salaire|augmentation de*|prime annuelle|votre salaire|salaire de base|" +
			"salario bruto*|salario anual|salario base|aumento salarial|retribución*|su salario|" +
			"retribuzione*|stipendio*|ral |aumento retributivo|premio annuale|lordi annui|" +
			"bruto salaris|brutosalaris|jaarsalaris|salarisverhoging|loonsverhoging|maandsalaris|salaris*|bruto per maand|" +
			"salário*|vencimento*|remuneração*|aumento salarial|retribuição*|" +
			"wynagrodzeni*|pensja|pensji|podwyżk*|premia roczna|premii rocznej|brutto miesięcznie"},
		{"review", 3, 9, "missed deadline|salary review|performance review|performance appraisal|annual review|annual appraisal|year end review|mid year review|performance rating|overall rating|rating: *|final rating|rated below*|rated as*|exceeds expectations|meets expectations|below expectations|partially meets*|does not meet*|needs improvement|areas for improvement|areas of concern|development areas|development needs|development goals|strengths:*|key strengths|underperform*|has not met*|missed deadlines|missed targets|missed her*|missed his*|not ready for promotion|promotion case|ready for promotion|calibration|feedback from*|poor performance|objectives for*|self assessment|flight risk|successor|nine box|talent review|" +
			"mitarbeitergespräch*|leistungsbeurteilung*|beurteilung*|zielvereinbarung*|zielerreichung*|zur vollen zufriedenheit|vollsten zufriedenheit|unserer zufriedenheit|arbeitszeugnis|gesamtbewertung*|gesamturteil|stärken:*|entwicklungsfelder|" +
			"entretien annuel|évaluation annuelle|évaluation de*|appréciation*|points forts|axes d'amélioration|points à améliorer|objectifs non*|objectifs atteints*|insuffisance professionnelle|" +
			"evaluación del desempeño|evaluación de desempeño|evaluación anual|puntos fuertes|áreas de mejora|calificación*|objetivos no*|bajo rendimiento|" +
			"valutazione annuale|valutazione delle prestazioni|valutazione della prestazione|punti di forza|aree di miglioramento|obiettivi non*|" +
			"functioneringsgesprek|beoordelingsgesprek|beoordeling*|functioneren|verbeterpunten|sterke punten|onvoldoende|" +
			"avaliação de desempenho|avaliação anual|pontos fortes|pontos a melhorar|áreas de melhoria|objetivos não*|" +
			"ocena roczna|ocena okresowa|ocena pracownicza|ocena:*|mocne strony|obszary do poprawy|słabe strony|poniżej oczekiwań|ocenę*"},
		{"absence", 3, 8, "sickness absence|sick leave|absence record|days of absence|days' absence|absences|absent from work|signed off work|signed off sick|fit note|occupational health|return to work interview|return to work meeting|phased return|long term sick*|bradford*|stress related|back surgery|maternity leave|medical leave|fmla leave|reasonable adjustments|unauthorised absence|unauthorized absence|burnout|off sick|parental leave|" +
			"krankheitsbedingt*|fehlzeiten|arbeitsunfähig*|krankschreibung|krankgeschrieben|fehltage|betriebliches eingliederungs*|wiedereingliederung|elternzeit|" +
			"arrêt maladie|arrêt de travail|absences|absence injustifiée|médecine du travail|congé maladie|mi temps thérapeutique|" +
			"baja médica|baja laboral|ausencias|ausencia injustificada|incapacidad temporal|reincorporación|" +
			"assenze|assenza ingiustificata|malattia|congedo*|medico competente|" +
			"ziekteverzuim|ziekmelding*|ziekgemeld|bedrijfsarts|re integratie|verzuim*|" +
			"baixa médica|faltas injustificadas|ausências*|medicina do trabalho|atestado médico|" +
			"zwolnienie lekarskie|zwolnieniu lekarskim|nieobecnoś*|medycyny pracy|urlop macierzyński*|l4 "},
		{"grievance", 3, 6, "grievance*|formal complaint|complaint against*|allegation*|harassment|bullying|witness statement|investigation meeting|investigation report|whistleblow*|union member|trade union|union representative|union rep|discrimination|hostile|conflict with*|exit interview|resignation|resigned|" +
			"beschwerde*|mobbing|belästigung|gewerkschaftsmitglied|vorwürfe|zeugenaussage|réclamation|harcèlement*|plainte*|syndiqué*|délégué syndical|acoso*|queja*|sindicato|denuncia interna|molestie|segnalazione|reclamo*|sindacato|klacht*|pesten|intimidatie|vakbond*|queixa*|assédio*|sindicato|skarga*|skargę*|mobbing*|związku zawodowego"},
		{"reference", 3, 6, "reference for*|to whom it may concern|was employed*|has been employed*|employed by us|employed as*|worked for us|in my capacity as*|her manager|his manager|their manager|would re-employ|would rehire|recommend her|recommend him|without hesitation|reason for leaving|we are pleased to confirm|we regret to inform*|i am writing to confirm*|following our meeting on|further to our meeting|i am writing to inform you|outcome of*|outcome of the*|" +
			"hiermit bestätigen*|war vom|war in der zeit*|wir bedauern*|wünschen ihm*|wünschen ihr*|par la présente|nous vous informons*|nous avons le regret*|nous vous notifions|certificat de travail|por la presente|le comunicamos*|lamentamos*|con la presente|le comunichiamo|hierbij bevestigen*|hierbij delen wij*|naar aanleiding van ons gesprek|vimos por este meio|comunicamos*|informamy*|niniejszym*"},
	},
	concrete: func(sg signs, points [maxCueGroups]int8) int {
		n := 2*min(sg.titled, 1) + 2*min(sg.names, 1) + min(sg.amounts, 1) + min(sg.dates, 1)
		if points[0] > 0 {
			n++
		}
		if sg.names+sg.titled == 0 && sg.dates+sg.amounts == 0 {
			return 0
		}
		return n
	},
}

// healthProse is what a doctor or nurse writes about one patient.
var healthProse = proseKind{
	id: HealthText, class: ClassHealth, name: "health",
	need: 9, least: 3, enough: 3,
	groups: []cueGroup{
		{"patient", 3, 6, "patient:*|patient name*|patient id*|pt name|mrn*|medical record*|hospital no*|hospital number|nhs number|nhs no*|date of birth|dob:*|dob *|year old man|year old woman|year old male|year old female|year old gentleman|year old lady|year old girl|year old boy|this pleasant|re: mr*|re: ms*|re: mrs*|above patient|this patient|named patient|next of kin|ward:*|consultant:*|gp:*|dear dr*|dear colleague|patient reports|patient denies|patient presented|" +
			"patient, geb.*|geboren am|geb. am|jähriger patient|jährige patientin|jährige patient*|sehr geehrte kolleg*|sehr geehrter herr kolleg*|sehr geehrte frau kolleg*|stationäre behandlung|stationärer behandlung|o.g. patient*|wir berichten über*|der patient|die patientin|patientin|" +
			"patiente|le patient|né le|née le|date de naissance|cher confrère|chère consœur|hospitalisé*|nom du patient|" +
			"paciente*|fecha de nacimiento|nacido el|nacida el|años de edad|historia clínica|número de historia|" +
			"paziente*|nato il|nata il|data di nascita|cartella clinica|ricoverat*|gentile collega|" +
			"patiënt*|geboortedatum|geachte collega|jarige man|jarige vrouw|opgenomen*|" +
			"data de nascimento|processo clínico|utente*|internad*|número de utente|" +
			"pacjent*|data urodzenia|pesel*|letni mężczyzna|letnia kobieta|hospitalizowan*"},
		{"diagnosis", 3, 9, "diagnosis:*|diagnoses:*|primary diagnosis|secondary diagnosis|working diagnosis|differential diagnosis|diagnosed with|impression:*|assessment:*|assessment and plan|icd #*|icd10*|presenting complaint|chief complaint|history of presenting*|history of present illness|past medical history|pmh*|hpc:*|hpi:*|o/e |on examination|known case of|suspected*|metastatic*|relapse*|allergies:*|nkda*|suicidal ideation|family history|social history|ct scan showed|mri showed|x-ray showed|chest x ray|ecg showed|histology|biopsy|comorbidit*|" +
			"diagnose:*|diagnosen:*|hauptdiagnose|nebendiagnose*|anamnese|befund:*|befunde|verdacht auf|z.n.*|zustand nach|aufnahmebefund|entlassungsdiagnose|körperliche untersuchung|allergien|" +
			"diagnostic:*|diagnostic*|antécédents*|motif d'hospitalisation|motif de consultation|examen clinique|histoire de la maladie|compte rendu*|" +
			"diagnóstico*|antecedentes*|motivo de consulta|motivo de ingreso|exploración física|enfermedad actual|juicio clínico|" +
			"diagnosi*|anamnesi*|esame obiettivo|motivo del ricovero|patologica remota|" +
			"voorgeschiedenis|reden van opname|lichamelijk onderzoek|anamnese:*|conclusie:*|" +
			"antecedentes pessoais|motivo de internamento|exame objetivo|história da doença|" +
			"rozpoznanie*|wywiad*|badanie przedmiotowe|choroby współistniejące|przyczyna hospitalizacji"},
		{"medication", 3, 6, "medication:*|medications:*|current medication*|discharge medication*|medications on discharge|prescribed*|started on|dose increased|dosage*|twice daily|once daily|three times daily|at night|po bd|po od|po tds|bid|tid|prn|mg od|mg bd|mg tds|mg daily|intravenous|tablet*|metformin|insulin*|lisinopril|ramipril|amlodipine|atorvastatin|simvastatin|sertraline|fluoxetine|citalopram|omeprazole|amoxicillin|warfarin|apixaban|bisoprolol|furosemide|prednisolone|paracetamol|ibuprofen|morphine|lithium|olanzapine|levothyroxine|salbutamol|antibiotic*|chemotherapy*|aspirin|clopidogrel|methotrexate|quetiapine|mirtazapine|gabapentin|oxycodone|" +
			"medikation*|entlassungsmedikation|tabletten|täglich|morgens|verordnet*|verordnung|" +
			"traitement de sortie|traitement:*|traitement*|posologie|comprimé*|matin et soir|par jour|ordonnance|" +
			"tratamiento*|comprimido*|cada # horas|al día|medicación*|posología|" +
			"terapia*|compress*|due volte al*|al dì|al giorno|farmaci*|" +
			"medicatie*|tablet*|maal daags|keer per dag|dd # mg|" +
			"medicação*|terapêutica*|vezes ao dia|vezes por dia|de # em # horas|" +
			"leczenie*|leki:*|tabletk*|dawk*|razy dziennie|na dobę"},
		{"findings", 2, 8, "blood pressure|bp #*|heart rate|hr #*|resp rate|rr #*|spo# *|sats #*|temp #*|temperature #*|oxygen saturation|hba1c*|haemoglobin|hemoglobin|creatinine|egfr*|crp*|wbc*|white cell count|platelets|troponin*|potassium*|sodium*|cholesterol*|ldl*|tsh*|glucose*|ferritin*|psa *|alt #*|bmi*|gcs*|phq 9*|gad 7*|cd4*|viral load|lab results|laboratory results|test results|blood results|reference range|results:*|bloods:*|positive for|hiv positive|ejection fraction|" +
			"blutdruck|rr #*|puls #*|herzfrequenz|labor:*|laborwerte|kreatinin|leukozyten|hämoglobin|hb #*|referenzbereich|" +
			"tension artérielle|fréquence cardiaque|bilan biologique|créatinine|hémoglobine|glycémie|ta #*|" +
			"tensión arterial|frecuencia cardíaca|analítica*|creatinina|hemoglobina|glucemia|ta: #*|" +
			"pressione arteriosa|frequenza cardiaca|esami*|emoglobina|glicemia|pa #*|" +
			"bloeddruk|hartslag|pols #*|creatinine|hemoglobine|laboratorium*|" +
			"tensão arterial|pressão arterial|frequência cardíaca|análises*|" +
			"ciśnienie*|tętno|kreatynina|morfologia|hemoglobina|badania laboratoryjne|rr #/*"},
		{"care", 2, 8, "discharge summary|discharge letter|discharged home|discharged on|date of discharge|date of admission|admitted on|admitted with|admitted to|admission date|was admitted|follow up*|referral*|referred to|clinic letter|outpatient clinic|reviewed in clinic|thank you for referring|plan:*|care plan|treatment plan|surgery on|underwent*|operation note|postoperative*|post op|physiotherapy|progress note|soap note|subjective:*|objective:*|nursing note*|mental state examination|safeguarding|detox*|therapy session|counselling session|symptoms*|seen in clinic|review in # weeks|advised to*|" +
			"entlassungsbrief|arztbrief|entlassung*|stationär*|therapie:*|therapie und verlauf|verlauf:*|procedere|wiedervorstellung|kontrolle in*|ambulant*|operation am|empfehlung*|" +
			"lettre de sortie|sortie le|hospitalisation*|suivi*|évolution*|conduite à tenir|contrôle dans|consultation de*|entrée le|" +
			"informe de alta|alta hospitalaria|ingres*|evolución*|control en*|recomendaciones*|seguimiento*|revisión en*|" +
			"lettera di dimissione|dimess*|dimissione*|ricovero*|controllo tra*|decorso*|visita di controllo|follow-up*|" +
			"ontslagbrief|ontslagdatum|opnamedatum|beloop*|beleid:*|controle*|poliklini*|" +
			"carta de alta|nota de alta|alta clínica|internamento*|evolução*|consulta de*|reavaliação*|" +
			"karta informacyjna|wypis*|zalecenia*|kontrola*|przyjęt*|leczenia szpitalnego|poradni*"},
	},
	concrete: func(sg signs, points [maxCueGroups]int8) int {
		n := min(sg.doses, 2) + min(sg.dates, 1) + min(sg.titled, 1) + min(sg.names, 1) + min(sg.codes, 1) + min(sg.pressure, 1)
		if points[0] > 0 {
			n++
		}
		if points[0] == 0 && sg.titled+sg.names == 0 {
			return 0
		}
		return n
	},
}

// publicCues are signs of text that is meant for everybody or for nobody yet,
// 0 for all kinds, then one for each.
var publicCues = [...]string{
	"for example|example of|what is a|what is the|what are the|what does|how do i|how to write|write a template|template for|as a template|sample template|this template|this article|this guide|this chapter|this tutorial|textbook|students|exercise #|chapter #|wikipedia|frequently asked|learn how|learn more|read more|read our|tip:*|tips for|best practice*|in general|typically|usually include*|common mistakes|explain the difference|explain what|explain how|in simple terms|researchers|journalists|blog post|newsletter|subscribe|" +
		"zum beispiel|was ist ein*|was bedeutet|mustertext|ratgeber|par exemple|qu'est-ce qu*|por ejemplo|qué es un*|per esempio|ad esempio|che cos'è|bijvoorbeeld|wat is een*|por exemplo|o que é um*|na przykład|czym jest|we are hiring|we are looking for|apply now|about the role|your responsibilities|responsibilities include|equal opportunity employer|you will be responsible|wir suchen|ihre aufgaben|nous recherchons|buscamos|role play|write a story|fictional|lorem ipsum",
	"permission is hereby granted|redistributions of source code|redistribution and use|software is provided|open source|source code|gnu general public|general public license|apache license|this license|licensor |licensee may|mit license|creative commons|terms of service|terms of use|terms and conditions of use|by using*|by accessing*|your use of|your account|you agree*|you may not|you must not|our website|our services|website|privacy policy|cookie*|end user license|eula|pull request|contributor*|case law|courts have*|court held|plaintiff|defendant*|judge |appellant|directive #|regulation (eu)*|the act |legislation|a contract is|an nda is|nda is|agreement is a|nutzungsbedingungen|allgemeine geschäftsbedingungen|conditions générales|condiciones generales|termini di servizio|algemene voorwaarden|termos de serviço|regulamin*|gesetzgeber|bundesgerichtshof|law students|contract law",
	"analysts*|analyst consensus|shares rose|shares fell|shares were*|share price|stock price|said on monday|said on tuesday|said on wednesday|said on thursday|said on friday|said in a statement|in a press release|press release|reported on*|announced today|today announced|today reported|conference call|forward looking statements|earnings call|investor relations|wall street|nasdaq*|nyse*|ftse*|reuters|bloomberg|according to|gaap|quarterly earnings|beat expectations|missed expectations|annual report|financial times|consensus|shareholders meeting|economists|inflation|per cent of respondents|survey|is calculated*|formula|is defined as|refers to|calculate the|compute|homework|variable expenses|mio. einwohner|analysten*|börse*|aktie*|pressemitteilung|analystes*|bourse*|communiqué de presse|analistas*|bolsa*|analisti*|borsa*|beurs*|analistów|giełd*|komunikat prasowy|ad hoc mitteilung|invented|made up numbers|fictitious|dummy data|test data",
	"announced|spokes*|club said|club's|sacked|fans |reporters|was reported|coach |works council|players|voters|government|parliament|employees are entitled*|employers must*|employers should*|employers can|employees should|managers should|acas*|employment tribunal|employment law|labour law|labor law|this policy|policy applies*|handbook*|all employees|a performance improvement plan is|is a formal*|salary range|job description|vacancy|interview questions|resume|cover letter|curriculum vitae|survey*|statistics|unemployment|arbeitgeber müssen|arbeitnehmer haben|arbeitsrecht*|kündigungsschutzgesetz*|bewerbung*|l'employeur doit|code du travail|droit du travail|estatuto de los trabajadores|il datore di lavoro deve|werkgevers moeten|arbeidsrecht|kodeks pracy|write a performance review for a|celebrity|football*|footballer|premier league|season|minister|president |senator|prime minister",
	"announced|spokes*|said on monday|said on tuesday|agent said|actor |actress |singer |fans |historians|patients with|patients who|in patients|patients should|study*|studies*|clinical trial*|randomi*|placebo*|participants|et al|meta analysis|guideline*|side effects|symptoms include|can cause|is caused by|is a condition|is a disease|consult your doctor|talk to your doctor|ask your doctor|see your doctor|see a doctor|your doctor|your pharmacist|if you have|people with|vaccine*|public health|prevalence|epidemiolog*|journal|published*|leaflet|patient information leaflet|mayo clinic|webmd|adults should|recommended dose|medical students|exam question|case study|which of the following|most likely diagnosis|fragen sie ihren arzt|packungsbeilage|studie*|symptome sind|étude*|consultez votre*|estudio*|consulte a su*|studio clinico|consulti il*|onderzoek toont*|raadpleeg*|badania pokazują|zapytaj lekarza|estudo*|your dog|your cat|veterinar*|api |dataset*|fields |schema*",
}
