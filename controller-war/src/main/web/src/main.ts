import { applyTheme } from './state/preferences';
import { server } from './state/server-store';
import './ui/app';
import { router } from './ui/router';
import { controls } from './ui/styles';

// What dialogs show lies outside every component, and looks the same.
if (controls.styleSheet) {
  document.adoptedStyleSheets.push(controls.styleSheet);
}
applyTheme();
router.start();
document.body.append(document.createElement('pb-app'));
server.start();
