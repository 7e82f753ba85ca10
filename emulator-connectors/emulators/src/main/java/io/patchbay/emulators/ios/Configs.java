package io.patchbay.emulators.ios;

/**
 * The configurations of a router, as it keeps them.
 *
 * @param startup empty if it has none
 * @param secrets the private configuration; empty if it has none
 */
public record Configs(byte[] startup, byte[] secrets) {
  static final Configs NONE = new Configs(new byte[0], new byte[0]);
}
