package ordinary

// settings is configuration without secrets in it, and what is written about
// software.
var settings = []kind{
	{"config yaml", many(5, 14, "~noun~:\n  ~noun~_timeout: ~n3~s\n  key: ~noun~", "  token_endpoint: ~url~", "  secretName: ~slug~-tls", "  - name: DB_PASSWORD\n    valueFrom: {secretKeyRef: {name: ~slug~, key: password}}", "  image: ~host~/~slug~:~ver~", "  image: ~host~/~noun~@sha256:~hex64~", "  replicas: ~n1~", "  password: ${DB_PASSWORD}", "  access_token_lifetime: ~n4~", "  api_key_header: X-Api-Key", "  client_id: ~uuid~", "  checksum: ~hex32~", "  password_file: /run/secrets/db_password", "  token: \"{{ .Values.token }}\"", "  secret: !vault ~noun~", "  max_tokens: ~n4~")},
	{"config env", many(4, 10, "PORT=~port~", "LOG_LEVEL=debug", "DATABASE_HOST=~host~", "API_KEY=", "API_KEY=<your-api-key>", "SECRET_KEY=changeme", "TOKEN_TTL=~n4~", "DB_PASSWORD=${DB_PASSWORD}", "SENTRY_ENVIRONMENT=staging", "BUILD_ID=~hex12~", "COMMIT_SHA=~hex40~", "AWS_REGION=eu-central-1", "PASSWORD_MIN_LENGTH=~n2~", "KEY_PREFIX=~slug~:~noun~", "SESSION_COOKIE_NAME=~slug~_session", "GA_ID=G-~L4~~d6~", "JWT_ISSUER=~url~", "SMTP_PASSWORD=xxxxxxxx")},
	{"config ini and toml", many(4, 10, "[~noun~]", "key = \"~noun~.~noun~\"", "url = \"~url~\"", "password = os.environ", "version = \"~ver~\"", "; secret = your-secret-here", "timeout = ~n3~", "id = \"~uuid~\"", "token_url = \"https://~host~/oauth/token\"", "path = ~path~", "listen = ~ip~:~port~", "hash = \"sha256:~hex64~\"", "public_key = \"ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAA~b44~ ~slug~\"")},
	{"terraform", many(4, 9, "resource \"aws_~noun~\" \"~slug~\" {\n  name = \"~slug~-~noun~\"\n  arn  = \"arn:aws:iam::~n12~:role/~noun~\"\n}", "variable \"db_password\" {\n  type      = string\n  sensitive = true\n}", "  ami = \"ami-0~hex16~\"", "  subnet_ids = [\"subnet-0~hex16~\", \"subnet-0~hex16~\"]", "  password = var.db_password", "  secret_arn = aws_secretsmanager_secret.~slug~.arn", "  key_name = \"~slug~-key\"", "  cidr_block = \"~ip~/~n2~\"", "  zone_id = \"Z~HEX13~\"")},
	{"lock file", many(3, 8, "\"node_modules/~noun~-~slug~\": {\n  \"version\": \"~n1~.~n2~.~n1~\",\n  \"resolved\": \"https://registry.~slug~.org/~noun~/-/~noun~-~n1~.~n2~.~n1~.tgz\",\n  \"integrity\": \"sha512-~b86~==\"\n},", "github.com/~slug~/~noun~ v~n1~.~n2~.~n1~ h1:~b43~=\ngithub.com/~slug~/~noun~ v~n1~.~n2~.~n1~/go.mod h1:~b43~=", "[[package]]\nname = \"~noun~\"\nversion = \"~n1~.~n1~.~n2~\"\nchecksum = \"~hex64~\"\n", "~noun~==~n1~.~n2~.~n1~ \\\n    --hash=sha256:~hex64~ \\\n    --hash=sha256:~hex64~", "golang.org/x/~noun~ v0.0.0-~compact~~d6~-~hex12~ h1:~b43~=")},
	{"diff", func(w *writer) string {
		return w.fill("diff --git a/~noun~.go b/~noun~.go\nindex ~hex7~..~hex7~ 100644\n--- a/~noun~.go\n+++ b/~noun~.go\n@@ -~n3~,~n1~ +~n3~,~n1~ @@ func ~camel~\n") +
			w.lines(w.between(4, 10), "-\t~noun~ := ~n6~", "+\t~noun~ := ~n7~", " \treturn ~camel~(token, ~noun~)", "-\tpassword := req.FormValue(\"password\")", "+\tpassword := req.PostFormValue(\"password\")", "+\tid: \"~uuid~\"", "-  \"version\": \"~ver~\",", "+  \"version\": \"~ver~\",", "+const key = \"~noun~_~n4~\"")
	}},
	{"readme", func(w *writer) string {
		return w.fill("# ~slug~-~noun~\n\n[![build](~url~)](~url~)\n\nA small tool to ~verb~ your ~noun~s. MIT licensed.\n\n## Install\n\n    go install ~host~/~noun~@v~n1~.~n1~.~n1~\n    export ~UPPER~_API_KEY=<your-api-key>\n\n## Usage\n\n") +
			w.lines(w.between(3, 7), "- `--token-file PATH` reads the token from a file", "- `--password-stdin` asks for nothing", "- set `api_key: YOUR_API_KEY` in the config", "- `GET /~noun~/~n5~` returns `{\"id\": \"~uuid~\", \"token\": \"...\"}`", "- default port ~port~, see ~url~", "- needs ~n2~ MB, takes ~float~ s for ~n6~ rows", "- keys are rotated each ~n2~ days")
	}},
	{"release notes", func(w *writer) string {
		return w.fill("## ~ver~ (~isodate~)\n\n") + w.lines(w.between(3, 10), "- Fix ~noun~ ~verb~ (#~n5~, thanks ~first~)", "- Bump ~noun~ from ~ver~ to ~ver~", "- **Breaking:** `~camel~` takes a token, not a password", "- ~verb~ the secret store faster by ~pct~ ([~hex7~](~url~))", "- CVE-~isoyear~-~n5~: passwords no longer show up in the log", "- The build is reproducible: sha256 ~hex64~")
	}},
	{"checksums", many(3, 8, "~hex64~  ~noun~-~ver~-linux-amd64.tar.gz", "~hex32~ *~noun~.iso", "SHA512 (~noun~.zip) = ~hex64~~hex64~", "~hex40~  ~noun~.deb", "sha256-~b43~=  ~noun~.js")},
	{"public keys", from(
		"ssh-rsa AAAAB3NzaC1yc2EAAAADAQABAAABAQC~b88~~b88~~b88~ ~slug~@laptop", "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAA~b44~ ana@~slug~",
		"-----BEGIN CERTIFICATE-----\n~b64~\n~b64~\n~b64~\n~b43~=\n-----END CERTIFICATE-----", "-----BEGIN PUBLIC KEY-----\n~b64~\n~b64~\n~b22~==\n-----END PUBLIC KEY-----",
		"pub   ed25519 ~isodate~ [SC]\n      ~HEX40~\nuid           ~name~ <ana@~slug~.example>", "SHA256:~b43~ ana@~slug~ (ED25519)", "v=DKIM1; k=rsa; p=MIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8A~b88~~b88~IDAQAB")},
	{"notebook", many(3, 7, "In [~n2~]: df.~verb~(\"~noun~\").mean()\nOut[~n2~]: ~float~", "epoch ~n2~/~n3~ loss ~float~ acc 0.~d4~ lr ~n1~e-0~n1~ tokens ~n8~", "tensor([~float~, ~float~, ~float~])", "array([~n3~, ~n3~, ~n4~], dtype=int64)", "Seed: ~n10~, run ~id8~, ~url~", "{'model': '~noun~-~n1~b', 'max_new_tokens': ~n3~, 'temperature': 0.~n1~}")},
	{"data uri", from("![~noun~](data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAA~b88~~b88~~b88~~b42~==)", "background: url(data:font/woff2;base64,d09GMgAB~b88~~b88~~b44~)", "<img src=\"data:image/gif;base64,R0lGODlh~b88~~b44~\">")},
}
