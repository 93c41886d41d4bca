/** @file What a workspace that the user does not trust may decide: nothing. */
import { readFile } from 'node:fs/promises';
import { expect, it } from 'vitest';

interface Manifest {
  readonly capabilities: {
    readonly untrustedWorkspaces: { readonly restrictedConfigurations: readonly string[] };
  };
  readonly contributes: {
    readonly configuration: readonly {
      readonly properties: Readonly<Record<string, { readonly scope: string }>>;
    }[];
  };
}

it('every setting that a workspace may hold is passed over in one that is not trusted', async () => {
  const { capabilities, contributes } = JSON.parse(
    await readFile('package.json', 'utf8'),
  ) as Manifest;
  const settings = contributes.configuration.flatMap(({ properties }) =>
    Object.entries(properties),
  );
  // A workspace's file cannot hold a setting of the application or of the machine.
  const held = settings.filter(([, { scope }]) => !['application', 'machine'].includes(scope));
  const { restrictedConfigurations } = capabilities.untrustedWorkspaces;
  expect([...restrictedConfigurations].sort()).toEqual(held.map(([name]) => name).sort());
});
