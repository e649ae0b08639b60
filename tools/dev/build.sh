# shellcheck shell=bash
# build.sh - the programs (autotools, out of tree) and the front end (npm).

# build_up [TARGET...]: configures when needed, then makes; front end beside it.
build_up() {
  local front target
  mkdir -p "$BUILD"
  lock_build
  [ -f "$BUILD/Makefile" ] || disk_check "$ROOT" 1000
  front_up 8>&- 9>&- &
  front=$!
  build_configure "$@"
  # one after another: make -j would build "all" and others at the same time
  for target in ${BUILD_TARGETS:-all}; do
    build_make "$target"
  done
  wait "$front" || die_with_log "$FRONT_LOG" "The front end could not be built."
  unlock_build
}

# build_configure [OPTION...]: the options count only for a new build tree.
build_configure() {
  # make can make it again, but copies no helper that is new
  if [ ! -x "$ROOT/configure" ] || [ ! -f "$ROOT/build-aux/tap-driver.sh" ]; then
    step "Making ./configure"
    "$ROOT/autogen.sh" >>"$LOG" 2>&1 8>&- ||
      die_with_log "$LOG" "autogen.sh failed."
  fi
  [ ! -f "$BUILD/Makefile" ] || return 0
  step "Configuring in $BUILD"
  (cd "$BUILD" && "$ROOT/configure" "$@") >>"$LOG" 2>&1 8>&- ||
    die_with_log "$LOG" "configure failed."
}

build_make() {
  local total code
  # make -n brings the Makefile itself up to date first
  # shellcheck disable=SC2086
  total=$(make -C "$BUILD" -n $1 2>>"$LOG" | grep -c 'echo "  [A-Z]') || true
  [ "$total" = 0 ] || step "Building $total files"
  set +e
  # shellcheck disable=SC2086
  make -C "$BUILD" -j"$(nproc)" $1 2>&1 8>&- | tee -a "$LOG" |
    awk -v total="$total" '/^  [A-Z]+ / {
      print int(++done * 100 / (total + 1)), $2; fflush() }' | progress
  code=${PIPESTATUS[0]}
  set -e
  [ "$code" = 0 ] || die_with_log "$LOG" "The build failed."
}

FRONT_LOG=$BUILD/front.log

# front_modules prod|all: node_modules by the lock file; "all" has the tools of
# the tests too, and serves for "prod".
front_modules() {
  local stamp=$ROOT/web/node_modules/.outdial want omit=
  want=$(sha256sum <"$ROOT/web/package-lock.json")
  [ "$1" = all ] || omit=--omit=dev
  if [ "$(cat "$stamp" 2>/dev/null)" != "all $want" ] &&
    [ "$(cat "$stamp" 2>/dev/null)" != "$1 $want" ]; then
    # shellcheck disable=SC2086
    npm ci --prefix "$ROOT/web" --ignore-scripts --no-audit --no-fund $omit &&
      printf '%s %s\n' "$1" "$want" >"$stamp"
  fi
}

front_up() {
  { front_modules prod && node "$ROOT/web/build.mjs" "$ROOT/build/static"; } >"$FRONT_LOG" 2>&1
}

# Every text that people meet, in one page to be read from top to bottom.
sentences_page() {
  mkdir -p "$BUILD"
  node "$ROOT/tools/dev/sentences.mjs" "$BUILD/sentences.html"
  say "$BUILD/sentences.html"
}
