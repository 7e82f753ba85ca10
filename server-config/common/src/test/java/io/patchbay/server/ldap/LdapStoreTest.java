package io.patchbay.server.ldap;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.unboundid.ldap.listener.InMemoryDirectoryServer;
import com.unboundid.ldap.listener.InMemoryDirectoryServerConfig;
import com.unboundid.ldap.listener.InMemoryListenerConfig;
import io.patchbay.server.auth.StoreUnavailable;
import io.patchbay.server.config.LdapSettings;
import jakarta.security.enterprise.credential.UsernamePasswordCredential;
import jakarta.security.enterprise.identitystore.CredentialValidationResult;
import jakarta.security.enterprise.identitystore.CredentialValidationResult.Status;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Against a directory in memory. */
class LdapStoreTest {
  private static final String BASE = "dc=lab,dc=test";
  private static final String SERVICE = "cn=patchbay," + BASE;
  private static InMemoryDirectoryServer directory;

  @BeforeAll
  static void start() throws Exception {
    InMemoryDirectoryServerConfig config = new InMemoryDirectoryServerConfig(BASE);
    config.setSchema(null);
    config.addAdditionalBindCredentials(SERVICE, "service");
    config.addInMemoryOperationInterceptor(
        new MembershipRule(
            Map.of(
                person("ann"),
                List.of(groupDn("students")),
                person("bob"),
                List.of(groupDn("teachers")),
                groupDn("teachers"),
                List.of(groupDn("staff")),
                groupDn("staff"),
                List.of(groupDn("campus")),
                groupDn("students"),
                List.of(groupDn("campus")),
                groupDn("campus"),
                List.of(groupDn("students")))));
    config.setListenerConfigs(
        InMemoryListenerConfig.createLDAPConfig(
            "plain", InetAddress.getLoopbackAddress(), 0, null));
    directory = new InMemoryDirectoryServer(config);
    directory.add("dn: " + BASE, "objectClass: domain", "dc: lab");
    for (String unit : List.of("people", "groups")) {
      directory.add(
          "dn: ou=" + unit + "," + BASE, "objectClass: organizationalUnit", "ou: " + unit);
    }
    person("ann", "annspw");
    person("bob", "bobspw");
    person("o'neil, (pat) *", "patspw");
    group("students", person("ann"), "cn=campus,ou=groups," + BASE);
    group("teachers", person("bob"));
    group("staff", "cn=teachers,ou=groups," + BASE);
    group("campus", "cn=staff,ou=groups," + BASE, "cn=students,ou=groups," + BASE);
    // As in Active Directory.
    directory.add(
        "dn: cn=Carla Meier,ou=people," + BASE,
        "objectClass: user",
        "cn: Carla Meier",
        "sAMAccountName: CMeier",
        "userPrincipalName: cmeier@lab.test",
        "memberOf: cn=teachers,ou=groups," + BASE,
        "userPassword: carlaspw");
    directory.add(
        "dn: " + person("dora"),
        "objectClass: inetOrgPerson",
        "uid: dora",
        "cn: dora",
        "sn: dora",
        "memberOf: not a name",
        "memberOf: =,,=",
        "memberOf: cn=gone,ou=nowhere,dc=else",
        "memberOf: " + groupDn("teachers"),
        "userPassword: doraspw");
    directory.startListening();
  }

  private static String person(String name) {
    return new NamePattern("uid={0},ou=people," + BASE).apply(name).orElseThrow();
  }

  private static void person(String name, String password) throws Exception {
    directory.add(
        "dn: " + person(name),
        "objectClass: inetOrgPerson",
        "uid: " + name,
        "cn: " + name,
        "sn: " + name,
        "userPassword: " + password);
  }

  private static String groupDn(String name) {
    return "cn=" + name + ",ou=groups," + BASE;
  }

  private static void group(String name, String... members) throws Exception {
    String[] lines = new String[members.length + 3];
    lines[0] = "dn: " + groupDn(name);
    lines[1] = "objectClass: groupOfNames";
    lines[2] = "cn: " + name;
    for (int i = 0; i < members.length; i++) {
      lines[i + 3] = "member: " + members[i];
    }
    directory.add(lines);
  }

  @AfterAll
  static void stop() {
    directory.shutDown(true);
  }

  private static String url() {
    return "ldap://127.0.0.1:" + directory.getListenPort();
  }

