package detect

import "testing"

// secretShapes are ways in which people give a secret away, as files, code,
// commands, headers, messages and tables have them.
var secretShapes = []string{
	// Settings.
	"DB_PASSWORD=r8Wq2!zPx0", "export DB_PASSWORD='r8Wq2!zPx0'", "DB_PASS=Winter2031", "db.password = r8Wq2zPx0w", "password: \"r8Wq2!zPx0\" # prod",
	"[db]\nuser = crm\npassword = r8Wq2!zPx0\n", `{"user": "crm", "password": "r8Wq2!zPx0"}`, "<Password>r8Wq2!zPx0</Password>",
	`<add key="DbPassword" value="r8Wq2!zPx0" />`, "- name: DB_PASSWORD\n  value: r8Wq2!zPx0", `{"name": "DB_PASSWORD", "value": "r8Wq2!zPx0"}`,
	"ENV DB_PASSWORD r8Wq2!zPx0", "ENV DB_PASSWORD=r8Wq2!zPx0", "    environment:\n      - POSTGRES_PASSWORD=r8Wq2zPx0w\n", "POSTGRES_PASSWORD: r8Wq2!zPx0",
	"variable \"db\" {\n  password = \"r8Wq2!zPx0\"\n}", "password: |\n  r8Wq2!zPx0\n", "spring.datasource.password=rnkO38vFx2", "setx API_TOKEN q7Zt4Bf9xK2mVc8Rj5Ld",
	"machine api.host login crm password r8Wq2!zPx0", "//registry.host/:_authToken=q7Zt4Bf9xK2mVc8Rj5Ld0Wn6", "_auth=Y3JtOnI4V3EyIXpQeDA=",
	`{"auths": {"registry.host": {"auth": "Y3JtOnI4V3EyIXpQeDA="}}}`, "db.host:5432:crm:crm_app:r8Wq2!zPx0",
	"PrivateKey = yAnz5TF+lXXJte14tji3zlMNq+hd2rYUIgJBgB3fBmk=", "requirepass r8Wq2!zPx0", "REDIS_URL=redis://:r8Wq2zPx0w@cache:6379/0",
	"client_secret: 9f1kQz77aaXpL0vT4mZc", "JWT_SECRET=9f1kQz77aaXpL0vT4mZc", "SECRET_KEY_BASE=8f14e45fceea167a5a36dedd4bea2543aa11bb22",
	"apiVersion: v1\nkind: Secret\nmetadata:\n  name: x\ndata:\n  password: cjhXcTIhelB4MA==\n",
	"apiVersion: v1\nkind: Secret\nmetadata:\n  name: x\ndata:\n  cred: cjhXcTIhelB4MGFCOWtR\n",
	// Code.
	`String password = "r8Wq2!zPx0";`, `const apiKey = "q7Zt4Bf9xK2mVc8Rj5Ld";`, `password := "r8Wq2!zPx0"`, `char password[25] = "r8Wq2!zPx0";`, `std::string secret("q7Zt4Bf9xK2mVc8R");`,
	`if (password == "r8Wq2!zPx0") {`, `if password != "r8Wq2!zPx0" {`, `conn.setPassword("r8Wq2!zPx0");`, `auth = HTTPBasicAuth("crm", password="r8Wq2!zPx0")`,
	`$password = 'r8Wq2!zPx0';`, `define('DB_PASSWORD', 'r8Wq2!zPx0');`, `password = b"r8Wq2!zPx0"`, `string password = @"r8Wq2!zPx0";`, "let password: &str = \"r8Wq2!zPx0\";",
	`secret.assign("q7Zt4Bf9xK2mVc8R",17);`, `os.environ["API_TOKEN"] = "q7Zt4Bf9xK2mVc8Rj5Ld"`, `ENV['DB_PASSWORD'] ||= 'r8Wq2!zPx0'`, `:password => 'r8Wq2!zPx0',`,
	`login(user="crm", pwd="r8Wq2!zPx0")`, `data = {'username': 'crm', 'password': 'r8Wq2!zPx0'}`, `val dbPassword = """r8Wq2!zPx0"""`, `$env:API_TOKEN = "q7Zt4Bf9xK2mVc8Rj5Ld"`, `password = "r8Wq<2zPx0"`, `{"password": "r8Wq2zP<x0w"}`,
	`ConvertTo-SecureString "r8Wq2!zPx0" -AsPlainText -Force`, `ConvertTo-SecureString -String 'r8Wq2!zPx0' -AsPlainText -Force`, `New-LocalUser -Name crm -Password "r8Wq2!zPx0"`,
	`args: ["--password", "r8Wq2!zPx0"]`, `@Value("x") String secretKey = "q7Zt4Bf9xK2mVc8Rj5Ld";`, `os.getenv("API_TOKEN", "q7Zt4Bf9xK2mVc8Rj5Ld")`,
	// SQL.
	"CREATE USER crm WITH PASSWORD 'r8Wq2!zPx0';", "ALTER USER crm IDENTIFIED BY 'r8Wq2!zPx0';", "CREATE USER crm IDENTIFIED WITH mysql_native_password BY 'r8Wq2!zPx0';",
	"SET PASSWORD FOR crm = PASSWORD('r8Wq2!zPx0');", "CREATE LOGIN crm WITH PASSWORD = N'r8Wq2!zPx0';", "ALTER ROLE crm PASSWORD 'r8Wq2!zPx0'",
	// Commands.
	"curl -u crm:r8Wq2!zPx0 https://host", "curl --user 'crm:r8Wq2!zPx0' https://host", "curl -H 'X-Api-Key: q7Zt4Bf9xK2mVc8Rj5Ld' https://host", "curl -H \"Authorization: Bearer q7Zt4Bf9xK2mVc8Rj5Ld0Wn6\" https://host",
	"curl -u q7Zt4Bf9xK2mVc8Rj5Ld: https://host", "wget --user=crm --password=r8Wq2zPx0w https://host", "psql \"host=db user=crm password=r8Wq2zPx0w\"", "PGPASSWORD=r8Wq2zPx0w psql -h db",
	"mysql -u root -pr8Wq2zPx0w crm", "mysqldump -u root -p'r8Wq2!zPx0' crm", "sshpass -p 'r8Wq2!zPx0' ssh crm@host", "docker login -u crm -p r8Wq2!zPx0 registry.host", "az login --service-principal -u app -p r8Wq2zPx0wK7 --tenant t",
	"openssl rsa -in k.pem -passin pass:r8Wq2!zPx0", "redis-cli -h cache -a r8Wq2zPx0w ping", "ldapsearch -x -D cn=admin -w r8Wq2!zPx0", "keytool -list -storepass r8Wq2zPx0w",
	"aws configure set aws_secret_access_key q7Zt4Bf9xK2mVc8Rj5Ld0Wn6Ah3Ps1Yg0aB9kQzX", "vault login -method=token token=q7Zt4Bf9xK2mVc8Rj5Ld", "helm install x --set auth.password=r8Wq2zPx0w",
	"mongosh -u crm -p r8Wq2zPx0w",
	// Headers and addresses.
	"Authorization: Basic Y3JtOnI4V3EyIXpQeDA=", "Authorization: Token q7Zt4Bf9xK2mVc8Rj5Ld0Wn6", "X-API-Key: q7Zt4Bf9xK2mVc8Rj5Ld", "Proxy-Authorization: Basic Y3JtOnI4V3EyIXpQeDA=",
	"Cookie: JSESSIONID=8F14E45FCEEA167A5A36DEDD4BEA2543", "https://host/v1?api_key=q7Zt4Bf9xK2mVc8Rj5Ld&x=1", "https://host/v1?x=1&access_token=q7Zt4Bf9xK2mVc8Rj5Ld",
	"https://x.blob.core.windows.net/c?sv=2024-01-01&se=2031-01-01&sr=c&sp=r&sig=q7Zt4Bf9xK2mVc8Rj5Ld0Wn6Ah3Ps1Yg0aB9kQzXs8s%3D", "ftp://crm:r8Wq2zPx0w@files.host/in",
	// Prose and messages.
	"The password is r8Wq2!zPx0, please change it.", "my password for the vpn is r8Wq2!zPx0", "pwd: r8Wq2!zPx0", "login: crm / pass: r8Wq2!zPx0", "user: crm\npw: r8Wq2!zPx0", "Passwort: r8Wq2!zPx0",
	"Das Passwort lautet r8Wq2!zPx0", "Kennwort: r8Wq2!zPx0", "mot de passe : r8Wq2!zPx0", "le mot de passe est r8Wq2!zPx0", "contraseña: r8Wq2!zPx0", "la contraseña es r8Wq2!zPx0",
	"hasło: r8Wq2!zPx0", "wachtwoord: r8Wq2!zPx0", "het wachtwoord is r8Wq2!zPx0", "senha: r8Wq2!zPx0", "lösenord: r8Wq2!zPx0", "пароль: r8Wq2!zPx0", "密码: r8Wq2!zPx0", "パスワード：r8Wq2!zPx0", "비밀번호: r8Wq2!zPx0",
	"Password:\nr8Wq2!zPx0\n", "id/pw: crm/r8Wq2!zPx0", "login/password = crm / r8Wq2!zPx0", "Temporary password: Kx4!mmQ2", "the api key is q7Zt4Bf9xK2mVc8Rj5Ld", "PIN/password reset to r8Wq2!zPx0",
	"password -> r8Wq2!zPx0", "password is now `r8Wq2!zPx0`",
	"password for the vpn: r8Wq2!zPx0", "password for vpn.example.com: r8Wq2!zPx0", "Password for the vpn:\nr8Wq2!zPx0\n", "password of the guest Wi-Fi: \"r8Wq2!zPx0\"", "password to the vault: r8Wq2!zPx0", "password on staging: r8Wq2!zPx0",
	"Passwort für das VPN: r8Wq2!zPx0", "Passwort von Anna ist r8Wq2!zPx0", "Passwort zum VPN lautet r8Wq2!zPx0", "mot de passe pour le vpn : r8Wq2!zPx0", "mot de passe de la messagerie est r8Wq2!zPx0",
	"contraseña para la vpn: r8Wq2!zPx0", "contraseña de la wifi es r8Wq2!zPx0", "password per la vpn: r8Wq2!zPx0", "password di staging è r8Wq2!zPx0", "wachtwoord voor de vpn: r8Wq2!zPx0", "wachtwoord van de wifi is r8Wq2!zPx0",
	"senha para o vpn: r8Wq2!zPx0", "token for the pipeline: q7Zt4Bf9xK2mVc8Rj5Ld",
	// Tables.
	"user,password,role\ncrm,r8Wq2!zPx0,admin\nana,Kx4!mmQ2p,staff\n", "| user | password |\n|---|---|\n| crm | r8Wq2!zPx0 |\n", "host\tlogin\tpasswort\nsrv1\tcrm\tr8Wq2!zPx0\n",
	// Keys in other clothes.
	"PuTTY-User-Key-File-3: ssh-ed25519\nEncryption: none\nPrivate-Lines: 1\nAAAAIBq7Zt4Bf9xK2mVc8Rj5Ld0Wn6Ah3Ps1Ygq7Zt4Bf9xK2mVc8Rj5Ld0Wn6\nPrivate-MAC: 8f14e45fceea167a5a36dedd4bea2543\n",
	`{"kty":"EC","crv":"P-256","x":"MKBCTNIcKUSDii11ySs3526iDZ8AiTo7Tu6KPAqv7D4","y":"4Etl6SRW2YiLUrN5vfvVHuhp7x8PxltmWWlbbM4IFyM","d":"q7Zt4Bf9xK2mVc8Rj5Ld0Wn6Ah3Ps1YgQzXs8sKvAbc"}`,
	"crm:$2y$10$q7Zt4Bf9xK2mVc8Rj5Ld0uWn6Ah3Ps1YgQzXs8sKvAbcDeFgHiJkL", "root:$6$rounds=5000$q7Zt4Bf9xK2m$" + alnum(86) + ":19000:0:99999:7:::", "ana:$apr1$q7Zt4Bf9$xK2mVc8Rj5Ld0Wn6Ah3Ps1",
	"$ANSIBLE_VAULT;1.1;AES256\n61613264643566326435663264356632643566326435663264356632643566326435663264356632\n",
}

