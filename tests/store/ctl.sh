#!/usr/bin/env bash
# ctl.sh - the administrator's command: usage, exit codes, every command on a
# database of its own, and a demo that is cut off.
set -u
cd "$(dirname "$0")/../.." || exit 1
[ -n "${TEST_WORLD:-}" ] || exec tests/lib/world.sh bash "$PWD/tests/store/ctl.sh"
. tests/lib/tap.sh
OUTDIAL=${OUTDIAL_BUILD:-$PWD/build}/outdial
TMP=$(mktemp -d "${TMPDIR:-/tmp}/outdial-ctl.XXXXXX")
trap 'rm -rf "$TMP"' EXIT
umask 077 # configurations hold passwords

outdial() { "$OUTDIAL" "$@"; }
sql() { mariadb --no-defaults -S "$MARIADB_SOCKET" -u root -BN "$TEST_DATABASE" <<<"$1"; }

# ends CODE TEXT COMMAND...: it ends with the code and says the text.
ends() {
  local code=$1 text=$2 out got=0
  shift 2
  out=$("$@" 2>&1 </dev/null) || got=$?
  echo "exit $got: $out"
  [ "$got" = "$code" ] && [[ $out == *"$text"* ]]
}

# says TEXT COMMAND...: it succeeds with exactly this on standard output.
says() {
  local text=$1 out
  shift
  out=$("$@" 2>"$TMP/err") || { cat "$TMP/err"; return 1; }
  echo "$out"
  [ "$out" = "$text" ]
}

ok "no command is a wrong use" ends 2 "Which command?" outdial
ok "nor is one that there is not" ends 2 "There is no command “dial”." outdial dial
ok "half of one names the other halves" ends 2 "“campaign” is not a complete command. It must be followed by list, show, create" outdial campaign
ok "a slip names the nearest, and the others" ends 2 "There is no command “campaign lst”. Did you mean “campaign list”? “campaign” must be followed by list, show" outdial campaign lst
ok "in the first word too" ends 2 "Did you mean “user add”?" outdial usr add
ok "and the same to help" ends 2 "There is no command “usr”. Did you mean “user”?" outdial help usr
ok "an option that must be given" ends 2 "--email is missing. Usage: outdial user add --workspace NAME" outdial user add --workspace Works
ok "an argument is missing" ends 2 "outdial campaign start ID" outdial campaign start
ok "one too many" ends 2 "outdial migrate" outdial migrate now
ok "an option it has not" ends 2 "takes no option --force" outdial campaign list --force
ok "an option without its value" ends 2 "--status takes a value" outdial campaign list --status
ok "help needs no configuration" ends 0 "  campaign   list, show, create, " outdial help --config /nowhere
subjects() { outdial help | sed -n 's/^  \([a-z]*\) .*/\1/p'; }
commands_shown() { local word; for word in $(subjects); do outdial help "$word" | grep '^  [^ ]'; done; }
wide_help() { (outdial help; commands_shown) | LC_ALL=C.UTF-8 awk 'length > 80'; }
none "its lines fit a terminal" wide_help
long_help() { outdial help | awk 'END { if (NR > 48) print NR }'; }
none "and all of them a screen" long_help
ok "help for a subject" ends 0 "campaign list            Lists campaigns, newest first" outdial help campaign
commands_undescribed() { commands_shown | awk 'NF < 3'; }
none "each is described" commands_undescribed
ok "help for one command" ends 0 "250 ms" outdial campaign pause --help
ok "version" ends 0 "outdial 0." outdial version
ok "or as an option" ends 0 "outdial 0." outdial --version
settings_differ() { diff <(outdial settings | grep -o '^#[a-z_]* =.*') <(grep -o '^#[a-z_]* =.*' etc/outdial.conf); }
none "settings are those of etc/outdial.conf" settings_differ
ok "a configuration that is not there" ends 1 "/nowhere cannot be read" outdial campaign list --config /nowhere
sed 's/^mariadb_socket.*/mariadb_socket = \/nowhere/' "$OUTDIAL_CONFIG" >"$TMP/away.conf"
ok "a database that is away" ends 1 "outdial: " outdial campaign list --config "$TMP/away.conf"

