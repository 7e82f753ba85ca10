package io.patchbay.netstack.host;

import io.patchbay.netstack.packet.IpAddress;
import io.patchbay.netstack.packet.MalformedException;
import io.patchbay.netstack.packet.Octets;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * Puts fragments together (RFC 791, RFC 8200). What overlaps is thrown away as a whole (RFC 5722),
 * and so is what is not whole in time. Bounded in packets and octets. Used under the host's lock.
 */
final class Reassembly {
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final int MAX_PACKETS = 16;
  private static final int MAX_PAYLOAD = 65_515;
  private static final int MAX_PARTS = 256;

  private final HostCore core;
  private final Map<Key, Parts> packets = new LinkedHashMap<>();

  record Key(IpAddress source, IpAddress destination, int protocol, int identification) {}

  /**
   * @param first the packet that the fragment came in, for an error message about it
   */
  record Part(int offset, boolean more, Octets payload, Octets first) {}

  private static final class Parts {
    private final TreeMap<Integer, byte[]> byOffset = new TreeMap<>();
    private Optional<byte[]> first = Optional.empty();
    private int total = -1;
    private int have;
    private HostScheduler.Timer timer = HostScheduler.Timer.NONE;
  }

  Reassembly(HostCore core) {
    this.core = core;
  }

  /**
   * Takes a fragment.
   *
   * @param late is given the first fragment's packet if the rest does not come
   * @return the whole payload once there is no gap
   * @throws MalformedException if the fragment cannot belong to a packet
   */
  Optional<byte[]> add(Key key, Part part, Consumer<Octets> late) {
    int length = part.payload().length();
    if (part.more() && length % 8 != 0 || length == 0 || part.offset() + length > MAX_PAYLOAD) {
      throw new MalformedException("a fragment of impossible size");
    }
    Parts parts = packets.get(key);
    if (parts == null) {
      parts = begin(key, late);
    }
    if (!fits(parts, part)) {
      forget(key);
      throw new MalformedException("fragments overlap");
    }
    parts.byOffset.put(part.offset(), part.payload().toBytes());
    parts.have += length;
    if (part.offset() == 0) {
      parts.first = Optional.of(part.first().toBytes());
    }
    if (!part.more()) {
      parts.total = part.offset() + length;
    }
    if (parts.have != parts.total) {
      return Optional.empty();
    }
    forget(key);
    byte[] whole = new byte[parts.total];
    parts.byOffset.forEach((at, data) -> System.arraycopy(data, 0, whole, at, data.length));
    return Optional.of(whole);
  }

  private Parts begin(Key key, Consumer<Octets> late) {
    if (packets.size() >= MAX_PACKETS) {
      forget(packets.keySet().iterator().next());
    }
    Parts parts = new Parts();
    packets.put(key, parts);
    parts.timer =
        core.later(
            PATIENCE,
            () -> {
              if (packets.remove(key, parts)) {
                parts.first.ifPresent(packet -> late.accept(Octets.of(packet)));
              }
            });
    return parts;
  }

  private static boolean fits(Parts parts, Part part) {
    int end = part.offset() + part.payload().length();
    if (parts.byOffset.size() >= MAX_PARTS || parts.total >= 0 && !part.more()) {
      return false;
    }
    Map.Entry<Integer, byte[]> before = parts.byOffset.lowerEntry(end);
    boolean overlaps = before != null && before.getKey() + before.getValue().length > part.offset();
    int last = parts.byOffset.isEmpty() ? 0 : parts.byOffset.lastKey();
    boolean beyond = parts.total >= 0 && end > parts.total || !part.more() && last >= end;
    return !overlaps && !beyond;
  }

  private void forget(Key key) {
    Parts parts = packets.remove(key);
    if (parts != null) {
      parts.timer.cancel();
    }
  }

  /** Lets go of everything that waits. */
  void clear() {
    for (Key key : new HashMap<>(packets).keySet()) {
      forget(key);
    }
  }
}
