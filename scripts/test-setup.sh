#!/usr/bin/env bash
# Installs the programs that the tests need beyond npm. Does nothing when they are all there.
set -euo pipefail

# program:Debian package
needs=(curl:curl python3:python3 tmux:tmux script:bsdutils unshare:util-linux sqlite3:sqlite3 gcc:gcc mitmdump:mitmproxy slowhttptest:slowhttptest zsh:zsh fish:fish)

missing=()
for need in "${needs[@]}"; do
  command -v "${need%%:*}" >/dev/null || missing+=("${need##*:}")
done
# gcc alone does not bring the C headers.
if ! echo '#include <stdio.h>' | gcc -E - >/dev/null 2>&1; then missing+=(libc6-dev); fi

if [ ${#missing[@]} -eq 0 ]; then
  echo "test set-up: every program is there"
elif ! command -v apt-get >/dev/null; then
  echo "test set-up: missing: ${missing[*]}"
  echo "test set-up: install them by hand; until then the tests that need them are skipped"
elif [ "$(id -u)" -ne 0 ]; then
  echo "test set-up: missing: ${missing[*]}; until they are there, the tests that need them are skipped. Run:"
  echo "  sudo apt-get update && sudo apt-get install -y --no-install-recommends ${missing[*]}"
else
  echo "test set-up: installing ${missing[*]}"
  export DEBIAN_FRONTEND=noninteractive
  apt-get update -q
  apt-get install -q -y --no-install-recommends "${missing[@]}"
fi
