import { getAccessToken, withIssuer } from '../issuer.js';
import { checkUserInfo, Visitor } from '../visitor.js';

export const title = 'Auth0, its guard and request.auth, Nest 12, Express';

export async function check({ start }) {
  const claims = () => ({ 'https://foo.com/first_name': 'Ada', 'https://foo.com/roles': ['admin'] });
  await withIssuer({ claims, audience: 'https://api.foo.com' }, async (issuer) => {
    const token = await getAccessToken(issuer, 'ada');
    const ask = (authorization) => (origin) =>
      checkUserInfo(new Visitor(origin), new Visitor(origin), {
        path: '/docs/oauth/user-info',
        headers: { authorization },
      });
    await start(ask(`Bearer ${token}`), { env: { AUTH0_ISSUER: issuer } });
  });
}
