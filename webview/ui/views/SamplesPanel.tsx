/** @file What the model wrote while it trained, newest first. */
import type { Sample } from '../../formats/metrics';
import { Button } from '../controls/Button';
import { Panel } from '../controls/Panel';
import { formatCount, formatShare } from '../format';
import { usePage } from './pageContext';

export function SamplesPanel() {
  const { state } = usePage();
  const newestFirst = [...state.history.samples.value].reverse();
  const every = state.facts.value?.config.training.sampleEvery;
  return (
    <Panel id="samples" title="Samples">
      {newestFirst.length === 0 ? (
        <p class="empty">
          {every === undefined
            ? 'While it trains, the model writes a text every now and then. First noise, then words, then sentences.'
            : `The first text comes soon, then one every ${formatCount(every)} steps.`}
        </p>
      ) : (
        <ol class="samples" tabIndex={0} aria-label="Samples, newest first">
          {newestFirst.map((sample) => (
            <SampleItem key={sample.step} sample={sample} />
          ))}
        </ol>
      )}
    </Panel>
  );
}

function SampleItem({ sample }: { readonly sample: Sample }) {
  const { actions } = usePage();
  const { step, prompt, text, temperature, lexiconShare, sentenceShare } = sample;
  const about = [
    `temperature ${temperature}`,
    ...(lexiconShare === undefined ? [] : [`${formatShare(lexiconShare)} words`]),
    ...(sentenceShare === undefined ? [] : [`${formatShare(sentenceShare)} sentences`]),
  ];
  return (
    <li class="sample">
      <div class="sample-heading">
        <h3>Step {formatCount(step)}</h3>
        <span class="sample-about">{about.join(' · ')}</span>
        <Button
          label={`Copy the sample of step ${step}`}
          icon="copy"
          appearance="icon"
          onPress={() => {
            actions.copy(prompt + text);
          }}
        />
      </div>
      <pre class="written">
        {prompt !== '' && <span class="written-prompt">{prompt}</span>}
        {text}
      </pre>
    </li>
  );
}
