package detect

import (
	"strings"
)

// The vendors' tokens that have a form of their own.
const (
	AWSAccessKey     DetectorID = "aws_access_key"
	AWSBedrockKey    DetectorID = "aws_bedrock_key"
	GitHubToken      DetectorID = "github_token"
	GitLabToken      DetectorID = "gitlab_token"
	SlackToken       DetectorID = "slack_token"
	OpenAIKey        DetectorID = "openai_key"
	AnthropicKey     DetectorID = "anthropic_key"
	GoogleAPIKey     DetectorID = "google_api_key"
	GoogleOAuth      DetectorID = "google_oauth"
	StripeKey        DetectorID = "stripe_key"
	SendGridKey      DetectorID = "sendgrid_key"
	TwilioKey        DetectorID = "twilio_key"
	NPMToken         DetectorID = "npm_token"
	HuggingFaceToken DetectorID = "huggingface_token"
	PyPIToken        DetectorID = "pypi_token"
	DigitalOcean     DetectorID = "digitalocean_token"
	ShopifyToken     DetectorID = "shopify_token"
	AtlassianToken   DetectorID = "atlassian_token"
	DatabricksToken  DetectorID = "databricks_token"
	GrafanaToken     DetectorID = "grafana_token"
	VaultToken       DetectorID = "vault_token"
	DockerToken      DetectorID = "docker_token"
	PostmanKey       DetectorID = "postman_key"
	NewRelicKey      DetectorID = "newrelic_key"
	BrevoKey         DetectorID = "brevo_key"
	SonarToken       DetectorID = "sonar_token"
	FigmaToken       DetectorID = "figma_token"
	PlanetScale      DetectorID = "planetscale_token"
	DopplerToken     DetectorID = "doppler_token"
	LinearKey        DetectorID = "linear_key"
	SentryToken      DetectorID = "sentry_token"
	OnePassword      DetectorID = "onepassword_token"
	ArtifactoryKey   DetectorID = "artifactory_key"
	AgeKey           DetectorID = "age_key"
	RubyGemsKey      DetectorID = "rubygems_key"
	FlyToken         DetectorID = "fly_token"
	PlaidToken       DetectorID = "plaid_token"
	PulumiToken      DetectorID = "pulumi_token"
)

// form is a prefix, the bytes that may follow, and how many do.
type form struct {
	id       DetectorID
	prefix   string
	chars    uint16
	min, max int // length behind the prefix; max 0 is no limit
}

const (
	isTokenDot    = isToken | isDot
	isUpperDigit  = isUpper | isDigit
	isTokenBase64 = isToken | isBase64
)

