/** @file What the model wrote while it trained, newest first. */
import { formatCount } from '../../config/counts';
import type { Sample } from '../../formats/metrics';
import { Panel } from '../controls/Panel';
import { formatShare } from '../format';
import { CopyButton } from './CopyButton';
import { usePage } from './pageContext';
import { WrittenText } from './WrittenText';

export function SamplesPanel() {
  const { state } = usePage();
  const newestFirst = [...state.history.samples.value].reverse();
  const every = state.facts.value?.config.training.sampleEvery;
  const active = state.isActive.value;
  return (
    <Panel
      id="samples"
      title="What it writes"
      actions={
        every !== undefined &&
        active && <span class="panel-note">a sample every {formatCount(every)} steps</span>
      }
    >
      {newestFirst.length === 0 ? (
        <p class="samples-empty">
          {active
            ? 'Its first text comes with the first step. First noise, then words, then sentences.'
            : 'This run has written nothing yet.'}
        </p>
      ) : (
        <ol class="samples" tabIndex={0} aria-label="Samples, newest first">
          {newestFirst.map((sample, index) => (
            <SampleItem key={sample.step} sample={sample} newest={index === 0} />
          ))}
        </ol>
      )}
    </Panel>
  );
}

interface SampleItemProps {
  readonly sample: Sample;
  readonly newest: boolean;
}

function SampleItem({ sample, newest }: SampleItemProps) {
  const { step, prompt, text, temperature, lexiconShare, sentenceShare } = sample;
  return (
    <li class={newest ? 'sample sample-newest' : 'sample'}>
      <div class="sample-heading">
        <div class="sample-told">
          <h3 title={`Written with temperature ${temperature}`}>Step {formatCount(step)}</h3>
          <Share share={lexiconShare} of="words" help="Share of its words that the lexicon has" />
          <Share
            share={sentenceShare}
            of="sentences"
            help="Share of its sentences that the grammar can parse"
          />
        </div>
        <CopyButton label={`Copy the sample of step ${formatCount(step)}`} text={prompt + text} />
      </div>
      <pre class="written">
        <WrittenText prompt={prompt} text={text} ended />
      </pre>
    </li>
  );
}

interface ShareProps {
  readonly share: number | undefined;
  readonly of: string;
  readonly help: string;
}

function Share({ share, of, help }: ShareProps) {
  if (share === undefined) return null;
  return (
    <span class="share" title={help}>
      <strong>{formatShare(share)}</strong> {of}
    </span>
  );
}
