#!/usr/bin/env bash
# users.sh - the people of an installation by the administrator's command: the
# first one, and all that is done to the others.
set -u
cd "$(dirname "$0")/../.." || exit 1
[ -n "${TEST_WORLD:-}" ] || exec tests/lib/world.sh bash "$PWD/tests/workspace/users.sh"
. tests/lib/tap.sh
OUTDIAL=${OUTDIAL_BUILD:-$PWD/build}/outdial
TMP=$(mktemp -d "${TMPDIR:-/tmp}/outdial-users.XXXXXX")
trap 'rm -rf "$TMP"' EXIT

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

# is TEXT COMMAND...: it prints exactly this.
is() {
  local text=$1 out
  shift
  out=$("$@" 2>&1)
  echo "$out"
  [ "$out" = "$text" ]
}

# has PATTERN COMMAND...: what it prints matches.
has() {
  local pattern=$1 out
  shift
  out=$("$@" 2>&1)
  echo "$out"
  [[ $out =~ $pattern ]]
}

outdial --config "$MIGRATE_CONFIG" migrate >"$TMP/out"
sql "$(outdial --config "$MIGRATE_CONFIG" grants outdial)"
LINK='/invitation/[A-Za-z0-9_-]{43}'

ok "the first user needs an address" ends 1 "E-mail must be an address" \
  outdial setup --workspace Works --email nobody
ok "a refused setup leaves no workspace behind" is 0 sql "SELECT COUNT(*) FROM workspace"
ok "setup prints the one-time link of the first administrator" \
  has "^One-time link for ann@example.com, valid for 7 days:.*$LINK\$" \
  outdial setup --workspace Works --email ann@example.com --name Ann
ok "she is an administrator without a password" is "2 " \
  sql "SELECT CONCAT(role, ' ', password_hash) FROM user"
ok "a second setup is refused" ends 1 "There are users already." \
  outdial setup --workspace Other --email eve@example.com
ok "it leaves no workspace behind either" is 1 sql "SELECT COUNT(*) FROM workspace"
ok "her link can be made anew" has "^One-time link for ann@example.com, valid for 7 days:.*$LINK\$" \
  outdial user link ANN@example.com
ok "an old link is no more" is 1 sql "SELECT COUNT(*) FROM user_link"
ok "a user is invited" has "^\{\"email\":\"bob@example.com\",\"link\":\".*$LINK\"\}\$" \
  outdial user invite bob@example.com --role viewer --name Bob --json
ok "an address only once" ends 1 "already in use" outdial user invite bob@example.com --role viewer
ok "a role that does not exist" ends 1 "Role must be viewer, supervisor or admin." \
  outdial user invite eve@example.com --role boss
ok "a role must be given" ends 2 "--role is missing." outdial user invite eve@example.com
ok "users are listed with their state" \
  is $'EMAIL            NAME  ROLE    STATE    SECOND_FACTOR\nann@example.com  Ann   admin   invited  off\nbob@example.com  Bob   viewer  invited  off' \
  outdial user list
ok "a role is changed" is "User bob@example.com changed by command line." \
  outdial user change bob@example.com --role supervisor
ok "something must be changed" ends 2 "--name or --role is missing." outdial user change bob@example.com
ok "nobody of that address" ends 1 "There is no such user." outdial user change eve@example.com --name Eve
ok "a user is signed out" is "User bob@example.com signed out by command line." outdial user sign-out bob@example.com
ok "a user is disabled" is "User bob@example.com disabled by command line." outdial user disable bob@example.com
ok "a disabled user cannot act" ends 1 "There is no user with this e-mail address." \
  outdial user list --as bob@example.com
ok "and gets no link" ends 1 "This user is disabled." outdial user link bob@example.com
ok "a user is enabled" is '{"email":"bob@example.com","done":"enabled"}' \
  outdial user enable bob@example.com --json
ok "a supervisor may not invite" ends 1 "Your role (supervisor) does not allow this." \
  outdial user invite eve@example.com --role viewer --as bob@example.com
ok "without a second factor there is none to reset" ends 1 "The second factor is already off." \
  outdial user reset bob@example.com
sql "UPDATE user SET factor = 'x' WHERE email = 'bob@example.com'"
ok "a second factor is switched off" is "User bob@example.com reset by command line." \
  outdial user reset bob@example.com
ok "a user is removed" is "User bob@example.com removed by command line." outdial user remove bob@example.com
ok "the audit log has all of it" \
  is "set up,renew invitation,invite user,change user,disable user,enable user,switch second factor off,remove user" \
  sql "SELECT GROUP_CONCAT(action ORDER BY id) FROM audit"
ok "no table has a link" is 0 \
  sql "SELECT COUNT(*) FROM audit WHERE CONCAT(IFNULL(was, ''), IFNULL(became, '')) LIKE '%invitation/%'"
tap_done
