import { generateKeyPairSync } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, expect, it } from '@jest/globals';
import type { CanActivate, ExecutionContext } from '@nestjs/common';
import type { MintlifyPersonalizationOptions } from 'nestjs-mintlify-personalization';
import type { Finding } from '../../../libs/mintlify-personalization/src/cli/doctor/finding.js';
import { DEFAULTS, describeOnEveryPlatform, type HostFactory } from '../../support/apps.support.js';
import { LOGIN_PATH, MISTAKES } from '../../support/doctor-mistakes.support.js';
import { readFindings, useDoctorsDirectory } from '../../support/doctor.support.js';
import { ADA, createSession } from '../../support/sessions.support.js';
import {
  startTamperingProxy,
  type Passing,
  type TamperingProxy,
} from '../../support/tampering-proxy.support.js';
import { callCommand, type CommandResult } from '../../support/terminal.support.js';
import { BOTH, OAUTH_PATH, SESSION_PATH } from '../../support/user-info.support.js';

const SOUND: Partial<MintlifyPersonalizationOptions> = { ...BOTH, loginUrl: '/login' };

const getDirectory = useDoctorsDirectory();

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
      directory: getDirectory(),
      env: { VISITOR: `session=${session}`, TOKEN: 'ada', ...env },
      ...(nowMs !== undefined && { nowMs }),
    },
  );
  const [, , signature = ''] = session.split('.');
  expect(result.output + result.errors).not.toContain(signature);
  return result;
}

