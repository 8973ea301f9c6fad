/**
 * Imports go one way. Each row may import from the rows below it, and from its own folder.
 * Type-only imports count too.
 */
const LAYERS = [
  // What `nest add` and `nest g` run, and what browsers load: nothing imports them.
  ['schematics', 'browser'],
  ['index'],
  // Each file of `signers` and of `health` is a subpath export, and so are `testing`, `visitors`,
  // `key-issuers` and `discovery`: nothing else imports them.
  [
    'mintlify-personalization\\.module',
    'signers',
    'health',
    'testing',
    'visitors',
    'key-issuers',
    'discovery',
  ],
  ['openapi'],
  ['http'],
  ['view-as'],
  ['identity'],
  ['playground-keys', 'previews'],
  ['signing'],
  ['redirect'],
  ['tenancy'],
  // What other platforms than Mintlify send and take. Their options are checked with all others: see below.
  ['scalar', 'token-claims'],
  ['webhooks'],
  ['access-tokens', 'claims', 'keys', 'user'],
  ['mintlify'],
  ['audit'],
  ['options|scalar/scalar-options|token-claims/token-claims-options'],
  ['ports', 'time'],
  ['errors'],
];

const SOURCE = '^libs/mintlify-personalization/src/';
const pathOf = (names) => `${SOURCE}(${names.join('|')})(\\.ts$|/)`;

const upward = LAYERS.flatMap((layer, row) =>
  layer.map((room) => ({
    name: `no-upward-import-from-${room.replaceAll('\\', '')}`,
    comment: `${room} may import only from the layers below it: see LAYERS in .dependency-cruiser.cjs.`,
    severity: 'error',
    from: { path: pathOf([room]) },
    to: {
      path: SOURCE,
      pathNot: pathOf([room, ...LAYERS.slice(row + 1).flat()]),
    },
  })),
);

module.exports = {
  forbidden: [
    ...upward,
    {
      name: 'every-file-has-a-room',
      comment: 'A file of the library that stands in no layer: add its folder to LAYERS.',
      severity: 'error',
      from: {},
      to: { path: SOURCE, pathNot: pathOf(LAYERS.flat()) },
    },
    {
      name: 'browser-imports-nothing',
      comment:
        'What runs in browsers is one small file: neither packages nor Node, nor the rest of the library.',
      severity: 'error',
      from: { path: pathOf(['browser']) },
      to: { pathNot: pathOf(['browser']) },
    },
    {
      name: 'no-circular',
      severity: 'error',
      from: {},
      to: { circular: true },
    },
    {
      name: 'library-and-emulator-are-independent',
      comment: 'Each verifies the other, so they share no code. Tests of an app load the emulator on need.',
      severity: 'error',
      from: {
        path: '^libs/(mintlify-personalization|mintlify-docs-emulator)/',
        pathNot: '^libs/mintlify-personalization/src/testing/render-docs\\.ts$',
      },
      to: { path: '^libs/', pathNot: '^libs/$1/' },
    },
    {
      name: 'app-imports-packages-by-name',
      severity: 'error',
      from: { path: '^src/' },
      // By name, an import resolves to the package's index or that of a subpath: through `paths` here, through `exports`
      // when built.
      to: {
        path: '^libs/',
        pathNot:
          '^libs/[^/]+/src/(index|browser/index|health/mintlify-health-indicator|key-issuers/index|discovery/index)\\.ts$',
      },
    },
  ],
  options: {
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    doNotFollow: { path: 'node_modules|/dist/' },
    exclude: { path: '/dist/' },
    enhancedResolveOptions: { extensions: ['.ts', '.js'], conditionNames: ['import', 'types', 'default'] },
  },
};
