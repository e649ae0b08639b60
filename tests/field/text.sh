#!/usr/bin/env bash
# text.sh - what people type, as others have met it, each with its right value:
# settings in JSON (27), countries (31), searches (22), lengths (28), text that
# nobody sees (29).
set -u
cd "$(dirname "$0")/../.." || exit 1
[ -n "${MARIADB_SOCKET:-}" ] || exec tests/lib/world.sh bash "$PWD/tests/field/text.sh"
. tests/lib/tap.sh
OUTDIAL=${OUTDIAL_BUILD:-$PWD/build}/outdial

outdial() { "$OUTDIAL" "$@"; }
user() { outdial user add --workspace Works --name "$1" --email ann@example.com --role admin --generate "${@:2}"; }

# says TEXT COMMAND...: this is in what it prints.
says() {
  local text=$1 out
  shift
  out=$("$@" 2>&1)
  [[ $out == *"$text"* ]] || { echo "$out"; false; }
}

create() { outdial campaign create - <<<"$1"; }
change() { outdial campaign change "$ID" - <<<"$1"; }
setting() { outdial campaign show "$ID" --json | grep -F "$1"; }
count_is() { [ "$(outdial campaign list | tail -n +2 | wc -l)" = "$1" ]; }

sql() { mariadb --no-defaults -S "$MARIADB_SOCKET" -u root "$TEST_DATABASE" -e "$1"; }
outdial --config "$MIGRATE_CONFIG" migrate >/dev/null
sql "$(outdial --config "$MIGRATE_CONFIG" grants outdial)"

ok "31: a country that is none is refused, with the right one" says "there is no country UK; you may mean GB." user Ann --country UK
ok "31: one that nobody knows" says "there is no country ZZ" user Ann --country ZZ
ok "31: in small letters" says "default country gb" user Ann --country gb
ok "29: a name that nobody sees" says "it has only a zero-width space (U+200B)." user $'\u200b'
ok "29: a name with a control character" says "character 5 is a line break (U+000A)." user $'evil\nname'
outdial bot add Reminder sip:bot@example.com >/dev/null

ok "27: keys of another program are named, the first with its nearest" says "Line 1, character 24: There is no setting “timezone”; the nearest is “zone”." create '{"name":"N","bot_id":1,"timezone":"Asia/Tokyo","window_stop":"12:00","max_attempt":1}'
ok "27: also one that two come near" says "“window_stop”; the nearest is “window_start” or “window_end”." create '{"name":"N","bot_id":1,"window_stop":"12:00"}'
ok "27: a key twice" says "“name” is set twice." create '{"name":"N","bot_id":1,"name":"M"}'
ok "27: text behind the end" says "There is more text after the JSON." create '{"name":"N","bot_id":1} x'
ok "27: a NUL in a text" says "Line 1, character 11: Text cannot contain a NUL character." create '{"name":"a\u0000b","bot_id":1}'
ok "27: of all these none was made" count_is 0
ID=$(create '{"name":"İstanbul bayram","bot_id":1,"days":["mon","tue"],"retry_delays":{"busy":5},"window_start":"9am"}')
ok "27: days as an array" setting '"days":"mon,tue"'
ok "27: delays as an object" setting '"retry_delays":"busy=5"'
ok "a time as people write it" setting '"window_start":"09:00"'
misspelt() { ! change '{"max_attempt":1}'; }
ok "27: a change with a misspelt key is none" misspelt
ok "27: it says so" says "There is no setting “max_attempt”; the nearest is “max_attempts”." change '{"max_attempt":1}'
ok "a zone in any case" change '{"zone":"europe/london"}'
ok "is written as the database writes it" setting '"zone":"Europe/London"'

for typed in istanbul ISTANBUL İSTANBUL ıstanbul $'i\u0307stanbul' bayram; do
  ok "22: “$typed” finds it" says "$ID" outdial campaign list --search "$typed"
done

emoji() { printf '{"name":"%s"}' "$(printf '😀%.0s' $(seq "$1"))"; }
ok "28: 120 emoji are 120 characters" change "$(emoji 120)"
ok "28: of 130 nothing is cut, and one count is told" says "Campaign Name must have 1 to 120 characters; it has 130." change "$(emoji 130)"
inputs_that_cut() { grep -ln maxlength templates/*.tpl; }
none "28: no input counts otherwise" inputs_that_cut
tap_done
