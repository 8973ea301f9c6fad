import { expect, it } from '@jest/globals';
import { describeOnEveryPlatform, type Host } from '../support/apps.support.js';
import { readHeaderInjections } from '../support/corpora.support.js';
import { withDecodings } from '../support/decodings.support.js';
import { bearer } from '../support/sessions.support.js';
import { Tally, type Outcome } from '../support/tally.support.js';
import { resolverOf } from '../support/tenants.support.js';
import { asBytes, sendRaw, type WireAnswer } from '../support/wire.support.js';

/** The tenant that the request itself names, as a host app might have it. */
const tenantResolver = resolverOf((_, request) => {
  const { originalUrl, url } = request as { originalUrl?: string; url: string };
  return new URL(originalUrl ?? url, 'http://app').searchParams.get('tenant') ?? undefined;
});

const PARAMETERS = ['redirect', 'anchor', 'tenant'];

/** Requests that inject nothing: a login, an unknown tenant, and one that is no request to an HTTP server. */
const HARMLESS = [
  '/docs-login?redirect=/a&anchor=b',
  '/docs-login?tenant=unknown',
  '/docs-login?redirect=\0',
];

/** The names of the headers of harmless answers, by their status. */
async function readHarmless(
  { port }: Host,
  session: Record<string, string>,
): Promise<ReadonlyMap<number, readonly string[]>> {
  const answers: WireAnswer[] = [];
  for (const target of HARMLESS) answers.push(await sendRaw(port, target, session));
  expect(answers.map(({ status }) => status)).toEqual([302, 404, 400]);
  return new Map(answers.map(({ status, headerNames }) => [status, headerNames]));
}

/** The names that are in one list more often than in the other. */
function extraNames(names: readonly string[], usual: readonly string[]): string[] {
  const left = [...usual];
  return names.filter((name) => !left.includes(name) || left.splice(left.indexOf(name), 1).length === 0);
}

function judge(
  harmless: ReadonlyMap<number, readonly string[]>,
  { status, headerNames }: WireAnswer,
): Outcome {
  const usual = harmless.get(status);
  if (usual === undefined) return { escaped: `was answered with ${status}` };
  const extra = extraNames(headerNames, usual);
  if (extra.length > 0) return { escaped: `wrote the headers ${extra.join(', ')}` };
  return status === 302 ? 'taken' : 'refused';
}

describeOnEveryPlatform('docs login with a line break', ({ boot }) => {
  it.each(PARAMETERS)('writes no header of its own by way of %s', async (parameter) => {
    const host = await boot({ options: { tenantResolver } });
    const session = await bearer();
    const harmless = await readHarmless(host, session);
    const tally = new Tally();
    for (const text of withDecodings(readHeaderInjections())) {
      for (const value of [asBytes(text), encodeURIComponent(text)]) {
        for (const start of ['', '/a']) {
          const answer = await sendRaw(host.port, `/docs-login?${parameter}=${start}${value}`, session);
          tally.add(start + value, judge(harmless, answer));
        }
      }
    }
    tally.record(`header injection, ${parameter}`, 'crlfuzz');
    expect(tally.escapes).toEqual([]);
  });
});
