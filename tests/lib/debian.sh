# shellcheck shell=bash
# debian.sh - a Debian in a directory, made of the mirrors that this machine uses.

# debian_root SUITE DIR PACKAGES: its lines of sources.list on standard input.
debian_root() {
  local options
  mapfile -t options < <(apt_options)
  mmdebstrap --quiet --variant=minbase --include="$3" "${options[@]}" \
    --dpkgopt='path-exclude=/usr/share/doc/*' \
    --dpkgopt='path-exclude=/usr/share/man/*' "$1" "$2" -
}

# The mirrors of Debian 12: SITE RELEASE COMPONENT CODENAME.
debian_mirrors() {
  # shellcheck disable=SC2016
  apt-get indextargets --format '$(SITE) $(RELEASE) $(COMPONENT) $(CODENAME)' \
    'Created-By: Packages' | awk '$4 ~ /^bookworm/' | sort -u
}

# apt's own way to the mirrors; a frozen mirror's lists may be out of date.
apt_options() {
  printf '%s\n' '--aptopt=Acquire::Check-Valid-Until "false"' \
    '--aptopt=Acquire::Check-Date "false"'
  apt-config dump --format '%F "%v";%n' |
    sed -n 's/^\(Acquire::https\?::[Pp]roxy .*\);$/--aptopt=\1/p'
}
