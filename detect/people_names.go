package detect

import "strings"

// givenNames are common first names of Europe, India, China, the Arab world
// and the Americas: enough that a list of people holds some of them, which
// lists of products, places and job titles don't.
var givenNames = func() map[string]bool {
	m := map[string]bool{}
	for _, n := range strings.Fields(`
aaliyah aaron abdul abdullah abigail adam adrian aditi agata agnieszka ahmed aisha alan albert alberto alejandra alejandro alessandra alessandro alessia alex
alexander alexandra alexandre alexia alfie alfonso ali alice alicia alina alison allison alma amanda amelia amina amir amit amy ana anastasia anders andrea andreas andrei
andrew andrzej angela angelika angelo anita anja ann anna anne annika anthony antje anton antonia antonio anya arjun arne arthur artur arun asha ashley astrid aurora ava axel
ayesha barbara bartosz beata beatriz ben benedikt benjamin bernd bernhard beth birgit björn bogdan bram brandon brian brigitte bruno camila camille carla carlos carmen carol carolina caroline
caterina catherine cecilia céline charles charlotte chen chiara chloe chloé chris christian christiane christina christine christoph christophe christopher claire clara claudia clément
connor cristian cristina cristiano daan damian damien dan daniel daniela danielle dariusz dave david dawid deborah deepak denis dennis derek diana diego dieter dietmar dimitri dimitris diogo dirk dmitri dominic dominik
donald donna dorota dorothea dylan edward edyta eduardo eileen elena eleni elisa elisabeth elisabetta elise elizabeth elke ella ellen elodie eleanor emil emilia emilie émilie emily emma enrique eric erica erik erika ernst esther
ethan eva evelyn ewa fabian fabio farah fatima federica federico felix fernando filip finn fiona florence florian frances francesca francesco francisco franck frank franz françois françoise freya fredrik friedrich
gabriel gabriela gabriele gary gemma george georg georgia georgios gerard gerd gerhard giorgio giovanni giulia giuseppe giorgos grace greta grzegorz guillaume gunnar gustav hana hanna hannah hans harald harry hassan heather heidi heike
heinrich heinz helen helena helga hélène henri henrik henry herbert hiroshi holger hugo ian ibrahim ida ignacio ilaria imran ines inés inga inge ingrid irena irene iris isaac isabel isabella isabelle ivan ivana jack jacob jacqueline
jacques jaime jakob jakub james jamie jan jana jane janet janina jannis janusz jasmin jasmine jason javier jean jeffrey jenni jennifer jens jeremy jesper jessica jesús jill jim joachim joan joana joanna joao joão joe joel johan johann johanna johannes john
jolanta jonas jonathan jordan jorge josé jose josef joseph joshua joão juan juana juha judith julia julian juliana julie julien julius justin justyna jürgen kamil kamila karen karim karin karina karl karol karolina kasia kate
katarina katarzyna kate katharina katherine kathleen kathrin katie katja kavita keith kelly ken kenneth kevin kim kirsten klaus konrad konstantin kristian kristina krzysztof kumar kurt kyle lara lars laura lauren laurent lea léa lee lena leo leon leona leonardo
leonie li liam lidia lily lina linda lisa liv lorenzo louis louise luca lucas lucia lucía lucie lucy ludwig luis luisa luise luka lukas luke łukasz lukasz lydia maciej madison magda magdalena maja malgorzata małgorzata manuel manuela manon marc marcel marcin
marco marcus marek margaret margarita maria maría mariana marie marina mario marion marius mark marko markus marta martha martin martina martyna mary mateo mateusz mathieu mathilde matteo matthew matthias matthieu maurice mauro max maximilian
maya megan mehmet mei melanie melissa mercedes michael michal michał michaela michel michele michelle miguel mika mikael mike milan mila mina miriam mohamed mohammad mohammed monica monika monique morten muhammad murat nadia nadine nancy naomi natalia natalie natasha
nathalie nathan neha neil nicholas nick nicola nicolas nicole niels nikhil niklas niko nikolai nikos nils nina nisha noah noemi noor nora norbert nuno olaf ole oleg olga oliver olivia olivier omar oscar oskar otto owen pablo paola paolo pascal pat patricia
patrick patrik paul paula pauline paulina paulo pavel pawel paweł pedro penelope per peter petra petr philip philipp philippe pia pierre pilar piotr priya quentin rachel rafael rafal rafał rahul raj rajesh ralf ramesh ramon raquel raúl rebecca
regina reinhard renata renate rené riccardo richard rita robert roberta roberto robin rocío roger roland rolf roman ronald rosa rosie ross rui ruth ryan sabine salma sam samantha samir samuel sandra sandrine sanjay sara sarah sascha scott sean sebastian sébastien
sergei sergio seán shannon sharon silke silvia simon simona simone sofia sofía sofie sonia sonja sophia sophie stefan stefania stefanie stefano steffen stella stephan stephanie stéphane stephen steve steven sunil susan susana susanne suzanne sven svenja sylvie sylwia
takashi tamara tanja tatiana teresa theo theodor théo theresa thierry thomas thorsten tiago tim timo timothy tina tobias tom tomas tomás tomasz tommaso tony torsten tracy uche udo ulf ulrich ulrike urs ursula uta uwe valentin valentina valeria valérie vanessa vera
veronica veronika victor victoria vijay viktor viktoria vincent vincenzo virginie vivian volker wei werner wilhelm willem william wojciech wolfgang xavier xiao yan yannick yasmin yolanda yuki yusuf yves yvonne zainab zoe zoé zofia zsófia zuzana zuzanna
lászló istván józsef jános zoltán sándor katalin gergely nagy matti mikko jari timo pekka anneli kaisa aino georgi ivanka maría ioannis dimitrios konstantinos vasilis jiří tomáš lucie petra ondřej eszter gábor péter attila tamás mihai ioana alexandru ștefan elif ayşe emre can kemal fatma
liu wang zhang yang huang zhao wu zhou nguyen minh thi kenji haruto sakura akira chidi amara kwame kofi ngozi thabo lerato deepa anjali rohan sanjana vikram suresh pooja arjun meera shreya`) {
		m[n] = true
	}
	return m
}()

