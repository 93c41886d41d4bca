/** @file What the panels below the pictures are given: whom they ask, and about which text. */
import type { ReadonlySignal } from '@preact/signals';
import type { AttentionHostApi, AttentionPageApi } from '../../../../protocol/attentionApi';
import type { Endpoint } from '../../../../protocol/endpoint';

/** Who is asked. */
export type AttentionHost = Pick<Endpoint<AttentionPageApi, AttentionHostApi>, 'request' | 'on'>;

/** The text on the page, for those who ask about it. */
export interface ShownText {
  /** The same array as long as the tokens are the same; undefined where there is no text. */
  readonly ids: ReadonlySignal<Int32Array | undefined>;
  /** The step at which the model stands; undefined while it trains. */
  readonly standing: ReadonlySignal<number | undefined>;
  readonly runId: ReadonlySignal<string | undefined>;
  readonly visible: ReadonlySignal<boolean>;
}
