package ordinary

import "strings"

// letters are mails, messages and notes.
var letters = []kind{
	{"mail, business", businessMail},
	{"mail, private", func(w *writer) string {
		return w.fill("Hi ~first~,\n\n") + w.passage(w.between(3, 6), " ", privateLines) + w.fill("\n\n"+w.pick("Love", "Hugs", "See you", "x", "Take care")+",\n~first~\n")
	}},
	{"mail, support", func(w *writer) string {
		return w.fill("Subject: Re: [#~n7~] "+w.pick("Cannot log in", "Wrong item", "Reset password link expired", "Card reader offline", "Refund status", "Token expired")+"\n\nHello ~first~,\n\n") +
			w.passage(w.between(2, 5), " ", supportLines) + w.signature()
	}},
	{"mail, order", func(w *writer) string {
		return w.fill("Dear ~name~,\n\n") + w.passage(w.between(3, 6), "\n", orderLines) + "\n\n" +
			w.lines(w.between(1, 5), "~n1~ x ~product~  art. ~part~  ~price~", "~product~ (EAN ~ean~)  ~price~", "Pos. ~n1~  ~d8~  ~product~  ~n1~ pcs  ~price~") + w.signature()
	}},
	{"mail, invitation", func(w *writer) string {
		return w.fill("Join: ~meeting~\nMeeting ID: ~n3~ ~d3~ ~d4~\nPasscode: see invitation\nDial in: ~phone~,,~n9~#  (~city~)\nPhone conference ID: ~n3~ ~d3~ ~d3~#\nWhen: ~weekday~, ~date~, ~time~ - ~time~ CET\n\nAgenda\n") +
			w.lines(w.between(2, 5), "~n1~. ~verb~ the ~noun~ plan (~first~, ~n2~ min)", "- Status ~company~, budget ~price~, ticket ~L3~-~n4~", "- AOB")
	}},
	{"mail, thread", func(w *writer) string {
		var b strings.Builder
		for i := range w.between(2, 4) {
			quote := strings.Repeat("> ", i)
			b.WriteString(quote + w.fill("From: ~name~ <~email~>\n"))
			b.WriteString(quote + w.fill("Sent: ~weekday~, ~date~ ~time~\n"))
			b.WriteString(quote + w.fill("Subject: RE: ~product~, offer ~order~\n") + quote + "\n")
			b.WriteString(quote + w.passage(2, "\n"+quote, businessLines) + "\n\n")
		}
		return b.String()
	}},
	{"mail headers", func(w *writer) string {
		return w.lines(1, "Received: from mail.~host~ (mail.~host~ [~ip~]) by mx.~host~ with ESMTPS id ~id14~ for <~email~>; ~dt~") +
			w.lines(1, "DKIM-Signature: v=1; a=rsa-sha256; c=relaxed/relaxed; d=~host~; s=s~n4~; t=~epoch~; bh=~b43~=; b=~b64~~b64~~b44~==") +
			w.lines(1, "Message-ID: <~compact~~d6~.~hex16~@~host~>", "Message-ID: <~uuid~@~host~>") +
			w.fill("X-Spam-Score: ~n1~.~d1~\nX-Mailer: phpmailer ~ver~\nContent-Type: multipart/alternative; boundary=\"----=_Part_~n6~_~n9~.~epoch~~d3~\"\nList-Unsubscribe: <~url~>\n")
	}},
	{"note", func(w *writer) string {
		return w.one("Notes ~date~\n\n", "# ~weekday~\n", "TODO\n", "") + w.lines(w.between(3, 8), noteLines...)
	}},
	{"chat", func(w *writer) string {
		var b strings.Builder
		a, c := w.pick(firstNames...), w.pick(firstNames...)
		for range w.between(4, 10) {
			b.WriteString(w.pick("", "", w.fill("[~time~] ")) + w.pick(a, c) + ": " + w.one(chatLines...) + "\n")
		}
		return b.String()
	}},
	{"address block", from(
		"~name~\n~company~\n~street~\n~postcode~ ~city~\nTel. ~phone~\nFax ~phone~\n~email~",
		"Deliver to: ~company~, goods in, gate ~n1~, ~street~, ~postcode~ ~city~. Driver calls ~phone~ 30 min before. Ref ~order~.",
		"Find us: ~street~, ~city~. Parking at ~lat~, ~lon~. Opening hours ~time~-~time~. ~phone~ or ~email~",
	)},
	{"travel", from(
		"Booking ~L6~: ~city~ - ~city~, flight ~L2~ ~n4~, ~date~ ~time~, seat ~n2~A, e-ticket ~d3~-~d10~, boarding pass in the app. Baggage tag ~d10~.",
		"Train ICE ~n3~ from ~city~ ~time~ platform ~n2~, coach ~n1~, seat ~n2~, booking number ~L2~~d4~, ticket ~d3~ ~d3~ ~d3~ ~d3~. Passport not needed inside Schengen.",
		"Hotel ~city~ ~date~ to ~date~, confirmation ~d10~, PIN at the desk, breakfast ~price~, tel ~phone~. Car hire voucher ~L2~~d9~; bring a card for the deposit.",
	)},
}

