/** @file Whether a continued run is computed as it was before, and what to say where it is not. */
import type { BackendReport } from '../config/backend';
import type { Notice } from '../protocol/engineApi';
import { backendNames } from '../backends/causes';

/** Other arithmetic rounds differently: the curve goes on, but not to the same bits. */
export function continuedElsewhere(
  recorded: BackendReport | undefined,
  now: BackendReport,
): Notice[] {
  if (!recorded || sameArithmetic(recorded, now)) return [];
  const [before, after] = [nameOf(recorded), nameOf(now)];
  const where =
    before === after
      ? `This run was trained on ${before} of another version`
      : `This run was trained on ${before} and goes on on ${after}`;
  const message = `${where}: the curve is continued, but not bit for bit what it would have been.`;
  return [{ code: 'continued-elsewhere', severity: 'information', message }];
}

function sameArithmetic(recorded: BackendReport, now: BackendReport): boolean {
  if (recorded.backend !== now.backend) return false;
  if (JSON.stringify(recorded.adapter) !== JSON.stringify(now.adapter)) return false;
  return Object.entries(now.versions).every(([name, version]) => {
    const before = recorded.versions[name];
    // Runs of earlier releases did not record it; nearly all had it.
    if (name === 'simd' && before === undefined) return version === 'yes';
    return before === version;
  });
}

function nameOf({ backend, adapter, versions }: BackendReport): string {
  const name = backendNames[backend];
  if (adapter) return `${name} (${adapter.description || adapter.architecture || adapter.vendor})`;
  return versions.simd === 'no' ? `${name} without SIMD` : name;
}
