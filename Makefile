# Two commands matter: make demo (see it work) and make test (everything).
# Each installs what it lacks and says what it is doing.
.DEFAULT_GOAL := help
SHELL := /bin/bash

VERSION ?= 0.1.0
LDFLAGS := -s -w -buildid= -X main.version=$(VERSION)
GOBUILD := go build -trimpath -ldflags "$(LDFLAGS)"
# The windows need X11 only (on Wayland Handrail sees nothing anyway), and no
# font of emoji: 15 MB of memory less. Nothing moves by itself, so that nobody has
# to ask for reduced motion. Fyne 2.8.1 speaks to screen readers of macOS and
# Windows with the tag accessibility, and to none on Linux: there they have the
# native notifications, with the same answers, and the command line.
UITAGS := x11,no_emoji,no_metadata,no_animations,accessibility

# Debian packages, by what they are for.
APT_BUILD := gcc libc6-dev pkg-config libgl1-mesa-dev libegl-dev libx11-dev libxext-dev libxcursor-dev \
	libxrandr-dev libxinerama-dev libxi-dev libxxf86vm-dev libwayland-dev libxkbcommon-dev
APT_DESKTOP := xvfb xauth openbox xfwm4 xfce4-panel dbus dbus-x11 dunst xdotool xclip xterm xdg-utils x11-utils procps \
	imagemagick libgl1-mesa-dri chromium chromium-sandbox firefox-esr fonts-dejavu-core fonts-noto-core adwaita-icon-theme
APT_PACKAGE := debootstrap lintian systemd-container

.PHONY: help
help: ## list the targets
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 18

.PHONY: go
go:
	@command -v go >/dev/null || { echo "Go 1.26 or newer is needed and Debian 12 has none: get it from https://go.dev/dl and put it on the PATH."; exit 1; }

# The editors of the browsers' test site come from npm. Node's own package
# brings npm along, Debian's does not.
.PHONY: node
node:
	@command -v npm >/dev/null || .ci/apt nodejs npm

.PHONY: build
build: go ## build the programs into bin/
	@.ci/apt $(APT_BUILD)
	@echo "Building into bin/ (the first time takes a few minutes: the windows need OpenGL bindings)"
	@mkdir -p bin
	@CGO_ENABLED=0 $(GOBUILD) -o bin/ ./cmd/handrail ./cmd/handrail-fleet ./cmd/handrail-browser
	@CGO_ENABLED=1 $(GOBUILD) -tags $(UITAGS) -o bin/ ./cmd/handrail-ui

.PHONY: demo
demo: build ## see the main job at work (on your desktop, or HEADLESS=1)
	@.ci/apt $(APT_DESKTOP)
	@CGO_ENABLED=0 go run ./cmd/handrail-demo -bin bin

.PHONY: test
test: build node ## every test, with the race detector, and the story on a real desktop
	@.ci/apt $(APT_DESKTOP) $(APT_PACKAGE)
	@echo "Checking format, vet and the other systems"
	@out=$$(gofmt -l .); test -z "$$out" || { echo "run gofmt -w on $$out"; exit 1; }
	@go vet -tags $(UITAGS) ./...
	@for os in windows darwin; do CGO_ENABLED=0 GOOS=$$os go vet ./cmd/handrail ./agent/... ./detect/... || exit 1; done
	@CI=$${CI:-true} $(MAKE) --no-print-directory extension
	@echo "Running the tests"
	@CI=$${CI:-true} .ci/test

.PHONY: extension
extension: node ## check the browser extension: types and unit tests
	@echo "Checking the browser extension"
	@cd ui/extension && npm ci --silent && npm run --silent types && npm test --silent

.PHONY: bench
bench: build ## print the table of figures beside the budgets
	@.ci/apt $(APT_DESKTOP)
	@CGO_ENABLED=0 go run ./cmd/handrail-demo -bin bin -bench

.PHONY: bench-browser
bench-browser: go node ## time 200 real pastes of each kind in Chromium and Firefox
	@.ci/apt $(APT_DESKTOP)
	@echo "Wanted: clean of-none <= 1.1; held 1 KB p95 <= 60 ms, 100 KB p95 <= 300 ms"
	@CGO_ENABLED=0 CI=true go test ./agent/browsertest -run '^$$' -bench Paste -benchtime 200x -timeout 30m

.PHONY: bench-detect
bench-detect: go ## how fast detection is beside gitleaks, regexps and the machine's limit (BENCH=-quick: in half a minute)
	@cd detect/bench && CGO_ENABLED=0 go build -mod=mod -o ../../bin/bench-detect . && ../../bin/bench-detect $(BENCH)

# EXTENSION_KEY is the file of the private key that the browser extension is
# packed with ("handrail browser key" makes one). Without it a build makes one of
# its own, and the extension has a new id.
EXTENSION_KEY ?=

.PHONY: package
package: build ## build the deb into build/ (EXTENSION_KEY=FILE: the browser extension's key)
	@CGO_ENABLED=0 go run ./installer/build -version $(VERSION) -bin bin -out build \
		-extension ui/extension $(if $(EXTENSION_KEY),-extension-key '$(EXTENSION_KEY)')

.PHONY: soak
soak: build ## 50 cold and 50 warm nudges on each window manager: minutes
	@.ci/apt $(APT_DESKTOP)
	@CI=true HANDRAIL_FOCUS_RUNS=50 go test ./agent/window -count=1 -run TestNudgeNeverTakesTheKeyboard -v -timeout 30m

.PHONY: lint
lint: go ## golangci-lint with .golangci.yml
	@go run github.com/golangci/golangci-lint/v2/cmd/golangci-lint@v2.5.0 run

.PHONY: clean
clean: ## remove what the build made
	@rm -rf bin build
