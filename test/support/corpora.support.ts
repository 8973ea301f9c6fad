import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** Where each folder of the corpora comes from, on GitHub. */
const UPSTREAMS: Record<string, string> = {
  blns: 'minimaxir/big-list-of-naughty-strings',
  crlfuzz: 'dwisiswant0/crlfuzz',
  'oauth2-proxy': 'oauth2-proxy/oauth2-proxy',
  payloadbox: 'payloadbox/open-redirect-payload-list',
  'wpt-url': 'web-platform-tests/wpt, or ada-url/ada',
  wycheproof: 'C2SP/wycheproof, testvectors_v1',
};

/**
 * Reads a file of the corpora: inputs that others collected, kept outside this repository.
 *
 * @param path inside the folder that the environment variable CORPORA_DIR names, for example
 * `wycheproof/ecdsa_secp256r1_sha256_test.json`
 */
export function readCorpus(path: string): string {
  const upstream = UPSTREAMS[path.split('/')[0] ?? ''] ?? 'its upstream';
  const mend = `Set CORPORA_DIR to a folder that holds ${path}, fetched from ${upstream}.`;
  const folder = process.env.CORPORA_DIR;
  if (folder === undefined || folder === '') throw new Error(`CORPORA_DIR is not set. ${mend}`);
  try {
    return readFileSync(join(folder, path), 'utf8');
  } catch (cause) {
    throw new Error(`A corpus is not in the folder that CORPORA_DIR names. ${mend}`, { cause });
  }
}
