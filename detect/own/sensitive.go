package own

import (
	"slices"
	"strings"
)

// Concern is why a term should not be on the list.
type Concern string

// The concerns. An organisation's list is for what belongs to it; these belong
// to the people who work there (GDPR article 9 and the works councils' view).
const (
	NoConcern Concern = ""
	Union     Concern = "trade unions or works councils"
	Health    Concern = "health"
	Belief    Concern = "religion or belief"
	Person    Concern = "one person"
)

// about are words that make a term one about people. Closed, in English,
// German, French, Spanish, Italian, Dutch and Polish.
var about = []struct {
	concern Concern
	words   string
}{
	{Union, "union unions unionize unionise strike strikes picket shop-steward collective-bargaining works-council betriebsrat gewerkschaft streik " +
		"tarifvertrag verdi syndicat syndical grève sindicato huelga sindacato sciopero vakbond staking ondernemingsraad związek strajk " +
		"organizing whistleblower whistleblowing hinweisgeber"},
	{Health, "health sick sickness illness disease diagnosis cancer hiv aids pregnancy pregnant depression burnout therapy disability disabled " +
		"psychiatrist miscarriage abortion gesundheit krank krankheit schwanger schwangerschaft schwerbehindert behinderung santé maladie enceinte " +
		"grossesse salud enfermedad embarazo salute malattia gravidanza ziek ziekte zwanger zdrowie choroba ciąża"},
	{Belief, "religion religious church mosque synagogue muslim islam jewish jew judaism christian catholic protestant hindu buddhist atheist ramadan " +
		"halal kosher prayer bible quran koran kirche moschee gebet église mosquée iglesia mezquita chiesa moschea kerk moskee kościół meczet " +
		"vegan political party afd antifa socialist communist"},
}

// givenNames are first names that are common in Europe and the Americas and
// seldom anything else. A term of one of them and another word is a person.
const givenNames = "anna maria peter michael thomas andreas stefan christian martin daniel alexander sarah laura julia lisa lena sophie emma olivia " +
	"james john robert david william richard joseph charles christopher matthew anthony steven paul andrew joshua kevin brian george edward " +
	"ronald timothy jason jeffrey ryan jacob nicholas eric jonathan stephen larry justin scott brandon benjamin samuel gregory " +
	"mary patricia jennifer linda elizabeth barbara susan jessica karen nancy margaret sandra ashley kimberly emily donna michelle carol amanda " +
	"melissa deborah stephanie rebecca sharon cynthia kathleen helen amy angela shirley brenda pamela nicole katherine " +
	"jean pierre jacques philippe nicolas isabelle nathalie catherine françoise sylvie camille " +
	"josé juan antonio manuel francisco carlos javier miguel carmen ana isabel dolores pilar lucía giulia francesca marco luca giuseppe giovanni " +
	"alessandro andrea matteo chiara hans klaus jürgen wolfgang ursula monika petra sabine birgit heike katrin " +
	"jan piet kees johannes willem marieke katarzyna małgorzata agnieszka krzysztof andrzej piotr tomasz paweł marcin " +
	"mohammed muhammad ahmed ali fatima aisha omar hassan ibrahim yusuf priya rahul amit wei ming yuki kenji"

var given = strings.Fields(givenNames)

// Sensitive says what a term of the list is about that should not be watched
// for, or NoConcern. It knows common words only: a warning, not a proof.
func Sensitive(term string) Concern {
	if at := strings.IndexByte(term, '@'); at > 0 && strings.Contains(term[at:], ".") {
		return Person
	}
	ws := split(term)
	for _, a := range about {
		for _, w := range strings.Fields(a.words) {
			if containsRun(ws, split(w)) {
				return a.concern
			}
		}
	}
	// "Anna Schmidt", "Schmidt, Anna": two or three words, one a given name, all
	// written as names are.
	if n := len(ws); n >= 2 && n <= 3 && slices.ContainsFunc(ws, func(w string) bool { return slices.Contains(given, w) }) && capitalised(term) {
		return Person
	}
	return NoConcern
}

func containsRun(ws, run []string) bool {
	for i := 0; i+len(run) <= len(ws); i++ {
		if slices.Equal(ws[i:i+len(run)], run) {
			return true
		}
	}
	return false
}

// capitalised reports whether every word of the term starts with a capital.
func capitalised(term string) bool {
	for _, w := range strings.Fields(term) {
		if fold([]rune(w)[0]) == []rune(w)[0] {
			return false
		}
	}
	return true
}
