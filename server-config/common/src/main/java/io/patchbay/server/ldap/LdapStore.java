package io.patchbay.server.ldap;

import com.unboundid.ldap.sdk.Entry;
import com.unboundid.ldap.sdk.Filter;
import com.unboundid.ldap.sdk.LDAPConnection;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.LDAPSearchException;
import com.unboundid.ldap.sdk.ResultCode;
import com.unboundid.ldap.sdk.SearchRequest;
import com.unboundid.ldap.sdk.SearchResultEntry;
import com.unboundid.ldap.sdk.SearchScope;
import com.unboundid.ldap.sdk.SimpleBindRequest;
import io.patchbay.server.auth.PasswordStore;
import io.patchbay.server.auth.StoreUnavailable;
import io.patchbay.server.config.LdapSettings;
import jakarta.security.enterprise.credential.UsernamePasswordCredential;
import jakarta.security.enterprise.identitystore.CredentialValidationResult;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Users of an LDAP directory: a password is right if the directory lets the user bind with it and
 * the user's entry matches the filter. Each check has a connection of its own, since a bind changes
 * whose the connection is and successful checks are remembered above this. Thread-safe.
 */
public final class LdapStore implements PasswordStore {
  private static final Logger LOG = Logger.getLogger(LdapStore.class.getName());

  /** What a bind answers for a user who is not there, is locked, or has another password. */
  private static final Set<ResultCode> REFUSALS =
      Set.of(
          ResultCode.INVALID_CREDENTIALS,
          ResultCode.NO_SUCH_OBJECT,
          ResultCode.INVALID_DN_SYNTAX,
          ResultCode.INAPPROPRIATE_AUTHENTICATION,
          ResultCode.CONSTRAINT_VIOLATION,
          ResultCode.UNWILLING_TO_PERFORM);

  private final LdapSettings settings;
  private final LdapServers servers;
  private final LdapGroups groups;
  private final Optional<NamePattern> pattern;
  private final FilterTemplate userFilter;

  /**
   * @throws IllegalStateException with a sentence for the administrator if the settings cannot be
   *     used
   */
  public LdapStore(LdapSettings settings) {
    this.settings = settings;
    if (settings.userPattern().isEmpty() && settings.userBase().isEmpty()) {
      throw new IllegalStateException(
          "patchbay.auth=ldap needs patchbay.ldap.user-pattern for a direct bind, or"
              + " patchbay.ldap.user-base to search users");
    }
    if (settings.bindDn().isPresent() != settings.bindPassword().isPresent()) {
      throw new IllegalStateException(
          "patchbay.ldap.bind-dn and patchbay.ldap.bind-password belong together");
    }
    servers = new LdapServers(settings);
    groups = new LdapGroups(settings);
    pattern = settings.userPattern().map(NamePattern::new);
    userFilter = new FilterTemplate("patchbay.ldap.user-filter", settings.userFilter());
  }

  @Override
  public CredentialValidationResult check(UsernamePasswordCredential given) {
    // To a directory an empty password is an anonymous login, which it grants.
    if (given.getCaller().isEmpty() || given.getPassword().getValue().length == 0) {
      return CredentialValidationResult.NOT_VALIDATED_RESULT;
    }
    return servers.with(connection -> check(connection, given));
  }

  private CredentialValidationResult check(
      LDAPConnection connection, UsernamePasswordCredential given) throws LDAPException {
    String name = given.getCaller();
    Optional<SearchResultEntry> found = Optional.empty();
    String bindName;
    if (pattern.isPresent()) {
      Optional<String> made = pattern.get().apply(name);
      if (made.isEmpty()) {
        return CredentialValidationResult.NOT_VALIDATED_RESULT;
      }
      bindName = made.get();
    } else {
      bindAsService(connection);
      found = search(connection, settings.userBase().orElseThrow(), SearchScope.SUB, name);
      if (found.isEmpty()) {
        return CredentialValidationResult.NOT_VALIDATED_RESULT;
      }
      bindName = found.get().getDN();
    }
    if (!binds(connection, bindName, given.getPasswordAsString())) {
      return found.isPresent()
          ? CredentialValidationResult.INVALID_RESULT
          : CredentialValidationResult.NOT_VALIDATED_RESULT;
    }
    // Users often may not read what the server's own account may.
    bindAsService(connection);
    if (found.isEmpty()) {
      found = ownEntry(connection, bindName, name);
    }
    return found.isPresent()
        ? result(connection, found.get(), name)
        : CredentialValidationResult.NOT_VALIDATED_RESULT;
  }

  private Optional<SearchResultEntry> ownEntry(
      LDAPConnection connection, String bindName, String name) throws LDAPException {
    return settings.userBase().isPresent()
        ? search(connection, settings.userBase().get(), SearchScope.SUB, name)
        : search(connection, bindName, SearchScope.BASE, name);
  }

  private void bindAsService(LDAPConnection connection) throws LDAPException {
    if (settings.bindDn().isPresent()
        && !binds(connection, settings.bindDn().get(), settings.bindPassword().orElseThrow())) {
      throw new StoreUnavailable(
          "the directory does not let patchbay.ldap.bind-dn in", new IllegalStateException());
    }
  }

  private static boolean binds(LDAPConnection connection, String name, String password)
      throws LDAPException {
    try {
      connection.bind(new SimpleBindRequest(name, password));
      return true;
    } catch (LDAPException refused) {
      if (REFUSALS.contains(refused.getResultCode())) {
        return false;
      }
      throw refused;
    }
  }

  private Optional<SearchResultEntry> search(
      LDAPConnection connection, String base, SearchScope scope, String name) throws LDAPException {
    Filter filter = userFilter.of(name, name);
    SearchRequest request =
        new SearchRequest(
            base,
            scope,
            filter,
            settings.nameAttribute(),
            settings.groupAttribute().orElse(SearchRequest.NO_ATTRIBUTES));
    request.setSizeLimit(2);
    List<SearchResultEntry> found;
    try {
      found = connection.search(request).getSearchEntries();
    } catch (LDAPSearchException failed) {
      if (failed.getResultCode() == ResultCode.NO_SUCH_OBJECT) {
        return Optional.empty();
      }
      if (failed.getResultCode() != ResultCode.SIZE_LIMIT_EXCEEDED) {
        throw failed;
      }
      found = failed.getSearchEntries();
    }
    if (found.size() > 1) {
      LOG.log(Level.WARNING, "more than one entry of the directory matches {0}", filter);
      return Optional.empty();
    }
    return found.stream().findFirst();
  }

  private CredentialValidationResult result(LDAPConnection connection, Entry entry, String typed)
      throws LDAPException {
    // One user has one name here, however it was typed.
    String name =
        Optional.ofNullable(entry.getAttributeValue(settings.nameAttribute()))
            .orElseGet(() -> typed.toLowerCase(Locale.ROOT));
    return new CredentialValidationResult(
        null, name, entry.getDN(), name, groups.of(connection, entry, name));
  }
}
