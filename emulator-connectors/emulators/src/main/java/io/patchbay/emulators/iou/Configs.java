package io.patchbay.emulators.iou;

/**
 * The configurations of a router, as it keeps them.
 *
 * @param startup empty if it has none
 * @param secrets the private configuration; empty if it has none
 */
record Configs(byte[] startup, byte[] secrets) {
  static final Configs NONE = new Configs(new byte[0], new byte[0]);
}
