/**
 * How often a property is tried: as often as the spec says in `npm test`, and as often as the environment variable
 * PROPERTY_RUNS says where it is set, as `npm run test:corpora` does. With PROPERTY_SEED the values are the same ones
 * each time, and one that fails is not made smaller: that it fails is all that mutation testing asks.
 */
export function propertyRuns(byDefault: number): { numRuns: number; seed?: number; endOnFailure?: boolean } {
  const { PROPERTY_RUNS, PROPERTY_SEED } = process.env;
  return {
    numRuns: Number(PROPERTY_RUNS ?? byDefault),
    ...(PROPERTY_SEED !== undefined && { seed: Number(PROPERTY_SEED), endOnFailure: true }),
  };
}
