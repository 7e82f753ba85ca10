package io.patchbay.netstack.host;

import io.patchbay.netstack.packet.DhcpMessage;
import io.patchbay.netstack.packet.IpProtocols;
import io.patchbay.netstack.packet.Ipv4Address;
import io.patchbay.netstack.packet.Macs;
import io.patchbay.netstack.packet.Octets;
import io.patchbay.netstack.packet.UdpDatagram;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Consumer;

/**
 * A DHCP client (RFC 2131): gets an address, keeps it by renewing and rebinding, gives it back.
 * Used under the host's lock.
 */
final class DhcpClient {
  private static final Duration[] DISCOVER_WAITS = {
    Duration.ofSeconds(1), Duration.ofSeconds(3), Duration.ofSeconds(9)
  };
  private static final Duration REQUEST_WAIT = Duration.ofSeconds(1);
  private static final int REQUESTS = 3;
  private static final Duration LEAST_RETRY = Duration.ofSeconds(60);

  private enum State {
    IDLE,
    SELECTING,
    REQUESTING,
    BOUND,
    EXTENDING
  }

  private final HostCore core;
  private final Ipv4Layer ip;
  private final Owner owner;
  private State state = State.IDLE;
  private Optional<DhcpLease> lease = Optional.empty();
  private CompletableFuture<DhcpResult> result = new CompletableFuture<>();
  private Consumer<DhcpMessage> observer = message -> {};
  private HostScheduler.Timer timer = HostScheduler.Timer.NONE;
  private int transaction;
  private int attempts;
  private Ipv4Address offered = Ipv4Address.NONE;
  private Ipv4Address server = Ipv4Address.NONE;

  /** Who uses the addresses that are got. */
  interface Owner {
    String hostName();

    void bound(DhcpLease lease);

    void lost();
  }

  DhcpClient(HostCore core, Ipv4Layer ip, Owner owner) {
    this.core = core;
    this.ip = ip;
    this.owner = owner;
  }

  Optional<DhcpLease> lease() {
    return lease;
  }

  /**
   * Gets an address.
   *
   * @param newObserver sees every message that is sent or comes, outside the lock
   */
  CompletableFuture<DhcpResult> discover(Consumer<DhcpMessage> newObserver) {
    stop();
    observer = newObserver;
    result = new CompletableFuture<>();
    state = State.SELECTING;
    attempts = 0;
    transaction = ThreadLocalRandom.current().nextInt();
    discoverAgain();
    return result;
  }

  private void discoverAgain() {
    if (attempts == DISCOVER_WAITS.length) {
      end(new DhcpResult.NoServer());
      return;
    }
    DhcpMessage.Builder message = start(DhcpMessage.DISCOVER, Ipv4Address.NONE);
    lease.ifPresent(
        last -> message.option(DhcpMessage.REQUESTED_ADDRESS, last.settings().address()));
    broadcast(wishes(message).build());
    timer = core.later(DISCOVER_WAITS[attempts++], this::discoverAgain);
  }

  private void requestAgain() {
    if (attempts++ == REQUESTS) {
      end(new DhcpResult.NotAcknowledged());
      return;
    }
    broadcast(
        wishes(
                start(DhcpMessage.REQUEST, Ipv4Address.NONE)
                    .option(DhcpMessage.SERVER, server)
                    .option(DhcpMessage.REQUESTED_ADDRESS, offered))
            .build());
    timer = core.later(REQUEST_WAIT, this::requestAgain);
  }

  private DhcpMessage.Builder start(int type, Ipv4Address clientAddress) {
    DhcpMessage.Builder message = DhcpMessage.request(type, transaction, core.mac(), clientAddress);
    byte[] name = owner.hostName().getBytes(StandardCharsets.UTF_8);
    if (name.length > 0 && name.length < 64 && hasName(type)) {
      message.option(DhcpMessage.HOST_NAME, name);
    }
    return message.client(core.mac());
  }

  private static boolean hasName(int type) {
    return type == DhcpMessage.DISCOVER || type == DhcpMessage.REQUEST;
  }

  private DhcpMessage.Builder wishes(DhcpMessage.Builder message) {
    return message.option(
        DhcpMessage.PARAMETER_LIST,
        new byte[] {
          DhcpMessage.SUBNET_MASK, DhcpMessage.ROUTERS, DhcpMessage.DNS_SERVERS, DhcpMessage.DOMAIN
        });
  }

  private void broadcast(byte[] message) {
    observe(message);
    Ipv4Address from = state == State.EXTENDING ? ip.settings().address() : Ipv4Address.NONE;
    ip.emit(Macs.BROADCAST, packet(from, Ipv4Address.BROADCAST, message));
  }

  private void unicast(byte[] message) {
    observe(message);
    ip.send(packet(ip.settings().address(), server, message));
  }

  private static Outgoing packet(Ipv4Address from, Ipv4Address to, byte[] message) {
    return new Outgoing(
        from,
        to,
        IpProtocols.UDP,
        UdpDatagram.make(from, DhcpMessage.CLIENT_PORT, to, DhcpMessage.SERVER_PORT, message));
  }

