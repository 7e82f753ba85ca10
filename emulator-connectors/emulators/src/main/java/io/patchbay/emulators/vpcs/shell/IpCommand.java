package io.patchbay.emulators.vpcs.shell;

import io.patchbay.netstack.host.DhcpResult;
import io.patchbay.netstack.host.Ipv4Settings;
import io.patchbay.netstack.host.Ipv6Settings;
import io.patchbay.netstack.packet.DhcpMessage;
import io.patchbay.netstack.packet.Ipv4Address;
import io.patchbay.netstack.packet.Macs;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** {@code ip ...}: addresses by hand, by DHCP and by router advertisements, and DNS. */
final class IpCommand {
  private static final long ROUTER_WAIT = 5000;

  private IpCommand() {}

  static void run(Shell shell, List<String> words) throws InterruptedException {
    if (words.size() < 2) {
      HelpTexts.print(shell, HelpTexts.IP);
      return;
    }
    String what = words.get(1);
    if (what.indexOf(':') >= 0) {
      AddressCommand.set6(shell, words);
    } else if (Words.abbreviates(what, "dhcp")) {
      dhcp(shell, words.subList(2, words.size()));
    } else if (Words.abbreviates(what, "auto")) {
      auto(shell);
    } else if (Words.abbreviates(what, "domain")) {
      NameCommand.domain(shell, words);
    } else if (Words.abbreviates(what, "dns")) {
      NameCommand.servers(shell, words);
    } else if (what.equals("dns6")) {
      NameCommand.servers6(shell, words);
    } else {
      AddressCommand.set4(shell, words);
    }
  }

  private static void dhcp(Shell shell, List<String> options) throws InterruptedException {
    if (!List.of("-d", "-r", "-x").containsAll(options)) {
      HelpTexts.print(shell, HelpTexts.DHCP);
      return;
    }
    Consumer<DhcpMessage> observer =
        options.contains("-d")
            ? message -> DhcpTexts.print(shell.screen(), message)
            : message -> shell.screen().print(DhcpTexts.letter(message));
    boolean asked = options.stream().allMatch("-d"::equals);
    for (String option : asked ? List.of("-r") : options) {
      if (option.equals("-x")) {
        Targets.await(
            shell, shell.host().releaseDhcp(options.contains("-d") ? observer : message -> {}));
      } else if (option.equals("-r")) {
        discover(shell, observer);
      }
    }
  }

  private static void discover(Shell shell, Consumer<DhcpMessage> observer)
      throws InterruptedException {
    shell.usesDhcp(true);
    Optional<DhcpResult> result = Targets.await(shell, shell.host().dhcp(observer));
    switch (result.orElse(new DhcpResult.NoServer())) {
      case DhcpResult.Bound bound -> {
        Ipv4Settings got = bound.lease().settings();
        shell
            .screen()
            .line(
                " IP "
                    + got.address()
                    + "/"
                    + got.prefix()
                    + (got.hasGateway() ? " GW " + got.gateway() : ""));
      }
      case DhcpResult.NoServer none -> shell.screen().line("\nCan't find dhcp server");
      case DhcpResult.NotAcknowledged none ->
          shell.screen().line("\nCan't get ip address from dhcp server");
      case DhcpResult.InUse used ->
          shell
              .screen()
              .line(Macs.text(used.mac()) + " use my ip " + used.lease().settings().address());
    }
  }

  private static void auto(Shell shell) throws InterruptedException {
    shell.usesAuto(true);
    Optional<Ipv6Settings> got = Targets.await(shell, shell.host().autoIpv6(), ROUTER_WAIT);
    if (got.isEmpty()) {
      shell.screen().line("No router answered ICMPv6 Router Solicitation");
      return;
    }
    shell.screen().line("GLOBAL SCOPE      : " + got.get().address() + "/" + got.get().prefix());
    shell.screen().line("ROUTER LINK-LAYER : " + Macs.text(got.get().routerMac()));
  }

  /** An address that is written as it should be, and is one. */
  static Optional<Ipv4Address> address(String word) {
    return Ipv4Address.parse(word).filter(address -> !address.isUnspecified());
  }
}