migrations=(sql/*.sql)
as_migrator() { outdial --config "$MIGRATE_CONFIG" "$@"; }
ok "migrate" ends 0 "${#migrations[@]} migrations applied" as_migrator migrate
ok "twice is fine" ends 0 "is already up to date" as_migrator migrate
ok "the programs may not change what is past" ends 0 "GRANT SELECT, INSERT ON \`$TEST_DATABASE\`.\`audit\` TO 'outdial'@'10.0.%'" as_migrator grants "outdial@10.0.%"
ok "an account that is none" ends 1 "is not an account" as_migrator grants "o'x@localhost"
ok "nor a host" ends 1 "is not an account" as_migrator grants "outdial@lo'cal"
ok "what is granted" sql "$(as_migrator grants outdial)"
ok "who runs does not migrate" ends 1 "denied" outdial migrate

user() { outdial user add --workspace Works --name Ann --email "$1" --role "$2" "${@:3}"; }
ok "a country that is none" ends 1 "there is no country UK; you may mean GB." user ann@example.com admin --generate --country UK
ok "a zone that is none" ends 1 "must be a time zone, such as Europe/Berlin." user ann@example.com admin --generate --zone Mars/Olympus
ok "an empty database has nobody to act for" ends 1 "There is no workspace yet" outdial bot add Reminder sip:bot@example.com
ok "a first user who is refused" ends 1 "Name must be text" outdial user add --workspace Works --name $'evil\nname' --email bob@example.com --role admin --generate
ok "leaves no workspace behind" says 0 sql "SELECT (SELECT COUNT(*) FROM workspace) + (SELECT COUNT(*) FROM audit)"
ok "the first user, of the first workspace" ends 0 $'Workspace “Works” created: time zone UTC, default country GB.\nUser ann@example.com added to “Works” as admin.\nPassword: ' user ann@example.com admin --generate --country GB
ok "a workspace that there is not" ends 1 "There is no workspace “Wroks”, but “Works”. Add --new-workspace to create it." outdial user add --workspace Wroks --name Bob --email bob@example.com --role viewer --generate
ok "none is founded by a slip" says 1 sql "SELECT COUNT(*) FROM workspace"
ok "--country is for a new one" ends 1 "The workspace “Works” already exists" user bob@example.com viewer --generate --country US
ok "a name of two lines" ends 1 "Name must be text in UTF-8 without control characters; character 5 is a line break (U+000A)." outdial user add --workspace Works --name $'evil\nname' --email bob@example.com --role viewer --generate
ok "a name that nobody sees" ends 1 "Name must have visible characters; it has only a zero-width space (U+200B)." outdial user add --workspace Works --name $'\u200b' --email bob@example.com --role viewer --generate
ok "an e-mail once" ends 1 "is already in use" user ann@example.com admin --generate
ok "a role that is none" ends 1 "viewer, supervisor or admin" user bob@example.com boss --generate
ok "a password from standard input" bash -c "echo 'long enough by far' | '$OUTDIAL' user add --workspace Works --name Ann --email eve@example.com --role viewer"
ok "none on standard input" ends 1 "There was no password" user bob@example.com viewer
ok "a short one" bash -c "! echo short | '$OUTDIAL' user add --workspace Works --name Bob --email bob@example.com --role viewer"

# Every command takes --json, but those whose text has a form of its own.
takes_json() {
  local subject name
  outdial help | sed -n 's/^  \([a-z][a-z]*\) .*/\1/p' | while read -r subject; do
    outdial help "$subject" | sed -n "s/^  \($subject [a-z-]*\) .*/\1/p; s/^outdial \($subject\)\( .*\)*$/\1/p" |
      while read -r name; do
        # shellcheck disable=SC2086
        outdial help $name | grep -q -F '[--json]' || echo "$name"
      done
  done
}
ok "every command has --json but these" says $'dnc export\ngrants\nsettings\nhelp\nversion' takes_json
ok "which refuse it" ends 2 "“grants” has no --json." outdial grants --json

