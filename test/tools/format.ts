/** @file `npm run format`: writes every file in the common form. */
import { withCleanup } from './support/cleanup';
import { run, stopAllGroups } from './support/processes';
import { packageCommand } from './support/repository';

await withCleanup(async (cleanup) => {
  cleanup.add(stopAllGroups);
  return run(process.execPath, [packageCommand('prettier'), '--write', '--log-level=warn', '.']);
});
