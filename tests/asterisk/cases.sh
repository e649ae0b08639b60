#!/usr/bin/env bash
# The files of asterisk/ on a real Asterisk, with phones and bots around it.
set -u
cd "$(dirname "$0")/../.." || exit 1
exec tests/lib/pbx.sh node --test --test-reporter=tap \
  --test-concurrency=1 tests/asterisk/cases/*.mjs
