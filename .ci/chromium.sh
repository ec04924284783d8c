# Sourced by bin/check after debian.sh: `find_chromium` makes sure that a Chromium can be started, and sets CHROMIUM to its
# path; CHROMIUM stays empty when it is Playwright's own.

unset CHROMIUM
CHROMIUM=''

installed_chromium() {
  local name
  # Without a window to draw, the shell does the same in four fifths of the time.
  for name in chromium-headless-shell chromium chromium-browser google-chrome; do
    if command -v "$name" >/dev/null 2>&1; then
      CHROMIUM=$(command -v "$name")
      return
    fi
  done
  return 1
}

playwrights_chromium() {
  .venv/bin/python -c '
import os, sys
from playwright.sync_api import sync_playwright
with sync_playwright() as playwright:
    sys.exit(not os.path.exists(playwright.chromium.executable_path))' 2>/dev/null
}

# Pages without a Chinese font are boxes, and boxes have other widths.
chinese_font() { ! command -v fc-list >/dev/null 2>&1 || [ -n "$(fc-list :lang=zh | head -n 1)" ]; }

find_chromium() {
  if may_install && ! chinese_font; then install_from_debian fonts-noto-cjk; fi
  if installed_chromium || playwrights_chromium; then return; fi
  if may_install && install_from_debian chromium-headless-shell fonts-noto-cjk && installed_chromium; then return; fi
  .venv/bin/playwright install chromium >/dev/null 2>&1 && playwrights_chromium
}
