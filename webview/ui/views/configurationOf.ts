/** @file Whether the page shows the configuration whole or as a line. */
import { configurationView, type ConfigurationView } from '../state/configurationView';
import type { PageContent } from './pageContext';

/** Id of the choice among the disclosures that the page remembers. */
export const configurationId = 'configuration';

/** Ids of the buttons that open and close it: each takes the place of the other. */
export const showConfigurationId = 'configuration-show';
export const hideConfigurationId = 'configuration-hide';

/** Reads the page's signals: call it while rendering. */
export function configurationOf({ state, form }: PageContent): ConfigurationView {
  return configurationView({
    phase: state.isWatching.value ? 'idle' : state.engine.value.phase,
    hasRun: state.facts.value !== undefined,
    isValid: form.config.value.ok,
    wanted: form.open.value[configurationId],
  });
}
