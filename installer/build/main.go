// Command build makes Handrail's packages from built programs. So far that is
// the deb: what an MDM pushes to a Debian or Ubuntu laptop. Run it from the
// repository's root:
//
//	go run ./installer/build -version 1.2.3 -bin bin -out build
//
// The same programs and the same key give the same bytes: nothing in a package
// depends on the machine or the time of the build.
package main

import (
	"flag"
	"fmt"
	"log"
	"os"

	"handrail/installer/browser"
)

func main() {
	log.SetFlags(0)
	log.SetPrefix("build: ")
	p := parts{}
	flag.StringVar(&p.version, "version", "0.1.0", "the package's version")
	flag.StringVar(&p.bin, "bin", "bin", "the folder of the built programs")
	flag.StringVar(&p.root, "root", ".", "the repository's root")
	flag.StringVar(&p.extension, "extension", "", "the folder of the browser extension; without it the package has no part for browsers")
	keyFile := flag.String("extension-key", "", "the private key, in PEM, that the extension is packed with; without it a new one is made and thrown away")
	out := flag.String("out", "build", "the folder for the packages")
	flag.Parse()
	if flag.NArg() > 0 {
		log.Fatalf("unexpected argument %q: every input is a flag, see -help", flag.Arg(0))
	}
	if p.extension != "" {
		var err error
		if p.key, err = extensionKey(*keyFile); err != nil {
			log.Fatal(err)
		}
	}
	path, err := makeDeb(p, *out)
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println(path)
}

// extensionKey reads the key, or makes one for this build only.
func extensionKey(file string) (browser.Key, error) {
	if file == "" {
		key, err := browser.NewKey()
		if err == nil {
			log.Printf("the extension has a new id, %s, in this build only: for laptops give a key that you keep (EXTENSION_KEY, made by \"handrail browser key\")", key.ID())
		}
		return key, err
	}
	text, err := os.ReadFile(file)
	if err != nil {
		return browser.Key{}, fmt.Errorf("reading the extension's key: %w", err)
	}
	key, err := browser.ParseKey(text)
	if err != nil {
		return browser.Key{}, fmt.Errorf("%s: %w", file, err)
	}
	return key, nil
}
