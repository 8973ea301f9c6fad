import { createPrivateKey, createPublicKey, generateKeyPairSync } from 'node:crypto';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { CanActivate, ExecutionContext } from '@nestjs/common';
import type { MintlifyPersonalizationOptions } from 'nestjs-mintlify-personalization';
import type { Finding } from '../../libs/mintlify-personalization/src/cli/doctor/finding.js';
import { checkNode } from '../../libs/mintlify-personalization/src/cli/doctor/environment.checks.js';
import { DEFAULTS, describeOnEveryPlatform, type HostFactory } from '../support/apps.support.js';
import { DOCS_PRIVATE_KEY, DOCS_PUBLIC_KEY } from '../support/docs-arrival.support.js';
import { ADA, createSession } from '../support/sessions.support.js';
import {
  startTamperingProxy,
  type Passing,
  type TamperingProxy,
  type Tampering,
} from '../support/tampering-proxy.support.js';
import { callCommand, type CommandResult } from '../support/terminal.support.js';
import { signToken } from '../support/token-issuer.support.js';
import { BOTH, OAUTH_PATH, SESSION_PATH } from '../support/user-info.support.js';

const LOGIN_PATH = '/docs-login';
const SOUND: Partial<MintlifyPersonalizationOptions> = { ...BOTH, loginUrl: '/login' };
const STRANGER = 'https://elsewhere.example';

let directory: string;

beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'mintlify-doctor-'));
  const publicPem = DOCS_PUBLIC_KEY.export({ format: 'pem', type: 'spki' });
  const stranger = generateKeyPairSync('ec', { namedCurve: 'P-256' }).publicKey;
  await writeFile(join(directory, 'public.pem'), publicPem);
  await writeFile(join(directory, 'other.pem'), stranger.export({ format: 'pem', type: 'spki' }));
});
afterEach(() => rm(directory, { recursive: true }));

/** What is given to the doctor beside the backend. */
interface Visit {
  readonly words?: readonly string[];
  readonly env?: Record<string, string>;
  readonly nowMs?: number;
}

async function examine(origin: string, { words = [], env = {}, nowMs }: Visit = {}): Promise<CommandResult> {
  const session = await createSession();
  const result = await callCommand(
    [
      ['doctor'],
      ['--json', '--docs-url', DEFAULTS.docsUrl, '--public-key', 'public.pem', '--timeout', '4000'],
      ['--login-url', origin + LOGIN_PATH, '--session-url', origin + SESSION_PATH],
      ['--oauth-url', origin + OAUTH_PATH, '--cookie-env', 'VISITOR', '--access-token-env', 'TOKEN'],
      words,
    ].flat(),
    {
      directory,
      env: { VISITOR: `session=${session}`, TOKEN: 'ada', ...env },
      ...(nowMs !== undefined && { nowMs }),
    },
  );
  const [, , signature = ''] = session.split('.');
  expect(result.output + result.errors).not.toContain(signature);
  return result;
}

const readFindings = ({ output }: CommandResult): Finding[] =>
  (JSON.parse(output) as { findings: Finding[] }).findings;
const problemsOf = (result: CommandResult): Finding[] =>
  readFindings(result).filter(({ state }) => state === 'problem');

const isLogin = ({ url }: Passing): boolean => url.pathname === LOGIN_PATH;
const isSession = ({ url }: Passing): boolean => url.pathname === SESSION_PATH;
const isOAuth = ({ url }: Passing): boolean => url.pathname === OAUTH_PATH;

/** Changes the `Location` of a login that leads to the docs. */
const changeArrival =
  (change: (location: string, passing: Passing) => string): Tampering =>
  (passing) => {
    const { location } = passing.headers;
    if (isLogin(passing) && String(location).includes('#')) {
      passing.headers.location = change(String(location), passing);
    }
  };

/** Signs the token of a login anew, with other claims. */
const changeClaims = (change: object): Tampering =>
  changeArrival((location) => {
    const [page, fragment = ''] = location.split('#');
    const [, payload = ''] = fragment.split('.');
    const claims = JSON.parse(Buffer.from(payload, 'base64url').toString()) as object;
    const token = signToken(
      { alg: 'ES256' },
      { ...claims, ...change },
      createPrivateKey(DOCS_PRIVATE_KEY.export({ format: 'pem', type: 'pkcs8' })),
    );
    return `${page}#jwt=${token}&anchor=step-one`;
  });

const asks = (name: string, value: RegExp): ((passing: Passing) => boolean) => {
  return ({ request }) => value.test(String(request.headers[name] ?? ''));
};

