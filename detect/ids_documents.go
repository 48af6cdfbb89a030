package detect

// documentIDs are the numbers of passports and driving licences.
var documentIDs = []idSpec{}
