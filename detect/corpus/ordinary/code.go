package ordinary

// codes is source code: ids, hashes, fixtures, and the names of secrets where
// no secret stands.
var codes = []kind{
	{"code go", code("func (s *~Type~) ~camel~(ctx context.Context, id string) error {\n", "}\n", goLines)},
	{"code python", code("def ~snake~(self, ~noun~=None):\n", "    return ~noun~\n", pythonLines)},
	{"code javascript", code("export async function ~camel~({ ~noun~, ...rest }) {\n", "}\n", scriptLines)},
	{"code typescript", code("interface ~Type~ { id: string; ~noun~: number; password?: string; token: Token }\nexport class ~Type~ {\n", "}\n", scriptLines)},
	{"code java", code("public class ~Type~ {\n  private static final long serialVersionUID = ~n19~L;\n", "}\n", javaLines)},
	{"code c#", code("public sealed class ~Type~ : IDisposable\n{\n", "}\n", javaLines)},
	{"code rust", code("pub fn ~snake~(input: &str) -> Result<u64, ~Type~> {\n", "}\n", rustLines)},
	{"code c", code("#include <stdint.h>\nstatic const uint32_t ~snake~[] = { 0x~HEX8~, 0x~HEX8~, 0x~HEX8~ };\nint ~snake~(const char *key, size_t len)\n{\n", "    return 0;\n}\n", cLines)},
	{"code sql", func(w *writer) string { return w.lines(w.between(3, 8), sqlLines...) }},
	{"code shell", func(w *writer) string { return "#!/bin/sh\nset -eu\n" + w.lines(w.between(4, 9), shellLines...) }},
	{"code html", func(w *writer) string { return w.lines(w.between(4, 9), htmlLines...) }},
	{"code css", func(w *writer) string {
		return w.lines(w.between(4, 9), ".~noun~-card { color: #~hex6~; margin: ~n1~px ~n2~px; }", ":root { --~noun~-color: #~HEX6~; }", "@media (max-width: ~n3~px) { .token { width: ~n2~.~d4~%; } }", "#~noun~ { background: url(data:image/png;base64,~b88~~b88~~b44~); }", "@font-face { src: url('/f/~hex20~.woff2'); }")
	}},
	{"code php, ruby, kotlin, swift", func(w *writer) string { return w.lines(w.between(4, 9), otherLines...) }},
	{"test fixture", func(w *writer) string { return w.lines(w.between(4, 9), fixtureLines...) }},
}

func code(head, tail string, lines []string) func(*writer) string {
	return func(w *writer) string { return w.fill(head) + w.lines(w.between(4, 10), lines...) + w.fill(tail) }
}

var goLines = []string{
	"\ttoken, err := s.~camel~(ctx, id)", "\tpassword := os.Getenv(\"DB_PASSWORD\")", "\tif len(key) != ~n2~ { return fmt.Errorf(\"~noun~ %q: bad key\", id) }", "\t// For internal use only.", "\tconst ~camel~ = ~n10~", "\tlog.Info(\"~verb~\", \"id\", \"~uuid~\")",
	"\tsecret := config.Secrets[\"~noun~\"]", "\t~noun~ := &~Type~{ID: ~n6~, Key: keyFor(id), Token: token}", "\tdefer s.mu.Unlock()", "\turl := \"~url~\"", "\tsum := \"~hex64~\" // sha256", "\treq.Header.Set(\"Authorization\", \"Bearer \"+token)", "\twant := []byte{0x~hex2~, 0x~hex2~, 0x~hex2~}",
	"\tpasswordField := widget.NewPasswordEntry()", "\tapiKey := flag.String(\"api-key\", \"\", \"the key\")", "\t//go:generate go run ./~snake~ -v ~ver~",
}

var pythonLines = []string{
	"    password = os.environ[\"~UPPER~_PASSWORD\"]", "    token = self.~snake~(~noun~)", "    api_key = settings.API_KEY", "    raise ValueError(f\"bad id ~n9~ for {~noun~}\")", "    ~noun~_rate = ~float~", "    # SECRET_KEY comes from the vault", "    client = Client(api_key=os.getenv(\"API_KEY\"), base_url=\"~url~\")",
	"    assert checksum == \"~hex32~\"", "    key = f\"{~noun~}:{user_id}:~n4~\"", "    password = getpass.getpass(\"Password: \")", "    df = pd.read_csv(\"~noun~_~compact~.csv\", sep=\";\")", "    max_tokens = ~n4~", "    tokenizer = AutoTokenizer.from_pretrained(\"~slug~/~noun~-~n1~b\")", "    uid = uuid.UUID(\"~uuid~\")", "    seed = ~n10~", "    if not password: password = None", "    secret = \"<your-secret>\"",
}

