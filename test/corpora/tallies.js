/**
 * What the specs noted: test/support/tally.support.ts has the form of each line.
 *
 * @param {string} text one JSON object a line
 */
export function readTallies(text) {
  const all = text
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line));
  const corpora = new Map();
  for (const { suite, corpus, tried, refused, escaped } of all.filter(({ corpus }) => corpus !== undefined)) {
    // One line for both platforms.
    const name = `${suite}: ${corpus}`;
    const sum = corpora.get(name) ?? { name, tried: 0, refused: 0, escaped: 0 };
    corpora.set(name, {
      name,
      tried: sum.tried + tried,
      refused: sum.refused + refused,
      escaped: sum.escaped + escaped,
    });
  }
  return {
    corpora: [...corpora.values()].sort((one, other) => (one.name < other.name ? -1 : 1)),
    properties: all.filter(({ property }) => property !== undefined),
  };
}

/** What is wrong with the counts themselves, as sentences; none if all is well. */
export function findFaults({ corpora, properties }, minRuns) {
  return [
    ...(corpora.length === 0 ? ['No corpus was tried.'] : []),
    ...corpora.filter(({ tried }) => tried === 0).map(({ name }) => `Nothing was tried of ${name}.`),
    ...corpora
      .filter(({ escaped }) => escaped > 0)
      .map(({ name, escaped }) => `${escaped} escaped of ${name}.`),
    ...(properties.length === 0 ? ['No property was run.'] : []),
    ...properties
      .filter(({ runs }) => runs < minRuns)
      .map(({ property, runs }) => `Only ${runs} runs: ${property}`),
  ];
}

/** The closing lines. */
export function summarise({ corpora, properties }) {
  const total = (count) => corpora.reduce((sum, each) => sum + each[count], 0);
  const rows = [
    ['corpora', 'tried', 'refused', 'escaped'],
    ...corpora.map(({ name, tried, refused, escaped }) => [name, tried, refused, escaped]),
    ['all', total('tried'), total('refused'), total('escaped')],
  ];
  const runs = properties.map(({ runs }) => runs);
  const all = runs.reduce((sum, each) => sum + each, 0);
  return [
    ...rows.map(
      ([name, ...counts]) =>
        `${name.padEnd(64)}${counts.map((count) => format(count).padStart(12)).join('')}`,
    ),
    `properties: ${properties.length}, each run at least ${format(Math.min(...runs))} times, ${format(all)} runs in all`,
  ];
}

const format = (count) => (typeof count === 'number' ? count.toLocaleString('en-US') : count);
