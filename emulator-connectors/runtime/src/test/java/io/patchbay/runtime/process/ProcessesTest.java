package io.patchbay.runtime.process;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Real processes, some of which are nobody's children, as after a kill of their server. */
class ProcessesTest {
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  @TempDir private Path directory;
  private final String mark = "test-" + UUID.randomUUID();
  private final Processes processes = new Processes(mark);
  private final List<ProcessHandle> launched = new ArrayList<>();

  @BeforeEach
  void requireProc() {
    assumeTrue(Files.exists(Path.of("/proc/self/stat")), "there is no proc(5)");
  }

  @AfterEach
  void endAll() {
    launched.forEach(ProcessHandle::destroyForcibly);
    processes.endStrays();
  }

  /** A program in its own session whose parent has gone, and what {@code command} prints first. */
  private ProcessIdentity orphan(String mark, String command) throws IOException {
    ProcessBuilder builder =
        new ProcessBuilder("sh", "-c", "setsid sh -c '" + command + "' </dev/null 2>&1 & echo $!");
    builder.environment().put("PATCHBAY_RUN", mark);
    builder.environment().put("PATCHBAY_FAMILY", UUID.randomUUID().toString());
    builder.redirectError(ProcessBuilder.Redirect.DISCARD);
    Process shell = builder.start();
    String output = "";
    try (var reader = shell.inputReader(StandardCharsets.US_ASCII)) {
      output = reader.readLine();
      ProcessHandle handle = ProcessHandle.of(Long.parseLong(output)).orElseThrow();
      launched.add(handle);
      // Until the shell has become the program that is meant.
      while (!ProcessStat.of(handle.pid())
          .map(ProcessStat::session)
          .equals(Optional.of(handle.pid()))) {
        Thread.onSpinWait();
      }
      boolean sleeps = command.startsWith("exec sleep");
      while (!isMeant(ProcessIdentity.of(handle.pid()).orElseThrow().executable(), sleeps)) {
        Thread.onSpinWait();
      }
      return ProcessIdentity.of(handle.pid()).orElseThrow();
    }
  }

  /** The session is new already while the program that made it is not yet replaced. */
  private static boolean isMeant(String executable, boolean sleeps) {
    return sleeps ? executable.endsWith("sleep") : !executable.endsWith("setsid");
  }

  @Test
  void anAdoptedProgramIsWatchedThoughItIsNoChild() throws Exception {
    ProcessIdentity identity = orphan(mark, "exec sleep 600");
    EmulatorProcess adopted = processes.adopt(identity).orElseThrow();
    assertTrue(adopted.isAlive());
    assertEquals(identity, adopted.identity().orElseThrow());
    CountDownLatch ended = new CountDownLatch(1);
    adopted.onExit(ended::countDown);
    ProcessHandle.of(identity.pid()).orElseThrow().destroyForcibly();
    assertTrue(ended.await(PATIENCE.toSeconds(), TimeUnit.SECONDS));
    assertFalse(adopted.isAlive());
    assertTrue(processes.adopt(identity).isEmpty());
  }

  @Test
  void aStopEndsTheProgramAndWhatItStarted() throws Exception {
    Path children = directory.resolve("child");
    ProcessIdentity identity =
        orphan(mark, "trap \"\" TERM; sleep 600 & echo $! > " + children + "; wait; wait");
    EmulatorProcess adopted = processes.adopt(identity).orElseThrow();
    ProcessHandle child = ProcessHandle.of(pidIn(children)).orElseThrow();
    adopted.stop(Duration.ofMillis(200));
    assertFalse(identity.isRunning());
    assertGone(child.pid());
  }

  private static long pidIn(Path file) throws IOException {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (System.nanoTime() < deadline) {
      if (Files.exists(file) && Files.readString(file).endsWith("\n")) {
        return Long.parseLong(Files.readString(file).strip());
      }
      Thread.onSpinWait();
    }
    throw new AssertionError("the program did not start its child");
  }

  private static void assertGone(long pid) {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (ProcessIdentity.of(pid).isPresent()) {
      assertTrue(System.nanoTime() < deadline, "the process " + pid + " still runs");
      Thread.onSpinWait();
    }
  }

  @Test
  void whatAProgramStartedIsEndedWhenItEndsByItself() throws Exception {
    Path children = directory.resolve("child");
    Path end = directory.resolve("end");
    ProcessIdentity identity =
        orphan(
            mark,
            "sleep 600 & echo $! > "
                + children
                + "; until [ -e "
                + end
                + " ]; do sleep 0.01; done");
    EmulatorProcess adopted = processes.adopt(identity).orElseThrow();
    CountDownLatch ended = new CountDownLatch(1);
    adopted.onExit(ended::countDown);
    long child = pidIn(children);
    Files.createFile(end);
    assertTrue(ended.await(PATIENCE.toSeconds(), TimeUnit.SECONDS));
    assertGone(child);
  }

  @Test
  void aPidThatAnotherProgramHasIsNotTouched() throws Exception {
    ProcessIdentity now = orphan(mark + "-of-another", "exec sleep 600");
    List<ProcessIdentity> formerHolders =
        List.of(
            new ProcessIdentity(now.pid(), now.startTime() - 1, now.bootId(), now.executable()),
            new ProcessIdentity(now.pid(), now.startTime(), "another boot", now.executable()),
            new ProcessIdentity(now.pid(), now.startTime(), now.bootId(), "/usr/bin/vpcs"));
    for (ProcessIdentity former : formerHolders) {
      assertFalse(former.isRunning());
      assertTrue(processes.adopt(former).isEmpty());
    }
    assertEquals(0, processes.endStrays());
    assertTrue(now.isRunning());
  }

  @Test
  void straysAreEndedAndNothingElse() throws Exception {
    ProcessIdentity stray = orphan(mark, "exec sleep 600");
    ProcessIdentity wanted = orphan(mark, "exec sleep 600");
    ProcessIdentity foreign = orphan(mark + "-of-another", "exec sleep 600");
    EmulatorProcess own =
        processes.launch(List.of("sleep", "600"), directory, directory.resolve("log"));
    launched.add(ProcessHandle.of(own.pid()).orElseThrow());
    processes.adopt(wanted).orElseThrow();
    assertEquals(1, processes.endStrays());
    assertGone(stray.pid());
    assertTrue(wanted.isRunning());
    assertTrue(foreign.isRunning());
    assertTrue(own.isAlive());
  }

  @Test
  void anIdentityIsTheSameAfterItWasWrittenDown() throws Exception {
    ProcessIdentity identity = orphan(mark, "exec sleep 600");
    assertEquals(identity, ProcessIdentity.of(identity.toJson()));
    assertTrue(identity.isRunning());
  }
}
