/** Parses JSON; undefined if the text is not JSON. The parser's error is lost: it quotes the text. */
export function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
