package io.patchbay.emulators.iou;

import io.patchbay.spi.EmulatorConnector;
import io.patchbay.testkit.NodeLab;
import io.patchbay.testkit.TestCompute;
import org.junit.jupiter.api.BeforeEach;

/** Tests with nodes of IOU. */
abstract class IouLab extends NodeLab {
  private IouConnector connector;

  @BeforeEach
  final void open() {
    compute = TestCompute.open(directory, TestCompute.roomy());
    TestIou.provide(compute.adapter());
    connector = new IouConnector(compute.adapter());
  }

  @Override
  protected final EmulatorConnector connector() {
    return connector;
  }
}
