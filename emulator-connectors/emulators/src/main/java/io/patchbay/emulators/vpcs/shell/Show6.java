package io.patchbay.emulators.vpcs.shell;

import io.patchbay.netstack.host.Ipv6Settings;
import io.patchbay.netstack.packet.Ipv6Address;
import io.patchbay.netstack.packet.Macs;
import java.util.List;
import java.util.stream.Collectors;

/** {@code show ipv6}. */
final class Show6 {
  private Show6() {}

  static void print(Shell shell, boolean all) {
    Screen screen = shell.screen();
    Ipv6Settings six = shell.host().ipv6();
    String linkLocal = shell.host().linkLocal() + "/64";
    String global = six.isSet() ? six.address() + "/" + six.prefix() : "";
    String router = six.routerMac() == 0 ? "" : Macs.text(six.routerMac());
    int mtu = shell.host().mtu();
    screen.print("\n");
    if (all) {
      int width = Math.max(linkLocal.length(), global.length()) + 2;
      String columns = "%-7.7s%-" + width + "s%-19s%s\n";
      screen.format(columns, "NAME", "IP/MASK", "ROUTER LINK-LAYER", "MTU");
      if (global.isEmpty()) {
        screen.format(columns, ShowCommand.shortName(shell), linkLocal, router, mtu);
      } else {
        screen.format("%-7.7s%s\n", ShowCommand.shortName(shell), linkLocal);
        screen.format(columns, "", global, router, mtu);
      }
      return;
    }
    screen.line("NAME              : " + shell.numberedName());
    screen.line("LINK-LOCAL SCOPE  : " + linkLocal);
    screen.line("GLOBAL SCOPE      : " + global);
    screen.line("DNS               : " + dns(shell.host().names().servers6()));
    screen.line("ROUTER LINK-LAYER : " + router);
    screen.line("MAC               : " + Macs.text(shell.host().mac()));
    screen.line("LPORT             : " + shell.wiring().localPort);
    screen.line("RHOST:PORT        : " + ShowCommand.peer(shell));
    screen.line("MTU:              : " + mtu);
  }

  /** The second server stands behind a blank, also if there is no first one. */
  private static String dns(List<Ipv6Address> servers) {
    return servers.stream()
        .map(server -> server.isUnspecified() ? "" : server.toString())
        .collect(Collectors.joining(" "));
  }
}
