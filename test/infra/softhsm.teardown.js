import { rmSync } from 'node:fs';

export default function teardown() {
  const folder = process.env.SOFTHSM2_FOLDER;
  if (folder !== undefined) rmSync(folder, { recursive: true, force: true });
}
