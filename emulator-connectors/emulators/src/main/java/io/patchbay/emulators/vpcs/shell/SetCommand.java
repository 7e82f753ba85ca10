package io.patchbay.emulators.vpcs.shell;

import io.patchbay.netstack.packet.Ipv4Address;
import java.util.List;
import java.util.function.IntConsumer;

/** {@code set ...}. */
final class SetCommand {
  private static final int LEAST_MTU = 576;
  private static final int MOST_MTU = 9000;
  private static final int MAX_NAME = 64;

  private SetCommand() {}

  static void run(Shell shell, List<String> words) {
    if (words.size() < 2) {
      HelpTexts.print(shell, HelpTexts.SET);
      return;
    }
    String what = words.get(1);
    if (Words.abbreviates(what, "dump")) {
      shell.dump().set(words.subList(2, words.size()));
    } else if (Words.abbreviates(what, "mtu")) {
      mtu(shell, words);
    } else if (Words.abbreviates(what, "echo") && words.size() > 2) {
      shell.echo().change(words.subList(2, words.size()));
    } else if (words.size() != 3) {
      shell.screen().line(isKnown(what) ? "Incomplete command." : "Invalid command.");
    } else {
      value(shell, what, words.get(2));
    }
  }

  private static boolean isKnown(String what) {
    return List.of("lport", "rport", "rhost", "pcname", "echo").stream()
        .anyMatch(name -> Words.abbreviates(what, name));
  }

  private static void value(Shell shell, String what, String value) {
    if (Words.abbreviates(what, "lport")) {
      port(shell, value, port -> shell.wiring().localPort = port);
    } else if (Words.abbreviates(what, "rport")) {
      port(shell, value, port -> shell.wiring().remotePort = port);
    } else if (Words.abbreviates(what, "rhost")) {
      if (Ipv4Address.parse(value).isEmpty()) {
        shell.screen().line("Invalid address: " + value);
      } else {
        shell.wiring().remoteHost = value;
      }
    } else if (Words.abbreviates(what, "pcname")) {
      if (value.length() > MAX_NAME) {
        shell.screen().line("Hostname is too long. (Maximum " + MAX_NAME + " characters)");
      } else {
        shell.name(value);
      }
    } else {
      shell.screen().line("Invalid command.");
    }
  }

  private static void port(Shell shell, String value, IntConsumer setting) {
    int port = Words.number(value);
    if (port < 1024 || port > 65_000) {
      shell.screen().line("Invalid port. 1024 > port < 65000.");
    } else {
      setting.accept(port);
    }
  }

  private static void mtu(Shell shell, List<String> words) {
    if (words.size() != 3 || !Words.isNumber(words.get(2))) {
      HelpTexts.print(shell, HelpTexts.SET);
      return;
    }
    int mtu = Words.number(words.get(2));
    if (mtu < LEAST_MTU) {
      shell.screen().line("Invalid MTU, should bigger than " + LEAST_MTU);
    } else if (mtu > MOST_MTU) {
      shell.screen().line("Invalid MTU, links carry " + MOST_MTU + " at most");
    } else {
      shell.host().mtu(mtu);
    }
  }
}
