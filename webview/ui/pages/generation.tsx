/** @file The generation view's entry: puts state, connection and views together. */
import { effect } from '@preact/signals';
import { dismissHelpOnEscape } from '../controls/fieldHelp';
import { keepFocus } from '../controls/focus';
import { registerControls } from '../controls/toolkit';
import { takePageApi } from '../state/vscodeApi';
import { GenerationContext } from '../views/generation/generationContext';
import { connectGeneration } from '../views/generation/generationConnection';
import { recallGeneration } from '../views/generation/generationMemory';
import { GenerationPage } from '../views/generation/GenerationPage';
import { GenerationState } from '../views/generation/generationState';
import { draw } from './draw';
import './page.css';
import '../controls/controls.css';
import './generation.css';

const root = document.getElementById('root');
if (root === null) throw new Error('The document of the generation view has no root.');

registerControls();
keepFocus(root, 'prompt');
dismissHelpOnEscape(root);
const api = takePageApi();
const state = new GenerationState(recallGeneration(api));
effect(() => {
  // A text that grows is kept when it is done.
  if (!state.isWriting.value) api.setState(state.remember());
});
const actions = connectGeneration(state, api);
draw(
  <GenerationContext.Provider value={{ state, actions }}>
    <GenerationPage />
  </GenerationContext.Provider>,
  root,
);
