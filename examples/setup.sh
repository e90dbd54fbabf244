# shellcheck shell=bash
# SPDX-License-Identifier: LGPL-2.1-or-later
#
# What a Debian machine needs and how this project is built on it; for
# tests/run, examples/quickstart and the scripts beside it to source. Needs
# nothing but bash, apt and, for who is not root, sudo.
#
# $KAKAOOCR_BUILD is a build that is ready: with it, prepare installs and builds
# nothing.

# The top of the tree, and where it is built.
top=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
build=${KAKAOOCR_BUILD:-$top/build}

# To compile the project.
build_packages=(
  gcc libc6-dev meson ninja-build pkgconf
  libgstreamer1.0-dev libgstreamer-plugins-base1.0-dev
  libsoup-3.0-dev libjson-glib-dev liborc-0.4-dev libjpeg-dev libpng-dev
  libpango1.0-dev libsqlite3-dev libtesseract-dev libleptonica-dev
  libhunspell-dev
)

# To run it: decoders and encoders of the usual videos, the texts' languages with
# their dictionaries, a font for them, TLS.
run_packages=(
  gstreamer1.0-tools gstreamer1.0-plugins-base gstreamer1.0-plugins-good
  gstreamer1.0-plugins-bad gstreamer1.0-plugins-ugly gstreamer1.0-libav
  gstreamer1.0-x
  tesseract-ocr-eng tesseract-ocr-kor tesseract-ocr-script-hang
  hunspell-en-us hunspell-ko
  fonts-noto-cjk ca-certificates glib-networking poppler-utils
)

# Says what is going on, before what takes its time.
say() {
  printf '%s\n' "$*"
}

die() {
  printf '%s: %s\n' "${0##*/}" "$*" >&2
  exit 1
}

as_root() {
  if [ "$(id -u)" -eq 0 ]; then
    "$@"
  else
    sudo "$@"
  fi
}

# Runs a command with its output in a file; shows the end of it if it fails.
quietly() {
  local log=$1
  shift
  "$@" >"$log" 2>&1 </dev/null && return
  tail -n 30 "$log" >&2
  die "failed: $* (all of it: $log)"
}

# Those of its arguments that are not installed, one a line. dpkg-query fails
# when it knows one of them not at all.
missing_packages() {
  local installed
  installed=$({ dpkg-query -W -f '${db:Status-Status} ${Package}\n' "$@" \
    2>/dev/null || true; } | sed -n 's/^installed //p')
  comm -23 <(printf '%s\n' "$@" | sort -u) <(sort -u <<<"$installed")
}

install_packages() {
  local missing
  mapfile -t missing < <(missing_packages "$@")
  [ ${#missing[@]} -gt 0 ] || return 0
  command -v apt-get >/dev/null ||
    die "this machine has no apt-get; install: ${missing[*]}"
  [ "$(id -u)" -eq 0 ] || command -v sudo >/dev/null ||
    die "install sudo, or as root: ${missing[*]}"
  say "Installing ${#missing[@]} packages and what they need, a few minutes:"
  say "  ${missing[*]}"
  quietly "$build/apt.log" as_root apt-get update
  quietly "$build/apt.log" as_root env DEBIAN_FRONTEND=noninteractive \
    apt-get install -y --no-install-recommends "${missing[@]}"
}

# build_targets [-DOPTION=VALUE…] [TARGET…]: no target means all.
build_targets() {
  local options=()
  while [[ ${1-} == -D* ]]; do
    options+=("$1")
    shift
  done
  say "Building in ${build#"$PWD"/} …"
  if [ ! -e "$build/build.ninja" ]; then
    quietly "$build/setup.log" meson setup "${options[@]}" "$build" "$top"
  elif [ ${#options[@]} -gt 0 ]; then
    quietly "$build/setup.log" meson configure "${options[@]}" "$build"
  fi
  quietly "$build/build.log" ninja -C "$build" "$@"
}

# prepare TARGET…: all that an example needs, and these targets, so that
# GStreamer finds the plugin and the plugin its service.
prepare() {
  if [ -z "${KAKAOOCR_BUILD-}" ]; then
    install_packages "${build_packages[@]}" "${run_packages[@]}"
    build_targets gst/elements/libgstkakaoocr.so gst/server/kakaoocr-server \
      gst/tool/kakaoocr "$@"
  fi
  local plugins=${GST_PLUGIN_PATH_1_0-${GST_PLUGIN_PATH-}}
  export GST_PLUGIN_PATH_1_0=$build/gst/elements${plugins:+:$plugins}
  export KAKAOOCR_SERVER=$build/gst/server/kakaoocr-server
}

# The URI of a file: of what is in a name, gst-launch takes only this as it is.
file_uri() {
  local LC_ALL=C path i c
  path=$(realpath -- "$1")
  printf 'file://'
  for ((i = 0; i < ${#path}; i++)); do
    c=${path:i:1}
    case $c in
      [a-zA-Z0-9/._~-]) printf %s "$c" ;;
      *) printf '%%%02X' "$(($(printf %d "'$c") & 255))" ;;
    esac
  done
}

# A UTF-8 locale, without which names and texts in Korean would not print.
case $(locale charmap 2>/dev/null) in
  UTF-8) ;;
  *) export LC_ALL=C.UTF-8 ;;
esac
mkdir -p "$build"
