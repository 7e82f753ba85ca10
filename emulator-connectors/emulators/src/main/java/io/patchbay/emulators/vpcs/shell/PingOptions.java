package io.patchbay.emulators.vpcs.shell;

import io.patchbay.netstack.packet.IpProtocols;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;

/** What the words behind {@code ping HOST} ask for. */
final class PingOptions {
  private static final int MAX_DATA = 65_000;
  private static final String FLAGS = "fsrpauec";

  int protocol = IpProtocols.ICMP;
  int count = 5;
  int interval = 1000;
  int wait = 1000;
  int size = 56;
  int ttl = 64;
  int mtu;
  int sourcePort = ThreadLocalRandom.current().nextInt(1024, 65_000);
  int destinationPort = 7;
  int tcpFlags;
  boolean dontFragment;

  private PingOptions() {}

  /** Reads the options; empty if one is wrong. */
  static Optional<PingOptions> of(List<String> words) {
    PingOptions options = new PingOptions();
    for (int i = 2; i < words.size(); i++) {
      String word = words.get(i);
      if (!word.startsWith("-")) {
        continue;
      }
      if (word.length() < 2) {
        return Optional.empty();
      }
      char option = word.charAt(1);
      if ("uPclTspafiw".indexOf(option) < 0) {
        if (!options.flag(option)) {
          return Optional.empty();
        }
      } else if (i + 1 < words.size() && !options.value(option, words.get(++i))) {
        return Optional.empty();
      }
    }
    return Optional.of(options);
  }

  private boolean flag(char option) {
    switch (option) {
      case 'D' -> dontFragment = true;
      case '1' -> protocol = IpProtocols.ICMP;
      case '2' -> protocol = IpProtocols.UDP;
      case '3' -> protocol = IpProtocols.TCP;
      case 't' -> count = -1;
      default -> {
        return false;
      }
    }
    return true;
  }

  private boolean value(char option, String word) {
    int number = Words.number(word);
    switch (option) {
      case 'u' -> mtu = number < 576 || number > 65_535 ? 1500 : number;
      case 'P' -> protocol = isKnown(number) ? number : protocol;
      case 'c' -> count = number;
      case 'l' -> size = Math.clamp(number, 0, MAX_DATA);
      case 'T' -> ttl = Math.clamp(number, 1, 255);
      case 's' -> sourcePort = Math.clamp(number, 1, 65_535);
      case 'p' -> destinationPort = Math.clamp(number, 1, 65_535);
      case 'i' -> interval = number < 1 ? 1000 : number;
      case 'w' -> wait = number < 1 ? 1000 : number;
      case 'f' -> {
        return tcpFlags(word);
      }
      default -> {}
    }
    return true;
  }

  private static boolean isKnown(int protocol) {
    return protocol == IpProtocols.ICMP
        || protocol == IpProtocols.UDP
        || protocol == IpProtocols.TCP;
  }

  private boolean tcpFlags(String word) {
    for (char flag : word.toLowerCase(Locale.ROOT).toCharArray()) {
      int bit = FLAGS.indexOf(flag);
      if (bit < 0) {
        return false;
      }
      tcpFlags |= 1 << bit;
    }
    return true;
  }

  /** What counts the packets in the output, such as {@code icmp_seq}. */
  String counter(boolean six) {
    String name =
        switch (protocol) {
          case IpProtocols.UDP -> "udp";
          case IpProtocols.TCP -> "tcp";
          default -> "icmp";
        };
    return name + (six ? "6" : "") + "_seq";
  }
}
