import { generateKeyPairSync } from 'node:crypto';
import { SignJWT } from 'jose';
import { checkDocsLogin, Visitor } from '../visitor.js';

export const title = 'Clerk, its session token and request.auth, Nest 12, Express';

/** In the place of Clerk: its script on the app's own page gets a token like this one, and keeps it in a cookie. */
export async function check({ start, key }) {
  const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2_048 });
  const claims = { sid: 'sess_1', azp: 'https://foo.com', firstName: 'Ada', roles: ['admin'] };
  const token = await new SignJWT(claims)
    .setProtectedHeader({ alg: 'RS256', typ: 'JWT', kid: 'ins_1' })
    .setIssuer('https://clerk.foo.com')
    .setSubject('user_1')
    .setIssuedAt()
    .setNotBefore('-5 s')
    .setExpirationTime('1 minute')
    .sign(privateKey);
  const env = { CLERK_JWT_KEY: publicKey.export({ type: 'spki', format: 'pem' }) };
  await start(
    async (origin) => {
      const visitor = new Visitor(origin);
      await checkDocsLogin(visitor, key, () => {
        visitor.keep('__session', token);
        return new Response();
      });
    },
    { env },
  );
}