ok "a bot" says "Bot 1 added." outdial bot add Reminder sip:bot@example.com
ok "a bot's target of two lines" ends 1 "Target must be text in UTF-8 without control characters" outdial bot add Evil $'sip:x\nplace evil'
ok "a carrier" says "Carrier 1 added." outdial carrier add Sim "$TMP/sim.sock" --cps 20
ok "what is no path is no socket" ends 1 "is reached by the path of its socket" outdial carrier add Trunk sip:trunk.example
ok "nor is a file" ends 1 "$TMP/away.conf is not a socket." outdial carrier add Trunk "$TMP/away.conf"
ok "a carrier of no kind" ends 1 "Kind must be sim or ami." outdial carrier add Trunk "$TMP/sim.sock" --kind smoke
ok "a number" says "Number 1 added." outdial number add 1 442079460000 --label Main
ok "as JSON" says '{"id":2}' outdial number add 1 442079460009 --json
sql "DELETE FROM number WHERE id = 2"
ok "bots are listed" says $'ID  NAME      TARGET\n 1  Reminder  sip:bot@example.com' outdial bot list
ok "in JSON too" says '[{"id":1,"name":"Reminder","target":"sip:bot@example.com"}]' outdial bot list --json
ok "a secret is not given on the command line" ends 1 "use --secret - and type it" outdial carrier change 1 --secret sesame
ok "carriers are, without it" says "[{\"id\":1,\"name\":\"Sim\",\"kind\":\"sim\",\"address\":\"$TMP/sim.sock\",\"cps\":20,\"channels\":100,\"inbound\":0,\"enabled\":\"yes\",\"user\":\"\",\"dial\":\"\",\"plus\":\"yes\",\"message\":\"\",\"amd\":\"\"}]" outdial carrier list --json
ok "numbers are" says $'ID  PHONE         CARRIER_ID  LABEL  DAY_CAP  ENABLED  CARRIER  USABLE\n 1  442079460000           1  Main         0  yes      Sim      yes' outdial number list
ok "users are" says $'EMAIL            NAME  ROLE    STATE   SECOND_FACTOR\nann@example.com  Ann   admin   active  off\neve@example.com  Ann   viewer  active  off' outdial user list
ok "workspaces are" says $'NAME   ZONE  COUNTRY  HELD\nWorks  UTC   GB       no' outdial workspace list
ok "a number at no carrier" ends 1 "no such carrier" outdial number add 9 442079460001
ok "what was added, and what was not, in the audit log" says "add workspace,add user,add user,add bot,add carrier,add number,add number" sql "SELECT GROUP_CONCAT(action ORDER BY id) FROM audit"
ok "a user there" says $'command line\tadd user\t{"id":1,"name":"ann@example.com"}' sql "SELECT actor, action, became FROM audit WHERE action = 'add user' ORDER BY id LIMIT 1"
ok "a bot is changed" says "Bot 1 changed." outdial bot change 1 --target sips:new@example.com
ok "an option that there is not names the nearest" ends 2 "“bot change” takes no option --traget. Did you mean “--target”?" outdial bot change 1 --traget x
ok "every field of a number is an option" ends 0 "outdial number change ID [--phone TEXT] [--carrier-id N] [--label TEXT] [--day-cap N] [--enabled yes|no] [--workspace NAME] [--json]" outdial help number change
ok "a number is changed, and says so in JSON" says '{"id":1}' outdial number change 1 --day-cap 100 --label=Sales --json
ok "what it has become" says "100 Sales 442079460000" sql "SELECT CONCAT_WS(' ', day_cap, label, phone) FROM number"
ok "a limit that is none" ends 1 "Calls per day must be a whole number from 0 to 1,000,000." outdial number change 1 --day-cap many
ok "no limit again" says "Number 1 changed." outdial number change 1 --day-cap 0
ok "a name is no ID" ends 1 "“Sim” is not the ID of a carrier" outdial carrier change Sim --cps 2
ok "an ID that there is not" ends 1 "There is no such carrier." outdial carrier change 99 --cps 2
ok "a carrier with numbers stays" ends 1 "The carrier is used by the number “+442079460000”." outdial carrier remove 1
ok "a carrier is disabled" says "Carrier 1 changed." outdial carrier change 1 --enabled no
ok "and enabled" says "Carrier 1 changed." outdial carrier change 1 --enabled yes
ok "a target with a password" ends 1 "Target must not hold a password." outdial bot change 1 --target sip:a:b@example.com
ok "a second bot" ends 0 "added." outdial bot add Other 1001
ok "a name once" ends 1 "There is already a bot with this name." outdial bot add OTHER 1002
second() { sql "SELECT id FROM bot WHERE name = 'Other'"; }
ok "a bot is removed" ends 0 "removed." outdial bot remove "$(second)"
ok "the workspace gets another time zone" ends 0 " changed." outdial workspace change Works --zone europe/paris --country fr
ok "in its usual spelling" says $'NAME   ZONE          COUNTRY  HELD\nWorks  Europe/Paris  FR       no' outdial workspace list
ok "a zone that is none" ends 1 "Time zone must be a time zone, such as Europe/Berlin." outdial workspace change --zone Mars/Olympus
ok "and as it was" ends 0 '{"id":' outdial workspace change --zone UTC --country GB --json

