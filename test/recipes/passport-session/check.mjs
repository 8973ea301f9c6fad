import { checkCookieSession } from '../visitor.js';

export const title = 'passport with express-session, Nest 12, Express';

export async function check({ start, key }) {
  const logIn = (visitor, returnTo) =>
    visitor.send(`/login?returnTo=${encodeURIComponent(returnTo)}`, {
      form: { email: 'ada@foo.com', password: 'correct horse' },
    });
  await start((origin) => checkCookieSession(origin, key, logIn));
}
