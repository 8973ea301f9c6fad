import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { checkSite } from '../../../libs/mintlify-docs-emulator/src/site/site-checker.js';

/** The sites of the pictures in `images/`. */
const SITES = join(import.meta.dirname, '../../sites');

describe('the sites of the pictures', () => {
  it.each(['plant-api', 'handbook'])('have no faults and no warnings: %s', async (name) => {
    const { report, broken } = await checkSite({
      directory: join(SITES, name),
      mode: 'personalization',
      visitors: [{ name: 'anonymous' }, { name: 'lead', visitor: { groups: ['lead', 'admin'] } }],
    });
    const { pages, faults, warnings, firstPage } = report;
    expect({ faults, warnings, broken }).toEqual({ faults: [], warnings: [], broken: [] });
    for (const page of pages) {
      expect({ path: page.path, faults: page.faults, warnings: page.warnings }).toEqual({
        path: page.path,
        faults: [],
        warnings: [],
      });
      expect(page.listed).toBe(true);
    }
    expect(firstPage).toMatch(/^\/(?:introduction|welcome)$/);
  });
});