echo '{"name":"Spring “offer”","bot_id":1,"always_on":false,"days":"mon,sun","window_start":"00:00","window_end":"24:00"}' >"$TMP/c.json"
ID=$(outdial campaign create "$TMP/c.json")
ok "a campaign from JSON" test ${#ID} = 10
ok "settings that are wrong" bash -c "echo '{\"name\":\"x\",\"bot_id\":1,\"concurrency\":0}' | '$OUTDIAL' campaign create - 2>&1 | grep -q 'Concurrency Limit must be'"
example() { outdial help campaign create | sed -n '/^  {/,/}$/p' >"$TMP/example.json"; outdial campaign create "$TMP/example.json"; }
ok "the example of the help is taken" example
# by a name with a space, which no ID has
gone() { outdial campaign delete "$(outdial campaign list --search "$1" | tail -n 1 | cut -c1-10)"; }
ok "and deleted" gone "Spring offer"
keys_unnamed() { local key; for key in $(sql "SELECT column_name FROM information_schema.columns WHERE table_schema = DATABASE() AND table_name = 'campaign' AND column_name IN ('name','bot_id','zone','days','retry_on','ring_timeout')"); do outdial help campaign change | grep -q "^  $key$" || echo "$key"; done; }
none "which names the keys" keys_unnamed
make() { outdial campaign create - <<<"$1"; }
makes_not() { local out; out=$(make "$2" 2>&1) && { echo "made $out"; return 1; }; [[ $out == *"$1"* ]] || { echo "$out"; false; }; }
ok "a key that is none is named, with the nearest" makes_not "Line 1, character 24: There is no setting “bot”; the nearest is “bot_id”." '{"name":"Spring offer","bot":1}'
ok "nothing was made" says 1 sql "SELECT COUNT(*) FROM campaign"
ok "days as an array, hours as people write them" bash -c "echo '{\"name\":\"Odd hours\",\"bot_id\":1,\"days\":[\"mon\",\"tue\"],\"window_start\":\"9am\",\"zone\":\"europe/london\"}' | '$OUTDIAL' campaign create -"
ok "are stored as all others" says "3 540 Europe/London" sql "SELECT CONCAT_WS(' ', days, window_start, zone) FROM campaign WHERE name = 'Odd hours'"
ok "and deleted, too" gone "Odd hours"
nul() { printf '{"name":"a\0b","bot_id":1}' | "$OUTDIAL" campaign create -; }
ok "a NUL in the file" ends 1 "byte 11 is a NUL" nul
ok "no JSON" bash -c "! echo '{' | '$OUTDIAL' campaign create -"
ok "it is in the list" ends 0 "$ID  draft " outdial campaign list --search offer
ok "and in JSON" ends 0 '"name":"Spring “offer”"' outdial campaign list --json
ok "but not with another status" says "[
]" outdial campaign list --status failed --json
ok "its columns have heads" ends 0 "ID          STATUS      DONE            CONTACTS  NAME" outdial campaign list
ok "it is shown" ends 0 "Ring Timeout             45 s" outdial campaign show "$ID"
ok "in JSON that create takes" ends 0 '"settings":{"name":"Spring “offer”","bot_id":1,' outdial campaign show "$ID" --json
ok "a status that is none" ends 1 "--status must be" outdial campaign list --status old
ok "no contacts, no start" ends 1 "has no contacts" outdial campaign start "$ID"

