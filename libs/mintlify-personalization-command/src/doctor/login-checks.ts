import { CALLBACK_PATH } from '../../../mintlify-personalization/src/mintlify/callback-path.js';
import { parseUrl } from '../../../mintlify-personalization/src/options/parse-url.js';
import {
  codeOf,
  describePlace,
  locationOf,
  NoAnswerError,
  probe,
  whenAnswered,
  withQuery,
  type Probe,
} from './probe.js';
import type { DoctorContext } from './doctor-context.js';
import { pass, fail, skip, type Finding } from './finding.js';
import { checkArrival } from './arrival-checks.js';
import { checkSinglePageApp } from './single-page-app-checks.js';
import { checkCookies, checkClock } from './answer-checks.js';
import { checkLoginPage } from './login-page-checks.js';

const PAGE = '/doctor-was-here';
const ANCHOR = 'step-one';
/** A site that is not the docs (RFC 2606, section 2). */
const STRANGE_TARGETS = ['https://elsewhere.example/', '//elsewhere.example/', '/\\elsewhere.example/'];
const GUARDING_HEADERS = [
  ['cache-control', 'no-store'],
  ['referrer-policy', 'no-referrer'],
] as const;

/** Walks through the JWT handshakes' route as browsers and others do. */
export async function* checkLogin(context: DoctorContext): AsyncIterable<Finding> {
  const { loginUrl } = context;
  if (loginUrl === undefined) {
    yield skip('login', 'To walk through a login, name its route with --login-url.');
    return;
  }
  const url = new URL(loginUrl);
  const ask = (
    headers: Record<string, string> = {},
    parameters: Record<string, string> = {},
    method = 'GET',
  ) => probe(withQuery(url, parameters), { method, headers, timeoutMs: context.timeoutMs });

  let anonymous: Probe;
  try {
    anonymous = await ask({}, { redirect: pageOf(context), anchor: ANCHOR });
  } catch (error) {
    if (!(error instanceof NoAnswerError)) throw error;
    yield fail(
      'reachable',
      `${url.origin} does not answer (${error.message}).`,
      'Is the backend running, and does --login-url have its host, port and scheme?',
    );
    return;
  }
  if (anonymous.status === 404) {
    yield fail(
      'reachable',
      `${url.pathname} is no route of the backend (404).`,
      "Name the whole path, with the app's global prefix and version. Is handshakes.jwt mounted?",
    );
    return;
  }
  yield pass('reachable', `${url.origin} answers at ${url.pathname}.`);
  yield checkClock(anonymous, context);
  yield checkAnonymous(anonymous, url, context);
  const loginPage = locationOf(anonymous, url);
  const form = loginPage && (await checkLoginPage(context, loginPage));
  if (form !== undefined) yield form;
  yield checkHeaders(anonymous);
  yield* checkCookies(anonymous, url);
  yield await checkMachine('head', 'HEAD', 405, () => ask({}, {}, 'HEAD'));
  yield await checkMachine('prefetch', 'a prefetch', 503, () => ask({ 'sec-purpose': 'prefetch;prerender' }));
  yield await checkMachine('frame', 'a frame', 403, () =>
    ask({ 'sec-fetch-dest': 'iframe', 'sec-fetch-mode': 'navigate' }),
  );
  yield* checkVisitor(context, url, ask);
  yield* checkSinglePageApp(context, url, { page: pageOf(context), anchor: ANCHOR });
}

type Ask = (headers?: Record<string, string>, parameters?: Record<string, string>) => Promise<Probe>;

async function* checkVisitor(context: DoctorContext, url: URL, ask: Ask): AsyncIterable<Finding> {
  const { visitor } = context;
  if (Object.keys(visitor).length === 0) {
    yield skip(
      'arrival',
      'To see where a visitor arrives, give their session: --cookie-env or --authorization-env.',
    );
    return;
  }
  if (visitor.authorization !== undefined && visitor.cookie === undefined) {
    yield describeBearer(context);
    return;
  }
  const asked = { page: pageOf(context), anchor: ANCHOR };
  const findings: Finding[] = [];
  const failure = await whenAnswered('arrival', 'a visitor with this session', async () => {
    const arrival = await ask(visitor, { redirect: asked.page, anchor: asked.anchor });
    for await (const finding of checkArrival(context, url, arrival, asked)) findings.push(finding);
    return REPORTED;
  });
  yield* findings;
  if (failure !== REPORTED) yield failure;
  yield await whenAnswered('open-redirect', 'a redirect to another site', () =>
    checkOpenRedirect(url, (target) => ask(visitor, { redirect: target })),
  );
}