// A nameLook is what a cell looks like as a person's name.
type nameLook struct {
	ok    bool // two to five words that begin with a capital, or one that is given
	given bool // holds a known first name
	words int
}

// notNames are words that make two capitalised words a company, place or job.
var notNames = newLexicon("ltd", "inc", "llc", "gmbh", "corp", "limited", "group", "university", "team", "company", "street", "services", "systems", "software", "total", "average",
	"manager", "engineer", "director", "analyst", "unknown", "test", "sample", "example", "user", "customer", "product", "san", "santa", "new", "los", "las", "north", "south")

const maxPersonName = 48

// nameIn says what a cell looks like as a name. Placeholders such as John Doe
// are none.
func nameIn(v []byte) (l nameLook) {
	if len(v) < 2 || len(v) > maxPersonName || isPlaceholderName(v) {
		return l
	}
	for i := 0; i < len(v); {
		c := v[i]
		if c == ' ' || c == ',' || c == '.' || c == '-' || c == '\'' {
			i++
			continue
		}
		if class[c]&isAlpha == 0 && c < 0x80 {
			return nameLook{}
		}
		j, lowerCase := i, class[c]&isLower != 0
		for j < len(v) && (class[v[j]]&isAlpha != 0 || v[j] >= 0x80) {
			j++
		}
		word := v[i:j]
		if lowerCase && !isParticle(word) || len(word) > 2 && notNames.has(word) {
			return nameLook{}
		}
		l.words++
		if j-i <= 16 {
			var buf [16]byte
			for k, b := range word {
				buf[k] = lower(b)
			}
			l.given = l.given || givenNames[string(buf[:j-i])]
		}
		i = j
	}
	l.ok = l.words >= 1 && l.words <= 6
	return l
}

// isParticle reports the small words inside names: van, de, bin, zu.
func isParticle(w []byte) bool {
	switch string(w) {
	case "van", "von", "der", "den", "de", "da", "do", "dos", "das", "del", "della", "di", "du", "la", "le", "el", "al", "bin", "ibn", "zu", "zum", "ter", "ten", "y", "e", "af", "av":
		return true
	}
	return false
}

