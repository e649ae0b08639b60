#!/usr/bin/env bash
# What the linker would not say: the archives of the rooms, by their symbols.
# A room calls only those that it may see, whatever its headers say, and no symbol
# is in two archives, of which the linker would take the first.
set -u
cd "$(dirname "$0")/../.." || exit 1
. tests/lib/tap.sh
. tests/lib/rooms.sh

# The rooms that have an archive: the others have no code, or are programs.
ROOMS=$(printf '%s\n' "${!SEES[@]}" | grep -vxE 'sql|ctl|web|tools/.*')

# "D ROOM SYMBOL" for each that is defined, "U ROOM SYMBOL" for each needed.
symbols() {
  local room
  for room in $ROOMS; do
    nm -g "$(archive "$room")" 2>/dev/null |
      awk -v room="$room" 'NF == 3 && $2 ~ /[TDBR]/ { print "D", room, $3 }
        NF == 2 && $1 == "U" { print "U", room, $2 }'
  done | sort -u
}

archive() {
  echo "${OUTDIAL_BUILD:-build}/lib${1##*/}.a"
}

twice() {
  symbols | awk '$1 == "D" { if ($3 in at) print $3 " is in lib" at[$3] \
    ".a and in lib" $2 ".a"; at[$3] = $2 }'
}

# Calls of a room that it must not see.
wrong_arrows() {
  local from symbol to
  symbols | awk '
    $1 == "D" { at[$3] = $2 }
    $1 == "U" { needs[++count] = $2 " " $3 }
    END {
      for (i = 1; i <= count; i++) {
        split(needs[i], need, " ")
        to = at[need[2]]
        if (to != "" && to != need[1]) print needs[i], to
      }
    }' | while read -r from symbol to; do
    [[ " ${SEES[$from]} " == *" $to "* ]] ||
      echo "$from calls $symbol() of $to"
  done
}

every_archive() {
  local room
  for room in $ROOMS; do
    [ -f "$(archive "$room")" ] || echo "no $(archive "$room")"
  done
}

none "every room has its archive" every_archive
none "no symbol is in two archives" twice
none "no room calls one that it must not see" wrong_arrows
tap_done
