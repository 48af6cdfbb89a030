package detect

// accountIDs are account numbers that only their context tells from others.
var accountIDs = []idSpec{}
