# What one does with Talkoot from a checkout. The checks are in tools/check, and what they need from the machine is
# found, installed or started by tools/with.

.PHONY: help test lint build demo bench

help: ## show this list
	@sed -n 's/^\([a-z]*\):.*## /\1\t/p' $(MAKEFILE_LIST) | while IFS='	' read -r name does; do \
		printf 'make %-6s %s\n' "$$name" "$$does"; done

test: ## check everything, as CI does: lint, catalogues, the binary, all tests on SQLite, Postgres and Chromium
	@tools/with compiler chromium postgres -- tools/check

lint: ## only the checks that need nothing but Go
	@tools/check lint

build: ## make ./talkoot, one static binary
	CGO_ENABLED=0 go build -trimpath -o talkoot .

demo: ## try Talkoot on a small Discord of its own, without a token
	@go run . demo

bench: ## measure; Postgres is as durable here as in service
	@tools/with postgres=durable -- go test ./bench -run='^$$' -bench=. -benchtime=1x -timeout=30m
