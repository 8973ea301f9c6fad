import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFile, writeFile } from 'node:fs/promises';
import { request } from 'node:http';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { answers, findPort } from '../../package/apps.js';
import { PackageFault } from '../../package/processes.js';
import { checkCookieSession, expectStatus, Visitor } from '../visitor.js';

export const title = '@nestjs/throttler behind nginx, prefix and URI versions, Nest 12';

const LOGIN = '/api/v1/docs-login';
/** What the app allows in a minute. */
const LIMIT = 20;

export async function check({ directory, start, key }) {
  await start((app) =>
    withNginx(directory, app, async (origin) => {
      const logIn = (visitor, returnTo, name = 'ada') =>
        visitor.send(`/api/v1/login?returnTo=${encodeURIComponent(returnTo)}`, {
          json: { email: `${name}@foo.com`, password: 'correct horse' },
        });
      await checkCookieSession(origin, key, logIn, '/api/v1');

      const grace = new Visitor(origin);
      await logIn(grace, '/', 'grace');
      const long = await grace.send(LOGIN);
      await expectStatus(long, 302, 'A visitor with a long token');
      const { length } = long.headers.get('location');
      if (length < 4_096) throw new PackageFault(`Her token is too short to tell: ${length}.`);

      const statuses = [];
      for (let count = 0; count <= LIMIT; count++)
        statuses.push(await getFrom('127.0.0.2', `${origin}${LOGIN}`));
      if (statuses.at(-2) !== 302 || statuses.at(-1) !== 429)
        throw new PackageFault(`One address got ${statuses.join(', ')}.`);
      await expectStatus(await new Visitor(origin).send(LOGIN), 302, 'A visitor of another address');
    }),
  );
}

/** Starts Debian's nginx in front of the app, with the recipe's settings. */
async function withNginx(directory, app, task) {
  const port = await findPort();
  const file = join(directory, 'nginx.conf');
  const settings = await readFile(file, 'utf8');
  await writeFile(
    file,
    settings
      .replace('NGINX_PORT', String(port))
      .replace('http://127.0.0.1:3000', app.replace('localhost', '127.0.0.1')),
  );
  const nginx = spawn('nginx', ['-p', directory, '-c', file, '-e', 'stderr']);
  let said = '';
  nginx.stderr.on('data', (text) => (said += text));
  nginx.once('error', ({ message }) => (said += `${message}: install Debian's nginx-light.`));
  const origin = `http://127.0.0.1:${port}`;
  try {
    while (!(await answers(origin))) {
      if (nginx.exitCode !== null || nginx.pid === undefined) throw new PackageFault(`nginx ended:\n${said}`);
      await wait(50);
    }
    await task(origin);
  } finally {
    if (nginx.kill()) await once(nginx, 'close');
  }
}

/** The status that a client of another address of this machine gets. */
async function getFrom(localAddress, url) {
  const sent = request(url, { localAddress, agent: false }).end();
  const [response] = await once(sent, 'response');
  response.resume();
  return response.statusCode;
}
