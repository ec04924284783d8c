// Tabler's stylesheet, cut to what the house uses. Whole it weighs 635 kB; a rule stays when every class
// that its selector names is on the list below. Extend the list to use more of Tabler.

const KEPT = new RegExp(
  "^(?:btn|btn-(?:primary|danger|ghost|sm|lg)|form-(?:control|select|check-input|range)" +
    "|is-invalid|disabled|active|visually-hidden|[mp][tbsexy]?-(?:auto|[0-6])" +
    "|d-(?:none|block|inline|inline-block|flex|grid|md-(?:none|block|flex|grid))" +
    "|text-(?:start|center|end|nowrap|break)|[wh]-(?:100|auto)|flex-(?:wrap|column|fill)|overflow-(?:auto|hidden))$",
);

/** Returns `css` without the rules that name a class outside the list, and without values that nobody reads.
 *  `own` is the house's style, which may read Tabler's values too. */
export function trimmed(css, own) {
  let text = rules(css.replace(/\/\*[\s\S]*?\*\//g, "")).map((rule) => kept(rule, () => true)).join("\n");
  for (let before = 0; before !== text.length; ) {
    before = text.length;
    const read = new Set([...`${text}${own}`.matchAll(/var\((--[\w-]+)/g)].map(([, name]) => name));
    text = rules(text).map((rule) => kept(rule, (name) => !name.startsWith("--") || read.has(name))).join("\n");
  }
  return text;
}

/** Repeats each dark rule for people who follow their system: [data-bs-theme=auto] under prefers-color-scheme.
 *  What stands in an @media of its own is left there: Tabler's @media print would make the screen light. */
export function withAutoTheme(css) {
  const plain = css.replace(/\/\*[\s\S]*?\*\//g, "");
  const dark = rules(plain)
    .filter(([selector]) => /\[data-bs-theme="?dark"?\]/.test(selector))
    .map(([selector, body]) => `${selector.replaceAll(/="?dark"?\]/g, "=auto]")}{${body}}`);
  return dark.length ? `${plain}\n@media (prefers-color-scheme: dark) {${dark.join("\n")}}` : plain;
}

function kept([head, body], needed) {
  if (head.startsWith("@media") || head.startsWith("@supports")) {
    const inner = rules(body).map((rule) => kept(rule, needed)).filter(Boolean).join("\n");
    return inner && `${head} {${inner}}`;
  }
  if (head.startsWith("@")) return "";
  const wanted = split(head, ",").filter((selector) => classes(selector).every((name) => KEPT.test(name)));
  const values = split(body, ";").filter((line) => line.trim() && needed(line.split(":")[0].trim()));
  return wanted.length && values.length ? `${wanted.join(",")} {${values.join(";")}}` : "";
}

const classes = (selector) => [...selector.matchAll(/\.(-?[a-zA-Z_][\w-]*)/g)].map(([, name]) => name);

/** Splits at `mark`, but not inside parentheses. */
function split(text, mark) {
  const parts = [""];
  let depth = 0;
  for (const letter of text) {
    depth += { "(": 1, ")": -1 }[letter] ?? 0;
    if (letter === mark && !depth) parts.push("");
    else parts[parts.length - 1] += letter;
  }
  return parts;
}

/** Splits a stylesheet into [head, body] pairs; a body may hold further rules. */
function rules(css) {
  const found = [];
  for (let start = 0, open; (open = css.indexOf("{", start)) >= 0; ) {
    let end = open + 1;
    for (let depth = 1; depth && end < css.length; end += 1) depth += { "{": 1, "}": -1 }[css[end]] ?? 0;
    const head = css.slice(start, open).split(";").at(-1).trim();
    found.push([head, css.slice(open + 1, end - 1)]);
    start = end;
  }
  return found;
}