// signature is what stands below a mail: phone, register, tax number of a
// company, and the paragraph that calls each mail confidential.
func (w *writer) signature() string {
	s := w.fill("\n\n" + w.pick("Best regards", "Kind regards", "Mit freundlichen Grüßen", "Cordialement", "Saludos", "Met vriendelijke groet") + "\n~name~\n" + w.pick("Key Account Manager", "Support", "Passport & Visa Services", "Head of Card Payments", "Data Protection Office", "Sales") + "\n")
	s += w.one("", "~company~ | ~street~ | ~postcode~ ~city~\nT ~phone~ | M ~phone~ | F ~phone~\n", "T: ~phone~\n", "tel ~phone~  fax ~phone~\nwww.~slug~.example\n")
	s += w.one("", "~register~ | ~vat~\n", "~vat~\n", "Managing directors: ~name~, ~name~. ~register~. ~vat~\n")
	return s + w.one("", "", disclaimers[0], disclaimers[1], disclaimers[2], disclaimers[3])
}

var disclaimers = []string{
	"\nThis e-mail and any attachments are confidential and may be legally privileged. If you are not the intended recipient, please notify the sender and delete it.\n",
	"\nDiese E-Mail enthält vertrauliche und/oder rechtlich geschützte Informationen. Wenn Sie nicht der richtige Adressat sind, informieren Sie bitte den Absender und vernichten Sie diese Mail.\n",
	"\nCe message est confidentiel et destiné exclusivement à son destinataire. Toute diffusion non autorisée est interdite.\n",
	"\nCONFIDENTIALITY NOTICE: The information contained in this message may be confidential and is intended only for the addressee. Please consider the environment before printing.\n",
}

func businessMail(w *writer) string {
	return w.fill(w.pick("Hi ~first~,", "Dear ~name~,", "Hello team,", "Good morning ~first~,")+"\n\n") +
		w.passage(w.between(2, 6), " ", businessLines) + w.signature()
}

var businessLines = []string{
	"thanks for the call on ~date~ at ~time~.", "Order #~order~ arrives between ~n1~ and ~n2~ ~month~.", "The invoice ~order~ over ~price~ is due on ~date~.",
	"I moved our meeting to ~weekday~, ~time~, room ~n1~.~d2~; dial-in code ~n6~.", "Could you send me the deck for ~company~ before ~weekday~?",
	"Our new number is ~phone~.", "Please quote reference ~order~ in all replies.", "Ticket ~L3~-~n5~ is closed, see ~url~.",
	"The delivery note says ~part~, the box said ~part~.", "We can offer ~n3~ pieces at ~price~ each, delivery in week ~n2~.",
	"Attendance was up ~pct~ on last year.", "Customer number ~n8~, contract account ~n10~ for the electricity meter ~d9~.", "Our supplier number with you is ~d7~.",
	"The password policy changes on ~date~: at least 14 characters, no expiry.", "Please do not share the token with the other team, each of you gets an own one.",
	"Serial ~part~, warranty until ~date~.", "Freight ~n4~ kg, HS code ~d4~.~d2~.~d2~, container ~L3~U~d7~.", "Purchase order ~d10~ replaces ~d10~.",
	"Let's keep this between us until ~weekday~, it is a surprise for ~first~.", "Invoice number ~n9~, customer ~n6~, amount ~price~, paid by card.",
	"The account manager for ~city~ is ~name~.", "Your case number is ~d8~; the file number at the court in ~city~ is ~n2~ O ~n3~/~d2~.", "I left the parking card at reception.",
}

