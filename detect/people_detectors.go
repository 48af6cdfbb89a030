package detect

import (
	"fmt"
	"strings"
)

// samplePeople are invented; rows makes n lines of them from a format that
// takes a first name, a family name and a number.
var samplePeople = [...][2]string{{"Ana", "Rossi"}, {"Lars", "Okafor"}, {"Priya", "Smith"}, {"Mateusz", "Kowalski"}, {"Ingrid", "Larsen"}, {"Yusuf", "Haddad"}, {"Elena", "Garcia"},
	{"James", "Nguyen"}, {"Fatima", "Patel"}, {"Olivia", "Schmidt"}, {"Noah", "Berger"}, {"Chen", "Wei"}, {"Zuzana", "Novak"}, {"Marco", "Conti"}}

func sampleRowsOf(n int, format string) string {
	var b strings.Builder
	for i := range n {
		p := samplePeople[i%len(samplePeople)]
		fmt.Fprintf(&b, format, p[0], p[1], 11+i)
	}
	return b.String()
}

func peopleDetectors() []Detector {
	rows := sampleRowsOf
	return []Detector{{
		ID: ContactTable, Class: ClassContacts, Confidence: High,
		Title: "Table or records of 10 or more people with phone, address, e-mail or date of birth",
		Hits: []string{
			"Name,Phone\n" + rows(10, "%s %s,+44 7700 9001%d\n"),
			"Vorname;Nachname;Telefon\n" + rows(12, "%s;%s;030 26442%d\n"),
			"| Customer | Address |\n|---|---|\n" + rows(11, "| %s %s | %d High Street, Leeds |\n"),
			"Name\tStreet\tCity\r\n" + rows(10, "%s %s\t%d Rue de la Paix\tParis\r\n"),
			rows(10, "%s %s, +49 30 26442%d\n"), // without a header
			"[" + rows(10, `{"name": "%s %s", "phone": "+1 415 555 23%d"},`) + "]",
			rows(10, "- name: %s %s\n  phone: +49 30 26442%d\n"),
			rows(10, "BEGIN:VCARD\nVERSION:3.0\nFN:%s %s\nTEL;TYPE=CELL:+44 7700 9001%d\nEND:VCARD\n"),
			rows(10, "dn: uid=x\ncn: %s %s\ntelephoneNumber: +44 7700 9001%d\n\n"),
			"Nom;Date de naissance\n" + rows(10, "%s %s;%d/03/1980\n"),
			"id | full_name | phone\n---+-----------+------\n" + rows(10, " 1 | %s %s | +44 7700 9001%d\n"),
		},
		Misses: []string{
			"Name,Phone\n" + rows(9, "%s %s,+44 7700 9001%d\n"),
			"Name,Team\n" + rows(14, "%s %s,Blue %d\n"),
			"Product,Phone support\n" + strings.Repeat("Oak Table,+44 7700 900101\nPine Chair,+44 7700 900102\n", 8),
			"Store,Address,Phone\n" + strings.Repeat("Leeds Central,1 High Street,0113 4960000\nYork North,2 Low Road,01904 960000\n", 8),
			"Player,Club,Goals\n" + rows(12, "%s %s,%d\n"),
			"Date,Sensor,Value\n" + strings.Repeat("2026-01-02,Hall North,21.5\n", 20),
			"Name,Phone\n" + strings.Repeat("John Doe,555-0100 000\n", 12),
			"Name,Phone\n" + strings.Repeat("Ana Rossi,+44 7700 900111\n", 20), // one person
			strings.Repeat("Dear Ana, thank you for the call\nof Monday, I will be there\n", 10),
		},
	}, {
		ID: PhoneList, Class: ClassContacts, Confidence: High,
		Title: "Lines of 10 or more people with their phone numbers",
		Hits: []string{
			rows(10, "%s %s +44 7700 9001%d\n"),
			rows(12, "- %s %s (sales): 030 26442%d\n"),
			"Call them today:\n" + rows(10, "* %s %s - mobile +39 340 12345%d\n"),
		},
		Misses: []string{
			rows(9, "%s %s +44 7700 9001%d\n"),
			strings.Repeat("Ana Rossi +44 7700 900123\n", 20),
			strings.Repeat("Hall North 0.9552803630671191\nOrder Desk 2026-01-02\n", 20),
		},
	}, {
		ID: HRTable, Class: ClassHR, Confidence: High,
		Title: "Table or records of 3 or more employees: pay, review, absence, leaving, hire or birth dates",
		Hits: []string{
			"Employee ID,Name,Base salary,Rating\n" + rows(3, "100%[3]d,%[1]s %[2]s,61000,Meets\n"),
			"Name;Gehalt;Krankheitstage\n" + rows(4, "%s %s;5%d00,00;4\n"),
			"| Nom | Salaire | Ancienneté |\n|:--|--:|--:|\n" + rows(3, "| %s %s | 4%d00 € | 5 |\n"),
			"Nombre\tSueldo\tPuesto\n" + rows(3, "%s %s\t%d.000\tContable\n"),
			"Staff,Sick days 2025,Manager\n" + rows(5, "%s %s,%d,Ana\n"),
			"Name,Hire date,Department\n" + rows(3, "%s %s,20%d-03-01,Sales\n"),
			"Pracownik;Wynagrodzenie\n" + rows(3, "%s %s;%d500 zł\n"),
			"Name,Termination date,Reason\n" + rows(3, "%s %s,2026-03-%d,redundancy\n"),
			"Name,Trade union\n" + rows(4, "%s %s,member since 20%d\n"),
			`[` + rows(3, `{"employee": "%s %s", "salary": %d000, "performanceRating": "Exceeds"},`) + `]`,
			rows(3, "Name: %s %s\nSalary: %d,000\nSick days: 4\n\n"),
			rows(3, "%s %s,%d/03/1980,72000,Exceeds\n"), // without a header
			"Role,Name,Salary\n" + rows(4, "Nurse,%s %s,\"%d,500\"\n"),
		},
		Misses: []string{
			"Employee ID,Name,Base salary\n" + rows(2, "100%[3]d,%[1]s %[2]s,61000\n"),
			"Job title,Median salary\nData Scientist,85000\nSoftware Engineer,90000\nNurse,38000\n",
			"Country,Average wage\nNew Zealand,45000\nUnited Kingdom,41000\nSouth Korea,39000\n",
			"name,age,salary\nAlice,30,50000\nBob,25,60000\nCharlie,35,70000\n",
			"Name,Rating,Price\nOak Table,4.5,120.00\nPine Chair,4.1,60.00\nElm Desk,3.9,240.00\n",
			"Player,Club,Salary\n" + rows(5, "%s %s,Leeds,%d00000\n"),
			"Movie,Director,Rating\nHarbour,Ana Rossi,8.1\nWinter,Lars Okafor,7.2\nThe Road,Priya Smith,6.9\n",
			"Name,Team,Points\n" + rows(8, "%s %s,Blue,%d\n"),
			"Model,Performance,Watts\nFalcon Two,120,65\nEagle One,140,95\nHawk Six,90,35\n",
			"Student,Exam,Grade\n" + rows(6, "%s %s,Physics,%d\n"),
			"Employee,Shift\n" + rows(6, "%s %s,Mon %d:00\n"),
			"Column,Type,Description\nname,text,full name\nsalary,int,base pay\nhired,date,hire date\n",
			"name: web\nreplicas: 3\nsalary: none\n---\nname: db\n---\nname: cache\n",
		},
	}}
}
