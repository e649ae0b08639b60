#!/usr/bin/env bash
# What must not stand in the sources: SQL outside its files, functions that
# are unsafe or read the clock or locale behind our back, unfinished places.
# shellcheck disable=SC2016  # what looks like a variable is awk or perl
set -u
cd "$(dirname "$0")/../.." || exit 1
. tests/lib/tap.sh

sources() {
  grep -rnE --include='*.[ch]' --include='*.cc' "$1" src tools "${@:2}"
}

SQL='SELECT|INSERT|UPDATE|DELETE|REPLACE|CREATE|ALTER|DROP|TRUNCATE|LOCK'
SQL+='|GRANT|CALL|WITH|SET'

sql_in_strings() {
  sources "\"[[:space:]]*($SQL) "
  sources '"[^"]*\b(SELECT .* FROM|INSERT (IGNORE )?INTO|UPDATE [a-z_]+ SET|DELETE FROM|REPLACE INTO|CREATE TABLE|ALTER TABLE|DROP TABLE|TRUNCATE)\b'
}

BANNED='strcpy|strcat|sprintf|vsprintf|gets|atoi|atol|atoll|atof|strtok'
BANNED+='|localtime|gmtime|ctime|asctime|system|popen|alloca|rand|srand|tmpnam'

banned_functions() {
  sources "(^|[^a-zA-Z0-9_>.\"])($BANNED)\(" tests |
    grep -v -E ':[0-9]+:[[:space:]]*(\*|//|/\*)'
}

# A client that reconnects by itself forgets the transaction.
reconnects() {
  sources 'MYSQL_OPT_RECONNECT' | grep -v '&off'
}

# A test that sleeps is slow, or hides a race.  One that waits for a timer of
# the server has no other way, and says on the line which.
sleeping_tests() {
  git grep -nE '(^|[^a-zA-Z_])(u|nano|clock_nano)?sleep\(' -- 'tests/*.c' \
    'tests/*.h' 'tests/*.mjs' | grep -v -E '; (/\*|//) '
}

# A test writes where TMPDIR says (tests/temp.h).
fixed_temporary_names() {
  git grep -nE '"/tmp/[a-z_]*outdial|"/tmp/[^"]*X{6}' -- 'tests/*.[ch]' \
    ':!tests/temp.h'
}

unfinished() {
  git grep -nIE '\b(TODO|FIXME|XXX)\b' -- . ':!tests/lint/source.sh' \
    ':!*package-lock.json' ':!LICENSE'
}

conflict_marks() {
  git grep -nE '^(<<<<<<<|>>>>>>>) ' -- .
}

trailing_space() {
  git grep -nIE '[[:space:]]+$' -- . ':!*package-lock.json' ':!*.txt' \
    ':!tests/fuzz/corpus' ':!tests/field/cases'
}

no_last_newline() {
  git grep -Il '' -- . ':!tests/fuzz/corpus' ':!tests/field/cases' |
    xargs -d '\n' perl -e 'for (@ARGV) { open F, $_; seek F, -1, 2;
      read F, $c, 1; print "$_\n" if $c ne "\n" }'
}

# A header says what its module promises; its guard is ROOM_NAME_H.
wrong_guards() {
  git ls-files -co --exclude-standard -- 'src/*.h' 'tools/*.h' | xargs awk '
    FNR == 1 {
      if (file && !good) print file ": no guard " want
      file = want = FILENAME; good = 0
      sub(/^src\//, "", want); gsub(/[\/.]/, "_", want); want = toupper(want)
      if ($0 !~ /^\/\*($| .* - )/)
        print file ": it does not begin with its contract"
    }
    $1 == "#ifndef" && $2 == want { good = 1 }
    END { if (file && !good) print file ": no guard " want }'
}

# named PATTERN: each place that matches it, as FILE:LINE:MATCH.
named() {
  git grep -noIE "$1" -- . ':!*package-lock.json' ':!tests/fuzz/corpus' \
    ':!tests/field/cases'
}

# A document is found from the root, from doc/, or from the file that names it.
missing_documents() {
  local file line name
  named '[a-zA-Z0-9_./-]*[a-zA-Z0-9_]\.md\b' |
    while IFS=: read -r file line name; do
      [ -e "$name" ] || [ -e "doc/$name" ] ||
        [ -e "$(dirname "$file")/$name" ] ||
        echo "$file:$line: there is no $name"
    done
}

# A rule begins a heading, or a paragraph in bold: "## 6. ", "**6.5 ".
missing_rules() {
  local file line name rule
  named 'doc/[a-z-]+\.md [0-9]+(\.[0-9]+)?' |
    while IFS=': ' read -r file line name rule; do
      grep -qsE "^(## |\*\*)${rule/./\\.}\.? " "$name" ||
        echo "$file:$line: there is no rule $rule in $name"
    done
}

# C has one name space for the tags of structs, enums and unions.
doubled_tags() {
  local tag
  git grep -hoE '^(struct|enum|union) [a-z_0-9]+ \{' -- 'src/*.[ch]' \
    'tools/*.[ch]' |
    awk '{ print $2 }' | sort | uniq -d | while read -r tag; do
    git grep -nE "^(struct|enum|union) $tag \{" -- 'src/*.[ch]' 'tools/*.[ch]'
  done
}

# A statement and a struct are joined by a field table (rows_fetch()); reads by
# the number of a column are no more than there were.  Lower it when one goes.
READS_BY_NUMBER=136

reads_by_number() {
  local found
  found=$(git grep -nE '\brows_(int|str|bin|null)\(' -- 'src/*.c' 'tools/*.c' \
    ':!src/store')
  [ "$(grep -oE '\brows_(int|str|bin|null)\(' <<<"$found" | wc -l)" -le \
    "$READS_BY_NUMBER" ] || echo "$found"
}

none "SQL stands only in files of statements" sql_in_strings
none "no banned function is called" banned_functions
none "MariaDB never reconnects behind our back" reconnects
none "no test sleeps without a reason" sleeping_tests
none "no test writes to /tmp whatever TMPDIR says" fixed_temporary_names
none "nothing is marked as unfinished" unfinished
none "no merge left its marks" conflict_marks
none "no line ends in blanks" trailing_space
none "every file ends with a newline" no_last_newline
none "no more columns than before are read by their number" reads_by_number
none "no tag of a struct or enum stands for two" doubled_tags
none "every header has its guard and its contract" wrong_guards
none "no document is named that is not there" missing_documents
none "no rule is cited that is not there" missing_rules
tap_done
