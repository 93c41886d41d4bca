/** @file What the KV cache saves: the same text written both ways, and the times of both. */
import { Button } from '../../controls/Button';
import { Disclosure } from '../../controls/Disclosure';
import { compared, formatSeconds, type Comparison, type Timing } from './compare';
import { useGeneration } from './generationContext';
import { isOpen } from './generationState';

export function CacheComparison() {
  const { state, actions } = useGeneration();
  const comparison = state.comparison.value;
  const running = comparison?.phase === 'running';
  const obstacle = state.isWriting.value
    ? 'A text is being written: wait for it, or stop it.'
    : state.obstacle.value;
  return (
    <section id="cache" aria-label="What the KV cache saves">
      <Disclosure
        summary="What the KV cache saves"
        open={isOpen(state, 'cache')}
        onToggle={(open) => {
          state.setOpen('cache', open);
        }}
      >
        <p class="panel-note">
          Goes on from the prompt twice, with the same random draws: once keeping the keys (K) and
          values (V) of earlier tokens, once computing all of them again for each new token.
        </p>
        <Button
          label={running ? 'Stop Comparing' : 'Compare'}
          disabled={!running && obstacle !== undefined}
          hint={running ? undefined : obstacle}
          onPress={running ? actions.stop : actions.compare}
        />
        {comparison !== undefined && <Result comparison={comparison} />}
      </Disclosure>
    </section>
  );
}

function Result({ comparison }: { readonly comparison: Comparison }) {
  switch (comparison.phase) {
    case 'running':
      return <p class="panel-note">{comparison.activity}</p>;
    case 'stopped':
      return <p class="panel-note">Stopped: nothing was measured. Compare begins anew.</p>;
    case 'failed':
      return (
        <p class="field-error">
          {comparison.failure.message} {comparison.failure.remedy}
        </p>
      );
    case 'done': {
      const { cached, uncached } = comparison;
      const longest = Math.max(cached.seconds, uncached.seconds);
      return (
        <>
          <p>{compared(comparison)}</p>
          <TimeBar label="with" timing={cached} longest={longest} />
          <TimeBar label="without" timing={uncached} longest={longest} />
        </>
      );
    }
    default:
      return comparison satisfies never;
  }
}

interface TimeBarProps {
  readonly label: string;
  readonly timing: Timing;
  readonly longest: number;
}

/** The times are said in the sentence above. */
function TimeBar({ label, timing, longest }: TimeBarProps) {
  return (
    <div class="bar" aria-hidden="true">
      <span class="bar-token">{label}</span>
      <span class="bar-track">
        <span class="bar-fill" style={{ width: `${(timing.seconds / longest) * 100}%` }} />
      </span>
      <span class="bar-value">{formatSeconds(timing.seconds)}</span>
    </div>
  );
}
