import { expect, test } from 'vitest';
import { gathered } from '../src/ui/gathered';

test('what changes is said by name while it is little, and counted when it is much', () => {
  expect(gathered(['PC1 is started.', 'PC2 is stopped.'])).toBe('PC1 is started. PC2 is stopped.');
  const many = [1, 2, 3, 4].map((number) => `PC is ${number} is started.`);
  expect(gathered([...many, 'R1 is suspended.'])).toBe('4 devices are started. One device is suspended.');
});
