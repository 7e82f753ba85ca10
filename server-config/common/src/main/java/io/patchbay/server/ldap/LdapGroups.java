package io.patchbay.server.ldap;

import com.unboundid.asn1.ASN1OctetString;
import com.unboundid.ldap.sdk.DN;
import com.unboundid.ldap.sdk.Entry;
import com.unboundid.ldap.sdk.Filter;
import com.unboundid.ldap.sdk.LDAPConnection;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.ResultCode;
import com.unboundid.ldap.sdk.SearchRequest;
import com.unboundid.ldap.sdk.SearchResult;
import com.unboundid.ldap.sdk.SearchResultEntry;
import com.unboundid.ldap.sdk.SearchScope;
import com.unboundid.ldap.sdk.controls.SimplePagedResultsControl;
import io.patchbay.server.config.LdapSettings;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * The groups of a user: those that the user's entry names, those that a search finds, and the
 * groups that these are in. How deep and how many is bounded, so that circles and odd directories
 * do no harm.
 */
final class LdapGroups {
  private static final Logger LOG = Logger.getLogger(LdapGroups.class.getName());
  private static final int MOST = 2_000;

  /** What is said of one group, and not of the directory as a whole. */
  private static final Set<ResultCode> UNREADABLE =
      Set.of(
          ResultCode.INVALID_DN_SYNTAX,
          ResultCode.INSUFFICIENT_ACCESS_RIGHTS,
          ResultCode.NO_SUCH_OBJECT,
          ResultCode.REFERRAL);

  /** Groups whose parents one search asks for. */
  private static final int BATCH = 50;

  private final LdapSettings settings;
  private final FilterTemplate filter;

  LdapGroups(LdapSettings settings) {
    this.settings = settings;
    filter = new FilterTemplate("patchbay.ldap.group-filter", settings.groupFilter());
  }

  /** Each by its name and by its distinguished name. */
  Set<String> of(LDAPConnection connection, Entry user, String name) throws LDAPException {
    Map<DN, String> known = new LinkedHashMap<>();
    Collection<DN> fresh = add(known, named(user));
    if (settings.groupBase().isPresent()) {
      fresh = new ArrayList<>(fresh);
      fresh.addAll(add(known, search(connection, filter.of(user.getDN(), name))));
    }
    for (int step = 0; step < settings.nested() && !fresh.isEmpty(); step++) {
      fresh = add(known, parents(connection, List.copyOf(fresh)));
    }
    Set<String> groups = new HashSet<>(known.values());
    known.keySet().forEach(dn -> groups.add(dn.toString()));
    return groups;
  }

  /**
   * @return those that were not known
   */
  private static Collection<DN> add(Map<DN, String> known, Map<DN, String> found) {
    List<DN> fresh = new ArrayList<>();
    found.forEach(
        (dn, name) -> {
          if (known.size() >= MOST) {
            LOG.log(Level.WARNING, "more than {0} groups of one user: the rest is left out", MOST);
          } else if (known.putIfAbsent(dn, name) == null) {
            fresh.add(dn);
          }
        });
    return fresh;
  }

  private Map<DN, String> parents(LDAPConnection connection, List<DN> groups) throws LDAPException {
    Map<DN, String> parents = new LinkedHashMap<>();
    for (int from = 0; from < groups.size(); from += BATCH) {
      List<DN> some = groups.subList(from, Math.min(groups.size(), from + BATCH));
      if (settings.groupBase().isPresent()) {
        List<Filter> any = new ArrayList<>();
        for (DN group : some) {
          any.add(filter.of(group.toString(), ""));
        }
        parents.putAll(search(connection, Filter.createORFilter(any)));
      } else {
        for (DN group : some) {
          parents.putAll(entry(connection, group).map(this::named).orElse(Map.of()));
        }
      }
    }
    return parents;
  }

  /** Empty if it is not there, or is not for us to read. */
  private Optional<Entry> entry(LDAPConnection connection, DN group) throws LDAPException {
    try {
      return Optional.ofNullable(connection.getEntry(group.toString(), attributes()));
    } catch (LDAPException refused) {
      if (UNREADABLE.contains(refused.getResultCode())) {
        return Optional.empty();
      }
      throw refused;
    }
  }

  /** The groups that an entry says it is in. */
  private Map<DN, String> named(Entry entry) {
    Map<DN, String> groups = new LinkedHashMap<>();
    String[] values =
        settings.groupAttribute().map(entry::getAttributeValues).orElse(new String[0]);
    if (values != null) {
      for (String value : values) {
        parsed(value).ifPresent(dn -> groups.put(dn, firstValue(dn)));
      }
    }
    return groups;
  }

  /** Empty for what names nothing: one odd value must not keep its user out. */
  private static Optional<DN> parsed(String value) {
    try {
      return Optional.of(new DN(value)).filter(dn -> !dn.isNullDN());
    } catch (LDAPException malformed) {
      LOG.log(Level.WARNING, "a group of the directory is left out: {0}", malformed.getMessage());
      return Optional.empty();
    }
  }

  private static String firstValue(DN dn) {
    return dn.getRDN().getAttributeValues()[0];
  }

  private String[] attributes() {
    return settings
        .groupAttribute()
        .map(attribute -> new String[] {settings.groupNameAttribute(), attribute})
        .orElseGet(() -> new String[] {settings.groupNameAttribute()});
  }

  private Map<DN, String> search(LDAPConnection connection, Filter wanted) throws LDAPException {
    SearchRequest request =
        new SearchRequest(
            settings.groupBase().orElseThrow(), SearchScope.SUB, wanted, attributes());
    Map<DN, String> groups = new LinkedHashMap<>();
    ASN1OctetString cookie = null;
    do {
      // Not critical: a directory without pages sends everything at once.
      request.setControls(new SimplePagedResultsControl(settings.pageSize(), cookie, false));
      SearchResult result = connection.search(request);
      for (SearchResultEntry entry : result.getSearchEntries()) {
        String name = entry.getAttributeValue(settings.groupNameAttribute());
        parsed(entry.getDN()).ifPresent(dn -> groups.put(dn, name == null ? firstValue(dn) : name));
      }
      SimplePagedResultsControl page = SimplePagedResultsControl.get(result);
      cookie = page == null || !page.moreResultsToReturn() ? null : page.getCookie();
    } while (cookie != null && groups.size() < MOST);
    return groups;
  }
}