/** Mistakes that people make in front of this library, or in an endpoint of their own. */
const MISTAKES: [mistake: string, tamper: Tampering, check: string, mend: RegExp][] = [
  [
    'the route has a prefix',
    (passing) => isLogin(passing) && void (passing.status = 404),
    'reachable',
    /prefix and version/,
  ],
  [
    'anybody is logged in',
    (passing) => {
      if (isLogin(passing))
        passing.headers.location = `${DEFAULTS.docsUrl}/doctor-was-here#jwt=eyJh.eyJn.c2ln&anchor=step-one`;
    },
    'anonymous',
    /handshakes\.jwt\.guards/,
  ],
  [
    'the login page forgets where the visitor came from',
    (passing) => {
      if (String(passing.headers.location).startsWith('/login')) passing.headers.location = '/login';
    },
    'anonymous',
    /returnTo/,
  ],
  [
    'an open redirect',
    changeArrival((location, { url }) => {
      const target = url.searchParams.get('redirect') ?? '';
      return target.startsWith('//') ? `https:${target}#${location.split('#')[1]}` : location;
    }),
    'open-redirect',
    /Do not build the address from the query/,
  ],
  [
    'an open redirect by way of private docs',
    changeArrival((location, { url }) =>
      url.searchParams.get('redirect')?.includes('elsewhere') === true
        ? `${DEFAULTS.docsUrl}/login/jwt-callback?redirect=%2F%2Felsewhere.example#${location.split('#')[1]}`
        : location,
    ),
    'open-redirect',
    /Let this library build it/,
  ],
  [
    'the token is in the query',
    changeArrival((location) => location.replace('#jwt=', '?jwt=')),
    'token-in-query',
    /behind the #/,
  ],
  [
    'the anchor is lost',
    changeArrival((location) => location.replace(/&anchor=.*/, '')),
    'place',
    /parameter anchor/,
  ],
  [
    'the page is lost',
    changeArrival((location) => location.replace('/doctor-was-here', '/')),
    'place',
    /parameter redirect/,
  ],
  [
    'the answer may be cached',
    (passing) => {
      if (isLogin(passing)) passing.headers['cache-control'] = 'public, max-age=300';
    },
    'headers',
    /leave out this route/,
  ],
  [
    "the backend's clock is off",
    (passing) => {
      passing.headers.date = new Date(Date.now() + 60_000).toUTCString();
    },
    'clock',
    /NTP/,
  ],
  [
    'the docs are others',
    changeArrival((location) => location.replace('docs.acme', 'docs.globex')),
    'docs-site',
    /option docsUrl/,
  ],
  [
    'the token lives for an hour',
    changeClaims({ exp: Math.floor(Date.now() / 1_000) + 3_600 }),
    'token',
    /tokenLifetimeSeconds/,
  ],
  [
    'the session ends in milliseconds',
    changeClaims({ expiresAt: Date.now() + 60_000 }),
    'token',
    /claim mapper/,
  ],
  [
    'HEAD makes a token',
    (passing) => passing.request.method === 'HEAD' && void (passing.status = 302),
    'head',
    /refuse it there/,
  ],
  [
    'a prefetch makes a token',
    (passing) => asks('sec-purpose', /prefetch/)(passing) && void (passing.status = 302),
    'prefetch',
    /refuse it there/,
  ],
  [
    'a frame gets a token',
    (passing) => asks('sec-fetch-dest', /iframe/)(passing) && void (passing.status = 302),
    'frame',
    /refuse it there/,
  ],
  [
    'the session cookie is open to scripts',
    (passing) => {
      passing.headers['set-cookie'] = 'session=1; Path=/; SameSite=None';
    },
    'cookies',
    /HttpOnly/,
  ],
  [
    'CORS lets everybody read',
    (passing) => {
      if (isSession(passing)) passing.headers['access-control-allow-origin'] = '*';
    },
    'shared-session-cors',
    /additionalDocsOrigins/,
  ],
  [
    'CORS without credentials',
    (passing) => {
      if (isSession(passing)) delete passing.headers['access-control-allow-credentials'];
    },
    'shared-session-cors',
    /leave out this route/,
  ],
  [
    'CORS without Vary',
    (passing) => {
      if (isSession(passing)) delete passing.headers.vary;
    },
    'shared-session-cors',
    /leave this route alone/,
  ],
  [
    'CORS reflects any origin',
    (passing) => {
      if (isSession(passing) && asks('origin', /elsewhere/)(passing))
        passing.headers['access-control-allow-origin'] = STRANGER;
    },
    'shared-session-stranger',
    /enableCors/,
  ],
  [
    'preflights have to log in',
    (passing) => passing.request.method === 'OPTIONS' && void (passing.status = 401),
    'oauth-preflight',
    /OPTIONS/,
  ],
  [
    'user info is told to anybody',
    (passing) => isSession(passing) && passing.status === 401 && void (passing.status = 200),
    'shared-session-anonymous',
    /sharedSession\.guards/,
  ],
  [
    'user info may be cached',
    (passing) => {
      if (isSession(passing)) passing.headers['cache-control'] = 'max-age=60';
    },
    'shared-session-anonymous',
    /leave out this route/,
  ],
  [
    'an interceptor wraps the user',
    (passing) => {
      if (isSession(passing) && passing.status === 200)
        passing.body = JSON.stringify({ data: JSON.parse(passing.body) });
    },
    'shared-session-user',
    /no interceptor/,
  ],
  [
    'an OAuth refusal does not say why',
    (passing) => {
      if (isOAuth(passing)) delete passing.headers['www-authenticate'];
    },
    'oauth-anonymous',
    /filter takes it off/,
  ],
  [
    'the login fails for everybody',
    (passing) => {
      if (!isLogin(passing)) return;
      passing.status = 500;
      passing.body = 'Internal Server Error';
      delete passing.headers.location;
    },
    'anonymous',
    /log of the backend/,
  ],
  [
    'what is no token is behind the #',
    changeArrival((location) => location.replace(/#.*/, '#step.one')),
    'token',
    /Sign with/,
  ],
  [
    'the place is behind the #, and no token',
    changeArrival((location) => location.replace(/#.*/, '#step-one')),
    'arrival',
    /login page/,
  ],
  [
    'CORS is for another site',
    (passing) => {
      if (isSession(passing)) passing.headers['access-control-allow-origin'] = 'https://other.example';
    },
    'shared-session-cors',
    /as browsers send it/,
  ],
  [
    'CORS is for nobody',
    (passing) => {
      if (isOAuth(passing)) delete passing.headers['access-control-allow-origin'];
    },
    'oauth-cors',
    /additionalDocsOrigins/,
  ],
  [
    'the user-info route has a prefix',
    (passing) => {
      if (isSession(passing)) passing.status = 404;
    },
    'shared-session-anonymous',
    /Is the path right/,
  ],
  [
    'user info fails for visitors',
    (passing) => {
      if (isSession(passing) && passing.status === 200) passing.status = 500;
    },
    'shared-session-user',
    /manual explains each code/,
  ],
  [
    'user info is a page',
    (passing) => {
      if (isSession(passing) && passing.status === 200) passing.body = '<html>';
    },
    'shared-session-user',
    /claim mapper/,
  ],
  [
    'the mapper fails',
    (passing) => {
      if (!String(passing.headers.location).includes('#')) return;
      passing.status = 500;
      delete passing.headers.location;
      passing.body = '{"statusCode":500,"code":"claim_mapper_failed"}';
    },
    'arrival',
    /log of the backend/,
  ],
];

/** Lets everybody pass, as the guards of some apps do for guests. */
class GuestGuard implements CanActivate {
  canActivate(context: ExecutionContext): boolean {
    context.switchToHttp().getRequest<{ user: unknown }>().user = ADA;
    return true;
  }
}

describeOnEveryPlatform('doctor, of a running backend,', ({ boot }) => {
  let proxy: TamperingProxy | undefined;

  const bootBehindProxy = async (setup: Parameters<HostFactory['boot']>[0] = { options: SOUND }) => {
    const { port } = await boot(setup);
    proxy = await startTamperingProxy(port);
    return proxy;
  };
  afterEach(() => proxy?.close());

  it('finds nothing wrong with a sound one', async () => {
    const { origin } = await bootBehindProxy();
    const result = await examine(origin);
    expect(problemsOf(result)).toEqual([]);
    expect(result.exitCode).toBe(0);
    const skipped = readFindings(result).filter(({ state }) => state === 'skipped');
    expect(skipped.map(({ check }) => check)).toEqual(['packages', 'signing-key']);
  });

  it.each(MISTAKES)('finds that %s', async (_, tamper, check, mend) => {
    const { origin } = Object.assign(await bootBehindProxy(), { tamper });
    const result = await examine(origin);
    expect(result.exitCode).toBe(1);
    const problem = problemsOf(result).find((finding) => finding.check === check);
    expect(problem?.mend).toMatch(mend);
  });

  it('finds a guard that lets everybody in', async () => {
    const guards = [GuestGuard];
    const { origin } = await bootBehindProxy({
      options: { handshakes: { jwt: { guards }, sharedSession: { guards } } },
    });
    expect(problemsOf(await examine(origin)).map(({ check }) => check)).toEqual(
      expect.arrayContaining(['anonymous', 'shared-session-anonymous']),
    );
  });

  it('says what it cannot know without the docs, a session or a clock', async () => {
    const { origin } = Object.assign(await bootBehindProxy(), {
      tamper: ({ headers }: Passing) => void delete headers.date,
    });
    const routes = ['--login-url', origin + LOGIN_PATH, '--session-url', origin + SESSION_PATH];
    const skippedIn = (result: CommandResult) =>
      readFindings(result).flatMap(({ state, check }) => (state === 'skipped' ? [check] : []));
    const stranger = await callCommand(['doctor', '--json', ...routes], { directory });
    expect(problemsOf(stranger)).toEqual([]);
    expect(skippedIn(stranger)).toEqual(
      expect.arrayContaining(['clock', 'docs-url', 'arrival', 'shared-session']),
    );
    const env = { VISITOR: `session=${await createSession()}` };
    const visitor = await callCommand(['doctor', '--json', '--cookie-env', 'VISITOR', ...routes], {
      directory,
      env,
    });
    expect(problemsOf(visitor)).toEqual([]);
    expect(skippedIn(visitor)).toEqual(expect.arrayContaining(['docs-site', 'signature']));
    const atDocs = ['--docs-url', DEFAULTS.docsUrl, '--session-url', origin + SESSION_PATH];
    const anonymous = await callCommand(['doctor', '--json', ...atDocs], { directory });
    expect(skippedIn(anonymous)).toContain('shared-session-user');
  });

  it('does not look at CORS where API and docs share an origin', async () => {
    const { origin } = await bootBehindProxy();
    const words = ['doctor', '--json', '--docs-url', origin.replace('127.0.0.1', 'localhost')];
    const url = origin.replace('127.0.0.1', 'localhost') + SESSION_PATH;
    const findings = readFindings(await callCommand([...words, '--session-url', url], { directory }));
    expect(findings).toContainEqual(
      expect.objectContaining({ check: 'shared-session-cors', state: 'skipped' }),
    );
  });

  it('finds that a session is over', async () => {
    const { origin } = await bootBehindProxy();
    const problems = problemsOf(await examine(origin, { env: { VISITOR: 'session=over' } }));
    expect(problems.map(({ message }) => message)).toContainEqual(
      expect.stringMatching(/\/login without a token/),
    );
  });

  it('finds that the docs have another key', async () => {
    const { origin } = await bootBehindProxy();
    const [problem] = problemsOf(await examine(origin, { words: ['--public-key', 'other.pem'] }));
    expect(problem).toMatchObject({ check: 'token', mend: expect.stringMatching(/private half of the key/) });
  });

  it('finds that the docs are private, and the backend takes them for public ones', async () => {
    const { origin } = await bootBehindProxy();
    const problems = problemsOf(await examine(origin, { words: ['--mode', 'authentication'] }));
    expect(problems.map(({ mend }) => mend).join()).toMatch(/option mode.*mode 'authentication'/s);
  });

  it('walks through private docs', async () => {
    const { privateKey, publicKey } = generateKeyPairSync('ed25519');
    await writeFile(join(directory, 'private-docs.pem'), publicKey.export({ format: 'pem', type: 'spki' }));
    const { origin } = await bootBehindProxy({
      options: { ...SOUND, mode: 'authentication', signingKey: privateKey },
    });
    const words = ['--mode', 'authentication', '--public-key', 'private-docs.pem'];
    expect(problemsOf(await examine(origin, { words }))).toEqual([]);
  });

  it('finds that nobody answers', async () => {
    const { origin } = await bootBehindProxy();
    await proxy?.close();
    proxy = undefined;
    const problems = problemsOf(await examine(origin));
    expect(problems.map(({ check }) => check)).toEqual([
      'reachable',
      'shared-session-reachable',
      'oauth-reachable',
    ]);
    expect(problems[0]).toMatchObject({
      message: expect.stringMatching(/ECONNREFUSED/),
      mend: expect.stringMatching(/running/),
    });
  });

  it('says so in words, too', async () => {
    const { origin } = Object.assign(await bootBehindProxy(), { tamper: MISTAKES[0]?.[1] });
    const words = ['doctor', '--docs-url', DEFAULTS.docsUrl, '--login-url', origin + LOGIN_PATH];
    const { exitCode, output } = await callCommand(words, { directory });
    expect(exitCode).toBe(1);
    expect(output).toMatch(
      /✗ reachable: \/docs-login is no route of the backend \(404\)\.\n {2}Name the whole path/,
    );
    expect(output).toMatch(/One thing is wrong\.\n$/);
  });
});

describe('doctor, of the environment,', () => {
  const pem = (key: 'ed25519' | 'P-256'): string =>
    (key === 'ed25519'
      ? generateKeyPairSync('ed25519')
      : generateKeyPairSync('ec', { namedCurve: 'P-256' })
    ).privateKey
      .export({ format: 'pem', type: 'pkcs8' })
      .toString();
  const install = async (name: string, version: string): Promise<void> => {
    await mkdir(join(directory, 'node_modules', name), { recursive: true });
    await writeFile(join(directory, 'node_modules', name, 'package.json'), JSON.stringify({ name, version }));
  };
  const look = async (words: string[], env: Record<string, string> = {}) => {
    const result = await callCommand(['doctor', '--json', ...words], { directory, env });
    return { ...result, findings: readFindings(result) };
  };

  it.each([
    ['an address without https', ['--docs-url', 'http://docs.foo.com'], {}, 'docs-url', /https/],
    ['no address', ['--docs-url', 'docs.foo.com'], {}, 'docs-url', /address that visitors see/],
    [
      'private docs on a base path',
      ['--docs-url', 'https://foo.com/docs', '-m', 'authentication'],
      {},
      'docs-url',
      /origin alone/,
    ],
    ['an address in DOCS_URL', [], { DOCS_URL: 'http://docs.foo.com' }, 'docs-url', /https/],
    [
      'half a key',
      [],
      { MINTLIFY_PRIVATE_KEY: pem('P-256').slice(0, 80) },
      'signing-key',
      /MINTLIFY_PRIVATE_KEY/,
    ],
    ['the key of the other mode', [], { DOCS_KEY: pem('ed25519') }, 'signing-key', /DOCS_KEY/],
    [
      'a key that the docs do not know',
      ['--public-key', 'other.pem'],
      { MINTLIFY_PRIVATE_KEY: pem('P-256') },
      'signing-key',
      /rotated on one side/,
    ],
  ])('finds %s', async (_, words, env, check, mend) => {
    const keyEnv = 'DOCS_KEY' in env ? ['--key-env', 'DOCS_KEY'] : [];
    const { exitCode, findings, output } = await look([...words, ...keyEnv], env);
    expect(exitCode).toBe(1);
    expect(findings.find((finding) => finding.check === check)?.mend).toMatch(mend);
    expect(output).not.toMatch(/BEGIN PRIVATE|MIGHAgEA|MC4CAQAw/);
  });

  it('finds packages that are missing, and a NestJS that is too old', async () => {
    await install('@nestjs/core', '10.4.1');
    await install('passport', '0.7.0');
    const { findings } = await look([]);
    expect(findings).toContainEqual(
      expect.objectContaining({
        check: 'packages',
        mend: expect.stringMatching(/^Run "npm install @nestjs\/common .*class-validator/),
      }),
    );
    expect(findings).toContainEqual(
      expect.objectContaining({ check: 'nest', mend: 'Upgrade NestJS to 11 or 12.' }),
    );
  });

  it.each([
    ['20.18.9', 'problem'],
    ['18.20.0', 'problem'],
    ['20.19.0', 'good'],
    ['24.0.0', 'good'],
  ])('knows whether Node %s is new enough', (version, state) => {
    expect(checkNode(version)).toMatchObject({ check: 'node', state });
  });

  it.each([
    ['a variable that is not set', ['--cookie-env', 'NOBODY'], /NOBODY is not set/],
    ['a value that is no header', ['--cookie-env', 'BROKEN'], /line break/],
    ['an address that is none', ['--login-url', '/docs-login'], /--login-url is no URL/],
    ['no time', ['--timeout', '0'], /1 to 60000/],
    ['a public key that is not there', ['--public-key', 'nobody.pem'], /nobody\.pem cannot be read/],
  ])('does not begin with %s', async (_, words, message) => {
    const result = await callCommand(['doctor', ...words], { directory, env: { BROKEN: 'a\nb' } });
    expect(result).toMatchObject({ exitCode: 2, errors: expect.stringMatching(message) });
  });

  it('compares with the public key', async () => {
    const key = DOCS_PRIVATE_KEY.export({ format: 'pem', type: 'pkcs8' }).toString();
    expect(createPublicKey(key).equals(DOCS_PUBLIC_KEY)).toBe(true);
    const { exitCode, findings } = await look(['--public-key', 'public.pem'], { MINTLIFY_PRIVATE_KEY: key });
    expect(exitCode).toBe(0);
    expect(findings).toContainEqual(expect.objectContaining({ check: 'signing-key', state: 'good' }));
  });
});
