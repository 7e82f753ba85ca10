package io.patchbay.compute;

import io.patchbay.testkit.ArchitectureRules;
import org.junit.jupiter.api.Test;

class ArchitectureTest {
  @Test
  void dependenciesGoOneWay() {
    ArchitectureRules.check();
  }
}
