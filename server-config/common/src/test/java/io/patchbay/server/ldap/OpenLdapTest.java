package io.patchbay.server.ldap;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.patchbay.server.auth.StoreUnavailable;
import io.patchbay.testkit.Slapd;
import jakarta.security.enterprise.credential.UsernamePasswordCredential;
import jakarta.security.enterprise.identitystore.CredentialValidationResult;
import jakarta.security.enterprise.identitystore.CredentialValidationResult.Status;
import java.nio.file.Path;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Against OpenLDAP's server, with its memberof overlay, LDAPS and StartTLS. */
class OpenLdapTest {
  @TempDir private static Path directory;
  private static Slapd slapd;

  @BeforeAll
  static void start() throws Exception {
    slapd = Slapd.start(directory);
  }

  @AfterAll
  static void stop() {
    if (slapd != null) {
      slapd.close();
    }
  }

  private static LdapForm form() {
    return new LdapForm()
        .urls(slapd.secureUrl())
        .trustStore(slapd.certificate().toString())
        .bind(Slapd.SERVICE, Slapd.SERVICE_PASSWORD)
        .userBase("ou=people," + Slapd.BASE);
  }

  private static CredentialValidationResult check(LdapForm form, String name, String password) {
    return new LdapStore(form.settings()).check(new UsernamePasswordCredential(name, password));
  }

  private static Set<String> names(CredentialValidationResult result) {
    return result.getCallerGroups().stream()
        .filter(group -> !group.contains("="))
        .collect(Collectors.toSet());
  }

  @Test
  void usersAreFoundAndCheckedAndTheirEntriesTellTheirGroups() {
    CredentialValidationResult bob = check(form(), "bob", "bobspw");
    assertEquals(Status.VALID, bob.getStatus());
    assertEquals(Set.of("teachers", "staff"), names(bob), "teachers are members of staff");
    assertEquals(Set.of("teachers"), names(check(form().nested(0), "bob", "bobspw")));
    assertEquals(Status.INVALID, check(form(), "bob", "annspw").getStatus());
    assertEquals(Status.NOT_VALIDATED, check(form(), "carl", "bobspw").getStatus());
    assertEquals(Status.NOT_VALIDATED, check(form(), "b*", "bobspw").getStatus());
  }

  @Test
  void groupsAreSearchedInPages() {
    LdapForm searching = form().groupBase("ou=groups," + Slapd.BASE).pageSize(1);
    assertEquals(Set.of("teachers", "staff"), names(check(searching, "bob", "bobspw")));
    assertEquals(Set.of("students"), names(check(searching, "ann", "annspw")));
  }

  @Test
  void aFilterMayAskForAGroup() {
    LdapForm teachers =
        form().userFilter("(&(uid={0})(memberOf=cn=teachers,ou=groups," + Slapd.BASE + "))");
    assertEquals(Status.VALID, check(teachers, "bob", "bobspw").getStatus());
    assertEquals(Status.NOT_VALIDATED, check(teachers, "ann", "annspw").getStatus());
  }

  @Test
  void usersBindDirectlyAndSeeTheirOwnEntry() {
    LdapForm direct =
        new LdapForm()
            .urls(slapd.secureUrl())
            .trustStore(slapd.certificate().toString())
            .userPattern("uid={0},ou=people," + Slapd.BASE);
    assertEquals(Status.VALID, check(direct, "ann", "annspw").getStatus());
    assertEquals(Status.NOT_VALIDATED, check(direct, "ann", "bobspw").getStatus());
  }

  @Test
  void startTlsEncryptsBeforeAnyPassword() {
    assertEquals(
        Status.VALID, check(form().urls(slapd.url()).startTls(), "ann", "annspw").getStatus());
  }

  @Test
  void aCertificateThatIsNotTrustedOrHasAnotherNameIsRefused() {
    String pattern = "uid={0},ou=people," + Slapd.BASE;
    for (LdapForm wrong :
        new LdapForm[] {
          new LdapForm().userPattern(pattern).urls(slapd.secureUrl()),
          form().urls(slapd.misnamedUrl()),
          new LdapForm().userPattern(pattern).urls(slapd.url()).startTls(),
          form().urls(slapd.url().replace("localhost", "127.0.0.1")).startTls()
        }) {
      assertThrows(StoreUnavailable.class, () -> check(wrong, "ann", "annspw"));
    }
  }
}
