/** @file The form of a change: which part, what is done to it, and where a patch comes from. */
import { formatTokens } from '../../../../config/counts';
import { Button } from '../../../controls/Button';
import { Checkbox } from '../../../controls/Checkbox';
import { Dropdown } from '../../../controls/Dropdown';
import { TextArea } from '../../../controls/TextArea';
import { nameToken } from '../../../heatmap/reading';
import { useAttention } from '../attentionContext';
import { FailureNote } from '../deeper/FailureNote';
import { changeOf, isWhole, type Deed } from './changes';
import { partsOf } from './parts';

const deeds: Readonly<Record<Deed, string>> = {
  zero: 'Silence it: zero',
  mean: 'Set it to its mean',
  patch: 'Patch it from another text',
};

const meanings: Readonly<Record<Deed, string>> = {
  zero: 'What the part adds is taken out.',
  mean: 'The part says at each token what it says on average over the tokens so far, or over the whole text where the model has no mask.',
  patch: 'The part gets the value that it has when the model reads another text.',
};

export function ChangeForm() {
  const { state, deeper } = useAttention();
  const { whatIf } = deeper;
  const points = whatIf.points.shown.value?.answer.points;
  const { labels = [] } = state.maps.value ?? {};
  if (points === undefined) {
    const failure = whatIf.points.failure.value;
    if (failure !== undefined) return <FailureNote failure={failure} />;
    return <p class="panel-note">Asking for the parts of the model …</p>;
  }
  const parts = partsOf(points, state.open.value);
  const [first] = parts;
  const part = parts.find(({ key }) => key === whatIf.part.value) ?? first;
  if (part === undefined) return <p class="panel-note">This model has no parts to change.</p>;
  const deed = whatIf.deed.value;
  const from = whatIf.patchText.value;
  const marked = state.kept.value?.query;
  const canMark = marked !== undefined && !isWhole(part, deed);
  const position = canMark && whatIf.atToken.value ? marked : undefined;
  const tokens = whatIf.patchLength.value;
  const wrong = whatIf.patchError.value;
  const obstacle = deed === 'patch' ? obstacleToPatch(from, tokens, wrong) : undefined;
  return (
    <div class="change-form">
      <Dropdown
        // The list takes no value that comes with its entry: so it is made anew.
        key={parts.map(({ key }) => key).join()}
        id="what-if-part"
        label="Part"
        help="The heads that are open in the large picture, and what each layer is made of."
        helpPlace="below"
        value={part.key}
        options={Object.fromEntries(parts.map(({ key, name }) => [key, name]))}
        onChange={(key) => {
          whatIf.part.value = key;
        }}
      />
      <Dropdown<Deed>
        id="what-if-deed"
        label="Change"
        help={meanings[deed]}
        helpPlace="below"
        value={deed}
        options={deeds}
        onChange={(chosen) => {
          whatIf.deed.value = chosen;
        }}
      />
      {deed === 'patch' && (
        <TextArea
          id="what-if-text"
          label="Text to patch from"
          help={`It must have ${formatTokens(labels.length)}, as the text shown has.`}
          error={wrong}
          helpPlace="below"
          placeholder="The same text, one word changed"
          rows={2}
          value={from}
          onInput={(text) => {
            whatIf.patchText.value = text;
          }}
        />
      )}
      {canMark && (
        <Checkbox
          id="what-if-at"
          label={`Only at ${nameToken(labels, marked)}`}
          checked={whatIf.atToken.value}
          onChange={(checked) => {
            whatIf.atToken.value = checked;
          }}
        />
      )}
      <Button
        label="Make the Change"
        appearance="primary"
        disabled={obstacle !== undefined}
        hint={obstacle}
        onPress={() => {
          whatIf.add(changeOf({ part, deed, from, tokens, position }));
        }}
      />
    </div>
  );
}

/** Why the patch cannot be made yet. */
function obstacleToPatch(
  text: string,
  tokens: number | undefined,
  wrong: string | undefined,
): string | undefined {
  if (text === '') return 'Write the text that the value comes from.';
  return wrong ?? (tokens === undefined ? 'The text is being cut into tokens.' : undefined);
}
