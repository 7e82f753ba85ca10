package io.patchbay.emulators.vpcs.shell;

import io.patchbay.netstack.host.NameSettings;
import io.patchbay.netstack.packet.IpAddress;
import io.patchbay.netstack.packet.Ipv4Address;
import io.patchbay.netstack.packet.Ipv6Address;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** {@code ip dns}, {@code ip dns6} and {@code ip domain}. */
final class NameCommand {
  private static final int MAX_DOMAIN = 64;
  private static final String NO_ADDRESS = "Invalid address";

  private NameCommand() {}

  static void servers(Shell shell, List<String> words) {
    NameSettings names = shell.host().names();
    Places<Ipv4Address> places =
        new Places<>(names.servers(), Ipv4Address.NONE, IpCommand::address);
    // A single wrong one is not named.
    places
        .fill(shell, words, word -> NO_ADDRESS + (words.size() == 3 ? "" : ": " + word))
        .ifPresent(servers -> shell.host().names(names.withServers(servers)));
  }

  static void servers6(Shell shell, List<String> words) {
    NameSettings names = shell.host().names();
    new Places<>(names.servers6(), Ipv6Address.NONE, Ipv6Address::parse)
        .fill(shell, words, word -> NO_ADDRESS + ": " + word)
        .ifPresent(servers -> shell.host().names(names.withServers6(servers)));
  }

  /** A first and a second server; either can be set and taken away. */
  private record Places<T extends IpAddress>(
      List<T> taken, T nobody, Function<String, Optional<T>> parser) {

    /**
     * The servers after such a command, which says so if a word is wrong.
     *
     * @param words the command; one with none or more than two servers does nothing
     */
    Optional<List<T>> fill(Shell shell, List<String> words, Function<String, String> complaint) {
      List<T> servers = new ArrayList<>(taken);
      for (int place = 0; place < words.size() - 2 && words.size() < 5; place++) {
        String word = words.get(2 + place);
        Optional<T> server = word.equals("0") ? Optional.of(nobody) : parser.apply(word);
        if (server.isEmpty()) {
          shell.screen().line(complaint.apply(word));
          return Optional.empty();
        }
        if (place == servers.size()) {
          servers.add(nobody);
        }
        servers.set(place, server.get());
      }
      while (!servers.isEmpty() && servers.getLast().isUnspecified()) {
        servers.removeLast();
      }
      return Optional.of(servers);
    }
  }

  static void domain(Shell shell, List<String> words) {
    if (words.size() != 3) {
      shell.screen().line("Incomplete command.");
      return;
    }
    String name = words.get(2);
    if (name.length() > MAX_DOMAIN || name.contains("..")) {
      shell.screen().line("Invalid domain name.");
      return;
    }
    String domain = name.replaceAll("^\\.+|\\.$", "");
    shell.host().names(shell.host().names().withDomain(domain));
  }
}
