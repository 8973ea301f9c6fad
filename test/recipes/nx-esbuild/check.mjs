import { checkCookieSession } from '../visitor.js';

export const title = 'Nx-style workspace, bundled by esbuild, Nest 11';

export async function check({ start, key }) {
  const logIn = (visitor, returnTo) =>
    visitor.send(`/login?returnTo=${encodeURIComponent(returnTo)}`, {
      json: { email: 'ada@foo.com', password: 'correct horse' },
    });
  await start((origin) => checkCookieSession(origin, key, logIn), { file: 'dist/apps/api/main.js' });
}
