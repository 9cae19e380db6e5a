# Every target is one command; what it does stands in scripts/.
.DEFAULT_GOAL := help
.PHONY: help run test test-pdf test-otel bench fmt lint deny schema accept browser reliability graphiql

help: ## list the targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "%-11s %s\n", $$1, $$2 }' Makefile

run: ## build, prepare ./data/entente.db with sample reports, and serve (DATABASE_URL=... LISTEN=... to differ)
	@scripts/run

test: ## formatting, lints, unit tests, house rules and the end-to-end suite on SQLite and PostgreSQL
	@scripts/check-prerequisites
	@scripts/with-postgres scripts/test

test-pdf: ## lints and tests of papers as PDF (feature `pdf`), which `make test` leaves out
	@scripts/check-prerequisites
	@scripts/test-pdf

test-otel: ## lints and tests of traces for OpenTelemetry (feature `otel`), which `make test` leaves out
	@scripts/check-prerequisites
	@scripts/test-otel

bench: ## load on the API, beside the limit of one statement, on SQLite and PostgreSQL (SIZES="1000 50000" SECONDS=5)
	@scripts/check-prerequisites
	@scripts/bench "$(SIZES)" "$(SECONDS)"

fmt: ## format all Rust code
	@cargo fmt --all

lint: ## every lint, each a failure
	@cargo clippy --workspace --all-targets -- -D warnings

deny: ## licences, advisories and sources of the dependencies (needs cargo-deny)
	@scripts/deny

schema: ## write graphql/schema.graphql as the program serves it
	@scripts/export-schema

accept: ## third-party clients and checkers against a running server (needs npm and pip; ACCEPT=FOLDER of the suites)
	@scripts/accept $(ACCEPT)

browser: ## sign-in and sign-out in Chromium, with the certified provider of others (needs npm, Chromium; BROWSER=FOLDER of the suites)
	@scripts/browser $(BROWSER)

reliability: ## kill -9, a failing disk, a failing PostgreSQL under writes (RELIABILITY=FOLDER of the suites, ROUNDS=50)
	@scripts/reliability $(RELIABILITY)

graphiql: ## bundle GraphiQL into the next build of the program (needs npm)
	@scripts/build-graphiql
