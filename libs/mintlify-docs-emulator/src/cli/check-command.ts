import type { DocsMode } from '../shared/docs-mode.js';
import type { Visitor } from '../shared/visitor-types.js';
import { checkSite } from '../site/site-checker.js';
import type { SiteReport } from '../site/site-checker.js';
import type { SiteFinding } from '../site/site-finding.js';

/** What `--check` needs. */
export interface CheckOptions {
  directory: string;
  mode?: DocsMode;
  visitors: Record<string, Visitor | null>;
  preview?: boolean;
  basePath?: string;
  json: boolean;
}

/**
 * Runs `--check`: prints what is wrong with a docs folder.
 *
 * @returns the exit code: 1 if there is a fault, or a link that leads nowhere.
 * @example
 * process.exitCode = await runCheck({ directory: 'docs', visitors: { anonymous: null }, json: false });
 */
export async function runCheck({
  directory,
  mode,
  visitors,
  preview,
  basePath,
  json,
}: CheckOptions): Promise<number> {
  const showsProgress = !json && process.stderr.isTTY;
  const { report, broken } = await checkSite({
    directory,
    mode: mode ?? 'personalization',
    preview,
    basePath,
    visitors: Object.entries(visitors).map(([name, visitor]) => ({ name, visitor: visitor ?? undefined })),
    onProgress: (done, total) => {
      if (showsProgress) process.stderr.write(`\r${done} of ${total} pages${done === total ? '\n' : ''}`);
    },
  });
  const output = json ? JSON.stringify(report) : describeReport(report, broken);
  await new Promise<void>((resolve) => void process.stdout.write(`${output}\n`, () => resolve()));
  return faultsOf(report).length + broken.length > 0 ? 1 : 0;
}

function describeReport(report: SiteReport, broken: readonly SiteFinding[]): string {
  const { pages, operations, warnings } = report;
  const faults = faultsOf(report);
  const all = [...warnings, ...pages.flatMap((page) => page.warnings)];
  const others = all.filter((finding) => !broken.includes(finding));
  return [
    ...faults.map((finding) => `fault    ${describeFinding(finding)}`),
    ...broken.map((finding) => `broken   ${describeFinding(finding)}`),
    ...others.map((finding) => `warning  ${describeFinding(finding)}`),
    ...(operations.length > 0 ? [`${operations.length} operations`] : []),
    `${pages.length} pages, ${faults.length} faults, ${broken.length} broken links, ${others.length} warnings. First page: ${report.firstPage ?? 'none'}`,
  ].join('\n');
}

function faultsOf({ faults, pages, operations }: SiteReport): SiteFinding[] {
  const ofOperations = operations.flatMap((operation) => operation.faults);
  const seen = new Map(ofOperations.map((finding) => [describeFinding(finding), finding]));
  return [...faults, ...pages.flatMap((page) => page.faults), ...seen.values()];
}

function describeFinding({ file, line, message }: SiteFinding): string {
  return `${line === undefined ? file : `${file}:${line}`}: ${message.split('\n')[0]}`;
}
