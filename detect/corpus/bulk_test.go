package corpus

import "handrail/detect/corpus/ordinary"

// list is a text made of a head and rows; gaps such as ~name~ are filled.
type list struct {
	head, row string
	rows      int
}

func (l list) text(seed int) string { return ordinary.Rows(uint64(seed), l.head, l.row, l.rows) }

// manyPeople are contacts of ten people and more, and what an employer knows
// of three and more.
var manyPeople = []list{
	{"name,email,phone\n", "~name~,~mailbox~~d3~@~slug~.com,~phone~", 12},
	{"Name;E-Mail;Telefon\n", "~name~;~mailbox~~d3~@~slug~.de;~phone~", 15},
	{"Kunde\tAnsprechpartner\tE-Mail\n", "~company~\t~name~\t~mailbox~~d3~@~slug~.de", 11},
	{"Nom,Prénom,Courriel,Téléphone\n", "~last~,~first~,~mailbox~~d4~@~slug~.fr,~phone~", 14},
	{"Nombre;Correo electrónico;Móvil\n", "~name~;~mailbox~~d4~@~slug~.es;~phone~", 13},
	{"| Name | E-mail | Mobile |\n|---|---|---|\n", "| ~name~ | ~mailbox~~d3~@~slug~.com | ~phone~ |", 16},
	{"", "~name~ <~mailbox~~d3~@~slug~.com>;", 14},
	{"", "- ~name~, ~mailbox~~d3~@~slug~.io, ~phone~", 12},
	{"To: ", "~mailbox~~d4~@~slug~.com,", 12},
	{"", "{\"name\": \"~name~\", \"email\": \"~mailbox~~d3~@~slug~.com\", \"phone\": \"~phone~\"}", 12},
	{"", "BEGIN:VCARD\nFN:~name~\nTEL:~phone~\nEMAIL:~mailbox~~d3~@~slug~.com\nEND:VCARD", 11},
	{"first_name,last_name,phone,city\n", "~first~,~last~,+44 7~d3~ ~d6~,~city~", 14},
	{"Name\tPhone\tAddress\n", "~name~\t+49 30 ~n7~\t~street~, ~n5~ ~city~", 15},
	{"Name;Telefonnummer\n", "~name~;+49 170 ~n7~", 20},
	{"Customer,Mobile,Tier\n", "~name~,(~n3~) 555-~d4~,Gold", 12},
	{"Please write to each of them:\n", "~mailbox~~d4~@~slug~.co.uk", 18},
	{"id,customer_name,contact_email,revenue\n", "~n5~,~name~,~mailbox~~d3~@~slug~.com,~n5~.00", 30},
	{"Naam;E-mailadres;Telefoon\n", "~name~;~mailbox~~d3~@~slug~.nl;06-~d8~", 12},
	{"Imię i nazwisko;E-mail;Telefon\n", "~name~;~mailbox~~d3~@~slug~.pl;~n3~ ~d3~ ~d3~", 12},
	{"Cognome,Nome,Email,Cellulare\n", "~last~,~first~,~mailbox~~d3~@~slug~.it,+39 3~d2~ ~d7~", 12},
	{"employee,salary,rating\n", "~name~,~n5~,Meets", 8},
	{"Employee ID,Name,Base salary,Bonus\n", "~n5~,~name~,~n5~,~n4~", 6},
	{"Mitarbeiter;Personalnummer;Gehalt;Eintritt\n", "~name~;~n6~;~n4~,00;~isodate~", 7},
	{"Name\tDepartment\tSalary\tPerformance rating\n", "~name~\tFinance\t~n5~\tExceeds", 5},
	{"| Employee | Grade | Annual salary |\n|---|---|---|\n", "| ~name~ | L5 | ~n5~ |", 6},
	{"Nom,Salaire brut,Prime\n", "~name~,~n4~,~n3~", 8},
	{"Empleado;Salario;Fecha de alta\n", "~name~;~n5~;~isodate~", 8},
	{"Name,Sick days,Reason\n", "~name~,~n2~,back pain", 9},
	{"", "{\"employee\": \"~name~\", \"salary\": ~n5~, \"rating\": \"Meets\"}", 6},
	{"staff_id,full_name,date_of_birth,salary\n", "~n6~,~name~,~isodate~,~n5~", 10},
	{"Name,Notice date,Severance\n", "~name~,~isodate~,~n5~", 6},
	{"Naam;Functie;Salaris\n", "~name~;Monteur;~n4~", 7},
}

// fewOrNobody is tables and lists that are like those, and are about things,
// few people, or what is public of them.
var fewOrNobody = []list{
	{"sku,name,price\n", "~part~,~product~,~n2~.~d2~", 20},
	{"name,email,phone\n", "~name~,~mailbox~~d3~@~slug~.com,~phone~", 3},
	{"", "~first~ <~mailbox~~d2~@~slug~.com>", 4},
	{"Branch,Phone,Opening hours\n", "~city~,~phone~,~time~-~time~", 9},
	{"Player,Team,Goals\n", "~name~,FC ~city~,~n2~", 20},
	{"Author;Title;ISBN\n", "~name~;The ~noun~;~isbn~", 15},
	{"Job title,Band,Salary from,Salary to\n", "~noun~ engineer,L~n1~,~n5~,~n5~", 12},
	{"City,Average salary,Survey size\n", "~city~,~n5~,~n4~", 15},
	{"Time;Room;Teacher\n", "~time~;~n3~;Ms ~last~", 14},
	{"Actor | Role\n---|---\n", "~name~ | ~first~", 12},
	{"", "ana@contoso.com wrote ~n2~ lines on ~date~", 20},
	{"", "user~d3~@example.com", 20},
	{"Employee count by city\n", "~city~: ~n3~ employees", 12},
	{"sensor,name,phone_model,temp\n", "~hex8~,~noun~,Pixel ~n1~,~n2~.~d2~", 20},
	{"", "commit ~hex40~\nAuthor: Lars <lars@fabrikam.com>\n", 12},
	{"Pos,Driver,Time,Gap\n", "~n1~,~name~,1:~n2~.~d3~,+~n1~.~d3~", 20},
	{"", "- ~first~ brings the ~noun~", 12},
	{"Name\tMeaning\tCountry\n", "~first~\t~noun~\tIreland", 20},
	{"domain,mx,ttl\n", "~slug~.com,mail@~slug~.com,~n4~", 12},
	{"dept,headcount,payroll_total\n", "~noun~,~n2~,~n6~", 9},
	{"product,contact_method\n", "~product~,email", 20},
	{"Composer,Born,Died\n", "~name~,1~n3~,1~n3~", 15},
	{"", "git clone git@github.com:~slug~/~noun~.git", 15},
	{"", "npm i @~slug~/~noun~@~ver~", 15},
	{"Minister,Party,Votes\n", "~name~,Greens,~n5~", 12},
	{"host,ip,owner_team\n", "~host~,~ip~,platform", 15},
	{"street;postcode;city;floor area\n", "~street~;~postcode~;~city~;~n3~", 15},
	{"", "Speaker ~n1~: ~name~, talk at ~time~ in room ~n3~", 8},
	{"order,shipped,carrier\n", "~order~,~isodate~,~noun~", 25},
	{"Ticket\tAssignee\tPoints\n", "~L3~-~n4~\t~first~\t~n1~", 15},
	{"", "@~slug~~n2~ thanks for the ~noun~!", 15},
	{"Exam,Points,Average\n", "~noun~,~n2~,~n2~.~d1~", 12},
}
