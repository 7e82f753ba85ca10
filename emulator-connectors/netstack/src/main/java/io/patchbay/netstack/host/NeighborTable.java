package io.patchbay.netstack.host;

import io.patchbay.netstack.packet.IpAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/**
 * The MAC addresses of a link's other hosts, found by ARP or by neighbor discovery. Bounded;
 * entries age. Used under the host's lock.
 */
final class NeighborTable {
  static final Duration LIFETIME = Duration.ofSeconds(120);
  private static final Duration RETRY = Duration.ofSeconds(1);
  private static final int ATTEMPTS = 3;
  private static final int CAPACITY = 512;
  private static final int MAX_SEARCHES = 64;
  private static final int MAX_WAITING = 8;

  private final HostCore core;
  private final Consumer<IpAddress> ask;
  // In order of age, so that the oldest goes first when there are too many.
  private final Map<IpAddress, Known> known = new LinkedHashMap<>();
  private final Map<IpAddress, Search> searches = new HashMap<>();

  private record Known(long mac, long at) {}

  private final class Search {
    private final List<Consumer<OptionalLong>> waiting = new ArrayList<>(1);
    private int attempts;
    private HostScheduler.Timer timer = HostScheduler.Timer.NONE;

    void attempt(IpAddress address) {
      if (attempts++ == ATTEMPTS) {
        searches.remove(address);
        waiting.forEach(done -> done.accept(OptionalLong.empty()));
        return;
      }
      ask.accept(address);
      timer = core.later(RETRY, () -> attempt(address));
    }
  }

  /**
   * @param ask sends the question who has an address
   */
  NeighborTable(HostCore core, Consumer<IpAddress> ask) {
    this.core = core;
    this.ask = ask;
  }

  /** Looks an address up without asking anybody. */
  OptionalLong find(IpAddress address) {
    Known entry = known.get(address);
    if (entry == null) {
      return OptionalLong.empty();
    }
    if (core.nanos() - entry.at > LIFETIME.toNanos()) {
      known.remove(address);
      return OptionalLong.empty();
    }
    return OptionalLong.of(entry.mac);
  }

  /**
   * Finds an address, asking for it if need be.
   *
   * @param done is given the MAC address, or nothing if nobody answers or too much waits already
   */
  void resolve(IpAddress address, Consumer<OptionalLong> done) {
    OptionalLong found = find(address);
    if (found.isPresent()) {
      done.accept(found);
      return;
    }
    Search search = searches.get(address);
    if (search != null) {
      if (search.waiting.size() < MAX_WAITING) {
        search.waiting.add(done);
      } else {
        done.accept(OptionalLong.empty());
      }
    } else if (searches.size() < MAX_SEARCHES) {
      search = new Search();
      search.waiting.add(done);
      searches.put(address, search);
      search.attempt(address);
    } else {
      done.accept(OptionalLong.empty());
    }
  }

  /**
   * Finds out whether packets can be sent to an address.
   *
   * @param hop the address that they are handed to; empty if there is no way
   */
  CompletableFuture<Reach> reach(IpAddress to, Optional<? extends IpAddress> hop) {
    CompletableFuture<Reach> result = new CompletableFuture<>();
    if (hop.isEmpty()) {
      core.complete(result, new Reach(Reach.State.NO_GATEWAY, to));
      return result;
    }
    IpAddress next = hop.get();
    resolve(
        next,
        mac -> {
          Reach.State state = mac.isPresent() ? Reach.State.REACHABLE : Reach.State.SILENT;
          core.complete(result, new Reach(state, next));
        });
    return result;
  }

  /** Remembers an address that is in use here already, or was asked for. */
  void update(IpAddress address, long mac) {
    if (known.containsKey(address) || searches.containsKey(address)) {
      learn(address, mac);
    }
  }

  void learn(IpAddress address, long mac) {
    known.remove(address);
    if (known.size() >= CAPACITY) {
      known.remove(known.keySet().iterator().next());
    }
    known.put(address, new Known(mac, core.nanos()));
    Search search = searches.remove(address);
    if (search != null) {
      search.timer.cancel();
      search.waiting.forEach(done -> done.accept(OptionalLong.of(mac)));
    }
  }

  void clear() {
    known.clear();
  }

  List<Neighbor> snapshot() {
    List<Neighbor> all = new ArrayList<>();
    known.forEach(
        (address, entry) -> {
          long left = LIFETIME.toNanos() - (core.nanos() - entry.at);
          if (left > 0) {
            all.add(new Neighbor(address, entry.mac, (int) Duration.ofNanos(left).toSeconds()));
          }
        });
    return List.copyOf(all);
  }
}
