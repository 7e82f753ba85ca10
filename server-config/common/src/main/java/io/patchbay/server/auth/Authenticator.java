package io.patchbay.server.auth;

import io.patchbay.server.auth.Verdict.Known;
import io.patchbay.server.auth.Verdict.Refused;
import io.patchbay.server.config.RoleSettings;
import jakarta.security.enterprise.identitystore.CredentialValidationResult;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Finds out whose a name and a password are. What was right lately is answered from memory; of
 * requests with the same credentials that come together one asks for all, since clients open
 * several connections at once. Thread-safe.
 */
final class Authenticator {
  private static final Logger LOG = Logger.getLogger(Authenticator.class.getName());
  private static final Duration PATIENCE = Duration.ofSeconds(3);
  private static final Duration SOON = Duration.ofSeconds(2);

  /** Threads of the server that may wait here; the others serve those who are known. */
  private static final int WAITING = 32;

  private final StoreChain stores;
  private final RoleSettings roles;
  private final SuccessCache cache;
  private final Throttle throttle;
  private final Semaphore places = new Semaphore(WAITING);
  private final Map<SuccessCache.Key, CompletableFuture<Verdict>> underWay =
      new ConcurrentHashMap<>();

  Authenticator(StoreChain stores, RoleSettings roles, SuccessCache cache, Throttle throttle) {
    this.stores = stores;
    this.roles = roles;
    this.cache = cache;
    this.throttle = throttle;
  }

  Verdict check(BasicCredential given) {
    SuccessCache.Key key = cache.key(given.getCaller(), given.getPasswordAsString());
    Optional<Caller> known = cache.find(key);
    if (known.isPresent()) {
      return new Known(known.get());
    }
    try {
      if (!places.tryAcquire(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
        return busy();
      }
    } catch (InterruptedException stopping) {
      Thread.currentThread().interrupt();
      return busy();
    }
    try {
      return once(key, given);
    } finally {
      places.release();
    }
  }

  private static Refused busy() {
    return new Refused(503, "Too many logins at once", Optional.of(SOON));
  }

  private Verdict once(SuccessCache.Key key, BasicCredential given) {
    CompletableFuture<Verdict> mine = new CompletableFuture<>();
    CompletableFuture<Verdict> others = underWay.putIfAbsent(key, mine);
    if (others != null) {
      return others.join();
    }
    Verdict verdict = new Refused(503, "Who you are cannot be found out", Optional.of(SOON));
    try {
      // Whoever asked before may have ended since this request looked.
      Optional<Caller> known = cache.find(key);
      verdict = known.isPresent() ? new Known(known.get()) : ask(given);
      if (verdict instanceof Known right) {
        cache.put(key, right.caller());
      }
      return verdict;
    } finally {
      underWay.remove(key);
      mine.complete(verdict);
    }
  }

  private Verdict ask(BasicCredential given) {
    String name = given.getCaller();
    String address = given.request().getRemoteAddr();
    Optional<Duration> wait = throttle.begin(name, address);
    if (wait.isPresent()) {
      return new Refused(429, "Too many wrong passwords: wait a little", wait);
    }
    try {
      Optional<CredentialValidationResult> found = stores.validate(given);
      if (found.isEmpty()) {
        LOG.log(
            Level.WARNING, "wrong user or password: {0} from {1}", new Object[] {name, address});
        return Refused.unknown("Wrong user or password");
      }
      throttle.succeeded(name, address);
      return new Known(caller(found.get()));
    } catch (StoreUnavailable away) {
      throttle.undecided(name, address);
      return new Refused(
          503, "Users cannot be checked now: their directory cannot be reached", Optional.of(SOON));
    }
  }

  private Caller caller(CredentialValidationResult found) {
    String name = found.getCallerPrincipal().getName();
    Set<String> groups = found.getCallerGroups();
    Role role =
        StaticStore.ID.equals(found.getIdentityStoreId())
            ? Role.ADMINISTRATOR
            : roles.of(name, groups);
    return new Caller(name, groups, role);
  }
}
