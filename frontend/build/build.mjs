// Builds frontend/dist: hashed script, style, sprite and pictures with a manifest, each also as .br and .gz.
import { readFileSync, readdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { brotliCompressSync, gzipSync } from "node:zlib";
import { build } from "vite";
import { sprite } from "./icons.mjs";
import { trimmed, withAutoTheme } from "./tabler.mjs";

const root = dirname(dirname(fileURLToPath(import.meta.url)));

const own = readdirSync(join(root, "css")).map((name) => readFileSync(join(root, "css", name), "utf8")).join("\n");

const house = {
  name: "house",
  enforce: "pre",
  transform(code, id) {
    if (id.endsWith("tabler.css")) return { code: withAutoTheme(trimmed(code, own)), map: null };
    if (id.endsWith("tokens.css")) return { code: withAutoTheme(code), map: null };
    return null;
  },
  generateBundle() {
    this.emitFile({ type: "asset", name: "icons.svg", originalFileName: "icons.svg", source: sprite(root) });
    for (const name of readdirSync(join(root, "images"))) {
      const source = readFileSync(join(root, "images", name));
      this.emitFile({ type: "asset", name, originalFileName: name, source });
    }
  },
};

await build({
  root,
  configFile: false,
  base: "./",
  logLevel: "warn",
  plugins: [house],
  build: {
    manifest: true,
    outDir: "dist",
    emptyOutDir: true,
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    target: ["chrome100", "safari15", "firefox100"],
    rolldownOptions: { input: "app.ts" },
  },
});

for (const entry of readdirSync(join(root, "dist"), { recursive: true, withFileTypes: true })) {
  if (!entry.isFile() || !/\.(js|css|svg|webmanifest)$/.test(entry.name)) continue;
  const path = join(entry.parentPath, entry.name);
  const bytes = readFileSync(path);
  writeFileSync(`${path}.br`, brotliCompressSync(bytes));
  writeFileSync(`${path}.gz`, gzipSync(bytes));
}
