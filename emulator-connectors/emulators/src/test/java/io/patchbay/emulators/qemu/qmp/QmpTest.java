package io.patchbay.emulators.qemu.qmp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.patchbay.spi.Json;
import io.patchbay.spi.LabException;
import jakarta.json.JsonObject;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.StringReader;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.Channels;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** With a QEMU that the test plays itself. */
class QmpTest {
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  @TempDir private Path directory;
  private ServerSocketChannel listener;
  private volatile SocketChannel client;
  private final BlockingQueue<QmpEvent> events = new LinkedBlockingQueue<>();
  private final BlockingQueue<String> asked = new LinkedBlockingQueue<>();

  @BeforeEach
  void listen() throws IOException {
    listener = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
    listener.bind(UnixDomainSocketAddress.of(socket()));
  }

  private Path socket() {
    return directory.resolve("q");
  }

  @AfterEach
  void close() throws IOException {
    listener.close();
    if (client != null) {
      client.close();
    }
  }

  /** Answers each command with what follows {@code "id": N,}; hangs up at null. */
  private void play(Function<String, String> answers) {
    Thread.ofVirtual()
        .start(
            () -> {
              try {
                client = listener.accept();
                say("{\"QMP\": {\"version\": {}, \"capabilities\": []}}");
                BufferedReader in =
                    new BufferedReader(Channels.newReader(client, StandardCharsets.UTF_8));
                for (String line = in.readLine(); line != null; line = in.readLine()) {
                  JsonObject command = Json.createReader(new StringReader(line)).readObject();
                  String name = command.getString("execute");
                  asked.add(name + command.getJsonObject("arguments"));
                  String answer = answers.apply(name);
                  if (answer == null) {
                    client.close();
                    return;
                  }
                  say("{\"id\": " + command.getInt("id") + ", " + answer + "}");
                }
              } catch (IOException over) {
                // The test has ended.
              }
            });
  }

  private void say(String line) throws IOException {
    Channels.newOutputStream(client).write((line + "\r\n").getBytes(StandardCharsets.UTF_8));
  }

  private static String running(String command) {
    return command.equals("query-status")
        ? "\"return\": {\"status\": \"running\"}"
        : "\"return\": {}";
  }

  private Qmp connect() throws IOException {
    return Qmp.connect(socket(), PATIENCE, () -> true, events::add);
  }

  @Test
  void commandsHaveTheirArguments() throws Exception {
    play(QmpTest::running);
    try (Qmp qmp = connect()) {
      assertEquals("running", qmp.status());
      asked.clear();
      qmp.setLink("gns3-0", false);
      assertEquals("set_link{\"name\":\"gns3-0\",\"up\":false}", asked.take());
      qmp.pauseGuest();
      qmp.resumeGuest();
      qmp.pressPowerButton();
      qmp.reset();
      for (String name : new String[] {"stop", "cont", "system_powerdown", "system_reset"}) {
        assertEquals(name + "{}", asked.take());
      }
    }
  }

  @Test
  void refusalsAreToldInQemusWords() throws Exception {
    play(
        name ->
            switch (name) {
              case "set_link" -> "\"error\": {\"class\": \"X\", \"desc\": \"no such device\"}";
              case "human-monitor-command" -> "\"return\": \"Error: no disk\\r\\n\"";
              default -> running(name);
            });
    try (Qmp qmp = connect()) {
      LabException refused = assertThrows(LabException.class, () -> qmp.setLink("x", true));
      assertTrue(refused.getMessage().contains("no such device"), refused.getMessage());
      LabException said = assertThrows(LabException.class, () -> qmp.saveState("a", PATIENCE));
      assertTrue(said.getMessage().contains("Error: no disk"), said.getMessage());
      assertEquals("running", qmp.status(), "it goes on");
    }
  }

  @Test
  void eventsComeBetweenAnswers() throws Exception {
    play(QmpTest::running);
    try (Qmp qmp = connect()) {
      say("{\"event\": \"STOP\", \"timestamp\": {}}");
      say("{\"event\": \"SHUTDOWN\", \"data\": {\"guest\": true, \"reason\": \"x\"}}");
      say(
          "{\"event\": \"BLOCK_IO_ERROR\", \"data\": {\"device\": \"drive0\", \"action\":"
              + " \"stop\", \"reason\": \"No space left on device\"}}");
      say("{\"event\": \"NEWS\"}");
      assertEquals("running", qmp.status());
      Set<QmpEvent> all = new HashSet<>();
      for (int i = 0; i < 4; i++) {
        all.add(events.poll(PATIENCE.toSeconds(), TimeUnit.SECONDS));
      }
      assertEquals(
          Set.of(
              new QmpEvent.RunStateChanged(),
              new QmpEvent.Shutdown(true),
              new QmpEvent.DiskTrouble("drive0", true, "No space left on device"),
              new QmpEvent.Other("NEWS")),
          all);
    }
  }

  @Test
  void whoWaitsIsToldThatQemuHasEnded() throws Exception {
    play(name -> name.equals("stop") ? null : running(name));
    try (Qmp qmp = connect()) {
      assertThrows(LabException.class, qmp::pauseGuest);
      assertThrows(LabException.class, qmp::status);
    }
  }

  @Test
  void anEarlyEndIsNotWaitedFor() throws Exception {
    play(name -> null);
    assertInstanceOf(IOException.class, assertThrows(IOException.class, this::connect));
    listener.close();
    Path nowhere = directory.resolve("nowhere");
    assertThrows(IOException.class, () -> Qmp.connect(nowhere, PATIENCE, () -> false, events::add));
  }
}
