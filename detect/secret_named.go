package detect

import "strings"

// named is what a vendor's secret looks like that has no form of its own, so
// that the vendor's name has to stand in the name it is given to: snyk_token =
// <UUID>. Anybody else's UUID or hex stays an id.
type named struct {
	id    DetectorID
	title string
	words string // of the vendor, in lower case, with a space between them; a dash is any separator
	forms string // UUID is one
}

const uuidForm = `[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}`

// vendorNames are facts from the same sources as vendors.
var vendorNames = []named{
	{"adafruit_key", "Adafruit key", "adafruit", `[\w-]{32} aio_[A-Za-z]{28}`},
	{"adobe_secret", "Adobe client secret", "adobe", `[a-f0-9]{32}`},
	{"airtable_token", "Airtable token", "airtable", `[A-Za-z0-9]{17}`},
	{"algolia_key", "Algolia API key", "algolia", `[a-z0-9]{32}`},
	{"alibaba_key", "Alibaba Cloud access key", "alibaba aliyun", `[A-Za-z0-9]{30}`},
	{"asana_token", "Asana token", "asana", `\d{16} [a-z0-9]{32} [012]/\d{16}:[a-f0-9]{32} [012]/\d{16}/\d{16}:[a-f0-9]{32}`},
	{"atlassian_token", "Atlassian token", "atlassian confluence jira", `[A-Za-z0-9]{24} [MNO][\w+/]{43}`},
	{"beamer_token", "Beamer token", "beamer", `b_[\w=-]{44}`},
	{"bitbucket_secret", "Bitbucket client secret", "bitbucket", `[A-Za-z0-9]{32} [\w=-]{64}`},
	{"bittrex_key", "Bittrex key", "bittrex", `[a-z0-9]{32}`},
	{"meraki_key", "Cisco Meraki API key", "meraki", `[a-f0-9]{40}`},
	{"cloudflare_key", "Cloudflare API key or token", "cloudflare", `[\w-]{40} [a-f0-9]{37}`},
	{"codecov_token", "Codecov token", "codecov", `[a-z0-9]{32} UUID`},
	{"cohere_key", "Cohere API key", "cohere co-api-key", `[A-Za-z0-9]{40}`},
	{"coinbase_key", "Coinbase key", "coinbase", `[\w-]{64} [A-Za-z0-9]{16} [A-Za-z0-9]{32}`},
	{"confluent_key", "Confluent Cloud key or secret", "confluent", `[A-Za-z0-9]{16} [A-Za-z0-9+/]{64}`},
	{"contentful_token", "Contentful token", "contentful", `[\w=-]{43}`},
	{"datadog_key", "Datadog key", "datadog dd-api-key dd-app-key", `[a-z0-9]{40} [a-f0-9]{32}`},
	{"deepgram_key", "Deepgram API key", "deepgram", `[a-f0-9]{40}`},
	{"deepl_key", "DeepL API key", "deepl", `UUID UUID:fx`},
	{"discord_secret", "Discord client id or secret", "discord", `[a-f0-9]{64} \d{17,20} [\w=-]{32}`},
	{"drone_token", "Drone CI token", "droneci drone", `[A-Za-z0-9]{32}`},
	{"dropbox_token", "Dropbox token", "dropbox", `[a-z0-9]{15} [A-Za-z0-9]{11}AAAAAAAAAA[\w=-]{43} sl\.[\w=-]{130,}`},
	{"etsy_token", "Etsy token", "etsy", `[a-z0-9]{24}`},
	{"facebook_secret", "Facebook app secret", "facebook fb-app-secret", `[a-f0-9]{32}`},
	{"fastly_token", "Fastly token", "fastly", `[\w=-]{32}`},
	{"finicity_token", "Finicity token", "finicity", `[a-f0-9]{32} [a-z0-9]{20}`},
	{"finnhub_token", "Finnhub token", "finnhub", `[a-z0-9]{20}`},
	{"flickr_token", "Flickr token", "flickr", `[a-z0-9]{32} [a-f0-9]{16}`},
	{"freshbooks_token", "FreshBooks token", "freshbooks", `[a-z0-9]{64}`},
	{"gitter_token", "Gitter token", "gitter", `[\w-]{40}`},
	{"gocardless_token", "GoCardless token", "gocardless", `(live|sandbox)_[\w=-]{40}`},
	{"heroku_key", "Heroku API key", "heroku", `UUID`},
	{"hubspot_token", "HubSpot API key", "hubspot hapikey", `UUID`},
	{"intercom_token", "Intercom token", "intercom", `[\w=-]{60}`},
	{"jfrog_token", "JFrog token", "jfrog artifactory bintray xray", `[A-Za-z0-9]{73} [A-Za-z0-9]{64}`},
	{"kraken_key", "Kraken key", "kraken", `[A-Za-z0-9/=_+-]{80,90}`},
	{"kucoin_key", "KuCoin key", "kucoin", `[a-f0-9]{24} UUID`},
	{"launchdarkly_key", "LaunchDarkly key", "launchdarkly", `[\w=-]{40}`},
	{"linear_key", "Linear client secret", "linear", `[a-f0-9]{32}`},
	{"linkedin_secret", "LinkedIn client id or secret", "linkedin linked-in", `[a-z0-9]{14} [A-Za-z0-9]{16}`},
	{"looker_secret", "Looker client id or secret", "looker", `[A-Za-z0-9]{20} [A-Za-z0-9]{24}`},
	{"mailchimp_key", "Mailchimp API key", "mailchimp", `[a-f0-9]{32}-us\d{1,2}`},
	{"mailgun_key", "Mailgun key", "mailgun", `[a-h0-9]{32}-[a-h0-9]{8}-[a-h0-9]{8} pubkey-[a-f0-9]{32}`},
	{"mapbox_token", "Mapbox token", "mapbox", `pk\.[A-Za-z0-9]{60}\.[\w-]{22}`},
	{"mattermost_token", "Mattermost token", "mattermost", `[a-z0-9]{26}`},
	{"maxmind_key", "MaxMind licence key", "maxmind", `[A-Za-z0-9]{16}`},
	{"messagebird_key", "MessageBird key", "messagebird message-bird", `[A-Za-z0-9]{25} UUID`},
	{"mistral_key", "Mistral API key", "mistral", `[A-Za-z0-9]{32}`},
	{"netlify_token", "Netlify token", "netlify", `[\w=-]{40,46}`},
	{"newrelic_key", "New Relic key", "new-relic newrelic", `[a-z0-9]{64}`},
	{"nytimes_key", "New York Times API key", "nytimes new-york-times newyorktimes", `[\w=-]{32}`},
	{"okta_token", "Okta API token", "okta", `00[\w=-]{40}`},
	{"opsgenie_key", "Opsgenie key", "opsgenie", `UUID`},
	{"pagerduty_key", "PagerDuty key", "pagerduty pager-duty", `[a-f0-9]{32} [\w+-]{20}`},
	{"plaid_token", "Plaid client id or secret", "plaid", `[a-z0-9]{24} [a-z0-9]{30}`},
	{"privateai_key", "Private AI key", "private-ai privateai", `[a-z0-9]{32}`},
	{"pushover_token", "Pushover token", "pushover", `[a-z0-9]{30}`},
	{"rapidapi_key", "RapidAPI key", "rapidapi rapid-api", `[\w-]{50}`},
	{"salesforce_token", "Salesforce secret", "salesforce sfdc", `[A-F0-9]{64} \d{19}`},
	{"sendbird_token", "Sendbird token", "sendbird", `UUID [a-f0-9]{40}`},
	{"sentry_token", "Sentry token", "sentry", `[a-f0-9]{64}`},
	{"shodan_key", "Shodan API key", "shodan", `[A-Za-z0-9]{32}`},
	{"sidekiq_secret", "Sidekiq Enterprise credential", "contribsys", `[a-f0-9]{8}:[a-f0-9]{8}`},
	{"snyk_token", "Snyk token", "snyk", `UUID`},
	{"softlayer_key", "SoftLayer API key", "softlayer", `[a-z0-9]{64}`},
	{"sonar_token", "SonarQube token", "sonar", `[\w=-]{40}`},
	{"squarespace_token", "Squarespace token", "squarespace", `UUID`},
	{"sumologic_key", "Sumo Logic access id or key", "sumo sumologic", `su[A-Za-z0-9]{12} [A-Za-z0-9]{64}`},
	{"travis_token", "Travis CI token", "travis travisci", `[\w-]{22}`},
	{"trello_key", "Trello key", "trello", `[a-f0-9]{32} [A-Za-z0-9]{32} [a-f0-9]{64} ATTA[a-f0-9]{60,80}`},
	{"twilio_key", "Twilio auth token", "twilio", `[a-f0-9]{32}`},
	{"twitch_token", "Twitch token", "twitch", `[a-z0-9]{30}`},
	{"twitter_token", "X (Twitter) key or token", "twitter", `[A-Za-z0-9]{45} \d{15,25}-[A-Za-z0-9]{20,40} [A-Za-z0-9]{25} [A-Za-z0-9]{50} AAAAAAAAAAAAAAAAAAAAAA[A-Za-z0-9%]{80,100}`},
	{"vercel_token", "Vercel token", "vercel", `[A-Za-z0-9]{24}`},
	{"yandex_key", "Yandex key", "yandex", `YC[\w-]{38}`},
	{"zendesk_token", "Zendesk token", "zendesk", `[A-Za-z0-9]{40}`},
	{"zoom_secret", "Zoom client secret", "zoom", `[A-Za-z0-9]{32}`},
}

