import { parseUrl } from '../../../mintlify-personalization/src/options/parse-url.js';
import type { DoctorContext } from './doctor-context.js';
import { fail, pass, type Finding } from './finding.js';
import { describePlace, NoAnswerError, probe } from './probe.js';

/**
 * Checks that the form of the login page may end at the docs. Chromium applies `form-action` to each redirect after the
 * form (Content Security Policy Level 3, section 6.3.1), and the last one leads to the docs.
 *
 * @param loginPage where anonymous visitors are sent
 * @returns `undefined` if there is nothing to check: no docs URL, no answer, or no form
 */
export async function checkLoginPage(
  { docs, timeoutMs }: DoctorContext,
  loginPage: URL,
): Promise<Finding | undefined> {
  if (docs === undefined || !/^https?:$/.test(loginPage.protocol)) return undefined;
  try {
    const { headers, body } = await probe(loginPage, { timeoutMs });
    if (!/<form[\s>]/i.test(body)) return undefined;
    const policies = (headers.get('content-security-policy') ?? '').split(',');
    if (policies.every((policy) => allowsForm(policy, loginPage, docs))) {
      return pass('form-action', 'The form of the login page may lead to the docs.');
    }
    return fail(
      'form-action',
      `The content security policy of ${describePlace(loginPage)} keeps Chromium from following the login to the docs.`,
      `Add ${docs.origin} to its form-action. With helmet: directives: { formAction: ["'self'", '${docs.origin}'] }.`,
    );
  } catch (error) {
    // A login page on another server may not be reachable from here.
    if (error instanceof NoAnswerError) return undefined;
    throw error;
  }
}

/**
 * Whether a policy lets a form on a page lead to a URL. Without `form-action`, every form may: `default-src` does not
 * apply to it.
 *
 * @internal
 */
export function allowsForm(policy: string, page: URL, target: URL): boolean {
  for (const directive of policy.split(';')) {
    const [name = '', ...sources] = directive.trim().split(/\s+/);
    // Only the first directive of a name counts (section 2.2.1).
    if (name.toLowerCase() === 'form-action') return sources.some((source) => matches(source, page, target));
  }
  return true;
}

/** Whether a source expression matches the origin of a URL (section 6.7.2.7). */
function matches(source: string, page: URL, target: URL): boolean {
  const expression = source.toLowerCase();
  if (expression === "'self'") return page.origin === target.origin;
  if (expression === '*' || expression === target.protocol) return true;
  const [, scheme = page.protocol, host = '', port = ''] =
    /^(?:([a-z][a-z0-9+.-]*:)\/\/)?(\*|(?:\*\.)?[^/:*]+)(?::(\d+|\*))?(?:\/.*)?$/.exec(expression) ?? [];
  const isSecured = scheme === 'http:' && target.protocol === 'https:';
  if (scheme !== target.protocol && !isSecured) return false;
  const wanted = parseUrl(
    `${target.protocol}//x${port === '' || port === '*' ? '' : `:${port}`}`,
    target.href,
  );
  if (port !== '*' && wanted?.port !== target.port) return false;
  return host.startsWith('*') ? target.hostname.endsWith(host.slice(1)) : target.hostname === host;
}