// forms are facts from the vendors' documentation and from the rules of
// gitleaks (MIT, v8.30.1) and GitHub's published secret-scanning patterns.
// Publishable keys (Stripe's pk_) and account ids are not secrets.
var forms = []form{
	{AWSAccessKey, "AKIA", isUpperDigit, 16, 16},
	{AWSAccessKey, "ASIA", isUpperDigit, 16, 16},
	{AWSAccessKey, "ABIA", isUpperDigit, 16, 16},
	{AWSAccessKey, "ACCA", isUpperDigit, 16, 16},
	{AWSBedrockKey, "ABSK", isBase64, 105, 280},
	{GitHubToken, "ghp_", isAlnum, 36, 255},
	{GitHubToken, "gho_", isAlnum, 36, 255},
	{GitHubToken, "ghu_", isAlnum, 36, 255},
	{GitHubToken, "ghs_", isAlnum, 36, 255},
	{GitHubToken, "ghr_", isAlnum, 36, 255},
	{GitHubToken, "github_pat_", isWord, 70, 255},
	{GitLabToken, "glpat-", isTokenDot, 18, 320},
	{GitLabToken, "gldt-", isToken, 20, 64},
	{GitLabToken, "glptt-", isToken, 20, 64},
	{GitLabToken, "glrt-", isToken, 20, 64},
	{GitLabToken, "glft-", isToken, 20, 64},
	{GitLabToken, "glcbt-", isToken, 20, 80},
	{GitLabToken, "glimt-", isToken, 20, 64},
	{GitLabToken, "glffct-", isToken, 20, 64},
	{GitLabToken, "glsoat-", isToken, 20, 64},
	{GitLabToken, "glagent-", isToken, 50, 80},
	{GitLabToken, "gloas-", isToken, 40, 80},
	{SlackToken, "xoxb-", isToken, 20, 0},
	{SlackToken, "xoxp-", isToken, 20, 0},
	{SlackToken, "xoxa-", isToken, 20, 0},
	{SlackToken, "xoxo-", isToken, 20, 0},
	{SlackToken, "xoxr-", isToken, 20, 0},
	{SlackToken, "xoxs-", isToken, 20, 0},
	{SlackToken, "xoxc-", isToken, 20, 0},
	{SlackToken, "xoxd-", isToken, 20, 0},
	{SlackToken, "xoxe-", isToken, 40, 0},
	{SlackToken, "xoxe.", isTokenDot, 40, 0},
	{SlackToken, "xapp-", isToken, 30, 0},
	{AnthropicKey, "sk-ant-api", isToken, 85, 140},
	{AnthropicKey, "sk-ant-admin", isToken, 85, 140},
	{AnthropicKey, "sk-ant-oat", isToken, 85, 140},
	{OpenAIKey, "sk-proj-", isToken, 40, 220},
	{OpenAIKey, "sk-svcacct-", isToken, 40, 220},
	{OpenAIKey, "sk-admin-", isToken, 40, 220},
	{OpenAIKey, "sk-or-v1-", isHex, 60, 70}, // OpenRouter
	{OpenAIKey, "sk-", isAlnum, 32, 64},     // and others that copied the form
	{GoogleAPIKey, "AIza", isToken, 35, 35},
	{GoogleOAuth, "GOCSPX-", isToken, 28, 28},
	{GoogleOAuth, "ya29.", isToken, 60, 0},
	{StripeKey, "sk_live_", isAlnum, 16, 255},
	{StripeKey, "sk_test_", isAlnum, 16, 255},
	{StripeKey, "sk_prod_", isAlnum, 16, 255},
	{StripeKey, "rk_live_", isAlnum, 16, 255},
	{StripeKey, "rk_test_", isAlnum, 16, 255},
	{StripeKey, "rk_prod_", isAlnum, 16, 255},
	{StripeKey, "whsec_", isAlnum | isBase64, 32, 64},
	{SendGridKey, "SG.", isTokenDot, 60, 75},
	{TwilioKey, "SK", isHex, 32, 32},
	{NPMToken, "npm_", isAlnum, 36, 36},
	{HuggingFaceToken, "hf_", isAlnum, 34, 40},
	{HuggingFaceToken, "api_org_", isAlpha, 34, 34},
	{PyPIToken, "pypi-AgE", isToken, 84, 0},
	{DigitalOcean, "dop_v1_", isHex, 64, 64},
	{DigitalOcean, "doo_v1_", isHex, 64, 64},
	{DigitalOcean, "dor_v1_", isHex, 64, 64},
	{ShopifyToken, "shpat_", isHex, 32, 32},
	{ShopifyToken, "shpca_", isHex, 32, 32},
	{ShopifyToken, "shppa_", isHex, 32, 32},
	{ShopifyToken, "shpss_", isHex, 32, 32},
	{AtlassianToken, "ATATT3", isToken, 100, 260},
	{AtlassianToken, "ATCTT3", isToken, 100, 260},
	{AtlassianToken, "ATBB", isAlnum, 32, 32},
	{DatabricksToken, "dapi", isHex | isDash, 32, 34},
	{GrafanaToken, "glc_", isAlnum | isBase64, 32, 420},
	{GrafanaToken, "glsa_", isWord, 41, 41},
	{VaultToken, "hvs.", isToken, 90, 0},
	{VaultToken, "hvb.", isToken, 130, 0},
	{DockerToken, "dckr_pat_", isToken, 27, 27},
	{DockerToken, "dckr_oat_", isToken, 27, 32},
	{PostmanKey, "PMAK-", isToken, 59, 59},
	{PostmanKey, "PMAT-", isUpperDigit, 26, 26},
	{NewRelicKey, "NRAK-", isUpperDigit, 27, 27},
	{NewRelicKey, "NRII-", isToken, 32, 32},
	{BrevoKey, "xkeysib-", isToken, 81, 81},
	{SonarToken, "squ_", isHex, 40, 40},
	{SonarToken, "sqp_", isHex, 40, 40},
	{SonarToken, "sqa_", isHex, 40, 40},
	{FigmaToken, "figd_", isToken, 38, 60},
	{PlanetScale, "pscale_tkn_", isTokenDot, 32, 64},
	{PlanetScale, "pscale_pw_", isTokenDot, 32, 64},
	{PlanetScale, "pscale_oauth_", isTokenDot, 32, 64},
	{DopplerToken, "dp.pt.", isAlnum, 40, 44},
	{DopplerToken, "dp.st.", isTokenDot, 40, 80},
	{LinearKey, "lin_api_", isAlnum, 40, 40},
	{SentryToken, "sntrys_", isWord | isBase64, 80, 0},
	{SentryToken, "sntryu_", isHex, 64, 64},
	{OnePassword, "ops_eyJ", isToken | isBase64, 200, 0},
	{ArtifactoryKey, "AKCp", isAlnum, 69, 69},
	{AgeKey, "AGE-SECRET-KEY-1", isUpperDigit, 58, 58},
	{RubyGemsKey, "rubygems_", isHex, 48, 48},
	{FlyToken, "fm2_", isWord | isBase64, 95, 0},
	{FlyToken, "fo1_", isToken, 43, 43},
	{PlaidToken, "access-production-", isHex | isDash, 36, 36},
	{PlaidToken, "access-development-", isHex | isDash, 36, 36},
	{PulumiToken, "pul-", isHex, 40, 40},
}

