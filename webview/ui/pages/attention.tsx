/** @file The attention page's entry: puts state, connection and views together. */
import { effect } from '@preact/signals';
import { dismissHelpOnEscape } from '../controls/fieldHelp';
import { keepFocus } from '../controls/focus';
import { registerControls } from '../controls/toolkit';
import { takePageApi } from '../state/vscodeApi';
import { AttentionContext } from '../views/attention/attentionContext';
import { connectAttention } from '../views/attention/attentionConnection';
import { recallAttention } from '../views/attention/attentionMemory';
import { attentionId, AttentionPage } from '../views/attention/AttentionPage';
import { AttentionState } from '../views/attention/attentionState';
import { draw } from './draw';
import './page.css';
import '../controls/controls.css';
import './attention.css';

const root = document.getElementById('root');
if (root === null) throw new Error('The document of the attention page has no root.');

registerControls();
keepFocus(root, attentionId);
dismissHelpOnEscape(root);
const api = takePageApi();
const state = new AttentionState(recallAttention(api));
effect(() => {
  api.setState(state.remember());
});
const { actions, deeper } = connectAttention(state, api);
draw(
  <AttentionContext.Provider value={{ state, actions, deeper }}>
    <AttentionPage />
  </AttentionContext.Provider>,
  root,
);
