/**
 * How readers on its way may see a text: as it is, and percent-decoded again and again, byte by byte, as lax ones
 * decode.
 *
 * @param layers how often it is decoded
 */
export function byteDecodings(text: string, layers: number): string[] {
  const all = [text];
  for (let layer = 0; layer < layers; layer += 1) {
    all.push(
      (all.at(-1) ?? '').replaceAll(/%([0-9a-f]{2})/gi, (_, hex: string) =>
        String.fromCharCode(Number.parseInt(hex, 16)),
      ),
    );
  }
  return all;
}

/** Every string as it is, percent-decoded once, and twice: each once. */
export function withDecodings(strings: readonly string[]): string[] {
  return [...new Set(strings.flatMap((raw) => [raw, decodeUtf8(raw), decodeUtf8(decodeUtf8(raw))]))];
}

/** As `decodeURIComponent`, but for what is not valid: that stays, or becomes U+FFFD. */
function decodeUtf8(text: string): string {
  return text.replaceAll(/(?:%[0-9a-f]{2})+/gi, (escapes) =>
    Buffer.from(escapes.replaceAll('%', ''), 'hex').toString(),
  );
}
