import { randomBytes } from 'node:crypto';
import { inspect } from 'node:util';
import { pkcs8, privateJwk, ecPair, type KeyPair } from '../support/keys.support.js';

/** The secrets of one test, each marked so that it is found in any output and encoding. */
export class Canaries {
  readonly keys: KeyPair = ecPair();
  readonly claim = mark('claim');
  readonly group = mark('group');
  readonly apiKey = mark('apikey');
  readonly principal = mark('principal');
  readonly cause = mark('cause');
  readonly clientSecret = mark('clientsecret');
  readonly subjectKey = mark('subjectkey');
  readonly #others: string[] = [];

  /** A user with a canary in each of its fields. */
  get user() {
    return {
      groups: [this.group],
      content: { name: this.claim },
      apiPlaygroundInputs: { header: { 'X-Api-Key': this.apiKey }, server: { region: this.claim } },
    };
  }

  /** An error whose message, cause and properties contain all canaries. */
  error(): Error {
    const text = [this.cause, this.claim, this.apiKey, pkcs8(this.keys), ...this.#others].join('\n    at ');
    return Object.assign(new RangeError(text, { cause: new Error(text) }), { user: this.user });
  }

  /** Adds a token, to be found by each of its parts except the header, which is not secret. */
  addToken(token: string): void {
    this.#others.push(...token.split('.').slice(1));
  }

  /** The canaries in a string. It should contain none. */
  findIn(text: string): string[] {
    return this.#all().filter((secret) => text.includes(secret));
  }

  /** The canaries in what Node prints for a value, including hidden properties. */
  findInspected(value: unknown): string[] {
    return this.findIn(
      inspect(value, { depth: 12, showHidden: true, maxArrayLength: null, maxStringLength: null }),
    );
  }

  #all(): string[] {
    const plain = [
      this.claim,
      this.group,
      this.apiKey,
      this.principal,
      this.cause,
      this.clientSecret,
      this.subjectKey,
    ];
    const { d = '' } = privateJwk(this.keys) as { d?: string };
    const lines = pkcs8(this.keys).split('\n').slice(1, -2);
    const encoded = plain.flatMap((text) => {
      const bytes = Buffer.from(text);
      // Inside other text, base64 depends on the offset. This is the part that does not.
      return [0, 1, 2].map((offset) =>
        Buffer.concat([Buffer.alloc(offset), bytes])
          .toString('base64url')
          .slice(4, -4),
      );
    });
    return [...plain, ...encoded, d, Buffer.from(d, 'base64url').toString('hex'), ...lines, ...this.#others];
  }
}

const mark = (what: string): string => `canary-${what}-${randomBytes(9).toString('hex')}`;
