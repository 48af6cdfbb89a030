package aggregate

import "handrail/agent/report"

// What an outsider can work out. The numbers of different rules or tools do
// not bound each other. Those of one row do: everybody who gave an answer is
// among the row's M, and each of the M gave one answer or more, so
//
//	each answer <= M <= the sum of the answers
//
// The outsider also knows this code. A hidden answer is safe if each number
// from 0 to k-1 would have led to exactly the same published cells.

// shown says which cells of a row keep their counts.
func (t table) shown(row key, k int) map[key]bool {
	switch row.kind {
	case report.KindUse, report.KindBadge, report.KindHeldOut, report.KindCause:
		return map[key]bool{row: t.enough(row, k)}
	case report.KindPulse:
		return t.shownExclusive(row, k)
	}
	return t.shownTogether(row, row.answers(), k)
}

// shownTogether is shown for answers of which a report can have several.
func (t table) shownTogether(row key, answers []key, k int) map[key]bool {
	shown := map[key]bool{row: t.enough(row, k)}
	var hidden int            // answers without a count
	var sum int               // the sum of the counts that are shown
	var smallest, second *key // the smallest counts that are shown
	for _, c := range answers {
		if !t.enough(c, k) {
			hidden++
			continue
		}
		shown[c] = true
		sum += t.cells[c].total()
		switch {
		case smallest == nil || t.cells[c].total() < t.cells[*smallest].total():
			smallest, second = &c, smallest
		case second == nil || t.cells[c].total() < t.cells[*second].total():
			second = &c
		}
	}
	m := t.cells[row].total()
	// No answer is shown, and M only if that leaves every answer free to be 0:
	// between these two numbers it could not be.
	others := len(answers) - 1
	none := map[key]bool{row: shown[row] && (m <= others*(k-1) || m >= others*k)}
	if shown[row] {
		// M less an answer is how many got the nudge and did not give it, such
		// as the three who did not take the safe way: a count like any other.
		for c := range shown {
			if c != row && t.cells[c].without(t.cells[row]).people() < k {
				return none
			}
		}
	}
	switch {
	case !shown[row]:
		// With M hidden an answer can only be shown where M is nearly
		// everybody. Then the answers must leave open how near.
		if sum > 0 && t.all.total() <= sum+hidden*(k-1) {
			return shown
		}
		return none
	case hidden == 0:
		return shown
	case hidden > 1 && m-sum <= (hidden-1)*(k-1):
		// Any one of the hidden answers may be 0: the others can make up for it.
		return shown
	case hidden > 1:
		// The hidden ones together are so many that each must be some.
		return none
	}
	// One hidden answer alone would be the difference: hide the next smallest
	// too, if that one could make up for all of it. Else no answer is shown.
	rest := sum - t.cells[*smallest].total()
	if m-rest < t.cells[*second].total() {
		delete(shown, *smallest)
		return shown
	}
	return none
}

// shownExclusive is shown for answers of which each report has one, so that
// they add up to the row's M. Then a hidden answer is never alone, and there are
// three steps, each published only whole:
//
//   - M;
//   - M and the first answer, which says no: the others are M less that one, so
//     both must be k or more;
//   - M and every answer, each k or more.
//
// Below the last step some answer is under k, or all but under k, and nothing
// says which: each hidden one may be any number from 0 to k-1, because the
// others can make up for it.
func (t table) shownExclusive(row key, k int) map[key]bool {
	shown := map[key]bool{row: t.enough(row, k)}
	if !shown[row] {
		return shown
	}
	answers := row.answers()
	whole := true
	for i, c := range answers {
		ok := t.enough(c, k) && t.cells[c].without(t.cells[row]).people() >= k
		if i == 0 && ok {
			shown[c] = true
		}
		whole = whole && ok
	}
	if whole {
		for _, c := range answers {
			shown[c] = true
		}
	}
	return shown
}

// enough says whether enough people are in the cell, and not in it.
func (t table) enough(c key, k int) bool {
	in := t.cells[c]
	return in.people() >= k && in.without(t.all).people() >= k
}
