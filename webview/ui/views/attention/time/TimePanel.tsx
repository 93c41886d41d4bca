/**
 * @file A run through time: a scrubber over the moments that were kept, which moves attention,
 * sample, what comes next and the loss together.
 */
import { useComputed } from '@preact/signals';
import { formatCount } from '../../../../config/counts';
import { LineChart } from '../../../charts/LineChart';
import { Button } from '../../../controls/Button';
import { Panel } from '../../../controls/Panel';
import { formatMeasure } from '../../../format';
import { useAttention } from '../attentionContext';
import { FailureNote } from '../deeper/FailureNote';
import { momentChart, momentText } from './momentReading';
import { MomentView } from './MomentView';
import './time.css';

export function TimePanel() {
  const { state, deeper } = useAttention();
  const { time } = deeper;
  const data = useComputed(() =>
    momentChart(time.kept.value, time.gained.value, time.chosen.value),
  );
  const moment = time.moment.value;
  return (
    <Panel id="time" title="Through time">
      <p class="panel-note">
        The model is looked at whenever it is evaluated, always over the same text. Go back and see
        when its heads became what they are: a mark on the curve says so.
      </p>
      <FailureNote failure={time.failure.value} />
      {time.kept.value.length === 0 ? (
        <p class="panel-note">
          No moment is kept yet: the first one is when the model is next evaluated. Train it on.
        </p>
      ) : (
        <div class="time">
          <div class="time-beside">
            <Scrubber />
            <LineChart
              label="Loss at the moments"
              data={data}
              visible={state.visible}
              format={formatMeasure}
              empty="The loss at each moment shows here."
            />
          </div>
          {moment === undefined ? (
            <p class="panel-note">
              {time.isLoading.value
                ? 'Fetching the moment …'
                : 'Move the slider, or play, to see attention, sample and predictions of that moment.'}
            </p>
          ) : (
            <MomentView moment={moment} />
          )}
        </div>
      )}
    </Panel>
  );
}

function Scrubber() {
  const { deeper } = useAttention();
  const { time } = deeper;
  const kept = time.kept.value;
  const index = time.index.value;
  const last = kept.length - 1;
  const isPlaying = time.isPlaying.value;
  const only = last === 0;
  const go = (to: number): void => {
    void time.goTo(Math.min(last, Math.max(0, to)));
  };
  const shown = kept[index];
  const text = shown === undefined ? '' : momentText(shown);
  return (
    <div class="scrubber">
      <div class="scrubber-buttons">
        <Button
          label="Previous Moment"
          icon="chevron-left"
          appearance="icon"
          disabled={index === 0}
          onPress={() => {
            go(index - 1);
          }}
        />
        <Button
          label={isPlaying ? 'Pause' : 'Play'}
          icon={isPlaying ? 'debug-pause' : 'play'}
          disabled={only}
          hint={only ? 'There is only one moment yet.' : undefined}
          onPress={() => {
            void time.play();
          }}
        />
        <Button
          label="Next Moment"
          icon="chevron-right"
          appearance="icon"
          disabled={index === last}
          onPress={() => {
            go(index + 1);
          }}
        />
      </div>
      <input
        class="scrubber-range"
        type="range"
        min={0}
        max={last}
        step={1}
        value={index}
        aria-label="Moment of the run"
        aria-valuetext={text}
        onFocus={() => {
          // At the newest one there is nothing to be moved to: it is shown as it is.
          if (time.chosen.peek() === undefined) go(index);
        }}
        onInput={(event) => {
          go(Number(event.currentTarget.value));
        }}
      />
      <span class="scrubber-text">{text}</span>
      <span class="scrubber-ends" aria-hidden="true">
        <span>Step {formatCount(kept[0]?.step ?? 0)}</span>
        <span>Step {formatCount(kept[last]?.step ?? 0)}</span>
      </span>
    </div>
  );
}
