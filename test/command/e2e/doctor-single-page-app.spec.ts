import { afterEach, expect, it } from '@jest/globals';
import { DEFAULTS, describeOnEveryPlatform } from '../../support/apps.support.js';
import { LOGIN_PATH } from '../../support/doctor-mistakes.support.js';
import { readFindings, useDoctorsDirectory } from '../../support/doctor.support.js';
import { bearer } from '../../support/sessions.support.js';
import {
  startTamperingProxy,
  type Passing,
  type Tampering,
  type TamperingProxy,
} from '../../support/tampering-proxy.support.js';
import { callCommand } from '../../support/terminal.support.js';

const APP = 'https://app.acme.example';
const SINGLE_PAGE_APP = { handshakes: { jwt: { singlePageApp: { origins: [APP] } } } };

const getDirectory = useDoctorsDirectory();

const isPost = ({ request }: Passing): boolean => request.method === 'POST';
const isPreflight = ({ request }: Passing): boolean => request.method === 'OPTIONS';
const isAuthorized = ({ request }: Passing): boolean => request.headers.authorization !== undefined;

/** A mistake, how a proxy makes it, and the check that finds it. */
const MISTAKES: [mistake: string, tamper: Tampering, check: string][] = [
  [
    'another origin is allowed',
    ({ headers }) => void (headers['access-control-allow-origin'] = '*'),
    'single-page-app-other-site',
  ],
  [
    'the app cannot read the 401',
    (passing) => {
      if (isPost(passing)) delete passing.headers['access-control-allow-origin'];
    },
    'single-page-app',
  ],
  [
    'a login answers the preflight',
    (passing) => {
      if (isPreflight(passing)) passing.status = 401;
    },
    'single-page-app-preflight',
  ],
  [
    'cookies are allowed',
    (passing) => {
      if (isPreflight(passing)) passing.headers['access-control-allow-credentials'] = 'true';
    },
    'single-page-app-preflight',
  ],
  [
    'an interceptor wraps the answer',
    (passing) => {
      if (isPost(passing) && isAuthorized(passing)) passing.body = JSON.stringify({ data: passing.body });
    },
    'single-page-app-arrival',
  ],
  [
    'the URL leads to another site',
    (passing) => {
      if (isPost(passing)) passing.body = passing.body.replace(DEFAULTS.docsUrl, 'https://elsewhere.example');
    },
    'docs-site',
  ],
  [
    'an error of the backend',
    (passing) => {
      if (isPost(passing) && !isAuthorized(passing)) passing.status = 500;
    },
    'single-page-app',
  ],
];

describeOnEveryPlatform('doctor, of the login of a single-page app,', ({ boot }) => {
  let proxy: TamperingProxy;

  const start = async (options: Parameters<typeof boot>[0] = { options: SINGLE_PAGE_APP }) => {
    proxy = await startTamperingProxy((await boot(options)).port);
    return proxy;
  };
  afterEach(() => proxy.close());

  async function examine(words: string[] = ['--app-origin', APP]) {
    const { authorization = '' } = await bearer();
    const result = await callCommand(
      [
        ['doctor', '--json', '--docs-url', DEFAULTS.docsUrl, '--public-key', 'public.pem'],
        ['--login-url', proxy.origin + LOGIN_PATH, '--authorization-env', 'VISITOR'],
        words,
      ].flat(),
      { directory: getDirectory(), env: { VISITOR: authorization } },
    );
    expect(result.output + result.errors).not.toContain(authorization.split('.')[2]);
    return readFindings(result);
  }

  const failuresOf = (findings: Awaited<ReturnType<typeof examine>>) =>
    findings.filter(({ state }) => state === 'failed');

  it('finds nothing wrong with a sound one, and verifies its token', async () => {
    await start();
    const findings = await examine();
    expect(failuresOf(findings)).toEqual([]);
    expect(findings).toContainEqual(expect.objectContaining({ check: 'token', state: 'passed' }));
    expect(findings).toContainEqual(expect.objectContaining({ check: 'place', state: 'passed' }));
  });

  it.each(MISTAKES)('finds that %s', async (_, tamper, check) => {
    await start();
    proxy.tamper = tamper;
    expect(failuresOf(await examine()).map((failure) => failure.check)).toContain(check);
  });

  it('says what to set where it is not mounted, or has another origin', async () => {
    await start({ options: {} });
    const [notMounted] = failuresOf(await examine());
    expect(notMounted?.fix).toContain(`singlePageApp: { origins: ['${APP}'] }`);
    await proxy.close();
    await start();
    const [other] = failuresOf(await examine(['--app-origin', 'https://other.acme.example']));
    expect(other?.fix).toContain('Add https://other.acme.example to handshakes.jwt.singlePageApp.origins');
  });

  it('says that no browser sends the header when it opens a page, and names the page of the manual', async () => {
    await start();
    const [failure] = failuresOf(await examine([]));
    expect(failure?.message).toContain('sends no Authorization header');
    expect(failure?.fix).toContain('"My session is a bearer token"');
  });

  it.each(['https://app.acme.example/', 'app.acme.example', 'https://app.acme.example/login'])(
    'refuses %s for an origin',
    async (origin) => {
      await start();
      const result = await callCommand(
        ['doctor', '--login-url', proxy.origin + LOGIN_PATH, '--app-origin', origin],
        { directory: getDirectory() },
      );
      expect(result.exitCode).toBe(2);
      expect(result.errors).toContain('--app-origin is no origin');
    },
  );
});
