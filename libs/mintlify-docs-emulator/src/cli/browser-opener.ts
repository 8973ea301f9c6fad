import { spawn } from 'node:child_process';

const COMMANDS: Partial<Record<NodeJS.Platform, [string, ...string[]]>> = {
  darwin: ['open'],
  win32: ['cmd', '/c', 'start', ''],
};

/**
 * Opens a URL in the default browser. Without one, nothing happens: the URL is printed too.
 *
 * @example
 * openInBrowser('http://localhost:3001');
 */
export function openInBrowser(url: string): void {
  const [command, ...args] = COMMANDS[process.platform] ?? ['xdg-open'];
  const browser = spawn(command, [...args, url], { stdio: 'ignore', detached: true });
  browser.once('error', () => undefined);
  browser.unref();
}
