/**
 * @file Finds what JSON.parse hides: an object that names the same key twice, of which it keeps the
 * last. It expects text that JSON.parse has accepted.
 */

const QUOTE = 0x22;
const BACKSLASH = 0x5c;

/** The first key that an object of `json` names twice, at any depth. Linear in the text. */
export function findDuplicateKey(json: string): string | undefined {
  const objects: Set<string>[] = [];
  for (let at = 0; at < json.length; at += 1) {
    const character = json[at];
    if (character === '{') {
      objects.push(new Set());
    } else if (character === '}') {
      objects.pop();
    } else if (character === '"') {
      const end = endOfString(json, at);
      if (isKey(json, end)) {
        const key = JSON.parse(json.slice(at, end)) as string;
        const keys = objects.at(-1);
        if (keys?.has(key) === true) {
          return key;
        }
        keys?.add(key);
      }
      at = end - 1;
    }
  }
  return undefined;
}

/** The place behind the closing quote of the string that opens at `start`. */
function endOfString(json: string, start: number): number {
  let at = start + 1;
  while (at < json.length && json.charCodeAt(at) !== QUOTE) {
    at += json.charCodeAt(at) === BACKSLASH ? 2 : 1;
  }
  return at + 1;
}

/** Of all strings in JSON, only a key is followed by a colon. */
function isKey(json: string, end: number): boolean {
  let at = end;
  while (' \t\r\n'.includes(json.charAt(at)) && at < json.length) {
    at += 1;
  }
  return json[at] === ':';
}
