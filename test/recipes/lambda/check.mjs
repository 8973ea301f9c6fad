import { checkCookieSession } from '../visitor.js';

export const title = 'AWS Lambda by two adapters, Nest 12, Express and Fastify';

export async function check({ start, key }) {
  const logIn = (visitor, returnTo) =>
    visitor.send(`/login?returnTo=${encodeURIComponent(returnTo)}`, {
      json: { email: 'ada@foo.com', password: 'correct horse' },
    });
  for (const platform of ['express', 'fastify']) {
    await start((origin) => checkCookieSession(origin, key, logIn), {
      file: 'gateway.js',
      env: { HANDLER: `./dist/${platform}.js` },
    });
  }
}
