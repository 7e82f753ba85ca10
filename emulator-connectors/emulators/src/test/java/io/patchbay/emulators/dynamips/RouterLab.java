package io.patchbay.emulators.dynamips;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.patchbay.runtime.DynamipsConfig;
import io.patchbay.spi.EmulatorConnector;
import io.patchbay.testkit.NodeLab;
import io.patchbay.testkit.TestCompute;
import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** Tests with routers, by the Dynamips that is installed. */
abstract class RouterLab extends NodeLab {
  static final Duration PATIENCE = Duration.ofSeconds(30);

  DynamipsConnector connector;

  @Override
  protected final EmulatorConnector connector() {
    return connector;
  }

  @BeforeEach
  final void open() throws IOException {
    useCompute(PATIENCE);
    assumeTrue(connector.unavailable().isEmpty(), () -> connector.unavailable().orElse(""));
  }

  /**
   * Goes on with another compute that has the same files.
   *
   * @param patience how long a hypervisor may take to answer
   */
  final void useCompute(Duration patience) throws IOException {
    if (compute != null) {
      compute.close();
    }
    compute = TestCompute.open(directory, TestCompute.roomy(), dynamips());
    TestRouter.provide(compute.adapter());
    TestRouter.shareTables(compute.adapter());
    connector = new DynamipsConnector(compute.adapter(), Duration.ZERO, patience);
  }

  /** A hypervisor for each router, unless a test wants something else. */
  DynamipsConfig dynamips() {
    return new DynamipsConfig("dynamips", true, false, 0);
  }

  @AfterEach
  final void shareTables() throws IOException {
    TestRouter.shareTables(compute.adapter());
  }
}
