#!/bin/sh
# Installs OpenClaw for one user from an archive that eng/package made, and takes it away again.
#   install.sh --from <file or URL> [--sha256 <hex>]     install, or install another version beside the ones that are there
#   install.sh --uninstall                               remove every version; ~/.openclaw, with all that was said, stays
# Options:  --prefix <directory>   instead of ~/.local        --force   replace a foreign `openclaw` command; uninstall under running processes
# Variables: OPENCLAW_INSTALL_FROM, OPENCLAW_INSTALL_SHA256, OPENCLAW_INSTALL_PREFIX
# The hash comes from --sha256, or from the file beside the archive with .sha256 behind its name. Nothing is unpacked before it is right.
# Versions lie side by side in share/openclaw/versions; the link share/openclaw/current names the one in use and changes in one step, so
# that an installation which is interrupted leaves the one before it.
set -eu
umask 022

say() { printf '%s\n' "$*"; }

fail() {
  printf 'install: %s\n' "$1" >&2
  exit "${2:-1}"
}

from=${OPENCLAW_INSTALL_FROM:-}
expected=${OPENCLAW_INSTALL_SHA256:-}
prefix=${OPENCLAW_INSTALL_PREFIX:-}
uninstall=false force=false
while [ $# -gt 0 ]; do
  case $1 in
    --from | --sha256 | --prefix)
      [ $# -gt 1 ] && [ -n "$2" ] || fail "$1 needs a value" 2
      case $1 in --from) from=$2 ;; --sha256) expected=$2 ;; --prefix) prefix=$2 ;; esac
      shift 2
      ;;
    --uninstall) uninstall=true; shift ;;
    --force) force=true; shift ;;
    -h | --help) sed -n '2,9s/^# \{0,1\}//p' "$0"; exit 0 ;;
    *) fail "unknown argument $1 (see --help)" 2 ;;
  esac
done
if [ -z "$prefix" ]; then
  [ -n "${HOME:-}" ] || fail 'there is no HOME; say where with --prefix' 2
  prefix=$HOME/.local
fi
case $prefix in /*) ;; *) prefix=$(pwd)/$prefix ;; esac
share=$prefix/share/openclaw
versions=$share/versions
command=$prefix/bin/openclaw

is_ours() { [ -L "$command" ] && [ "$(readlink "$command")" = "$share/current/openclaw" ]; }

# Process ids of programs that run from here. Only Linux tells.
running() {
  for executable in /proc/[0-9]*/exe; do
    case $(readlink "$executable" 2>/dev/null) in
      "$versions"/*) executable=${executable%/exe}; printf '%s ' "${executable#/proc/}" ;;
    esac
  done
}

remove() {
  [ -d "$share" ] || is_ours || { say "OpenClaw is not installed in $prefix"; return; }
  pids=$(running)
  [ -z "$pids" ] || [ "$force" = true ] || fail "it is running (process $pids): stop it first (openclaw gateway stop), or use --force"
  ! is_ours || rm -f "$command"
  rm -rf "${share:?}"
  say "Removed OpenClaw from $prefix. Its state in ~/.openclaw is untouched."
}

fetch() { # from to
  case $1 in
    http://* | https://*)
      if command -v curl >/dev/null 2>&1; then
        curl -fsSL --retry 2 -o "$2" "$1"
      elif command -v wget >/dev/null 2>&1; then
        wget -q -O "$2" "$1"
      else
        fail 'a URL needs curl or wget'
      fi
      ;;
    *) [ -f "$1" ] && cp "$1" "$2" ;;
  esac
}

checksum() {
  if command -v sha256sum >/dev/null 2>&1; then
    sha256sum "$1" | cut -d' ' -f1
  elif command -v shasum >/dev/null 2>&1; then
    shasum -a 256 "$1" | cut -d' ' -f1
  else
    fail 'neither sha256sum nor shasum is here, and nothing is installed unchecked'
  fi
}

# Puts a link in the place of another in one step.
point() { # link target
  ln -s "$2" "$1.$$"
  if mv --version >/dev/null 2>&1; then mv -Tf "$1.$$" "$1"; else mv -hf "$1.$$" "$1" 2>/dev/null || mv -Tf "$1.$$" "$1"; fi
}

if [ "$uninstall" = true ]; then
  remove
  exit 0
fi
[ -n "$from" ] || fail 'say what to install: --from <archive or URL>' 2
if [ -e "$command" ] || [ -L "$command" ]; then
  is_ours || [ "$force" = true ] || fail "$command is there and is not ours; --force replaces it"
fi

mkdir -p "$versions" "$prefix/bin"
work=$(mktemp -d "$share/.incoming.XXXXXX")
trap 'rm -rf "$work"' EXIT
trap 'exit 130' INT
trap 'exit 143' TERM HUP

fetch "$from" "$work/archive" || fail "cannot read $from"
if [ -z "$expected" ]; then
  fetch "$from.sha256" "$work/sum" 2>/dev/null || fail "there is no $from.sha256; give the hash with --sha256"
  expected=$(sed -n '1s/[[:space:]].*//;1p' "$work/sum")
