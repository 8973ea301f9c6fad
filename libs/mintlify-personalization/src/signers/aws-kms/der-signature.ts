/** Bytes of r and of s on P-256. */
const INTEGER_BYTES = 32;
const SEQUENCE = 0x30;
const INTEGER = 0x02;

/** The order n of P-256 (NIST SP 800-186, section 3.2.1.3): r and s lie between 1 and n - 1. */
const ORDER = Buffer.from('ffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551', 'hex');
const ZERO = Buffer.alloc(INTEGER_BYTES);

/**
 * Converts an ECDSA signature on P-256 from DER (RFC 3279, section 2.2.3) to r‖s, as JOSE requires (RFC 7518, section
 * 3.4).
 *
 * Only accepts strict DER (X.690, section 10), with exactly one encoding for each pair of numbers. Anything that is
 * longer than necessary, negative, zero, too large, or followed by more bytes is rejected.
 *
 * @internal
 * @example
 * ```ts
 * const signature = parseDerSignature(sign('sha256', input, privateKey)); // 64 bytes
 * ```
 * @returns 64 bytes, or `undefined` if it is not a signature in DER
 */
export function parseDerSignature(der: Uint8Array): Uint8Array | undefined {
  const bytes = Buffer.from(der.buffer, der.byteOffset, der.byteLength);
  // Two numbers of 33 bytes at most: a length in more than one byte would not be DER.
  if (bytes[0] !== SEQUENCE || bytes[1] !== bytes.length - 2) return undefined;
  const r = readInteger(bytes, 2);
  if (r === undefined) return undefined;
  const s = readInteger(bytes, r.end);
  return s?.end === bytes.length ? Buffer.concat([r.value, s.value]) : undefined;
}

function readInteger(bytes: Buffer, start: number): { value: Buffer; end: number } | undefined {
  if (bytes[start] !== INTEGER) return undefined;
  const end = start + 2 + (bytes[start + 1] ?? 0);
  const digits = bytes.subarray(start + 2, end);
  const [first, second] = digits;
  if (end > bytes.length || first === undefined || first >= 0x80) return undefined;
  // A leading zero is only allowed if the number would be negative without it.
  if (first === 0 && (second ?? 0) < 0x80) return undefined;
  const magnitude = first === 0 ? digits.subarray(1) : digits;
  if (magnitude.length > INTEGER_BYTES) return undefined;
  const value = Buffer.concat([ZERO.subarray(magnitude.length), magnitude]);
  return value.compare(ORDER) < 0 ? { value, end } : undefined;
}
