import { checkCookieSession, Visitor } from '../visitor.js';

export const title = 'better-auth, Nest 12, Fastify';

export async function check({ start, key }) {
  const credentials = { email: 'ada@foo.com', password: 'correct horse battery' };
  await start(async (origin) => {
    const headers = { origin };
    await new Visitor(origin).send('/api/auth/sign-up/email', {
      json: { name: 'Ada', ...credentials },
      headers,
    });
    await checkCookieSession(origin, key, (visitor) =>
      visitor.send('/api/auth/sign-in/email', { json: credentials, headers }),
    );
  });
}
