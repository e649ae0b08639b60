#!/usr/bin/env bash
# files.sh - files that people bring and take home, as others have met them,
# each with its right value: see README.md.
set -u
cd "$(dirname "$0")/../.." || exit 1
[ -n "${MARIADB_SOCKET:-}" ] || exec tests/lib/world.sh bash "$PWD/tests/field/files.sh"
. tests/lib/tap.sh
OUTDIAL=${OUTDIAL_BUILD:-$PWD/build}/outdial
CASES=tests/field/cases
TMP=$(mktemp -d "${TMPDIR:-/tmp}/outdial-field.XXXXXX")
trap 'rm -rf "$TMP"' EXIT
MARK=$'\ufeff'

outdial() { "$OUTDIAL" "$@"; }
sql() { mariadb --no-defaults -S "$MARIADB_SOCKET" -u root -BNr --default-character-set=utf8mb4 "$TEST_DATABASE" -e "$1"; }

outdial --config "$MIGRATE_CONFIG" migrate >/dev/null
sql "$(outdial --config "$MIGRATE_CONFIG" grants outdial)"
outdial user add --workspace Works --name Ann --email ann@example.com --role admin --generate --country US >/dev/null
outdial bot add Reminder sip:bot@example.com >/dev/null
ID=$(outdial campaign create - <<<'{"name":"Field","bot_id":1}')

# import FILE: what it says; the rejected rows are in $TMP/rejects
import() {
  rm -f "$TMP/rejects"
  outdial import "$ID" "$1" --rejects "$TMP/rejects" 2>&1
}

contacts() { sql "SELECT CONCAT_WS(' ', phone, vars) FROM contact ORDER BY ordinal"; }

# is WANT COMMAND...: it says exactly that.
is() {
  local want=$1
  shift
  diff <(echo "$want") <("$@" 2>&1)
}

# reads WANT TEXT: a file of that text becomes these contacts.
reads() {
  printf '%b' "$2" >"$TMP/file"
  import "$TMP/file" >"$TMP/said" || { cat "$TMP/said"; return 1; }
  is "$1" contacts
}

# refuses WHY TEXT: a file of that text is not taken.
refuses() {
  printf '%b' "$2" >"$TMP/file"
  is "outdial: $1" import "$TMP/file"
}

# rejects WHY TEXT: the only rejected row of a file of that text.
rejects() {
  printf '%b' "$2" >"$TMP/file"
  import "$TMP/file" >"$TMP/said" || { cat "$TMP/said"; return 1; }
  sed -n 2p "$TMP/rejects" | grep -F "$1" || { cat "$TMP/rejects"; return 1; }
}

# --- 14: rejected rows come back as they were -------------------------------

ok "14: three of five rows are wrong" is "5 rows: 2 contacts, 3 rejected, 0 duplicates." import "$CASES/rejects-original.csv"
printf '%s\r\n' "${MARK}phone_number,name,balance,handle,line,reason" \
  '+1 202-555-0172,Beto,-3,,3,"The row has 3 cells, the header has 4."' \
  "+12025550174x,Dora,-9.99,'@dora,5,\"The phone number contains “x”: only digits, spaces, hyphens, dots, slashes, parentheses and a leading + are allowed.\"" \
  '2025550175,Eva,-7.00,'"'"'@eva,,6,"The row has 5 cells, the header has 4."' >"$TMP/want"
sed -i "s/^+12025550174x/'&/" "$TMP/want"
ok "14: they can be had, with their lines" diff "$TMP/want" "$TMP/rejects"
sed "s/0174x/0174/; s/'@eva,,/'@eva,/" "$TMP/rejects" >"$TMP/mended.csv"
MENDED='12025550172 {"name":"Beto","balance":"-3"}
12025550174 {"name":"Dora","balance":"-9.99","handle":"@dora"}
12025550175 {"name":"Eva","balance":"-7.00","handle":"@eva"}'
ok "14: mended, all come in" is "3 rows: 3 contacts, 0 rejected, 0 duplicates." import "$TMP/mended.csv"
ok "14: without guards, line and reason" is "$MENDED" contacts
sed "s/0174x/0174/" "$TMP/want" >"$TMP/half.csv"
ok "14: one of them still wrong" is "3 rows: 2 contacts, 1 rejected, 0 duplicates." import "$TMP/half.csv"
printf '%s\r\n' "${MARK}phone_number,name,balance,handle,line,reason" \
  '2025550175,Eva,-7.00,'"'"'@eva,,4,"The row has 7 cells, the header has 6."' >"$TMP/want"
ok "14: it has one line and one reason" diff "$TMP/want" "$TMP/rejects"
ok "14: a file without line and mark comes in, too" is "3 rows: 2 contacts, 1 rejected, 0 duplicates." import "$CASES/rejects-mended.csv"
ok "14: likewise" is "$(head -n 2 <<<"$MENDED")" contacts

