#!/usr/bin/env bash
# What the linker would not say: the archives of the rooms, by their symbols.
# A room calls only those that stand before it, whatever its headers say, and no
# symbol is in two archives, of which the linker would take the first.
set -u
cd "$(dirname "$0")/../.." || exit 1
. tests/lib/tap.sh

# Each room stands behind those that it may call.
ORDER="base store app phone workspace contacts campaign listing ledger view
  carrier dialler server pages"
# These call none of these, though they stand behind them.
APART="store:view phone:store listing:ledger ledger:listing carrier:store
  carrier:app carrier:campaign view:store view:app server:ledger server:carrier server:dialler
  pages:ledger pages:carrier pages:dialler dialler:listing dialler:view"

# "D ROOM SYMBOL" for each that is defined, "U ROOM SYMBOL" for each needed.
symbols() {
  local room
  for room in $ORDER; do
    nm -g "${OUTDIAL_BUILD:-build}/lib$room.a" 2>/dev/null |
      awk -v room="$room" 'NF == 3 && $2 ~ /[TDBR]/ { print "D", room, $3 }
        NF == 2 && $1 == "U" { print "U", room, $2 }'
  done | sort -u
}

twice() {
  symbols | awk '$1 == "D" { if ($3 in at) print $3 " is in lib" at[$3] \
    ".a and in lib" $2 ".a"; at[$3] = $2 }'
}

wrong_arrows() {
  symbols | awk -v order="$ORDER" -v apart="$APART" '
    BEGIN {
      n = split(order, rooms, /[ \n]+/)
      for (i = 1; i <= n; i++) place[rooms[i]] = i
      n = split(apart, pairs, /[ \n]+/)
      for (i = 1; i <= n; i++) never[pairs[i]] = 1
    }
    $1 == "D" { at[$3] = $2 }
    $1 == "U" { needs[++count] = $2 " " $3 }
    END {
      for (i = 1; i <= count; i++) {
        split(needs[i], need, " ")
        room = at[need[2]]
        if (room == "" || room == need[1]) continue
        if (place[room] > place[need[1]] || (need[1] ":" room) in never)
          print need[1] " calls " need[2] "() of " room
      }
    }'
}

every_archive() {
  local room
  for room in $ORDER; do
    [ -f "${OUTDIAL_BUILD:-build}/lib$room.a" ] || echo "no lib$room.a"
  done
}

none "every room has its archive" every_archive
none "no symbol is in two archives" twice
none "no room calls one that stands behind it" wrong_arrows
tap_done
