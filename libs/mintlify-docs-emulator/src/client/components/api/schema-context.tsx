import { createContext, use, useCallback, useMemo, useState } from 'react';
import type { ReactNode } from 'react';
import type { OperationSchema } from '../../../shared/operation-types.js';
import { SchemaFilter } from '../../../shared/schema-filter.js';
import { loadSchemas } from '../../api/schema-loader.js';
import type { SchemaFinder } from '../../api/schema-model.js';

/** The schemas of an operation, those of them that are here. */
export interface KnownSchemas {
  find: SchemaFinder;
  /** Loads a schema that is not here yet. */
  load: (ref: string) => Promise<void>;
}

const Schemas = createContext<KnownSchemas>({ find: () => undefined, load: async () => undefined });

/** Props of the schemas of an operation. */
export interface SchemaProviderProps {
  schemas: Readonly<Record<string, OperationSchema>>;
  schemasPath: string;
  /** In public docs: the visitor's groups. Absent: the server has taken out what the visitor may not see. */
  filterGroups?: { groups: readonly string[] | undefined };
  children: ReactNode;
}

/**
 * Makes the schemas of an operation known to what is inside it.
 *
 * @example
 * <SchemaProvider schemas={operation.schemas} schemasPath={path}>…</SchemaProvider>
 */
export function SchemaProvider({ schemas, schemasPath, filterGroups, children }: SchemaProviderProps) {
  const [loaded, setLoaded] = useState<Record<string, OperationSchema>>({});
  const find = useCallback<SchemaFinder>(
    (ref) =>
      Object.hasOwn(schemas, ref) ? schemas[ref] : Object.hasOwn(loaded, ref) ? loaded[ref] : undefined,
    [schemas, loaded],
  );
  const load = useCallback(
    async (ref: string) => {
      const found = await loadSchemas(schemasPath, ref);
      const filter =
        filterGroups && new SchemaFilter((each) => found[each] ?? schemas[each], filterGroups.groups);
      const seen = Object.entries(found)
        .filter(([, schema]) => filter?.isVisible(schema) ?? true)
        .map(([key, schema]) => [key, filter?.schema(schema) ?? schema] as const);
      // What does not exist is known, too: it says nothing.
      setLoaded((before) => ({ [ref]: {}, ...before, ...Object.fromEntries(seen) }));
    },
    [schemas, schemasPath, filterGroups],
  );
  const known = useMemo(() => ({ find, load }), [find, load]);
  return <Schemas value={known}>{children}</Schemas>;
}

/** The schemas of the operation around. @example const { find } = useSchemas(); */
export function useSchemas(): KnownSchemas {
  return use(Schemas);
}