// vendorWord is a word of vendorNames in an index by its first letter.
type vendorWord struct {
	text  string
	say   Word
	whole bool // a short word has to stand as one: "sumo", but not in "consumo"
	at    int  // in vendorNames
}

var (
	vendorWords  [26][]vendorWord // by their first letter
	vendorStarts triples
	vendorForms  [][]form
)

func init() {
	for i, v := range vendorNames {
		vendorForms = append(vendorForms, newForms(strings.ReplaceAll(v.forms, "UUID", uuidForm)))
		for _, w := range strings.Fields(v.words) {
			w = strings.ReplaceAll(w, "-", " ")
			k := w[0] - 'a'
			vendorWords[k] = append(vendorWords[k], vendorWord{text: w, say: say(w), whole: len(w) < 7, at: i})
			vendorStarts.add(w)
		}
	}
}

// otherThings end names of what a vendor's things have besides secrets.
var otherThings = [...]string{"url", "uri", "host", "name", "version", "release", "hash", "sha", "commit", "digest", "checksum", "build", "region",
	"image", "path", "file", "domain", "email", "type", "workspace", "slug", "username", "user", "channel", "model", "bucket", "revision", "ref", "etag"}

// nameTails may follow a vendor's name without a separator.
var nameTails = newLexicon("key", "token", "secret", "api", "oauth", "auth", "client", "access")

