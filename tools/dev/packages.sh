# shellcheck shell=bash
# packages.sh - what Debian has to offer, installed without touching a service.
#
# A package that brings a system service with it is never installed: MariaDB
# and Redis are there as packages without one (mariadb-server-core,
# redis-tools), the others are downloaded and unpacked into build/unpacked,
# where only Outdial looks.

# program:package, found on the PATH
PROGRAMS_BUILD="gcc:gcc g++:g++ make:make autoconf:autoconf
  automake:automake pkg-config:pkg-config node:nodejs npm:npm"
PROGRAMS_RUN="mariadbd:mariadb-server-core mariadb:mariadb-client-core
  redis-check-rdb:redis-tools redis-cli:redis-tools curl:curl"
LIBRARIES="libfcgi-dev libmariadb-dev libhiredis-dev libsodium-dev
  libcjson-dev libctemplate-dev libicu-dev libuv1-dev libinih-dev libcsv-dev
  liboath-dev libqrencode-dev libxlsxwriter-dev libminizip-dev
  libcurl4-openssl-dev
  libphonenumber-dev libprotobuf-dev libre2-dev libcctz-dev libpcre2-8-0
  libssl3 libbrotli1 ca-certificates tzdata"
# program:package,package; unpacked when the system has no such program
PROGRAMS_UNPACKED="nginx:nginx,libnginx-mod-http-brotli-static,libnginx-mod-http-brotli-filter"

# Prints those packages of the list whose program is not on the PATH.
programs_missing() {
  local pair
  for pair in "$@"; do
    command -v "${pair%%:*}" >/dev/null || printf '%s\n' "${pair#*:}"
  done | sort -u
}

# Prints those packages of the list that are not installed.
packages_missing() {
  printf '%s\n' "$@" | sort -u | comm -23 - <(
    dpkg-query -W -f '${db:Status-Status} ${Package}\n' "$@" 2>/dev/null |
      sed -n 's/^installed //p' | sort -u)
}

# packages_up PROGRAMS LIBRARIES UNPACKED: installs what is missing of them.
packages_up() {
  local missing unpack
  # shellcheck disable=SC2086
  missing=$(programs_missing $1 && packages_missing $2)
  # shellcheck disable=SC2086
  unpack=$(programs_missing $3)
  if [ -n "$missing$unpack" ]; then
    packages_check "$missing $unpack"
    packages_refresh
  fi
  [ -z "$missing" ] || packages_install "$missing"
  [ -z "$unpack" ] || packages_unpack "$unpack"
}

packages_check() {
  local wanted
  wanted=$(printf '%s ' $1)
  command -v apt-get >/dev/null ||
    die "These Debian packages are missing, and there is no apt-get: $wanted"
  [ "$(id -u)" = 0 ] ||
    die "These packages are missing: $wanted" \
      "Run ./dev up as root, or install them first."
  disk_check /usr 2000
}

# A repository that cannot be reached matters only if a package is not found.
packages_refresh() {
  step "Reading the package lists"
  apt-get -q update >>"$LOG" 2>&1 || true
}

# DEBIAN_FRONTEND: no questions; NEEDRESTART_SUSPEND: no restart of services.
packages_install() {
  local count code
  count=$(printf '%s\n' $1 | wc -l)
  step "Installing $count packages and what they need"
  set +e
  # shellcheck disable=SC2086
  DEBIAN_FRONTEND=noninteractive NEEDRESTART_SUSPEND=1 \
    apt-get -y -q --no-install-recommends -o DPkg::Lock::Timeout=600 \
    -o APT::Status-Fd=3 install $1 3>&1 >>"$LOG" 2>&1 8>&- 9>&- |
    awk -F: '{ print $3, $4; fflush() }' | progress
  code=${PIPESTATUS[0]}
  set -e
  [ "$code" = 0 ] || die_with_log "$LOG" "Installing packages failed."
}

packages_unpack() {
  local name package
  step "Unpacking$(printf ' %s' $1) (without its system service)"
  mkdir -p "$UNPACKED/packages"
  for name in ${1//,/ }; do
    package=$(cd "$UNPACKED/packages" && rm -f "${name}"_*.deb &&
      apt-get -q download "$name" >>"$LOG" 2>&1 && ls "${name}"_*.deb) ||
      die_with_log "$LOG" "The package $name could not be downloaded."
    dpkg -x "$UNPACKED/packages/$package" "$UNPACKED" >>"$LOG" 2>&1 ||
      die_with_log "$LOG" "The package $name could not be unpacked."
  done
  hash -r
}

# Debian's redis-server is another name of the program in redis-tools.
redis_program() {
  command -v redis-server && return
  mkdir -p "$UNPACKED/usr/bin"
  ln -sfn "$(command -v redis-check-rdb)" "$UNPACKED/usr/bin/redis-server"
  printf '%s\n' "$UNPACKED/usr/bin/redis-server"
}
