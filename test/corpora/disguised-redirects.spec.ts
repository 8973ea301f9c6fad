import { describe, expect, it } from '@jest/globals';
import type { DocsSite } from 'nestjs-mintlify-personalization';
import { createRedirectUrl } from '../../libs/mintlify-personalization/src/mintlify/redirect-url.js';
import { resolveRedirectTarget } from '../../libs/mintlify-personalization/src/redirect/redirect-target.js';
import { REDIRECT_CORPORA } from '../support/corpora.support.js';
import { disguisesOf } from '../support/disguises.support.js';
import { findEscape } from '../support/escapes.support.js';
import { REDIRECT_CASES, REDIRECT_SITES } from '../support/redirect-cases.support.js';
import { Tally } from '../support/tally.support.js';

/** Each way in which readers differ, from the root and behind the base path. */
const disguised = ({ basePath }: DocsSite, redirect: string): string[] =>
  [redirect, ...(basePath === '' ? [] : [`${basePath}/${redirect}`])].flatMap((each) => disguisesOf(each));

describe('a redirect of the corpora in disguise', () => {
  it.each(REDIRECT_CASES)('stays on $name: $corpus', ({ name, corpus }) => {
    const site = REDIRECT_SITES[name]!;
    const tally = new Tally();
    for (const redirect of new Set(REDIRECT_CORPORA[corpus]!().flatMap((each) => disguised(site, each)))) {
      const target = resolveRedirectTarget(site, { redirect });
      const escaped = findEscape(site, createRedirectUrl(site, target, 'e30.e30.e30'));
      const isRefused = target.refused !== undefined;
      tally.add(redirect, escaped === undefined ? (isRefused ? 'refused' : 'taken') : { escaped });
    }
    tally.record(`disguised redirect, ${name}`, corpus);
    expect(tally.escapes).toEqual([]);
  });
});
