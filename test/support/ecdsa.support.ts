import { createECDH, randomBytes, type KeyObject } from 'node:crypto';

const ORDER = BigInt('0xffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551');

const toNumber = (bytes: Uint8Array): bigint => BigInt(`0x${Buffer.from(bytes).toString('hex') || '0'}`);

const toBytes = (number: bigint): Buffer => Buffer.from(number.toString(16).padStart(64, '0'), 'hex');

const modulo = (number: bigint): bigint => ((number % ORDER) + ORDER) % ORDER;

/** By Fermat: the order is a prime. */
function invert(number: bigint): bigint {
  let [result, base] = [1n, modulo(number)];
  for (let exponent = ORDER - 2n; exponent > 0n; exponent >>= 1n) {
    if (exponent & 1n) result = modulo(result * base);
    base = modulo(base * base);
  }
  return result;
}

/**
 * Signs a digest with ECDSA on P-256 (FIPS 186-5, section 6.4.1), as key services do it and `node:crypto`, which
 * hashes by itself, cannot. For tests alone: it is not constant in time.
 */
export function signDigest(digest: Uint8Array, privateKey: KeyObject): { r: bigint; s: bigint } {
  const k = 1n + (toNumber(randomBytes(40)) % (ORDER - 1n));
  const ecdh = createECDH('prime256v1');
  ecdh.setPrivateKey(toBytes(k));
  const r = modulo(toNumber(ecdh.getPublicKey().subarray(1, 33)));
  const d = toNumber(Buffer.from(privateKey.export({ format: 'jwk' }).d ?? '', 'base64url'));
  return { r, s: modulo(invert(k) * (toNumber(digest) + r * d)) };
}

/** The one DER form of two numbers. */
export function encodeDer({ r, s }: { r: bigint; s: bigint }): Buffer {
  const integers = [r, s].map((number) => {
    const hex = number.toString(16);
    const bytes = Buffer.from(hex.padStart(hex.length + (hex.length % 2), '0'), 'hex');
    const positive = Number(bytes[0]) >= 0x80 ? Buffer.concat([Buffer.of(0), bytes]) : bytes;
    return Buffer.concat([Buffer.of(2, positive.length), positive]);
  });
  const content = Buffer.concat(integers);
  return Buffer.concat([Buffer.of(0x30, content.length), content]);
}

/** r‖s. */
export const encodeJose = ({ r, s }: { r: bigint; s: bigint }): Buffer =>
  Buffer.concat([toBytes(r), toBytes(s)]);
