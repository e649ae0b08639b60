#!/usr/bin/env bash
# What people read, as ./dev sentences lists it: its spaces, stops and quotation
# marks, and wordings that a copy pass has replaced.
set -u
cd "$(dirname "$0")/../.." || exit 1
. tests/lib/tap.sh

sentences=$(node tools/dev/sentences.mjs)

# shown PATTERN [NOT]: FILE:LINE: TEXT where the text, after that, matches.
shown() {
  grep -P "^[^:]*:\d+: .*?$1" <<<"$sentences" | grep -v -P "${2:-^$}"
}

space_before_stop() {
  shown '[\p{L}\d‹›”)] [.,;:!?](\s|$)'
}

# The columns of a help text are apart on purpose.
double_space() {
  shown '([.!?:;,]|\p{Ll})  +[^ ]' '^(dev|tools/dev/[a-z]+\.sh):'
}

double_stop() {
  shown '[^.](\.\.|,,|\?\?|!!)([^./]|$)'
}

# JSON and what is written in HTML or HTTP has no others.
straight_quotes() {
  shown '"' '"\w+":|(realm|error)="|AUTOESCAPE|; filename=|^tools/dev/services.sh:'
}

straight_apostrophes() {
  shown "\p{Ll}'(s|t|re|ll|ve)\b"
}

RETIRED='gone on with|begin(s)? anew|starts? anew|needs? another look'
RETIRED+='|look it over|meanwhile|every day all day|around the clock|implies'
RETIRED+='|on (its|their) way|w(as|ere) not taken|half a command|any more'
RETIRED+='|twice is fine|goes before|is away|nobody can|mend(ed)?\b|whoever'
RETIRED+='|” is no |calls a (second|minute)|rows a page|calling windows'

retired() {
  shown "(?i:$RETIRED)"
}

ok "the list is there" test "$(wc -l <<<"$sentences")" -gt 1000
none "no stop or comma has a space before it" space_before_stop
none "no two spaces between words" double_space
none "no stop twice" double_stop
none "quotation marks are “curly”" straight_quotes
none "and so are apostrophes" straight_apostrophes
none "no retired wording" retired
tap_done
