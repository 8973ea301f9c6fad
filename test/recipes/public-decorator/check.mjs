import { checkCookieSession, expectStatus } from '../visitor.js';

export const title = 'an app-wide guard and @Public(), Nest 12, Express';

export async function check({ start, key }) {
  const logIn = async (visitor) => {
    const response = await visitor.send('/login', {
      json: { email: 'ada@foo.com', password: 'correct horse' },
    });
    const { accessToken } = await response.json();
    // The guard of the app still holds: the cookie of the docs' routes is not enough for it.
    await expectStatus(await visitor.send('/me'), 401, 'A call of the API by cookie');
    const headers = { authorization: `Bearer ${accessToken}` };
    await expectStatus(await visitor.send('/me', { headers }), 200, 'A call of the API');
    return response;
  };
  await start((origin) => checkCookieSession(origin, key, logIn));
}
