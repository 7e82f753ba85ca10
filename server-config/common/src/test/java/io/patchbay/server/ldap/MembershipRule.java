package io.patchbay.server.ldap;

import com.unboundid.ldap.listener.interceptor.InMemoryInterceptedSearchRequest;
import com.unboundid.ldap.listener.interceptor.InMemoryOperationInterceptor;
import com.unboundid.ldap.sdk.Filter;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.ReadOnlySearchRequest;
import com.unboundid.ldap.sdk.SearchRequest;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * Teaches the directory in memory Active Directory's rule {@code 1.2.840.113556.1.4.1941}: a group
 * matches {@code (member:1.2.840.113556.1.4.1941:=DN)} if the entry is in it directly or by way of
 * other groups.
 */
final class MembershipRule extends InMemoryOperationInterceptor {
  private static final String RULE = "1.2.840.113556.1.4.1941";

  private final Map<String, List<String>> groupsOf;

  /**
   * @param groupsOf the groups that an entry or a group is directly in, by distinguished names in
   *     lower case
   */
  MembershipRule(Map<String, List<String>> groupsOf) {
    this.groupsOf = groupsOf;
  }

  @Override
  public void processSearchRequest(InMemoryInterceptedSearchRequest intercepted)
      throws LDAPException {
    ReadOnlySearchRequest asked = intercepted.getRequest();
    Filter filter = asked.getFilter();
    if (RULE.equals(filter.getMatchingRuleID())) {
      SearchRequest request = asked.duplicate();
      request.setFilter(members(filter.getAssertionValue()));
      intercepted.setRequest(request);
    }
  }

  private Filter members(String dn) {
    Set<String> all = new LinkedHashSet<>(List.of(dn.toLowerCase(Locale.ROOT)));
    List<String> open = new ArrayList<>(all);
    while (!open.isEmpty()) {
      for (String group : groupsOf.getOrDefault(open.removeFirst(), List.of())) {
        if (all.add(group)) {
          open.add(group);
        }
      }
    }
    return Filter.createORFilter(
        all.stream().map(member -> Filter.createEqualityFilter("member", member)).toList());
  }
}