for delimiter in ';' $'\t' '|'; do
  tr ',' "$delimiter" <"$CASES/rejects-original.csv" >"$TMP/other.csv"
  import "$TMP/other.csv" >/dev/null
  sed "s/0174x/0174/; s/'@eva$delimiter/'@eva/" "$TMP/rejects" >"$TMP/mended.csv"
  ok "14: in another delimiter" is "3 rows: 3 contacts, 0 rejected, 0 duplicates." import "$TMP/mended.csv"
  ok "14: which stays" is "$MENDED" contacts
done
ok "14: a column of the file's own called reason is a variable" \
  reads '12025550171 {"reason":"late","name":"Ana"}' 'phone_number,reason,name\n12025550171,late,Ana\n'
ok "14: in a file of rejected rows, too" \
  reads '12025550171 {"reason":"late"}' 'phone_number,reason,line,reason\n12025550171,late,7,It was wrong.\n'

# --- 05: spellings of numbers -----------------------------------------------

ok "05: every spelling is taken" is "12 rows: 12 contacts, 0 rejected, 0 duplicates." import "$CASES/number-spellings.csv"
ok "05: as its digits" is "$(printf '1202555%s\n' 0171 0172 0174 0177 0179 0181 0182 0185 0186 0188 0193 0196)" sql "SELECT phone FROM contact ORDER BY ordinal"
ok "05: else the character is named" rejects 'contains “x”: only digits, spaces, hyphens, dots, slashes, parentheses and a leading + are allowed.' 'phone_number\n12025550171\n+1 202 555 01x2\n'
ok "05: also one of another script" rejects 'contains “о” (U+043E)' 'phone_number\n12025550171\n+1 202 555 о172\n'
ok "05: Excel has cut the digits" rejects 'was shortened to 4.47E+11 by Excel, and the other digits are lost: format the column as text' \
  'phone_number\n12025550171\n4.47E+11\n'

# --- 10, 02: delimiters -------------------------------------------------------

ok "10: commas in a header of semicolons" is "1 row: 1 contact, 0 rejected, 0 duplicates." import "$CASES/commas-in-semicolon-header.csv"
ok "10: stay in the names" is '12025550171 {"Name (first, last)":"Ana","Price (EUR, net, VAT)":"1,5"}' contacts
ok "10: semicolons in a header of commas" reads '12025550171 {"a;b;c":"1"}' 'a;b;c,phone_number\n1,12025550171\n'
ok "10: a near miss is shown as the column it is" \
  refuses 'Line 1: there is no column “phone_number”. Column 1, “Phone No.”, looks similar: rename it.' \
  'Phone No.;Name (first, last);Price (EUR, net, VAT)\n12025550171;Ana;1,5\n'
printf 'day;name (of the day, in words);name\n2026-12-25;x;Christmas, all day\n' >"$TMP/days.csv"
ok "10: in a file of holidays" is "1 holiday added by command line." outdial holiday import "$TMP/days.csv"
ok "10: as they are called" is "2026-12-25  Christmas, all day" outdial holiday list
ok "02: Excel's first line" is "1 row: 1 contact, 0 rejected, 0 duplicates." import "$CASES/sep-line.csv"
for first in "sep=;" "$MARK""sep=;" '"sep=;"' "$MARK"'"sep=;"' 'SEP=;'; do
  ok "02: in other forms" reads '12025550171 {"a,b":"Ana"}' "$first"'\r\nphone_number;a,b\r\n12025550171;Ana\r\n'
done
printf 'sep=;\nday;name\n2026-12-26;Boxing Day\n' >"$TMP/days.csv"
ok "02: in a file of holidays" is "1 holiday added by command line." outdial holiday import "$TMP/days.csv"

# --- Smaller ones -------------------------------------------------------------

ok "all faults of quotes at once" \
  refuses 'Lines 2, 3 and 5 have a quote in the middle of a cell. Quote the whole cell and double the quotes inside it.' \
  'phone_number,name\n12025550171,A "B" C\n12025550172,"D" E\n12025550173,F\n12025550174,G"\n'
for name in Mobile 'Cell Phone' 'Contact Number' Teléfono Telefon Numéro; do
  ok "“$name” is a near miss" refuses "Line 1: there is no column “phone_number”. Column 2, “$name”, looks similar: rename it." \
    "id,$name\n1,12025550171\n"
done
printf 'day,name\n2026-12-25,Christmas\n2026-12-26,Boxing Day\n2027-01-01,New Year\n' >"$TMP/days.csv"
ok "holidays that exist are not said to be added" is "1 holiday added, 1 renamed, 1 unchanged by command line." outdial holiday import "$TMP/days.csv"
ok "variables that no call carries" rejects 'The variables take 9009 bytes as JSON; a call carries at most 8192.' \
  "phone_number,name\n12025550171,Ana\n12025550172,$(printf 'x%.0s' {1..8998})\n"
tap_done
