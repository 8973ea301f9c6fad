import type { DocsSite } from 'nestjs-mintlify-personalization';
import { REDIRECT_CORPORA } from './corpora.support.js';
import { docsSite } from './sites.support.js';

/** Docs sites that a redirect of the corpora may not lead away from, by name. */
export const REDIRECT_SITES: Record<string, DocsSite> = {
  'public docs': docsSite('https://docs.acme.example'),
  'public docs on a base path': docsSite('https://acme.example/docs'),
  'private docs': { ...docsSite('https://docs.acme.example'), mode: 'authentication' },
};

/** Each corpus on each of {@link REDIRECT_SITES}. */
export const REDIRECT_CASES = Object.keys(REDIRECT_SITES).flatMap((name) =>
  Object.keys(REDIRECT_CORPORA).map((corpus) => ({ name, corpus })),
);
