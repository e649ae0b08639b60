#!/usr/bin/env bash
# The pages over FastCGI, on a private MariaDB and Redis.
set -u
cd "$(dirname "$0")/../.." || exit 1
exec tests/lib/world.sh node --test --test-reporter=tap --test-concurrency=1 \
  tests/web/cases/*.mjs