  private void observe(byte[] message) {
    Consumer<DhcpMessage> to = observer;
    core.observe(() -> to.accept(DhcpMessage.of(Octets.of(message))));
  }

  void receive(Incoming packet, UdpDatagram datagram) {
    if (state == State.IDLE || state == State.BOUND || datagram.sourcePort() != 67) {
      return;
    }
    DhcpMessage message = DhcpMessage.of(datagram.data());
    if (message.isRequest()
        || message.transaction() != transaction
        || message.clientMac() != core.mac()) {
      return;
    }
    byte[] copy = datagram.data().toBytes();
    switch (message.type()) {
      case DhcpMessage.OFFER -> {
        if (state == State.SELECTING && !message.yourAddress().isUnspecified()) {
          observe(copy);
          offered = message.yourAddress();
          server = message.address(DhcpMessage.SERVER).orElse((Ipv4Address) packet.source());
          state = State.REQUESTING;
          attempts = 0;
          timer.cancel();
          requestAgain();
        }
      }
      case DhcpMessage.ACK -> {
        if (state != State.SELECTING) {
          observe(copy);
          acknowledged(message);
        }
      }
      case DhcpMessage.NAK -> {
        if (state == State.REQUESTING) {
          observe(copy);
          end(new DhcpResult.NotAcknowledged());
        } else if (state == State.EXTENDING) {
          expire();
        }
      }
      default -> {}
    }
  }

  private void acknowledged(DhcpMessage message) {
    timer.cancel();
    DhcpLease fresh = DhcpLeases.of(message, server, core.nanos());
    if (state == State.EXTENDING) {
      bind(fresh);
      return;
    }
    ip.arp()
        .probe(fresh.settings().address())
        .thenAccept(other -> core.run(() -> checked(fresh, other)));
  }

  private void checked(DhcpLease fresh, OptionalLong other) {
    if (state != State.REQUESTING) {
      return;
    }
    if (other.isPresent()) {
      broadcast(
          start(DhcpMessage.DECLINE, Ipv4Address.NONE)
              .option(DhcpMessage.SERVER, server)
              .option(DhcpMessage.REQUESTED_ADDRESS, fresh.settings().address())
              .build());
      end(new DhcpResult.InUse(fresh, other.getAsLong()));
      return;
    }
    bind(fresh);
    core.complete(result, new DhcpResult.Bound(fresh));
  }

  private void bind(DhcpLease fresh) {
    lease = Optional.of(fresh);
    state = State.BOUND;
    observer = message -> {};
    owner.bound(fresh);
    if (fresh.seconds() != Lifetime.FOREVER) {
      timer = core.later(Duration.ofSeconds(fresh.renewal()), () -> extend(fresh));
    }
  }

  /** Asks for more time: until the rebinding time the server that gave the lease, then anybody. */
  private void extend(DhcpLease old) {
    long age = Duration.ofNanos(core.nanos() - old.at()).toSeconds();
    if (age >= old.seconds()) {
      expire();
      return;
    }
    state = State.EXTENDING;
    transaction = ThreadLocalRandom.current().nextInt();
    byte[] request = wishes(start(DhcpMessage.REQUEST, old.settings().address())).build();
    long deadline = age < old.rebinding() ? old.rebinding() : old.seconds();
    if (age < old.rebinding()) {
      unicast(request);
    } else {
      broadcast(request);
    }
    long half = Math.max(LEAST_RETRY.toSeconds(), (deadline - age) / 2);
    timer =
        core.later(
            Duration.ofSeconds(Math.max(1, Math.min(half, deadline - age))), () -> extend(old));
  }

  private void expire() {
    timer.cancel();
    state = State.IDLE;
    lease = Optional.empty();
    owner.lost();
    core.notice("the DHCP lease has ended");
  }

  /**
   * Gives the address back; nothing is sent if there is none.
   *
   * @return whether there was one, once the address is gone
   */
  CompletableFuture<Boolean> release(Consumer<DhcpMessage> newObserver) {
    Optional<DhcpLease> last = lease;
    CompletableFuture<Boolean> done = new CompletableFuture<>();
    stop();
    lease = Optional.empty();
    observer = newObserver;
    if (last.isEmpty()) {
      core.complete(done, false);
      return done;
    }
    server = last.get().server();
    // The server's MAC address is asked for with the address that is given back.
    ip.reach(server).thenAccept(reach -> core.run(() -> release(last.get(), done)));
    return done;
  }

  private void release(DhcpLease given, CompletableFuture<Boolean> done) {
    if (state == State.IDLE && given.settings().equals(ip.settings())) {
      unicast(
          start(DhcpMessage.RELEASE, given.settings().address())
              .option(DhcpMessage.SERVER, server)
              .build());
      owner.lost();
    }
    core.complete(done, true);
  }

  /** Forgets the lease without a word to the server, as somebody set an address by hand. */
  void forget() {
    stop();
    lease = Optional.empty();
  }

  private void stop() {
    timer.cancel();
    if (state != State.IDLE && state != State.BOUND) {
      core.complete(result, new DhcpResult.NotAcknowledged());
    }
    state = State.IDLE;
  }

  private void end(DhcpResult how) {
    timer.cancel();
    state = State.IDLE;
    core.complete(result, how);
  }
}
