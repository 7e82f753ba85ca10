package io.patchbay.emulators.vpcs.shell;

import io.patchbay.netstack.host.DhcpLease;
import io.patchbay.netstack.host.Ipv4Settings;
import io.patchbay.netstack.host.Neighbor;
import io.patchbay.netstack.host.PathMtu;
import io.patchbay.netstack.host.VirtualHost;
import io.patchbay.netstack.packet.IpAddress;
import io.patchbay.netstack.packet.Macs;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;

/** {@code show ...}. */
final class ShowCommand {
  private static final String COLUMNS = "%-7.7s%-21s%-18s%-19s";

  private ShowCommand() {}

  static void run(Shell shell, List<String> words) {
    if (words.size() == 1) {
      table(shell);
      return;
    }
    String what = words.get(1);
    String which = words.size() > 2 ? words.get(2) : "";
    boolean all = !which.isEmpty() && Words.abbreviates(which, "all");
    boolean known = all || which.isEmpty() || which.equals("1");
    if (Words.abbreviates(what, "echo")) {
      shell.echo().show(shell.screen());
    } else if (Words.abbreviates(what, "version")) {
      version(shell, words);
    } else if (Words.abbreviates(what, "ipv6") && !known) {
      HelpTexts.print(shell, HelpTexts.SHOW);
    } else if (!known) {
      shell.screen().line((Words.abbreviates(what, "arp") ? "\n" : "") + "Invalid ID");
    } else {
      table(shell, what, all);
    }
  }

  private static void table(Shell shell, String what, boolean all) {
    if (Words.abbreviates(what, "arp")) {
      arp(shell, all);
    } else if (Words.abbreviates(what, "dump")) {
      shell.screen().line("\n" + (all ? shell.numberedName() + " " : "") + shell.dump().flags());
    } else if (what.equals("ip")) {
      ip(shell, all);
    } else if (Words.abbreviates(what, "ipv6")) {
      Show6.print(shell, all);
    } else if (Words.abbreviates(what, "mtu6")) {
      mtu6(shell, all);
    } else if (Words.abbreviates(what, "history")) {
      history(shell, List.of());
    } else {
      shell.screen().line("Invalid arguments");
    }
  }

  static String shortName(Shell shell) {
    return shell.name().equals(Shell.DEFAULT_NAME) ? shell.name() + "1" : shell.name();
  }

  static String peer(Shell shell) {
    return shell.wiring().remoteHost + ":" + shell.wiring().remotePort;
  }

  private static void table(Shell shell) {
    Screen screen = shell.screen();
    Ipv4Settings four = shell.host().ipv4();
    screen.format("\n" + COLUMNS, "NAME", "IP/MASK", "GATEWAY", "MAC");
    screen.format("%-7s%s\n", "LPORT", "RHOST:PORT");
    row(shell, four);
    screen.format("%-7s%s\n", shell.wiring().localPort, peer(shell));
    screen.line("       " + shell.host().linkLocal() + "/64");
    var six = shell.host().ipv6();
    if (six.isSet()) {
      screen.line("       " + six.address() + "/" + six.prefix() + (six.eui64() ? " eui-64" : " "));
    }
  }

  private static void row(Shell shell, Ipv4Settings four) {
    shell
        .screen()
        .format(
            COLUMNS,
            shortName(shell),
            four.address() + "/" + four.prefix(),
            four.gateway(),
            Macs.text(shell.host().mac()));
  }

  private static void ip(Shell shell, boolean all) {
    Screen screen = shell.screen();
    VirtualHost host = shell.host();
    Ipv4Settings four = host.ipv4();
    if (all) {
      screen.format("\n" + COLUMNS + "DNS\n", "NAME", "IP/MASK", "GATEWAY", "MAC");
      row(shell, four);
      screen.line(list(host.names().servers()));
      return;
    }
    screen.line("\nNAME        : " + shell.numberedName());
    screen.line("IP/MASK     : " + four.address() + "/" + four.prefix());
    screen.line("GATEWAY     : " + four.gateway());
    screen.line("DNS         : " + dns(host));
    host.lease().ifPresent(lease -> lease(screen, host, lease));
    if (!host.names().domain().isEmpty()) {
      screen.line("DOMAIN NAME : " + host.names().domain());
    }
    screen.line("MAC         : " + Macs.text(host.mac()));
    screen.line("LPORT       : " + shell.wiring().localPort);
    screen.line("RHOST:PORT  : " + peer(shell));
    screen.line("MTU         : " + host.mtu());
  }

  private static String dns(VirtualHost host) {
    var servers = host.names().servers();
    String first =
        servers.isEmpty() || servers.getFirst().isUnspecified() ? "" : servers.getFirst() + "  ";
    return servers.size() < 2 ? first : first + servers.get(1);
  }

  /** Servers in a line, without places that nobody has. */
  static String list(List<? extends IpAddress> servers) {
    return servers.stream()
        .filter(server -> !server.isUnspecified())
        .map(Object::toString)
        .collect(Collectors.joining(" "));
  }

  private static void lease(Screen screen, VirtualHost host, DhcpLease lease) {
    long age = Duration.ofNanos(host.nanos() - lease.at()).toSeconds();
    screen.line("DHCP SERVER : " + lease.server());
    screen.format(
        "DHCP LEASE  : %d, %d/%d/%d\n",
        Math.max(0, lease.seconds() - age), lease.seconds(), lease.renewal(), lease.rebinding());
  }

  private static void arp(Shell shell, boolean all) {
    shell.screen().print("\n");
    if (all) {
      shell.screen().line(shell.numberedName() + ":");
    }
    List<Neighbor> table = shell.host().arpTable();
    if (table.isEmpty()) {
      shell.screen().line("arp table is empty");
    }
    for (Neighbor known : table) {
      shell
          .screen()
          .format(
              "%s  %s expires in %d seconds \n",
              Macs.text(known.mac()), known.address(), known.secondsLeft());
    }
  }

  static void neighbors(Shell shell, List<String> words) {
    shell.screen().print("\n");
    for (Neighbor known : shell.host().neighbors()) {
      shell.screen().line(Macs.text(known.mac()) + "   " + known.address() + "/128");
    }
  }

  private static void mtu6(Shell shell, boolean all) {
    shell.screen().print("\n");
    if (all) {
      shell.screen().line(shell.numberedName() + ":");
    }
    List<PathMtu> paths = shell.host().pathMtus6();
    if (paths.isEmpty()) {
      shell.screen().line("IPV6 MTU table is empty");
    }
    for (PathMtu path : paths) {
      shell
          .screen()
          .format("%5d\t%3d\t%s/64\n", path.mtu(), path.secondsLeft(), path.destination());
    }
  }

  static void history(Shell shell, List<String> words) {
    shell.history().lines().forEach(shell.screen()::line);
  }

  static void version(Shell shell, List<String> words) {
    shell.screen().print(HelpTexts.BANNER);
  }
}
