package io.patchbay.emulators.vpcs.shell;

import io.patchbay.netstack.host.Probe;
import io.patchbay.netstack.host.Reply;
import io.patchbay.netstack.packet.IpAddress;
import io.patchbay.netstack.packet.IpProtocols;
import io.patchbay.netstack.packet.Ipv4Address;
import io.patchbay.netstack.packet.TcpSegment;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;

/** {@code trace HOST [option ...]}. */
final class TraceCommand {
  private static final int DEFAULT_HOPS = 8;
  private static final int DEFAULT_HOPS_6 = 64;
  private static final int MAX_HOPS = 64;
  private static final int PROBES = 3;
  private static final int WAIT = 1000;
  private static final int DATA = 64;

  private final Shell shell;
  private int protocol = IpProtocols.UDP;
  private int hops;
  private int sent;
  private final int sourcePort = ThreadLocalRandom.current().nextInt(1024, 65_000);

  private TraceCommand(Shell shell) {
    this.shell = shell;
  }

  static void run(Shell shell, List<String> words) throws InterruptedException {
    if (words.size() < 2) {
      HelpTexts.print(shell, HelpTexts.TRACE);
      return;
    }
    TraceCommand command = new TraceCommand(shell);
    if (command.options(words)) {
      Optional<IpAddress> target = Targets.find(shell, words.get(1), false);
      if (target.isPresent()) {
        command.trace(words.get(1), target.get());
      }
    }
  }

  private boolean options(List<String> words) {
    for (int i = 2; i < words.size(); i++) {
      String word = words.get(i);
      String value = i + 1 < words.size() ? words.get(i + 1) : "";
      switch (word) {
        case "-P" -> {
          i++;
          protocol = Words.isNumber(value) ? Words.number(value) : -1;
          if (protocol != IpProtocols.ICMP
              && protocol != IpProtocols.UDP
              && protocol != IpProtocols.TCP) {
            shell.screen().line(value.isEmpty() ? "Missing protocol" : "Invalid protocol");
            return false;
          }
        }
        case "-m", "-c" -> {
          i++;
          if (!hops(value)) {
            shell.screen().line(value.isEmpty() ? "Missing TTL" : "Invalid TTL");
            return false;
          }
        }
        default -> {
          if (!Words.isNumber(word)) {
            HelpTexts.print(shell, HelpTexts.TRACE);
            return false;
          }
          if (!hops(word)) {
            shell.screen().line("Invalid TTL");
            return false;
          }
        }
      }
    }
    return true;
  }

  private boolean hops(String word) {
    hops = Words.isNumber(word) ? Words.number(word) : 0;
    return hops >= 1 && hops <= MAX_HOPS;
  }

  private void trace(String word, IpAddress target) throws InterruptedException {
    boolean six = !(target instanceof Ipv4Address);
    if (hops == 0) {
      hops = six ? DEFAULT_HOPS_6 : DEFAULT_HOPS;
    }
    if (Targets.isSelf(shell, target)) {
      shell.screen().line("traceroute to " + word + ", " + hops + " hops max");
      shell.screen().line(" 1 " + target + "     0.001 ms");
      return;
    }
    String how =
        switch (protocol) {
          case IpProtocols.ICMP -> " (ICMP)";
          case IpProtocols.TCP -> " (TCP)";
          default -> "";
        };
    shell
        .screen()
        .line("trace to " + word + ", " + hops + " hops max" + how + ", press Ctrl+C to stop");
    if (Targets.reaches(shell, target)) {
      for (int ttl = 1; ttl <= hops; ttl++) {
        if (hop(ttl, target, six)) {
          return;
        }
      }
    }
  }

  /** Asks one hop three times; true if that was the last. */
  private boolean hop(int ttl, IpAddress target, boolean six) throws InterruptedException {
    StringBuilder line = new StringBuilder(String.format(Locale.ROOT, "%2d   ", ttl));
    boolean last = false;
    boolean named = false;
    for (int i = 0; i < PROBES; i++) {
      long start = shell.host().nanos();
      Optional<Reply> reply = Targets.await(shell, shell.host().probe(probe(target, ttl)), WAIT);
      if (reply.isEmpty()) {
        line.append("  *");
        continue;
      }
      double time = Math.max(0, (reply.get().at() - start) / 1e6);
      if (reply.get() instanceof Reply.Error error && isUnreachable(error, six)) {
        if (!named) {
          line.append(
              String.format(
                  Locale.ROOT,
                  "*%s   %.3f ms %s",
                  error.from(),
                  time,
                  IcmpTexts.describe(six, error.type(), error.code())));
        }
        last = true;
      } else {
        line.append(named ? "" : reply.get().from() + " ");
        line.append(String.format(Locale.ROOT, "  %.3f ms", time));
        last |= reply.get().from().equals(target);
      }
      named = true;
    }
    shell.screen().line(line.toString());
    return last;
  }

  private static boolean isUnreachable(Reply.Error error, boolean six) {
    return error.type() == (six ? 1 : 3);
  }

  private Probe probe(IpAddress target, int ttl) {
    // Each probe has a port of its own, so that a late answer is not taken for a later one's.
    int number = sent++;
    return new Probe(
        target,
        protocol,
        sourcePort,
        (sourcePort + 1 + number) % 65_536,
        protocol == IpProtocols.TCP ? TcpSegment.SYN : 0,
        DATA,
        ttl,
        false,
        0);
  }
}
