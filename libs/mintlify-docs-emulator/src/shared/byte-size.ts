/**
 * A size for people.
 *
 * @example
 * byteSize(1_234_567); // '1.2 MB'
 */
export function byteSize(bytes: number): string {
  if (bytes < 1_000) return bytes === 1 ? '1 byte' : `${bytes} bytes`;
  return bytes < 1_000_000 ? `${rounded(bytes / 1_000)} KB` : `${rounded(bytes / 1_000_000)} MB`;
}

function rounded(number: number): string {
  return number < 10 ? number.toFixed(1) : String(Math.round(number));
}

/**
 * How many bytes are behind base64.
 *
 * @example
 * base64Size('YQ=='); // 1
 */
export function base64Size(base64: string): number {
  return (base64.length / 4) * 3 - (base64.endsWith('==') ? 2 : base64.endsWith('=') ? 1 : 0);
}