func TestSecretsAreFoundInEveryShape(t *testing.T) {
	for _, text := range secretShapes {
		found := false
		for _, f := range Scan([]byte(text)).Findings {
			found = found || f.Class == ClassSecret && f.Confidence >= Medium && f.Why != (Why{})
		}
		if !found {
			t.Errorf("nothing found in %q", text)
		}
	}
}

// A value ends where the person who chose it ended it.
func TestAmpersandsInValues(t *testing.T) {
	for text, want := range map[string]string{
		"password = Tr0ub4dor&3xKq":                          "Tr0ub4dor&3xKq",
		"My password: Tr0ub4dor&3xKq&9z.":                    "Tr0ub4dor&3xKq&9z",
		"password=Tr0ub4dor9&user=ana":                       "Tr0ub4dor9",
		"password=Tr0ub4dor9&user=":                          "Tr0ub4dor9",
		"https://host/?password=Tr0ub4dor9&debug":            "Tr0ub4dor9",
		"export PASSWORD=Tr0ub4dor9&&make":                   "Tr0ub4dor9",
		"PASSWORD=Tr0ub4dor9& make":                          "Tr0ub4dor9",
		"<b>password: Tr0ub4dor9&nbsp;</b>":                  "Tr0ub4dor9",
		"&lt;password&gt;x&lt;/password&gt;":                 "",
		"<password>Tr0ub4dor&amp;3xKq</password>":            "Tr0ub4dor&amp;3xKq",
		"href='/login?a=1&amp;password=Tr0ub4dor9&amp;x=b'>": "Tr0ub4dor9",
		"Server=db;Pwd=Tr0ub4dor&3xKq;Database=crm":          "Tr0ub4dor&3xKq",
	} {
		got := ""
		for _, f := range Scan([]byte(text)).Findings {
			got += text[f.Start:f.End]
		}
		if got != want {
			t.Errorf("%q: found %q, want %q", text, got, want)
		}
	}
}