printf 'phone_number,name\n+447911123456,Ann\n12,"Bob, Jr"\n07911 123456,Twice\n+447911123457,Cy\n' >"$TMP/list.csv"
ok "an import" says "4 rows: 2 contacts, 1 rejected, 1 duplicate." outdial import "$ID" "$TMP/list.csv" --rejects "$TMP/rejects.csv" --duplicates "$TMP/twice.csv"
printf '\ufeffphone_number,name,line,reason\r\n12,"Bob, Jr",3,The phone number must have 8 to 15 digits.\r\n' >"$TMP/want.csv"
ok "with its rejected rows" diff "$TMP/want.csv" "$TMP/rejects.csv"
ok "that only its owner may read" test "$(stat -c %a "$TMP/rejects.csv")" = 600
printf '\ufeffphone_number,name,line,reason\r\n07911 123456,Twice,4,The phone number is the same as in an earlier row.\r\n' >"$TMP/want.csv"
ok "and its duplicates" diff "$TMP/want.csv" "$TMP/twice.csv"
ok "from standard input" bash -c "'$OUTDIAL' import $ID - --json <'$TMP/list.csv' | grep -q '\"good\":2'"
ok "what it replaces is erased" says 2 sql "SELECT COUNT(*) FROM contact"
ok "contacts are no new version of the settings" says 0 sql "SELECT ver FROM campaign"
UNKNOWN=$'1 row: 1 contact, 0 rejected, 0 duplicates.\nContacts with a number that is not in any known numbering plan: 1.'
ok "a number in no plan is taken, and it is said" says "$UNKNOWN" outdial import "$ID" - <<<$'phone_number\n+449999999999'
ok "the first file again" ends 0 "2 contacts" outdial import "$ID" "$TMP/list.csv"
ok "a file that is not there" ends 1 "cannot be opened" outdial import "$ID" "$TMP/none.csv"
ok "an ID that is none" ends 1 "is not a campaign ID" outdial import spring "$TMP/list.csv"

echo '{"retry_delay":45,"numbers":[]}' >"$TMP/change.json"
ok "a change" says $'Retry Delay: 45, was 30\nNumber Pool: 0 numbers\nCampaign saved by Ann.' outdial campaign change "$ID" "$TMP/change.json" --as ann@example.com
ok "the rest stays" says "Spring “offer” 65 45" sql "SELECT CONCAT_WS(' ', name, days, retry_delay) FROM campaign"
ok "twice is none" says "Nothing to change." outdial campaign change "$ID" "$TMP/change.json"
change() { outdial campaign change "$ID" - "${@:2}" <<<"$1"; }
ok "in JSON too" says "{\"id\":\"$ID\",\"changed\":[]}" outdial campaign change "$ID" "$TMP/change.json" --json
ok "and what changed" says "{\"id\":\"$ID\",\"changed\":[\"ring_timeout\",\"numbers\"]}" change '{"ring_timeout":46,"numbers":[1]}' --json
ok "and back" ends 0 '"changed":["ring_timeout","numbers"]}' change '{"ring_timeout":45,"numbers":[]}' --json
ok "from standard input" says $'Number Pool: 1 number\nCampaign saved by command line.' change '{"numbers":[1]}'
changed_not() { local out; out=$(change "${@:2}" 2>&1) || [[ $out == *"$1"* ]] || { echo "$out"; false; }; }
none_changed() { changed_not "$@" && says 45 sql "SELECT retry_delay FROM campaign WHERE name LIKE 'Spring%'"; }
ok "a limit" none_changed "Retry Delay must be" '{"retry_delay":0}'
ok "a key that is misspelt" none_changed "Line 1, character 2: There is no setting “retry_delays_”" '{"retry_delays_":46}'
ok "a pool that is no list" none_changed "must be a list" '{"numbers":"all","retry_delay":46}'
ok "a viewer may not change it" none_changed "does not allow" '{"retry_delay":46}' --as eve@example.com

