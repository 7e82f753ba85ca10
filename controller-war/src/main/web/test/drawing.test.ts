import { expect, test } from 'vitest';
import { ellipseSvg, lineSvg, rectSvg, textSvg } from '../src/canvas/drawing-svg';
import { ink, parseStyle } from '../src/canvas/text';
import { usable } from '../src/lab/palette-rules';
import { nameOf, press, spoken } from '../src/lab/keys';
import { boxOf } from '../src/projects/thumbnail';

test('drawings are SVG as GNS3 writes it', () => {
  expect(rectSvg(100.4, 50)).toBe(
    '<svg width="100" height="50"><rect width="100" height="50" fill="#dbeafe" fill-opacity="1.0" stroke="#475569" stroke-width="2"/></svg>',
  );
  expect(ellipseSvg(100, 50)).toContain('cx="50" cy="25" rx="50" ry="25"');
  expect(lineSvg(-30, 40)).toContain('<svg width="30" height="40"><line x1="0" y1="0" x2="-30" y2="40"');
});

test('words of a text are never markup', () => {
  const svg = textSvg('<script>"&');
  expect(svg).not.toContain('<script>');
  expect(svg).toContain('&#60;script&#62;&#34;&#38;');
});

test('styles of labels, as the desktop client writes them', () => {
  const style = parseStyle(
    'font-family: TypeWriter;font-size: 12.0;font-weight: bold;fill: #ff0000;fill-opacity: 0.5;',
  );
  expect(style).toMatchObject({ size: 16, weight: 'bold', fill: '#ff0000', opacity: '0.5' });
  expect(parseStyle(null)).toMatchObject({ weight: 'bold', fill: 'var(--ink)' });
  expect(ink('#000000')).toBe('var(--ink)');
  expect(ink('#123456')).toBe('#123456');
});

test('keys by their names', () => {
  const event = (key: string, more: Partial<KeyboardEvent> = {}) =>
    ({ key, ctrlKey: false, metaKey: false, shiftKey: false, preventDefault() {}, ...more }) as KeyboardEvent;
  expect(nameOf(event('Z', { ctrlKey: true, shiftKey: true }))).toBe('mod+shift+z');
  expect(nameOf(event('?', { shiftKey: true }))).toBe('?');
  expect(nameOf(event('ArrowLeft', { shiftKey: true }))).toBe('shift+ArrowLeft');
  let ran = 0;
  expect(press(event('s'), [{ keys: ['s'], label: '', run: () => ran++ }])).toBe(true);
  expect(press(event('q'), [{ keys: ['s'], label: '', run: () => ran++ }])).toBe(false);
  expect(ran).toBe(1);
  expect(spoken('mod+z')).toBe('Ctrl Z');
  expect(spoken('+')).toBe('+');
});

test('the palette has what some compute can run, by name', () => {
  const template = (name: string, template_type: string) => ({ name, template_type }) as never;
  const all = [template('VPCS', 'vpcs'), template('Cloud', 'cloud'), template('Hub', 'ethernet_hub')];
  const names = (kinds: string[]) => usable(all, new Set(kinds)).map((one) => one.name);
  expect(names(['vpcs', 'ethernet_hub'])).toEqual(['Hub', 'VPCS']);
  expect(names([])).toEqual(['Cloud', 'Hub', 'VPCS']);
});

test('a small picture has room around a single device', () => {
  const box = boxOf([{ node_id: 'a', x: 0, y: 0, width: 60, height: 60, symbol: '' }]);
  expect(box.width).toBeGreaterThanOrEqual(420);
  expect(box.x + box.width / 2).toBe(30);
});
