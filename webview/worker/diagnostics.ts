/** @file What “Copy Diagnostics” tells of the engine. */
import { memoryInUse } from '../backends/memory';
import { versions } from '../backends/versions';
import type { EngineDiagnostics } from '../protocol/engineApi';
import type { Session } from './session';

export function diagnose(session: Session): EngineDiagnostics {
  const { run } = session;
  return {
    versions,
    userAgent: navigator.userAgent,
    ...(run && { backend: run.backend, memory: memoryInUse() }),
    limits: run?.device?.limits ?? {},
    state: session.state,
    errors: session.errors,
  };
}
