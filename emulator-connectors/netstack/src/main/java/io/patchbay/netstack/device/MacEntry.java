package io.patchbay.netstack.device;

import java.util.Comparator;

/**
 * An address that a switch has learned.
 *
 * @param mac in the low 48 bits
 */
public record MacEntry(int vlan, long mac, int port) implements Comparable<MacEntry> {
  private static final Comparator<MacEntry> ORDER =
      Comparator.comparingInt(MacEntry::vlan).thenComparingLong(MacEntry::mac);

  @Override
  public int compareTo(MacEntry other) {
    return ORDER.compare(this, other);
  }
}
