package io.patchbay.emulators.vmware;

import io.patchbay.spi.LabException;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** VMware's virtual networks of this host, each for one adapter at a time. Thread-safe. */
final class Vmnets {
  private static final Pattern NAME = Pattern.compile("(?:.*/)?vmnet(\\d{1,4})");

  /** For bridges, for the host alone and for NAT. */
  private static final Set<Integer> SPECIAL = Set.of(0, 1, 8);

  private final int first;
  private final int last;
  private final Set<String> taken = new HashSet<>();

  /**
   * @param first number of the first that nodes may have
   * @param last of the last one
   */
  Vmnets(int first, int last) {
    this.first = first;
    this.last = last;
  }

  /**
   * A network that has an interface here and nobody has.
   *
   * @throws LabException (CONFLICT) if there is none
   */
  synchronized String allocate() {
    for (int number : present()) {
      if (isManaged(number) && taken.add(name(number))) {
        return name(number);
      }
    }
    throw LabException.conflict(
        "There is no free network between vmnet"
            + first
            + " and vmnet"
            + last
            + " that has a virtual adapter of the host; more are made in VMware's network editor");
  }

  private static List<Integer> present() {
    try {
      return NetworkInterface.networkInterfaces()
          .map(NetworkInterface::getName)
          .flatMapToInt(name -> number(name).stream())
          .sorted()
          .boxed()
          .toList();
    } catch (SocketException e) {
      return List.of();
    }
  }

  private static String name(int number) {
    return "vmnet" + number;
  }

  private static OptionalInt number(String name) {
    Matcher vmnet = NAME.matcher(name);
    return vmnet.matches() ? OptionalInt.of(Integer.parseInt(vmnet.group(1))) : OptionalInt.empty();
  }

  /** Whether it is one that nodes are given. */
  boolean isManaged(String name) {
    OptionalInt number = number(name);
    return number.isPresent() && isManaged(number.getAsInt());
  }

  private boolean isManaged(int number) {
    return number >= first && number <= last && !SPECIAL.contains(number);
  }

  /** Whether it is VMware's own for a purpose. */
  static boolean isSpecial(String name) {
    OptionalInt number = number(name);
    return number.isPresent() && SPECIAL.contains(number.getAsInt());
  }

  /** Those that a machine has already. */
  synchronized void hold(Collection<String> names) {
    taken.addAll(names);
  }

  synchronized void release(Collection<String> names) {
    taken.removeAll(names);
  }
}
