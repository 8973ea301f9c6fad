import { getAccessToken, withIssuer } from '../issuer.js';
import { checkDocsLogin, checkUserInfo, Visitor } from '../visitor.js';

export const title = 'Keycloak, nest-keycloak-connect, Nest 11, Express';

/** The paths of a realm of Keycloak, below it. */
const OPENID = '/protocol/openid-connect';
const ROUTES = { authorization: `${OPENID}/auth`, token: `${OPENID}/token`, jwks: `${OPENID}/certs` };

export async function check({ start, key }) {
  const claims = () => ({
    typ: 'Bearer',
    azp: 'docs',
    given_name: 'Ada',
    realm_access: { roles: ['admin'] },
  });
  await withIssuer({ path: '/realms/acme', routes: ROUTES, claims, audience: 'acme-api' }, async (issuer) => {
    const env = { KEYCLOAK_URL: new URL(issuer).origin };
    await start(
      async (origin) => {
        const token = await getAccessToken(issuer, 'ada');
        const path = '/docs/oauth/user-info';
        const headers = { authorization: `Bearer ${token}` };
        await checkUserInfo(new Visitor(origin), new Visitor(origin), { path, headers });
        const visitor = new Visitor(origin);
        await checkDocsLogin(visitor, key, () => {
          visitor.keep('KEYCLOAK_JWT', token);
          return new Response();
        });
      },
      { env },
    );
  });
}
