package io.patchbay.netstack.host;

import io.patchbay.netstack.packet.DnsMessage;
import io.patchbay.netstack.packet.IpAddress;
import io.patchbay.netstack.packet.IpProtocols;
import io.patchbay.netstack.packet.UdpDatagram;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Consumer;

/** Looks names up (RFC 1035): an IPv4 address if there is one, else an IPv6 address. */
final class DnsResolver {
  private static final Duration PATIENCE = Duration.ofSeconds(1);
  private static final int ROUNDS = 2;
  private static final int FIRST_PORT = 49_152;

  private final HostCore core;
  private final Map<Integer, Transports.UdpListener> ports;
  private final Consumer<Outgoing> send;

  /** From where a server is asked. */
  record Server(IpAddress address, IpAddress source) {}

  DnsResolver(HostCore core, Map<Integer, Transports.UdpListener> ports, Consumer<Outgoing> send) {
    this.core = core;
    this.ports = ports;
    this.send = send;
  }

  /**
   * Looks a name up.
   *
   * @return nothing if no server knows it or none answers
   */
  CompletableFuture<Optional<HostName>> resolve(String name, List<Server> servers) {
    CompletableFuture<Optional<HostName>> result = new CompletableFuture<>();
    if (servers.isEmpty() || !DnsMessage.isName(name)) {
      core.complete(result, Optional.empty());
    } else {
      new Lookup(name.toLowerCase(Locale.ROOT), servers, result).ask();
    }
    return result;
  }

  private final class Lookup {
    private final String name;
    private final List<Server> order = new ArrayList<>();
    private final CompletableFuture<Optional<HostName>> result;
    private final int port;
    private final int id = ThreadLocalRandom.current().nextInt(1 << 16);
    private int type = DnsMessage.A;
    private int asked;
    private boolean heard;
    private HostScheduler.Timer timer = HostScheduler.Timer.NONE;

    Lookup(String name, List<Server> servers, CompletableFuture<Optional<HostName>> result) {
      this.name = name;
      this.result = result;
      for (int round = 0; round < ROUNDS; round++) {
        order.addAll(servers);
      }
      int free = ThreadLocalRandom.current().nextInt(FIRST_PORT, 1 << 16);
      while (ports.containsKey(free)) {
        free = free + 1 == 1 << 16 ? FIRST_PORT : free + 1;
      }
      port = free;
      ports.put(port, this::receive);
    }

    void ask() {
      if (asked == order.size()) {
        if (type == DnsMessage.AAAA || !heard) {
          end(Optional.empty());
          return;
        }
        // Some servers refuse to say that a name has no address of this kind.
        askForSix();
      }
      Server server = order.get(asked++);
      byte[] datagram =
          UdpDatagram.make(
              server.source(),
              port,
              server.address(),
              DnsMessage.PORT,
              DnsMessage.query(id, name, type));
      send.accept(new Outgoing(server.source(), server.address(), IpProtocols.UDP, datagram));
      timer = core.later(PATIENCE, this::ask);
    }

    void receive(Incoming packet, UdpDatagram datagram) {
      Server server = order.get(Math.max(0, asked - 1));
      if (datagram.sourcePort() != DnsMessage.PORT || !packet.source().equals(server.address())) {
        return;
      }
      DnsMessage message = DnsMessage.of(datagram.data());
      if (message.id() != id || !message.question().equals(name)) {
        return;
      }
      timer.cancel();
      heard = true;
      Optional<HostName> found = find(message);
      if (found.isPresent()) {
        end(found);
        return;
      }
      if (message.code() == 0 && type == DnsMessage.A) {
        askForSix();
      }
      ask();
    }

    private void askForSix() {
      type = DnsMessage.AAAA;
      asked = 0;
    }

    private Optional<HostName> find(DnsMessage message) {
      String canonical = name;
      for (DnsMessage.Answer answer : message.answers()) {
        if (answer.name().equals(canonical)) {
          if (answer.address().isPresent() && answer.type() == type) {
            return Optional.of(new HostName(canonical, answer.address().get()));
          }
          canonical = answer.alias().orElse(canonical);
        }
      }
      return Optional.empty();
    }

    private void end(Optional<HostName> found) {
      timer.cancel();
      ports.remove(port);
      core.complete(result, found);
    }
  }
}
