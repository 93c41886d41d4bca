/**
 * @file Which runs try WebGPU after its graphics device was lost. Must not know how one is opened.
 */
import type { EngineState, StartRun } from '../protocol/engineApi';

export class LostDevice {
  #why: string | undefined;

  isLost(why: string): void {
    this.#why = why;
  }

  /** A run has a device again. */
  isBack(): void {
    this.#why = undefined;
  }

  /**
   * Why a run must not try WebGPU. It may where the user chose it outright, except where it goes on
   * from the very loss: what took the device may do so again at once. `state` is that of the engine
   * before it loads the run.
   */
  keepsFrom({ runId, backend }: StartRun, state: EngineState): string | undefined {
    const goesOn =
      state.phase === 'failed' && state.failure.code === 'device-lost' && state.runId === runId;
    return backend === 'webgpu' && !goesOn ? undefined : this.#why;
  }
}
