package detect

// worldIDs are the national, tax and health numbers of countries outside
// Europe.
var worldIDs = func() (all []idSpec) {
	for _, region := range [][]idSpec{usIDs, americaIDs, indiaIDs, asiaIDs, pacificIDs, africaIDs} {
		all = append(all, region...)
	}
	return all
}()
