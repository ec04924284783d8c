# Sourced by bin/check: what a minimal Debian does not have is installed where we may.

may_install() { [ -f /etc/debian_version ] && [ "$(id -u)" = 0 ]; }

install_from_debian() {
  apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "$@" >/dev/null
}

# Playwright brings a Node of its own, which wants this library; the example of the API is run by curl.
find_libraries() {
  local missing=''
  may_install || return 0
  if ! ldconfig -p | grep -q libatomic.so.1; then missing="$missing libatomic1"; fi
  if ! command -v curl >/dev/null; then missing="$missing curl"; fi
  [ -z "$missing" ] || install_from_debian $missing
}
