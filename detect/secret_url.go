package detect

// Credentials in addresses.
const (
	ConnectionString DetectorID = "connection_string"
	URLPassword      DetectorID = "url_password"
	WebhookURL       DetectorID = "webhook_url"
)

func urlDetectors() []Detector {
	const slack = "https://hooks.slack.com/services/"
	return []Detector{
		{
			ID: ConnectionString, Class: ClassSecret, Confidence: High,
			Title: "Connection string of a database or broker with its password",
			Hits: []string{
				"DATABASE_URL=postgres://crm:S72tGL6fUMtg@10.2.3.4/crm",
				"mongodb+srv://app:GtDFZJH9ED7F5W@cluster0.ab1cd.mongodb.net/prod",
				"redis://:p4ssW0rdX@cache:6379", "amqps://svc:K9!x/7:z@mq.host", "jdbc:mysql://app:q9Lx2vT1@db/x",
				"Server=tcp:db1.host,1433;Database=crm;User ID=svc;Password=k3Fq92xLp;Encrypt=True;",
				"Data Source=db;User Id=sa;Pwd=Winter-2024!",
				"jdbc:sqlserver://db:1433;databaseName=x;user=sa;password=Qw8zzT1p;",
			},
			Misses: []string{
				"mongodb://<username>:<password>@cluster0.example.mongodb.net", "postgres://user:password@localhost/db",
				"postgres://postgres:postgres@db:5432/app", "redis://localhost:6379", "redis://a:b", "mysql://root@db/x",
				"postgres://app:${DB_PASSWORD}@db/x", "postgres://app:{{ password }}@db/x", "amqp://guest:guest@mq",
				"postgres://app:$PASS@db", "postgres://app:********@db", "postgres://app:%s@db", "Server=a;Password=;", "Server=a;Password=***;",
			},
		}, {
			ID: URLPassword, Class: ClassSecret, Confidence: High,
			Title: "Address with a user's password in it",
			Hits:  []string{"http://cafeb4b3:d3adb33f@enterprise.host.com?x=1", "git clone https://ana:hT4kp0-w9@git.host/repo"},
			Misses: []string{
				"https://user:pass@host", "https://host:8080/@ana", "https://host/a:b@c", "'https://url:8000';@something else",
				"https://ana@host", "http://user:password@example.com", "https://USER:PASSWORD@host", "see https://host:443/path@v1",
			},
		}, {
			ID: WebhookURL, Class: ClassSecret, Confidence: High,
			Title: "Webhook address that lets anybody post (Slack, Discord, Teams)",
			Hits: []string{slack + "T02Q8ZK4M" + "/B07R3LX9P/" + "q7Zt4Bf9xK2mVc8Rj5Ld0Wn6", "https://discord.com/api/webhooks/" + "104839201938475610/" + alnum(68),
				"https://contoso.webhook.office.com/webhookb2/" + "5c1e7b90-8d3f-4f62-9a11-0d2b7c4e6f80@1c906b10-6eb5-44ed-a212-40c17947fd4e/IncomingWebhook/" + "8f14e45fceea167a5a36dedd4bea2543/5c1e7b90-8d3f-4f62-9a11-0d2b7c4e6f80"},
			Misses: []string{slack, slack + "T00000000/B00000000/" + "XXXXXXXXXXXXXXXXXXXXXXXX", "https://discord.com/api/webhooks/"},
		},
	}
}

// databases are the schemes of databases, brokers, directories and mail.
var databases = [...]string{"postgres", "postgresql", "mysql", "mariadb", "mongodb", "mongodb+srv", "redis", "rediss", "amqp", "amqps", "mssql",
	"sqlserver", "oracle", "db2", "clickhouse", "cockroachdb", "kafka", "nats", "mqtt", "mqtts", "ldap", "ldaps", "ftp", "ftps", "sftp", "smtp",
	"smtps", "imap", "imaps", "snowflake", "cassandra", "neo4j", "bolt", "influxdb", "couchdb", "couchbase", "elasticsearch", "valkey",
	"postgresql+psycopg2", "postgresql+asyncpg", "mysql+pymysql", "redshift", "vertica", "trino", "presto", "hive2"}