var scriptLines = []string{
	"  const token = await ~camel~(rest.id);", "  const apiKey = process.env.API_KEY;", "  const password = form.get('password');", "  if (!key) throw new Error(`~noun~ ${id} not found`);", "  return fetch(`${BASE}/~noun~/${id}?key=${apiKey}`);", "  const COLORS = ['#~hex6~', '#~hex6~'];", "  localStorage.setItem('token', token);",
	"  it('resets the password', () => expect(~camel~('~uuid~')).toBe(~n6~));", "  const id = '~id20~';", "  // eslint-disable-next-line no-secrets", "  <input type=\"password\" name=\"password\" placeholder=\"Password\" />", "  import ~camel~ from './~noun~.~hex8~.js';", "  const t = ~n13~; // ms", "  i18n.t('login.password.label');", "  ~noun~: { key: 'user.~noun~.title', secret: true },", "  headers: { Authorization: `Bearer ${token}` },", "  const key = e.key === 'Enter' ? 'submit' : 'ArrowDown';", "  passwordConfirmation: yup.string().oneOf([yup.ref('password')]),",
}

var javaLines = []string{
	"  private final String password = System.getenv(\"DB_PASSWORD\");", "  @Value(\"${~noun~.api.key}\") private String apiKey;", "  public String getToken() { return this.token; }", "  private static final String KEY_~UPPER~ = \"~noun~.~noun~.timeout\";", "  // @since ~ver~", "  return new ~Type~(~n6~, \"~uuid~\", token);", "  var secret = vault.Read(\"kv/~slug~/~noun~\");",
	"  throw new IllegalStateException(\"bad ~noun~ ~n10~\");", "  String url = \"jdbc:postgresql://~host~:5432/~slug~\";", "  log.info(\"~verb~ {} in {} ms\", ~noun~Id, ~n4~);", "  [Required, DataType(DataType.Password)] public string Password { get; set; }", "  const string Guid = \"{~uuid~}\";", "  int hash = 0x~HEX8~;", "  user.setPassword(passwordEncoder.encode(rawPassword));",
}

var rustLines = []string{
	"    let token = env::var(\"API_TOKEN\")?;", "    let key: [u8; 32] = rng.gen();", "    const MAX: u64 = ~n19~;", "    let ~noun~ = ~snake~(input).map_err(~Type~::Parse)?;", "    // SAFETY: len was checked", "    assert_eq!(~snake~(\"~d9~\"), Ok(~n9~));", "    let password = Secret::new(String::new());", "    println!(\"{~noun~:?} ~float~\");", "    Err(~Type~::BadKey { line: ~n3~ })", "    let hash = \"~hex40~\";", "    pub secret: Option<SecretString>,",
}

var cLines = []string{
	"    uint64_t mask = 0x~HEX16~ULL;", "    memcpy(key, buf, ~n2~);", "    if (token == NULL) return -~n2~;", "    /* magic ~n10~ */", "    static const char password[] = PASSWORD_PROMPT;", "    crc = (crc >> 8) ^ table[(crc ^ ~n3~) & 0xff];", "    printf(\"%s: ~n8~\\n\", name);", "    #define SECRET_LEN ~n2~", "    for (i = 0; i < ~n5~; i++) sum += data[i];", "    double x = ~float~;",
}

var sqlLines = []string{
	"SELECT id, name, password_hash FROM ~noun~s WHERE id = ~n8~;", "INSERT INTO ~noun~s (id, sku, price) VALUES (~n6~, '~part~', ~n2~.~d2~), (~n6~, '~part~', ~n3~.~d2~);", "UPDATE ~noun~s SET token = NULL WHERE created_at < '~isodate~';", "CREATE TABLE ~noun~ (id uuid PRIMARY KEY, secret bytea, card_number varchar(19), iban varchar(34));", "ALTER USER app WITH PASSWORD :'password';", "-- ticket ~L3~-~n4~", "SELECT count(*) FROM ~noun~s WHERE ref IN ('~order~', '~order~', '~order~');", "CREATE INDEX idx_~noun~ ON ~noun~s (key, token);", "GRANT SELECT ON ~noun~s TO reporting;", "DELETE FROM sessions WHERE id = '~uuid~';",
}

