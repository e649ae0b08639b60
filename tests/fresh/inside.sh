#!/usr/bin/env bash
# inside.sh - the part of fresh.sh that runs in the empty Debian; prints TAP.
set -u
cd /outdial || exit 1
count=0

# ok WHAT COMMAND...
ok() {
  local what=$1
  shift
  count=$((count + 1))
  if "$@" >/tmp/ok.out 2>&1; then
    echo "ok $count - $what"
  else
    echo "not ok $count - $what"
    tail -n 40 /tmp/ok.out | sed 's/^/# /'
  fi
}

page_has() {
  curl -s "http://127.0.0.1:$OUTDIAL_PORT$1" | grep -q "$2"
}

stylesheet_loads() {
  local css
  css=$(curl -s "http://127.0.0.1:$OUTDIAL_PORT/login" |
    sed -n 's/.*href="\([^"]*\.css\)".*/\1/p' | head -n 1)
  [ -n "$css" ] && curl -sf "http://127.0.0.1:$OUTDIAL_PORT$css" | grep -q '{'
}

five_statuses() {
  local list status
  list=$(bin/outdial campaign list) || return
  for status in draft running paused completed failed; do
    [ "$(grep -c -w "$status" <<<"$list")" -ge 2 ] || {
      echo "fewer than two campaigns are $status"
      echo "$list"
      return 1
    }
  done
}

# The first contact that a running campaign finishes changes its progress.
it_dials() {
  local end=$((SECONDS + 30))
  until sed -n 11p run/sim.log 2>/dev/null | grep -q .; do
    [ "$SECONDS" -lt "$end" ] || return 1
    sleep 0.2
  done
}

# Nothing that the packages brought runs or would be started at boot.
no_service() {
  ! find /etc/init.d /etc/rc?.d /etc/systemd /lib/systemd/system |
    grep -i -E 'maria|mysql|redis|nginx' && [ ! -e /usr/sbin/policy-rc.d ]
}

# Files outside the checkout that no package has brought, in the places where
# a careless script would leave them.
nothing_left() {
  local found
  found=$(find /root /home /tmp /opt /srv /usr/local /var/tmp /run \
    /var/lib/mysql /var/lib/redis /var/lib/nginx /var/log/nginx \
    -newer /outdial/dev -type f ! -path /tmp/ok.out \
    ! -path /run/adduser 2>/dev/null)
  [ -z "$found" ] || {
    echo "$found"
    return 1
  }
}

# All processes but this script's own.
no_process() {
  local stat rest
  for stat in /proc/[0-9]*/cmdline; do
    rest=$(tr '\0' ' ' <"$stat" 2>/dev/null)
    [[ $rest == *'/outdial/'* && $rest != *inside.sh* ]] || continue
    echo "$stat $rest"
    return 1
  done
}

touch dev
ok "./dev up on an empty machine" ./dev up
sed -n 's/^ *[0-9]*s  /# &/p' /tmp/ok.out
echo "# ./dev up took $SECONDS s"
ok "the sign-in page answers" page_has /login 'Sign in'
ok "with its stylesheet" stylesheet_loads
ok "the demo has all five statuses" five_statuses
ok "the simulated carrier gets calls" it_dials
ok "the books balance meanwhile" bin/outdial check
second=$SECONDS
ok "./dev up again" ./dev up
echo "# the second ./dev up took $((SECONDS - second)) s"
ok "./dev down" ./dev down
ok "leaves no process" no_process
ok "no system service was brought" no_service
ok "nothing was left outside the checkout" nothing_left
echo "1..$count"