/** Browsers send this header only for requests of scripts, so what `GET` answers to it says nothing about visitors. */
function describeBearer({ appOrigin }: DoctorContext): Finding {
  const why = 'A browser that opens a page sends no Authorization header, so GET was not tried with it.';
  if (appOrigin !== undefined) return skip('arrival', why);
  return fail(
    'arrival',
    why,
    'See the page "My session is a bearer token" in the manual: mount handshakes.jwt.singlePageApp, and check it with --app-origin.',
  );
}

/** Stands for what has been said already. */
const REPORTED = pass('arrival', '');

async function checkOpenRedirect(url: URL, ask: (target: string) => Promise<Probe>): Promise<Finding> {
  for (const target of STRANGE_TARGETS) {
    const location = locationOf(await ask(target), url);
    if (location !== undefined && isStrange(location)) {
      return fail(
        'open-redirect',
        `A link with redirect=${target} takes the visitor, and their token, to another site.`,
        'Do not build the address from the query. Let this library build it: MintlifySigningService.createRedirectUrl.',
      );
    }
  }
  return pass('open-redirect', 'A redirect to another site is not followed.');
}

/** A login page may well be told what was asked for; the docs' callback goes there. */
function isStrange(location: URL): boolean {
  const redirect = location.pathname === CALLBACK_PATH ? location.searchParams.get('redirect') : null;
  const onward = redirect === null ? undefined : parseUrl(redirect, location.href);
  return [location, onward].some((place) => place?.hostname === 'elsewhere.example');
}

/** Under the docs' base path: anywhere else is none of their pages. */
function pageOf({ docs }: DoctorContext): string {
  return (docs?.pathname ?? '').replace(/\/+$/, '') + PAGE;
}

function checkAnonymous(anonymous: Probe, url: URL, { docs }: DoctorContext): Finding {
  const location = locationOf(anonymous, url);
  if (anonymous.status === 401) return pass('anonymous', 'A visitor who is not logged in gets 401.');
  if (location === undefined) {
    return fail(
      'anonymous',
      `A visitor who is not logged in gets ${anonymous.status}${codeOf(anonymous)}.`,
      'It should be a redirect to loginUrl, or 401. Look at the log of the backend.',
    );
  }
  if (/(?:^#|[#&]jwt=)[\w-]+\.[\w-]+\.[\w-]+/.test(location.hash)) {
    return fail(
      'anonymous',
      'Somebody who is not logged in gets a token.',
      'Guard the route: handshakes.jwt.guards. A guard that puts a guest on request.user lets everybody in.',
    );
  }
  if (![...location.searchParams.values()].some((value) => value.includes(PAGE.slice(1)))) {
    // Where the docs have a base path, this page is none of theirs, and may be left out.
    if (docs === undefined) {
      return skip('anonymous', 'Whether page and anchor are kept is not known without --docs-url.');
    }
    return fail(
      'anonymous',
      'The login page is not told where the visitor came from: after the login, page and anchor are lost.',
      'Let loginUrl be a page that redirects to its parameter returnTo (returnToParameter).',
    );
  }
  return pass('anonymous', `A visitor who is not logged in goes to ${describePlace(location)}.`);
}

function checkHeaders({ headers }: Probe): Finding {
  const undone = GUARDING_HEADERS.filter(([name, value]) => !(headers.get(name) ?? '').includes(value));
  if (undone.length === 0) return pass('headers', 'No cache keeps the answer, and no referrer tells of it.');
  return fail(
    'headers',
    `The answer lacks ${undone.map(([name, value]) => `${name}: ${value}`).join(' and ')}.`,
    'A middleware, an interceptor or a proxy changes these headers: leave out this route there.',
  );
}

function checkMachine(
  check: string,
  what: string,
  expected: number,
  ask: () => Promise<Probe>,
): Promise<Finding> {
  return whenAnswered(check, what, async () => {
    const { status } = await ask();
    if (status === expected) return pass(check, `For ${what} no token is made (${status}).`);
    return fail(
      check,
      `The answer to ${what} is ${status}, not ${expected}.`,
      'Something in front answers in the place of this library, or the route is one of your own: refuse it there.',
    );
  });
}
