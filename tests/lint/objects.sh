#!/usr/bin/env bash
# What the linker would not say: the archives of the rooms, by their symbols.
# A room calls only those that it may see, whatever its headers say, and no symbol
# is in two archives, of which the linker would take the first.  And the files of
# all rooms and programs, by those of their objects: no two need each other.
set -u
cd "$(dirname "$0")/../.." || exit 1
. tests/lib/tap.sh
. tests/lib/rooms.sh

# The rooms that have an archive: the others have no code, or are programs.
ROOMS=$(printf '%s\n' "${!SEES[@]}" | grep -vxE 'sql|ctl|web|tools/.*')

archive() {
  echo "${OUTDIAL_BUILD:-build}/lib${1##*/}.a"
}

# "D ROOM SYMBOL" for each that is defined, "U ROOM SYMBOL" for each needed.
symbols() {
  local room
  for room in $ROOMS; do
    nm -g "$(archive "$room")" 2>/dev/null |
      awk -v room="$room" 'NF == 3 && $2 ~ /[TDBR]/ { print "D", room, $3 }
        NF == 2 && $1 == "U" { print "U", room, $2 }'
  done | sort -u
}

SYMBOLS=$(symbols)

twice() {
  awk '$1 == "D" { if ($3 in at) print $3 " is in lib" at[$3] \
    ".a and in lib" $2 ".a"; at[$3] = $2 }' \
    <<<"$SYMBOLS"
}

# Calls of a room that it must not see.
wrong_arrows() {
  local from symbol to
  awk '
    $1 == "D" { at[$3] = $2 }
    $1 == "U" { needs[++count] = $2 " " $3 }
    END {
      for (i = 1; i <= count; i++) {
        split(needs[i], need, " ")
        to = at[need[2]]
        if (to != "" && to != need[1]) print needs[i], to
      }
    }' <<<"$SYMBOLS" | while read -r from symbol to; do
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

# The objects of sources that there are, from the root of the build: what was made
# of a file that is gone lies there, too.  "src/base/libbase_a-x.o src/base/x"
objects() {
  local object name
  (cd "${OUTDIAL_BUILD:-build}" && find -L src -name '*.o') |
    while read -r object; do
      name=${object##*/}
      name=${name##*-}
      name=${object%/*}/${name%.o}
      [ -f "$name.c" ] || [ -f "$name.cc" ] || continue
      echo "$object $name"
    done
}

every_object() {
  git ls-files -- 'src/*.c' 'src/*.cc' | sed 's/\.cc*$//' | sort |
    comm -23 - <(objects | cut -d ' ' -f 2 | sort) | sed 's/^/no object of /'
}

# Calls between files that need each other, perhaps through others.  A call to a
# file that calls none is in no circle, nor is one by a file that none calls.  Such
# calls are taken away, again and again: what is left are circles and what lies
# between them.  A table of functions, as a kind of carrier gives, is no call.
circles() {
  objects | cut -d ' ' -f 1 |
    (cd "${OUTDIAL_BUILD:-build}" && xargs -r nm -gA) 2>/dev/null |
    awk '
      { file = $1; sub(/\.o:.*/, "", file); sub(/[^\/]*-/, "", file)
        sub(/^src\//, "", file) }
      $2 == "U" { needs[++count] = file " " $3 }
      $2 ~ /^[TDBR]$/ { at[$3] = file }
      END {
        for (i = 1; i <= count; i++) {
          split(needs[i], need, " ")
          if (!(need[2] in at) || at[need[2]] == need[1]) continue
          from[++calls] = need[1]
          symbol[calls] = need[2]
          to[calls] = at[need[2]]
        }
        do {
          delete asks; delete asked
          for (i in from) { asks[from[i]]; asked[to[i]] }
          before = calls
          for (i in from)
            if (!(to[i] in asks) || !(from[i] in asked)) {
              delete from[i]
              calls--
            }
        } while (calls < before)
        for (i in from)
          print from[i] " asks " to[i] " for " symbol[i] "()"
      }' | sort
}

none "every room has its archive" every_archive
none "no symbol is in two archives" twice
none "no room calls one that it must not see" wrong_arrows
none "every source of src has its object" every_object
none "no two files of src need each other" circles
tap_done