var tokenTitles = []struct {
	id    DetectorID
	title string
}{
	{AWSAccessKey, "AWS access key id"}, {AWSBedrockKey, "AWS Bedrock API key"}, {GitHubToken, "GitHub token"},
	{GitLabToken, "GitLab token"}, {SlackToken, "Slack token"}, {OpenAIKey, "OpenAI API key, and others of the same form"},
	{AnthropicKey, "Anthropic API key"}, {GoogleAPIKey, "Google API key"}, {GoogleOAuth, "Google OAuth client secret or access token"},
	{StripeKey, "Stripe secret or restricted key"}, {SendGridKey, "SendGrid API key"}, {TwilioKey, "Twilio API key"},
	{NPMToken, "npm access token"}, {HuggingFaceToken, "Hugging Face token"}, {PyPIToken, "PyPI token"},
	{DigitalOcean, "DigitalOcean token"}, {ShopifyToken, "Shopify token"}, {AtlassianToken, "Atlassian or Bitbucket token"},
	{DatabricksToken, "Databricks token"}, {GrafanaToken, "Grafana token"}, {VaultToken, "HashiCorp Vault token"},
	{DockerToken, "Docker Hub token"}, {PostmanKey, "Postman key"}, {NewRelicKey, "New Relic key"}, {BrevoKey, "Brevo API key"},
	{SonarToken, "SonarQube token"}, {FigmaToken, "Figma token"}, {PlanetScale, "PlanetScale credential"},
	{DopplerToken, "Doppler token"}, {LinearKey, "Linear API key"}, {SentryToken, "Sentry token"},
	{OnePassword, "1Password service account token"}, {ArtifactoryKey, "Artifactory API key"}, {AgeKey, "age secret key"},
	{RubyGemsKey, "RubyGems API key"}, {FlyToken, "Fly.io token"}, {PlaidToken, "Plaid access token"}, {PulumiToken, "Pulumi token"},
}

// sampleBody returns n bytes of the given class that look random. Samples are
// made here, so that no token-shaped value stands in the source.
func sampleBody(chars uint16, n int) string {
	const source = "q7Zt4Bf9xK2mVc8Rj5Ld0Wn6Ah3Ps1Yg"
	var b []byte
	for i := 0; len(b) < n; i++ {
		c := source[(i*5+i/32)%len(source)]
		if chars&isLower == 0 {
			c = upper(c)
		} else if chars&isUpper == 0 {
			c = lower(c)
		}
		if class[c]&chars == 0 {
			c = "0123456789abcdef"[c%16]
		}
		if class[c]&chars == 0 {
			c = 'a' + c%26
		}
		b = append(b, c)
	}
	return string(b)
}

func tokenDetectors() []Detector {
	var all []Detector
	for _, t := range tokenTitles {
		d := Detector{ID: t.id, Class: ClassSecret, Confidence: High, Title: t.title}
		for _, f := range forms {
			if f.id != t.id {
				continue
			}
			body := sampleBody(f.chars, f.min)
			if f.prefix == "SG." {
				body = body[:22] + "." + body[:43]
			}
			d.Hits = append(d.Hits, f.prefix+body, "curl -H 'X-Auth:"+f.prefix+body+"' https://api.host", `{"a":"b\n`+f.prefix+body+`\n"}`)
			d.Misses = append(d.Misses, f.prefix, f.prefix+"...", "x"+f.prefix+body, f.prefix+strings.Repeat("x", f.min),
				f.prefix+strings.Repeat("0", f.min), f.prefix+"EXAMPLE"+strings.Repeat("A", f.min-7), f.prefix+body[:f.min/2])
		}
		if t.id == AWSAccessKey {
			d.Misses = append(d.Misses, "AKIA"+"IOSFODNN7EXAMPLE") // of AWS' documentation
		}
		all = append(all, d)
	}
	return all
}

// token looks for a token of the form f that starts at i.
func (s *scanner) token(i int, f *form) int {
	text := s.text
	body := i + len(f.prefix)
	j := body
	for j < len(text) && class[text[j]]&f.chars != 0 {
		j++
	}
	s.steps += j - i
	for j > body && (text[j-1] == '.' || text[j-1] == '-') {
		j-- // of the sentence around it
	}
	n := j - body
	if n < f.min || f.max > 0 && n > f.max || j < len(text) && class[text[j]]&isWord != 0 {
		return i
	}
	if !varied(text[body:j]) || isPlaceholder(text[body:j]) {
		return i
	}
	for j < len(text) && text[j] == '=' && f.chars&isBase64 == isBase64 {
		j++
	}
	s.add(f.id, ClassSecret, High, i, j, Why{})
	return j
}

// varied reports whether b has as many different bytes as chance would give:
// a run of x or 0 is a placeholder.
func varied(b []byte) bool {
	var seen uint64
	for _, c := range b {
		seen |= 1 << (c & 63)
	}
	return ones(seen) >= min(7, len(b)/2)
}
