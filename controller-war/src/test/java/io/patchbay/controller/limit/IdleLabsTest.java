package io.patchbay.controller.limit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.patchbay.controller.project.Project;
import io.patchbay.server.event.Watcher;
import io.patchbay.spi.NodeStatus;
import io.patchbay.testkit.Deadline;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class IdleLabsTest {
  private final AtomicLong now = new AtomicLong();
  private final List<String> stopped = new CopyOnWriteArrayList<>();
  private final List<String> told = new CopyOnWriteArrayList<>();
  private final Project project = Labs.project("p");
  private final Watcher watcher = Labs.listen(project, told);

  private final IdleLabs idle =
      new IdleLabs(
          Duration.ofMinutes(60),
          Duration.ofMinutes(10),
          () -> List.of(project),
          (lab, node) -> {
            stopped.add(node.name());
            node.become(NodeStatus.STOPPED);
          },
          now::get);

  @AfterEach
  void leave() {
    watcher.close();
  }

  private void after(int minutes) {
    now.addAndGet(Duration.ofMinutes(minutes).toNanos());
    idle.check();
  }

  private void awaitTold(String words) {
    Deadline.await(words, () -> told.stream().anyMatch(message -> message.contains(words)));
  }

  @Test
  void usersAreToldAndThenTheNodesStop() {
    Labs.running(Labs.node(project, "PC1", "vpcs", 0));
    Labs.running(Labs.node(project, "SW1", "ethernet_switch", 0));
    idle.check();
    after(49);
    after(1);
    awaitTold("for 50 minutes. Its nodes are stopped in 10 minutes");
    after(9);
    assertEquals(List.of(), stopped);
    after(1);
    assertEquals(List.of("PC1"), stopped);
    awaitTold("were stopped, because nobody used it for 60 minutes");
    assertEquals(
        2, told.stream().filter(message -> message.contains("log.warning")).count(), "once each");
    after(100);
    assertEquals(1, stopped.size());
  }

  @Test
  void whoUsesTheProjectHasItAllAgain() {
    Labs.running(Labs.node(project, "PC1", "vpcs", 0));
    idle.check();
    after(55);
    idle.used("p");
    after(55);
    idle.used("other");
    after(4);
    assertEquals(List.of(), stopped);
    after(1);
    assertEquals(List.of("PC1"), stopped);
  }

  @Test
  void theTimeBeginsWhenSomethingRuns() {
    idle.check();
    after(500);
    Labs.running(Labs.node(project, "PC1", "vpcs", 0));
    idle.check();
    after(59);
    assertTrue(stopped.isEmpty());
  }
}