// vendorOf returns the vendor that a name speaks of, or nil.
func vendorOf(name []byte) *vendorWord {
	for i := vendorStarts.next(name, 0); i < len(name); i = vendorStarts.next(name, i+1) {
		a := lower(name[i])
		if a < 'a' || a > 'z' {
			continue
		}
		words := vendorWords[a-'a']
		for k := range words {
			w := &words[k]
			end := contextWordEnd(name, i, w.text)
			if end == 0 || w.whole && (!wordStart(name, i) || end < len(name) && class[name[end]]&isLower != 0 && !nameTails.at(name, end)) {
				continue
			}
			for _, t := range otherThings {
				if len(name) >= len(t) && hasPrefixFold(name, len(name)-len(t), t) {
					return nil
				}
			}
			return w
		}
	}
	return nil
}

var asItsName = say("in the form that this vendor's secrets have")

// ofVendor records text[i:end] if it has the form of the vendor's secrets, and
// returns where that ends, or 0. r is what the name says of itself.
func (s *scanner) ofVendor(w *vendorWord, i, end int, r role) (after int) {
	for k := range vendorForms[w.at] {
		f := &vendorForms[w.at][k]
		to, looked := f.match(s.text, i)
		if s.steps += looked - i; to < end || to > end && to < len(s.text) && class[s.text[to]]&isValue != 0 {
			continue
		}
		end, v := to, s.text[i:to]
		l := lookAt(v)
		if !varied(v) || isPlaceholder(v) {
			return 0
		}
		// Without "token" or the like in the name, chance has to show.
		switch {
		case l.digit == len(v):
			if r == noSecret {
				return 0
			}
		case r != noSecret:
			if l.digit == 0 && !rare(v, l) {
				return 0
			}
		case l.hex+l.other < len(v) && !rare(v, l) && l.surprises*5 < len(v):
			return 0
		}
		s.add(vendorNames[w.at].id, ClassSecret, High, i, end, Why{Length: len(v), Form: asItsName, Near: w.say, Where: Key})
		return end
	}
	return 0
}
