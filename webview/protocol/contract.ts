/**
 * @file The shape of an API map: what one side of a port serves and which events it sends. Types
 * only; it knows no message by name (see the `*Api.ts` files).
 */

/**
 * What one side offers: requests it answers and events it emits. Every `params`, `result` and event
 * payload is plain JSON with typed arrays or ArrayBuffers anywhere in it; what may be non-finite
 * travels in a typed array or as `NonFinite` (see `formats/nonFinite.ts`).
 *
 * @example
 * interface EngineApi extends Contract {
 *   requests: { pause: { params: null; result: { step: number } } };
 *   events: { metrics: { points: MetricPoint[] } };
 * }
 */
export interface Contract {
  requests: Record<string, { params: unknown; result: unknown }>;
  events: Record<string, unknown>;
}

export type RequestName<C extends Contract> = keyof C['requests'] & string;
export type EventName<C extends Contract> = keyof C['events'] & string;

export type Params<C extends Contract, K extends RequestName<C>> = C['requests'][K]['params'];
export type Result<C extends Contract, K extends RequestName<C>> = C['requests'][K]['result'];
export type Payload<C extends Contract, K extends EventName<C>> = C['events'][K];

/**
 * How far a request has come. `sending` and `receiving` count bytes of a chunked transfer;
 * `working` counts whatever the handler counts. A small request reports only `working`.
 */
export interface Progress {
  phase: 'sending' | 'working' | 'receiving';
  done: number;
  total: number;
}

/** What a handler is given beside its params. */
export interface RequestContext {
  /** Fires when the caller cancels, restarts, or either side is disposed. */
  readonly signal: AbortSignal;
  /** Reports progress to the caller, in units the handler chooses. */
  readonly progress: (done: number, total: number) => void;
  /** Gives these buffers of the result away instead of copying them: do not touch them after. */
  readonly transfer: (...buffers: ArrayBuffer[]) => void;
}

export type Handler<C extends Contract, K extends RequestName<C>> = (
  params: Params<C, K>,
  context: RequestContext,
) => Promise<Result<C, K>> | Result<C, K>;

/** All of them at once, so that a request nobody serves does not compile. */
export type Handlers<C extends Contract> = { [K in RequestName<C>]: Handler<C, K> };

/** The part of a zod schema the endpoint uses to check what comes from outside. */
export interface Validator<T> {
  safeParse(value: unknown):
    | { success: true; data: T }
    | {
        success: false;
        error: { issues: readonly { path: readonly PropertyKey[]; message: string }[] };
      };
}

export type Validators<C extends Contract> = {
  [K in RequestName<C>]?: Validator<Params<C, K>>;
};