var privateLines = []string{
	"how was ~city~?", "We're having people over on ~weekday~ around ~time~, bring nothing.", "My new number is ~phone~, the old one is dead.",
	"Mum's birthday is on ~date~, shall we chip in ~price~ each?", "The kids lost the secret map again.", "I finally renewed my passport, took them ~n1~ weeks!",
	"The keys are with the neighbour.", "The wifi at the cabin is awful, and the password is on the fridge.", "Got a new credit card and it already does not work abroad.",
	"~first~ starts school on ~date~.", "Look at this: ~url~", "The garage wants ~price~ for part ~part~, can you believe it?", "Run was ~n1~.~d2~ km in ~n2~:~d2~.",
	"The doctor says it is only a cold.", "Recipe as promised: ~n3~ g flour, ~n2~ g butter, ~n1~ eggs.", "Your parcel ~tracking~ is at my place.",
}

var supportLines = []string{
	"your ticket ~n7~ was updated.", "Please reset your password at ~url~ and try again.", "We never ask for your password or card number.", "The device with serial ~part~ and MAC ~mac~ is back online.",
	"Firmware ~ver~ fixes it.", "Error code 0x~HEX8~, correlation id ~uuid~.", "IMEI and ICCID are printed on the box; SIM card 89~d17~.", "Please call ~phone~ and quote ~order~.",
	"The refund of ~price~ was sent to the card you paid with on ~date~.", "Your licence for ~n2~ users runs until ~date~.", "The token in the link is valid for 15 minutes.",
	"We have shipped a replacement, tracking ~tracking~.", "Your RMA number is ~d9~.", "Attach the log from ~path~.", "Asset tag ~d6~, room ~n3~.",
}

var orderLines = []string{
	"thank you for your order ~order~ of ~date~.", "Order number: ~order~", "Invoice: ~order~", "Tracking: ~tracking~", "Customer no. ~n8~", "Total incl. VAT: ~price~", "VAT ~n2~%: ~price~",
	"Delivery: ~date~, ~time~-~time~", "Ship to: ~street~, ~postcode~ ~city~", "Payment: Visa ending in ~d4~", "Payment method: card **** **** **** ~d4~", "Voucher code: SUMMER~n2~", "Track it at ~url~",
	"Carrier reference ~d14~, depot ~city~, phone ~phone~", "Return before ~date~ with slip ~d11~.", "Loyalty number ~d9~, points ~n4~", "Transaction ID ~L2~~d15~", "Auth code ~d6~, terminal ~d8~, receipt ~d4~",
}

var noteLines = []string{
	"- call ~first~ ~phone~", "- ~verb~ the ~noun~ before ~weekday~", "* ~company~: offer ~order~, ~price~", "- [ ] book ~city~ ~date~ ~time~", "- meter reading ~d6~, meter no ~d8~", "- paint RAL ~n4~, ~n1~ l",
	"idea: ~noun~ as a ~noun~?", "wifi password: ask ~first~", "- gym locker code written in the phone", "~n2~ x ~n2~ = ~n3~", "- renew passport, driving licence photo, insurance", "- ISBN ~isbn-~ for ~first~", "see ~url~",
	"- bring library card", "~date~: ~n2~ people, ~price~ each", "- VIN on the papers, plate ~L1~-~L2~ ~n4~", "phone ~phone~ / ~phone~", "- sprint ~n2~: ~n2~ points, velocity ~n2~",
}

var chatLines = []string{
	"is ~host~ down for you too?", "it's ~ip~ now, port ~port~", "deploy of ~hex7~ is done", "lol", "can you review #~n4~?", "build ~n6~ failed, see ~url~", "token expired again :(", "who has the key for the bike shed", "~n2~ or ~n3~?",
	"I'll be there at ~time~", "use staging, password is in the vault", "what's the secret?", "the card machine on ~n1~ is broken", "order ~order~ went out", "ping ~first~, number is ~phone~", "ok 👍", "check ~path~", "it's ~float~ with the new seed", "ref ~order~", "my OTP never arrives",
}
