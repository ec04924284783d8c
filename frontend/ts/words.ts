/** The few texts that a script writes, given by the server in the reader's language. */
const given = document.getElementById("words")?.textContent;
const words: Record<string, string> = given ? JSON.parse(given) : {};

/** Returns the text of that name with its %s places filled from left to right. */
export function say(name: string, ...parts: (string | number)[]): string {
  return parts.reduce<string>((text, part) => text.replace("%s", String(part)), words[name] ?? "");
}
