package io.patchbay.emulators.vpcs.shell;

import io.patchbay.netstack.host.Probe;
import io.patchbay.netstack.host.Reply;
import io.patchbay.netstack.packet.IpAddress;
import io.patchbay.netstack.packet.IpProtocols;
import io.patchbay.netstack.packet.Ipv4Address;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ThreadLocalRandom;

/** {@code ping HOST [option ...]}. */
final class PingCommand {
  private final Shell shell;
  private final String word;
  private final IpAddress target;
  private final PingOptions options;
  private final boolean six;
  private final int identifier = ThreadLocalRandom.current().nextInt(1 << 16);

  private PingCommand(Shell shell, String word, IpAddress target, PingOptions options) {
    this.shell = shell;
    this.word = word;
    this.target = target;
    this.options = options;
    six = !(target instanceof Ipv4Address);
  }

  static void run(Shell shell, List<String> words) throws InterruptedException {
    if (words.size() < 2) {
      HelpTexts.print(shell, HelpTexts.PING);
      return;
    }
    Optional<PingOptions> options = PingOptions.of(words);
    if (options.isEmpty()) {
      shell.screen().line("Invalid options");
      return;
    }
    Optional<IpAddress> target = Targets.find(shell, words.get(1), true);
    if (target.isPresent()) {
      String shown = IpAddress.parse(words.get(1)).isPresent() ? words.get(1) : target.get() + "";
      new PingCommand(shell, shown, target.get(), options.get()).run();
    }
  }

  private void run() throws InterruptedException {
    shell.screen().print("\n");
    if (Targets.isSelf(shell, target)) {
      pingSelf();
    } else if (Targets.reaches(shell, target)) {
      if (options.protocol == IpProtocols.TCP && options.tcpFlags == 0) {
        new TcpPing(shell, word, target, options).run();
      } else {
        pingOther();
      }
    }
  }

  private void pingSelf() throws InterruptedException {
    for (int i = 1; i <= options.count || options.count < 0; i++) {
      shell.screen().format("%s icmp_seq=%d ttl=%d time=0.001 ms\n", target, i, options.ttl);
      // An endless one must not keep a processor busy; its answers are there at once.
      shell.host().pause(Duration.ofMillis(1));
    }
  }

  private void pingOther() throws InterruptedException {
    for (int i = 1; i <= options.count || options.count < 0; i++) {
      if (i > 1) {
        shell.host().pause(Duration.ofMillis(options.interval));
      }
      ping(i);
    }
  }

  private void ping(int number) throws InterruptedException {
    boolean icmp = options.protocol == IpProtocols.ICMP;
    long sent = shell.host().nanos();
    CompletableFuture<Reply> reply =
        shell
            .host()
            .probe(
                new Probe(
                    target,
                    options.protocol,
                    icmp ? identifier : options.sourcePort,
                    icmp ? number & 0xffff : options.destinationPort,
                    options.tcpFlags,
                    options.size,
                    options.ttl,
                    options.dontFragment,
                    options.mtu));
    print(number, sent, Targets.await(shell, reply, options.wait));
  }

  private void print(int number, long sent, Optional<Reply> reply) {
    String counter = options.counter(six);
    if (reply.isEmpty()) {
      shell.screen().format("%s %s=%d timeout\n", word, counter, number);
      return;
    }
    Reply got = reply.get();
    double milliseconds = Math.max(0, (got.at() - sent) / 1e6);
    String size =
        switch (got) {
          case Reply.Echo echo when !six -> echo.size() + " bytes from ";
          case Reply.Segment segment when !six -> segment.size() + " bytes from ";
          case Reply.Error error -> "*";
          default -> "";
        };
    shell
        .screen()
        .format(
            "%s%s %s=%d ttl=%d time=%.3f ms",
            size, got.from(), counter, number, got.ttl(), milliseconds);
    if (got instanceof Reply.Error error) {
      shell
          .screen()
          .print(
              six && error.type() == 2
                  ? " (new MTU " + error.mtu() + ")"
                  : " " + IcmpTexts.describe(six, error.type(), error.code()));
    }
    shell.screen().print("\n");
  }
}
