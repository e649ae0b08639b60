#!/usr/bin/env bash
# A layer includes its own headers and those to its left; a foreign library
# has one owner.
set -u
cd "$(dirname "$0")/../.." || exit 1
. tests/lib/tap.sh
. tests/lib/rooms.sh

ROOMS=$(printf '%s\n' "${!SEES[@]}" | sort -r) # the longer names first

# Includes of ROOM that point to a room it must not see.
wrong_includes() {
  local room=$1 deep=9 all=${ROOMS//$'\n'/|}
  [ "$room" != web ] || deep=1
  find "$(room_dir "$room")" -maxdepth "$deep" -name '*.[ch]*' \
    -exec grep -HnE "^#include \"($all)/" {} + |
    grep -vE "#include \"(${SEES[$room]// /|}|$room)/[a-z_]+\.|#include \"$room/"
}

# wrong_owner HEADER OWNERS: files outside OWNERS (a pattern) that include it.
wrong_owner() {
  grep -rnE --include='*.[ch]' --include='*.cc' "^#include <$1" src tools |
    grep -v -E "^src/($2):"
}

for room in $ROOMS; do
  none "$(room_dir "$room") sees only its own layer and those below" \
    wrong_includes "$room"
done
none "mysql.h belongs to the store" wrong_owner '(mysql|mariadb|errmsg)' 'store/[a-z_]+\.[ch]'
none "hiredis belongs to the store" wrong_owner hiredis 'store/[a-z_]+\.[ch]'
none "fcgiapp.h belongs to web/server/serve.c" wrong_owner fcgiapp 'web/server/serve\.c'
none "fcgi_stdio.h belongs to nobody" wrong_owner fcgi_stdio none
none "ctemplate belongs to view/tpl.cc" wrong_owner ctemplate 'view/tpl\.cc'
none "uv.h belongs to the loop and the carriers" wrong_owner uv\\.h \
  '(dialler/loop|carrier/[a-z_/]+)\.[ch]'
none "curl.h belongs to hook/sender.c" wrong_owner curl/ 'hook/sender\.c'
none "sodium.h belongs to base/secret.c" wrong_owner sodium 'base/secret\.c'
none "liboath belongs to base/totp.c" wrong_owner liboath/ 'base/totp\.c'
none "qrencode.h belongs to base/qr.c" wrong_owner qrencode 'base/qr\.c'
none "libxlsxwriter belongs to web/export/xlsx_book.c" wrong_owner xlsxwriter \
  'web/export/xlsx_book\.c'
none "minizip belongs to web/export/xlsx_whole.c" wrong_owner minizip/ \
  'web/export/xlsx_whole\.c'
none "ini.h belongs to base/conf.c" wrong_owner ini\\.h 'base/conf\.c'
none "csv.h belongs to the reader" wrong_owner csv\\.h \
  'base/csv(_delimiter)?\.[ch]'
none "ICU belongs to base/text" wrong_owner unicode/ 'base/text(_country|_sign)?\.c'
none "libphonenumber has two C++ files" wrong_owner phonenumbers/ \
  'phone/phone_(lib|plan)\.cc'
none "RE2 belongs to phone/phone_plan.cc" wrong_owner re2/ \
  'phone/phone_plan\.cc'
none "cctz belongs to a test" wrong_owner cctz/ none
none "cJSON belongs to the reader of JSON, and to what is stored: settings, changes, previews" \
  wrong_owner '(cjson/)?cJSON' \
  '(base/json_read|campaign/(settings_json|audit_changes)|contacts/(upload_preview|contact_vars))\.c'
tap_done
