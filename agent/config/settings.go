package config

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"net/url"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"time"

	"go.yaml.in/yaml/v3"
)

// Settings is what the settings file may say. The zero value, and a file that
// is not there, mean a Handrail that works by itself and reports to nobody.
type Settings struct {
	// Server is the address of the organisation's Handrail server, such as
	// https://handrail.example.org. Without one nothing is sent.
	Server string `yaml:"server"`
	// ReportServer is where reports about nobody go. It is an address of its
	// own, another than Server, so that a forwarder which another party runs can
	// stand before it. Without one no such report is sent, and status says so.
	ReportServer string `yaml:"report_server"`
	// EnrolSecretFile is a file with the secret that this device joins with. It
	// is used once, and removed where the service can remove it. On Linux, leave
	// it out and put the secret into /etc/handrail/enrol-secret, readable by root
	// only: systemd hands it to the service (see CredentialFile).
	EnrolSecretFile string `yaml:"enrol_secret_file"`
	// Batch is the time that one report covers, a week (168h) if not set. It is
	// the same for the whole organisation.
	Batch time.Duration `yaml:"batch"`
	// CheckIn is the time between two health check-ins, 1h if not set.
	CheckIn time.Duration `yaml:"check_in"`
	// Cohort is the group that this device's reports count for, "all" if not
	// set. A group below 20 devices counts for all.
	Cohort string `yaml:"cohort"`
	// Language is the language that Handrail speaks on this device, such as "de"
	// or "en-GB". If not set, it is each person's own.
	Language string `yaml:"language"`
}

// Shortest times that a settings file may ask for. Short ones exist for the
// demo; reports about few people are hidden whatever the time.
const (
	minBatch   = time.Second
	minCheckIn = time.Second
)

var (
	cohortName   = regexp.MustCompile(`^[a-z0-9][a-z0-9_-]{0,31}$`)
	languageName = regexp.MustCompile(`^[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8}){0,3}$`)
)

// LoadSettings reads the settings file. A missing file is no error. Every
// error names the file, and the line where there is one; the Settings beside
// an error are the defaults.
func LoadSettings(path string) (Settings, error) {
	b, err := readSmall(path)
	if errors.Is(err, os.ErrNotExist) {
		return ParseSettings(nil)
	}
	var s Settings
	if err == nil {
		s, err = ParseSettings(b)
	}
	if err != nil {
		defaults, _ := ParseSettings(nil)
		return defaults, fmt.Errorf("settings file %s: %w", path, err)
	}
	return s, nil
}

// ParseSettings decodes a settings file and fills in the defaults. An unknown
// key is an error that names its line.
func ParseSettings(b []byte) (Settings, error) {
	var s Settings
	dec := yaml.NewDecoder(bytes.NewReader(b))
	dec.KnownFields(true)
	if err := dec.Decode(&s); err != nil && !errors.Is(err, io.EOF) {
		return Settings{}, plain(err)
	}
	if err := dec.Decode(new(yaml.Node)); !errors.Is(err, io.EOF) {
		return Settings{}, errors.New("there is more than one document in it: remove the line ---")
	}
	if s.Batch == 0 {
		s.Batch = 7 * 24 * time.Hour
	}
	if s.CheckIn == 0 {
		s.CheckIn = time.Hour
	}
	if s.Cohort == "" {
		s.Cohort = "all"
	}
	if s.Server != "" {
		if err := address("server", s.Server); err != nil {
			return Settings{}, err
		}
	}
	if s.ReportServer != "" {
		if err := address("report_server", s.ReportServer); err != nil {
			return Settings{}, err
		}
	}
	switch {
	case s.Batch < minBatch:
		return Settings{}, fmt.Errorf("batch: %v is too short: use a time such as 168h", s.Batch)
	case s.CheckIn < minCheckIn:
		return Settings{}, fmt.Errorf("check_in: %v is too short: use a time such as 1h", s.CheckIn)
	case s.Language != "" && !languageName.MatchString(s.Language):
		return Settings{}, errors.New("language: use a name such as en or de-AT")
	case !cohortName.MatchString(s.Cohort):
		return Settings{}, errors.New("cohort: use up to 32 lower-case letters, digits, - and _")
	case s.EnrolSecretFile != "" && !filepath.IsAbs(s.EnrolSecretFile):
		return Settings{}, errors.New("enrol_secret_file: write the whole path, beginning at the root")
	case s.Server == "" && s.ReportServer != "":
		return Settings{}, errors.New("report_server: it needs a server too")
	case s.Server != "" && strings.TrimRight(s.Server, "/") == strings.TrimRight(s.ReportServer, "/"):
		return Settings{}, errors.New("report_server: use another address than that of server, so that reports and devices don't meet")
	}
	return s, nil
}

// address checks a server's address. It is https, or http on this computer,
// and holds no password, because it is shown in status and logs.
func address(key, raw string) error {
	u, err := url.Parse(raw)
	if err != nil || u.Host == "" {
		return fmt.Errorf("%s: this is not an address such as https://handrail.example.org", key)
	}
	if u.User != nil || u.RawQuery != "" || u.Fragment != "" {
		return fmt.Errorf("%s: an address here has no user, password, ? or #", key)
	}
	host := u.Hostname()
	here := host == "localhost" || host == "127.0.0.1" || host == "::1"
	if u.Scheme != "https" && !(u.Scheme == "http" && here) {
		return fmt.Errorf("%s: use https (http is for a server on this computer only)", key)
	}
	return nil
}

// maxFile is the size over which a settings or policy file is a mistake.
const maxFile = 1 << 20

// readSmall reads a regular file of up to maxFile bytes. Anything else, such
// as a pipe that would block for ever, is an error.
func readSmall(path string) ([]byte, error) {
	info, err := os.Stat(path)
	if err != nil {
		return nil, short(err)
	}
	if !info.Mode().IsRegular() {
		return nil, errors.New("this is not a regular file")
	}
	f, err := os.Open(path)
	if err != nil {
		return nil, short(err)
	}
	defer f.Close()
	b, err := io.ReadAll(io.LimitReader(f, maxFile+1))
	if err != nil {
		return nil, short(err)
	}
	if len(b) > maxFile {
		return nil, fmt.Errorf("it is larger than %d bytes", maxFile)
	}
	return b, nil
}

// short drops the path from a file error; the caller has named it.
func short(err error) error {
	if p := new(os.PathError); errors.As(err, &p) {
		return p.Err
	}
	return err
}

var unknownField = regexp.MustCompile(`^line (\d+): field (.+) not found in type \S+$`)

// plain puts yaml's errors into words for people.
func plain(err error) error {
	var out []string
	if t := new(yaml.TypeError); errors.As(err, &t) {
		for _, e := range t.Errors {
			if m := unknownField.FindStringSubmatch(e); m != nil {
				e = fmt.Sprintf("line %s: unknown key %q", m[1], m[2])
			}
			out = append(out, e)
		}
		return errors.New(strings.Join(out, "; "))
	}
	return errors.New(strings.TrimPrefix(err.Error(), "yaml: "))
}
