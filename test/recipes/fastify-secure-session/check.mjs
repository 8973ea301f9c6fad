import { checkCookieSession } from '../visitor.js';

export const title = '@fastify/secure-session, Nest 12, Fastify';

export async function check({ start, key }) {
  const logIn = (visitor, returnTo) =>
    visitor.send(`/login?returnTo=${encodeURIComponent(returnTo)}`, {
      json: { email: 'ada@foo.com', password: 'correct horse' },
    });
  await start((origin) => checkCookieSession(origin, key, logIn));
}