fi
expected=$(printf '%s' "$expected" | tr 'A-F' 'a-f')
printf '%s' "$expected" | grep -Eq '^[0-9a-f]{64}$' || fail "'$expected' is no SHA-256 hash"
actual=$(checksum "$work/archive")
[ "$actual" = "$expected" ] || fail "the archive is not the one that was meant: its hash is $actual, expected was $expected"

# Whoever made the hash may still have made a mistake: only plain files and directories, all in one directory.
gzip -dc "$work/archive" >"$work/archive.tar" 2>/dev/null || fail 'the archive is no gzip file'
tar -tf "$work/archive.tar" >"$work/names" 2>/dev/null || fail 'the archive is broken'
tar -tvf "$work/archive.tar" | grep -qv '^[-d]' && fail 'the archive holds something other than files and directories'
top=$(sed -n '1s#/.*##;1p' "$work/names")
case $top in openclaw-*) ;; *) fail 'the archive holds no OpenClaw' ;; esac
if grep -v "^$top/" "$work/names" | grep -qvx "$top" || grep -Eq '(^|/)\.\.(/|$)' "$work/names"; then
  fail 'the archive has files outside of its directory'
fi
mkdir "$work/unpacked"
tar -xf "$work/archive.tar" -C "$work/unpacked"
new=$work/unpacked/$top
version=$("$new/openclaw" --version 2>/dev/null) || fail 'its program does not run on this machine; is the archive for another kind?'
printf '%s' "$version" | grep -Eq '^[0-9]+(\.[0-9A-Za-z-]+)+$' || fail "its program gives a strange version: $version"
printf '%s\n' "$actual" >"$new/archive.sha256"

# A directory of a version never changes once it is there: programs may run from it.
name=$version
if [ -d "$versions/$name" ] && [ "$(cat "$versions/$name/archive.sha256" 2>/dev/null)" != "$actual" ]; then
  name=$version-$(printf '%.8s' "$actual")
fi
if [ -d "$versions/$name" ]; then
  say "OpenClaw $version is there already."
else
  mv "$new" "$versions/$name"
fi
before=$(readlink "$share/current" 2>/dev/null || :)
if [ "$before" != "versions/$name" ]; then
  [ -z "$before" ] || point "$share/previous" "$before"
  point "$share/current" "versions/$name"
fi
is_ours || { rm -f "$command"; ln -s "$share/current/openclaw" "$command"; }
say "OpenClaw $version is installed: $command"
case ":${PATH:-}:" in *":$prefix/bin:"*) ;; *) say "Add $prefix/bin to your PATH." ;; esac
[ -z "$before" ] || say 'A gateway that runs goes on with its version until: openclaw gateway restart'
[ -n "$before" ] || say 'Next: openclaw onboard'
