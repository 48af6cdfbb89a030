package doctor

// displayless: a Linux program may run where there is no display at all.
const displayless = true
