package detect

import (
	"slices"
	"strings"
)

// Issuer is who makes keys of a kind, and the page where the owner of a key
// ends it and makes another.
type Issuer struct {
	Name string `json:"name"`
	Page string `json:"page"` // an https address
}

// keyIssuers are the pages of well-known vendors, by what finds their keys. Each
// was read in December 2026 in the source that stands beside it: the vendor's own
// help, the tutorials of howtorotate.com (Truffle Security), or for "links" in
// the set-up guides of many public repositories, which all name it.
var keyIssuers = map[DetectorID]Issuer{
	"aws_access_key":     {"AWS", "https://console.aws.amazon.com/iam/home#/security_credentials"},              // docs.aws.amazon.com/IAM/latest/UserGuide/id_credentials_access-keys.html, links
	"google_api_key":     {"Google Cloud", "https://console.cloud.google.com/apis/credentials"},                 // links
	"google_oauth":       {"Google Cloud", "https://console.cloud.google.com/apis/credentials"},                 // links
	"digitalocean_token": {"DigitalOcean", "https://cloud.digitalocean.com/account/api/tokens"},                 // links
	"cloudflare_key":     {"Cloudflare", "https://dash.cloudflare.com/profile/api-tokens"},                      // links
	"vercel_token":       {"Vercel", "https://vercel.com/account/settings/tokens"},                              // links
	"netlify_token":      {"Netlify", "https://app.netlify.com/user/applications"},                              // howtorotate.com/docs/tutorials/netlify
	"tailscale_key":      {"Tailscale", "https://login.tailscale.com/admin/settings/keys"},                      // howtorotate.com/docs/tutorials/tailscale
	"docker_token":       {"Docker Hub", "https://app.docker.com/settings/personal-access-tokens"},              // links
	"github_token":       {"GitHub", "https://github.com/settings/tokens"},                                      // howtorotate.com/docs/tutorials/github
	"gitlab_token":       {"GitLab", "https://gitlab.com/-/user_settings/personal_access_tokens"},               // links; it was /-/profile before
	"atlassian_token":    {"Atlassian", "https://id.atlassian.com/manage-profile/security/api-tokens"},          // howtorotate.com/docs/tutorials/atlassian
	"npm_token":          {"npm", "https://docs.npmjs.com/about-access-tokens"},                                 // howtorotate.com/docs/tutorials/npm
	"pypi_token":         {"PyPI", "https://pypi.org/manage/account/token/"},                                    // links
	"openai_key":         {"OpenAI", "https://platform.openai.com/api-keys"},                                    // howtorotate.com/docs/tutorials/openai
	"anthropic_key":      {"Anthropic", "https://platform.claude.com/settings/keys"},                            // support.claude.com/en/articles/8384961, links
	"huggingface_token":  {"Hugging Face", "https://huggingface.co/settings/tokens"},                            // links
	"replicate_token":    {"Replicate", "https://replicate.com/account/api-tokens"},                             // links
	"groq_key":           {"Groq", "https://console.groq.com/keys"},                                             // howtorotate.com/docs/tutorials/groq
	"pinecone_key":       {"Pinecone", "https://docs.pinecone.io/admin/security/rotate-keys-and-secrets"},       // itself
	"tavily_key":         {"Tavily", "https://docs.tavily.com/documentation/best-practices/api-key-management"}, // itself
	"slack_token":        {"Slack", "https://api.slack.com/apps"},                                               // howtorotate.com/docs/tutorials/slack
	"sendgrid_key":       {"SendGrid", "https://app.sendgrid.com/settings/api_keys"},                            // howtorotate.com/docs/tutorials/sendgrid
	"mailgun_key":        {"Mailgun", "https://app.mailgun.com/settings/api_security"},                          // howtorotate.com/docs/tutorials/mailgun
	"stripe_key":         {"Stripe", "https://dashboard.stripe.com/apikeys"},                                    // docs.gitlab.com/user/application_security/dast/browser/checks/798.175, howtorotate.com/docs/tutorials/stripe
	"square_token":       {"Square", "https://developer.squareup.com/apps"},                                     // howtorotate.com/docs/tutorials/square
}

// IssuerOf returns who makes the keys that a detector finds, and false where no
// page is known.
func IssuerOf(id DetectorID) (Issuer, bool) {
	i, ok := keyIssuers[id]
	return i, ok
}

// Issuers returns all that are known, each once, in the order of their names.
func Issuers() []Issuer {
	var all []Issuer
	for _, i := range keyIssuers {
		if !slices.Contains(all, i) {
			all = append(all, i)
		}
	}
	slices.SortFunc(all, func(a, b Issuer) int { return strings.Compare(strings.ToLower(a.Name), strings.ToLower(b.Name)) })
	return all
}
