package io.patchbay.emulators.vpcs;

import io.patchbay.spi.LabException;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.util.Arrays;
import java.util.BitSet;

/**
 * What is added to the first MAC address of virtual PCs, so that no two of this compute have the
 * same, and hardly any of two computes. Thread-safe.
 */
final class MacOffsets {
  private final int first;
  private final int count;
  private final BitSet taken = new BitSet();

  /**
   * @param first where to begin; the next ones follow, and after the last comes 0
   * @param count of the offsets that there are
   */
  MacOffsets(int first, int count) {
    this.first = Math.floorMod(first, count);
    this.count = count;
  }

  /**
   * Where a compute begins: at 0 if only its own machine reaches it, as people know it from VPCS;
   * otherwise at a place of its own, as links may lead to virtual PCs of other computes, and those
   * of stock GNS3 begin at 0.
   *
   * @param consoles the address at which the compute's consoles listen
   * @param port tells computes of one machine apart
   */
  static int first(InetAddress consoles, int port) {
    if (consoles.isLoopbackAddress()) {
      return 0;
    }
    try {
      return NetworkInterface.networkInterfaces().mapToInt(MacOffsets::hash).sum() + port;
    } catch (SocketException unknown) {
      return port;
    }
  }

  private static int hash(NetworkInterface card) {
    try {
      return Arrays.hashCode(card.getHardwareAddress());
    } catch (SocketException gone) {
      return 0;
    }
  }

  /**
   * @throws LabException (CONFLICT) if there is none left
   */
  synchronized int lease() {
    int free = taken.nextClearBit(first);
    if (free >= count) {
      free = taken.nextClearBit(0);
    }
    if (free >= count) {
      throw LabException.conflict(
          "This compute has its " + count + " virtual PCs, as many as there are addresses for");
    }
    taken.set(free);
    return free;
  }

  /** This one, which a node of this compute had; another one if it is taken after all. */
  synchronized int lease(int wanted) {
    if (wanted < 0 || wanted >= count || taken.get(wanted)) {
      return lease();
    }
    taken.set(wanted);
    return wanted;
  }

  synchronized void release(int offset) {
    taken.clear(offset);
  }
}
