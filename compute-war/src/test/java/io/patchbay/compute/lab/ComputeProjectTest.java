package io.patchbay.compute.lab;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.patchbay.server.event.Watcher;
import io.patchbay.spi.EmulatedNode;
import io.patchbay.spi.ErrorCode;
import io.patchbay.spi.Json;
import io.patchbay.spi.LabException;
import io.patchbay.testkit.TestCompute;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ComputeProjectTest {
  private static final JsonObject SWITCH = Json.createObjectBuilder().add("name", "SW").build();

  @TempDir private Path directory;
  private TestCompute compute;
  private Connector switches;
  private ComputeProject project;

  @BeforeEach
  void open() {
    TestProject lab = TestProject.open(directory);
    compute = lab.compute();
    project = lab.project();
    switches = lab.connector("ethernet_switch");
  }

  @AfterEach
  void close() {
    project.close();
    assertEquals(Set.of(), Set.copyOf(compute.adapter().consolePorts().leased()));
    assertEquals(Set.of(), Set.copyOf(compute.adapter().udpPorts().leased()));
    compute.close();
  }

  @Test
  void onlyOneOfManyThatCreateTheSameNodeMakesIt() throws Exception {
    UUID id = UUID.randomUUID();
    List<Future<EmulatedNode>> made = new ArrayList<>();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int i = 0; i < 20; i++) {
        made.add(threads.submit(() -> project.create(switches, id, SWITCH)));
      }
    }
    for (Future<EmulatedNode> node : made) {
      assertSame(project.node(id.toString()), node.get());
    }
    assertEquals(1, compute.adapter().consolePorts().leased().size());
  }

  @Test
  void nodeWithANumberAsItsIdGetsAnId() {
    JsonObject old = Json.createObjectBuilder(SWITCH).add("node_id", 7).build();
    String id = project.create(switches, old).describe().getString("node_id");
    assertEquals(id, UUID.fromString(id).toString());
  }

  @Test
  void projectThatClosesKeepsNothingOfWhatIsCreatedMeanwhile() {
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int i = 0; i < 50; i++) {
        threads.execute(
            () -> {
              try {
                project.create(switches, UUID.randomUUID(), SWITCH);
              } catch (LabException closed) {
                assertEquals(ErrorCode.NOT_FOUND, closed.code());
              }
            });
        if (i == 25) {
          threads.execute(project::close);
        }
      }
    }
    project.close();
    assertThrows(LabException.class, () -> project.create(switches, UUID.randomUUID(), SWITCH));
  }

  @Test
  void nodeIsDeletedOnce() throws Exception {
    EmulatedNode node = project.create(switches, UUID.randomUUID(), SWITCH);
    List<Future<?>> deletions = new ArrayList<>();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int i = 0; i < 10; i++) {
        deletions.add(threads.submit(() -> project.delete(node)));
      }
    }
    long done = deletions.stream().filter(task -> task.state() == Future.State.SUCCESS).count();
    assertEquals(1, done);
    assertThrows(LabException.class, () -> project.node(node.id().toString()));
  }

  @Test
  void reservedUdpPortsEndWithTheProject() {
    int port = project.reserveUdpPort();
    assertEquals(Set.of(port), Set.copyOf(compute.adapter().udpPorts().leased()));
  }

  @Test
  void watchersOfAProjectHearOfItAloneUntilItCloses() throws Exception {
    BlockingQueue<String> heard = new LinkedBlockingQueue<>();
    CountDownLatch letGo = new CountDownLatch(1);
    Watcher.start(
        project.feed(),
        new Watcher.Outlet() {
          @Override
          public void send(String message) {
            heard.add(message);
          }

          @Override
          public void close() {
            letGo.countDown();
          }
        },
        Duration.ofDays(1),
        () -> JsonValue.EMPTY_JSON_OBJECT);
    project.delete(project.create(switches, UUID.randomUUID(), SWITCH));
    assertTrue(heard.poll(20, TimeUnit.SECONDS).contains("\"ping\""));
    String deletion = heard.poll(20, TimeUnit.SECONDS);
    assertTrue(deletion.contains("\"node.deleted\""), deletion);
    assertTrue(deletion.contains(project.id().toString()), deletion);
    project.close();
    assertTrue(letGo.await(20, TimeUnit.SECONDS));
  }

  @Test
  void idsMustBeWholeUuids() {
    for (String id : List.of("x", "1-1-1-1-1", "")) {
      LabException refused = assertThrows(LabException.class, () -> project.node(id));
      assertEquals(ErrorCode.INVALID, refused.code());
    }
  }
}
