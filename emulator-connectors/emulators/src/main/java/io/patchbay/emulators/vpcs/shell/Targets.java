package io.patchbay.emulators.vpcs.shell;

import io.patchbay.netstack.host.HostName;
import io.patchbay.netstack.host.Reach;
import io.patchbay.netstack.packet.IpAddress;
import io.patchbay.netstack.packet.Ipv4Address;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;

/** What ping and trace have in common: whom they mean, and whether it can be reached. */
final class Targets {
  private static final Duration NEVER_LONGER = Duration.ofSeconds(60);

  private Targets() {}

  /**
   * Finds the address of a word; says so if there is none.
   *
   * @param withAlias whether the canonical name is shown too, as ping does
   */
  static Optional<IpAddress> find(Shell shell, String word, boolean withAlias)
      throws InterruptedException {
    if (word.indexOf(':') >= 0) {
      Optional<IpAddress> address = IpAddress.parse(word);
      if (address.isEmpty()) {
        shell.screen().line("\nInvalid address: " + word);
      }
      return address;
    }
    Optional<IpAddress> address =
        IpAddress.parse(word)
            .filter(known -> !known.isUnspecified() && !known.equals(Ipv4Address.BROADCAST));
    if (address.isPresent()) {
      return address;
    }
    Optional<HostName> found = await(shell, shell.host().resolve(word)).flatMap(known -> known);
    if (found.isEmpty()) {
      shell.screen().line("Cannot resolve " + word);
      return Optional.empty();
    }
    HostName host = found.get();
    String shown =
        withAlias && !host.name().equals(word)
            ? host.name() + "(" + host.address() + ")"
            : host.address().toString();
    shell.screen().line((withAlias ? word : host.name()) + " resolved to " + shown);
    return Optional.of(host.address());
  }

  /** Whether packets can be sent there; says so if not. */
  static boolean reaches(Shell shell, IpAddress target) throws InterruptedException {
    Reach reach =
        await(shell, shell.host().reach(target)).orElse(new Reach(Reach.State.SILENT, target));
    boolean four = target instanceof Ipv4Address;
    switch (reach.state()) {
      case NO_GATEWAY ->
          shell.screen().line(four ? "No gateway found" : "host (" + target + ") not reachable");
      case SILENT ->
          shell.screen().line("host (" + (four ? reach.hop() : target) + ") not reachable");
      case REACHABLE -> {}
    }
    return reach.state() == Reach.State.REACHABLE;
  }

  static boolean isSelf(Shell shell, IpAddress target) {
    return target.equals(shell.host().ipv4().address())
        || target.equals(shell.host().linkLocal())
        || target.equals(shell.host().ipv6().address());
  }

  /** Waits for something that is known to come to an end. */
  static <T> Optional<T> await(Shell shell, CompletableFuture<T> future)
      throws InterruptedException {
    return await(shell, future, NEVER_LONGER.toMillis());
  }

  /** Waits so many milliseconds; nothing if that was not enough. */
  static <T> Optional<T> await(Shell shell, CompletableFuture<T> future, long milliseconds)
      throws InterruptedException {
    try {
      shell.host().await(future, Duration.ofMillis(milliseconds));
      return future.state() == Future.State.SUCCESS
          ? Optional.of(future.resultNow())
          : Optional.empty();
    } finally {
      // Nobody waits for it any longer, whatever happens.
      future.cancel(false);
    }
  }
}
