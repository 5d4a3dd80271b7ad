# Everything that is done to the project by hand. "make help" lists it.

SHELL := /usr/bin/env bash
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := help
.NOTPARALLEL:

# How long each fuzz test looks for trouble.
FUZZTIME ?= 10s

# What is released is made without cgo, and holds no path of the machine that made it. What checks and tests is made
# in the same way, so that each package is compiled once, and once more for the race detector.
export CGO_ENABLED := 0
export GOFLAGS := -trimpath $(GOFLAGS)

heading = @printf '\n== %s\n' '$(1)'

.PHONY: help
help: ## list the targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "%-14s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

.PHONY: run
run: ## serve the site from the checkout
	go run ./cmd/carrypoint serve

.PHONY: build
build: ## make the static binary, dist/carrypoint
	go build -ldflags "-s -w" -o dist/carrypoint ./cmd/carrypoint

.PHONY: generate
generate: ## make the Go files of the pages
	go tool templ fmt views
	go tool templ generate

.PHONY: data
data: ## make the derived data files
	go run ./data/build

.PHONY: test
test: browser test-go test-browser ## run everything that must pass

.PHONY: test-go
test-go: fresh formatted tidy vet tests race ## run what needs Go alone

.PHONY: fresh
fresh:
	$(call heading,generated pages are fresh)
	@go tool templ generate -log-level error -check

.PHONY: formatted
formatted:
	$(call heading,Go files are formatted)
	@unformatted=$$(gofmt -l cmd data internal views); [ -z "$$unformatted" ] || { echo "run gofmt -w on: $$unformatted"; exit 1; }
	$(call heading,pages are formatted)
	@templ=$$(go tool -n templ); for page in views/*.templ; do \
		"$$templ" fmt -log-level error -stdout "$$page" | cmp - "$$page" || { echo 'run "make generate"'; exit 1; }; \
	done

.PHONY: tidy
tidy:
	$(call heading,go.mod is tidy)
	@go mod tidy -diff

.PHONY: vet
vet:
	$(call heading,go vet)
	@go vet ./...
	$(call heading,staticcheck)
	@go tool staticcheck ./...

.PHONY: tests
tests:
	$(call heading,Go tests)
	@go test ./...

# Where goroutines meet. The race detector makes everything several times slower, and finds nothing where one
# thing is done after the other; of the commands, which do that, it looks at those that serve in the same process.
meeting := catalog draw edition fetch gazetteer ingest nearest pdf streets web
serving := UnderLoad|HarmToTheFolder

# These are long, and do one thing after the other too.
alone := EveryPageOfTheShippedSite|ShippedMapsAreSmall|TownsWithin|NoPBFIsAnError

.PHONY: race
race:
	$(call heading,Go tests with the race detector)
	@CGO_ENABLED=1 go test -race -skip '$(alone)' $(meeting:%=./internal/%)
	@CGO_ENABLED=1 go test -race -run '$(serving)' ./cmd/carrypoint

# First of all, for the Go tests print with the same Chromium and read with the same tools.
.PHONY: browser
browser:
ifneq ($(CARRYPOINT_NO_BROWSER),1)
	$(call heading,what the tests in a browser need)
	@tests/browser/setup
endif

.PHONY: test-browser
test-browser: browser ## run the pages in Chromium (CARRYPOINT_NO_BROWSER=1 leaves that out)
ifeq ($(CARRYPOINT_NO_BROWSER),1)
	$(call heading,browser tests are left out: CARRYPOINT_NO_BROWSER=1)
else
	$(call heading,browser tests)
	@cd tests/browser && node run.mjs --test --test-reporter=spec --test-concurrency=2 *.test.mjs
endif

# Not part of what must pass: it installs a second and a third browser, and they print slowly.
.PHONY: test-engines
test-engines: ## print sheets with Firefox and with WebKit, and read the PDF files
	$(call heading,what the tests of other engines need)
	@tests/engines/setup
	$(call heading,other engines)
	@cd tests/browser && node run.mjs --test --test-reporter=spec ../engines/engines.test.mjs

# Its packages are many and its marks move with the machine, so it is not part of "make test".
.PHONY: lighthouse
lighthouse: ## hold the main pages to Lighthouse's marks on a slow phone (a minute; best on a quiet machine)
	@tests/browser/setup
	@cd tests/lighthouse && { [ node_modules/.package-lock.json -nt package-lock.json ] || PUPPETEER_SKIP_DOWNLOAD=1 npm ci --ignore-scripts; }
	@cd tests/lighthouse && node run.mjs

.PHONY: shots
shots: ## picture every page in Chromium, into dist/shots
	@tests/browser/setup
	@cd tests/browser && node run.mjs shots.mjs

.PHONY: sheets
sheets: ## print every format and picture it, into docs/printing
	@docs/printing/pictures

.PHONY: bench
bench: ## run the benchmarks
	go test -run '^$$' -bench . -benchmem ./...

.PHONY: fuzz
fuzz: ## run every fuzz test for FUZZTIME (10s)
	@for package in $$(go list ./...); do \
		for target in $$(go test -list '^Fuzz' "$$package" | grep '^Fuzz' || true); do \
			printf '\n== %s %s\n' "$$package" "$$target"; \
			go test -run '^$$' -fuzz "^$$target$$" -fuzztime $(FUZZTIME) "$$package"; \
		done; \
	done

.PHONY: faults
faults: ## kill, fill, flip and cut the power of what writes (a quarter of an hour; root, strace)
	@tests/faults/run

.PHONY: clean
clean: ## remove what was made here
	rm -rf dist tests/browser/node_modules tests/lighthouse/node_modules
