import { createHash } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import type { Appliance } from '../src/api/types';
import { kindOf, needsOf, parseAppliance, templateOf } from '../src/appliances/appliance';
import { Md5, md5Of } from '../src/appliances/md5';

const QEMU: Appliance = {
  name: 'Tiny Box',
  category: 'multilayer_switch',
  registry_version: 4,
  status: 'stable',
  port_name_format: 'eth{0}',
  qemu: { adapter_type: 'e1000', adapters: 4, ram: 64, arch: 'i386', kvm: 'disable', unknown: 1 },
  images: [
    { filename: 'box.img', version: '1', md5sum: 'AB'.repeat(16), filesize: 5 },
    { filename: 'box.img', version: '2', md5sum: 'cd'.repeat(16) },
  ],
  versions: [
    { name: '2', images: { hda_disk_image: 'box.img' } },
    { name: '1', images: { hda_disk_image: 'box.img' } },
  ],
};

describe('md5', () => {
  test('is what others compute, however the data is cut', () => {
    for (const length of [0, 1, 55, 56, 63, 64, 65, 119, 120, 1000]) {
      const data = Uint8Array.from({ length }, (_, index) => (index * 7) & 255);
      const sum = createHash('md5').update(data).digest('hex');
      expect(new Md5().update(data).digest()).toBe(sum);
      const cut = new Md5();
      for (let at = 0; at < length; at += 13) {
        cut.update(data.subarray(at, at + 13));
      }
      expect(cut.digest()).toBe(sum);
    }
  });

  test('is read part by part', async () => {
    const parts: number[] = [];
    expect(await md5Of(new Blob(['abc']), (part) => parts.push(part))).toBe(
      '900150983cd24fb0d6963f7d28e17f72',
    );
    expect(parts).toEqual([1]);
  });
});

describe('an appliance', () => {
  test('is read, or refused in words', () => {
    expect(parseAppliance(JSON.stringify(QEMU)).name).toBe('Tiny Box');
    expect(() => parseAppliance('PK')).toThrow('not JSON');
    expect(() => parseAppliance('{"name": "x"}')).toThrow('no registry version');
    expect(() => parseAppliance('{"name": "x", "registry_version": 4}')).toThrow('how it is run');
    expect(() => parseAppliance('{"name": "x", "registry_version": 9}')).toThrow('newer registry');
  });

  test('has the images of its version, told apart by their sums', () => {
    const there = [
      { filename: 'renamed.img', md5sum: 'ab'.repeat(16) },
      { filename: 'box.img', md5sum: 'ef'.repeat(16) },
    ];
    expect(needsOf(QEMU, QEMU.versions![1]!, there)[0]!.found?.filename).toBe('renamed.img');
    expect(needsOf(QEMU, QEMU.versions![0]!, there)[0]!.found).toBeUndefined();
    const unsummed = { ...QEMU, images: [{ filename: 'box.img' }] };
    expect(needsOf(unsummed, QEMU.versions![0]!, there)[0]!.found?.filename).toBe('box.img');
  });

  test('becomes a template with the fields that its kind knows', () => {
    const template = templateOf(QEMU, QEMU.versions![0]!, 'local', { hda_disk_image: 'box.img' });
    expect(template).toEqual({
      name: 'Tiny Box 2',
      template_type: 'qemu',
      compute_id: 'local',
      category: 'switch',
      default_name_format: 'TinyBox-{0}',
      port_name_format: 'eth{0}',
      adapter_type: 'e1000',
      adapters: 4,
      ram: 64,
      platform: 'i386',
      qemu_path: 'qemu-system-i386',
      options: '-machine accel=tcg',
      hda_disk_image: 'box.img',
    });
  });

  test('of registry version 8 has settings by name', () => {
    const appliance: Appliance = {
      name: 'R',
      category: 'router',
      registry_version: 8,
      status: 'stable',
      settings: [
        { default: true, template_type: 'qemu', template_properties: { ram: 100, adapters: 2 } },
        { name: 'big', template_type: 'qemu', template_properties: { ram: 900 } },
      ],
    };
    const big = { name: '1', settings: 'big' };
    expect(kindOf(appliance, big)).toBe('qemu');
    expect(templateOf(appliance, big, 'local', {})).toMatchObject({ ram: 900, adapters: 2 });
    expect(templateOf(appliance, { name: '2' }, 'local', {})).toMatchObject({ ram: 100 });
  });

  test('of a router takes its idle-PC value along', () => {
    const appliance: Appliance = {
      name: 'C',
      category: 'router',
      registry_version: 3,
      status: 'stable',
      dynamips: { platform: 'c7200', ram: 512 },
      versions: [{ name: '15', idlepc: '0x60630d5c', images: { image: 'c.image' } }],
    };
    expect(
      templateOf(appliance, appliance.versions![0]!, 'local', { image: 'c.image' }),
    ).toMatchObject({ template_type: 'dynamips', platform: 'c7200', idlepc: '0x60630d5c', image: 'c.image' });
  });
});
