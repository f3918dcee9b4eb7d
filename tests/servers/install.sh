#!/bin/sh
# The mail server that the tests run against: Dovecot. Silent if it is there.
set -u

PATH="$PATH:/usr/sbin:/usr/local/sbin"
command -v dovecot >/dev/null 2>&1 && exit 0

if [ "$(id -u)" -eq 0 ]; then
  as_root=""
elif command -v sudo >/dev/null 2>&1 && sudo -n true 2>/dev/null; then
  as_root="sudo -n"
else
  as_root="none"
fi

# The tests start their own server: the package must not start another one. A policy that is
# there already stays as it is.
install_with_apt() {
  policy=/usr/sbin/policy-rc.d
  made_policy=no
  if [ ! -e "$policy" ]; then
    printf '#!/bin/sh\nexit 101\n' | $as_root tee "$policy" >/dev/null \
      && $as_root chmod 755 "$policy" && made_policy=yes
  fi
  $as_root apt-get update -qq >/dev/null 2>&1
  $as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends \
    dovecot-imapd >/dev/null 2>&1
  if [ "$made_policy" = yes ]; then
    $as_root rm -f "$policy"
  fi
}

if command -v apt-get >/dev/null 2>&1 && [ "$as_root" != none ]; then
  echo "Installing Dovecot, which the tests run against …" >&2
  install_with_apt
  command -v dovecot >/dev/null 2>&1 && exit 0
fi

echo "The tests need the mail server Dovecot; install it with" \
  "'sudo apt-get install dovecot-imapd' (Debian, Ubuntu)," \
  "'sudo dnf install dovecot' (Fedora) or 'brew install dovecot' (macOS)." >&2
exit 1
