package io.patchbay.emulators.vpcs.shell;

import io.patchbay.netstack.host.NameSettings;
import io.patchbay.netstack.packet.Ipv4Address;
import io.patchbay.netstack.packet.Ipv6Address;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** {@code ip dns}, {@code ip dns6} and {@code ip domain}. */
final class NameCommand {
  private static final int MAX_DOMAIN = 64;

  private NameCommand() {}

  static void servers(Shell shell, List<String> words) {
    List<Ipv4Address> servers = new ArrayList<>(shell.host().names().servers());
    for (int i = 0; i < Math.min(2, words.size() - 2); i++) {
      String word = words.get(2 + i);
      Optional<Ipv4Address> server = IpCommand.address(word);
      if (server.isEmpty() && !word.equals("0")) {
        shell.screen().line(words.size() == 3 ? "Invalid address" : "Invalid address: " + word);
        return;
      }
      replace(servers, i, server);
    }
    NameSettings names = shell.host().names();
    shell.host().names(names.withServers(servers));
  }

  static void servers6(Shell shell, List<String> words) {
    List<Ipv6Address> servers = new ArrayList<>(shell.host().names().servers6());
    for (int i = 0; i < Math.min(2, words.size() - 2); i++) {
      String word = words.get(2 + i);
      Optional<Ipv6Address> server = Ipv6Address.parse(word);
      if (server.isEmpty() && !word.equals("0")) {
        shell.screen().line("Invalid address: " + word);
        return;
      }
      replace(servers, i, server);
    }
    NameSettings names = shell.host().names();
    shell.host().names(names.withServers6(servers));
  }

  /** Puts a server at its place, or takes away what is there. */
  private static <T> void replace(List<T> servers, int index, Optional<T> server) {
    if (index < servers.size()) {
      servers.remove(index);
    }
    server.ifPresent(given -> servers.add(Math.min(index, servers.size()), given));
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
