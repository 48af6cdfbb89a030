package ordinary

// languages is prose in eight languages of Europe, and some in others.
var languages = []kind{
	{"prose en", prose(english)}, {"prose de", prose(german)}, {"prose fr", prose(french)}, {"prose es", prose(spanish)},
	{"prose it", prose(italian)}, {"prose nl", prose(dutch)}, {"prose pl", prose(polish)}, {"prose pt", prose(portuguese)},
	{"prose elsewhere", func(w *writer) string {
		others := [][]string{chinese, japanese, russian, arabic}
		return prose(others[w.IntN(len(others))])(w)
	}},
}

func prose(bank []string) func(*writer) string {
	return func(w *writer) string {
		s := w.passage(w.between(3, 7), " ", bank)
		if w.IntN(3) == 0 {
			s += "\n\n" + w.passage(w.between(2, 5), " ", bank)
		}
		return s
	}
}

var english = []string{
	"The harbour was quiet when we arrived in ~city~.", "She had written ~n2~ letters and sent none.", "Nobody knew the secret of the old clockmaker.", "On ~date~ the bridge was opened again.", "It costs ~price~, which is more than I can spend.", "The meeting was confidential, or so we thought.", "Call ~phone~ if you want to come along.",
	"My grandfather kept his passport in a biscuit tin.", "There were ~n3~ people in the hall and ~n2~ chairs.", "The key turned twice before the door gave way.", "We walked ~n2~ miles, and the dog walked more.", "Reference number ~d9~ was on the envelope.", "You need a library card to borrow it.", "The account he gave of the night was strange.", "They classified the beetles by their wings.", "Room ~n3~ is on the left.",
}

var german = []string{
	"Der Hafen lag still, als wir in ~city~ ankamen.", "Bitte melden Sie sich unter ~phone~.", "Die Rechnungsnummer ~n9~ vom ~date~ ist bezahlt.", "Niemand kannte das Geheimnis des Uhrmachers.", "Das Gespräch war vertraulich, dachten wir jedenfalls.", "Kundennummer ~n8~, Vertragskonto ~n10~, Zählernummer ~d8~.", "Er suchte seinen Reisepass in drei Schubladen.",
	"Der Eintritt kostet ~price~.", "Ihr Aktenzeichen lautet ~n2~ C ~n3~/~d2~.", "Die Sendung ~tracking~ kommt am ~weekday~.", "Für den Führerschein braucht man ~n2~ Stunden.", "Das Passwort muss acht Zeichen haben.", "Die Steuererklärung ist bis zum ~date~ fällig.", "Die Kreditkarte wurde nicht angenommen.", "Artikelnummer ~part~, Lagerplatz ~n2~-~n2~.", "Im ~month~ waren es ~n3~ Besucher, ~pct~ mehr.",
}

var french = []string{
	"Le port était calme à notre arrivée à ~city~.", "Appelez le ~phone~ avant midi.", "La facture n° ~n8~ du ~date~ est réglée.", "Personne ne connaissait le secret de l'horloger.", "La réunion était confidentielle, croyions-nous.", "Numéro de client ~n9~, contrat ~n10~.", "Il a perdu son passeport à la gare.", "Le billet coûte ~price~.", "Votre colis ~tracking~ arrivera ~weekday~.",
	"Le mot de passe doit avoir douze caractères.", "La carte bancaire n'est pas acceptée ici.", "Le dossier ~d8~ est clos.", "Il faut ~n2~ heures de conduite pour le permis.", "Code postal ~n5~, porte ~n1~.", "En ~month~, ~n3~ visiteurs sont venus.",
}

var spanish = []string{
	"El puerto estaba tranquilo cuando llegamos a ~city~.", "Llame al ~phone~ antes del ~weekday~.", "La factura ~n9~ del ~date~ está pagada.", "Nadie sabía el secreto del relojero.", "La reunión era confidencial, o eso pensábamos.", "Número de cliente ~n8~, pedido ~order~.", "Perdió el pasaporte en el tren.", "La entrada cuesta ~price~.", "El paquete ~tracking~ llega mañana.",
	"La contraseña debe tener diez letras.", "No aceptan tarjeta de crédito.", "El expediente ~d8~/~isoyear~ está cerrado.", "La calle mide ~n3~ metros.", "En ~month~ vinieron ~n4~ personas.", "El carné de conducir cuesta mucho.",
}

