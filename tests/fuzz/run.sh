#!/bin/sh
# Looks for bytes that break a target: tests/fuzz/run.sh TARGET [SECONDS [RUNS]]
# (a file of this directory but replay.c).  New inputs of interest go to
# build/fuzz/TARGET, a crash is written to build/fuzz; put what was mended into
# tests/fuzz/corpus/TARGET.
set -eu
cd "$(dirname "$0")/../.."
target=$1
out=build/fuzz
more=''
libs=''
objects=''
compiler=clang
flags="-g -O1 -D_GNU_SOURCE -Isrc -I. -fno-sanitize-recover=all"
mkdir -p "$out/$target"
campaign=$(echo src/campaign/campaign.c src/campaign/outcome.c \
  src/campaign/more_windows.c src/campaign/retry_*.c src/campaign/window*.c)
case $target in
  index) more=src/listing/index_file.c ;;
  form) more="src/web/server/request.c src/web/server/return_path.c" ;;
  job) more="src/ledger/job.c src/campaign/call_id.c" ;;
  multipart) more=src/web/server/multipart.c ;;
  request)
    more="src/web/server/request.c src/web/server/return_path.c
      src/web/pages/list_query.c src/listing/page_key.c
      $campaign"
    ;;
  session) more=src/web/server/session_copy.c ;;
  settings)
    more="src/campaign/settings_json.c src/campaign/settings_read.c
      src/contacts/upload_preview.c $campaign"
    ;;
  ami_message)
    more="src/carrier/ami/message.c src/carrier/ami/verdict.c
      src/carrier/outcome.c src/app/outcome.c"
    ;;
  ami | sim)
    more="$(find src/carrier -name '*.c' ! -path '*/sim/main.c')
      src/app/outcome.c src/app/carrier_kind.c tests/fuzz/client.c"
    libs=-lm
    ;;
  rows)
    compiler=clang++
    libs="-lphonenumber $(pkg-config --libs protobuf-lite re2)"
    more="src/contacts/import_rows.c src/contacts/rejects.c
      src/phone/phone.c"
    for name in phone_lib phone_plan; do
      # shellcheck disable=SC2086  # a list of flags
      clang++ -std=c++17 $flags -fsanitize=fuzzer-no-link,address,undefined \
        -c "src/phone/$name.cc" -o "$out/$name.o"
      libs="$out/$name.o $libs"
    done
    ;;
esac
for file in "tests/fuzz/$target.c" src/base/*.c $more; do
  object=$out/$(echo "$file" | tr / _).o
  objects="$objects $object"
  [ -z "$(find src "$file" -newer "$object" -print -quit 2>&1)" ] && continue
  # shellcheck disable=SC2086
  clang -std=c11 $flags -fsanitize=fuzzer-no-link,address,undefined -c "$file" \
    -o "$object"
done
# shellcheck disable=SC2046,SC2086
$compiler -fsanitize=fuzzer,address,undefined $objects -o "$out/fuzz_$target" \
  $libs $(pkg-config --libs libsodium icu-i18n icu-uc inih libcjson liboath libqrencode) -lcsv
exec "$out/fuzz_$target" -max_total_time="${2:-60}" -runs="${3:--1}" \
  -timeout=10 -artifact_prefix="$out/" "$out/$target" \
  "tests/fuzz/corpus/$target"
