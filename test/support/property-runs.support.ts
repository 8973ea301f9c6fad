/**
 * How often a property is tried: as often as the spec says in `npm test`, and as often as the environment variable
 * PROPERTY_RUNS says where it is set, as `npm run test:corpora` does.
 */
export function propertyRuns(byDefault: number): { numRuns: number } {
  return { numRuns: Number(process.env['PROPERTY_RUNS'] ?? byDefault) };
}
