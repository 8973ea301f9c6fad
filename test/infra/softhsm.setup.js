import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** The paths of the library on Debian and Ubuntu, Fedora and Homebrew. `SOFTHSM2_LIBRARY` sets another one. */
const PLACES = [
  '/usr/lib/softhsm/libsofthsm2.so',
  '/usr/lib64/pkcs11/libsofthsm2.so',
  '/opt/homebrew/lib/softhsm/libsofthsm2.so',
  '/usr/local/lib/softhsm/libsofthsm2.so',
];

/**
 * Creates a token folder for this run. Not in the spec, since SoftHSM reads the environment of the process,
 * and a spec only has a copy of it.
 */
export default function setup() {
  const library = [process.env.SOFTHSM2_LIBRARY, ...PLACES].find((path) => path && existsSync(path));
  if (library === undefined) {
    throw new Error(
      'SoftHSM 2 is not installed, and these tests run against it. Install it with "apt-get install softhsm2", ' +
        '"dnf install softhsm" or "brew install softhsm", or set SOFTHSM2_LIBRARY to the path of libsofthsm2.so.',
    );
  }
  const folder = mkdtempSync(join(tmpdir(), 'softhsm-'));
  mkdirSync(join(folder, 'tokens'));
  const configuration = join(folder, 'softhsm2.conf');
  writeFileSync(configuration, `directories.tokendir = ${join(folder, 'tokens')}\nlog.level = ERROR\n`);
  process.env.SOFTHSM2_LIBRARY = library;
  process.env.SOFTHSM2_CONF = configuration;
  process.env.SOFTHSM2_FOLDER = folder;
  const token = ['--init-token', '--free', '--label', 'docs', '--pin', '1234', '--so-pin', '4321'];
  execFileSync('softhsm2-util', token, { stdio: ['ignore', 'ignore', 'inherit'] });
}
