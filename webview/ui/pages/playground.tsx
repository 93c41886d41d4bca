/** @file The playground page's entry: puts state, connection and views together. */
import { effect } from '@preact/signals';
import { dismissHelpOnEscape } from '../controls/fieldHelp';
import { keepFocus } from '../controls/focus';
import { registerControls } from '../controls/toolkit';
import { connect } from '../state/connection';
import { FormState } from '../state/formState';
import { PlaygroundState } from '../state/playgroundState';
import { recall } from '../state/uiMemory';
import { takePageApi } from '../state/vscodeApi';
import { PageContext } from '../views/pageContext';
import { PlaygroundPage } from '../views/PlaygroundPage';
import { runBarId } from '../views/RunBar';
import { draw } from './draw';
import './page.css';
import '../controls/controls.css';
import '../views/welcome.css';
import '../views/configuration.css';
import '../views/backend.css';
import '../views/selected.css';
import '../views/tiles.css';
import '../views/samples.css';
import '../views/prompt.css';
import './playground.css';

const root = document.getElementById('root');
const dist = document.body.dataset.dist;
if (root === null || dist === undefined) {
  throw new Error('The document of the playground has no root or no data-dist.');
}

registerControls();
keepFocus(root, runBarId);
dismissHelpOnEscape(root);
const api = takePageApi();
const state = new PlaygroundState();
const form = new FormState(state.textName, recall(api));
effect(() => {
  if (state.run.value !== undefined) form.showRun(state.run.value);
});
effect(() => {
  api.setState(form.remember());
});
const actions = connect({ state, configured: form.configured, api, dist });
draw(
  <PageContext.Provider value={{ state, form, actions }}>
    <PlaygroundPage />
  </PageContext.Provider>,
  root,
);
