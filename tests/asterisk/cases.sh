#!/usr/bin/env bash
# The files of asterisk/, and the dialler with them, on a real Asterisk, with
# phones and bots around it.
set -u
cd "$(dirname "$0")/../.." || exit 1
exec tests/lib/pbx.sh tests/lib/world.sh node --test --test-reporter=tap \
  --test-concurrency=1 tests/asterisk/cases/*.mjs
