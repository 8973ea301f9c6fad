import { createPrivateKey, verify } from 'node:crypto';
import { expect, it } from '@jest/globals';
import { createVerifier } from 'fast-jwt';
import { jwtVerify } from 'jose';
import type { SigningKey } from 'nestjs-mintlify-personalization';
import { describeOnEveryHost, mapperOf } from '../../support/apps.support.js';
import { DOCS_PRIVATE_KEY, DOCS_PUBLIC_KEY, readArrival } from '../../support/docs-arrival.support.js';
import { bearer } from '../../support/sessions.support.js';

const GROUPS = ['admin', 'équipe', '開発', '👩‍💻'];

const readJson = (part: string): unknown => JSON.parse(Buffer.from(part, 'base64url').toString());

/** The claims as each implementation reads them, if it accepts the signature. */
const VERIFIERS: Record<string, (token: string) => unknown> = {
  jose: async (token) => (await jwtVerify(token, DOCS_PUBLIC_KEY, { algorithms: ['ES256'] })).payload,
  'node:crypto': (token) => {
    const [header = '', payload = '', signature = ''] = token.split('.');
    const key = { key: DOCS_PUBLIC_KEY, dsaEncoding: 'ieee-p1363' } as const;
    const signed = Buffer.from(`${header}.${payload}`);
    if (!verify('sha256', signed, key, Buffer.from(signature, 'base64url'))) throw new Error('Not signed.');
    return readJson(payload);
  },
  'fast-jwt': (token) => {
    const key = DOCS_PUBLIC_KEY.export({ format: 'pem', type: 'spki' }).toString();
    return createVerifier({ key, algorithms: ['ES256'] })(token) as unknown;
  },
};

/** The same key in the forms that hosts keep it in. */
const KEYS: Record<string, SigningKey> = {
  'PKCS#8': DOCS_PRIVATE_KEY.export({ format: 'pem', type: 'pkcs8' }).toString(),
  'SEC1, on one line': DOCS_PRIVATE_KEY.export({ format: 'pem', type: 'sec1' })
    .toString()
    .replaceAll('\n', String.raw`\n`),
  JWK: DOCS_PRIVATE_KEY.export({ format: 'jwk' }),
  KeyObject: createPrivateKey(DOCS_PRIVATE_KEY.export({ format: 'pem', type: 'pkcs8' })),
};

const CASES = Object.keys(VERIFIERS).flatMap((verifier) =>
  Object.keys(KEYS).map((key) => [verifier, key] as const),
);

describeOnEveryHost('a token of docs login', ({ boot }) => {
  it.each(CASES)('is accepted by %s, when signed with a key as %s', async (verifier, key) => {
    const claimMapper = mapperOf(() => ({ groups: GROUPS }));
    const host = await boot({ options: { claimMapper, signingKey: KEYS[key] } });
    const response = await host.get('/docs-login', await bearer()).expect(302);
    const { token } = readArrival(response.get('location'));
    await expect(Promise.resolve(token).then(VERIFIERS[verifier])).resolves.toMatchObject({ groups: GROUPS });
  });

  it.each(Object.keys(VERIFIERS))('is refused by %s once a claim is changed', async (verifier) => {
    const host = await boot();
    const response = await host.get('/docs-login', await bearer()).expect(302);
    const [header = '', payload = '', signature = ''] = readArrival(response.get('location')).token.split(
      '.',
    );
    const claims = { ...(readJson(payload) as object), groups: ['root'] };
    const forged = [header, Buffer.from(JSON.stringify(claims)).toString('base64url'), signature].join('.');
    await expect(Promise.resolve(forged).then(VERIFIERS[verifier])).rejects.toThrow(/sign/i);
  });
});
