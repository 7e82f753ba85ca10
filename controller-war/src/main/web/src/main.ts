import { inWords, messages } from './state/messages';
import { applyTheme } from './state/preferences';
import { server } from './state/server-store';
import './ui/app';
import { router } from './ui/router';
import { controls } from './ui/styles';

// What dialogs show lies outside every component, and looks the same.
if (controls.styleSheet) {
  document.adoptedStyleSheets.push(controls.styleSheet);
}
// What nothing else has dealt with is said in plain words, too.
addEventListener('unhandledrejection', (event) => {
  const givenUp = event.reason instanceof DOMException && event.reason.name === 'AbortError';
  if (!givenUp) {
    messages.add('error', inWords(event.reason));
  }
});
applyTheme();
router.start();
document.body.append(document.createElement('pb-app'));
server.start();
