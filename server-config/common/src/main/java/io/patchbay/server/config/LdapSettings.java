package io.patchbay.server.config;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.config.Config;

/**
 * How a directory is asked; {@code {0}} stands for the user's name in the patterns and filters of
 * users, and for the distinguished name, with {@code {1}} for the user's name, in those of groups.
 *
 * @param urls {@code ldaps://host:port} or {@code ldap://host:port}, in the order of preference
 * @param trustStore certificates to trust in place of the JVM's: PEM, PKCS#12 or JKS
 * @param userPattern where users are, or what they bind as: for direct bind
 * @param bindDn who searches; empty for the user himself, or nobody, to do so
 * @param userBase where users are searched
 * @param userFilter which entry is the user's; a user whose entry does not match is refused
 * @param nameAttribute holds the name that the user has here
 * @param groupAttribute of a user's entry, with the distinguished names of groups
 * @param groupBase where groups are searched
 * @param nested how many steps up groups of groups are followed
 */
public record LdapSettings(
    List<String> urls,
    boolean startTls,
    Optional<Path> trustStore,
    Optional<String> trustStorePassword,
    Optional<String> userPattern,
    Optional<String> bindDn,
    Optional<String> bindPassword,
    Optional<String> userBase,
    String userFilter,
    String nameAttribute,
    Optional<String> groupAttribute,
    Optional<String> groupBase,
    String groupFilter,
    String groupNameAttribute,
    int nested,
    int pageSize,
    Duration connectTimeout,
    Duration readTimeout) {

  static LdapSettings of(Config config) {
    return new LdapSettings(
        config.getOptionalValues("patchbay.ldap.urls", String.class).orElse(List.of()).stream()
            .map(String::strip)
            .toList(),
        config.getValue("patchbay.ldap.start-tls", Boolean.class),
        text(config, "trust-store").map(Path::of),
        text(config, "trust-store-password"),
        text(config, "user-pattern"),
        text(config, "bind-dn"),
        text(config, "bind-password"),
        text(config, "user-base"),
        config.getValue("patchbay.ldap.user-filter", String.class),
        config.getValue("patchbay.ldap.name-attribute", String.class),
        text(config, "group-attribute"),
        text(config, "group-base"),
        config.getValue("patchbay.ldap.group-filter", String.class),
        config.getValue("patchbay.ldap.group-name-attribute", String.class),
        number(config, "nested-groups"),
        number(config, "page-size"),
        Duration.ofMillis(number(config, "connect-timeout")),
        Duration.ofMillis(number(config, "read-timeout")));
  }

  private static Optional<String> text(Config config, String key) {
    return config.getOptionalValue("patchbay.ldap." + key, String.class);
  }

  private static int number(Config config, String key) {
    return config.getValue("patchbay.ldap." + key, Integer.class);
  }

  /** A record would print the password. */
  @Override
  public String toString() {
    return urls.toString();
  }
}
