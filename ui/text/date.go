package text

import (
	"strconv"
	"strings"
	"time"
)

// How dates and numbers are written.
var (
	DateOnly = say("DateOnly", "{day} {month} {year}")
	DateTime = say("DateTime", "{date} {time}")
	// The twelve names, in order.
	Months = say("Months", "January February March April May June July August September October November December")
	// What stands between the thousands of a number.
	Thousands = say("Thousands", ",")
)

// Date returns a day in words, such as 24 November 2026.
func (p Printer) Date(t time.Time) string {
	month := strings.Fields(p.Say(Months))[t.Month()-1]
	return p.Say(DateOnly, "day", strconv.Itoa(t.Day()), "month", month, "year", strconv.Itoa(t.Year()))
}

// Time returns a day and the time of it.
func (p Printer) Time(t time.Time) string {
	return p.Say(DateTime, "date", p.Date(t), "time", t.Format("15:04"))
}

// Number returns a number that isn't negative with its thousands apart.
func (p Printer) Number(n int) string {
	if n < 1000 {
		return strconv.Itoa(n)
	}
	rest := strconv.Itoa(n%1000 + 1000)
	return p.Number(n/1000) + p.Say(Thousands) + rest[1:]
}