var shellLines = []string{
	"export API_KEY=\"${API_KEY:?not set}\"", "curl -H \"Authorization: Bearer $TOKEN\" ~url~", "docker pull ~host~/~noun~@sha256:~hex64~", "PASSWORD=$(pass show ~slug~/~noun~)", "git checkout ~hex40~", "kubectl get secret ~noun~-tls -n ~slug~", "mysql -u app -p\"$DB_PASSWORD\" ~slug~ < dump.sql", "echo \"~hex64~  ~noun~.tar.gz\" | sha256sum -c", "read -rs -p 'Password: ' password", "ssh -p ~port~ deploy@~host~ uptime", "openssl rand -base64 32 > token.txt", "psql \"postgres://app:${PGPASSWORD}@~host~:5432/~slug~\"", "ffmpeg -ss 00:0~n1~:~n2~ -i in.mp4 -b:v ~n4~k out.mp4", "chmod 600 ~path~", "vault kv get -field=password secret/~slug~", "TOKEN=<token> make release VERSION=~ver~",
}

var htmlLines = []string{
	"<img src=\"/a/~hex32~.png\" alt=\"~product~\" width=\"~n3~\">", "<script src=\"https://~host~/x.js\" integrity=\"sha384-~b64~\" crossorigin=\"anonymous\"></script>", "<input type=\"password\" id=\"password\" autocomplete=\"current-password\">", "<meta name=\"csrf-token\" content=\"{{ csrf_token() }}\">", "<a href=\"tel:+49~d10~\">~phone~</a>", "<td>~d8~</td><td>~price~</td><td>~ean~</td>", "<label for=\"card\">Card number</label><input name=\"card\" placeholder=\"0000 0000 0000 0000\">", "<path d=\"M~n2~.~d3~ ~n2~.~d3~c-.~d3~-1.~d2~-~n1~.~d3~-~n2~.~d2~ 0 0 ~n1~.~d4~\"/>", "<div data-id=\"~uuid~\" data-key=\"~noun~-~n4~\">~product~</div>", "<p>Confidential? No, public.</p>", "<option value=\"~n6~\">~city~</option>",
}

var otherLines = []string{
	"$password = $_POST['password'] ?? '';", "define('AUTH_KEY', getenv('AUTH_KEY'));", "$token = bin2hex(random_bytes(16)); // ~n4~", "validates :password, presence: true, length: { minimum: ~n2~ }", "secret = Rails.application.credentials.secret_key_base", "ENV.fetch('API_TOKEN')", "val token: String = prefs.getString(\"token\", \"\") ?: \"\"", "data class ~Type~(val id: Long = ~n15~L, val key: String)", "let key = UserDefaults.standard.string(forKey: \"~noun~Key\")", "guard let password = field.text else { return }", "static let id = UUID(uuidString: \"~uuid~\")!", "puts \"~noun~ #{id} took ~n3~ ms\"", "buildConfigField \"String\", \"API_KEY\", \"\\\"$apiKey\\\"\"", "throw new \\RuntimeException('Order ~order~ not found');",
}

var fixtureLines = []string{
	"{\"id\": ~n6~, \"uuid\": \"~uuid~\", \"password\": \"password\", \"email\": \"user@example.com\"}", "user = User(name=\"test\", password=\"changeme\")", "api_key: your-api-key-here", "token: xxxxxxxxxxxxxxxxxxxx", "expect(mask('****')).toBe('****') // ~n8~", "SECRET_KEY=change-me", "password: \"<password>\"", "\"etag\": \"W/\\\"~hex32~\\\"\"", "checksum: sha256:~hex64~", "api_token = \"${API_TOKEN}\"", "client_secret: {{ client_secret }}", "\"sku\": \"~part~\", \"ean\": \"~ean~\"", "postgres://user:password@localhost:5432/test", "assert parse(\"~d10~\") == ~n6~", "public_key: ~id20~", "secret: null", "password = None  # ~n4~", "token_type: bearer", "\"key\": \"~noun~.~noun~.label\"", "card: \"4111 1111 1111 1111\"", "id: \"~hex24~\"",
}
