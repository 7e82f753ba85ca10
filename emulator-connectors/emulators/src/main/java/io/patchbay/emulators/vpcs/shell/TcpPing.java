package io.patchbay.emulators.vpcs.shell;

import io.patchbay.netstack.host.Reply;
import io.patchbay.netstack.host.TcpConversation;
import io.patchbay.netstack.packet.IpAddress;
import io.patchbay.netstack.packet.Ipv4Address;
import java.time.Duration;
import java.util.Optional;

/** A ping by TCP: connects, sends, closes, and says how long each took. */
final class TcpPing {
  private final Shell shell;
  private final String word;
  private final IpAddress target;
  private final PingOptions options;
  private final Duration patience;

  TcpPing(Shell shell, String word, IpAddress target, PingOptions options) {
    this.shell = shell;
    this.word = word;
    this.target = target;
    this.options = options;
    patience = Duration.ofMillis(options.wait);
  }

  void run() throws InterruptedException {
    for (int i = 1; i <= options.count || options.count < 0; i++) {
      if (i > 1) {
        shell.host().pause(Duration.ofMillis(options.wait));
      }
      // Another port each time, as the last connection may not be over for the other side.
      int port = 1024 + (options.sourcePort - 1024 + i - 1) % (65_536 - 1024);
      try (TcpConversation conversation =
          shell.host().converse(target, port, options.destinationPort, options.ttl)) {
        converse(i, conversation);
      }
    }
  }

  private void converse(int number, TcpConversation conversation) throws InterruptedException {
    long start = shell.host().nanos();
    Optional<Reply> opened = conversation.open(patience);
    if (opened.isEmpty()) {
      shell.screen().line("Connect   " + peer() + " timeout");
    } else if (opened.get() instanceof Reply.Error error) {
      refused(number, error, milliseconds(start, error));
    } else if (opened.get() instanceof Reply.Segment segment
        && !TcpConversation.isAccepted(segment)) {
      shell.screen().line("Connect   " + peer() + " RST returned");
    } else {
      print("Connect  ", number, start, opened.get());
      send(number, conversation);
    }
  }

  private void send(int number, TcpConversation conversation) throws InterruptedException {
    long start = shell.host().nanos();
    Optional<Reply> sent = conversation.send(Math.min(options.size, 1400), patience);
    if (sent.isEmpty()) {
      shell.screen().line("SendData  " + peer() + " timeout");
      return;
    }
    print("SendData ", number, start, sent.get());
    start = shell.host().nanos();
    Optional<Reply> closed = conversation.finish(patience);
    if (closed.isEmpty()) {
      shell
          .screen()
          .format("Close     %s timeout(%.3fms)\n", peer(), (shell.host().nanos() - start) / 1e6);
    } else {
      print("Close    ", number, start, closed.get());
    }
  }

  private String peer() {
    return options.destinationPort + "@" + word;
  }

  private static double milliseconds(long start, Reply reply) {
    return Math.max(0, (reply.at() - start) / 1e6);
  }

  private void print(String what, int number, long start, Reply reply) {
    shell
        .screen()
        .format(
            "%s %s seq=%d ttl=%d time=%.3f ms\n",
            what, peer(), number, reply.ttl(), milliseconds(start, reply));
  }

  private void refused(int number, Reply.Error error, double milliseconds) {
    boolean six = !(target instanceof Ipv4Address);
    shell
        .screen()
        .format(
            "*%s %s=%d ttl=%d time=%.3f ms %s\n",
            error.from(),
            options.counter(six),
            number,
            error.ttl(),
            milliseconds,
            IcmpTexts.describe(six, error.type(), error.code()));
  }
}
