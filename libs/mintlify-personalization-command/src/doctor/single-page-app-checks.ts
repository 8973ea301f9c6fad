import { checkArrival } from './arrival-checks.js';
import type { DoctorContext } from './doctor-context.js';
import { fail, pass, skip, type Finding } from './finding.js';
import { codeOf, NoAnswerError, OTHER_SITE, probe, whenAnswered, type Probe } from './probe.js';

const CHECK = 'single-page-app';
const SENT_HEADERS = ['authorization', 'content-type'];

/** Asks for the URL of the docs as a page of the single-page app does, and as pages of other sites would. */
export async function* checkSinglePageApp(
  context: DoctorContext,
  url: URL,
  asked: { readonly page: string; readonly anchor: string },
): AsyncIterable<Finding> {
  const { appOrigin, visitor, timeoutMs } = context;
  if (appOrigin === undefined) return;
  const ask = (origin: string, headers: Record<string, string> = {}) =>
    probe(url, {
      method: 'POST',
      headers: { accept: 'application/json', 'content-type': 'application/json', origin, ...headers },
      body: JSON.stringify({ redirect: asked.page, anchor: asked.anchor }),
      timeoutMs,
    });
  const preflight = (origin: string) =>
    probe(url, {
      method: 'OPTIONS',
      headers: {
        origin,
        'access-control-request-method': 'POST',
        'access-control-request-headers': SENT_HEADERS.join(','),
      },
      timeoutMs,
    });

  let anonymous: Probe;
  try {
    anonymous = await ask(appOrigin);
  } catch (error) {
    if (!(error instanceof NoAnswerError)) throw error;
    yield fail(CHECK, `There is no answer to POST (${error.message}).`, 'Look at the log of the backend.');
    return;
  }
  if (anonymous.status === 404 || anonymous.status === 405) {
    yield fail(
      CHECK,
      `POST ${url.pathname} is not served (${anonymous.status}).`,
      `Set handshakes.jwt.singlePageApp: { origins: ['${appOrigin}'] }.`,
    );
    return;
  }
  yield checkAnonymous(anonymous, appOrigin);
  yield await whenAnswered(`${CHECK}-preflight`, 'the preflight', async () =>
    checkPreflight(await preflight(appOrigin), appOrigin),
  );
  yield await whenAnswered(`${CHECK}-other-site`, 'a page of another site', async () =>
    checkOtherSite([await preflight(OTHER_SITE), await ask(OTHER_SITE, visitor)]),
  );
  const { authorization } = visitor;
  if (authorization === undefined) {
    yield skip(
      `${CHECK}-arrival`,
      'To see where a visitor arrives, give their session: --authorization-env.',
    );
    return;
  }
  const findings: Finding[] = [];
  const outcome = await whenAnswered(`${CHECK}-arrival`, 'a visitor with this session', async () => {
    const answer = await ask(appOrigin, { authorization });
    const docsUrl = readUrl(answer);
    if (docsUrl === undefined) {
      return fail(
        `${CHECK}-arrival`,
        `A visitor with this session gets ${answer.status}${codeOf(answer)}, and no URL.`,
        'Is the access token still good? Else the log of the backend tells more; the manual explains each code.',
      );
    }
    const redirect = { ...answer, headers: new Headers({ location: docsUrl }) };
    for await (const finding of checkArrival(context, url, redirect, asked)) findings.push(finding);
    return pass(`${CHECK}-arrival`, 'A visitor with this session gets the URL of the docs.');
  });
  yield outcome;
  yield* findings;
}

function checkAnonymous({ status, headers }: Probe, origin: string): Finding {
  if (status !== 401) {
    return fail(
      CHECK,
      `A request without an access token gets ${status}.`,
      status === 403
        ? `Add ${origin} to handshakes.jwt.singlePageApp.origins, exactly as browsers send it.`
        : 'It should be 401. Does a filter or a proxy answer before the library?',
    );
  }
  if (headers.get('access-control-allow-origin') !== origin) {
    return fail(
      CHECK,
      `Pages of ${origin} cannot read the 401, so the app cannot show its login.`,
      'A middleware or a proxy changes the CORS headers: leave out this route there.',
    );
  }
  return pass(CHECK, `Pages of ${origin} get 401 without an access token, and can read it.`);
}

function checkPreflight({ status, headers }: Probe, origin: string): Finding {
  const check = `${CHECK}-preflight`;
  const allowed = (headers.get('access-control-allow-headers') ?? '').toLowerCase().split(/\s*,\s*/);
  const isAllowed =
    status >= 200 &&
    status < 300 &&
    headers.get('access-control-allow-origin') === origin &&
    SENT_HEADERS.every((name) => allowed.includes(name));
  if (!isAllowed) {
    return fail(
      check,
      `The preflight (OPTIONS, ${status}) does not allow ${origin} to send an access token.`,
      'Let OPTIONS through to the backend, without a login.',
    );
  }
  if (headers.has('access-control-allow-credentials')) {
    return fail(
      check,
      'The preflight allows cookies, which this route does not use.',
      'A middleware or a proxy sets CORS headers of its own: leave out this route there.',
    );
  }
  return pass(check, `Pages of ${origin} may send an access token.`);
}

function checkOtherSite(answers: readonly Probe[]): Finding {
  const isOpen = answers.some(({ status, headers }, index) => {
    const allowed = headers.get('access-control-allow-origin');
    return allowed === OTHER_SITE || allowed === '*' || (index > 0 && status === 200);
  });
  return isOpen
    ? fail(
        `${CHECK}-other-site`,
        'Pages of any site may ask for a token.',
        'Let the library decide: no app.enableCors({ origin: true }) and no CORS of a proxy for this route.',
      )
    : pass(`${CHECK}-other-site`, 'Pages of other sites get nothing.');
}

function readUrl({ status, body }: Probe): string | undefined {
  if (status !== 200) return undefined;
  try {
    const { url } = JSON.parse(body) as { url?: unknown };
    return typeof url === 'string' ? url : undefined;
  } catch {
    return undefined;
  }
}
