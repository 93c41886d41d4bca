/** @file `npm run package`: makes the VSIX in the root of the repository. */
import { stat } from 'node:fs/promises';
import { makePackage, packageFile } from './package/vsix';
import { withCleanup } from './support/cleanup';
import { stopAllGroups } from './support/processes';
import { root } from './support/repository';
import { readManifest } from './vscodeServer/manifest';

await withCleanup(async (cleanup) => {
  cleanup.add(stopAllGroups);
  const { version } = await readManifest(root);
  const file = packageFile(version);
  await makePackage(file);
  const { size } = await stat(file);
  console.log(`${file}: ${(size / 1e6).toFixed(2)} MB`);
  return 0;
});
