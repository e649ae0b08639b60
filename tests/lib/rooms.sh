# shellcheck shell=bash
# rooms.sh - which rooms each room of src, and each program of tools, may use,
# for the lints that read their includes and their symbols.  Only what is needed
# is allowed.
# shellcheck disable=SC2034  # for those that read it

declare -A SEES=(
  [base]=""
  [sql]=""
  [store]="base sql"
  [app]="base store sql"
  [phone]="base"
  [workspace]="base store app phone"
  [contacts]="base store app phone workspace"
  [campaign]="base store sql app phone workspace contacts"
  [listing]="base store app workspace campaign"
  [hook]="base store app workspace campaign"
  [report]="base store app campaign"
  [ledger]="base store app workspace contacts campaign"
  [view]="base"
  [carrier]="base app"
  [web/server]="base store app workspace contacts listing view"
  [web/export]="base app workspace contacts campaign report hook web/server"
  [web/pages]="base store app workspace contacts campaign listing report hook view web/server web/export"
  [web/api]="base store app workspace contacts campaign listing report hook web/server web/export"
  [web]="base store app web/server web/pages web/api"
  [dialler]="base store app workspace contacts campaign ledger hook carrier"
  [ctl]="base store app phone workspace contacts campaign listing report ledger hook"
  [tools/demo]="base store sql app workspace contacts campaign ledger ctl"
)

# The directory of a room, from the root.
room_dir() {
  case $1 in
    tools/*) echo "$1" ;;
    *) echo "src/$1" ;;
  esac
}
