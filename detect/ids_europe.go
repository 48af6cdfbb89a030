package detect

// europeIDs are the national, tax and health numbers of European countries.
var europeIDs = []idSpec{}
