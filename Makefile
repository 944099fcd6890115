# The only command interface: people, CI and hooks call these targets, and `make` alone lists them.

PEOPLE ?= 5000
SEED ?= 1
DIR ?= var/screenshots
SECONDS ?= 600

.DEFAULT_GOAL := help
.PHONY: bench bench-scale bench-report flame-graph check docs duplicates fuzz help run run-simulated instructions reset test test-rust test-browser test-bench test-attack test-libraries test-outage test-rotation timing lint format deps build sample-records screenshots

help: ## List the targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-15s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

run: ## Build and start the service on http://localhost:8000 and the demo service on http://localhost:8001
	@scripts/run.sh

run-simulated: ## The same, with stand-ins for the records API, Notify, Zendesk and One Login, all called over HTTP
	@scripts/run.sh simulated

reset: ## Forget everything that `make run` has kept: accounts, records, messages, keys
	@rm -rf var

test: ## Run every check and every test, in the order of how soon they fail
	@scripts/test.sh

check: ## Lint, and fuzz every parser of outside input for some seconds
	@scripts/deps.sh run
	@scripts/lint.sh
	@scripts/fuzz.sh 5

fuzz: ## Fuzz one parser, or each in turn: TARGET=authorize_query SECONDS=600
	@scripts/deps.sh run
	@scripts/fuzz.sh $(SECONDS) $(TARGET)

test-rust: ## Run the Rust tests: units, the store on SQLite and PostgreSQL, endpoints
	@scripts/deps.sh test
	@scripts/test-rust.sh

test-browser: ## Run the browser tests; ARGS go to Playwright: make test-browser ARGS='-g Asha'
	@scripts/deps.sh test
	@scripts/test-browser.sh $(ARGS)

test-attack: ## Run the attacks on a server with the budgets of a real one
	@scripts/deps.sh test
	@scripts/test-attack.sh

test-libraries: ## Sign in with the client libraries of real services; ONLY=python for one of them
	@scripts/deps.sh test
	@scripts/test-libraries.sh

test-outage: ## Kill servers while people register, and let partners fail in every way: JOURNEYS=500 KILLS=50
	@scripts/deps.sh test
	@scripts/test-outage.sh

test-rotation: ## Rehearse the life of signing keys on two servers, months in 45 seconds
	@scripts/deps.sh test
	@scripts/test-rotation.sh

test-bench: ## Run the tests of how `make bench` looks at servers and reports
	@scripts/test-bench.sh

instructions: ## Count the instructions of each operation, and compare with docs/instructions.toml; UPDATE=1 renews it
	@scripts/deps.sh test
	@scripts/instructions.sh check $(if $(UPDATE),renew)

timing: ## Measure whether the answers to known and to unknown addresses differ: TIMES=2000 of each
	@scripts/deps.sh run
	@scripts/timing.sh $(TIMES)

duplicates: ## Print how well possible duplicates are found among invented people; ARGS='20000 7' for fewer, and others
	@scripts/deps.sh run
	@cargo run --quiet -p duplicates -- $(ARGS)

bench: ## Measure ours and others beside it, and write docs/performance.md; tests/bench/README.md has the options
	@scripts/bench.sh

bench-scale: ## Measure what a sign-in costs with 10,000, 100,000 and 2,000,000 accounts
	@scripts/bench.sh scale

flame-graph: ## Draw where the server's time goes, into docs/images: ONLY='ours-sqlite ES256 refresh' for another operation
	@scripts/flame-graph.sh

bench-report: ## Put what was measured into docs/performance.md once more
	@node tests/bench/report/main.mjs

lint: ## Check the formatting, and let clippy find nothing
	@scripts/deps.sh run
	@scripts/lint.sh

format: ## Format the Rust code
	@cargo fmt --all

deps: ## Install what the tests need and this machine lacks (Debian packages, npm packages)
	@scripts/deps.sh test

build: ## Build the binary as it is deployed: target/release/get-an-identity
	@scripts/deps.sh run
	@cargo build --release --bin get-an-identity

sample-records: ## Invent teaching records: PEOPLE=5000 SEED=1, into var/sample-records.csv
	@scripts/sample-records.sh $(PEOPLE) $(SEED)

docs: ## Draw docs/journey.md from the code, and put the programs of tests/libraries into docs/integrating.md
	@scripts/deps.sh run
	@cargo run --quiet -p journey --example draw > docs/journey.md.new && mv docs/journey.md.new docs/journey.md
	@node tests/libraries/support/document.mjs

screenshots: ## Take pictures of the pages, 1280 and 320 pixels wide, into DIR=var/screenshots
	@scripts/deps.sh test
	@scripts/screenshots.sh $(DIR)
