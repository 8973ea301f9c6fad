import { expect, it } from '@jest/globals';
import { createTestSigningKey } from 'nestjs-mintlify-personalization/testing';
import 'nestjs-mintlify-personalization/testing/jest';
import { describeOnEveryPlatform } from '../../support/apps.support.js';
import { bearer, cookie } from '../../support/sessions.support.js';

const DOCS_URL = 'https://docs.foo.com';
const LOGIN = '/docs-login?redirect=/quickstart&anchor=step-one';
const USER_INFO = '/docs/user-info';
const PAGE = `${DOCS_URL}/quickstart#step-one`;
const ADA = { groups: ['admin', 'engineering'], content: { firstName: 'Ada' } };

/** What a matcher says when it fails. */
async function complaintOf(assertion: () => unknown): Promise<string> {
  try {
    await assertion();
  } catch (error) {
    return (error as Error).message;
  }
  throw new Error('The assertion passed.');
}

describeOnEveryPlatform('the matchers', ({ boot }) => {
  it.each(['personalization', 'authentication'] as const)('see a login to %s docs', async (mode) => {
    const key = createTestSigningKey(mode);
    const host = await boot({ options: { docsUrl: DOCS_URL, mode, signingKey: key.privateKey } });
    const response = await host.get(LOGIN, await bearer());
    expect(response).toBeDocsRedirect(PAGE);
    await expect(response).toIdentify(ADA, { key, docsUrl: DOCS_URL });
    await expect(response.headers.location).toIdentify({ content: { firstName: 'Ada' } }, { key });
    expect(response).not.toBeDocsRedirect(`${DOCS_URL}/quickstart`);
    await expect(response).not.toIdentify({ groups: ['admin'] }, { key });
  });

  it('see a login with fetch', async () => {
    const key = createTestSigningKey();
    const { port } = await boot({ options: { docsUrl: DOCS_URL, signingKey: key.privateKey } });
    const url = `http://127.0.0.1:${port}${LOGIN}`;
    const response = await fetch(url, { headers: await bearer(), redirect: 'manual' });
    expect(response).toBeDocsRedirect(PAGE);
    await expect(response).toIdentify(ADA, { key });
  });

  it('see a user-info answer, by supertest and by fetch', async () => {
    const host = await boot({
      options: { docsUrl: DOCS_URL, handshakes: { jwt: false, sharedSession: {} } },
    });
    const headers = await cookie();
    await expect(await host.get(USER_INFO, headers)).toIdentify(ADA);
    await expect(await fetch(`http://127.0.0.1:${host.port}${USER_INFO}`, { headers })).toIdentify(ADA);
    await expect(await host.get(USER_INFO)).not.toIdentify({});
  });

  it('say what is wrong, and no token', async () => {
    const key = createTestSigningKey();
    const { get } = await boot({
      options: { docsUrl: DOCS_URL, signingKey: key.privateKey, loginUrl: 'https://foo.com/login' },
    });
    const response = await get(LOGIN, await bearer());
    const stranger = await get(LOGIN, { accept: 'text/html' });
    const complaints = [
      await complaintOf(() => expect(response).toBeDocsRedirect(`${DOCS_URL}/other`)),
      await complaintOf(() => expect(stranger).toBeDocsRedirect(PAGE)),
      await complaintOf(() => expect({ status: 401, headers: {} }).toBeDocsRedirect(PAGE)),
      await complaintOf(() => expect(response).not.toBeDocsRedirect(PAGE)),
      await complaintOf(() => expect(response).toIdentify({ groups: [] }, { key })),
      await complaintOf(() => expect(response).toIdentify(ADA, { key: createTestSigningKey() })),
      await complaintOf(() => expect(response).toIdentify(ADA)),
      await complaintOf(() => expect({ status: 401, headers: {} }).toIdentify(ADA)),
      await complaintOf(() => expect(undefined).toIdentify(ADA)),
    ];
    const expected = [
      /quickstart#step-one/,
      /foo\.com\/login, without a token/,
      /401/,
      /was not to be sent/,
      /Ada/,
      /will not take the token: signature/,
      /verified with the key/,
      /is 401/,
      /is none/,
    ];
    complaints.forEach((complaint, index) => expect(complaint).toMatch(expected[index] ?? /never/));
    const [, , signature = ''] = String(response.headers.location).split('.');
    expect(complaints.join()).not.toContain(signature.slice(0, 40));
  });

  it('see headers of the host app that undo the protection', async () => {
    const { get } = await boot({ options: { docsUrl: DOCS_URL } });
    const { status, headers } = await get(LOGIN, await bearer());
    const undone = { status, headers: { ...headers, 'cache-control': 'public, max-age=60' } };
    expect(await complaintOf(() => expect(undone).toBeDocsRedirect(PAGE))).toMatch(
      /cache-control is not no-store/,
    );
  });
});
