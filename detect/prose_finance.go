package detect

// financeProse is figures and plans before they are public: it tells planned
// from actual, who may know, what a deal costs.
var financeProse = proseKind{
	id: FinanceText, class: ClassFinance, name: "finance",
	need: 9, least: 3, enough: 3,
	groups: []cueGroup{
		{"plan", 3, 6, "budget # draft|q# forecast*|q# actual*|q# budget|q# outlook|q# reforecast|q# results|q# revenue|q# bookings|q# close|fy# budget|fy# forecast|fy# plan|fy# outlook|fy# guidance|h# forecast|h# budget|" +
			"forecast: *|forecast revenue|revenue forecast|sales forecast|cash forecast|cash flow forecast|rolling forecast|latest estimate|reforecast|full year forecast|budget vs*|actuals vs*|actual vs*|actuals versus|vs budget|v budget|vs. budget|versus budget|against budget|below budget|above budget|behind budget|over budget by|under budget by|vs forecast|vs plan|vs. plan|versus plan|against plan|below plan|behind plan|ahead of plan|ahead of budget|prior forecast|budget variance|variance|" +
			"management accounts|flash report|month end|monthly close|year to date|ytd|draft results|draft accounts|preliminary results|preliminary figures|unaudited*|ebitda bridge|revenue bridge|downside case|base case|budget #|forecast #|p&l|" +
			"planzahlen|soll ist*|gegenüber budget|gegenüber plan|unter plan|über plan|unter budget|hochrechnung*|prognose*|forecast q#|vorläufige zahlen|vorläufiges ergebnis|ungeprüft*|monatsabschluss|wirtschaftsplan*|budgetplanung*|mittelfristplanung|" +
			"prévisions*|prévision de*|budget prévisionnel|écart budgétaire|écart par rapport au budget|par rapport au budget|réel vs*|non audité*|résultats provisoires|atterrissage*|" +
			"previsión de*|presupuesto #|frente al presupuesto|respecto al presupuesto|resultados provisionales|no auditad*|desviación*|" +
			"previsioni*|budget annuale|rispetto al budget|scostamento*|preconsuntivo|dati preliminari|consuntivo|" +
			"begroting #|ten opzichte van begroting|ten opzichte van budget|t.o.v. budget|prognose q#|voorlopige cijfers|niet gecontroleerd*|" +
			"previsão de*|orçamento de #|orçamento #|face ao orçamento|em relação ao orçamento|resultados preliminares|não auditad*|" +
			"prognoza*|budżet na #|względem budżetu|wobec budżetu|odchylenie od budżetu|wstępne wyniki|niezaudytowan*|wykonanie budżetu"},
		{"figures", 1, 4, "revenue|ebitda|ebit |gross margin|gross profit|operating profit|operating margin|operating loss|net loss|net income|net debt|free cash flow|working capital|opex|capex|headcount|run rate|bookings|billings|churn|nrr |arr |mrr |burn rate|cash burn|order intake|order book|contribution margin|deferred revenue|cost savings|" +
			"umsatz*|rohertrag|bruttomarge|betriebsergebnis|nettoverschuldung|auftragseingang|personalkosten|liquidität|deckungsbeitrag|ergebnis|" +
			"chiffre d'affaires|marge brute|résultat d'exploitation|résultat net|endettement net|trésorerie|masse salariale|" +
			"ingresos|facturación|margen bruto|resultado operativo|deuda neta|tesorería|" +
			"ricavi|fatturato|margine lordo|margine operativo|indebitamento*|liquidità|utile netto|" +
			"omzet*|brutomarge|bedrijfsresultaat|nettoschuld|personeelskosten|" +
			"receita*|margem bruta|resultado operacional|dívida líquida|tesouraria|faturação|" +
			"przychody*|marża brutto|zysk operacyjny|dług netto|koszty osobowe|strata netto"},
		{"not public", 3, 9, "keep confidential|keep it confidential|board call|supervisory board|board will*|board has not*|board hasn't*|board knows*|board wants*|board members|board pack|board paper*|board meeting|board deck|board approval|board review|audit committee|remuneration committee|not yet announced|not been announced|not yet public|not yet been disclosed|before we announce|before the announcement|ahead of the announcement|ahead of results|before results are*|before publication|prior to release|under embargo|unreleased*|pre release|pre announcement|" +
			"do not quote*|not to be quoted|do not share*|do not forward*|do not circulate*|don't share*|not for circulation|keep this between*|strictly between*|close period|closed period|quiet period|blackout period|inside information|insider list|insiders|price sensitive|market sensitive|hiring freeze|headcount freeze|headcount reduction*|reduction in force|redundanc*|layoffs|restructuring*|profit warning|internal forecast*|internal only|steering committee|management case|investment committee|for internal discussion|lender presentation|auditors have not*|" +
			"aufsichtsrat*|vorstandsvorlage|vorstand wird*|gremienvorlage|noch nicht veröffentlicht*|noch nicht kommuniziert*|nicht weitergeben|nicht weiterleiten|vor der veröffentlichung|insiderinformation*|einstellungsstopp|stellenabbau|gewinnwarnung|personalabbau|beiratssitzung|" +
			"conseil d'administration|comité de direction|pas encore annoncé*|non encore publié*|avant l'annonce|avant la publication|ne pas diffuser|information privilégiée|gel des embauches|plan social|comex|ne pas transmettre|" +
			"consejo de administración|aún no anunciad*|aún no publicad*|antes del anuncio|no difundir|no compartir|información privilegiada|congelación de contrataciones|despidos|" +
			"consiglio di amministrazione|non ancora annunciat*|non ancora pubblicat*|prima dell'annuncio|non divulgare|non diffondere|informazione privilegiata|blocco delle assunzioni|esuberi|" +
			"raad van commissarissen|raad van bestuur|nog niet bekend gemaakt|nog niet gepubliceerd|nog niet aangekondigd|niet verspreiden|voorkennis|vacaturestop|reorganisatie|" +
			"conselho de administração|ainda não anunciad*|ainda não publicad*|antes do anúncio|não divulgar|não partilhar|não reencaminhar|informação privilegiada|congelamento de contratações|despedimento*|" +
			"rady nadzorczej|rada nadzorcza|zarząd*|jeszcze nieogłoszon*|nie ogłoszono|nieopublikowan*|przed ogłoszeniem|przed publikacją|nie rozpowszechniać|nie przekazywać|informacja poufna|wstrzymanie rekrutacji|zwolnienia grupowe"},
		{"deal", 3, 9, "term sheet|due diligence|data room|vdr|exclusivity*|earn out|earnout|enterprise value|purchase price|non binding offer|indicative offer|binding offer|letter of intent|cap table|pre money|post money|liquidation preference|option pool|fully diluted|valuation of|valuation|synergies|ev/ebitda|walk away price|target company|sell side|buy side|project code name|vendor loan|completion accounts|locked box|spa draft|break fee|series a|series b|series c|anti dilution|esop|convertible note|shareholding|price per share|acquisition of|to acquire|signing and closing|works council|takeover*|divest*|carve out|bidder*|our bid|raise our offer|" +
			"kaufpreis*|datenraum|unternehmenswert|unternehmensbewertung|unverbindliches angebot|verbindliches angebot|exklusivität|übernahme der|übernahme von|bieter*|beteiligungsquote|" +
			"prix d'acquisition|valeur d'entreprise|lettre d'intention|offre indicative|offre ferme|table de capitalisation|acquisition de|cession de|valorisation|" +
			"precio de compra|valor de empresa|carta de intenciones|oferta no vinculante|adquisición de|valoración|" +
			"prezzo di acquisto|lettera d'intenti|offerta non vincolante|acquisizione di|valutazione|valore d'impresa|" +
			"koopprijs|koopsom|ondernemingswaarde|intentieverklaring|niet bindend bod|overname van|bieding|" +
			"preço de compra|carta de intenções|oferta não vinculativa|aquisição da|aquisição de|avaliação da empresa|" +
			"cena nabycia|list intencyjny|oferta niewiążąca|oferty niewiążącej|przejęcie|przejęcia|wycena|wartość przedsiębiorstwa"},
		{"funding", 3, 9, "covenant headroom|covenant breach|breach the covenant|breach of covenant|leverage covenant|financial covenant*|covenant test|covenants|covenant|waiver from*|lenders|revolving credit facility|rcf|cash runway|months of runway|runway|liquidity headroom|bridge loan|refinancing|drawdown|undrawn|net leverage|going concern|standstill|write down|impairment of|provision for|deferral of*|bridge round|fundraise|fundrais*|debt facility|" +
			"kreditlinie*|kreditgeber|banken|covenant bruch|liquiditätslücke|liquiditätsengpass|zahlungsunfähig*|refinanzierung|sanierung*|überbrückungskredit|rückstellung*|" +
			"ligne de crédit|covenants bancaires|ratio d'endettement|refinancement|trésorerie disponible|levée de fonds|" +
			"línea de crédito|refinanciación|ronda de financiación|incumplimiento de covenant*|linea di credito|rifinanziamento|covenant finanziari*|kredietlijn*|kredietfaciliteit|herfinanciering|convenant*|linha de crédito|refinanciamento|linia kredytowa|refinansowani*|kowenant*"},
		{"pipeline and prices", 3, 6, "weighted pipeline|pipeline coverage|sales pipeline|pipeline|closed won|win rate|best case|commit |unit cost|cost per unit|list price|floor price|floor is*|discount floor|quote below|lowest price*|walk away|transfer price|landed cost|margin floor|renewal risk|at risk accounts|at risk|churn risk|deal slipped|deals slipped|slipped to q#|slip to q#|upsell|customer concentration|bill of materials|bom cost|pricing floor|max discount|" +
			"stückkosten|selbstkosten|herstellkosten|listenpreis|preisuntergrenze|nicht unter|rabattgrenze|gewichtete pipeline|coût de revient|prix plancher|coût unitaire|prix catalogue|coste unitario|precio mínimo|costo unitario|prezzo minimo|prezzo di listino|kostprijs|bodemprijs|custo unitário|preço mínimo|koszt jednostkowy|cena minimalna|ceny minimalnej"},
	},
	concrete: func(sg signs, points [maxCueGroups]int8) int {
		n := min(sg.amounts+sg.percents, 3) + min(sg.ours, 1)
		if sg.numbers >= 4 {
			n++
		}
		if points[2] > 0 { // not public
			n++
		}
		if points[0] > 0 && points[2] > 3 || points[3] > 6 {
			n++
		}
		if sg.amounts+sg.percents == 0 && sg.numbers < 4 {
			return 0
		}
		return n
	},
}
