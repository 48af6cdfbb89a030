// Command build makes Handrail's packages from built programs. So far that is
// the deb: what an MDM pushes to a Debian or Ubuntu laptop. Run it from the
// repository's root:
//
//	go run ./installer/build -version 1.2.3 -bin bin -out build
//
// The same programs give the same bytes: nothing in a package depends on the
// machine or the time of the build.
package main

import (
	"flag"
	"fmt"
	"log"
)

func main() {
	log.SetFlags(0)
	log.SetPrefix("build: ")
	version := flag.String("version", "0.1.0", "the package's version")
	bin := flag.String("bin", "bin", "the folder of the built programs")
	out := flag.String("out", "build", "the folder for the packages")
	root := flag.String("root", ".", "the repository's root")
	flag.Parse()
	if flag.NArg() > 0 {
		log.Fatalf("unexpected argument %q: every input is a flag, see -help", flag.Arg(0))
	}
	path, err := makeDeb(*version, *bin, *root, *out)
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println(path)
}