var (
	passInURL   = say("password between the scheme and the host")
	ofDatabase  = say("of a database or broker")
	webhookPath = say("the path of a webhook that lets anybody post")
)

const (
	maxScheme    = 24
	maxAuthority = 320
)

// address looks at the :// at i.
func (s *scanner) address(i int) int {
	text, n := s.text, len(s.text)
	start := i
	for start > 0 && i-start < maxScheme && (class[text[start-1]]&(isAlnum|isDash) != 0 || text[start-1] == '+') {
		start--
	}
	for start < i && class[text[start]]&isAlpha == 0 {
		start++
	}
	from := i + 3
	if start == i {
		return from
	}
	if hasPrefix(text, from, "hooks.slack.com/") || hasPrefix(text, from, "discord") || hasPrefix(text, from, "outlook.office.com/webhook") ||
		hasPrefix(text, s.stretch(from, isAlnum|isDash, 40), ".webhook.office.com/webhookb2/") {
		if j := s.webhook(start, from); j > 0 {
			return j
		}
	}
	// A password may hold a slash or question mark, so the host's @ is the last
	// one before white space, a quote or another address.
	colon, at, end := 0, 0, from
	for ; end < n && end-from < maxAuthority; end++ {
		c := text[end]
		if c <= ' ' || c == '"' || c == '\'' || c == '`' || c == '<' && at == 0 || c == '\\' || c == ',' && at > 0 {
			break
		}
		if c == ':' {
			if hasPrefix(text, end, "://") {
				break
			}
			if colon == 0 {
				colon = end
			}
		}
		if c == '@' && colon > 0 {
			at = end
		}
		if c == '/' && (colon == 0 || at > 0) || (c == '?' || c == ';' || c == '#') && at > 0 {
			break
		}
	}
	s.steps += end - start
	if colon == 0 || at == 0 || at == colon+1 {
		return from
	}
	user, pass := text[from:colon], text[colon+1:at]
	// host:port/path@x has no credentials: the port is digits and a slash.
	digits := 0
	for digits < len(pass) && class[pass[digits]]&isDigit != 0 {
		digits++
	}
	if digits < len(pass) && pass[digits] == '/' {
		return from
	}
	for _, c := range user {
		if c == '/' || c == '?' || c == '#' {
			return from
		}
	}
	host := at + 1
	for host < end && (class[text[host]]&(isTokenDot) != 0 || text[host] == ':') {
		host++
	}
	if host == at+1 || isReference(pass) || isWeakPassword(pass) || equalFold(user, pass) || isDocumentation(text[at+1:host]) && !rare(pass, lookAt(pass)) {
		return from
	}
	scheme := text[start:i]
	for _, d := range databases {
		if len(scheme) == len(d) && hasPrefixFold(scheme, 0, d) {
			if len(pass) < 4 {
				return from
			}
			s.add(ConnectionString, ClassSecret, High, start, host, Why{Length: len(pass), Form: passInURL, Check: ofDatabase})
			return host
		}
	}
	if l := lookAt(pass); len(pass) >= 6 && (rare(pass, l) || chosen(pass, l)) {
		s.add(URLPassword, ClassSecret, High, start, host, Why{Length: len(pass), Form: passInURL})
		return host
	}
	return from
}

// webhook looks for the secret path of a webhook's address.
func (s *scanner) webhook(start, from int) int {
	text := s.text
	j := from
	for j < len(text) && j-from < 300 && (class[text[j]]&isTokenDot != 0 || text[j] == '/' || text[j] == '@') {
		j++
	}
	s.steps += j - from
	tail := j
	for tail > from && text[tail-1] != '/' {
		tail--
	}
	if j-tail < 20 || !varied(text[tail:j]) || isPlaceholder(text[tail:j]) {
		return 0
	}
	s.add(WebhookURL, ClassSecret, High, start, j, Why{Length: j - tail, Form: webhookPath})
	return j
}
