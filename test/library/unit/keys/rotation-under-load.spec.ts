import { describe, expect, it, jest } from '@jest/globals';
import type {
  DocsMode,
  MintlifyPersonalizationOptions,
  TenantOptions,
} from 'nestjs-mintlify-personalization';
import { KeyRing } from '../../../support/key-ring.support.js';
import { KEYS_BY_MODE } from '../../../support/keys.support.js';
import { sourceOf, startTenants } from '../../../support/tenants.support.js';

// Thousands of signatures, on a machine that may do other things meanwhile.
jest.setTimeout(120_000);

const ROTATIONS = 1_000;
const TOKENS_PER_ROTATION = 3;
const MODES = Object.keys(KEYS_BY_MODE) as DocsMode[];

/** A token, and the number of the last key that was asked for when its making began. */
interface Signed {
  readonly token: string;
  readonly asked: number;
}

/** Signs while the keys of a function rotate, without ever waiting for one or the other. */
async function signWhileRotating(
  ring: KeyRing,
  options: Partial<MintlifyPersonalizationOptions>,
): Promise<Signed[]> {
  const { signing, age, logs } = await startTenants({ signingKeyMaxAgeSeconds: 1, ...options });
  const signed: Promise<Signed>[] = [];
  while (ring.pairs.length <= ROTATIONS) {
    age.pass(1);
    for (let count = 0; count < TOKENS_PER_ROTATION; count += 1) {
      const asked = ring.pairs.length - 1;
      signed.push(signing.sign({ groups: ['a'] }).then((token) => ({ token, asked })));
    }
    await new Promise(setImmediate);
  }
  const tokens = await Promise.all(signed);
  expect(tokens.length).toBeGreaterThanOrEqual(ROTATIONS * TOKENS_PER_ROTATION);
  expect(logs.lines.filter((line) => !line.includes('key.rotated'))).toEqual([]);
  return tokens;
}

describe.each(MODES)('a thousand rotations for %s, while thousands of tokens are signed', (mode) => {
  it('leave header and signature of every token to one key, and every key to its turn', async () => {
    const ring = new KeyRing(mode);
    const tokens = await signWhileRotating(ring, { mode, signingKey: () => Promise.resolve(ring.next()) });
    const signers = tokens.map(({ token }) => ring.signerOf(token));
    // Once a key has signed, no older one does.
    expect(signers).toEqual([...signers].sort((one, other) => one - other));
    expect(new Set(signers).size).toBeGreaterThan(ROTATIONS / 2);
  });

  it('sign without a kid with the old key or the new one', async () => {
    const ring = new KeyRing(mode);
    const tokens = await signWhileRotating(ring, {
      mode,
      signingKey: () => Promise.resolve(ring.nextNameless()),
    });
    for (const { token, asked } of tokens) {
      expect(ring.signersAmong([asked - 1, asked, asked + 1], token)).toHaveLength(1);
    }
  });

  it('through a tenant source: the next token after invalidate() is signed with the new key', async () => {
    const ring = new KeyRing(mode);
    let options: TenantOptions = {};
    const tenantSource = sourceOf(() => Promise.resolve(options));
    const { signing, identity, registry, logs } = await startTenants({ tenantSource });
    const signed: Promise<Signed>[] = [];
    for (let rotation = 0; rotation < ROTATIONS; rotation += 1) {
      options = { docsUrl: 'https://docs.acme.example', mode, signingKey: ring.next() };
      registry.invalidate('acme');
      for (let count = 0; count < TOKENS_PER_ROTATION; count += 1) {
        // Half of them as a visitor's login does it: who he is first, which takes a while, then the token.
        const token =
          count % 2 === 0
            ? signing.sign({}, { tenantId: 'acme' })
            : identity.identify('acme', {}).then((user) => signing.sign(user));
        signed.push(token.then((text) => ({ token: text, asked: rotation })));
      }
      if (rotation % 3 === 0) await new Promise(setImmediate);
    }
    for (const { token, asked } of await Promise.all(signed)) {
      expect(ring.signerOf(token)).toBeGreaterThanOrEqual(asked);
    }
    expect(logs.lines.filter((line) => !line.includes('key.rotated'))).toEqual([]);
  });
});
