package io.patchbay.emulators.vpcs.shell;

import io.patchbay.netstack.host.Ipv4Settings;
import io.patchbay.netstack.host.NameSettings;
import java.util.List;

/** {@code clear ip|ipv6|arp|neighbor|hist}. */
final class ClearCommand {
  private ClearCommand() {}

  static void run(Shell shell, List<String> words) {
    if (words.size() < 2) {
      HelpTexts.print(shell, HelpTexts.CLEAR);
      return;
    }
    String what = words.get(1);
    if (what.equals("ip")) {
      shell.host().ipv4(Ipv4Settings.NONE);
      shell.host().names(NameSettings.NONE.withServers6(shell.host().names().servers6()));
      shell.usesDhcp(false);
      shell.screen().line("IPv4 address/mask, gateway, DNS, and DHCP cleared");
    } else if (Words.abbreviates(what, "ipv6")) {
      shell.host().clearIpv6();
      shell.host().names(shell.host().names().withServers6(List.of()));
      shell.usesAuto(false);
      shell.screen().line("IPv6 address/mask and router link-layer address cleared");
    } else if (Words.abbreviates(what, "arp")) {
      shell.host().clearArp();
    } else if (Words.abbreviates(what, "neighbor")) {
      shell.host().clearNeighbors();
    } else if (Words.abbreviates(what, "hist")) {
      shell.history().clear();
    } else {
      shell.screen().line("Invalid options");
    }
  }
}