  /** Search, then bind, in the way of OpenLDAP. */
  private static LdapForm searching() {
    return new LdapForm()
        .urls(url())
        .bind(SERVICE, "service")
        .userBase("ou=people," + BASE)
        .groupBase("ou=groups," + BASE);
  }

  private static LdapForm direct() {
    return new LdapForm()
        .urls(url())
        .userPattern("uid={0},ou=people," + BASE)
        .groupBase("ou=groups," + BASE);
  }

  private static CredentialValidationResult check(LdapForm form, String name, String password) {
    return check(new LdapStore(form.settings()), name, password);
  }

  private static CredentialValidationResult check(LdapStore store, String name, String password) {
    return store.check(new UsernamePasswordCredential(name, password));
  }

  private static Set<String> names(CredentialValidationResult result) {
    return Set.copyOf(
        result.getCallerGroups().stream().filter(group -> !group.contains("=")).toList());
  }

  @Test
  void searchThenBindTellsRightFromWrongFromUnknown() {
    LdapStore store = new LdapStore(searching().settings());
    assertEquals(Status.VALID, check(store, "ann", "annspw").getStatus());
    assertEquals(Status.INVALID, check(store, "ann", "bobspw").getStatus());
    assertEquals(Status.NOT_VALIDATED, check(store, "nobody", "annspw").getStatus());
    assertEquals(Status.NOT_VALIDATED, check(store, "ann", "").getStatus());
  }

  @Test
  void directBindDoesToo() {
    LdapStore store = new LdapStore(direct().settings());
    assertEquals(Status.VALID, check(store, "ann", "annspw").getStatus());
    assertEquals(Status.NOT_VALIDATED, check(store, "ann", "bobspw").getStatus());
    assertEquals(Status.NOT_VALIDATED, check(store, "nobody", "annspw").getStatus());
    assertEquals(Status.NOT_VALIDATED, check(store, "ann", "").getStatus());
  }

  @Test
  void aUserHasOneNameHoweverItIsTyped() {
    assertEquals("ann", check(searching(), "ANN", "annspw").getCallerPrincipal().getName());
    assertEquals("ann", check(direct(), "Ann", "annspw").getCallerPrincipal().getName());
  }

  @Test
  void groupsOfGroupsCountAndCirclesEnd() {
    CredentialValidationResult ann = check(searching(), "ann", "annspw");
    assertEquals(Set.of("students", "campus"), names(ann));
    assertTrue(ann.getCallerGroups().contains("cn=students,ou=groups," + BASE));
    assertEquals(
        Set.of("teachers", "staff", "campus", "students"),
        names(check(searching(), "bob", "bobspw")));
    assertEquals(Set.of("teachers"), names(check(searching().nested(0), "bob", "bobspw")));
    assertEquals(Set.of("teachers", "staff"), names(check(searching().nested(1), "bob", "bobspw")));
  }

  @Test
  void groupsComeInPages() {
    assertEquals(
        Set.of("teachers", "staff", "campus", "students"),
        names(check(searching().pageSize(1), "bob", "bobspw")));
  }

  @Test
  void aUserWithAnyNameIsAUser() {
    for (LdapForm form : List.of(searching(), direct())) {
      assertEquals(Status.VALID, check(form, "o'neil, (pat) *", "patspw").getStatus());
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "*",
        "a*",
        "ann)(uid=*",
        "*)(objectClass=*",
        "ann)(|(uid=*",
        "\\61nn",
        "ann\\",
        "ann,ou=people",
        "bob,ou=people,dc=lab,dc=test,uid=ann",
        "ann+cn=ann",
        "{0}",
        "{1}",
        "ann\0",
        "#616e6e",
        "<ann>;\"=",
        "(",
        ")"
      })
  void whatLooksLikeAFilterOrADistinguishedNameIsJustANameNobodyHas(String name) {
    for (LdapForm form : List.of(searching(), direct())) {
      assertEquals(Status.NOT_VALIDATED, check(form, name, "annspw").getStatus(), name);
    }
  }

  @Test
  void activeDirectoryIsSearchedByAccountNameAndItsGroupsAreFollowed() {
    LdapForm form =
        searching().userFilter("(&(objectClass=user)(sAMAccountName={0}))").name("sAMAccountName");
    CredentialValidationResult carla = check(form, "cmeier", "carlaspw");
    assertEquals("CMeier", carla.getCallerPrincipal().getName());
    assertEquals(Set.of("teachers", "staff", "campus", "students"), names(carla));
  }