var italian = []string{
	"Il porto era tranquillo quando siamo arrivati a ~city~.", "Chiami il ~phone~ entro ~weekday~.", "La fattura ~n8~ del ~date~ è pagata.", "Nessuno conosceva il segreto dell'orologiaio.", "La riunione era riservata, pensavamo.", "Codice cliente ~n8~, ordine ~order~.", "Ha perso il passaporto a ~city~.", "Il biglietto costa ~price~.", "Il pacco ~tracking~ arriva domani.",
	"La password deve avere otto caratteri.", "La carta di credito non funziona.", "Pratica n. ~d9~, ufficio ~n2~.", "La patente scade nel ~isoyear~.", "Erano ~n3~ persone e ~n2~ sedie.",
}

var dutch = []string{
	"De haven was stil toen we in ~city~ aankwamen.", "Bel ~phone~ voor ~weekday~.", "Factuur ~n9~ van ~date~ is betaald.", "Niemand kende het geheim van de klokkenmaker.", "Het gesprek was vertrouwelijk, dachten we.", "Klantnummer ~n8~, ordernummer ~n9~.", "Hij zocht zijn paspoort in drie laden.", "Een kaartje kost ~price~.", "Pakket ~tracking~ komt morgen.",
	"Het wachtwoord moet tien tekens hebben.", "De creditcard werd geweigerd.", "Dossier ~d8~ is gesloten.", "Het rijbewijs kost ~price~.", "In ~month~ kwamen er ~n3~ bezoekers.", "Meterstand ~d5~, meternummer ~d9~.",
}

var polish = []string{
	"Port był cichy, kiedy dotarliśmy do miasta ~city~.", "Proszę dzwonić pod ~phone~.", "Faktura nr ~n9~ z dnia ~date~ jest zapłacona.", "Nikt nie znał tajemnicy zegarmistrza.", "Spotkanie było poufne, tak myśleliśmy.", "Numer klienta ~n8~, zamówienie ~order~.", "Zgubił paszport w pociągu.", "Bilet kosztuje ~price~.", "Paczka ~tracking~ będzie jutro.",
	"Hasło musi mieć osiem znaków.", "Karta kredytowa nie działa.", "Sprawa ~d8~ jest zamknięta.", "Prawo jazdy kosztuje dużo.", "W sali było ~n3~ osób.", "Nr licznika ~d8~, stan ~d5~.",
}

var portuguese = []string{
	"O porto estava calmo quando chegámos a ~city~.", "Ligue para ~phone~ até ~weekday~.", "A fatura ~n9~ de ~date~ está paga.", "Ninguém sabia o segredo do relojoeiro.", "A reunião era confidencial, pensávamos.", "Número de cliente ~n8~, encomenda ~order~.", "Perdeu o passaporte no comboio.", "O bilhete custa ~price~.", "A encomenda ~tracking~ chega amanhã.",
	"A senha deve ter oito letras.", "O cartão de crédito não funciona.", "O processo ~d8~ está fechado.", "A carta de condução custa muito.", "Em ~month~ vieram ~n4~ pessoas.",
}

var chinese = []string{"我们到达~city~时，港口很安静。", "请拨打 ~phone~。", "订单号 ~n12~，快递单号 ~d12~。", "会议时间：~date~ ~time~。", "价格为 ~price~。", "没有人知道这个秘密。", "密码必须至少八个字符。", "他把护照忘在火车上了。", "参加人数 ~n3~，增长 ~pct~。", "请总结以下内容，并翻译成英文。"}

var japanese = []string{"~city~に着いたとき、港は静かでした。", "お電話は ~phone~ までお願いします。", "注文番号 ~n10~、追跡番号 ~d12~ です。", "会議は ~date~ ~time~ からです。", "料金は ~price~ です。", "秘密は誰も知りません。", "パスワードは八文字以上にしてください。", "パスポートを忘れました。", "ＡＢＣ１２３の在庫は ~n2~ 個です。", "次の文章を要約してください。"}

var russian = []string{"Когда мы приехали в ~city~, порт был тих.", "Звоните по номеру ~phone~.", "Заказ № ~n10~ от ~date~ оплачен.", "Никто не знал секрета часовщика.", "Встреча была конфиденциальной, как мы думали.", "Номер клиента ~n8~.", "Он потерял паспорт в поезде.", "Билет стоит ~price~.", "Посылка ~d14~ придёт завтра.", "Пароль должен быть длиннее восьми символов.", "В зале было ~n3~ человек."}

var arabic = []string{"كان الميناء هادئا عندما وصلنا إلى ~city~.", "اتصل على ~phone~.", "رقم الطلب ~n10~ بتاريخ ~date~.", "لا أحد يعرف السر.", "السعر ~price~.", "الاجتماع يوم ~date~ الساعة ~time~.", "فقد جواز السفر في القطار.", "كلمة المرور يجب أن تكون طويلة.", "عدد الزوار ~n4~."}