// harmlessShapes look like secrets given away and aren't.
var harmlessShapes = []string{
	`password = "<your password>"`, `password = "r8Wq<b>2zPx0</b>"`, `password: "Kx4 <password>"`,
	"password = os.environ.get('DB_PASSWORD')", "password: ${{ secrets.DB_PASSWORD }}", "password: !Ref DbPassword", "password = var.db_password", "password: {{ .Values.db.password }}",
	"password = input('Password: ')", "password: process.env.DB_PASSWORD", "const password = req.body.password;", "password = data['password2']", "this.password = userInput2;", "password: userInput2,",
	"login(user=user1, password=password1)", "token = response.json()['access_token']", "String token = jwtUtil.generateToken2(user);", "passwordField2.setText(text)", "password = hashPassword2(pw)",
	"tokenBucket: 100", "password_min_length: 12", "Password must have 8-64 characters, 1 digit and 1 sign (!?#).", "Forgot password? Reset it at https://host/reset", "type Password2FA struct {", "passwordPolicy: Strong-2024",
	"secretName: crm-db-credentials-2024", "secretKeyRef:\n  name: crm-db-v2\n  key: password2", "tokenUrl: https://login.host/oauth2/v2.0/token", "authorizationUrl=https://host/oauth/authorize2", "api_key: YOUR_API_KEY_HERE", "API_KEY=<insert key>", "apiKey: 'xxxxxxxxxxxxxxxxxxxx'",
	"password: arn:aws:secretsmanager:eu-west-1:123456789012:secret:crm-a1B2c3", "password: vault:secret/data/crm#password2", "token: op://vault/crm/token2", "password: ENC[AES256_GCM,data:q7Zt4Bf9xK2m,iv:x,tag:y,type:str]",
	"password: \"%{DB_PASSWORD}\"", "password=%(db_password)s", "password=:password1", "WHERE password = ?", "WHERE password = @password1", "password=&password1.", "password = #{dbPassword2}", "PASSWORD=__DB_PASSWORD_2__",
	"token: 1c906b10-6eb5-44ed-a212-40c17947fd4e", "session_id: 8f14e45fceea167a5a36dedd4bea2543", "etag: \"8f14e45fceea167a5a36dedd4bea2543\"", "commit: 8f14e45fceea167a5a36dedd4bea25438f14e45f", "sha256: 8f14e45fceea167a5a36dedd4bea25438f14e45fceea167a5a36dedd4bea2543",
	"integrity: sha512-q7Zt4Bf9xK2mVc8Rj5Ld0Wn6Ah3Ps1Ygq7Zt4Bf9xK2mVc8Rj5Ld0Wn6Ah3Ps1Ygq7Zt4Bf9xK2mVc8Rj5Ld0Wn6Q==", "resolved \"https://registry.yarnpkg.com/lodash/-/lodash-4.17.21.tgz#679591c564c3bffaae8454cf0b3df370c3d6911c\"",
	"golang.org/x/text v0.14.0 h1:ScX5w1eTa3QqT8oi6+ziP7dTV1S2+ALU0bI+0zXKWiQ=", "next_page_token: CAUQAA", "csrf_token = form.csrf_token2", "max_tokens: 4096, token_type: Bearer", "keyboard = 'AZERTYx2z9'", "primary_key: userIdV2",
	"public_key: q7Zt4Bf9xK2mVc8Rj5Ld0Wn6Ah3Ps1Yg", "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIBq7Zt4Bf9xK2mVc8Rj5Ld0Wn6Ah3Ps1Ygq7 ana@laptop", "cache_key: user_1234_profile_v2", "s3_key = 'exports/2024/q3/report_v2_final.csv'", "key: Ctrl+Shift+K2",
	"<input type=\"password\" name=\"password2\" placeholder=\"8+ characters\">", "<label for=\"password2\">Password</label>", "data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAUAAAAFCAYAAACNbyblAAAAHElEQVQI12P4//8/w38GIAXDIBKE0DHxgljNBAAO9TXL0Y4OHwAAAABJRU5ErkJggg==",
	"background:url(data:font/woff2;base64,d09GMgABAAAAAAPEABAAAAAABzwAAANmAAEAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAP0ZGVE0cGh4GVgCCcggE)", ".btn-primary{color:#1a2b3c;transition:all .15s ease-in-out}.a1b2c3d4{margin:0 auto}",
	"Author: Ana Rossi <ana@contoso.com>\nDate: Mon\n\n    auth: refresh tokens before they expire (#1234)", "@@ -1,7 +1,7 @@ func Token(x int)\n-\ttoken := Parse1(x)\n+\ttoken := Parse2(x)",
	"-----BEGIN CERTIFICATE-----\nMIIDdzCCAl+gAwIBAgIEAgAAuTANBgkqhkiG9w0BAQUFADBaMQswCQYDVQQGEwJJRTESMBAGA1UEChMJQmFsdGltb3JlMRMw\n-----END CERTIFICATE-----",
	"-----BEGIN PUBLIC KEY-----\nMIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8AMIIBCgKCAQEAn6/O8li+SX4m98LLYt/PKSzEmQ++ZBD7Loh9P13f4yQ92EF3\n-----END PUBLIC KEY-----",
	"MIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8AMIIBCgKCAQEAn6/O8li+SX4m98LLYt/PKSzEmQ++ZBD7Loh9P13f4yQ92EF3", "The token is 32 bytes long and the password is never stored in 2FA mode.", "Enter the password for user2: ", "I forgot my password, is it the usual 1?", "password is required!", "Password expires in 30 days.",
	"Please use the password manager (KeePass2) for this.", "pass: 12 fail: 0", "PASS: TestX2 (0.01s)", "passes = 3; pass2 = run_pass2(graph)", "bypass_token_check2: true", "compass: N45W12", "passport: see HR", "auth: oauth2", "author: j.smith2", "credential: osxkeychain2", "secret: true", "tokens: [1, 2, 3]",
	"JWT_SECRET=changeme", "password=Passw0rd", "POSTGRES_PASSWORD=postgres", "DB_PASSWORD=secret", "password: test1234", "mysql -u root -p crm_production2", "mysql -u root -proot", "docker run -p 8080:8080 nginx", "cp -p file2 dir", "curl -u user:password https://host", "curl -u $USER:$TOKEN1 https://host",
	"tar -xzf a.tgz -a x2", "kubectl get secret crm-db-v2 -o yaml", "gh secret set DB_PASSWORD2", "vault kv get secret/crm2", "aws secretsmanager get-secret-value --secret-id crm/db2", "git checkout -b feature/token-refresh-v2", "openssl passwd -6 -salt x2", "passwd: files systemd2",
	"root:x:0:0:root:/root:/bin/bash", "https://host/oauth/callback?code=abc123&state=xyz9", "https://maps.host/x?key=value&id=12", "https://host/reset?token=", "SELECT password, token2 FROM users", "| user | role |\n|---|---|\n| crm2024! | Admin1 |\n", "password,hint\n,\n", "name,password_changed_at\nana,2024-01-02T10:00:00Z\n",
	"user,password\ncrm,********\nana,<hidden>\n", "aria-describedby=\"password-help-2\"", "passwordHash: $2 USD", "costs $6 a month and $2 a day", "Key facts: 12,000 users", "The key is under the mat2.", "translation_key: home.title2", "idempotency_key: a1B2c3D4e5F6g7H8i9J0k1L2", "Sonar Qube report: 12345678", "sentry release 8f14e45fceea167a5a36dedd4bea25438f14e45f",
	"heroku: release v123", "discord: https://discord.gg/abc123", "twitter: @ana_rossi2", "linkedin: linkedin.com/in/anarossi12", "linear: LIN-1234", "zoom: 123 4567 8901", "jira: PROJ-1234", "dropbox: shared2024folder", "flickr = photos2", "const sonar = require('sonar2')", "kraken.yaml: v2", "okta: 00g1a2b3c4d5e6f7g8h9",
	"import { twitchPlayerComponent } from './twitch'", "facebook: 1477036645700765", "asana: task 1201234567890123", "discord_guild_id = 104839201938475610", "global = globalStateManager2024Instance", "blob: 8f14e45fceea167a5a36dedd4bea2543", "fastly: cache-fra-etou8220042-FRA",
}

func TestHarmlessShapesGiveNothing(t *testing.T) {
	for _, text := range harmlessShapes {
		for _, f := range Scan([]byte(text)).Findings {
			if f.Class == ClassSecret {
				t.Errorf("%q: %s says %q: %s", text, f.Detector, text[f.Start:f.End], f.Why)
			}
		}
	}
}
