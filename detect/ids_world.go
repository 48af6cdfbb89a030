package detect

// worldIDs are the national, tax and health numbers of countries outside
// Europe.
var worldIDs = []idSpec{}
