const WORDS: Record<string, string> = {
  vpcs: 'virtual PC',
  qemu: 'QEMU machine',
  virtualbox: 'VirtualBox machine',
  vmware: 'VMware machine',
  docker: 'container',
  dynamips: 'Dynamips router',
  iou: 'IOU device',
  nat: 'NAT',
  ethernet_switch: 'Ethernet switch',
  ethernet_hub: 'Ethernet hub',
  frame_relay_switch: 'Frame Relay switch',
  atm_switch: 'ATM switch',
};

/** A kind of device as people say it. */
export function kindWords(kind: string): string {
  return WORDS[kind] ?? kind.replace(/_/g, ' ');
}
