package io.patchbay.server.ldap;

import io.patchbay.server.config.LdapSettings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Settings of a directory for tests, with the defaults of the product. */
final class LdapForm {
  private List<String> urls = List.of();
  private boolean startTls;
  private Optional<Path> trustStore = Optional.empty();
  private Optional<String> userPattern = Optional.empty();
  private Optional<String> bindDn = Optional.empty();
  private Optional<String> bindPassword = Optional.empty();
  private Optional<String> userBase = Optional.empty();
  private String userFilter = "(uid={0})";
  private String name = "uid";
  private Optional<String> groupBase = Optional.empty();
  private String groupFilter = "(member={0})";
  private int nested = 5;
  private int pageSize = 500;
  private int readTimeout = 10_000;

  LdapForm urls(String... values) {
    urls = List.of(values);
    return this;
  }

  LdapForm startTls() {
    startTls = true;
    return this;
  }

  LdapForm trustStore(String file) {
    trustStore = Optional.of(Path.of(file));
    return this;
  }

  LdapForm userPattern(String value) {
    userPattern = Optional.of(value);
    return this;
  }

  LdapForm bind(String dn, String password) {
    bindDn = Optional.of(dn);
    bindPassword = Optional.of(password);
    return this;
  }

  LdapForm userBase(String dn) {
    userBase = Optional.of(dn);
    return this;
  }

  LdapForm noUserBase() {
    userBase = Optional.empty();
    return this;
  }

  LdapForm userFilter(String value) {
    userFilter = value;
    return this;
  }

  LdapForm name(String attribute) {
    name = attribute;
    return this;
  }

  LdapForm groupBase(String dn) {
    groupBase = Optional.of(dn);
    return this;
  }

  LdapForm groupFilter(String value) {
    groupFilter = value;
    return this;
  }

  LdapForm nested(int steps) {
    nested = steps;
    return this;
  }

  LdapForm pageSize(int entries) {
    pageSize = entries;
    return this;
  }

  LdapForm readTimeout(int milliseconds) {
    readTimeout = milliseconds;
    return this;
  }

  LdapSettings settings() {
    return new LdapSettings(
        urls,
        startTls,
        trustStore,
        Optional.empty(),
        userPattern,
        bindDn,
        bindPassword,
        userBase,
        userFilter,
        name,
        Optional.of("memberOf"),
        groupBase,
        groupFilter,
        "cn",
        nested,
        pageSize,
        Duration.ofMillis(2_000),
        Duration.ofMillis(readTimeout));
  }
}
