package io.patchbay.server.auth;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Who was found to be right a short while ago, so that not each request costs a password hash or a
 * question to the directory. No password is kept, only a hash of name and password together under a
 * key that lives as long as the process. Thread-safe, bounded.
 */
final class SuccessCache {
  private static final String HASH = "HmacSHA256";
  private static final int CAPACITY = 10_000;
  private static final int KEY_LENGTH = 32;

  private final long lifetime;
  private final LongSupplier clock;
  private final SecretKeySpec salt;
  private final Map<Key, Entry> entries = new Recent<>(CAPACITY);

  /** Stands for a name and a password. */
  record Key(String hash) {}

  private record Entry(Caller caller, long until) {}

  /**
   * @param clock as {@link System#nanoTime}
   */
  SuccessCache(Duration lifetime, LongSupplier clock) {
    this.lifetime = lifetime.toNanos();
    this.clock = clock;
    byte[] random = new byte[KEY_LENGTH];
    new SecureRandom().nextBytes(random);
    salt = new SecretKeySpec(random, HASH);
  }

  Key key(String name, String password) {
    try {
      Mac mac = Mac.getInstance(HASH);
      mac.init(salt);
      mac.update(name.getBytes(StandardCharsets.UTF_8));
      mac.update((byte) 0);
      mac.update(password.getBytes(StandardCharsets.UTF_8));
      return new Key(HexFormat.of().formatHex(mac.doFinal()));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  Optional<Caller> find(Key key) {
    synchronized (entries) {
      Entry entry = entries.get(key);
      if (entry == null) {
        return Optional.empty();
      }
      if (entry.until() - clock.getAsLong() <= 0) {
        entries.remove(key);
        return Optional.empty();
      }
      return Optional.of(entry.caller());
    }
  }

  void put(Key key, Caller caller) {
    if (lifetime > 0) {
      synchronized (entries) {
        entries.put(key, new Entry(caller, clock.getAsLong() + lifetime));
      }
    }
  }
}