schedule() { sql "SELECT CONCAT_WS('|', more_windows, not_before, last_day, holidays, retry_delays, retry_dispositions) FROM campaign WHERE name = '$1'"; }
echo '{"name":"Timed","bot_id":1,"more_windows":"19:00-20:30","not_before":"2026-12-01T10:00","last_day":"2026-12-24","holidays":false,"retry_delays":"busy=5","retry_dispositions":"later"}' >"$TMP/timed.json"
TIMED=$(outdial campaign create "$TMP/timed.json")
ok "a schedule from JSON" says "19:00-20:30|29935320|20811|0|busy=5|later" schedule Timed
ok "its change" says $'Not Before: none, was 2026-12-01T10:00\nRetry Delay by outcome: no_answer=60,busy=5, was busy=5\nCampaign saved by command line.' outdial campaign change "$TIMED" - <<<'{"not_before":"","retry_delays":"busy=5,no_answer=60"}'
ok "windows that overlap" bash -c "! echo '{\"more_windows\":\"17:00-19:00\"}' | '$OUTDIAL' campaign change $TIMED - 2>'$TMP/err'; grep -q '09:00-18:00 and 17:00-19:00 overlap' '$TMP/err'"
ok "deleted" says "{\"id\":\"$TIMED\"}" outdial campaign delete "$TIMED" --json

ok "a holiday" says "1 holiday added by command line." outdial holiday add 2026-12-25 Christmas
ok "the same again" says "1 holiday unchanged by command line." outdial holiday add 2026-12-25 Christmas
ok "a day that is none" ends 1 "such as 2026-12-24" outdial holiday add 2026-12-32 Christmas
ok "nor without a name" ends 2 "outdial holiday add DAY NAME" outdial holiday add 2026-12-26
printf 'day,name\n2026-12-26,"Boxing Day"\n2026-12-25,Christmas Day\n' >"$TMP/holidays.csv"
ok "an import of them" says "1 holiday added, 1 renamed by Ann." outdial holiday import "$TMP/holidays.csv" --as ann@example.com
ok "a viewer may not" ends 1 "does not allow" outdial holiday import "$TMP/holidays.csv" --as eve@example.com
printf 'day,name\n2027-01-01,New Year\n2027-02-30,Nothing\n' >"$TMP/wrong.csv"
ok "one day is wrong" ends 1 "Line 3: The day must be a date" outdial holiday import "$TMP/wrong.csv"
ok "then none is added" says $'2026-12-25  Christmas Day\n2026-12-26  Boxing Day' outdial holiday list
ok "a near miss" ends 1 "“Date”, looks similar: rename it." bash -c "printf 'Date,name\n2027-01-01,New Year\n' | '$OUTDIAL' holiday import - 2>&1"
ok "in JSON" says $'[{"day":"2026-12-25","name":"Christmas Day"},\n{"day":"2026-12-26","name":"Boxing Day"}]' outdial holiday list --json
ok "added, in JSON" says '{"holidays":1}' outdial holiday add 2027-01-01 "New Year" --json
ok "and deleted" says '{"holidays":1}' outdial holiday delete 2027-01-01 --json
ok "a holiday less" says "Holiday deleted by command line." outdial holiday delete 2026-12-26
ok "once" ends 1 "2026-12-26 is not a holiday." outdial holiday delete 2026-12-26

