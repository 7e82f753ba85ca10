package io.patchbay.server.auth;

import io.patchbay.server.config.AuthSettings;
import io.patchbay.server.config.RoleSettings;
import io.patchbay.server.config.Settings;
import io.patchbay.server.ldap.LdapStore;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** Makes what the configuration says of users. */
final class Realms {
  private Realms() {}

  /**
   * @return empty if nobody is asked
   * @throws IllegalStateException if the configuration cannot be used
   */
  static Optional<Authenticator> authenticator(Settings settings) {
    AuthSettings auth = settings.auth();
    requireUse(auth);
    if (auth.asksNobody()) {
      requireLoopback("patchbay.http.host", settings.httpHost());
      settings.httpsHost().ifPresent(host -> requireLoopback("patchbay.https.host", host));
      return Optional.empty();
    }
    List<PasswordStore> stores =
        auth.chain().stream().map(kind -> store(kind, auth, settings)).toList();
    RoleSettings roles = settings.roles();
    if (!auth.chain().contains("user") && !roles.hasAdministrator()) {
      throw new IllegalStateException(
          "Patchbay does not start: nobody would be an administrator. Name users, or groups with @"
              + " before them, in patchbay.roles.administrator (see docs/security.md).");
    }
    return Optional.of(
        new Authenticator(
            new StoreChain(stores),
            roles,
            new SuccessCache(auth.cache(), System::nanoTime),
            new Throttle(auth.userFailures(), auth.addressFailures(), System::nanoTime)));
  }

  /**
   * A password that counts for nothing would leave a server open that its owner takes for closed.
   */
  static void requireUse(AuthSettings auth) {
    if (!auth.chain().contains("user")
        && (auth.password().isPresent() || auth.passwordHash().isPresent())) {
      throw new IllegalStateException(
          "Patchbay does not start: patchbay.auth.password or its hash is set, but nobody is asked"
              + " for it, since patchbay.auth does not name user (see docs/security.md).");
    }
  }

  static void requireLoopback(String key, String host) {
    boolean loopback;
    try {
      loopback = InetAddress.getByName(host).isLoopbackAddress();
    } catch (UnknownHostException unknown) {
      loopback = false;
    }
    if (!loopback) {
      throw new IllegalStateException(
          ("Patchbay does not start: with %s=%s others can reach it, and"
                  + " patchbay.auth=none would let everybody in. Set patchbay.auth (user,"
                  + " users-file, ldap or container; see docs/security.md), or listen on"
                  + " 127.0.0.1.")
              .formatted(key, host));
    }
  }

  private static PasswordStore store(String kind, AuthSettings auth, Settings settings) {
    return switch (kind) {
      case "user" -> user(auth);
      case "users-file" -> new UsersFile(auth.usersFile());
      case "ldap" -> new LdapStore(settings.ldap());
      case "container" -> new ContainerStore();
      case "none" -> throw new IllegalStateException("patchbay.auth has none together with others");
      default ->
          throw new IllegalStateException(
              "patchbay.auth knows none, user, users-file, ldap and container, and not " + kind);
    };
  }

  private static StaticStore user(AuthSettings auth) {
    String name =
        auth.user()
            .orElseThrow(
                () -> new IllegalStateException("patchbay.auth=user needs patchbay.auth.user"));
    if (name.contains(":") || auth.password().isPresent() == auth.passwordHash().isPresent()) {
      throw new IllegalStateException(
          "patchbay.auth=user needs a name without a colon, and either patchbay.auth.password or"
              + " patchbay.auth.password-hash");
    }
    return new StaticStore(
        name, auth.passwordHash().map(Realms::hashed).orElseGet(() -> clear(auth)));
  }

  private static Predicate<char[]> hashed(String text) {
    try {
      return PasswordHash.parse(text)::matches;
    } catch (IllegalArgumentException broken) {
      throw new IllegalStateException("patchbay.auth.password-hash: " + broken.getMessage());
    }
  }

  private static Predicate<char[]> clear(AuthSettings auth) {
    byte[] right = digest(auth.password().orElseThrow());
    return given -> MessageDigest.isEqual(right, digest(new String(given)));
  }

  /** Of the same length for all, so that comparing tells nothing of the password's. */
  private static byte[] digest(String password) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(password.getBytes(StandardCharsets.UTF_8));
    } catch (java.security.NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
