# Sourced by eng/package: a Debian package of the folder. It has no scripts of its own: what it puts into the system, the link in
# /usr/bin included, is in its list of files, so that dpkg takes all of it away again. Services belong to users: `openclaw gateway install`.

# Prints the name of the file that it made in $work.
build_deb() {
  local architecture data=$work/deb-data control=$work/deb-control file
  case $rid in linux-x64) architecture=amd64 ;; linux-arm64) architecture=arm64 ;; linux-arm) architecture=armhf ;; esac
  file=openclaw_${version}_$architecture.deb
  mkdir -p "$data/usr/lib" "$data/usr/bin" "$data/usr/share/doc/openclaw" "$data/usr/share/lintian/overrides" "$control"
  cp -R "$work/$name" "$data/usr/lib/openclaw"
  ln -s ../lib/openclaw/openclaw "$data/usr/bin/openclaw"
  cp "$root/eng/packaging/copyright" "$data/usr/share/doc/openclaw/copyright"
  printf 'openclaw (%s) stable; urgency=medium\n\n  * Release %s.\n\n -- %s  %s\n' "$version" "$version" \
    "$maintainer" "$(LC_ALL=C date -u -d "@$epoch" '+%a, %d %b %Y %H:%M:%S +0000')" | gzip -n -9 >"$data/usr/share/doc/openclaw/changelog.gz"
  # The .NET runtime is part of the package, with its libraries side by side and found by their place.
  printf 'openclaw: embedded-library\nopenclaw: shared-library-lacks-prerequisites\nopenclaw: unstripped-binary-or-object\nopenclaw: no-manual-page\n' \
    >"$data/usr/share/lintian/overrides/openclaw"
  chmod -R u=rwX,go=rX "$data"
  find "$data/usr/lib/openclaw" -name '*.so' -exec chmod 644 {} +
  cat >"$control/control" <<EOF
Package: openclaw
Version: $version
Section: net
Priority: optional
Architecture: $architecture
Maintainer: $maintainer
Installed-Size: $(du -sk "$data" | cut -f1)
Depends: libc6 (>= 2.27), libgcc-s1, libstdc++6, libssl3 | libssl3t64
Recommends: ca-certificates, tzdata
Description: always-on gateway of a personal assistant
 One process that gives every client of the assistant, from the command line to
 phones and web pages, one WebSocket and HTTP port, answers on chat channels and
 keeps every conversation. The runtime that it needs is in this package.
EOF
  (cd "$data" && find usr -type f -print0 | LC_ALL=C sort -z | xargs -0 md5sum) >"$control/md5sums"
  chmod 644 "$control"/*
  printf '2.0\n' >"$work/debian-binary"
  pack "$work/control.tar.gz" "$control" .
  pack "$work/data.tar.gz" "$data" .
  rm -f "$work/$file"
  # No times and owners in the outer archive either.
  (cd "$work" && ar rcD "$file" debian-binary control.tar.gz data.tar.gz)
  printf '%s' "$file"
}

maintainer='OpenClaw.Aspire <openclaw@packages.invalid>'