const failuresOf = (result: CommandResult): Finding[] =>
  readFindings(result).filter(({ state }) => state === 'failed');

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
    expect(failuresOf(result)).toEqual([]);
    expect(result.exitCode).toBe(0);
    const skipped = readFindings(result).filter(({ state }) => state === 'skipped');
    expect(skipped.map(({ check }) => check)).toEqual(['packages', 'signing-key']);
  });

  it.each(MISTAKES)('finds that %s', async (_, tamper, check, fix) => {
    const { origin } = Object.assign(await bootBehindProxy(), { tamper });
    const result = await examine(origin);
    expect(result.exitCode).toBe(1);
    const failure = failuresOf(result).find((finding) => finding.check === check);
    expect(failure?.fix).toMatch(fix);
  });

  it('finds a guard that lets everybody in', async () => {
    const guards = [GuestGuard];
    const { origin } = await bootBehindProxy({
      options: { handshakes: { jwt: { guards }, sharedSession: { guards } } },
    });
    expect(failuresOf(await examine(origin)).map(({ check }) => check)).toEqual(
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
    const stranger = await callCommand(['doctor', '--json', ...routes], { directory: getDirectory() });
    expect(failuresOf(stranger)).toEqual([]);
    expect(skippedIn(stranger)).toEqual(
      expect.arrayContaining(['clock', 'docs-url', 'arrival', 'shared-session']),
    );
    const env = { VISITOR: `session=${await createSession()}` };
    const visitor = await callCommand(['doctor', '--json', '--cookie-env', 'VISITOR', ...routes], {
      directory: getDirectory(),
      env,
    });
    expect(failuresOf(visitor)).toEqual([]);
    expect(skippedIn(visitor)).toEqual(expect.arrayContaining(['docs-site', 'signature']));
    const atDocs = ['--docs-url', DEFAULTS.docsUrl, '--session-url', origin + SESSION_PATH];
    const anonymous = await callCommand(['doctor', '--json', ...atDocs], { directory: getDirectory() });
    expect(skippedIn(anonymous)).toContain('shared-session-user');
  });

  it('does not look at CORS where API and docs share an origin', async () => {
    const { origin } = await bootBehindProxy();
    const words = ['doctor', '--json', '--docs-url', origin.replace('127.0.0.1', 'localhost')];
    const url = origin.replace('127.0.0.1', 'localhost') + SESSION_PATH;
    const findings = readFindings(
      await callCommand([...words, '--session-url', url], { directory: getDirectory() }),
    );
    expect(findings).toContainEqual(
      expect.objectContaining({ check: 'shared-session-cors', state: 'skipped' }),
    );
  });

  it('finds that a session is over', async () => {
    const { origin } = await bootBehindProxy();
    const failures = failuresOf(await examine(origin, { env: { VISITOR: 'session=over' } }));
    expect(failures.map(({ message }) => message)).toContainEqual(
      expect.stringMatching(/\/login without a token/),
    );
  });

  it('takes a login page that is told what was asked for, for no redirect to another site', async () => {
    const { origin } = Object.assign(await bootBehindProxy(), {
      tamper: ({ url, headers }: Passing) => {
        if (url.pathname === LOGIN_PATH)
          headers.location = `/login?redirect=${url.searchParams.get('redirect')}`;
      },
    });
    const failures = failuresOf(await examine(origin));
    expect(failures.map(({ check }) => check)).toEqual(['arrival']);
  });

  it('walks through docs on a base path, and finds that it is lost', async () => {
    const docsUrl = `${DEFAULTS.docsUrl}/docs`;
    const backend = await bootBehindProxy({ options: { ...SOUND, docsUrl } });
    const words = ['--docs-url', docsUrl];
    expect(failuresOf(await examine(backend.origin, { words }))).toEqual([]);
    backend.tamper = ({ headers }) => {
      headers.location &&= headers.location.replace('/docs/doctor', '/doctor');
    };
    const failures = failuresOf(await examine(backend.origin, { words }));
    expect(failures.map(({ check }) => check)).toEqual(['place']);
  });

  it.each([
    ['HEAD', (passing: Passing) => passing.request.method === 'HEAD', 'head'],
    ['a frame', (passing: Passing) => 'sec-fetch-dest' in passing.request.headers, 'frame'],
    [
      'a visitor',
      ({ request, url }: Passing) => url.pathname === LOGIN_PATH && 'cookie' in request.headers,
      'arrival',
    ],
    ['a preflight', (passing: Passing) => passing.request.method === 'OPTIONS', 'oauth-preflight'],
  ])('finds that %s is not answered, and goes on', async (_, isMeant, check) => {
    const { origin } = Object.assign(await bootBehindProxy(), {
      tamper: (passing: Passing) => {
        if (isMeant(passing)) passing.request.socket.destroy();
      },
    });
    const result = await examine(origin);
    expect(failuresOf(result)).toContainEqual(
      expect.objectContaining({ check, message: expect.stringMatching(/no answer/) }),
    );
    expect(readFindings(result)).toContainEqual(
      expect.objectContaining({ check: 'oauth-user', state: 'passed' }),
    );
  });

  it('does not print a token that stands in a path', async () => {
    const { origin } = Object.assign(await bootBehindProxy(), {
      tamper: ({ headers }: Passing) => {
        headers.location &&= headers.location.replace(/\/doctor-was-here#jwt=([^&]*).*/, '/sso/$1');
      },
    });
    const { output } = await examine(origin);
    expect(output).toContain('/sso/… without a token');
    expect(output).not.toMatch(/eyJ/);
  });

  it('verifies with the key of the environment, in the form of .env.example', async () => {
    const { origin } = await bootBehindProxy();
    const pem = generateKeyPairSync('ec', { namedCurve: 'P-256' })
      .privateKey.export({ format: 'pem', type: 'pkcs8' })
      .toString()
      .replaceAll('\n', String.raw`\n`);
    const { output } = await callCommand(
      [
        'doctor',
        '--docs-url',
        DEFAULTS.docsUrl,
        '--login-url',
        origin + LOGIN_PATH,
        '--cookie-env',
        'VISITOR',
      ],
      {
        directory: getDirectory(),
        env: { VISITOR: `session=${await createSession()}`, MINTLIFY_PRIVATE_KEY: pem },
      },
    );
    expect(output).toMatch(/✗ token: It is not signed with this key/);
  });

  it('finds that the docs have another key', async () => {
    const { origin } = await bootBehindProxy();
    const [failure] = failuresOf(await examine(origin, { words: ['--public-key', 'other.pem'] }));
    expect(failure).toMatchObject({ check: 'token', fix: expect.stringMatching(/private half of the key/) });
  });

  it('finds that the docs are private, and the backend takes them for public ones', async () => {
    const { origin } = await bootBehindProxy();
    const failures = failuresOf(await examine(origin, { words: ['--mode', 'authentication'] }));
    expect(failures.map(({ fix }) => fix).join()).toMatch(/option mode.*mode 'authentication'/s);
  });

  it('walks through private docs', async () => {
    const { privateKey, publicKey } = generateKeyPairSync('ed25519');
    await writeFile(
      join(getDirectory(), 'private-docs.pem'),
      publicKey.export({ format: 'pem', type: 'spki' }),
    );
    const { origin } = await bootBehindProxy({
      options: { ...SOUND, mode: 'authentication', signingKey: privateKey },
    });
    const words = ['--mode', 'authentication', '--public-key', 'private-docs.pem'];
    expect(failuresOf(await examine(origin, { words }))).toEqual([]);
  });

  it('finds that nobody answers', async () => {
    const { origin } = await bootBehindProxy();
    await proxy?.close();
    proxy = undefined;
    const failures = failuresOf(await examine(origin));
    expect(failures.map(({ check }) => check)).toEqual([
      'reachable',
      'shared-session-reachable',
      'oauth-reachable',
    ]);
    expect(failures[0]).toMatchObject({
      message: expect.stringMatching(/ECONNREFUSED/),
      fix: expect.stringMatching(/running/),
    });
  });

  it('says so in words, too', async () => {
    const { origin } = Object.assign(await bootBehindProxy(), { tamper: MISTAKES[0]?.[1] });
    const words = ['doctor', '--docs-url', DEFAULTS.docsUrl, '--login-url', origin + LOGIN_PATH];
    const { exitCode, output } = await callCommand(words, { directory: getDirectory() });
    expect(exitCode).toBe(1);
    expect(output).toMatch(
      /✗ reachable: \/docs-login is no route of the backend \(404\)\.\n {2}Name the whole path/,
    );
    expect(output).toMatch(/One thing is wrong\.\n$/);
  });
});
