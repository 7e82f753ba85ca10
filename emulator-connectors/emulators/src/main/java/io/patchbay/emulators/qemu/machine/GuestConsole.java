package io.patchbay.emulators.qemu.machine;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.nio.file.Path;

/** How one looks at a machine. */
public sealed interface GuestConsole {
  /** Nothing to look at. */
  record None() implements GuestConsole {}

  /**
   * The first serial port.
   *
   * @param socket where QEMU listens
   */
  record Serial(Path socket) implements GuestConsole {}

  /**
   * A screen, by VNC.
   *
   * @param port 5900 or more
   */
  record Vnc(InetAddress host, int port) implements GuestConsole {}

  /**
   * A screen, by SPICE.
   *
   * @param agent whether the guest may talk to the viewer, for its mouse, screen and files
   */
  record Spice(InetAddress host, int port, boolean agent) implements GuestConsole {}

  /** An address as QEMU's options have it. */
  static String literal(InetAddress host) {
    return host instanceof Inet6Address ? "[" + host.getHostAddress() + "]" : host.getHostAddress();
  }
}
