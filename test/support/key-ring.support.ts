import { verify, type JsonWebKey } from 'node:crypto';
import type { DocsMode } from 'nestjs-mintlify-personalization';
import { ecPair, edPair, type KeyPair } from './keys.support.js';

/** Keys of one docs site, made one after the other, each with its number for a name. */
export class KeyRing {
  readonly pairs: KeyPair[] = [];
  readonly #mode: DocsMode;

  constructor(mode: DocsMode) {
    this.#mode = mode;
  }

  /** A new private key. It is a `JsonWebKey` with a `kid`. */
  next(): JsonWebKey {
    const pair = this.#mode === 'authentication' ? edPair() : ecPair();
    this.pairs.push(pair);
    return { ...pair.privateKey.export({ format: 'jwk' }), kid: String(this.pairs.length - 1) };
  }

  /** The same without a name. */
  nextNameless(): JsonWebKey {
    const { kid: _, ...jwk } = this.next();
    return jwk;
  }

  /** Whether a token is signed with the key of this number. */
  isSignedWith(index: number, token: string): boolean {
    const publicKey = this.pairs[index]?.publicKey;
    if (publicKey === undefined) return false;
    const end = token.lastIndexOf('.');
    return verify(
      this.#mode === 'authentication' ? null : 'sha256',
      Buffer.from(token.slice(0, end)),
      { key: publicKey, dsaEncoding: 'ieee-p1363' },
      Buffer.from(token.slice(end + 1), 'base64url'),
    );
  }

  /** The number of the key that the header names, which must be the one that signed. */
  signerOf(token: string): number {
    const [header = ''] = token.split('.');
    const { kid } = JSON.parse(Buffer.from(header, 'base64url').toString()) as { kid?: string };
    if (kid === undefined) throw new Error('The header names no key.');
    if (this.isSignedWith(Number(kid), token)) return Number(kid);
    throw new Error(`The header names key ${kid}, and another one signed.`);
  }

  /** The numbers of the keys, of those asked about, that signed. */
  signersAmong(indexes: readonly number[], token: string): number[] {
    return indexes.filter((index) => this.isSignedWith(index, token));
  }
}
