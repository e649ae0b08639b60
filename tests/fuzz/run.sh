#!/bin/sh
# Looks for bytes that break a target: tests/fuzz/run.sh TARGET [SECONDS]
# (conf, csv, form, multipart, text).
# New inputs of interest go to build/fuzz/TARGET, a crash is written to
# build/fuzz; put what was mended into tests/fuzz/corpus/TARGET.
set -eu
cd "$(dirname "$0")/../.."
target=$1
out=build/fuzz
more=
case $target in
  form) more=src/web/request.c ;;
  multipart) more=src/web/multipart.c ;;
esac
mkdir -p "$out/$target"
# shellcheck disable=SC2046  # a list of flags
clang -std=c11 -g -O1 -D_GNU_SOURCE -Isrc -I. \
  -fsanitize=fuzzer,address,undefined -fno-sanitize-recover=all \
  "tests/fuzz/$target.c" $more src/base/*.c -o "$out/fuzz_$target" \
  $(pkg-config --libs libsodium icu-i18n icu-uc inih) -lcsv
exec "$out/fuzz_$target" -max_total_time="${2:-60}" -timeout=10 \
  -artifact_prefix="$out/" "$out/$target" "tests/fuzz/corpus/$target"
