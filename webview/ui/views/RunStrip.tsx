/** @file One line under the header: what is trained, and on what it runs. */
import type { RunConfig } from '../../config/run';
import { LinkButton } from '../controls/LinkButton';
import { BackendLine } from './BackendLine';
import {
  configurationId,
  configurationOf,
  hideConfigurationId,
  showConfigurationId,
} from './configurationOf';
import { modelSizeOf } from './modelSize';
import { usePage } from './pageContext';

export function RunStrip() {
  const page = usePage();
  const { open, canToggle } = configurationOf(page);
  return (
    <div class="strip">
      {!open && <Summary canToggle={canToggle} />}
      <BackendLine />
    </div>
  );
}

function Summary({ canToggle }: { readonly canToggle: boolean }) {
  const page = usePage();
  const { state, form } = page;
  const active = state.isActive.value;
  const reading = form.config.value;
  // What is trained is the run's; what will be trained is the form's.
  const config = active ? state.facts.value?.config : undefined;
  const shown = config ?? (reading.ok ? reading.value : undefined);
  return (
    <p class="strip-item" role="group" aria-label="Configuration">
      {shown !== undefined && <span>{describe(shown, form.textName.value)}</span>}
      <span>{modelSizeOf(page).short}</span>
      {canToggle && (
        <LinkButton
          id={showConfigurationId}
          next={[hideConfigurationId]}
          label={active ? 'Show configuration' : 'Edit configuration'}
          expanded={false}
          onPress={() => {
            form.setOpen(configurationId, true);
          }}
        />
      )}
    </p>
  );
}

function describe({ model, data }: RunConfig, textName: string | undefined): string {
  const { layers, dModel, heads, context } = model;
  return [
    data.source === 'stories' ? 'Small stories' : (textName ?? 'Your text'),
    `${layers} ${layers === 1 ? 'layer' : 'layers'}`,
    `d ${dModel}`,
    `${heads} ${heads === 1 ? 'head' : 'heads'}`,
    `context ${context}`,
  ].join(' · ');
}