ok "a number that is not called" says "+447700900400: added (“Own list”)." outdial dnc add "07700 900400" --reason "asked, twice"
ok "the same again" says "+447700900400: unchanged (“Own list”)." outdial dnc add +447700900400 --until 2099-12-24
ok "a day in the past" ends 1 "must not be in the past" outdial dnc add "07700 900401" --until 2020-01-01
ok "a viewer may not" ends 1 "does not allow" outdial dnc add "07700 900401" --as eve@example.com
ok "a number that is none" ends 1 "The phone number must have 8 to 15 digits." outdial dnc add 12
ok "it is looked up" ends 0 '"by":"command line","reason":"asked, twice"}]' outdial dnc lookup "07700 900400" --json
ok "another is not found" says "+447700900499 is on no do-not-call list." outdial dnc lookup "07700 900499"
printf 'phone_number,reason\n07700900410,file\n07700900410,again\n12,short\n' >"$TMP/dnc.csv"
ok "no list of that name" ends 1 "There is no do-not-call list “TPS”." outdial dnc import "$TMP/dnc.csv" --list TPS
ok "a list that is made of a file" says "3 rows: 1 new number, 1 rejected, 1 duplicate." outdial dnc import "$TMP/dnc.csv" --list TPS --kind national --max-age 28 --rejects "$TMP/bad.csv"
ok "its rejected rows" says "12,short,4,The phone number must have 8 to 15 digits." sed -n '2s/\r//p' "$TMP/bad.csv"
printf 'phone_number\n07700900411\n' >"$TMP/dnc.csv"
ok "another replaces it" says "1 row: 1 new number, 0 rejected, 0 duplicates." outdial dnc import "$TMP/dnc.csv" --list tps --replace
ok "the lists" ends 0 '"name":"TPS","kind":"national","numbers":1,' outdial dnc list --json
ok "its numbers" ends 0 "447700900411" outdial dnc list TPS
ok "an export" ends 0 "447700900411,,," outdial dnc export TPS
ok "a number less" says "+447700900411: removed (“TPS”)." outdial dnc remove 07700900411 --list TPS
ok "once" ends 1 "The number is not on the list “TPS”." outdial dnc remove 07700900411 --list TPS

ok "start" says "Campaign started by Ann." outdial campaign start "$ID" --as ann@example.com
ok "start again" ends 1 "The campaign is already running." outdial campaign start "$ID"
ok "nor is it changed" none_changed "The campaign is now running." '{"retry_delay":46}'
ok "a viewer may not" ends 1 "does not allow" outdial campaign pause "$ID" --as eve@example.com
sed 's/^redis_socket.*/redis_socket = \/nowhere/' "$OUTDIAL_CONFIG" >"$TMP/noredis.conf"
ok "pause, with Redis away" says "Campaign paused by command line." outdial campaign pause "$ID" --config "$TMP/noredis.conf"
ok "its name is locked" none_changed "The name is locked after the first run." '{"name":"Autumn","retry_delay":46}'
ok "nothing else is, with Redis away" says $'Ring Timeout: 50, was 45\nCampaign saved by command line.' change '{"ring_timeout":50}' --config "$TMP/noredis.conf"
ok "resume" says "Campaign resumed by command line." outdial campaign resume "$ID"
ok "held, in JSON" says '{"held":true}' outdial workspace hold --json
ok "and released" says '{"held":false}' outdial workspace release --json
ok "hold the workspace" says "Workspace held by Ann." outdial workspace hold --as ann@example.com
ok "once" ends 1 "The workspace is already on hold." outdial workspace hold Works
ok "a viewer may not release it" ends 1 "does not allow" outdial workspace release --as eve@example.com
sql "INSERT INTO workspace (name, created_at) VALUES ('Other', NOW(6))"
ok "nor somebody of another workspace" ends 1 "belongs to another workspace" outdial workspace release Other --as ann@example.com
ok "nor one that there is not" ends 1 "no such workspace" outdial workspace release Nowhere
ok "one of two has to be named, and is" ends 1 "There are 2 workspaces: “Works”, “Other”. Choose one: outdial workspace release [NAME]" outdial workspace release
sql "DELETE FROM workspace WHERE name = 'Other'"
ok "the books balance on hold" ends 0 "The books balance" outdial check
ok "release it by name, with Redis away" says "Workspace released by command line." outdial workspace release Works --config "$TMP/noredis.conf"
ok "stop" says "Campaign stopped by command line." outdial campaign stop "$ID"
ok "the books balance" ends 0 "The books balance" outdial check --deep
ok "restart" says "Campaign prepared for restart by Ann." outdial campaign restart "$ID" --as ann@example.com
ok "cancel it" says "Restart cancelled by command line." outdial campaign cancel-restart "$ID"
ok "restart, in JSON" says "{\"id\":\"$ID\",\"status\":\"draft\"}" outdial campaign restart "$ID" --json
ok "cancelled" says "{\"id\":\"$ID\",\"status\":\"completed\"}" outdial campaign cancel-restart "$ID" --json
ok "how long contacts are kept" says '{"keep_days":31}' outdial workspace keep 31 --json
ok "for ever" says "Contacts and attempts are kept for ever." outdial workspace keep 0
ok "nothing to migrate" says '{"applied":0,"search_texts":0}' "$OUTDIAL" --config "$MIGRATE_CONFIG" migrate --json
COPY=$(outdial campaign clone "$ID")
ok "a clone" ends 0 "$COPY  draft " outdial campaign list --search "(copy)"
ok "deleted" ends 0 "removed from the list" outdial campaign delete "$COPY"
ok "what ran is not" ends 1 "never ran" outdial campaign delete "$ID"
sql "UPDATE contact_list SET refs = refs + 1" >/dev/null
ok "spoilt books do not balance" ends 1 "do not balance" outdial check
sql "UPDATE contact_list SET refs = refs - 1" >/dev/null

