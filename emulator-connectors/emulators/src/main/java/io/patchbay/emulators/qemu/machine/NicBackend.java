package io.patchbay.emulators.qemu.machine;

/**
 * Where the frames of a network adapter leave QEMU, on this machine.
 *
 * @param qemuPort UDP port that QEMU binds
 * @param ownPort UDP port that it sends to
 */
public record NicBackend(int qemuPort, int ownPort) {
  /** The id of an adapter's backend, by which its cable is plugged in and out. */
  public static String id(int adapter) {
    return "gns3-" + adapter;
  }
}
