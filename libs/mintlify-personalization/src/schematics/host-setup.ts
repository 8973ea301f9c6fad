import type { Tree } from '@angular-devkit/schematics';

/** What the hints of `nest add` say about the app. */
export interface HostSetup {
  /** The path of the docs login, with prefix and version. */
  readonly loginPath: string;
  /** Whether `main.ts` sets a global prefix or a version that is not a literal. */
  readonly isPathUncertain: boolean;
  /** Whether a file of the app has a passport strategy. */
  readonly hasStrategy: boolean;
}

const DOCS_LOGIN = 'docs-login';

/** Reads `main.ts`, and looks for a passport strategy. */
export function readHostSetup(tree: Tree, sourceRoot: string): HostSetup {
  const main = `${sourceRoot}/main.ts`;
  const code = tree.exists(main) ? withoutComments(tree.readText(main)) : '';
  const prefix = readPrefix(code);
  const version = readVersion(code);
  const segments = [prefix, version, DOCS_LOGIN].filter((segment) => segment !== undefined && segment !== '');
  return {
    loginPath: `/${segments.join('/')}`,
    isPathUncertain: prefix === undefined || version === undefined,
    hasStrategy: hasStrategy(tree, sourceRoot),
  };
}

/** The global prefix, empty without one; `undefined` if it is not a literal. */
function readPrefix(code: string): string | undefined {
  if (!code.includes('.setGlobalPrefix(')) return '';
  const [, , prefix] = /\.setGlobalPrefix\(\s*(['"`])([\w./-]*)\1/.exec(code) ?? [];
  return prefix?.replaceAll(/^\/+|\/+$/g, '');
}

/** The version in the path of a controller that has none, such as `v1`; `undefined` if it is not a literal. */
function readVersion(code: string): string | undefined {
  const [, options] = /\.enableVersioning\(([^)]*)\)/.exec(code) ?? [];
  const isInPath = options !== undefined && (!options.includes('type:') || options.includes('.URI'));
  if (!isInPath || !options.includes('defaultVersion')) return '';
  const [, , version] = /defaultVersion:\s*(['"`])([\w.-]+)\1/.exec(options) ?? [];
  const [, , prefix = 'v'] = /\bprefix:\s*(['"`])([\w-]*)\1/.exec(options) ?? [];
  return version && prefix + version;
}

function hasStrategy(tree: Tree, sourceRoot: string): boolean {
  let isFound = false;
  tree.getDir(sourceRoot).visit((path) => {
    isFound ||= path.endsWith('.ts') && tree.readText(path).includes('PassportStrategy(');
  });
  return isFound;
}

function withoutComments(code: string): string {
  return code.replaceAll(/\/\*[^]*?\*\/|(?<!:)\/\/.*/g, '');
}
