package io.patchbay.server.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.patchbay.server.auth.Role;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RoleSettingsTest {
  private static RoleSettings roles(Map<String, List<String>> lists) {
    return roles(lists, "user");
  }

  private static RoleSettings roles(Map<String, List<String>> lists, String otherwise) {
    return RoleSettings.of(key -> lists.getOrDefault(key, List.of()), otherwise);
  }

  @Test
  void theStrongestRoleCounts() {
    RoleSettings roles =
        roles(
            Map.of(
                "administrator", List.of("root", " @Staff"),
                "instructor", List.of("@cn=Teachers,dc=example,dc=org", "tom"),
                "auditor", List.of("tom", "@audit")),
            "none");
    assertEquals(Role.ADMINISTRATOR, roles.of("root", Set.of()));
    assertEquals(Role.ADMINISTRATOR, roles.of("x", Set.of("staff", "audit")));
    assertEquals(Role.INSTRUCTOR, roles.of("x", Set.of("CN=Teachers,DC=example,DC=org")));
    assertEquals(Role.INSTRUCTOR, roles.of("tom", Set.of()));
    assertEquals(Role.AUDITOR, roles.of("x", Set.of("audit")));
    assertEquals(Role.NONE, roles.of("x", Set.of("others")));
  }

  @Test
  void aNameOfAUserIsNoneOfAGroupAndTheOtherWayRound() {
    RoleSettings roles = roles(Map.of("administrator", List.of("root", "@staff")));
    assertEquals(Role.USER, roles.of("staff", Set.of("root")));
    assertEquals(Role.USER, roles.of("@staff", Set.of()));
    assertEquals(Role.USER, roles.of("Root", Set.of()));
  }

  @Test
  void groupsThatGiveRolesAreCommon() {
    assertEquals(
        Set.of("students", "everybody"),
        roles(Map.of("user", List.of("@Students"), "common-groups", List.of("Everybody")))
            .common());
  }

  @Test
  void knowsWhetherAnybodyIsAdministrator() {
    assertFalse(roles(Map.of()).hasAdministrator());
    assertTrue(roles(Map.of("administrator", List.of("@staff"))).hasAdministrator());
  }

  @ParameterizedTest
  @ValueSource(strings = {"controller", "admin", "User"})
  void refusesRolesThatThereAreNot(String role) {
    assertThrows(IllegalStateException.class, () -> roles(Map.of(), role));
  }
}