demo() { echo "long enough by far" | "$OUTDIAL-demo" --config "$MIGRATE_CONFIG" --email demo@example.com --carrier-socket "$TMP/sim.sock"; }
cut_off() {
  local pid i
  for i in 1 2 3; do
    "$OUTDIAL-demo" --config "$MIGRATE_CONFIG" --email demo@example.com --carrier-socket "$TMP/sim.sock" >/dev/null 2>&1 <<<"long enough by far" &
    pid=$!
    # cut off in the middle of a campaign: some are there, not all
    until [ "$(sql "SELECT COUNT(*) FROM campaign c JOIN workspace w ON w.id = c.workspace_id WHERE w.name LIKE 'Lake%'")" -gt $((i * 3)) ]; do
      kill -0 $pid 2>/dev/null || break
    done
    kill -9 $pid 2>/dev/null
    wait $pid 2>/dev/null
  done
}
cut_off
ok "a demo that was cut off balances" ends 0 "The books balance" outdial check --deep
ok "and is finished the next time" demo
ok "twice is fine" demo
few() { sql "SELECT status, COUNT(*) FROM campaign c JOIN workspace w ON w.id = c.workspace_id WHERE w.name LIKE 'Lake%' GROUP BY status" | awk '{ n++; all += $2 } $2 < 2 { print } END { if (n != 5 || all != 14) print n, all }'; }
none "fourteen campaigns, two of each status at least" few
# two days, less what a slow machine takes
today_differs() { sql "SELECT c.ended, a.ended FROM (SELECT SUM(ended) ended FROM workspace_count WHERE grain = 15 AND slot = 65535) c, (SELECT SUM(counted) ended FROM attempt WHERE sent_at + INTERVAL 1000 * (COALESCE(ring_ms, 0) + COALESCE(talk_ms, 0)) MICROSECOND > NOW() - INTERVAL 47 HOUR) a WHERE c.ended IS NULL OR c.ended < a.ended OR c.ended > a.ended * 1.1"; }
none "the figures of today are those of its attempts" today_differs
ok "one draft is a prepared restart" says 1 sql "SELECT COUNT(*) FROM campaign WHERE status = 0 AND runs > 0 AND restarted_by IS NOT NULL"
ok "its books balance" ends 0 "The books balance" outdial check --deep
drafts_start() {
  local id
  for id in $(outdial campaign list --workspace "Lakeside Health" --status draft | tail -n +2 | cut -c1-10); do
    outdial campaign start "$id" || return 1
  done
}
ok "every draft passes the checks of Start" drafts_start
hours_closed() { sql "SELECT c.name FROM campaign c JOIN workspace w ON w.id = c.workspace_id WHERE w.name LIKE 'Lake%' AND NOT (window_start = 0 AND window_end = 1440 AND days = 127 AND mode = 1)"; }
none "and dials at any hour" hours_closed
ok "a workspace is added" ends 0 "added." outdial workspace add "Third one" --country fr
ok "its values" says "UTC FR" sql "SELECT CONCAT_WS(' ', zone, country) FROM workspace WHERE name = 'Third one'"
ok "a workspace’s name once" ends 1 "There is already a workspace with this name." outdial workspace add "third ONE"
tap_done
