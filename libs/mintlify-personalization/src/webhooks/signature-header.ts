/** @internal A signature header that was read. */
export interface SignatureHeader {
  /** Seconds since the epoch, as the header has them: they are part of what is signed. */
  readonly timestamp: string;
  /** Each has 32 bytes. At least one: there are several while the sender rotates its secret. */
  readonly signatures: readonly Buffer[];
}

const MAX_LENGTH = 1_024;
const MAX_SIGNATURES = 8;

/**
 * Reads `t=1770000000,v1=<hex>,v1=<hex>`: one timestamp and one or more HMAC-SHA256 signatures. Other names are ignored,
 * so that a sender can add a newer scheme.
 *
 * @internal
 * @returns `undefined` if it is anything else
 */
export function parseSignatureHeader(header: string): SignatureHeader | undefined {
  if (header.length > MAX_LENGTH) return undefined;
  const parts = header.split(',').map((part) => part.trim());
  if (!parts.every((part) => /^\w+=[^\s,]+$/.test(part))) return undefined;
  const [timestamp = '', ...others] = valuesOf('t', parts);
  const signatures = valuesOf('v1', parts);
  if (!/^\d{1,12}$/.test(timestamp) || others.length > 0) return undefined;
  if (signatures.length < 1 || signatures.length > MAX_SIGNATURES) return undefined;
  if (!signatures.every((each) => /^[0-9a-f]{64}$/i.test(each))) return undefined;
  return { timestamp, signatures: signatures.map((each) => Buffer.from(each, 'hex')) };
}

function valuesOf(name: string, parts: readonly string[]): string[] {
  return parts.filter((part) => part.startsWith(`${name}=`)).map((part) => part.slice(name.length + 1));
}
