package io.patchbay.compute.lab;

import io.patchbay.emulators.EmulatorCatalog;
import io.patchbay.server.event.EventFeed;
import io.patchbay.testkit.TestCompute;
import java.nio.file.Path;
import java.util.Optional;
import java.util.UUID;

/** A project of a compute that is made for a test. */
record TestProject(TestCompute compute, ComputeProject project) {
  static TestProject open(Path directory) {
    TestCompute compute = TestCompute.open(directory, TestCompute.roomy());
    return new TestProject(
        compute,
        new ComputeProject(
            UUID.randomUUID(),
            Optional.of("lab"),
            directory,
            Optional.empty(),
            compute.adapter(),
            new EventFeed()));
  }

  Connector connector(String kind) {
    return EmulatorCatalog.connectors(compute.adapter()).stream()
        .filter(connector -> connector.kind().wireName().equals(kind))
        .map(Connector::new)
        .findFirst()
        .orElseThrow();
  }
}
