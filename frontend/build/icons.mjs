// The icon sprite: one <symbol> for each name in icons.txt, drawn from @tabler/icons (MIT).
import { readFileSync } from "node:fs";

/** Returns the sprite as SVG text; throws, naming the icon, when Tabler has none of that name. */
export function sprite(root) {
  const names = readFileSync(`${root}/icons.txt`, "utf8").split(/\s+/).filter(Boolean);
  const symbols = [...new Set(names)].sort().map((name) => symbol(root, name));
  return `<svg xmlns="http://www.w3.org/2000/svg">${symbols.join("")}</svg>`;
}

function symbol(root, name) {
  let svg;
  try {
    svg = readFileSync(`${root}/node_modules/@tabler/icons/icons/outline/${name}.svg`, "utf8");
  } catch {
    throw new Error(`icons.txt names "${name}", but @tabler/icons has no outline icon of that name.`);
  }
  const shapes = svg.replace(/^[\s\S]*?<svg[^>]*>|<\/svg>\s*$/g, "");
  const drawn = shapes.replace(/<path stroke="none" d="M0 0h24v24H0z" fill="none"\s*\/>/, "").replace(/\s+/g, " ");
  return `<symbol id="${name}" viewBox="0 0 24 24">${drawn.trim()}</symbol>`;
}
