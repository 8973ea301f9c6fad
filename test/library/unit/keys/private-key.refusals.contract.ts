import { describe, expect, it } from '@jest/globals';
import { MintlifyPersonalizationError, type DocsMode } from 'nestjs-mintlify-personalization';
import { KEY_KINDS } from '../../../../libs/mintlify-personalization/src/mintlify/key-kind.js';
import { importPrivateKey } from '../../../../libs/mintlify-personalization/src/keys/private-key.js';
import { errorOf } from '../../../support/modules.support.js';

/** A mistake, by what its message must say, and the keys that hold it. */
export type Refusal = [says: string, ...keys: unknown[]];

/** The error in which the import of a key ends; that it is taken fails the test. */
export async function refusalOf(key: unknown, mode: DocsMode): Promise<MintlifyPersonalizationError> {
  const outcome = await errorOf(() => importPrivateKey(key, KEY_KINDS[mode]));
  if (outcome instanceof MintlifyPersonalizationError) return outcome;
  throw new Error('the key was not refused with an error of this library', { cause: outcome });
}

/** Every run of eight characters of the parts of a key that could tell it. */
export function piecesOf(key: unknown): string[] {
  const texts =
    typeof key === 'string'
      ? [key]
      : Object.values(Object(key) as object).filter((value) => typeof value === 'string');
  return texts
    .flatMap((text) => text.match(/[\w+/-]{20,}/g) ?? [])
    .flatMap((run) => Array.from({ length: run.length - 7 }, (_, start) => run.slice(start, start + 8)));
}

/** Holds the import of keys for a mode to its refusals. One line for each mistake: all messages differ. */
export function describeRefusals(mode: DocsMode, refusals: Refusal[]): void {
  const { crv } = KEY_KINDS[mode];
  const other = crv === 'P-256' ? 'Ed25519' : 'P-256';

  describe(`importPrivateKey for ${mode} refuses`, () => {
    it.each(refusals)('what "%s"', async (says, ...keys) => {
      for (const key of keys) {
        const { code, message } = await refusalOf(key, mode);
        expect(code).toBe('invalid_signing_key');
        expect(message).toMatch(/^signingKey /);
        expect(message).toContain(says);
      }
    });

    it('each mistake with a message of its own, that says how to fix it', async () => {
      const messages = await Promise.all(
        refusals.map(async ([, key]) => (await refusalOf(key, mode)).message),
      );
      expect(new Set(messages).size).toBe(refusals.length);
      for (const message of messages)
        expect(message).toMatch(
          /\. (Use|Set|Give|Keep|Copy|Decrypt|Expand|Export|Fetch|Leave|Pass|Put|Read|Write|The docs) /,
        );
    });

    it(`in terms of ${crv}, and of another curve only where it names what was brought`, async () => {
      for (const [says, ...keys] of refusals) {
        for (const key of keys) {
          const { message } = await refusalOf(key, mode);
          const rest = message.replace(says, '');
          expect(rest).not.toContain(other);
          expect(rest.includes(crv)).toBe(/make one with|signs with/.test(rest));
        }
      }
    });

    it('without eight characters of the key in its message, stack or cause', async () => {
      for (const key of refusals.flatMap(([, ...keys]) => keys)) {
        const error = await refusalOf(key, mode);
        const said = `${error.message}\n${error.stack}\n${JSON.stringify(error)}`;
        expect(piecesOf(key).filter((piece) => said.includes(piece))).toEqual([]);
        expect(error.cause).toBeUndefined();
      }
    });
  });
}
