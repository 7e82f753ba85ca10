package io.patchbay.runtime.port;

import io.patchbay.spi.LabException;
import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.Collection;
import java.util.HashSet;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Hands out TCP or UDP ports of a range, each to one holder at a time, and none that another
 * program holds. Safe for use from many threads.
 */
public final class PortPool {
  /** Which ports a pool hands out. */
  public enum Protocol {
    TCP,
    UDP
  }

  private final Protocol protocol;
  private final String purpose;
  private final InetAddress address;
  private final int first;
  private final int last;
  private final Map<Integer, Long> leased = new TreeMap<>();
  private final Set<Integer> reserved = new HashSet<>();
  private int next;
  private long leases;

  /**
   * @param purpose names the ports in messages, such as "console"
   * @param address where holders will listen; ports are tried there and on the wildcard address
   * @param first first port of the range
   * @param last last port of the range, included
   */
  public PortPool(Protocol protocol, String purpose, InetAddress address, int first, int last) {
    this.protocol = protocol;
    this.purpose = purpose;
    this.address = address;
    this.first = first;
    this.last = last;
    this.next = first;
  }

  /**
   * A free port.
   *
   * @throws LabException (CONFLICT) if there is none
   */
  public int lease() {
    return lease(first);
  }

  /** The same, and no port below {@code least}. */
  public int lease(int least) {
    for (int tried = 0; tried <= last - first; tried++) {
      OptionalInt port = takeNext(least);
      if (port.isPresent() && isUsable(port.getAsInt())) {
        return port.getAsInt();
      }
    }
    throw LabException.conflict(
        "There is no free "
            + purpose
            + " port left between "
            + Math.max(first, least)
            + " and "
            + last);
  }

  /** The wanted port if it is in the range, free and not below {@code least}, else another one. */
  public int leasePreferring(int wanted, int least) {
    return wanted < least ? lease(least) : leaseExactly(wanted).orElseGet(() -> lease(least));
  }

  /** This very port, or nothing. */
  public OptionalInt leaseExactly(int port) {
    boolean leased = port >= first && port <= last && hold(port) && isUsable(port);
    return leased ? OptionalInt.of(port) : OptionalInt.empty();
  }

  /**
   * A port that an emulator has bound already.
   *
   * @return false if it is somebody else's
   */
  public synchronized boolean hold(int port) {
    return leased.putIfAbsent(port, ++leases) == null;
  }

  /** Which lease of a port the present one is; no two have the same number. 0 if there is none. */
  public synchronized long leaseNumber(int port) {
    return leased.getOrDefault(port, 0L);
  }

  /** Gives a port back unless that lease of it is over; whoever has it now keeps it. */
  public synchronized void release(int port, long leaseNumber) {
    leased.remove(port, leaseNumber);
  }

  /** Hands these ports out only to who asks for them by number, until the next call of this. */
  public synchronized void reserve(Collection<Integer> ports) {
    reserved.clear();
    reserved.addAll(ports);
  }

  /** Gives a port back; harmless if it is not leased. */
  public synchronized void release(int port) {
    leased.remove(port);
  }

  public synchronized SortedSet<Integer> leased() {
    return new TreeSet<>(leased.keySet());
  }

  public int first() {
    return first;
  }

  public int last() {
    return last;
  }

  private synchronized OptionalInt takeNext(int least) {
    int port = Math.max(next, least);
    if (port > last) {
      return OptionalInt.empty();
    }
    next = port == last ? first : port + 1;
    return !reserved.contains(port) && hold(port) ? OptionalInt.of(port) : OptionalInt.empty();
  }

  /**
   * Whether no other program has this port, which is ours already; if one has, it is given back.
   */
  private boolean isUsable(int port) {
    // Asking the system takes a while, so it is done without the lock: others lease meanwhile.
    if (isFree(port)) {
      return true;
    }
    release(port);
    return false;
  }

  private boolean isFree(int port) {
    // Some emulators listen on every address, so a port that is taken on any of them is no use.
    return canBind(new InetSocketAddress(address, port))
        && (address.isAnyLocalAddress() || canBind(new InetSocketAddress(port)));
  }

  private boolean canBind(InetSocketAddress where) {
    if (protocol == Protocol.UDP) {
      try (DatagramSocket socket = new DatagramSocket(null)) {
        socket.bind(where);
        return true;
      } catch (IOException taken) {
        return false;
      }
    }
    try (ServerSocket socket = new ServerSocket()) {
      // Connections of an earlier console linger in TIME_WAIT; they do not hold the port.
      socket.setReuseAddress(true);
      socket.bind(where);
      return true;
    } catch (IOException taken) {
      return false;
    }
  }
}