// placeholderNames are whom documentation gives its tables to: the parties of
// cryptography's examples, and each language's nobody.
var placeholderNames = [...]string{"alice", "bob", "charlie", "carol", "dave", "eve", "frank", "grace", "mallory", "trent", "john doe", "jane doe", "doe, john", "doe, jane", "joe bloggs", "max mustermann",
	"erika mustermann", "mustermann, max", "foo bar", "test user", "first last", "john", "jane", "your name", "full name", "john q. public", "jan modaal", "fulano", "juan pérez", "pippo", "ola nordmann", "kari nordmann"}

func isPlaceholderName(v []byte) bool {
	for _, p := range placeholderNames {
		if len(v) == len(p) && hasPrefixFold(v, 0, p) {
			return true
		}
	}
	return false
}

// isPhone reports a phone number: 7 to 15 digits (E.164) with the signs that
// are written between. Where nothing says that it is one, it has to begin as
// one does, or to be grouped as in North America.
func isPhone(v []byte, named bool) bool {
	if len(v) < 6 || len(v) > 30 {
		return false
	}
	digits, groups, dots := 0, 0, 0
	for i, c := range v {
		switch {
		case class[c]&isDigit != 0:
			digits++
			if i == 0 || class[v[i-1]]&isDigit == 0 {
				groups++
			}
		case c == '.':
			dots++
		case c == ' ' || c == '-' || c == '(' || c == ')' || c == '/' || c == '+' && i < 2:
		case c == 0xc2 || c == 0xa0: // no-break space
		default:
			return named && digits >= 7 && (c == 'x' || c == 'e') // an extension
		}
	}
	if digits < 6 || digits > 15 || digits < 7 && !named {
		return false
	}
	if named {
		return dots != 1
	}
	switch v[0] {
	case '+', '(':
		return groups > 1 || digits >= 9
	case '0':
		return digits >= 9 && dots != 1 && (groups > 1 || digits <= 12)
	}
	return len(v) == 12 && (v[3] == '-' || v[3] == '.') && v[7] == v[3] && digits == 10
}

// isDateCell reports 12/03/2003, 1978-10-15 and the like.
func isDateCell(v []byte) bool {
	if len(v) < 6 || len(v) > 12 {
		return false
	}
	digits, marks := 0, 0
	for _, c := range v {
		switch {
		case class[c]&isDigit != 0:
			digits++
		case c == '/' || c == '-' || c == '.':
			marks++
		case c == ' ' || class[c]&isAlpha != 0:
		default:
			return false
		}
	}
	return digits >= 5 && digits <= 8 && (marks == 2 || marks == 0 && digits < 8)
}

// isMoney reports an amount of three digits or more, with a currency or without.
func isMoney(v []byte) bool {
	digits := 0
	for _, c := range v {
		switch {
		case class[c]&isDigit != 0:
			digits++
		case class[c]&isAlpha != 0 || c >= 0x80 || c == ' ' || c == '.' || c == ',' || c == '\'' || c == '$' || c == '/' || c == '%' || c == '-' || c == '+':
		default:
			return false
		}
	}
	return digits >= 2 && digits <= 12 && len(v) <= 24
}

// mailIn reports an e-mail address, and whether it is documentation's.
func mailIn(v []byte) (ok, sample bool) {
	at := -1
	for i, c := range v {
		if c == '@' {
			at = i
		}
	}
	if at < 1 || at+4 > len(v) {
		return false, false
	}
	domain := v[at+1:]
	if domain[len(domain)-1] == '>' || domain[len(domain)-1] == ')' {
		domain = domain[:len(domain)-1]
	}
	return true, isDocumentation(domain)
}

// reviewWords are the results of appraisals.
var reviewWords = newLexicon("exceeds", "meets", "pip", "below expect", "outstanding", "needs improvement", "underperform", "partially met", "partially meets", "exceptional", "unsatisfactory",
	"successful", "developing", "strong performer", "low performer", "top talent", "solid", "übertrifft", "erfüllt", "dépasse", "conforme", "supera", "cumple", "does not meet")
