package io.patchbay.server.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.patchbay.server.auth.Role;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class QuotaSettingsTest {
  private static QuotaSettings running(String... entries) {
    return QuotaSettings.of(quota -> quota == Quota.RUNNING_NODES ? List.of(entries) : List.of());
  }

  @Test
  void theUserCountsBeforeGroupsAndTheseBeforeTheRole() {
    QuotaSettings quotas =
        running("role:user=3", "@Net101=10", "@cn=big,dc=x=20", "bob=0", "@bob=50");
    assertEquals(OptionalInt.of(3), of(quotas, "ann"));
    assertEquals(OptionalInt.of(10), of(quotas, "ann", "net101"));
    assertEquals(OptionalInt.of(20), of(quotas, "ann", "net101", "cn=big,dc=x"));
    assertEquals(OptionalInt.of(0), of(quotas, "bob", "net101"));
    assertEquals(
        OptionalInt.empty(), quotas.of(Quota.RUNNING_NODES, "x", Set.of(), Role.ADMINISTRATOR));
    assertEquals(OptionalInt.empty(), quotas.of(Quota.RAM, "bob", Set.of(), Role.USER));
  }

  private static OptionalInt of(QuotaSettings quotas, String user, String... groups) {
    return quotas.of(Quota.RUNNING_NODES, user, Set.of(groups), Role.USER);
  }

  @Test
  void nobodyGetsWhatIsAGroupsOrARolesByTheirName() {
    QuotaSettings quotas = running("@net101=10", "role:user=3");
    assertEquals(OptionalInt.of(3), of(quotas, "@net101"));
    assertTrue(running().isEmpty());
  }

  @ParameterizedTest
  @ValueSource(strings = {"5", "bob=", "bob=-1", "bob=x", "=5", "role:king=5", "bob=99999999999"})
  void whatCannotBeReadIsRefused(String entry) {
    assertThrows(IllegalStateException.class, () -> running(entry));
  }
}