  @Test
  void activeDirectorysRuleForNestedGroupsIsUnderstood() {
    LdapForm form = searching().groupFilter("(member:1.2.840.113556.1.4.1941:={0})").nested(0);
    assertEquals(
        Set.of("teachers", "staff", "campus", "students"), names(check(form, "bob", "bobspw")));
    assertEquals(Set.of("students", "campus"), names(check(form, "ann", "annspw")));
  }

  @Test
  void aUserWhomTheFilterLeavesOutIsRefused() {
    String teachers = "(&(sAMAccountName={0})(memberOf=cn=teachers,ou=groups," + BASE + "))";
    LdapForm form = searching().name("sAMAccountName");
    assertEquals(Status.VALID, check(form.userFilter(teachers), "cmeier", "carlaspw").getStatus());
    assertEquals(
        Status.NOT_VALIDATED,
        check(form.userFilter(teachers.replace("teachers", "staff")), "cmeier", "carlaspw")
            .getStatus());
    assertEquals(
        Status.NOT_VALIDATED,
        check(direct().userFilter("(&(uid={0})(cn=other))"), "ann", "annspw").getStatus());
  }

  @Test
  void groupsThatNameNothingAreLeftOut() {
    LdapForm named =
        new LdapForm().urls(url()).bind(SERVICE, "service").userBase("ou=people," + BASE);
    assertEquals(Set.of("teachers", "gone"), names(check(named, "dora", "doraspw")));
    assertEquals(
        Set.of("teachers", "gone", "staff", "campus", "students"),
        names(check(searching(), "dora", "doraspw")));
  }

  @Test
  void twoEntriesForOneNameAreNobody() {
    LdapForm form = searching().userFilter("(|(uid={0})(objectClass=inetOrgPerson))");
    assertEquals(Status.NOT_VALIDATED, check(form, "ann", "annspw").getStatus());
  }

  @Test
  @Timeout(120)
  void aServerThatIsAwayOrMuteIsPassedOver() throws Exception {
    try (ServerSocket mute = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
      int closed;
      try (ServerSocket gone = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
        closed = gone.getLocalPort();
      }
      String[] dead = {
        "ldap://127.0.0.1:" + closed,
        "ldap://127.0.0.1:" + mute.getLocalPort(),
        "ldaps://127.0.0.1:" + mute.getLocalPort()
      };
      LdapStore store =
          new LdapStore(
              searching().urls(dead[0], dead[1], dead[2], url()).readTimeout(300).settings());
      assertEquals(Status.VALID, check(store, "ann", "annspw").getStatus());
      assertEquals(Status.VALID, check(store, "bob", "bobspw").getStatus());
      LdapStore none = new LdapStore(searching().urls(dead).readTimeout(300).settings());
      assertThrows(StoreUnavailable.class, () -> check(none, "ann", "annspw"));
    }
  }

  @Test
  void aWrongPasswordOfTheServersOwnAccountIsAnOutage() {
    LdapForm form = searching().bind(SERVICE, "wrong");
    assertThrows(StoreUnavailable.class, () -> check(form, "ann", "annspw"));
  }

  @Test
  void settingsThatCannotWorkAreRefused() {
    List<UnaryOperator<LdapForm>> wrong =
        List.of(
            form -> form.urls(),
            form -> form.urls("http://127.0.0.1"),
            form -> form.urls("ldap://ldap.example.org"),
            form -> form.urls("ldaps://127.0.0.1").startTls(),
            form -> form.userFilter("(uid={0}"),
            form -> form.groupFilter("member={0})"),
            form -> form.userPattern("uid=ann,ou=people"),
            form -> form.userPattern("uid={0},ou"),
            form -> form.trustStore("/nowhere"),
            form -> form.noUserBase());
    for (UnaryOperator<LdapForm> change : wrong) {
      LdapSettings settings = change.apply(searching()).settings();
      IllegalStateException refused =
          assertThrows(IllegalStateException.class, () -> new LdapStore(settings));
      assertTrue(
          refused.getMessage().contains("patchbay.ldap")
              || refused.getMessage().contains("clear text"),
          refused.getMessage());
    }
  }
}
